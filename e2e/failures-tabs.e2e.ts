/** Several tabs of one person: one syncs for all, and another takes over when it dies or sleeps. */
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { Device, openHouse, type House } from './house.ts'
import { clear, isPush, lost } from './road.ts'
import { enter, fly, go, goal, inStep, PARA, saved, shown } from './steps.ts'

let house: House
let maya: Device
let first: Page
let second: Page
beforeAll(async () => {
  house = await openHouse()
  maya = new Device(house.url)
  first = await maya.open()
  await enter(first, PARA)
})
afterAll(async () => {
  await maya.close()
  await house.close()
})
afterEach(() => {
  house.road.rule = clear
})

const count = (page: Page) => goal(page, 'C.D. Leaves seat').getByRole('button', { name: 'Leaves seat: +1' })

async function onServer(ids: readonly string[]): Promise<{ rows: number; ids: number }> {
  const { rows } = await house.owner.query(
    'select count(*)::int as rows, count(distinct id)::int as ids from record where id = any($1)',
    [ids],
  )
  return rows[0]
}

/** Both tabs on the pad, the first one leading, in flight mode. */
async function bothInFlight(): Promise<void> {
  await first.goto(`${house.url}/more`)
  await fly(first, true)
  await go(first, '/pad')
  await count(first).waitFor()
  second = await maya.tab('/pad')
  await count(second).waitFor()
  house.road.asked.length = 0
}

/** Fifty taps in each tab, as fast as the page takes them; the rules set the bounces aside later. Answers how many records wait. */
async function fiftyEach(): Promise<number> {
  const fifty = (page: Page) =>
    count(page).evaluate((button) => {
      for (let n = 0; n < 50; n++) (button as HTMLElement).click()
    })
  // a session begins with its first tap; the second tab must know of it before it taps
  const isOpen = (await goal(first, 'C.D. Leaves seat').getByRole('button', { name: 'Finish' }).count()) > 0
  const begun = isOpen ? 1 : 2
  await count(first).click()
  for (const page of [first, second]) await shown(page, `${begun} kept here`)
  await fifty(first)
  await shown(second, `${begun + 50} kept here`, 60_000)
  await fifty(second)
  for (const page of [first, second]) await shown(page, `${begun + 100} kept here`, 60_000)
  return begun + 100
}

/** Flight mode is one switch for all tabs of a device. */
const land = async (page: Page) => {
  await go(page, '/more')
  await fly(page, false)
}

describe('two tabs with one outbox', () => {
  afterEach(async () => {
    await second.close().catch(() => {})
  })

  it('G1 G2 F5 sends each of a hundred records of both tabs once, from one tab', async () => {
    await bothInFlight()
    const posts = { first: 0, second: 0 }
    first.on('request', (request) => (posts.first += Number(request.url().endsWith('/api/records'))))
    second.on('request', (request) => (posts.second += Number(request.url().endsWith('/api/records'))))
    const made = await fiftyEach()
    await land(second)
    await saved(first)
    await saved(second)
    const offered = house.road.offered()
    expect(offered).toHaveLength(made)
    expect(await onServer(offered)).toEqual({ rows: made, ids: made })
    expect(Math.min(posts.first, posts.second)).toBe(0)
    expect(posts.first + posts.second).toBe(house.road.asked.filter(isPush).length)
  })

  it('G1 G2 F5 F2 lets the other tab finish when the one that sends crashes in the middle of a batch', async () => {
    await bothInFlight()
    const made = await fiftyEach()
    const halfway = Promise.withResolvers<void>()
    let batches = 0
    house.road.rule = (asked) => {
      // the first batch is taken in, and nobody hears of it
      if (!isPush(asked) || ++batches > 1) return 'pass'
      return () => {
        halfway.resolve()
        return lost()
      }
    }
    await land(second)
    await halfway.promise
    await crash(first)
    await saved(second)
    const ids = [...new Set(house.road.offered())]
    expect(ids).toHaveLength(made)
    expect(await onServer(ids)).toEqual({ rows: made, ids: made })
    await first.close()
    first = await maya.tab('/today')
  })

  it('G1 G2 F6 takes over from a tab that was frozen, and neither doubles nor fights when that one wakes up', async () => {
    const synced = inStep(first)
    await first.goto(`${house.url}/pad`)
    await synced
    second = await maya.tab('/pad')
    await count(second).waitFor()
    house.road.asked.length = 0
    const sleeping = await maya.cdp(first)
    await sleeping.send('Page.setWebLifecycleState', { state: 'frozen' })
    await count(second).click()
    await shown(second, /kept here/)
    // five beats of two seconds without a word from the leader
    await saved(second, 20_000)
    const ids = house.road.offered()

    await sleeping.send('Page.setWebLifecycleState', { state: 'active' })
    await second.waitForTimeout(2500)
    const asked = house.road.asked.length
    await count(first).click()
    await saved(first)
    await second.waitForTimeout(1500)
    const offered = house.road.offered()
    expect(new Set(offered).size).toBe(offered.length)
    expect(offered.length).toBe(ids.length + 1)
    expect(await onServer(offered)).toEqual({ rows: offered.length, ids: offered.length })
    // one of them leads: a fight would show as one cycle after another
    expect(house.road.asked.length - asked).toBeLessThan(12)
  })
})

/** What a browser does to a tab that ran out of memory. */
async function crash(page: Page): Promise<void> {
  const crashed = new Promise((resolve) => page.once('crash', resolve))
  const cdp = await maya.cdp(page)
  cdp.send('Page.crash').catch(() => {})
  await crashed
}
