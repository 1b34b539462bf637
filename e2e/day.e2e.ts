/**
 * The day, through real browsers and a real server: what an adult finds in the morning, who is here, what was not run and
 * why, and the check before going home. The clock of the school is moved; nobody waits.
 */
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { studentId } from '../src/demo/people.ts'
import { programId } from '../src/demo/spec.ts'
import { Device, LAPTOP, openHouse, type House } from './house.ts'
import {
  CASE_MANAGER,
  COORDINATOR,
  countTaps,
  enter,
  fly,
  go,
  goal,
  moveClock,
  PARA,
  saved,
  shown,
  tap,
} from './steps.ts'

const SUBSTITUTE = /^Be a substitute/
const TUESDAY = '2026-11-03'
const WEDNESDAY = '2026-11-04'
const THURSDAY = '2026-11-05'
const FRIDAY = '2026-11-06'
/** Half of ten trials. */
const FIVE = ['alone', 'alone', 'alone', 'alone', 'alone']

let house: House
let maya: Device
let dana: Device
let joan: Device
let kim: Device
let phone: Page
let laptop: Page
let desk: Page

beforeAll(async () => {
  house = await openHouse()
  maya = new Device(house.url)
  dana = new Device(house.url, LAPTOP)
  joan = new Device(house.url, LAPTOP)
  kim = new Device(house.url)
  phone = await maya.open()
  await enter(phone, PARA)
  laptop = await dana.open()
  await enter(laptop, CASE_MANAGER)
  desk = await joan.open()
  await enter(desk, COORDINATOR)
})
afterAll(async () => {
  for (const device of [maya, dana, joan, kim]) await device.close()
  await house.close()
})
afterEach(async ({ task }) => {
  const folder = process.env['HANDRAIL_SHOTS']
  if (folder === undefined || task.result?.state !== 'fail') return
  await phone.screenshot({ path: `${folder}/${task.id}-phone.png`, fullPage: true })
  await laptop.screenshot({ path: `${folder}/${task.id}-laptop.png`, fullPage: true })
  await desk.screenshot({ path: `${folder}/${task.id}-desk.png`, fullPage: true })
})

describe('Tuesday, a B day', () => {
  it('AW-1 the morning: the focus, what must be read first, the blocks of a B day, and what else is asked', async () => {
    await moveClock(desk, `${TUESDAY}T07:35:05`)
    await phone.goto(`${house.url}/today`)
    await shown(phone, 'B day')
    await phone.getByRole('heading', { name: 'Read plans, prepare' }).waitFor()
    // safety first: plans that changed and are not acknowledged stand above the block that runs
    const unread = phone.getByText(/plans? to read|changed since|not read/i).first()
    await unread.waitFor()
    expect((await unread.boundingBox())?.y ?? Infinity).toBeLessThan(
      (await phone.getByRole('heading', { name: 'Read plans, prepare' }).boundingBox())?.y ?? 0,
    )
    await phone.getByRole('region', { name: 'Next' }).getByText('Meet Bus 12').waitFor()
    await phone.getByText('Show respect').waitFor()
    await phone.getByText('Your training in crisis prevention ends in 28 days (Dec 1)').waitFor()
    // the order of domain H.2: safety, the blocks, then data due, care times, equipment, prep, messages
    const order = [
      'Plans to read',
      'Read plans, prepare',
      'Next',
      'Due today',
      'Personal routines',
      'Equipment',
      'To prepare',
      'Messages',
    ]
    const tops: number[] = []
    for (const name of order) {
      const heading = phone.getByRole('heading', { name, exact: true })
      await heading.waitFor()
      tops.push((await heading.boundingBox())?.y ?? NaN)
    }
    expect(tops).toEqual(tops.toSorted((a, b) => a - b))
    await phone.getByRole('region', { name: 'To prepare' }).getByText('Copy: 24 × Fraction sheets').waitFor()
    await phone
      .getByRole('region', { name: 'Messages' })
      .getByText(/picture schedule/)
      .waitFor()
  })

  it('AW-6 presence in one tap and one more, without a network; the office sees that D.L. is here and absent', async () => {
    await moveClock(desk, `${TUESDAY}T08:35:05`)
    await phone.goto(`${house.url}/today`)
    await phone.getByRole('heading', { name: 'Fractions, small group' }).waitFor()
    await go(phone, '/more')
    await fly(phone, true)
    await go(phone, '/today')
    const roll = phone.getByRole('region', { name: 'Who is here' })
    const taps = await countTaps(phone)
    await roll.getByRole('button', { name: 'All 4 here' }).click()
    await roll.getByText('4 of 4 here').waitFor()
    await roll.getByRole('button', { name: /C\.D\./ }).click()
    await roll.getByText('3 of 4 here').waitFor()
    // four students, one exception: 1 + 1
    expect(await taps()).toBe(2)
    // what is due of who is absent was not run, by itself
    await phone.getByRole('region', { name: 'Due today' }).getByText('Student absent').first().waitFor()
    await roll.getByRole('button', { name: /C\.D\./ }).click()
    await roll.getByText('4 of 4 here').waitFor()
    await go(phone, '/more')
    await fly(phone, false)
    await saved(phone)

    // the bus was late: the office had taken D.L. for absent
    await desk.goto(`${house.url}/attendance`)
    await desk
      .getByRole('group', { name: 'D.L.', exact: true })
      .getByRole('button', { name: 'Absent' })
      .click()
    const differs = desk.getByRole('region', { name: /Do the marks agree/ })
    await differs.getByText('Here by the aide’s mark').waitFor()
    await differs.getByText(/Maya Ortiz, P1/).waitFor()
    await differs
      .getByRole('group', { name: /D\.L\.: change/ })
      .getByRole('button', { name: 'Late' })
      .click()
    await differs.getByText(/adults agree/).waitFor()
    await desk.reload()
    await differs.getByText(/adults agree/).waitFor()
    const { rows } = await house.owner.query('select code from attendance_official order by n')
    expect(rows.map((row) => row.code)).toEqual(['absent', 'late'])
  })

  it('AW-18 the duty-free meal: until when, what comes then, and nothing is asked', async () => {
    await moveClock(desk, `${TUESDAY}T12:35:05`)
    await phone.goto(`${house.url}/today`)
    await phone.getByRole('heading', { name: /Duty-free meal, until/ }).waitFor()
    await phone.getByText('Nothing is asked of you.').waitFor()
    expect(await phone.getByRole('region', { name: 'Due today' }).count()).toBe(0)
  })

  it('AW-27 before going home: one tap for the reason of each, until nothing is left without one', async () => {
    await moveClock(desk, `${TUESDAY}T15:12:05`)
    await phone.goto(`${house.url}/today`)
    await phone.getByRole('region', { name: 'Before you go' }).getByRole('link', { name: 'Say why' }).click()
    await phone.getByRole('heading', { level: 1, name: 'Before you go' }).waitFor()
    const left = phone.getByRole('listitem').filter({ hasText: 'Record it' })
    const before = await left.count()
    expect(before).toBeGreaterThan(0)
    const taps = await countTaps(phone)
    for (let n = before; n > 0; n--) {
      await left.first().getByRole('button', { name: 'Materials missing' }).click()
      await expect.poll(() => left.count()).toBe(n - 1)
    }
    expect(await taps()).toBe(before)
    await phone.getByText('Nothing is left without a reason.').waitFor()
    // data ÷ planned: a reason is no data
    expect(await phone.getByRole('region', { name: 'Data of today' }).innerText()).toMatch(
      /\d+\/\d+\s*= [\d.]+ %/,
    )
    await saved(phone)
  })

  it('from 18:00 on tomorrow is there without a network, whole', async () => {
    await moveClock(desk, `${TUESDAY}T18:05:05`)
    await phone.goto(`${house.url}/today`)
    await go(phone, '/more')
    await fly(phone, true)
    await go(phone, '/today')
    const tomorrow = phone.getByRole('region', { name: /^Tomorrow/ })
    await tomorrow.getByText('Meet Bus 12').waitFor()
    await tomorrow.getByText('Number stories', { exact: false }).first().waitFor()
    await tomorrow.getByText('Notes and hand-back').waitFor()
    // whole: more than the few that stand there in the afternoon
    expect(await tomorrow.getByRole('listitem').count()).toBeGreaterThan(10)
    await go(phone, '/more')
    await fly(phone, false)
  })
})

describe('Wednesday, an A day', () => {
  it('AW-31 Kim counts 9 requests in 30 minutes; four programs of A.M. are not run: staff absent, a gap and no zero', async () => {
    await moveClock(desk, `${WEDNESDAY}T06:20:05`)
    const status = await phone.evaluate(
      async (day) =>
        (
          await fetch('/api/coverage/absences', {
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify({ id: crypto.randomUUID(), day, reason: 'sick' }),
          })
        ).status,
      WEDNESDAY,
    )
    expect(status).toBe(200)

    const sub = await kim.open()
    await enter(sub, SUBSTITUTE)
    await readBrief(sub)
    await moveClock(desk, `${WEDNESDAY}T09:22:05`)
    await sub.goto(`${house.url}/pad`)
    const card = goal(sub, 'A.M. Requests counted')
    const plus = card.getByRole('button', { name: /\+1|Count/ }).first()
    await plus.waitFor()
    for (let n = 0; n < 9; n++) {
      await plus.click()
      await sub.waitForTimeout(260)
    }
    await moveClock(desk, `${WEDNESDAY}T09:52:05`)
    await sub.goto(`${house.url}/pad`)
    const finish = card.getByRole('button', { name: 'Finish', exact: true })
    await finish.click()
    // the end is drawn: what the chip says from here on is said of it
    await finish.waitFor({ state: 'hidden' })
    await saved(sub)
    const { rows } = await house.owner.query<{ state: string }>(
      `select state from projection where view = 'sessions.session' and parent = $1 and state::jsonb ->> 'day' = $2`,
      [`program:${programId('am-requests-counted')}`, WEDNESDAY],
    )
    const session = JSON.parse(rows[0]?.state ?? '{}')
    expect(session).toMatchObject({ tags: ['substitute'], status: 'complete' })
    expect(session.items).toHaveLength(9)

    // what nobody could run says so by itself, on the case manager's device
    await laptop.goto(`${house.url}/caseload`)
    const notRun = await laptop.evaluate(async () => {
      const me = (await (await fetch('/api/me')).json()) as {
        notRun: { program: string; day: string; reason: string }[]
      }
      return me.notRun
    })
    const ofAmari = ['am-requesting', 'am-hand-washing', 'am-requests-counted', 'am-own-name', 'am-greeting']
    const names = new Map(ofAmari.map((name) => [programId(name), name]))
    const said = notRun.filter(({ program, day }) => day === WEDNESDAY && names.has(program))
    expect(said.map(({ program, reason }) => `${names.get(program)} ${reason}`).sort()).toEqual([
      'am-greeting staff_absent',
      'am-hand-washing staff_absent',
      'am-own-name staff_absent',
      'am-requesting staff_absent',
    ])
    await laptop
      .getByRole('link', { name: /Hand-washing/ })
      .first()
      .click()
    await laptop.getByRole('button', { name: 'Show table' }).click()
    const row = laptop.getByRole('row').filter({ hasText: /Nov 4/ })
    await row.first().waitFor()
    const text = await row.first().innerText()
    expect(text).toMatch(/staff absent/i)
    expect(text).not.toMatch(/(^|\s)0(\s?%|\/)/)
  })
})

describe('Thursday, a trip', () => {
  it('AW-40 counts for a service only where a goal was worked; what is short is listed, with its reason', async () => {
    const promised = async (name: string, minutes: number, program: string) =>
      laptop.evaluate(
        async (body) =>
          (
            await fetch('/api/services', {
              method: 'POST',
              headers: { 'content-type': 'application/json' },
              body: JSON.stringify({ id: crypto.randomUUID(), ...body }),
            })
          ).status,
        {
          student: studentId('am'),
          service: name,
          minutes,
          per: 'week',
          sessions: null,
          place: 'other',
          provider: 'para',
          from: THURSDAY,
          to: null,
          groupMax: null,
          programs: [programId(program)],
        },
      )
    // from Thursday on: two fifths of a week
    expect(await promised('Requests on the way', 100, 'am-requesting')).toBe(200)
    expect(await promised('Hands on the way', 50, 'am-hand-washing')).toBe(200)

    await moveClock(desk, `${THURSDAY}T08:35:05`)
    await phone.goto(`${house.url}/pad`)
    await tap(phone, 'A.M. Requesting', FIVE)
    await moveClock(desk, `${THURSDAY}T08:45:05`)
    await phone.goto(`${house.url}/pad`)
    await tap(phone, 'A.M. Requesting', FIVE)
    const finish = goal(phone, 'A.M. Requesting').getByRole('button', { name: 'Finish' })
    await finish.click()
    await finish.waitFor({ state: 'hidden' })
    await saved(phone)

    await moveClock(desk, `${FRIDAY}T08:00:05`)
    await laptop.goto(`${house.url}/services`)
    const line = (name: string) => laptop.getByRole('article').filter({ hasText: name })
    // what the session ran, however long the trip was: 20 minutes are due after one of two days
    const { rows } = await house.owner.query<{ state: string }>(
      `select state from projection where view = 'sessions.session' and parent = $1 and state::jsonb ->> 'day' = $2`,
      [`program:${programId('am-requesting')}`, THURSDAY],
    )
    const worked = Number(JSON.parse(rows[0]?.state ?? '{}').observedMs)
    expect(worked).toBeGreaterThan(0)
    const minutes = (ms: number) => Math.round(ms / 60_000)
    await line('Requests on the way').waitFor()
    const words = await line('Requests on the way').innerText()
    expect(words).toContain(`${minutes(worked)} of 20 min`)
    expect(words).toContain(`Short by ${minutes(20 * 60_000 - worked)} min: nothing recorded`)
    const none = await line('Hands on the way').innerText()
    expect(none).toContain('0 of 10 min')
    expect(none).toContain('Short by 10 min')
  })
})

/** First the brief, then the work: reads it, and answers its three questions (AW-30). */
async function readBrief(page: Page): Promise<void> {
  await go(page, '/brief')
  for (let n = 0; n < 2; n++) await page.getByRole('button', { name: 'Next' }).click()
  for (const right of [
    'The bus attendant, once they have accepted',
    'Follow at a safe distance, keep in sight, call for help',
    'You can see the student at all times.',
  ])
    await page.getByRole('radio', { name: right, exact: true }).check()
  await page.getByRole('button', { name: 'Check my answers' }).click()
  await page.getByText('3 of 3. You can begin.').waitFor()
}
