/** Where the words of the product live: English in the source, every other language in locales/<language>.po. */
import { defineConfig } from '@lingui/cli'
import { formatter } from '@lingui/format-po'

export default defineConfig({
  sourceLocale: 'en',
  locales: ['en', 'es'],
  catalogs: [
    {
      path: '<rootDir>/locales/{locale}',
      include: ['src/platform/core', 'src/platform/web', 'src/capabilities', 'src/web.tsx'],
      exclude: ['**/*.test.*'],
    },
  ],
  // Line numbers would change the catalogues with every edit; the file is enough for a translator.
  format: formatter({ lineNumbers: false }),
  orderBy: 'origin',
})
