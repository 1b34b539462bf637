/**
 * The three ways tests run: `node` (beside the code), `browser` (components and device store in real Chromium),
 * `e2e` (the whole product through a browser). scripts/test.mjs runs them all.
 */
import { playwright } from '@vitest/browser-playwright'
import { defineConfig } from 'vitest/config'
import { chromiumFlags, chromiumPath } from './scripts/chromium.mjs'
import { webPlugins } from './vite.config.ts'

export default defineConfig({
  test: {
    teardownTimeout: 60_000,
    // what a test prints is worth reading when it fails
    silent: 'passed-only',
    projects: [
      {
        extends: false,
        test: {
          name: 'node',
          environment: 'node',
          include: ['src/**/*.test.ts', 'scripts/**/*.test.ts', 'fuzz/**/*.test.ts'],
          exclude: ['src/**/*.browser.test.ts'],
          globalSetup: './src/platform/server/testing-servers.ts',
          hookTimeout: 60_000,
          // they wait for databases and clocks more than they compute
          maxWorkers: 2,
        },
      },
      {
        extends: false,
        plugins: webPlugins(),
        // What the compilers above write into components, so that Vite's scan of imports cannot see it; found late
        // it would make Vite reload the page in the middle of a test.
        optimizeDeps: {
          include: [
            'react/compiler-runtime',
            'react/jsx-dev-runtime',
            'react/jsx-runtime',
            '@lingui/react',
            '@lingui/core',
            'uqr',
          ],
        },
        test: {
          name: 'browser',
          include: ['src/**/*.browser.test.{ts,tsx}'],
          // two pages of one browser; a third would only wait for the other two
          maxWorkers: 2,
          // and each may have to wait for the other: a second is short then
          expect: { poll: { timeout: 3000 } },
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({
              launchOptions: { executablePath: chromiumPath() ?? 'chromium', args: chromiumFlags() },
            }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
      {
        extends: false,
        test: {
          name: 'e2e',
          environment: 'node',
          include: ['e2e/**/*.e2e.ts'],
          globalSetup: './src/platform/server/testing-servers.ts',
          maxWorkers: 2,
          testTimeout: 180_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
})
