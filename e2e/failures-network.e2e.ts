/**
 * What lies between a device and its server: answers lost, portals, black holes, ended sessions, half answers, clocks
 * that are wrong. One para's phone, over a road on which each of these happens for real.
 */
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { Device, openHouse, type House } from './house.ts'
import { clear, isPush, type Answer, type Asked, type Fate } from './road.ts'
import { enter, go, goal, inStep, PARA, saved, shown, signIn } from './steps.ts'

let house: House
let maya: Device
let phone: Page
beforeAll(async () => {
  house = await openHouse()
  maya = new Device(house.url)
  phone = await maya.open()
  await enter(phone, PARA)
})
afterAll(async () => {
  await maya.close()
  await house.close()
})
afterEach(async ({ task }) => {
  const folder = process.env['HANDRAIL_SHOTS']
  if (folder !== undefined && task.result?.state === 'fail')
    await phone.screenshot({ path: `${folder}/${task.id}-phone.png` })
  house.road.rule = clear
})

const count = (page: Page) => goal(page, 'C.D. Leaves seat').getByRole('button', { name: 'Leaves seat: +1' })
const isApi = ({ path }: Asked) => path.startsWith('/api/')
/** What a system says when its Wi-Fi is back; the device then looks at once instead of when its patience is over. */
const networkIsBack = (page: Page) => page.evaluate(() => dispatchEvent(new Event('online')))

async function onPad(): Promise<void> {
  const synced = inStep(phone)
  await phone.goto(`${house.url}/pad`)
  await synced
  await count(phone).waitFor()
  house.road.asked.length = 0
}

/** Taps, each further from the last than a bounce. */
async function taps(n: number): Promise<void> {
  for (let i = 0; i < n; i++) {
    await count(phone).click()
    await phone.waitForTimeout(260)
  }
}

/** Of the records offered since the pad was opened: how many there are, and how often they stand at the server. */
async function arrived(): Promise<{ offered: number; rows: number }> {
  const ids = [...new Set(house.road.offered())]
  const { rows } = await house.owner.query('select count(*)::int as rows from record where id = any($1)', [
    ids,
  ])
  return { offered: ids.length, rows: rows[0].rows }
}

describe('answers on the way', () => {
  it('G1 G2 F2 offers again until an answer arrives, and what the server took three times unheard stands there once', async () => {
    await onPad()
    let dropped = 0
    house.road.rule = (asked) =>
      isPush(asked) && ++dropped <= 3 ? () => Promise.reject(new Error('the connection broke')) : 'pass'
    await count(phone).click()
    for (const n of [1, 2, 3]) {
      await expect.poll(() => dropped, { timeout: 20_000 }).toBeGreaterThanOrEqual(n)
      await networkIsBack(phone)
    }
    await saved(phone)
    const offered = house.road.offered()
    const ids = [...new Set(offered)]
    expect(offered.length).toBe(4 * ids.length)
    expect(await arrived()).toEqual({ offered: ids.length, rows: ids.length })
  })

  it('G1 F30 says “with the team” only of what the server named with the very bytes that were sent', async () => {
    await onPad()
    /** The first record of the batch is not spoken of, the second is acknowledged without its digest, the third with another. */
    const garbled = (answer: Answer): Answer => {
      const body = JSON.parse(answer.body) as { acks: Record<string, unknown>[] }
      const [, second, third, ...rest] = body.acks
      const { digest: _digest, ...bare } = second ?? {}
      return {
        ...answer,
        body: JSON.stringify({ ...body, acks: [bare, { ...third, digest: '0'.repeat(64) }, ...rest] }),
      }
    }
    // the three wait for each other, so that they travel together
    house.road.rule = (asked) => (isApi(asked) ? 'hole' : 'pass')
    await phone.context().setOffline(true)
    await taps(3)
    await shown(phone, /3 kept here/)
    house.road.rule = (asked) => (isPush(asked) ? garbled : 'pass')
    await phone.context().setOffline(false)
    await networkIsBack(phone)
    await shown(phone, /1 needs you/)
    await shown(phone, /2 kept here/)
    expect(await phone.getByText('With the team', { exact: true }).filter({ visible: true }).count()).toBe(0)
    // the server has them all the same; the device only does not believe it yet
    expect(await arrived()).toEqual({ offered: 3, rows: 3 })

    house.road.rule = clear
    await phone.goto(`${house.url}/unsent`)
    await shown(phone, /does not match what is kept here/)
    await phone.getByRole('button', { name: /^Try again/ }).click()
    await networkIsBack(phone)
    await shown(phone, 'Everything is with the team')
    expect(await arrived()).toEqual({ offered: 3, rows: 3 })
  })
})

describe('somebody else answers', () => {
  const html = '<!doctype html><title>Guest Wi-Fi</title><form>Accept the terms</form>'
  const portals: readonly (readonly [string, (asked: Asked) => Fate])[] = [
    ['a page with status 200', () => page(200)],
    [
      'a redirect to its own page',
      ({ path }) => (path === '/portal' ? page(200) : { ...page(302), headers: { location: '/portal' } }),
    ],
    ['a page with status 511', () => page(511)],
    [
      'JSON of its own with status 200',
      () => ({
        status: 200,
        headers: { 'content-type': 'application/json' },
        body: '{"status":"ok","acks":"all"}',
      }),
    ],
    ['an empty answer with status 204', () => ({ status: 204, headers: {}, body: '' })],
  ]
  const page = (status: number): Answer => ({ status, headers: { 'content-type': 'text/html' }, body: html })

  it('G1 F24 calls nothing sent that a captive portal answered, goes on recording, and sends all when it is gone', async () => {
    await onPad()
    let kept = 0
    for (const [, portal] of portals) {
      house.road.rule = portal
      const before = house.road.asked.filter(isPush).length
      await taps(1)
      await networkIsBack(phone)
      await expect
        .poll(() => house.road.asked.filter(isPush).length, { timeout: 20_000 })
        .toBeGreaterThan(before)
      kept += 1
      await shown(phone, new RegExp(`${kept} kept here`))
    }
    expect((await arrived()).rows).toBe(0)
    // the program itself is on the device: a portal cannot take the page away
    await phone.reload()
    await count(phone).waitFor()
    await shown(phone, new RegExp(`${kept} kept here`))
    expect(await phone.getByText('Accept the terms').count()).toBe(0)
    // nor is a portal taken for the server that wants a sign-in
    expect(await phone.getByText('Sign in to send').count()).toBe(0)

    house.road.rule = clear
    await networkIsBack(phone)
    await saved(phone)
    expect(await arrived()).toEqual({ offered: kept, rows: kept })
  })

  it('G1 F25 is not stopped by requests that nobody ever answers: the screens stay usable, and the next try gets through', async () => {
    await onPad()
    house.road.rule = (asked) => (isApi(asked) ? 'hole' : 'pass')
    await taps(1)
    await expect.poll(() => house.road.asked.filter(isPush).length, { timeout: 20_000 }).toBe(1)
    await taps(2)
    await shown(phone, /3 kept here/)
    for (const screen of ['/students', '/today', '/more', '/pad']) {
      await go(phone, screen)
      await phone.getByRole('heading', { level: 1 }).first().waitFor()
      await shown(phone, /3 kept here/)
    }
    house.road.rule = clear
    // the request in the hole is given up after 20 s, without a reload and without a word from anybody
    await saved(phone, 40_000)
    expect(await arrived()).toEqual({ offered: 3, rows: 3 })
  })
})

describe('a session that ends', () => {
  it('F32 F30 goes on recording when the server ends the session, asks for a sign-in, and then sends', async () => {
    await onPad()
    await house.endSessions()
    await taps(1)
    await shown(phone, 'Sign in to send')
    await taps(2)
    await expect.poll(() => goal(phone, 'C.D. Leaves seat').innerText()).toMatch(/3 kept here/)
    await phone
      .getByRole('link', { name: /Sign in to send/ })
      .first()
      .click()
    await shown(phone, /Your session ended/)
    await shown(phone, '3 records kept on this device')
    await phone.getByRole('link', { name: 'Sign in', exact: true }).click()
    await signIn(phone, house.account('maya'))
    await saved(phone)
    expect(await arrived()).toEqual({ offered: 3, rows: 3 })
  })

  it('F32 and so without a network: nothing stands between the person and the pad, also after a reload', async () => {
    await onPad()
    await phone.context().setOffline(true)
    await house.endSessions()
    await taps(1)
    await phone.reload()
    await count(phone).waitFor()
    await taps(1)
    await shown(phone, /2 kept here/)
    await phone.context().setOffline(false)
    await networkIsBack(phone)
    await shown(phone, 'Sign in to send')
    await go(phone, '/sign-in')
    await signIn(phone, house.account('maya'))
    await saved(phone)
    expect(await arrived()).toEqual({ offered: 2, rows: 2 })
  })
})
