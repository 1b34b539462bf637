/**
 * A shared device: what a person recorded is not to be read in any file of the browser, whoever comes next carries it to
 * the team unread, and it arrives as its author's. Real Chromium profiles on disk, the real server, nothing mocked.
 */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Device, openHouse, type House } from './house.ts'
import { found, quit } from './profile.ts'
import { enter, fly, go, goal, moveClock, OTHER_PARA, PARA, saved, shown, signIn, tap } from './steps.ts'

/** Typed by hand, in one run only: nowhere else in the world. */
const CANARY = 'Zwergtaucher Wiedehopf'

let house: House
/** What must not be found: her words, her students' names, the titles of their goals. */
let secrets: string[]
beforeAll(async () => {
  house = await openHouse()
  const students = await house.owner.query<{ given: string; family: string }>(
    "select given, family from student where initials in ('A.M.', 'C.D.')",
  )
  secrets = [
    CANARY,
    ...students.rows.flatMap((row) => [`${row.given} ${row.family}`]),
    'Leaves seat',
    'Hand-washing',
  ]
  if (students.rows.length !== 2) throw new Error('the demo school has other students now')
})
afterAll(() => house.close())

describe('a profile on disk', () => {
  it('F33 control: the search finds a word that was stored in plain, in either way', async () => {
    const control = new Device(house.url)
    try {
      for (const way of ['IndexedDB', 'localStorage']) {
        const word = `plain ${way} ${CANARY}`
        const page = await control.open('/icon.svg')
        await page.evaluate(
          async ([where, text]) => {
            if (where === 'localStorage') return localStorage.setItem('word', text ?? '')
            const opening = indexedDB.open('control', 1)
            opening.onupgradeneeded = () => opening.result.createObjectStore('words')
            await new Promise((resolve) => (opening.onsuccess = resolve))
            const tx = opening.result.transaction('words', 'readwrite', { durability: 'strict' })
            tx.objectStore('words').put(text, 'word')
            await new Promise((resolve) => (tx.oncomplete = resolve))
          },
          [way, word],
        )
        // a browser writes when it pleases
        await expect.poll(() => found(control, [word]).length, { timeout: 30_000 }).toBeGreaterThan(0)
        await quit(control, page)
        expect(found(control, [word])).not.toEqual([])
      }
    } finally {
      await control.close()
    }
  })
})

describe('a tablet that two people share', () => {
  let tablet: Device
  beforeAll(() => {
    tablet = new Device(house.url)
  })
  afterAll(() => tablet.close())

  it('F33 holds nothing to be read: not after a kill, not after a log-out, in no file of the profile', async () => {
    let page = await tablet.open()
    await enter(page, PARA)
    await tablet.remember()
    await recordUnsent(page)
    await tablet.kill()
    expect(found(tablet, secrets)).toEqual([])

    page = await tablet.open('/more')
    await shown(page, /kept here/)
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Sign out' }).click()
    await page.getByRole('button', { name: OTHER_PARA }).waitFor()
    await quit(tablet, page)
    expect(found(tablet, secrets)).toEqual([])
  })

  it('F33 whoever signs in next carries it: it arrives as its author’s, and the screen shows a number', async () => {
    const before = await recordsOf('maya')
    const page = await tablet.open()
    await page.context().clearCookies()
    await page.goto(house.url)
    await enter(page, OTHER_PARA)
    await expect.poll(() => recordsOf('maya'), { timeout: 20_000 }).toBeGreaterThan(before)
    await page.goto(`${house.url}/unsent`)
    await page.goto(`${house.url}/more`)
    const text = await page.locator('body').innerText()
    for (const secret of [...secrets, 'A.M.', 'C.D.']) expect(text).not.toContain(secret)
    // her words are among what was carried, and only the server can read them
    const withHerWords = async () =>
      (
        await house.owner.query<{ n: number }>(
          "select count(*)::int as n from record where envelope::text like '%' || $1 || '%'",
          [CANARY],
        )
      ).rows[0]?.n
    await expect.poll(withHerWords, { timeout: 20_000 }).toBe(1)
    await quit(tablet, page)
    expect(found(tablet, secrets)).toEqual([])
  })
})

describe('a battery that died', () => {
  it('F33 without a log-out, whoever signs in next locks what was open and carries what was unsent', async () => {
    const tablet = new Device(house.url)
    try {
      let page = await tablet.open()
      await enter(page, PARA)
      const before = await recordsOf('maya')
      await page.goto(`${house.url}/more`)
      await fly(page, true)
      await page.goto(`${house.url}/pad`)
      await goal(page, 'C.D. Leaves seat').getByRole('button', { name: 'Leaves seat: +1' }).click()
      await shown(page, /kept here/)
      await tablet.kill()

      // No cookie outlived it: the device opens as hers, and asks for a sign-in.
      page = await tablet.open('/sign-in')
      await signIn(page, house.account('andre'))
      await expect.poll(() => recordsOf('maya'), { timeout: 30_000 }).toBeGreaterThan(before)
      await saved(page)
      await page.goto(`${house.url}/today`)
      await saved(page)
      const text = await page.locator('body').innerText()
      // C.D. is a student of both
      for (const secret of [...secrets, 'A.M.', 'D.L.']) expect(text).not.toContain(secret)
      const keys = await page.evaluate(async () => {
        const open = (name: string) =>
          new Promise<IDBDatabase>((resolve) => {
            const opening = indexedDB.open(name)
            opening.onsuccess = () => resolve(opening.result)
          })
        const all = (await indexedDB.databases()).filter(({ name }) =>
          /^handrail-[0-9a-f]{8}-/.test(name ?? ''),
        )
        return Promise.all(
          all.map(async ({ name }) => {
            const database = await open(name ?? '')
            const request = database.transaction('keys').objectStore('keys').get('sitting')
            await new Promise((resolve) => (request.onsuccess = resolve))
            database.close()
            return request.result !== undefined
          }),
        )
      })
      expect(keys.toSorted()).toEqual([false, true])
    } finally {
      await tablet.close()
    }
  })
})

describe('a tablet that is handed over', () => {
  it('AW-1 F33 by a tap and a PIN: nothing of a student between two people, and her running timer goes on', async () => {
    const shared = new Device(house.url)
    const moments = async () =>
      (
        await house.owner.query<{ code: string; at: Date }>(
          `select envelope::json #>> '{body,code}' as code, at from record
           where kind = 'sessions.moment' and day = '2026-11-03' and at >= '2026-11-03T20:14:00Z' order by at`,
        )
      ).rows
    const codes = async () => (await moments()).map(({ code }) => code)
    try {
      const page = await shared.open()
      await enter(page, PARA)
      await moveClock(page, '2026-11-03T14:14:05')
      await page.goto(`${house.url}/today`)
      await saved(page)
      await choosePin(page, '480193')
      await page.goto(`${house.url}/pad`)
      const card = goal(page, 'B.K. Playing with a classmate')
      await card.getByRole('button', { name: 'Start Playing with a classmate' }).click()
      const stop = card.getByRole('button', { name: 'Stop Playing with a classmate' })
      await stop.waitFor()
      const started = Date.now()
      await expect.poll(codes, { timeout: 20_000 }).toEqual(['on'])
      await saved(page)
      await go(page, '/more')
      await page.getByRole('button', { name: 'Switch person' }).click()
      await page.getByRole('button', { name: 'Maya Ortiz' }).waitFor()
      const between = await page.locator('body').innerText()
      for (const secret of [...secrets, 'A.M.', 'B.K.', 'C.D.']) expect(between).not.toContain(secret)

      await page.getByRole('button', { name: 'Somebody else' }).click()
      await enter(page, OTHER_PARA)
      await choosePin(page, '752906')
      await page.getByRole('button', { name: 'Switch person' }).click()
      await page.getByRole('button', { name: /^(?!Maya|Somebody)/ }).waitFor()
      await page.getByRole('button', { name: 'Maya Ortiz' }).click()
      await page.getByRole('group', { name: 'Your PIN for today' }).waitFor()
      await page.keyboard.type('752906')
      await page.getByText(/This PIN opens nothing here/).waitFor()
      await page.keyboard.type('480193')
      await saved(page)
      await go(page, '/pad')
      await stop.waitFor()
      const atLeast = Date.now() - started
      await stop.click()
      await expect.poll(codes, { timeout: 20_000 }).toEqual(['on', 'off'])
      const [on, off] = (await moments()).map(({ at }) => at.getTime())
      expect((off ?? 0) - (on ?? 0)).toBeGreaterThanOrEqual(atLeast)
    } finally {
      await shared.close()
    }
  })
})

/** In the account menu, soon after a sign-in. */
async function choosePin(page: Page, pin: string): Promise<void> {
  await go(page, '/more')
  await page.getByRole('button', { name: 'Choose a PIN for today' }).click()
  await page.getByRole('group', { name: 'Six digits that nobody would guess' }).waitFor()
  await page.keyboard.type(pin)
  await page.getByRole('group', { name: 'The same six digits again' }).waitFor()
  await page.keyboard.type(pin)
  await page.getByRole('button', { name: 'Another PIN' }).waitFor()
}

/** Taps and a correction with words of her own, in flight mode. */
async function recordUnsent(page: Page): Promise<void> {
  await page.goto(`${house.url}/more`)
  await fly(page, true)
  await page.goto(`${house.url}/pad`)
  const card = goal(page, 'A.M. Hand-washing')
  await tap(page, 'A.M. Hand-washing', ['alone', 'alone', 'alone', 'verbal', 'alone'])
  await card.getByRole('button', { name: /^Step 4: verbal/ }).click()
  const sheet = page.getByRole('dialog')
  await sheet.getByRole('radio').last().click()
  await sheet.getByLabel('In a few words, without a name').fill(CANARY)
  await sheet.getByRole('button', { name: 'alone', exact: true }).click()
  await shown(page, /kept here/)
}

async function recordsOf(who: 'maya'): Promise<number> {
  const { rows } = await house.owner.query<{ n: number }>(
    `select count(*)::int as n from record r join identity.membership m on m.person_id = r.author
       join identity."user" u on u.id = m.user_id where u.email = $1`,
    [house.account(who).email],
  )
  return rows[0]?.n ?? 0
}
