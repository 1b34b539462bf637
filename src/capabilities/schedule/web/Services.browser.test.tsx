/** Services and adults of one's own, added, changed and ended by whoever decides, and read by a para. The server is answered. */
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { uuidOf } from '../../../platform/core/ids.ts'
import { axeFindings, show } from '../../../platform/web/kit/testing.tsx'
import { answering } from '../../../platform/web/testing-answers.ts'
import { at, DAY, Screen, smallSchool } from '../../../platform/web/testing-day.tsx'
import type { OneToOneLine, ServiceChoices, ServiceLine, ServicePage } from '../wire.ts'
import Services from './Services.tsx'

const CHILD = uuidOf('dina')
const [READING, EARLIER, WRONG_ONE, ADULT, PROGRAM] = [
  uuidOf('reading'),
  uuidOf('earlier'),
  uuidOf('wrong one'),
  uuidOf('adult'),
  uuidOf('program'),
]
const button = (name: string | RegExp) => page.getByRole('button', { name })
const field = (name: string) => page.getByRole('textbox', { name })

const said = {
  replaces: null,
  changed: false,
  held: true,
  said: { by: 'Dana Reyes', at: at('10:00', '2026-08-20') },
  ended: null,
  mine: true,
}
const reading: ServiceLine = {
  id: READING,
  student: CHILD,
  service: 'Reading',
  minutes: 180,
  per: 'month',
  sessions: 12,
  place: 'sped',
  provider: 'para',
  from: '2026-08-24',
  to: null,
  groupMax: 4,
  programs: [],
  now: null,
  past: [],
  waiting: [],
  parts: false,
  decided: [],
  ...said,
}
const adult: OneToOneLine = {
  id: ADULT,
  student: CHILD,
  blocks: ['P1'],
  minutesADay: null,
  level: 'SV3',
  authority: 'IEP, page 9',
  qualifications: ['feeding'],
  relief: 'the nurse',
  from: '2026-08-24',
  to: null,
  ...said,
}
const student = { id: CHILD, initials: 'D.L.', color: 4 }
const choices: ServiceChoices = {
  programs: [{ id: PROGRAM, title: 'Words a minute' }],
  blocks: [
    { code: 'P1', name: 'First', start: '08:30', end: '09:20' },
    { code: 'P2', name: 'Second', start: '09:25', end: '10:10' },
  ],
}

let now: ServicePage
const asked: { path: string; body: Record<string, unknown> }[] = []

beforeEach(() => {
  asked.length = 0
  now = { today: DAY, decides: true, students: [student], services: [reading], oneToOnes: [adult] }
})

/** Opens the screen; `answer` is what the server says to what is posted. */
async function open(role: string, answer: () => Response | null = () => null) {
  answering({
    '/api/services': () => ({ ...now }),
    '/api/services/students': { students: [student] },
    [`/api/services/students/${CHILD}`]: choices,
  })
  const before = globalThis.fetch
  globalThis.fetch = async (input, init) => {
    if (init?.method !== 'POST') return before(input, init)
    const body = JSON.parse(String(init.body)) as Record<string, unknown>
    asked.push({ path: String(input), body })
    return answer() ?? new Response(JSON.stringify({ id: body['id'] ?? String(input).split('/')[3] }))
  }
  onTestFinished(() => {
    globalThis.fetch = before
  })
  const hand = await smallSchool().open('dana', { me: (me) => ({ ...me, roles: [role], students: [] }) })
  await show(
    <Screen hand={hand}>
      <Services />
    </Screen>,
  )
  await expect.element(page.getByRole('heading', { name: 'Reading' })).toBeVisible()
}

async function choose(label: string, option: string) {
  await button(new RegExp(label)).click()
  await page.getByRole('option', { name: option, exact: true }).click()
}

test('AW-40 a service is added by its owner: zero minutes are refused by their field, and nothing is sent', async () => {
  await open('case_manager')
  expect(await axeFindings()).toEqual([])
  await button('Add a service').click()
  await choose('Student', 'D.L.')
  await field('Service').fill('Math facts')
  await field('Minutes').fill('0')
  await choose('Who gives it', 'Paraprofessional')
  await expect.element(page.getByRole('checkbox', { name: 'Words a minute' })).toBeInTheDocument()
  expect(await axeFindings()).toEqual([])
  await button('Save').click()
  await expect.element(field('Minutes')).toHaveAccessibleDescription(/Zero minutes are no service/)
  await expect.element(page.getByText('Not saved yet: look at the field that is marked.')).toBeVisible()
  await expect.element(field('Minutes')).toHaveFocus()
  expect(await axeFindings()).toEqual([])
  expect(asked).toEqual([])
  await field('Minutes').fill('40')
  await page.getByText('Words a minute').click()
  await page.getByText('Special education', { exact: true }).click()
  await button('Save').click()
  await expect.poll(() => asked.length).toBe(1)
  expect(asked[0]).toMatchObject({
    path: '/api/services',
    body: {
      student: CHILD,
      service: 'Math facts',
      minutes: 40,
      per: 'week',
      sessions: null,
      place: 'sped',
      provider: 'para',
      from: DAY,
      to: null,
      groupMax: null,
      programs: [PROGRAM],
    },
  })
  expect(asked[0]?.body).not.toHaveProperty('replaces')
  await expect.element(page.getByRole('dialog')).not.toBeInTheDocument()
})

test('a change holds from a day on and names what it changes; one that somebody made meanwhile is told', async () => {
  let taken = true
  await open('case_manager', () =>
    taken
      ? new Response(JSON.stringify({ code: 'request.invalid', status: 422, field: 'replaces' }), {
          status: 422,
        })
      : null,
  )
  await button('Change: Reading').click()
  await expect.element(field('Minutes')).toHaveValue('180')
  await expect
    .element(page.getByText('What holds now ends the day before, and stays to be read.'))
    .toBeVisible()
  await field('Minutes').fill('200')
  await button('Save').click()
  await expect.element(page.getByText(/Somebody has changed or ended this meanwhile/)).toBeVisible()
  taken = false
  await button('Save').click()
  await expect.poll(() => asked.length).toBe(2)
  expect(asked[1]?.body).toMatchObject({
    replaces: READING,
    minutes: 200,
    from: DAY,
    sessions: 12,
    groupMax: 4,
  })
  // sent again it is the same act
  expect(asked[1]?.body['id']).toBe(asked[0]?.body['id'])
})

test('an adult of one’s own is added with blocks or minutes, and the page of the plan is asked for; by keyboard', async () => {
  await open('coordinator')
  await button('Add an adult of their own').click()
  await choose('Student', 'D.L.')
  await choose('How close the adult is', 'Arm’s length')
  await field('Where the plan says so').fill('IEP, page 3')
  await button('Save').click()
  await expect.element(page.getByText('Choose at least one block.')).toBeVisible()
  await expect.element(page.getByRole('checkbox', { name: 'First' })).toHaveFocus()
  page.getByRole('checkbox', { name: 'Second' }).element().focus()
  await userEvent.keyboard(' ')
  page.getByRole('checkbox', { name: 'lifting' }).element().focus()
  await userEvent.keyboard(' ')
  expect(await axeFindings()).toEqual([])
  button('Save').element().focus()
  await userEvent.keyboard('{Enter}')
  await expect.poll(() => asked.length).toBe(1)
  expect(asked[0]).toMatchObject({
    path: '/api/one-to-one',
    body: {
      student: CHILD,
      blocks: ['P2'],
      minutesADay: null,
      level: 'SV4',
      authority: 'IEP, page 3',
      qualifications: ['lift'],
      relief: '',
    },
  })
})

test('what ends keeps its place to be read, with who said it; a mistake held on no day', async () => {
  await open('case_manager')
  await button('End: Reading').click()
  await page.getByLabelText('Last day').fill('2026-11-20')
  expect(await axeFindings()).toEqual([])
  now = {
    ...now,
    services: [
      { ...reading, id: READING, service: 'Reading aloud', replaces: EARLIER },
      {
        ...reading,
        id: EARLIER,
        to: '2026-10-31',
        minutes: 120,
        changed: true,
        ended: { by: 'Joan Meyer', at: at('09:00', '2026-11-02') },
      },
      {
        ...reading,
        id: WRONG_ONE,
        service: 'Swimming',
        held: false,
        ended: { by: 'Dana Reyes', at: at('09:00') },
      },
    ],
  }
  await button('End it').click()
  await expect
    .poll(() => asked[0])
    .toEqual({ path: `/api/services/${READING}/end`, body: { to: '2026-11-20' } })
  await page.getByText('What was promised before (2)').click()
  await expect.element(page.getByText('120 minutes a month')).toBeVisible()
  await expect.element(page.getByText('Aug 24 – Oct 31')).toBeVisible()
  await expect
    .element(page.getByText(/said by Dana Reyes on Aug 20 · changed by Joan Meyer on Nov 2/))
    .toBeVisible()
  await expect.element(page.getByText('entered by mistake')).toBeVisible()
  expect(await axeFindings()).toEqual([])
  await button('End: An adult of their own').click()
  await page.getByText('A mistake', { exact: true }).click()
  await button('End it').click()
  await expect.poll(() => asked[1]).toEqual({ path: `/api/one-to-one/${ADULT}/end`, body: { to: null } })
})

test('B.4 a para reads what is promised and can change none of it', async () => {
  now = {
    ...now,
    decides: false,
    services: [{ ...reading, mine: false }],
    oneToOnes: [{ ...adult, mine: false }],
  }
  await open('para')
  await expect.element(page.getByText('180 minutes a month')).toBeVisible()
  await expect.element(page.getByText('Close by', { exact: false })).toBeVisible()
  expect(await axeFindings()).toEqual([])
  expect(page.getByRole('button').elements()).toEqual([])
})
