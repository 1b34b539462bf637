/**
 * Several versions of the program: a new one never takes a running session away, an old page works with a new server,
 * and a new page with an old one. Real Chromium with the built app and its service worker; the next release is the same
 * build with every file renamed, and the old server is today's behind a road that knows nothing of what came since.
 */
import { cpSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { startApp, type App } from '../src/app.ts'
import { Device, openHouse, type House } from './house.ts'
import { clear, type Answer, type Asked, type Fate } from './road.ts'
import { enter, go, goal, OTHER_PARA, PARA, saved, shown, signIn } from './steps.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.close())
afterEach(() => {
  house.road.rule = clear
})

const alone = (page: Page, name: string) =>
  goal(page, name).getByRole('button', { name: 'alone', exact: true })
const offer = (page: Page) => page.getByRole('button', { name: 'New version' }).filter({ visible: true })

/** Until so many have left the device. */
const offered = (records: number) =>
  expect.poll(() => house.road.offered().length, { timeout: 20_000 }).toBeGreaterThanOrEqual(records)

async function onServer(ids: readonly string[]): Promise<{ rows: number; ids: number }> {
  const { rows } = await house.owner.query(
    'select count(*)::int as rows, count(distinct id)::int as ids from record where id = any($1)',
    [ids],
  )
  return rows[0]
}

describe('today’s app and a server of before devices were known', () => {
  let maya: Device
  let phone: Page
  beforeAll(async () => {
    maya = new Device(house.url)
    phone = await maya.open()
    await enter(phone, PARA)
  })
  afterAll(() => maya.close())

  it('G1 F13 a device that is open captures and sends as before, also after a restart and a new sign-in', async () => {
    house.road.rule = olderServer
    await phone.goto(`${house.url}/pad`)
    house.road.asked.length = 0
    await alone(phone, 'A.M. Hand-washing').click()
    await goal(phone, 'A.M. Hand-washing').getByText('Step 2 of 8').waitFor()
    await offered(2)
    await saved(phone)

    await house.endSessions()
    await alone(phone, 'A.M. Hand-washing').click()
    await shown(phone, 'Sign in to send')
    await phone.getByRole('link', { name: /Sign in to send/ }).click()
    await phone.getByRole('link', { name: 'Sign in', exact: true }).click()
    await signIn(phone, house.account('maya'))
    await saved(phone)
    // the start of the session and two steps
    const ids = [...new Set(house.road.offered())]
    expect(ids).toHaveLength(3)
    expect(await onServer(ids)).toEqual({ rows: 3, ids: 3 })
    expect(await phone.getByText('needs you').count()).toBe(0)
  })

  it('F13 a first opening says that the server is older, and works once it was updated', async () => {
    const laptop = new Device(house.url)
    try {
      const page = await laptop.open()
      house.road.rule = olderServer
      await page.getByRole('button', { name: OTHER_PARA }).click()
      await shown(page, /The school’s server is older than this app/)
      expect(await page.getByRole('link', { name: 'Pad' }).count()).toBe(0)

      house.road.rule = clear
      await page.getByRole('button', { name: 'Try again' }).click()
      await saved(page)
    } finally {
      await laptop.close()
    }
  })
})

describe('a new version', () => {
  let next: App
  let nextRoot: string
  let target: string
  beforeAll(async () => {
    nextRoot = releaseAfter(house.webRoot)
    next = await startApp(
      { ...house.app, config: { ...house.app.config, port: 0 }, close: async () => {} },
      { webRoot: nextRoot },
    )
    target = house.road.target
  })
  afterAll(async () => {
    await next.close()
    rmSync(nextRoot, { recursive: true })
  })
  afterEach(() => {
    house.road.target = target
  })
  const release = () => {
    house.road.target = `http://127.0.0.1:${(next.http.server.address() as AddressInfo).port}`
  }

  it('F12 F13 is found by a tab that stays open, waits for a running session, then changes one tab; the other keeps its program, its screen and its way to the new server', async () => {
    const maya = new Device(house.url)
    try {
      const first = await maya.open()
      await enter(first, PARA)
      await first.addInitScript(everyFileNoted)
      await first.goto(`${house.url}/pad`)
      await first.evaluate(async () => {
        Object.assign(globalThis, { unreloaded: true })
        await navigator.serviceWorker.ready
      })
      const second = await maya.tab(null)
      await second.addInitScript(hoursAreSeconds)
      await second.goto(`${house.url}/today`)
      const seat = goal(first, 'C.D. Leaves seat')
      const plusOne = seat.getByRole('button', { name: 'Leaves seat: +1' })
      await plusOne.click()
      await seat.getByRole('button', { name: 'Finish' }).waitFor()
      await saved(first)
      // all screens of a program are at hand soon after its start; from here on the server has none of its files
      await expect.poll(() => loaded(first, 'More-'), { timeout: 10_000 }).toBe(true)
      await expect.poll(() => quiet(first), { timeout: 10_000 }).toBe(true)

      // while there is nothing new, a look costs one short answer
      const looks: number[] = []
      house.road.rule = (asked) => (asked.path === '/sw.js' ? noting(looks) : 'pass')
      await expect.poll(() => looks.length, { timeout: 15_000 }).toBeGreaterThanOrEqual(4)
      // but for the first, because the road has it unpacked
      expect(looks.slice(1).filter((status) => status !== 304)).toEqual([])
      expect(await offer(second).count()).toBe(0)
      house.road.rule = clear

      release()
      expect((await fetch(await entryOf(first))).status).toBe(404)
      await offer(second).click()
      await shown(second, /A session is running on this device/)
      const old = await entryOf(second)

      house.road.asked.length = 0
      await plusOne.click()
      await offered(1)
      await saved(first)
      expect(await first.evaluate(() => 'unreloaded' in globalThis)).toBe(true)
      await seat.getByRole('button', { name: 'Finish' }).click()

      await expect.poll(() => second.evaluate(isSessionRunning), { timeout: 10_000 }).toBe(false)
      await offer(second).click()
      await expect.poll(() => entryOf(second).catch(() => old), { timeout: 20_000 }).not.toBe(old)
      await saved(second)
      // the tab that did not ask was not touched, and goes on with what it has
      expect(await first.evaluate(() => 'unreloaded' in globalThis)).toBe(true)
      expect(await entryOf(first)).toBe(old)
      await go(first, '/more')
      await first.getByRole('heading', { name: 'More' }).waitFor()
      await go(first, '/pad')
      house.road.asked.length = 0
      await alone(first, 'A.M. Requesting').click()
      // the tab has drawn the tap: what its chip says from here on is said of it
      await goal(first, 'A.M. Requesting').getByText('1/1').waitFor()
      await offered(2)
      await saved(first)
      const ids = house.road.offered()
      expect(await onServer(ids)).toEqual({ rows: 2, ids: 2 })

      // at its next load it changes too, and has what it recorded
      await first.goto(`${house.url}/pad`)
      expect(await entryOf(first)).not.toBe(old)
      await goal(first, 'A.M. Requesting').getByText('1/1').waitFor()
    } finally {
      await maya.close()
    }
  })

  it('G1 F13 an old page out of the browser’s cache works with the new server, and offers the new version by itself', async () => {
    const rosa = new Device(house.url)
    try {
      let page = await rosa.open()
      await enter(page, OTHER_PARA)
      await page.evaluate(async () => void (await navigator.serviceWorker.ready))
      const old = await entryOf(page)
      await rosa.remember()
      await rosa.kill()

      release()
      house.road.asked.length = 0
      page = await rosa.open('/pad')
      expect(await entryOf(page)).toBe(old)
      await page
        .getByRole('button', { name: /Response/ })
        .first()
        .click()
      await offered(2)
      await saved(page)
      const ids = house.road.offered()
      expect(await onServer(ids)).toEqual({ rows: 2, ids: 2 })
      await go(page, '/more')
      await offer(page).click()
      await expect.poll(() => entryOf(page).catch(() => old), { timeout: 20_000 }).not.toBe(old)
      await saved(page)
    } finally {
      await rosa.close()
    }
  })
})

/** What came with devices and sealed records is not there, as on a server of before. */
function olderServer(asked: Asked): Fate {
  if (/^\/api\/(devices|records\/sealed)\b/.test(asked.path)) return NOT_FOUND
  if (!asked.path.startsWith('/api/feed?')) return 'pass'
  return (answer) => {
    const { missing: _, ...known } = JSON.parse(answer.body) as Record<string, unknown>
    return { ...answer, body: JSON.stringify(known) }
  }
}

const NOT_FOUND: Answer = {
  status: 404,
  headers: { 'content-type': 'application/problem+json' },
  body: JSON.stringify({
    type: 'urn:handrail:problem:request.not_found',
    title: 'There is nothing here.',
    status: 404,
    code: 'request.not_found',
  }),
}

/** Runs in the page before its program: what it does once an hour happens each second. */
function hoursAreSeconds(): void {
  const every = globalThis.setInterval
  globalThis.setInterval = ((work: () => void, ms?: number) =>
    every(work, ms !== undefined && ms >= 3_600_000 ? 1000 : ms)) as typeof setInterval
}

/** Runs in the page before its program: a browser forgets what it fetched after 250 files, and a start takes more. */
function everyFileNoted(): void {
  performance.setResourceTimingBufferSize(100_000)
}

/** Runs in the page: does a session run in any tab of the device? */
async function isSessionRunning(): Promise<boolean> {
  return (await navigator.locks.query()).held?.some(({ name }) => name === 'session-running') ?? false
}

/** Has this tab loaded a file of that name? */
const loaded = (page: Page, name: string) =>
  page.evaluate(
    (part) => performance.getEntriesByType('resource').some((entry) => entry.name.includes(part)),
    name,
  )

/** Runs until this tab has fetched no file for a second and a half; true then. */
async function quiet(page: Page): Promise<boolean> {
  const count = () => page.evaluate(() => performance.getEntriesByType('resource').length)
  const before = await count()
  await page.waitForTimeout(1500)
  return (await count()) === before
}

/** The file that this tab's program began with. */
const entryOf = (page: Page) =>
  page.evaluate(() => document.querySelector<HTMLScriptElement>('script[type=module]')?.src ?? '')

const noting =
  (statuses: number[]) =>
  (answer: Answer): Answer => {
    statuses.push(answer.status)
    return answer
  }

/** The same program as a later release: every file of it has another name, in the packed texts too. */
function releaseAfter(webRoot: string): string {
  const root = mkdtempSync(join(tmpdir(), 'handrail-release-'))
  cpSync(webRoot, root, { recursive: true })
  const assets = readdirSync(join(root, 'assets')).filter((name) => name.endsWith('.js'))
  const later = new Map(assets.map((name) => [name, name.replace(/\.js$/, '_.js')]))
  for (const [old, name] of later)
    for (const packed of ['', '.br', '.gz'])
      renameSync(join(root, 'assets', `${old}${packed}`), join(root, 'assets', `${name}${packed}`))
  for (const file of ['index.html', 'sw.js', ...[...later.values()].map((name) => `assets/${name}`)]) {
    let text = readFileSync(join(root, file), 'utf8')
    for (const [old, name] of later) text = text.replaceAll(old, name)
    // and with the page everything that has no hash in its name is another one
    if (file === 'sw.js')
      text = text.replaceAll(/(?<=revision:`)[0-9a-f]{32}/g, (hash) => [...hash].toReversed().join(''))
    writeFileSync(join(root, file), text)
    writeFileSync(join(root, `${file}.br`), brotliCompressSync(text))
    writeFileSync(join(root, `${file}.gz`), gzipSync(text))
  }
  return root
}
