/**
 * Builds the web app into dist/web: React with its compiler, Lingui's catalogs, and then our own service
 * worker step. `csp.json` beside it tells the server which inline styles of libraries its policy must allow;
 * the app itself has none, so the policy needs neither 'unsafe-inline' nor 'unsafe-eval'.
 */
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile, readdir, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { lingui, linguiTransformerBabelPreset } from '@lingui/vite-plugin'
import babel from '@rolldown/plugin-babel'
import react, { reactCompilerPreset } from '@vitejs/plugin-react'
import { build, defineConfig, type Plugin, type PluginOption } from 'vite'
import { getManifest } from 'workbox-build'
import { deskWordsFirst, wordParts } from './src/word-parts.ts'

const root = fileURLToPath(new URL('.', import.meta.url))
const outDir = `${root}dist/web`

/**
 * What every build of our components needs, in the order that works (reversed presets crash Lingui). Only what is
 * shipped must be translated whole; a test of one component does not wait for the words of another.
 */
export const webPlugins = ({ shipped = false } = {}): PluginOption[] => [
  // first: it looks for the macros, which the compilers below take out
  deskWordsFirst(),
  react(),
  babel({ presets: [reactCompilerPreset(), linguiTransformerBabelPreset()] }),
  lingui({ failOnMissing: shipped, failOnCompileError: true }),
  wordParts(),
  fewerLocales(),
  withoutJsonSchemas(),
  withoutNode(),
]

export default defineConfig({
  plugins: [...webPlugins({ shipped: true }), budget(), contentSecurity(), serviceWorker(), compressed()],
  build: {
    outDir,
    target: 'es2023',
    // Nothing becomes a data: URL, which the content security policy would refuse.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    license: { fileName: 'licenses.md' },
    rolldownOptions: {
      // how long each plugin took is for whoever tunes the build, not for whoever starts the app
      checks: { bundlerTimings: false },
      output: {
        // `en-….js` is what everybody loads; the words of a desk are told apart from it by name too
        chunkFileNames: ({ facadeModuleId }) =>
          facadeModuleId?.includes('.po?') ? 'assets/desk-[name]-[hash].js' : 'assets/[name]-[hash].js',
        // what changes with our releases is apart from what changes with theirs: an update stays small
        codeSplitting: {
          groups: [
            {
              name: 'react',
              // the last is used by the router too, which must not wait for the components
              test: /node_modules\/(react|react-dom|scheduler|use-sync-external-store)\//,
              priority: 2,
            },
            {
              name: 'aria',
              test: /node_modules\/(react-aria|react-stately|react-aria-components|@internationalized)\//,
            },
          ],
        },
      },
    },
  },
  server: { proxy: { '/api': 'http://127.0.0.1:4400' } },
})

/**
 * React Aria brings its own words in some thirty languages; we ship ours. The others become empty modules
 * (React Aria falls back to English for what it does not find).
 */
function fewerLocales(): Plugin {
  return {
    name: 'handrail:fewer-locales',
    enforce: 'pre',
    load: {
      filter: {
        id: /\/(react-aria|react-stately|react-aria-components)\/.*\/intl\/.*\/[a-z]{2}-[A-Z]{2}\.m?js$/,
      },
      handler: (id) => (/\/(en-US|es-ES)\.m?js$/.test(id) ? null : 'export default {}'),
    },
  }
}

/**
 * Every zod schema carries what writes it as a JSON schema, which only the server does, for its published interface.
 * The pages carry stand-ins that say so (9 kB less of what a phone loads first).
 */
function withoutJsonSchemas(): Plugin {
  const word = "(() => { throw new Error('JSON schemas are written by the server.') })"
  return {
    name: 'handrail:without-json-schemas',
    enforce: 'pre',
    load: {
      filter: { id: /\/zod\/v4\/core\/(to-json-schema|json-schema-processors)\.js$/ },
      async handler(id) {
        const source = await readFile(id, 'utf8')
        const names = [...source.matchAll(/^export (?:const|function) (\w+)/gm)].map(([, name]) => name)
        return [
          ...names.map((name) => `export const ${name} = ${word}`),
          `export { ${names[0]} as process }`,
        ].join('\n')
      },
    },
  }
}

/** HPKE asks Node for WebCrypto where the global one is missing; no browser that we serve is without it. */
function withoutNode(): Plugin {
  return {
    name: 'handrail:without-node',
    enforce: 'pre',
    resolveId: { filter: { id: /^crypto$/ }, handler: () => '\0handrail:crypto' },
    load: { filter: { id: /^\0handrail:crypto$/ }, handler: () => 'export const webcrypto = undefined' },
  }
}

/** What a phone must load before anything shows: the entry, what it imports, and the words of one language. */
const BUDGET_KB = 170

/** Says so when the program that everybody loads outgrows its budget (gzip); screens are loaded when opened. */
function budget(): Plugin {
  return {
    name: 'handrail:budget',
    apply: 'build',
    generateBundle(_options, bundle) {
      const first = new Set<string>()
      const add = (fileName: string) => {
        const chunk = bundle[fileName]
        if (chunk?.type !== 'chunk' || first.has(fileName)) return
        first.add(fileName)
        for (const imported of chunk.imports) add(imported)
      }
      for (const output of Object.values(bundle))
        if (output.type === 'chunk' && (output.isEntry || output.facadeModuleId?.endsWith('/locales/en.po')))
          add(output.fileName)
      let bytes = 0
      for (const fileName of first) {
        const chunk = bundle[fileName]
        if (chunk?.type !== 'chunk') continue
        bytes += gzipSync(chunk.code, { level: 9 }).byteLength
      }
      const size = `first load: ${(bytes / 1000).toFixed(1)} kB of JavaScript (gzip), budget ${BUDGET_KB} kB`
      if (bytes > BUDGET_KB * 1000) this.warn(size)
      else this.info(size)
    },
  }
}

/**
 * React Aria puts two small <style> elements into the page (press handling, and scroll locking on iOS). Their
 * hashes are read from its sources, so an upgrade that changes them changes the policy with it, and one that
 * adds another stops the build here rather than breaking in a browser.
 */
function contentSecurity(): Plugin {
  const sources = ['interactions/usePress.mjs', 'overlays/usePreventScroll.mjs']
  return {
    name: 'handrail:csp',
    apply: 'build',
    async writeBundle() {
      const styles: string[] = []
      for (const source of sources) {
        const file = await readFile(`${root}node_modules/react-aria/dist/private/${source}`, 'utf8')
        const found = [...file.matchAll(/style\.textContent = `([^`]*)`\.trim\(\)/g)]
        if (found.length !== 1)
          throw new Error(`${source}: expected one injected style, found ${found.length}`)
        const attribute = /const \S*PRESSABLE_ATTRIBUTE = '([^']+)'/.exec(file)?.[1]
        const css = (found[0]?.[1] ?? '').replace(/\$\{\S+PRESSABLE_ATTRIBUTE\}/, attribute ?? '').trim()
        if (css.includes('${')) throw new Error(`${source}: the injected style has a part that is not known`)
        styles.push(`sha256-${createHash('sha256').update(css).digest('base64')}`)
      }
      await writeFile(`${outDir}/csp.json`, `${JSON.stringify({ styleHashes: styles }, null, 2)}\n`)
    },
  }
}

/** Lists what the build made and compiles the service worker with that list inside. */
function serviceWorker(): Plugin {
  // closing also follows a build that failed; its own error must be the one that is read
  let written = false
  return {
    name: 'handrail:service-worker',
    apply: 'build',
    writeBundle() {
      written = true
    },
    async closeBundle() {
      if (!written) return
      const { manifestEntries, warnings } = await getManifest({
        globDirectory: outDir,
        globPatterns: ['**/*.{js,css,html,woff2,svg,png,webmanifest}'],
        globIgnores: ['sw.js'],
        // Names of what Vite puts into assets/ already carry a hash of their content.
        dontCacheBustURLsMatching: /^assets\//,
      })
      if (warnings.length > 0) throw new Error(warnings.join('\n'))
      await build({
        configFile: false,
        logLevel: 'warn',
        publicDir: false,
        define: {
          'self.__WB_MANIFEST': JSON.stringify(manifestEntries),
          'process.env.NODE_ENV': '"production"',
        },
        build: {
          outDir,
          emptyOutDir: false,
          target: 'es2023',
          reportCompressedSize: false,
          rolldownOptions: {
            input: `${root}src/platform/web/worker/sw.ts`,
            output: { format: 'iife', entryFileNames: 'sw.js' },
          },
        },
      })
    },
  }
}

/** Puts each text beside itself as .br and .gz, for the server to send: a third of the bytes on a phone's network. */
function compressed(): Plugin {
  return {
    name: 'handrail:compressed',
    apply: 'build',
    closeBundle: {
      // after the service worker is there
      sequential: true,
      order: 'post',
      async handler() {
        // a build that failed left none
        if (!existsSync(`${outDir}/sw.js`)) return
        const files = await readdir(outDir, { recursive: true })
        for (const file of files.filter((name) => /\.(js|css|html|svg|webmanifest)$/.test(name))) {
          const text = await readFile(`${outDir}/${file}`)
          await writeFile(`${outDir}/${file}.br`, brotliCompressSync(text))
          await writeFile(`${outDir}/${file}.gz`, gzipSync(text, { level: 9 }))
        }
      },
    },
  }
}
