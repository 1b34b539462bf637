/**
 * The whole product for end-to-end tests: the server on a database of its own with the demo school in it, the road
 * to it, and real Chromium profiles that can be killed like a phone whose battery dies.
 */
import { spawn, type ChildProcess } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Browser, type BrowserContext, type CDPSession, type Page } from 'playwright-core'
import pg from 'pg'
import { chromiumFlags, chromiumPath } from '../scripts/chromium.mjs'
import { startApp, type App } from '../src/app.ts'
import { openCore } from '../src/core.ts'
import { cedarBend } from '../src/demo/cedar-bend.ts'
import { demoEmail, demoPassword, loadDemo } from '../src/demo/load.ts'
import { personId, type StaffKey } from '../src/demo/people.ts'
import { dataFolder } from '../src/guarantees/running.ts'
import { createFilledDatabase, type TestDatabase } from '../src/platform/server/testing.ts'
import { openRoad, type Road } from './road.ts'

export interface House {
  readonly app: App
  /** A copy of the build that it serves, so that a build made meanwhile takes no file from under a page. */
  readonly webRoot: string
  /** What browsers know; it leads over the road. */
  readonly url: string
  readonly road: Road
  readonly database: TestDatabase
  /** A connection that sees every row. */
  readonly owner: pg.Client
  /** How somebody of the demo school signs in by hand. */
  account(who: StaffKey): { email: string; password: string }
  /** Ends every session at the server, as a reset of a password does. */
  endSessions(): Promise<void>
  close(): Promise<void>
}

/** Starts the product with the demo school and its year of history on one engine. */
export async function openHouse(engine = 'postgres-18'): Promise<House> {
  const database = await createFilledDatabase(engine, 'cedar_bend', loadSchool)
  await openSchool(database.ownerUrl)
  const dataDir = schoolFolder()
  const road = await openRoad()
  const port = await freePort()
  const core = await openCore({ ...CONFIG, port, databaseUrl: database.ownerUrl, dataDir, origin: road.url })
  const webRoot = mkdtempSync(join(tmpdir(), 'handrail-web-'))
  cpSync(join(import.meta.dirname, '..', 'dist', 'web'), webRoot, { recursive: true })
  const app = await startApp(core, { webRoot })
  road.target = `http://127.0.0.1:${port}`
  const owner = new pg.Client({ connectionString: database.ownerUrl, options: '-c search_path=handrail' })
  await owner.connect()
  return {
    app,
    webRoot,
    url: road.url,
    road,
    database,
    owner,
    account(who) {
      const email = demoEmail(personId(who))
      return { email, password: demoPassword(core, email) }
    },
    async endSessions() {
      await owner.query('delete from identity.session')
    },
    async close() {
      await road.close()
      await owner.end()
      await app.close()
      await database.drop()
      rmSync(dataDir, { recursive: true, force: true })
      rmSync(webRoot, { recursive: true })
    },
  }
}

const CONFIG = { port: 0, host: '127.0.0.1', demo: true, origin: undefined, log: 'silent' } as const

/** The year of history takes as long to load as a walk through it. */
async function loadSchool(databaseUrl: string): Promise<void> {
  const dataDir = schoolFolder()
  const core = await openCore({ ...CONFIG, databaseUrl, dataDir })
  await loadDemo(core)
  await core.close()
  rmSync(dataDir, { recursive: true })
}

/** Its passwords come from this secret, so that they are those of every copy. */
function schoolFolder(): string {
  const folder = dataFolder()
  writeFileSync(join(folder, 'secrets', 'session'), 'cedar bend'.repeat(4))
  return folder
}

/** It is 8:52 in a copy as well. */
async function openSchool(ownerUrl: string): Promise<void> {
  const owner = new pg.Client({ connectionString: ownerUrl, options: '-c search_path=handrail' })
  await owner.connect()
  const offset = Date.parse(cedarBend().startAt) - Date.now()
  await owner.query('update district set clock_offset_ms = $1', [offset])
  await owner.end()
}

/** One person's device: a browser profile on disk that outlives its browser. */
export class Device {
  readonly #url: string
  readonly #viewport: { width: number; height: number }
  /** Everything that the browser writes. */
  readonly folder = mkdtempSync(join(tmpdir(), 'handrail-device-'))
  #process: ChildProcess | undefined
  #browser: Browser | undefined
  #cookies: Parameters<BrowserContext['addCookies']>[0] = []

  constructor(url: string, viewport = PHONE) {
    this.#url = url
    this.#viewport = viewport
  }

  /** Opens the browser on this profile and returns its page; null = nothing is opened in it yet. */
  async open(path: string | null = '/'): Promise<Page> {
    const port = await freePort()
    const executable = chromiumPath() ?? 'chromium'
    this.#process = spawn(
      executable,
      [
        ...chromiumFlags(),
        '--headless=new',
        `--remote-debugging-port=${port}`,
        `--user-data-dir=${this.folder}`,
        `--window-size=${this.#viewport.width},${this.#viewport.height}`,
        'about:blank',
      ],
      { stdio: 'ignore' },
    )
    this.#browser = await connected(port)
    await this.#context().addCookies(this.#cookies)
    return this.#show(this.#context().pages()[0] ?? (await this.#context().newPage()), path)
  }

  /** Another tab of the same browser, beside those that are open. */
  async tab(path: string | null = '/'): Promise<Page> {
    return this.#show(await this.#context().newPage(), path)
  }

  /** What DevTools may do to a tab: freeze it, crash it, fill its disk. */
  cdp(page: Page): Promise<CDPSession> {
    return this.#context().newCDPSession(page)
  }

  /** Settings of the browser that its owner or an IT office made, before it is opened for the first time. */
  prefer(preferences: object): void {
    mkdirSync(join(this.folder, 'Default'), { recursive: true })
    writeFileSync(join(this.folder, 'Default', 'Preferences'), JSON.stringify(preferences))
  }

  /** Chromium writes its cookies to disk every 30 s only: a sign-in is remembered here, so that no test waits for it. */
  async remember(): Promise<void> {
    this.#cookies = await this.#context().cookies()
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
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 })
  }

  #context(): BrowserContext {
    const context = this.#browser?.contexts()[0]
    if (!context) throw new Error('the browser has no context')
    return context
  }

  async #show(page: Page, path: string | null): Promise<Page> {
    await page.setViewportSize(this.#viewport)
    if (path !== null) await page.goto(this.#url + path)
    return page
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
