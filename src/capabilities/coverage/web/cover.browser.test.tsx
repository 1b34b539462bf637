/** The screens of cover with answers of a server: read by everybody, and usable by keyboard (axe). */
import { expect, onTestFinished, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { uuidOf } from '../../../platform/core/ids.ts'
import { axeFindings, show } from '../../../platform/web/kit/testing.tsx'
import { answering } from '../../../platform/web/testing-answers.ts'
import { Screen, smallSchool } from '../../../platform/web/testing-day.tsx'
import type { CoverBoard, MyCover } from '../wire.ts'
import CallWhom from './CallWhom.tsx'
import Changed from './Changed.tsx'
import CoverScreen from './CoverScreen.tsx'
import OwnDay from './OwnDay.tsx'

const DAY = '2026-11-04'
const [MAYA, ANDRE, KIM, DANA] = ['maya', 'andre', 'kim', 'dana'].map(uuidOf)
const [SCHOOL, PLAN, TASK, OTHER, BELLA, TOBY] = ['school', 'plan', 'task', 'other', 'bella', 'toby'].map(
  uuidOf,
)
const names = {
  [MAYA ?? '']: 'Maya Ortiz',
  [ANDRE ?? '']: 'Andre Cole',
  [KIM ?? '']: 'Kim Tran',
  [DANA ?? '']: 'Dana Reyes',
}
const students = {
  [BELLA ?? '']: { initials: 'B.K.', color: 2 },
  [TOBY ?? '']: { initials: 'T.A.', color: 2 },
}
const part = {
  task: TASK ?? '',
  title: 'Check-in',
  place: 'Room 12',
  level: 'critical' as const,
  purpose: 'one_to_one' as const,
  needs: ['seizure'],
  students: [BELLA ?? ''],
  usual: MAYA ?? '',
  start: 490,
  end: 510,
}
const door = {
  ...part,
  task: OTHER ?? '',
  title: 'Front door',
  needs: [],
  students: [TOBY ?? ''],
  usual: ANDRE ?? '',
}

const board = (status: 'proposed' | 'approved'): CoverBoard => ({
  school: SCHOOL ?? '',
  schools: [{ id: SCHOOL ?? '', name: 'Cedar Bend' }],
  day: DAY,
  days: [DAY, '2026-11-05'],
  away: [
    {
      id: uuidOf('absence'),
      person: MAYA ?? '',
      day: DAY,
      start: null,
      end: null,
      reason: 'fever',
      withdrawn: false,
    },
  ],
  plan: {
    id: PLAN ?? '',
    day: DAY,
    status,
    prepared: false,
    stale: [],
    proposal: {
      needs: [
        {
          students: [BELLA ?? ''],
          level: 'critical',
          needs: ['feeding', 'seizure'],
          minutes: 200,
          usual: [MAYA ?? ''],
          refused: [
            {
              person: KIM ?? '',
              students: [BELLA ?? ''],
              code: 'untrained',
              tasks: ['feeding', 'seizure'],
              since: null,
            },
          ],
        },
      ],
      steps: [
        {
          person: ANDRE ?? '',
          part,
          why: [
            { code: 'trained', students: [BELLA ?? ''], tasks: ['seizure'] },
            { code: 'pulled', students: [], tasks: [] },
          ],
          leaves: [{ ...door, by: null }],
        },
      ],
      red: [{ part: door, owner: DANA ?? '', required: true }],
      lapsed: [],
      noMeal: [KIM ?? ''],
      noRelief: [],
    },
    notices: [{ person: ANDRE ?? '', seen: null }],
  },
  people: [MAYA ?? '', ANDRE ?? '', KIM ?? ''],
  names,
  students,
  breaks: {
    noMeal: [KIM ?? ''],
    noRelief: [{ person: ANDRE ?? '', off: 'rest', students: [BELLA ?? ''], start: 780, end: 800 }],
  },
  missed: [{ person: MAYA ?? '', minutes: 15 }],
})

const mine: MyCover = {
  absences: [],
  changes: [
    {
      plan: PLAN ?? '',
      day: DAY,
      seen: false,
      lines: [
        {
          is: 'mine',
          person: ANDRE ?? '',
          usual: MAYA ?? '',
          title: 'Check-in',
          place: 'Room 12',
          start: 490,
          end: 510,
          students: [BELLA ?? ''],
        },
        {
          is: 'gone',
          person: null,
          usual: ANDRE ?? '',
          title: 'Front door',
          place: 'Entrance',
          start: 490,
          end: 510,
          students: [TOBY ?? ''],
        },
      ],
    },
  ],
  missed: [],
  owed: 35,
  names,
  students,
}

test('AW-29 a coordinator reads who needs somebody, who goes where and why, what nobody does, and approves in one tap', async () => {
  const school = smallSchool()
  answering({
    '/api/coverage?': board('proposed'),
    [`/api/coverage/plans/${PLAN}/approve`]: { id: PLAN },
  })
  await show(
    <Screen hand={await school.open('dana')}>
      <CoverScreen />
    </Screen>,
  )
  await expect.element(page.getByText('Not Kim Tran: not trained for feeding, seizures')).toBeVisible()
  await expect.element(page.getByText('Answers for it: Dana Reyes')).toBeVisible()
  await expect.element(page.getByText('Legally required')).toBeVisible()
  await expect.element(page.getByText('leaves Front door:')).toBeVisible()
  await expect.element(page.getByText('No duty-free meal in the day of: Kim Tran')).toBeVisible()
  await expect.element(page.getByText(/^Nobody who may is with these students/)).toBeVisible()
  await expect.element(page.getByText('Rest', { exact: true })).toBeVisible()
  expect(await axeFindings()).toEqual([])
  await page.getByRole('button', { name: 'Approve', exact: true }).click()
  await expect.element(page.getByText('Approved. Everybody concerned sees it now.')).toBeVisible()
})

test('a part is given to somebody else by hand; who may not is refused with the reason of the board', async () => {
  const school = smallSchool()
  answering({ '/api/coverage?': board('proposed') })
  const before = globalThis.fetch
  const asked: unknown[] = []
  globalThis.fetch = async (input, init) => {
    if (init?.method !== 'POST') return before(input, init)
    asked.push(JSON.parse(String(init.body)))
    if (asked.length > 1) return new Response(JSON.stringify({ id: PLAN }))
    const why = { why: 'expired', tasks: 'feeding,seizure', since: '2026-10-30' }
    return new Response(JSON.stringify({ code: 'coverage.refused', title: 'No', ...why }), { status: 409 })
  }
  onTestFinished(() => {
    globalThis.fetch = before
  })
  await show(
    <Screen hand={await school.open('dana')}>
      <CoverScreen />
    </Screen>,
  )
  await page.getByRole('button', { name: 'Change' }).click()
  await page.getByRole('button', { name: /Who does it/ }).click()
  await page.getByRole('option', { name: 'Kim Tran' }).click()
  await page.getByRole('button', { name: 'Change the plan' }).click()
  await expect
    .element(page.getByText('Not Kim Tran: the training is over for feeding, seizures (until Oct 30)'))
    .toBeVisible()
  expect(await axeFindings()).toEqual([])
  await page.getByRole('button', { name: /Who does it/ }).click()
  await page.getByRole('option', { name: 'Nobody' }).click()
  await page.getByRole('button', { name: 'Change the plan' }).click()
  await expect
    .poll(() => asked)
    .toEqual([
      { task: TASK, students: [BELLA], person: KIM },
      { task: TASK, students: [BELLA], person: null },
    ])
  await expect.element(page.getByRole('dialog')).not.toBeInTheDocument()
})

test('a plan that was looked for is on the board, also where the board was read again meanwhile', async () => {
  const school = smallSchool()
  let now: CoverBoard = { ...board('proposed'), plan: null }
  let reads = 0
  const found = Promise.withResolvers<{ id: string }>()
  answering({
    '/api/coverage?': () => {
      reads += 1
      // every answer is an object of its own, as from a server
      return { ...now }
    },
    '/api/coverage/plans': () => found.promise,
  })
  await show(
    <Screen hand={await school.open('dana')}>
      <CoverScreen />
    </Screen>,
  )
  await expect.element(page.getByText('Looking for who can cover …')).toBeVisible()
  window.dispatchEvent(new Event('online'))
  await expect.poll(() => reads).toBe(2)
  now = board('proposed')
  found.resolve({ id: PLAN ?? '' })
  await expect.element(page.getByRole('heading', { name: 'Proposal' })).toBeVisible()
})

test('one reads one’s changed day, says that one knows, and a server out of reach is said', async () => {
  const school = smallSchool()
  answering({ '/api/coverage/mine': mine, [`/api/coverage/plans/${PLAN}/seen`]: null })
  await show(
    <Screen hand={await school.open('maya')}>
      <h1>Today</h1>
      <Changed />
    </Screen>,
  )
  await expect.element(page.getByText('You, instead of Maya Ortiz')).toBeVisible()
  await expect.element(page.getByText('Not you today. Nobody does it.')).toBeVisible()
  expect(await axeFindings()).toEqual([])
  await page.getByRole('button', { name: 'I know' }).click()
  await expect.element(page.getByText('That did not reach the school’s server. Try again.')).toBeVisible()
})

test('calling out opens on the day that comes, works by keyboard, and keeps what was typed when it did not arrive', async () => {
  const school = smallSchool()
  answering({ '/api/coverage/mine': mine, '/api/coverage/absences': null })
  await show(
    <Screen hand={await school.open('maya')}>
      <OwnDay />
    </Screen>,
  )
  await page.getByRole('button', { name: 'I can’t come' }).click()
  await expect.element(page.getByRole('radio', { name: 'All day' })).toBeChecked()
  await page.getByLabelText('Reason, if you like').fill('fever')
  expect(await axeFindings()).toEqual([])
  await page.getByRole('button', { name: 'Call out' }).click()
  await expect.element(page.getByText(/Try again, or call the office/)).toBeVisible()
  await expect.element(page.getByLabelText('Reason, if you like')).toHaveValue('fever')
  await userEvent.keyboard('{Escape}')
  await page.getByRole('button', { name: 'A break was missed' }).click()
  await expect.element(page.getByText('35 minutes are owed to you so far.')).toBeVisible()
  expect(await axeFindings()).toEqual([])
})

test('who is not trained for what a student needs reads whom to call, by name, or that the office is called', async () => {
  const school = smallSchool()
  answering({
    [`/api/coverage/able/${BELLA}`]: {
      tasks: [
        { task: 'seizure', people: ['Kim Tran', 'Dana Reyes'], beside: [] },
        { task: 'feeding', people: ['Kim Tran'], beside: ['Andre Cole'] },
        { task: 'lift', people: [], beside: [] },
      ],
    },
  })
  await show(
    <Screen hand={await school.open('maya')}>
      <h1>Today</h1>
      <CallWhom student={BELLA ?? ''} />
    </Screen>,
  )
  const card = page.getByRole('region', { name: 'You are not trained for this: call' })
  await expect.element(card).toBeVisible()
  const lines = card.getByRole('listitem')
  await expect.element(lines.nth(0)).toMatchTextContent('seizuresKim Tran, Dana Reyes')
  // who was allowed for today does it beside somebody, and calls nobody else
  await expect.element(lines.nth(1)).toMatchTextContent('feedingtoday you may, only beside Andre Cole')
  await expect.element(lines.nth(2)).toMatchTextContent('liftingnobody trained is here now: call the office')
  expect(await axeFindings()).toEqual([])
})
