/**
 * Clocks that lie, as a page sees them: the wall clock goes another way than the counter of the machine, because the
 * phone slept or because its clock is wrong. The real app, browser and server; only what the page's Date says is moved,
 * before its program starts and in the middle.
 */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { programId } from '../src/demo/spec.ts'
import { Device, openHouse, type House } from './house.ts'
import { enter, fly, go, goal, PARA, saved, shown } from './steps.ts'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.close())

const SEAT = 'C.D. Leaves seat'
const plusOne = (page: Page) => goal(page, SEAT).getByRole('button', { name: 'Leaves seat: +1' })

it('F15 ten minutes of sleep in the middle of a session are ten minutes watched, by the instants and not by the timers', async () => {
  const maya = new Device(house.url)
  try {
    const phone = await maya.open(null)
    await phone.addInitScript(shiftWall, -10 * MINUTE)
    await phone.goto(house.url)
    await enter(phone, PARA)
    await go(phone, '/more')
    await fly(phone, true)
    await go(phone, '/pad')
    await plusOne(phone).click()
    await shown(phone, '2 kept here')
    const seat = goal(phone, SEAT)
    await seat.getByText(/watching 0:0\d/).waitFor()

    // what a suspended phone shows: nothing runs, and then the wall clock is elsewhere and the counter is not
    const sleep = await maya.cdp(phone)
    await sleep.send('Page.setWebLifecycleState', { state: 'frozen' })
    await phone.evaluate(() => Object.assign(globalThis, { wallShift: 0 }))
    await sleep.send('Page.setWebLifecycleState', { state: 'active' })

    await seat.getByText(/watching 10:[0-2]\d/).waitFor()
    await plusOne(phone).click()
    await seat.getByText(/^0\.2 a minute$/).waitFor()
    await seat.getByRole('button', { name: 'Finish' }).click()
    await seat.getByText(/slept or its clock changed meanwhile. Did you watch for 10:[0-2]\d\?/).waitFor()
    await go(phone, '/more')
    await fly(phone, false)
    await saved(phone)

    const rows = await stored(house.road.offered())
    expect(rows.map(({ kind }) => kind)).toEqual([
      'sessions.start',
      'sessions.occurrence',
      'sessions.occurrence',
      'sessions.end',
    ])
    const [start, end] = [rows[0]!, rows[3]!]
    expect(end.at - start.at).toBeGreaterThanOrEqual(10 * MINUTE)
    expect(end.at - start.at).toBeLessThan(11 * MINUTE)
    // the doubt can be seen by whoever reads the records: one run of one counter, which hardly moved
    expect(end.mono.boot).toBe(start.mono.boot)
    expect(end.mono.ms - start.mono.ms).toBeLessThan(MINUTE)
  } finally {
    await maya.close()
  }
})

it('F16 F17 a clock that is set days ahead, days back and to 2099 in the middle of a session: every tap arrives, in the order of the device, and what is honest later stands', async () => {
  const maya = new Device(house.url)
  const other = new Device(house.url)
  try {
    const phone = await maya.open(null)
    await phone.addInitScript(shiftWall, 0)
    await phone.goto(house.url)
    await enter(phone, PARA)
    await go(phone, '/pad')
    const hands = goal(phone, 'A.M. Hand-washing')
    const step = hands.getByRole('button', { name: 'alone', exact: true })
    house.road.asked.length = 0
    await step.click()
    await hands.getByText('Step 2 of 8').waitFor()
    const to2099 = Date.parse('2099-11-03T14:52:00Z') - Date.parse('2026-11-03T14:52:00Z')
    let made = 2
    for (const shift of [2 * DAY, -2 * DAY, to2099]) {
      await phone.waitForTimeout(260)
      // set and tapped at once: a moment later the screen shows the blocks of that other day
      await step.evaluate((button, ms) => {
        Object.assign(globalThis, { wallShift: ms })
        ;(button as HTMLElement).click()
        Object.assign(globalThis, { wallShift: 0 })
      }, shift)
      made += 1
      await hands.getByText(`Step ${made} of 8`).waitFor()
    }
    await phone.waitForTimeout(260)
    await step.click()
    made += 1
    await expect.poll(() => house.road.offered().length, { timeout: 20_000 }).toBe(made)
    await saved(phone)
    expect(await phone.getByText('needs you').count()).toBe(0)

    // the step of 2099 is corrected by an honest clock
    await hands.getByRole('button', { name: /^Step 4: alone/ }).click()
    const sheet = phone.getByRole('dialog')
    await sheet.getByText('mis-tap').first().click()
    await sheet.getByRole('button', { name: 'verbal', exact: true }).click()
    await hands.getByRole('button', { name: /^Step 4: verbal/ }).waitFor()
    await expect.poll(() => house.road.offered().length, { timeout: 20_000 }).toBe(made + 1)
    await saved(phone)

    const rows = await stored(house.road.offered())
    expect(rows.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7])
    expect(rows.map(({ body }) => body.step ?? null)).toEqual([null, 1, 2, 3, 4, 5, 4])
    const days = rows.map(({ at, received }) => Math.round((at - received) / DAY) + 0)
    const far = Math.round(to2099 / DAY)
    // a correction keeps the instant of what it corrects
    expect(days).toEqual([0, 0, 2, -2, far, 0, far])

    // and another device of hers takes all of it in
    const again = await other.open('/')
    await enter(again, PARA)
    await go(again, '/pad')
    const there = goal(again, 'A.M. Hand-washing')
    await there.getByText('you, on another device').first().waitFor()
  } finally {
    await maya.close()
    await other.close()
  }
})

it('G1 two taps while the phone is busy with something else are two, and keep the time between them', async () => {
  const maya = new Device(house.url)
  try {
    const phone = await maya.open()
    await enter(phone, PARA)
    await go(phone, '/pad')
    const key = plusOne(phone)
    await key.scrollIntoViewIfNeeded()
    const box = await key.boundingBox()
    if (!box) throw new Error('the key has no place')
    const finger = { x: box.x + box.width / 2, y: box.y + box.height / 2 }
    const touch = await maya.cdp(phone)
    await touch.send('Emulation.setTouchEmulationEnabled', { enabled: true })
    // since nothing scrolls for a while, a touch is a tap
    await phone.waitForTimeout(400)
    house.road.asked.length = 0

    const busy = phone.evaluate(keepBusy, 2_000)
    const heard: Promise<unknown>[] = []
    for (let n = 0; n < 2; n++) {
      await new Promise((resolve) => setTimeout(resolve, 500))
      heard.push(touch.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [finger] }))
      heard.push(touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] }))
    }
    await Promise.all([busy, ...heard])

    await expect.poll(() => house.road.offered().length, { timeout: 20_000 }).toBe(3)
    await saved(phone)
    const taps = (await stored(house.road.offered())).filter(({ kind }) => kind === 'sessions.occurrence')
    const [first, second] = taps
    if (!first || !second) throw new Error('two taps were not two records')
    expect(second.mono.ms - first.mono.ms).toBeGreaterThan(400)
    expect(second.at - first.at).toBeGreaterThan(400)
    // neither is taken for the bounce of the other
    const { rows } = await house.owner.query<{ state: string }>(
      `select state from projection where view = 'sessions.session' and parent = $1 order by at desc limit 1`,
      [`program:${programId('cd-leaves-seat')}`],
    )
    const state = JSON.parse(rows[0]?.state ?? '{}')
    expect(state).toMatchObject({ status: 'open', aside: [] })
    expect(state.items).toHaveLength(2)
  } finally {
    await maya.close()
  }
})

/** Runs in the page: it hears of nothing for so long. */
function keepBusy(ms: number): void {
  const until = performance.now() + ms
  while (performance.now() < until);
}

interface Stored {
  readonly kind: string
  readonly seq: number
  readonly at: number
  readonly received: number
  readonly mono: { readonly boot: string; readonly ms: number }
  readonly body: { readonly step?: number }
}

/** These records as the server has them, in the order of the device; instants in ms of the district's clock. */
async function stored(ids: readonly string[]): Promise<Stored[]> {
  const { rows } = await house.owner.query<{ seq: number; received: Date; envelope: string }>(
    'select seq, received, envelope from record where id = any($1) order by seq',
    [ids],
  )
  return rows.map(({ seq, received, envelope }) => {
    const { at, ...rest } = JSON.parse(envelope) as Omit<Stored, 'at'> & { at: string }
    return { ...rest, seq, at: Date.parse(at), received: received.getTime() }
  })
}

/** Runs in the page before its program: the wall clock goes wrong by so many ms, the counter of the machine does not. */
function shiftWall(ms: number): void {
  const Real = Date
  const world = globalThis as unknown as { wallShift: number }
  world.wallShift = ms
  const now = () => Real.now() + world.wallShift
  globalThis.Date = new Proxy(Real, {
    construct: (target, args: []) => (args.length === 0 ? new target(now()) : new target(...args)),
    apply: () => new Real(now()).toString(),
    get: (target, key) => (key === 'now' ? now : (Reflect.get(target, key) as unknown)),
  })
}
