/**
 * What a device does to its person: its battery dies, its disk is full, its storage is wiped or shut. Real Chromium
 * profiles against the real server; nothing in the page is mocked.
 */
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { Device, openHouse, type House } from './house.ts'
import { clear, isPush, lost, type Fate } from './road.ts'
import { enter, fly, goal, PARA, saved, shown, signIn } from './steps.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.close())
afterEach(() => {
  house.road.rule = clear
})

const LEAVES_SEAT = 'C.D. Leaves seat'
const count = (page: Page) => goal(page, LEAVES_SEAT).getByRole('button', { name: 'Leaves seat: +1' })
/** Each device has a goal of its own: where one records, the others of its person see it taken. */
const alone = (page: Page, name: string) =>
  goal(page, name).getByRole('button', { name: 'alone', exact: true })

/** Every record offered on the road since the test began, as the server has it: how often, and with which seqs. */
async function onServer(ids: readonly string[]): Promise<{ rows: number; ids: number }> {
  const { rows } = await house.owner.query(
    'select count(*)::int as rows, count(distinct id)::int as ids from record where id = any($1)',
    [ids],
  )
  return rows[0]
}

describe('a battery that dies', () => {
  let maya: Device
  let phone: Page
  beforeAll(async () => {
    maya = new Device(house.url)
    phone = await maya.open()
    await enter(phone, PARA)
    await maya.remember()
  })
  afterAll(() => maya.close())

  it('G1 F1 has each tap whole or not at all, and all that it said is kept, when killed 0, 5, 20 or 100 ms after it', async () => {
    await phone.goto(`${house.url}/more`)
    await fly(phone, true)
    house.road.asked.length = 0
    let tapped = 0
    let found = 0
    for (const ms of [0, 5, 20, 100]) {
      await phone.goto(`${house.url}/pad`)
      await count(phone).waitFor()
      // what the chips say, told while the browser still lives
      let said = 0
      await phone.exposeFunction('hear', (n: number) => (said = Math.max(said, n)))
      await phone.evaluate(() => {
        const { hear } = globalThis as unknown as { hear: (n: number) => void }
        const tell = () => {
          for (const [, n] of document.body.innerText.matchAll(/(\d+) kept here/g)) hear(Number(n))
        }
        new MutationObserver(tell).observe(document.body, {
          subtree: true,
          childList: true,
          characterData: true,
        })
        tell()
      })
      for (let n = 0; n < 3; n++) await count(phone).evaluate((button) => (button as HTMLElement).click())
      tapped += 3
      await new Promise((resolve) => setTimeout(resolve, ms))
      await maya.kill()

      phone = await maya.open('/unsent')
      await shown(phone, /kept on this device/)
      found = Number(/(\d+) records? kept/.exec(await phone.locator('main').innerText())?.[1])
      expect(found).toBeGreaterThanOrEqual(said)
      // the start of the session comes with its first tap
      expect(found).toBeLessThanOrEqual(tapped + 1)
      expect(await phone.getByText('needs you').count()).toBe(0)
    }
    expect(found).toBeGreaterThan(0)

    await phone.goto(`${house.url}/more`)
    await fly(phone, false)
    await saved(phone)
    const ids = house.road.offered()
    expect(new Set(ids).size).toBe(found)
    expect(await onServer(ids)).toEqual({ rows: found, ids: found })
    const { rows } = await house.owner.query(
      'select device, min(seq) as first, max(seq) as last, count(distinct seq)::int as seqs from record where id = any($1) group by device',
      [ids],
    )
    // one device, numbered without a gap: no half record stands between the whole ones
    expect(rows).toEqual([{ device: expect.any(String), first: 1, last: found, seqs: found }])
  })

  it('G1 G2 F2 sends again what the server had taken when the battery died before its answer, and it stands there once', async () => {
    await phone.goto(`${house.url}/pad`)
    await count(phone).waitFor()
    house.road.asked.length = 0
    const committed = Promise.withResolvers<void>()
    house.road.rule = (asked) => {
      if (!isPush(asked)) return 'pass'
      return () => {
        committed.resolve()
        return lost()
      }
    }
    await count(phone).click()
    await committed.promise
    await maya.kill()
    const taken = house.road.offered()
    expect(await onServer(taken)).toEqual({ rows: taken.length, ids: taken.length })

    house.road.rule = clear
    phone = await maya.open('/unsent')
    await shown(phone, 'Everything is with the team')
    const ids = house.road.offered()
    expect(ids).toEqual([...taken, ...taken])
    expect(await onServer(ids)).toEqual({ rows: taken.length, ids: taken.length })
  })
})

describe('storage that is wiped', () => {
  it('G1 F8 is told of by the server: the next sign-in says how many records of this browser never arrived', async () => {
    const phone = new Device(house.url)
    try {
      let page = await phone.open()
      await enter(page, PARA)
      await page.goto(`${house.url}/pad`)
      // the server takes nothing in, and still hears how much there is
      const announced: number[] = []
      house.road.rule = (asked) => {
        if (isPush(asked)) return BROKEN
        if (asked.path.startsWith('/api/feed')) announced.push(Number(asked.headers['x-handrail-made'] ?? 0))
        return 'pass'
      }
      for (let n = 0; n < 3; n++) {
        await alone(page, 'A.M. Hand-washing').click()
        await page.waitForTimeout(260)
      }
      // the start of the session, and three steps
      const made = 4
      await shown(page, `${made} kept here`)
      await expect.poll(() => Math.max(0, ...announced), { timeout: 20_000 }).toBeGreaterThanOrEqual(made)

      const wiping = await phone.cdp(page)
      await page.goto('about:blank')
      await wiping.send('Storage.clearDataForOrigin', {
        origin: house.url,
        storageTypes: 'indexeddb,cache_storage,service_workers,local_storage',
      })
      house.road.rule = clear
      await page.goto(house.url)
      await shown(page, new RegExp(`^${made} records made in this browser before its storage was cleared`))
      page = await phone.tab('/pad')
      await shown(page, /never reached the team/)
      await page.getByRole('button', { name: 'I have taken note' }).filter({ visible: true }).click()
      await page.getByText(/never reached the team/).waitFor({ state: 'detached' })
      await page.reload()
      await alone(page, 'A.M. Hand-washing').waitFor()
      expect(await page.getByText(/never reached the team/).count()).toBe(0)
    } finally {
      await phone.close()
    }
  })

  const BROKEN = {
    status: 500,
    headers: { 'content-type': 'application/problem+json' },
    body: JSON.stringify({
      type: 'urn:handrail:problem:server.failed',
      title: 'Failed.',
      status: 500,
      code: 'server.failed',
    }),
  }
})

describe('storage that is shut', () => {
  it('F10 does not start where an IT office blocks site data: it says so instead of an app that saves nothing', async () => {
    const managed = new Device(house.url)
    managed.prefer({ profile: { default_content_setting_values: { cookies: 2 } } })
    try {
      const page = await managed.open()
      await page.getByRole('heading', { name: 'This browser cannot keep records' }).waitFor()
      await shown(page, /ask your IT office to allow site data/)
      expect(await page.getByRole('button', { name: PARA }).count()).toBe(0)
    } finally {
      await managed.close()
    }
  })

  it('F10 nor in a private window that offers no database, refuses it at once, or never answers', async () => {
    const laptop = new Device(house.url)
    try {
      const page = await laptop.open()
      await enter(page, PARA)
      const door = async (shut: () => void) => {
        const tab = await laptop.tab(null)
        await tab.addInitScript(shut)
        await tab.goto(house.url)
        await tab.getByRole('heading', { name: 'This browser cannot keep records' }).waitFor()
        expect(await tab.getByRole('link', { name: 'Pad' }).count()).toBe(0)
      }
      await Promise.all([absent, refusing, silent].map(door))
    } finally {
      await laptop.close()
    }
  })

  /** A browser without the interface, or with it switched off. */
  function absent(): void {
    Object.defineProperty(globalThis, 'indexedDB', { value: undefined })
  }
  /** Firefox's private windows before 115 answer each opening with InvalidStateError (bugzilla 781982). */
  function refusing(): void {
    IDBFactory.prototype.open = () => {
      throw new DOMException(
        'A mutation operation was attempted on a database that did not allow mutations.',
        'InvalidStateError',
      )
    }
  }
  /** Safari 14 on its first load never answered an opening (WebKit 226547). */
  function silent(): void {
    IDBFactory.prototype.open = () => new EventTarget() as IDBOpenDBRequest
  }
})

describe('a first sync that is cut', () => {
  it('F35 F32 goes on after a new sign-in when the session ends in the middle of it, without clearing site data', async () => {
    const phone = new Device(house.url)
    try {
      const page = await phone.open()
      let backfills = 0
      house.road.rule = async (asked): Promise<Fate> => {
        // the first audience arrives, then the session is gone
        if (asked.path.startsWith('/api/feed/backfill') && ++backfills === 2) await house.endSessions()
        return 'pass'
      }
      await page.getByRole('button', { name: PARA }).click()
      await shown(page, 'Sign in to send')
      await page.reload()
      await page.getByRole('link', { name: /Sign in to send/ }).click()
      await page.getByRole('link', { name: 'Sign in', exact: true }).click()
      await signIn(page, house.account('maya'))
      await saved(page)
      await page.goto(`${house.url}/pad`)
      for (const name of ['A.M. Requesting', 'A.M. Hand-washing', LEAVES_SEAT])
        await goal(page, name).waitFor()
      expect(await page.getByText('not on this device yet').count()).toBe(0)
    } finally {
      await phone.close()
    }
  })
})
