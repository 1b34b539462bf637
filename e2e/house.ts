/**
 * The whole product for end-to-end tests: the server on a database of its own with the demo school in it, and real
 * Chromium profiles that can be killed like a phone whose battery dies.
 */
import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Browser, type Page } from 'playwright-core'
import { chromiumFlags, chromiumPath } from '../scripts/chromium.mjs'
import { startApp, type App } from '../src/app.ts'
import { openCore } from '../src/core.ts'
import { loadDemo } from '../src/demo/load.ts'
import { dataFolder } from '../src/guarantees/running.ts'
import { createTestDatabase, type TestDatabase } from '../src/platform/server/testing.ts'

export interface House {
  readonly app: App
  readonly url: string
  readonly database: TestDatabase
  close(): Promise<void>
}

/** Starts the product with the demo school and its year of history on one engine. */
export async function openHouse(engine = 'postgres-18'): Promise<House> {
  const database = await createTestDatabase(engine)
  const dataDir = dataFolder()
  const port = await freePort()
  const core = await openCore({
    port,
    host: '127.0.0.1',
    databaseUrl: database.ownerUrl,
    dataDir,
    demo: true,
    origin: undefined,
    log: 'silent',
  })
  await loadDemo(core)
  const app = await startApp(core)
  return {
    app,
    url: app.url,
    database,
    async close() {
      await app.close()
      await database.drop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

/** One person's device: a browser profile on disk that outlives its browser. */
export class Device {
  readonly #url: string
  readonly #viewport: { width: number; height: number }
  readonly #folder = mkdtempSync(join(tmpdir(), 'handrail-device-'))
  #process: ChildProcess | undefined
  #browser: Browser | undefined

  constructor(url: string, viewport = PHONE) {
    this.#url = url
    this.#viewport = viewport
  }

  /** Opens the browser on this profile and returns its page. */
  async open(path = '/'): Promise<Page> {
    const port = await freePort()
    const executable = chromiumPath() ?? 'chromium'
    this.#process = spawn(
      executable,
      [
        ...chromiumFlags(),
        '--headless=new',
        `--remote-debugging-port=${port}`,
        `--user-data-dir=${this.#folder}`,
        `--window-size=${this.#viewport.width},${this.#viewport.height}`,
        'about:blank',
      ],
      { stdio: 'ignore' },
    )
    this.#browser = await connected(port)
    const context = this.#browser.contexts()[0]
    if (!context) throw new Error('the browser has no context')
    const page = context.pages()[0] ?? (await context.newPage())
    await page.setViewportSize(this.#viewport)
    await page.goto(this.#url + path)
    return page
  }

  /** What a dead battery does: SIGKILL to the browser, nothing flushed, nothing said. */
  async kill(): Promise<void> {
    const gone = new Promise((resolve) => this.#process?.once('exit', resolve))
    this.#process?.kill('SIGKILL')
    await gone
    this.#browser = undefined
  }

  async close(): Promise<void> {
    await this.#browser?.close().catch(() => {})
    this.#process?.kill('SIGKILL')
    await new Promise((resolve) => setTimeout(resolve, 100))
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

export const PHONE = { width: 390, height: 844 }
export const LAPTOP = { width: 1280, height: 800 }

async function connected(port: number): Promise<Browser> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await chromium.connectOverCDP(`http://127.0.0.1:${port}`)
    } catch (error) {
      if (attempt >= 100) throw error
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }
}

async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port')),
      )
    })
  })
}
