import { describe, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { uuidOf } from '../../../platform/core/ids.ts'
import { axeFindings, show } from '../../../platform/web/kit/testing.tsx'
import { answering } from '../../../platform/web/testing-answers.ts'
import { Screen, smallSchool } from '../../../platform/web/testing-day.tsx'
import type { GoalData, GoalList } from '../online.ts'
import { notRun, program, session } from '../testing.ts'
import AllGoals from './AllGoals.tsx'
import { GoalPage } from './GoalPage.tsx'

const student = (initials: string, color: number) => ({ id: uuidOf(initials), initials, color, grade: '3' })
const list: GoalList = {
  goals: [
    { program: uuidOf('asks'), title: 'Asking for help', student: student('A.M.', 1) },
    { program: uuidOf('hands'), title: 'Hand-washing', student: student('A.M.', 1) },
    { program: uuidOf('seat'), title: 'Leaves seat', student: student('C.D.', 3) },
  ],
}

/** A program as the server hands it out: one version, one session, one that was not run. */
const data = (numerator: number): GoalData => ({
  student: student('A.M.', 1),
  plan: [
    {
      envelope: {
        id: uuidOf('version'),
        kind: 'sessions.program',
        v: 1,
        body: program({ title: 'Asking for help' }),
        student: student('A.M.', 1).id,
        refs: { program: uuidOf('asks') },
        at: '2026-09-01T12:10:00.000Z',
        tz: 'America/Chicago',
        device: uuidOf('device'),
        seq: 1,
        ord: 1,
        mono: { boot: 'b', ms: 1 },
      } as GoalData['plan'][number]['envelope'],
      digest: 'd',
      author: uuidOf('reyes'),
      received: 1,
      aud: 1,
      pos: 1,
    },
  ],
  states: [
    session('2026-11-02', numerator, 10, { version: uuidOf('version') }),
    notRun('2026-11-03', 'student_absent', { version: uuidOf('version') }),
  ].map((state) => ({ view: 'sessions.session', partition: state.session, state: state as never })),
  names: { maya: 'Maya Ortiz' },
  tz: 'America/Chicago',
})

async function coordinator(what: 'list' | 'goal', width = 390) {
  await page.viewport(width, 844)
  const school = smallSchool()
  school.server.grants = []
  const hand = await school.open('dana', { me: (me) => ({ ...me, students: [], roles: ['coordinator'] }) })
  await show(
    <Screen hand={hand}>{what === 'list' ? <AllGoals /> : <GoalPage program={uuidOf('asks')} />}</Screen>,
  )
  return hand
}

const titles = () =>
  page
    .getByRole('listitem')
    .elements()
    .map((row) => row.textContent)

describe('all goals', () => {
  test('stand by student, and are found by initials or by words of the title, never by name', async () => {
    answering({ '/api/goals': list })
    await coordinator('list')
    await expect.element(page.getByText('3 goals, 2 students')).toBeVisible()
    expect(titles()).toEqual(['Asking for help', 'Hand-washing', 'Leaves seat'])
    const search = page.getByLabelText('Search by initials or title')
    await userEvent.fill(search, 'cd')
    await expect.poll(titles).toEqual(['Leaves seat'])
    await userEvent.fill(search, 'a.m')
    await expect.poll(titles).toEqual(['Asking for help', 'Hand-washing'])
    await userEvent.fill(search, 'washing')
    await expect.poll(titles).toEqual(['Hand-washing'])
    await userEvent.fill(search, 'Amari')
    await expect.element(page.getByText('Nothing found')).toBeVisible()
  })

  test('without a network it says where goals come from', async () => {
    answering({ '/api/goals': null })
    await coordinator('list')
    await expect.element(page.getByText(/No connection right now/)).toBeVisible()
  })

  test.each([
    [390, 'light'],
    [1280, 'dark'],
  ] as const)('axe finds nothing: %s px wide, %s', async (width, theme) => {
    document.documentElement.dataset['theme'] = theme
    answering({ '/api/goals': list, [`/api/goals/${uuidOf('asks')}`]: data(6) })
    await coordinator('list', width)
    await expect.element(page.getByText('3 goals, 2 students')).toBeVisible()
    if (width > 1000) await expect.element(page.getByRole('heading', { level: 1 })).toBeVisible()
    expect(await axeFindings()).toEqual([])
    delete document.documentElement.dataset['theme']
  })
})

describe('a goal that this device does not hold', () => {
  const path = `/api/goals/${uuidOf('asks')}`

  test('is read from the server, and read again when the network is back', async () => {
    const answer = answering({ [path]: data(6) })
    await coordinator('goal')
    await expect.element(page.getByRole('button', { name: /Maya Ortiz 6\/10 60%/ })).toBeVisible()
    await expect.element(page.getByRole('button', { name: /no data student absent/ })).toBeVisible()
    answer({ [path]: data(7) })
    window.dispatchEvent(new Event('online'))
    await expect.element(page.getByRole('button', { name: /Maya Ortiz 7\/10 70%/ })).toBeVisible()
    answer({ [path]: null })
    window.dispatchEvent(new Event('online'))
    await expect.element(page.getByText(/This is what was last read/)).toBeVisible()
    await expect.element(page.getByRole('button', { name: /Maya Ortiz 7\/10 70%/ })).toBeVisible()
  })

  test('in flight mode nothing is asked', async () => {
    const answer = answering({ [path]: data(6) })
    const hand = await coordinator('goal')
    await expect.element(page.getByRole('button', { name: /6\/10 60%/ })).toBeVisible()
    await hand.device.setFlight(true)
    answer({ [path]: data(9) })
    await expect.element(page.getByText(/This is what was last read/)).toBeVisible()
    window.dispatchEvent(new Event('online'))
    await expect.element(page.getByRole('button', { name: /6\/10 60%/ })).toBeVisible()
  })

  test('a goal of others looks like one that is not there', async () => {
    answering({ [path]: 404 })
    await coordinator('goal')
    await expect.element(page.getByText('Nothing is here')).toBeVisible()
  })

  test('says that corrections are not here', async () => {
    answering({ [path]: data(6) })
    await coordinator('goal')
    await userEvent.click(page.getByRole('button', { name: /6\/10 60%/ }))
    await expect.element(page.getByText(/this device has only the result/)).toBeVisible()
  })
})
