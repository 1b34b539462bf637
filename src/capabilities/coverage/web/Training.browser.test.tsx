/** Training and working hours as a nurse and a coordinator meet them. The server is answered. */
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { uuidOf } from '../../../platform/core/ids.ts'
import { axeFindings, show } from '../../../platform/web/kit/testing.tsx'
import { answering } from '../../../platform/web/testing-answers.ts'
import { at, DAY, Screen, smallSchool } from '../../../platform/web/testing-day.tsx'
import type { HoursPage, TrainingPage, TrainingRow } from '../wire.ts'
import Hours from './Hours.tsx'
import { TrainingView } from './Training.tsx'

const [MAYA, NIA, KIM, LEO, DANA, BELLA, DINA, SCHOOL] = [
  uuidOf('maya'),
  uuidOf('nia'),
  uuidOf('kim'),
  uuidOf('leo'),
  uuidOf('dana'),
  uuidOf('bella'),
  uuidOf('dina'),
  uuidOf('school'),
]
const button = (name: string | RegExp) => page.getByRole('button', { name })
const region = (name: string) => page.getByRole('region', { name, exact: true })

const row = (over: Partial<TrainingRow>): TrainingRow => ({
  id: uuidOf(JSON.stringify(over)),
  person: MAYA,
  name: 'Maya Ortiz',
  student: BELLA,
  task: 'feeding',
  from: '2026-08-20',
  to: '2027-06-11',
  by: 'Ellen Brooks',
  revoked: null,
  mine: true,
  proof: null,
  ...over,
})
const FEEDING = row({})
const CRISIS = row({ task: 'crisis_prevention', student: null, to: '2026-12-01', by: 'Sam Keller' })
const LAPSED = row({ person: NIA, name: 'Nia Fowler', to: '2026-10-30' })
const FAR = row({ task: 'toileting', to: '2026-12-31' })
const BACK = row({ task: 'lift', revoked: at('08:00') })

let training: TrainingPage
let hours: HoursPage
const asked: { path: string; body: Record<string, unknown> }[] = []

beforeEach(() => {
  asked.length = 0
  training = {
    today: DAY,
    soonDays: 30,
    school: SCHOOL,
    schools: [{ id: SCHOOL, name: 'Cedar Bend' }],
    everybody: true,
    tasks: ['feeding', 'toileting', 'crisis_prevention'],
    people: [
      { id: MAYA, name: 'Maya Ortiz', role: 'para' },
      { id: NIA, name: 'Nia Fowler', role: 'para' },
    ],
    students: [
      { id: BELLA, initials: 'B.K.', color: 2 },
      { id: DINA, initials: 'D.L.', color: 4 },
    ],
    rows: [FEEDING, CRISIS, LAPSED, BACK, FAR],
    trainers: [
      { id: LEO, name: 'Leo Park', role: 'ot' },
      { id: DANA, name: 'Dana Whitfield', role: 'case_manager' },
    ],
    allowed: [],
    again: { within: 30, most: 2 },
    allowedDays: [],
  }
  const said = { held: true, said: { by: 'Joan Meyer', at: at('09:00', '2026-10-20') }, ended: null }
  hours = {
    today: DAY,
    school: SCHOOL,
    schools: [{ id: SCHOOL, name: 'Cedar Bend' }],
    open: { start: '07:40', end: '15:10' },
    people: [
      { id: MAYA, name: 'Maya Ortiz', substitute: false, hours: [] },
      {
        id: KIM,
        name: 'Kim Tran',
        substitute: true,
        hours: [
          { id: uuidOf('over'), from: '2026-10-06', to: '2026-10-06', start: '07:15', end: '15:30', ...said },
          { id: uuidOf('next'), from: '2026-11-04', to: '2026-11-04', start: '07:15', end: '15:30', ...said },
        ],
      },
    ],
  }
})

async function open(screen: 'training' | 'of one' | 'hours', role: string) {
  answering({
    '/api/coverage/training': () => ({ ...training }),
    '/api/coverage/hours': () => ({ ...hours }),
  })
  const before = globalThis.fetch
  globalThis.fetch = async (input, init) => {
    if (init?.method !== 'POST') return before(input, init)
    const body = JSON.parse(String(init.body)) as Record<string, unknown>
    asked.push({ path: String(input), body })
    return new Response(JSON.stringify({ id: body['id'] ?? String(input).split('/')[4] }))
  }
  onTestFinished(() => {
    globalThis.fetch = before
  })
  const hand = await smallSchool().open('dana', { me: (me) => ({ ...me, roles: [role], students: [] }) })
  await show(
    <Screen hand={hand}>
      {screen === 'hours' ? <Hours /> : <TrainingView student={screen === 'of one' ? DINA : undefined} />}
    </Screen>,
  )
}

async function choose(label: string, option: string) {
  await button(new RegExp(label)).click()
  await page.getByRole('option', { name: option, exact: true }).click()
}

test('AW-48 what ends within 60 days or has just ended is on top; the lists are by adult and by student', async () => {
  await open('training', 'coordinator')
  const ending = region('Ends within 60 days, or has just ended 3')
  await expect.element(ending.getByText('crisis prevention')).toBeVisible()
  await expect.element(ending.getByText('Nia Fowler')).toBeVisible()
  await expect.element(ending.getByText('over', { exact: true })).toBeVisible()
  // from the red of a week to the quiet of two months (domain L.3)
  await expect.element(ending.getByText('ends in 28 days')).toBeVisible()
  await expect.element(ending.getByText('ends in 58 days')).toBeVisible()
  const maya = region('Maya Ortiz')
  await expect.element(maya.getByText('feeding')).toBeVisible()
  // with its year, where that is another one
  await expect.element(maya.getByText('Aug 20 – Jun 11, 2027 · said by Ellen Brooks')).toBeVisible()
  expect(maya.getByText('lifting').query()).toBeNull()
  expect(await axeFindings()).toEqual([])
  await page.getByText('Show what is over').click()
  await expect.element(maya.getByText('lifting')).toBeVisible()
  await expect.element(maya.getByText('taken back')).toBeVisible()
  await page.getByText('By student').click()
  await expect.element(region('With all students').getByText('Maya Ortiz')).toBeVisible()
  expect(await axeFindings()).toEqual([])
})

test('AW-48 a training is renewed from the day after, and taken back after one question; by keyboard', async () => {
  await open('training', 'coordinator')
  await expect.element(button('Renew: crisis prevention, Maya Ortiz')).toBeVisible()
  button('Renew: crisis prevention, Maya Ortiz').element().focus()
  await userEvent.keyboard('{Enter}')
  await expect.element(page.getByLabelText('First day')).toHaveValue('2026-12-02')
  await page.getByLabelText('Last day, if there is one').fill('2026-11-01')
  await button('Save').click()
  await expect.element(page.getByText('It ends before it begins.')).toBeVisible()
  expect(asked).toEqual([])
  expect(await axeFindings()).toEqual([])
  await page.getByLabelText('Last day, if there is one').fill('2027-12-01')
  await button('Save').click()
  await expect
    .poll(() => asked[0])
    .toMatchObject({
      path: '/api/coverage/competencies',
      body: { person: MAYA, student: null, task: 'crisis_prevention', from: '2026-12-02', to: '2027-12-01' },
    })
  await expect.element(page.getByRole('dialog')).not.toBeInTheDocument()
  button('Take back: feeding, Maya Ortiz').element().focus()
  await userEvent.keyboard('{Enter}')
  await expect.element(page.getByText(/From now on Maya Ortiz is not trained for it/)).toBeVisible()
  expect(await axeFindings()).toEqual([])
  await button('Take it back').click()
  await expect.poll(() => asked[1]?.path).toBe(`/api/coverage/competencies/${FEEDING.id}/revoke`)
})

test('L.3 how a training was shown is read with it, and said or mended by who may', async () => {
  const proof = {
    trainer: LEO,
    trainerName: 'Leo Park',
    trainerRole: 'ot',
    method: ['instruct' as const, 'rehearse' as const],
    done: 9,
    of: 10,
    shown: '2026-08-19',
    observer: DANA,
    observerName: 'Dana Whitfield',
  }
  training = { ...training, rows: [{ ...FEEDING, proof }] }
  await open('training', 'coordinator')
  await expect
    .element(
      page.getByText(
        'taught by Leo Park (Occupational therapist) · Explained, Practiced · shown Aug 19 · 9 of 10 steps · seen by Dana Whitfield',
      ),
    )
    .toBeVisible()
  await button('How it was shown: feeding, Maya Ortiz').click()
  await expect.element(page.getByLabelText('of so many steps')).toHaveValue('10')
  await page.getByLabelText('Steps of the checklist that were right').fill('11')
  await button('Save').click()
  await expect.element(page.getByText('So many of so many steps, both or neither.')).toBeVisible()
  expect(asked).toEqual([])
  expect(await axeFindings()).toEqual([])
  await page.getByLabelText('Steps of the checklist that were right').fill('10')
  await button('Save').click()
  await expect
    .poll(() => asked[0])
    .toEqual({
      path: `/api/coverage/competencies/${FEEDING.id}/proof`,
      body: {
        trainer: LEO,
        method: ['instruct', 'rehearse'],
        done: 10,
        of: 10,
        shown: '2026-08-19',
        observer: DANA,
      },
    })
})

test('L.3 how it was taught is chosen by who says it: nothing stands there before', async () => {
  await open('training', 'coordinator')
  await button('How it was shown: feeding, Maya Ortiz').click()
  await page.getByRole('button', { name: /Taught by/ }).click()
  await page.getByRole('option', { name: /Leo Park/ }).click()
  await button('Save').click()
  await expect.poll(() => asked[0]?.body).toMatchObject({ trainer: LEO, method: [] })
})

test('L.3 a coordinator allows something for one day, with who stands beside and why, and takes it back', async () => {
  const one = {
    id: uuidOf('allowed'),
    person: NIA,
    name: 'Nia Fowler',
    student: BELLA,
    task: 'lift',
    day: '2026-11-04',
    beside: 'Leo Park',
    reason: 'two are away',
    by: 'Joan Meyer',
  }
  training = { ...training, allowed: [one] }
  await open('training', 'coordinator')
  const allowed = region('Allowed for one day')
  await expect
    .element(allowed.getByText('Nov 4 · only beside Leo Park · allowed by Joan Meyer: two are away'))
    .toBeVisible()
  await button('Allow for one day').click()
  await choose('Who may', 'Nia Fowler (Paraprofessional)')
  await choose('Do what', 'feeding')
  await choose('With whom', 'B.K.')
  await choose('Who stands beside them', 'Leo Park (Occupational therapist)')
  await button('Allow it').click()
  await expect.element(page.getByText('Say why, in a few words.')).toBeVisible()
  expect(asked).toEqual([])
  expect(await axeFindings()).toEqual([])
  // medication is not in the list
  await button(/Do what/).click()
  await expect.element(page.getByRole('option', { name: 'toileting' })).toBeVisible()
  expect(page.getByRole('option', { name: 'medication', exact: true }).query()).toBeNull()
  await userEvent.keyboard('{Escape}')
  await page.getByLabelText('Why').fill('Maya is away')
  await button('Allow it').click()
  await expect
    .poll(() => asked[0])
    .toMatchObject({
      path: '/api/coverage/overrides',
      body: { person: NIA, student: BELLA, task: 'feeding', day: DAY, beside: LEO, reason: 'Maya is away' },
    })
  await expect.element(page.getByRole('dialog')).not.toBeInTheDocument()
  await button('Allow no longer: lifting, Nia Fowler').click()
  await expect.poll(() => asked[1]?.path).toBe(`/api/coverage/overrides/${one.id}/end`)
})

test('L.3 what was allowed before is said before it is tried: by oneself, by another person, as often as may be', async () => {
  const day = (on: string, by: string, mine: boolean) => ({
    person: NIA,
    student: BELLA,
    task: 'feeding',
    day: on,
    by,
    mine,
  })
  training = { ...training, allowedDays: [day('2026-11-02', 'Joan Meyer', true)] }
  await open('training', 'coordinator')
  await button('Allow for one day').click()
  await expect
    .element(page.getByText(/The same within 30 days: at most 2 days, each allowed by a different person\.$/))
    .toBeVisible()
  await choose('Who may', 'Nia Fowler (Paraprofessional)')
  await choose('Do what', 'feeding')
  await expect.element(button('Allow it')).toBeEnabled()
  await choose('With whom', 'B.K.')
  await expect.element(page.getByText('Allowed already: Nov 2 (Joan Meyer).')).toBeVisible()
  await expect.element(page.getByText(/Ask somebody else who leads the school, train them/)).toBeVisible()
  await expect.element(button('Allow it')).toBeDisabled()
  expect(await axeFindings()).toEqual([])
  // 30 days after it nothing is near; on another task neither
  await page.getByLabelText('On which day').fill('2026-12-02')
  await expect.element(button('Allow it')).toBeEnabled()
  expect(page.getByText(/Allowed already/).query()).toBeNull()
  await page.getByLabelText('On which day').fill('2026-12-01')
  await expect.element(button('Allow it')).toBeDisabled()
  await choose('Do what', 'toileting')
  await expect.element(button('Allow it')).toBeEnabled()
})

test('L.3 a day that somebody else allowed is said, and a second one is sent; two are enough, and the server says so too', async () => {
  const day = { person: NIA, student: BELLA, task: 'feeding', mine: false }
  training = { ...training, allowedDays: [{ ...day, day: '2026-11-02', by: 'Carla Simmons' }] }
  await open('training', 'coordinator')
  const fill = async () => {
    await button('Allow for one day').click()
    await choose('Who may', 'Nia Fowler (Paraprofessional)')
    await choose('Do what', 'feeding')
    await choose('With whom', 'B.K.')
    await choose('Who stands beside them', 'Leo Park (Occupational therapist)')
    await page.getByLabelText('Why').fill('Maya is away')
  }
  await fill()
  await expect.element(page.getByText('Allowed already: Nov 2 (Carla Simmons).')).toBeVisible()
  await expect.element(page.getByText(/You may allow it this time/)).toBeVisible()
  expect(await axeFindings()).toEqual([])
  // meanwhile somebody else allowed a second day
  const taken = globalThis.fetch
  globalThis.fetch = (input, init) =>
    init?.method === 'POST'
      ? Promise.resolve(
          new Response(JSON.stringify({ code: 'training.allowed_enough', status: 409 }), {
            status: 409,
            headers: { 'content-type': 'application/problem+json' },
          }),
        )
      : taken(input, init)
  await button('Allow it').click()
  await expect.element(page.getByText(/It may not be allowed more often for now/)).toBeVisible()
  globalThis.fetch = taken
  await button('Allow it').click()
  await expect.poll(() => asked.map(({ path }) => path)).toEqual(['/api/coverage/overrides'])
  await expect.element(page.getByRole('dialog')).not.toBeInTheDocument()
})

test('L.3 on two days near it nobody allows it any more', async () => {
  const day = { person: NIA, student: BELLA, task: 'feeding', mine: false }
  training = {
    ...training,
    allowedDays: [
      { ...day, day: '2026-10-29', by: 'Carla Simmons' },
      { ...day, day: '2026-11-02', by: 'Ana Ruiz' },
    ],
  }
  await open('training', 'coordinator')
  await button('Allow for one day').click()
  await choose('Who may', 'Nia Fowler (Paraprofessional)')
  await choose('Do what', 'feeding')
  await choose('With whom', 'B.K.')
  await expect
    .element(page.getByText('Allowed already: Oct 29 (Carla Simmons), Nov 2 (Ana Ruiz).'))
    .toBeVisible()
  await expect.element(page.getByText(/It may not be allowed more often for now/)).toBeVisible()
  await expect.element(button('Allow it')).toBeDisabled()
})

test('L.3 a nurse allows nothing for a day', async () => {
  training = { ...training, everybody: false, allowed: null }
  await open('training', 'nurse')
  await expect.element(button('Add a training')).toBeVisible()
  expect(button('Allow for one day').query()).toBeNull()
})

test('G.5 a nurse hands medication on for one student and until a day, never for all of them', async () => {
  training = { ...training, everybody: false, tasks: ['feeding', 'seizure_medication'], rows: [] }
  await open('of one', 'nurse')
  await button('Add a training').click()
  await choose('Who is trained', 'Nia Fowler (Paraprofessional)')
  await choose('For what', 'seizure medication')
  await button(/With whom/).click()
  await expect.element(page.getByRole('option', { name: 'B.K.' })).toBeVisible()
  expect(page.getByRole('option', { name: 'All students' }).query()).toBeNull()
  await page.getByRole('option', { name: 'B.K.' }).click()
  await expect.element(page.getByLabelText('Last day')).toBeRequired()
  expect(await axeFindings()).toEqual([])
  await page.getByLabelText('Last day').fill('2027-06-03')
  await button('Save').click()
  await expect
    .poll(() => asked[0]?.body)
    .toMatchObject({ person: NIA, student: BELLA, task: 'seizure_medication', from: DAY, to: '2027-06-03' })
})

test('nothing chosen is not all students: the field says so and nothing is sent', async () => {
  await open('training', 'coordinator')
  await button('Add a training').click()
  await choose('Who is trained', 'Maya Ortiz (Paraprofessional)')
  await choose('For what', 'toileting')
  await button('Save').click()
  await expect.element(page.getByText('Choose a student.')).toBeVisible()
  await choose('With whom', 'All students')
  await button('Save').click()
  await expect.poll(() => asked.map(({ body }) => body['student'])).toEqual([null])
})

test('a substitute is there on the days that are said, and does not come after all; a para works the school’s day until hours are said', async () => {
  await open('hours', 'coordinator')
  const maya = page.getByRole('article', { name: 'Maya Ortiz' })
  await expect.element(maya.getByText(/The school’s own day:\s*7:40–3:10/)).toBeVisible()
  const kim = page.getByRole('article', { name: 'Kim Tran' })
  await expect.element(kim.getByText('Nov 4')).toBeVisible()
  await expect.element(page.getByRole('link', { name: 'Invite for today' })).toBeVisible()
  expect(await axeFindings()).toEqual([])
  await kim.getByText('Before (1)').click()
  await expect.element(kim.getByText('Oct 6')).toBeVisible()
  await button('Add days: Kim Tran').click()
  await page.getByLabelText('First day').fill('2026-11-10')
  // one day until more is said, with the hours of the last time
  await expect.element(page.getByLabelText('Last day')).toHaveValue('2026-11-10')
  await page.getByLabelText('Ends').fill('07:00')
  await button('Save').click()
  await expect.element(page.getByText('It ends before it begins.')).toBeVisible()
  expect(await axeFindings()).toEqual([])
  await page.getByLabelText('Ends').fill('12:00')
  await button('Save').click()
  await expect
    .poll(() => asked[0])
    .toMatchObject({
      path: '/api/coverage/hours',
      body: {
        school: SCHOOL,
        person: KIM,
        from: '2026-11-10',
        to: '2026-11-10',
        start: '07:15',
        end: '12:00',
      },
    })
  await expect.element(page.getByRole('dialog')).not.toBeInTheDocument()
  button('End: Kim Tran, Nov 4').element().focus()
  await userEvent.keyboard('{Enter}')
  await page.getByText('Does not come').click()
  expect(await axeFindings()).toEqual([])
  await button('End it').click()
  await expect
    .poll(() => asked[1])
    .toEqual({ path: `/api/coverage/hours/${uuidOf('next')}/end`, body: { to: null } })
})
