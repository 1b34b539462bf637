/** The screens of the calendar and of services, as a coordinator and a case manager meet them. The server is answered. */
import { expect, onTestFinished, test } from 'vitest'
import { page } from 'vitest/browser'
import { axeFindings, show } from '../../../platform/web/kit/testing.tsx'
import { answering } from '../../../platform/web/testing-answers.ts'
import { DAY, Screen, smallSchool } from '../../../platform/web/testing-day.tsx'
import type { CalendarPage, EventsAnswer, Previewed, ServicePage } from '../wire.ts'
import Calendar from './Calendar.tsx'
import CalendarFeed from './CalendarFeed.tsx'
import Services from './Services.tsx'

const SCHOOL = '6f9619ff-8b86-4d01-b42d-00cf4fc964ff'
const CHILD = '6f9619ff-8b86-4d01-b42d-00cf4fc96401'
const button = (name: string | RegExp) => page.getByRole('button', { name })
const MIN = 60_000

/** What is posted, and what the server says to it. */
function posting(answer: (path: string, body: Record<string, unknown>) => unknown) {
  const asked: { path: string; body: Record<string, unknown> }[] = []
  const before = globalThis.fetch
  globalThis.fetch = async (input, init) => {
    if (init?.method !== 'POST') return before(input, init)
    const body = JSON.parse(String(init.body)) as Record<string, unknown>
    asked.push({ path: String(input), body })
    return new Response(JSON.stringify(answer(String(input), body)), {
      headers: { 'content-type': 'application/json' },
    })
  }
  onTestFinished(() => {
    globalThis.fetch = before
  })
  return asked
}

async function open(screen: 'calendar' | 'services' | 'feed', role: string) {
  const hand = await smallSchool().open('dana', { me: (me) => ({ ...me, roles: [role], students: [] }) })
  const Shown = { calendar: Calendar, services: Services, feed: CalendarFeed }[screen]
  await show(
    <Screen hand={hand}>
      <Shown />
    </Screen>,
  )
}

const november: CalendarPage = {
  school: { id: SCHOOL, name: 'Cedar Bend School' },
  today: DAY,
  days: [
    { day: '2026-11-03', type: 'B', variant: 'regular' },
    { day: '2026-11-06', type: 'A', variant: 'early_release' },
  ],
  blocks: [
    { variant: 'regular', code: 'P1', name: 'One', start: '08:30', end: '09:20' },
    { variant: 'early_release', code: 'P1', name: 'One', start: '08:30', end: '08:50' },
  ],
  events: [
    {
      id: '6f9619ff-8b86-4d01-b42d-00cf4fc96402',
      kind: 'closed',
      title: 'Veterans Day',
      day: '2026-11-11',
      to: '2026-11-11',
      start: null,
      end: null,
    },
  ],
  posts: [],
  focuses: [],
}

test('a day is changed only after what it leaves without its place was seen', async () => {
  const list = '/api/schools'
  const month = `/api/schools/${SCHOOL}/calendar?from=2026-11-01&to=2026-11-30`
  let reads = 0
  const read = () => {
    reads += 1
    return november
  }
  answering({ [list]: { schools: [november.school] }, [month]: read })
  const preview: Previewed = {
    saved: false,
    findings: [],
    unserved: [
      {
        what: 'service',
        id: SCHOOL,
        students: [CHILD],
        code: 'P1',
        reason: 'shorter',
        minutes: 50,
        missing: 30,
        type: 'B',
      },
    ],
    initials: { [CHILD]: 'D.L.' },
  }
  const asked = posting((_path, body) => ({ ...preview, saved: body['preview'] === false }))
  await open('calendar', 'coordinator')
  await expect.element(page.getByText('Veterans Day')).toBeVisible()
  await expect.element(page.getByText('Early release')).toBeVisible()
  expect(await axeFindings()).toEqual([])
  await button(/Tue 3/).click()
  await button('See what it changes').click()
  await expect.element(page.getByText('Service · D.L. · P1 · B')).toBeVisible()
  await expect.element(page.getByText('30 of 50 min are missing')).toBeVisible()
  expect(await axeFindings()).toEqual([])
  await button('Save').click()
  await expect.poll(() => asked.map(({ body }) => body['preview'])).toEqual([true, false])
  // what the server says then is what stands
  await expect.poll(() => reads).toBe(2)
})

test('what is wrong with the bells is said as a list, which a screen reader can count', async () => {
  answering({
    '/api/schools': { schools: [november.school] },
    [`/api/schools/${SCHOOL}/calendar?from=2026-11-01&to=2026-11-30`]: november,
  })
  const preview: Previewed = {
    saved: false,
    findings: [
      { block: 0, code: 'bell.ends_before_it_begins', field: 'end', other: null },
      { block: 1, code: 'bell.overlap', field: 'start', other: 'P1' },
    ],
    unserved: [],
    initials: {},
  }
  posting(() => preview)
  await open('calendar', 'coordinator')
  await button('Bells').click()
  await button('See what it changes').click()
  const alert = page.getByRole('alert')
  await expect.element(alert).toMatchTextContent('Line 2:')
  expect(alert.getByRole('listitem').all()).toHaveLength(2)
  await expect.element(alert).toMatchTextContent('(P1)')
  expect(await axeFindings()).toEqual([])
})

test('on a phone both times of a block are whole, with the half of the day', async () => {
  answering({
    '/api/schools': { schools: [november.school] },
    [`/api/schools/${SCHOOL}/calendar?from=2026-11-01&to=2026-11-30`]: november,
  })
  await page.viewport(390, 844)
  await open('calendar', 'coordinator')
  await button('Bells').click()
  await expect.element(page.getByLabelText('Begins, line 1')).toBeVisible()
  const width = (name: string) => page.getByLabelText(name).element().getBoundingClientRect().width
  const needed = wholeTime()
  for (const name of ['Begins, line 1', 'Ends, line 1']) expect(width(name)).toBeGreaterThanOrEqual(needed)
  expect(document.documentElement.scrollWidth).toBe(390)
  expect(await axeFindings()).toEqual([])
})

/** How wide a browser makes such a field where nothing narrows it, in the same dress; px. */
function wholeTime(): number {
  const free = document.createElement('input')
  free.type = 'time'
  free.value = '08:00'
  const styled = page.getByLabelText('Begins, line 1').element()
  free.style.font = getComputedStyle(styled).font
  free.style.padding = getComputedStyle(styled).padding
  free.style.position = 'fixed'
  document.body.append(free)
  const { width } = free.getBoundingClientRect()
  free.remove()
  return width
}

test('a calendar file is read before it is taken in; one with a mistake is not taken in', async () => {
  const month = `/api/schools/${SCHOOL}/calendar?from=2026-11-01&to=2026-11-30`
  let reads = 0
  answering({
    '/api/schools': { schools: [november.school] },
    [month]: () => {
      reads += 1
      return november
    },
  })
  const entry = { title: 'Winter break', day: '2026-12-21', to: '2027-01-01', start: null, end: null }
  const sound: EventsAnswer = {
    saved: false,
    events: [{ ...entry, kind: 'closed', type: null, variant: null }],
    findings: [],
  }
  const wrong = { file: 'bad.ics', row: 7, field: 'DTSTART', code: 'ics.date', severity: 'error' as const }
  const asked = posting((_path, { file, preview }) =>
    file === 'bad.ics'
      ? { ...sound, findings: [{ ...wrong, message: 'There is no such day' }] }
      : { ...sound, saved: preview === false },
  )
  await open('calendar', 'coordinator')
  await button('Take in a file').click()
  const sheet = page.getByRole('dialog', { name: 'Take in a calendar file' })
  const field = sheet.getByLabelText(/^Calendar file/)
  const take = sheet.getByRole('button', { name: 'Take it in' })
  await expect.element(take).toBeDisabled()
  await field.upload(new File(['BEGIN:VCALENDAR'], 'bad.ics', { type: 'text/calendar' }))
  await expect.element(sheet.getByRole('status')).toMatchTextContent('Line 7 DTSTART There is no such day')
  await expect
    .element(sheet.getByRole('alert'))
    .toMatchTextContent('Nothing can be taken in until this is mended in the file.')
  await expect.element(take).toBeDisabled()
  expect(await axeFindings()).toEqual([])
  // the same sheet takes the mended one
  await field.upload(new File(['BEGIN:VCALENDAR\nEND:VCALENDAR'], 'good.ics', { type: 'text/calendar' }))
  await expect.element(sheet.getByText('1 entry this school year')).toBeVisible()
  await expect.element(sheet.getByText('Winter break')).toBeVisible()
  await take.click()
  await expect.element(sheet).not.toBeInTheDocument()
  const path = `/api/schools/${SCHOOL}/events`
  expect(asked).toMatchObject([
    { path, body: { file: 'bad.ics', preview: true } },
    { path, body: { file: 'good.ics', preview: true } },
    { path, body: { file: 'good.ics', text: 'BEGIN:VCALENDAR\nEND:VCALENDAR', preview: false } },
  ])
  // of this school year
  expect(asked[0]?.body).toMatchObject({ from: '2026-08-01', to: '2027-07-31' })
  await expect.poll(() => reads).toBe(2)
})

test('G10 given of due, with both numbers; nothing due shows no share; what was missed is decided by its owner', async () => {
  const delivery = {
    period: { from: '2026-11-02', to: '2026-11-08' },
    days: 5,
    elapsed: 3,
    requiredMs: 100 * MIN,
    dueMs: 60 * MIN,
    givenMs: 50 * MIN,
    unsureMs: 0,
    madeUpMs: 0,
    excusedMs: 0,
    plannedMs: 0,
    shortMs: 10 * MIN,
    reasons: [{ reason: 'student_absent' as const, ms: 10 * MIN }],
    color: 'red' as const,
    paceMs: 83 * MIN,
  }
  const service: ServicePage['services'][number] = {
    id: SCHOOL,
    student: CHILD,
    service: 'Reading',
    minutes: 100,
    per: 'week',
    sessions: null,
    place: 'sped',
    provider: 'para',
    from: '2026-08-25',
    to: null,
    groupMax: null,
    programs: [],
    mine: true,
    replaces: null,
    changed: false,
    held: true,
    said: { by: null, at: 0 },
    ended: null,
    now: delivery,
    past: [{ ...delivery, dueMs: 0, givenMs: 0, shortMs: 0, reasons: [], color: null, paceMs: null }],
    waiting: [{ ...delivery, period: { from: '2026-10-26', to: '2026-11-01' } }],
    parts: false,
    decided: [],
  }
  let waiting = service.waiting
  answering({
    '/api/services': () => ({
      today: DAY,
      decides: true,
      students: [{ id: CHILD, initials: 'D.L.', color: 4 }],
      services: [{ ...service, waiting }],
      oneToOnes: [],
    }),
  })
  const asked = posting((_path, body) => {
    waiting = []
    return { id: body['id'] }
  })
  await open('services', 'case_manager')
  // 50 of 60 are 83.3 %: never more than it is
  await expect.element(page.getByText('50 of 60 min')).toBeVisible()
  await expect.element(page.getByText('83 %')).toBeVisible()
  await expect.element(page.getByText('0 min given; nothing is due yet')).toBeVisible()
  expect(page.getByText('0 %', { exact: true }).query()).toBeNull()
  expect(await axeFindings()).toEqual([])
  await button('Decide').click()
  await page.getByText('Not needed').click()
  await expect.element(button('Save')).toBeDisabled()
  await page.getByLabelText('Why they are not needed').fill('The team agreed.')
  await button('Save').click()
  await expect
    .poll(() => asked[0]?.body)
    .toMatchObject({
      service: SCHOOL,
      period: '2026-10-26',
      minutes: 10,
      on: null,
      reason: 'The team agreed.',
    })
  await expect.element(page.getByText('Missed minutes to decide')).not.toBeInTheDocument()
})

test('the address of a feed is shown once, and can be taken back at once', async () => {
  answering({ '/api/calendar-feeds': { feeds: [] } })
  const asked = posting((path, body) =>
    path === '/api/calendar-feeds'
      ? { id: body['id'], path: '/api/calendar/secret.ics' }
      : { id: path.split('/')[3] },
  )
  await open('feed', 'para')
  await button('Make an address').click()
  await expect.element(page.getByText(/\/api\/calendar\/secret\.ics$/)).toBeVisible()
  expect(await axeFindings()).toEqual([])
  await button('Take it back').click()
  await expect.element(button('Make an address')).toBeVisible()
  expect(asked[1]?.path).toBe(`/api/calendar-feeds/${String(asked[0]?.body['id'])}/revoke`)
})

test('a rotation shows which days change before it is saved', async () => {
  answering({
    '/api/schools': { schools: [november.school] },
    [`/api/schools/${SCHOOL}/calendar?from=2026-11-01&to=2026-11-30`]: november,
  })
  const asked = posting((_path, body) => ({
    saved: body['preview'] === false,
    days: 2,
    changes: [{ day: '2026-11-06', before: 'A', type: 'C' }],
    empty: ['C'],
  }))
  await open('calendar', 'coordinator')
  await button('Day types').click()
  await page.getByLabelText('Day types, in their order').fill('A, B , C,')
  await page.getByLabelText('From').fill('2026-11-04')
  await page.getByLabelText('To', { exact: true }).fill('2026-11-09')
  await button('See what it changes').click()
  await expect.element(page.getByText('1 of 2 school days change')).toBeVisible()
  await expect.element(page.getByText('Nobody’s timetable has anything on a day C yet.')).toBeVisible()
  await expect.element(page.getByText('A → C')).toBeVisible()
  expect(await axeFindings()).toEqual([])
  await button('Change 1 day').click()
  await expect
    .poll(() => asked.map(({ body }) => body))
    .toEqual(
      [true, false].map((preview) => ({
        types: ['A', 'B', 'C'],
        from: '2026-11-04',
        to: '2026-11-09',
        open: false,
        preview,
      })),
    )
})
