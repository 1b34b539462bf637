import { describe, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import type { Json } from '../../../platform/core/canonical.ts'
import { uuidOf } from '../../../platform/core/ids.ts'
import { axeFindings, show } from '../../../platform/web/kit/testing.tsx'
import { at, GOALS, Screen, smallSchool, type Hand, type School } from '../../../platform/web/testing-day.tsx'
import { grantFor } from '../../../platform/web/sync/fake-server.ts'
import type { Me } from '../../schedule/model.ts'
import Caseload from './Caseload.tsx'
import { GoalPage } from './GoalPage.tsx'
import NextPerson from './NextPerson.tsx'
import NextRun from './NextRun.tsx'
import { play, withYear } from './testing.tsx'

/** As the shipped pack has them; what they come to is held by decisions.test.ts. */
const RULES = {
  'decide.pack': 'school_default',
  'decide.school_default.fidelity_gate': true,
  'decide.school_default.min_points': 6,
  'decide.school_default.min_weeks': 3,
  'decide.school_default.worse': 4,
  'decide.school_default.better': 4,
  'decide.school_default.trend_points': 6,
  'decide.school_default.bounce_percent': 20,
  'fidelity.min_percent': 80,
  'fidelity.high_percent': 90,
  'fidelity.high_checks': 2,
  'fidelity.valid_days': 20,
  'fidelity.new_staff_sessions': 5,
  'maintenance.weeks': '1,2,4,8',
  'maintenance.reprobe_days': 3,
  'maintenance.fails': 2,
  'ioa.coverage_min_percent': 20,
  'ioa.acceptable_percent': 80,
  'time_delay.early_error_percent': 25,
  'school.day_minutes': 390,
}
const WEEKS = ['2026-10-05', '2026-10-08', '2026-10-13', '2026-10-19', '2026-10-26', '2026-10-30']

/** `with`: who works with the students is known. */
async function opened(known: { with?: true } = {}): Promise<{ school: School; maya: Hand; dana: Hand }> {
  await page.viewport(1280, 900)
  const school = smallSchool()
  const ruled = (me: Me): Me => ({
    ...withYear(me),
    rules: RULES,
    people: me.people.map((one) => (known.with ? { ...one, with: me.students.map(({ id }) => id) } : one)),
  })
  const owning = (me: Me): Me => ({
    ...ruled(me),
    students: me.students.map((student) => ({ ...student, role: 'case_manager' })),
  })
  const maya = await school.open('maya', { me: ruled })
  const dana = await school.open('dana', { me: owning })
  return { school, maya, dana }
}

/** A second version with a rule; an aim line at 90 %. */
function plan(school: School, more: object = {}): void {
  const refs = { program: school.programs.requesting }
  const body = {
    title: 'Requesting',
    goal: 'The goal in the words of the IEP.',
    definition: 'What counts as Requesting.',
    direction: 'increase',
    measure: GOALS.requesting.measure,
    criterion: '80 % across 3 sessions',
    number: 2,
    fidelity: ['Attention gained', 'Wait time kept'],
    mastery: {
      metric: 'pct_independent',
      cmp: '>=',
      threshold: '80',
      run: { k: 3, unit: 'sessions' },
      cold_probe: false,
      count_subs: false,
      ...more,
    },
  }
  school.publish('sessions.program', 'am', body, refs)
  const aim = { from: '2026-09-01', from_value: 90, to: '2027-06-01', to_value: 90, basis: 'a test' }
  school.publish('progress.aim', 'am', aim, refs)
}

/** Sessions of five trials, so many of them alone. */
function run(school: School, hand: Hand, days: readonly string[], alone: readonly number[]): void {
  for (const [n, day] of days.entries()) {
    const session = play(school, hand, 'requesting', { day })
    const right = alone[n] ?? 0
    session.go([...Array<string>(right).fill('+'), ...Array<string>(5 - right).fill('-')].join(' '))
    session.end()
  }
}

async function look(hand: Hand, school: School, language: 'en' | 'es' = 'en'): Promise<void> {
  await show(
    <Screen hand={hand}>
      <GoalPage program={school.programs.requesting} />
    </Screen>,
    { language },
  )
}
async function meet(...hands: Hand[]): Promise<void> {
  for (const hand of hands) await hand.sync()
}
const body = () => page.getByTestId('screen')
const calm = () => Promise.all(document.getAnimations().map((animation) => animation.finished))

test('a goal that no rule reads, as of care, has no card of decisions that stands empty', async () => {
  const { school, dana } = await opened()
  const body = {
    title: 'Toileting',
    goal: 'The goal in the words of the IEP.',
    definition: 'What counts.',
    direction: 'increase',
    measure: { system: 'toileting', times: ['10:00'], tolerance_min: 10, second_adult: false },
    criterion: '0 accidents for 10 days',
    number: 2,
  }
  school.publish('sessions.program', 'am', body, { program: school.programs.requesting })
  await meet(dana)
  await look(dana, school)
  await expect.element(page.getByRole('heading', { name: 'Toileting', level: 1 })).toBeVisible()
  await expect.element(page.getByText(/0 accidents for 10 days/).first()).toBeVisible()
  expect(page.getByRole('heading', { name: 'Decisions' }).query()).toBeNull()
})

/** Crying, watched from 8:10 to 8:40 over the bell of 8:20, for the para and the owner. */
async function overTheBell(): Promise<{ school: School; maya: Hand; dana: Hand }> {
  const school = smallSchool()
  const measure = { system: 'duration', value: 'percent', second_start: 'ignored', min_observed_s: 60 }
  const body = {
    title: 'Crying',
    goal: 'The goal in the words of the IEP.',
    definition: 'What counts.',
    direction: 'decrease',
    measure,
    criterion: 'less',
    number: 2,
  }
  school.publish('sessions.program', 'am', body, { program: school.programs.requesting })
  const bell = (me: Me) => ({
    students: me.students.map(({ id }) => id),
    blocks: [
      { variant: 'regular', code: 'P1', name: 'First', start: '08:00', end: '08:20' },
      { variant: 'regular', code: 'P2', name: 'Second', start: '08:20', end: '09:00' },
      { variant: 'assembly', code: 'P1', name: 'First', start: '10:00', end: '10:20' },
    ],
    variants: { '2026-11-02': 'assembly' },
  })
  const maya = await school.open('maya', { me: (me) => ({ ...withYear(me), bells: [bell(me)] }) })
  const owner = (me: Me): Me => ({
    ...withYear(me),
    bells: [bell(me)],
    students: me.students.map((student) => ({ ...student, role: 'case_manager' })),
  })
  const refs = { program: school.programs.requesting, session: uuidOf('a session by block') }
  const version = school.server.rows.at(-1)?.envelope.id ?? ''
  // watched 8:10 to 8:40, crying 8:15 to 8:30: 5 of 10 minutes in the first, 10 of 20 in the second block
  const put = (kind: string, time: string, said: { [key: string]: Json }, more = {}) =>
    maya.device.capture({
      kind: `sessions.${kind}`,
      student: school.students.am,
      refs: { ...refs, ...more },
      body: said,
      at: new Date(at(time)).toISOString(),
      entered: new Date(at('08:50')).toISOString(),
    })
  const start = { measure, condition: 'intervention', observer: 'primary', setting: 'Room 12', tags: [] }
  put('start', '08:10', start, { version })
  put('moment', '08:15', { code: 'on' })
  put('moment', '08:30', { code: 'off' })
  put('end', '08:40', { status: 'complete' })
  await maya.sync()
  const dana = await school.open('dana', { me: owner })
  return { school, maya, dana }
}
const byBlock = () => page.getByRole('table', { name: /^By block/ })

test('C.3 the owner reads a duration by block: an episode over the bell is one, and its minutes are split', async () => {
  const { school, dana } = await overTheBell()
  await look(dana, school)
  await expect.element(byBlock().getByRole('row', { name: /^First/ })).toMatchTextContent('First50%5 / 101')
  await expect
    .element(byBlock().getByRole('row', { name: /^Second/ }))
    .toMatchTextContent('Second50%10 / 200')
  await calm()
  expect(await axeFindings()).toEqual([])
})

test('a para reads the graph of a duration, and not by block', async () => {
  const { school, maya } = await overTheBell()
  await look(maya, school)
  await expect.element(page.getByRole('heading', { name: 'Crying', level: 1 })).toBeVisible()
  expect(byBlock().query()).toBeNull()
})

describe('the criterion is met', () => {
  const met = async () => {
    const all = await opened()
    plan(all.school)
    await meet(all.maya, all.dana)
    run(all.school, all.maya, ['2026-10-28', '2026-10-29', '2026-10-30'], [4, 5, 4])
    await meet(all.maya, all.dana)
    return all
  }

  test('D.7 with whom and where it was shown, once there are two: one session that met it is enough', async () => {
    const { school, maya, dana } = await met()
    await look(maya, school)
    const grid = page.getByRole('table', { name: /With whom and where/ })
    // everything so far was with one person in one place
    await expect.element(body()).toMatchTextContent('Criterion met')
    expect(grid.elements()).toEqual([])
    run(school, dana, ['2026-11-02'], [2])
    await meet(dana, maya)
    await expect.element(grid.getByRole('row', { name: /Maya Ortiz/ })).toMatchTextContent('3/3 shown')
    await expect.element(grid.getByRole('row', { name: /Dana Reyes/ })).toMatchTextContent('0/1')
    await expect.element(grid.getByRole('columnheader', { name: 'Room 12' })).toBeVisible()
  })

  test('D.7 cells by name: what is still to be shown is said, and which are', async () => {
    const all = await opened()
    const { school, maya, dana } = all
    plan(school, {
      cells: [{ who: dana.me.person.id }, { setting: 'room 12' }, { who: 'substitute', setting: 'Gym' }],
    })
    await meet(maya, dana)
    run(school, maya, ['2026-10-28', '2026-10-29', '2026-10-30'], [4, 5, 4])
    await meet(maya, dana)
    await look(maya, school)
    await expect.element(body()).toMatchTextContent('Criterion met, except for what is still to be shown')
    await expect
      .element(body())
      .toMatchTextContent('Still to be shown: Dana Reyes; Substitute paraprofessional · Gym.')
    const asked = page.getByRole('region', { name: /With whom and where/ }).getByRole('list')
    await expect.element(asked).toMatchTextContent('Dana Reyes: not yet')
    await expect.element(asked).toMatchTextContent('room 12: shown')
    run(school, dana, ['2026-11-02'], [5])
    await meet(dana, maya)
    await expect.element(asked).toMatchTextContent('Dana Reyes: shown')
    await calm()
    expect(await axeFindings()).toEqual([])
  })

  test('AW-45 one person only: not mastered, and who else is with the student is named', async () => {
    const all = await opened({ with: true })
    const { school, maya, dana } = all
    plan(school, { min_staff: 2 })
    await meet(maya, dana)
    run(school, maya, ['2026-10-28', '2026-10-29', '2026-10-30'], [4, 5, 4])
    await meet(maya, dana)
    await look(dana, school)
    await expect
      .element(body())
      .toMatchTextContent(
        'All of these sessions were run by Maya Ortiz. Another person could run the next one. With this student now: Dana Reyes.',
      )
    await expect.element(page.getByRole('button', { name: 'Confirm mastery' })).not.toBeInTheDocument()
  })

  test('AW-45 D.6 Today and the caseload say who could run the next one', async () => {
    const { school, maya, dana } = await opened({ with: true })
    plan(school, { min_staff: 2 })
    await meet(maya, dana)
    run(school, dana, ['2026-10-28', '2026-10-29', '2026-10-30'], [4, 5, 4])
    await meet(dana, maya)
    await show(
      <Screen hand={dana}>
        <NextPerson />
        <Caseload />
      </Screen>,
    )
    const card = page.getByRole('region', { name: 'Criterion met, except for another person' })
    await expect.element(card).toMatchTextContent('Requesting')
    await expect
      .element(card)
      .toMatchTextContent('Run by Dana Reyes so far. Could run the next one: Maya Ortiz.')
    await expect
      .element(
        page.getByRole('listitem').filter({ hasText: 'A.M.' }).filter({ hasText: 'Requesting' }).last(),
      )
      .toMatchTextContent('Criterion met, except for another person: Maya Ortiz')
    await calm()
    expect(await axeFindings()).toEqual([])
  })

  test('AW-45 D.6 who could run the next one reads so in the row of the goal; who ran it so far, and of other goals, nobody', async () => {
    const { school, maya, dana } = await opened({ with: true })
    plan(school, { min_staff: 2 })
    await meet(maya, dana)
    run(school, dana, ['2026-10-28', '2026-10-29', '2026-10-30'], [4, 5, 4])
    await meet(dana, maya)
    const rows = (hand: Hand, name: string) => (
      <Screen hand={hand} name={name}>
        <NextPerson />
        <p>
          Requesting <NextRun program={school.programs.requesting} />
        </p>
        <p>
          Hand-washing <NextRun program={school.programs.washing} />
        </p>
      </Screen>
    )
    await show(
      <>
        {rows(maya, 'maya')}
        {rows(dana, 'dana')}
      </>,
    )
    const told = page.getByText('Criterion met – waiting for another person. You could run this one.')
    // what is the owner's to do is theirs alone to read
    await expect.element(page.getByTestId('dana').getByRole('region')).toBeVisible()
    await expect
      .element(page.getByTestId('maya').getByRole('paragraph').first())
      .toMatchTextContent(/^Requesting Criterion met – waiting for another person. You could run this one.$/)
    expect(told.elements()).toHaveLength(1)
    expect(page.getByTestId('maya').getByRole('region').query()).toBeNull()
  })

  test('B.4 a para reads that it waits for the owner, with its points, and has nothing to decide', async () => {
    const { school, maya } = await met()
    await look(maya, school)
    await expect.element(body()).toMatchTextContent('Criterion met – waiting for Dana Reyes')
    await expect
      .element(body())
      .toMatchTextContent(
        'In the IEP: “80 % across 3 sessions”. As a rule, by Dana Reyes: pct_independent >= 80',
      )
    const points = page.getByRole('list', { name: 'Points used: Criterion met' }).getByRole('button')
    await expect.element(points.nth(0)).toMatchTextContent('4/5 = 80%')
    expect(points.elements()).toHaveLength(3)
    await expect.element(page.getByRole('button', { name: 'Confirm mastery' })).not.toBeInTheDocument()
    await expect.element(page.getByRole('button', { name: 'Not yet' })).not.toBeInTheDocument()
  })

  test('in Spanish', async () => {
    const { school, maya } = await met()
    await look(maya, school, 'es')
    await expect.element(body()).toMatchTextContent('Criterio cumplido – en espera de Dana Reyes')
    await expect.element(body()).toMatchTextContent('3 sesiones lo cumplen')
  })

  test('the owner decides with one tap and a reason; the para reads it, and the question is closed', async () => {
    const { school, maya, dana } = await met()
    await look(dana, school)
    await userEvent.click(page.getByRole('button', { name: 'Not yet' }))
    await userEvent.click(page.getByRole('button', { name: 'Only in one place so far' }))
    await expect.element(page.getByRole('dialog')).not.toBeInTheDocument()
    await expect.element(body()).toMatchTextContent('Not yet · Criterion met')
    await expect.element(page.getByRole('button', { name: 'Confirm mastery' })).not.toBeInTheDocument()
    await meet(dana, maya)
    await look(maya, school)
    const last = page.getByTestId('screen').last()
    await expect.element(last).toMatchTextContent('“Only in one place so far”')
    await expect.element(last).toMatchTextContent('Dana Reyes, today')
    await expect.element(last).not.toMatchTextContent('waiting for')
    const made = school.server.rows.filter(({ envelope }) => envelope.kind === 'progress.decision')
    expect(made.map(({ envelope }) => envelope.body)).toMatchObject([
      { proposal: 'mastery', verdict: 'not_yet', reason: 'Only in one place so far' },
    ])
    expect(made[0]?.envelope.body['points']).toHaveLength(3)
  })

  test('a decision that was not meant is taken back, and the question is there again', async () => {
    const { school, dana } = await met()
    await look(dana, school)
    await userEvent.click(page.getByRole('button', { name: 'Confirm mastery' }))
    await userEvent.click(page.getByRole('button', { name: 'As the IEP asks' }))
    await expect.element(body()).toMatchTextContent('Confirm mastery · Criterion met')
    await userEvent.click(page.getByRole('button', { name: 'Undo' }))
    await expect.element(page.getByRole('button', { name: 'Confirm mastery' })).toBeVisible()
    await expect.element(body()).not.toMatchTextContent('What was decided')
  })

  test('in one’s own words; a point opens its session', async () => {
    const { school, dana } = await met()
    await look(dana, school)
    await userEvent.click(
      page.getByRole('list', { name: 'Points used: Criterion met' }).getByRole('button').nth(1),
    )
    await expect.element(page.getByRole('dialog')).toMatchTextContent('5/5 = 100%')
    await userEvent.keyboard('{Escape}')
    await userEvent.click(page.getByRole('button', { name: 'Confirm mastery' }))
    const save = page.getByRole('button', { name: 'Save with these words' })
    await expect.element(save).toBeDisabled()
    await userEvent.fill(page.getByLabelText('In your own words'), 'Seen in music, too')
    await userEvent.click(save)
    await expect.element(body()).toMatchTextContent('Confirm mastery · Criterion met')
    await expect.element(body()).toMatchTextContent('“Seen in music, too”')
  })
})

describe('points below the goal line', () => {
  const below = async () => {
    const all = await opened()
    plan(all.school)
    await meet(all.maya, all.dana)
    run(all.school, all.maya, WEEKS, [5, 5, 2, 3, 2, 3])
    await meet(all.maya, all.dana)
    return all
  }

  test('the owner is asked to check the implementation first; the para reads the fact alone', async () => {
    const { school, maya, dana } = await below()
    await look(dana, school)
    await expect.element(body()).toMatchTextContent('Check the implementation first')
    await expect.element(body()).toMatchTextContent('a teaching change would be something to consider')
    await look(maya, school)
    const last = page.getByTestId('screen').last()
    await expect.element(last).toMatchTextContent('The last 4 points are all below the goal line.')
    await expect.element(last).not.toMatchTextContent('Check the implementation first')
    await expect.element(last).not.toMatchTextContent('Consider')
  })

  test('D.9 a behavior analyst who owns the program reads its checks; one who does not is told who does (ADR 14)', async () => {
    const { school, maya, dana } = await below()
    const program = school.programs.requesting
    const step = (result: string) => ({ step: 'Wait time kept', result })
    const checks = [
      {
        id: uuidOf('a check'),
        by: uuidOf('somebody'),
        day: '2026-11-02',
        at: '2026-11-02T16:00:00.000Z',
        adult: maya.device.person,
        session: null,
        body: { type: 'direct', steps: [step('+'), step('-')] },
      },
    ]
    const analyst = (me: Me): Me => ({
      ...withYear(me),
      rules: RULES,
      students: me.students.map((student) => ({ ...student, role: 'bcba' })),
    })
    // Dana published it
    const told = { ...analyst(dana.me), checks: [{ program, state: { program, checks } }] }
    await dana.device.setValue('me', told as unknown as Json)
    await look(dana, school)
    await expect
      .element(page.getByRole('region', { name: 'How the program is run' }))
      .toMatchTextContent('1/2')
    await expect.element(body()).not.toMatchTextContent('No check of how the program is run')
    expect(await axeFindings()).toEqual([])
    await maya.device.setValue('me', analyst(maya.me) as unknown as Json)
    await look(maya, school)
    const last = page.getByTestId('screen').last()
    await expect
      .element(last)
      .toMatchTextContent('Checks of how the program is run are shown to its owner and the case manager.')
  })

  test('D.9 with a good check, recorded step by step: consider a teaching change, by these four points', async () => {
    const { school, dana } = await below()
    school.server.grants.push(grantFor(school.students.am, { tier: 'T5' }))
    await meet(dana)
    await look(dana, school)
    await userEvent.click(page.getByRole('button', { name: 'Record a check' }))
    const save = page.getByRole('button', { name: 'Save the check' })
    await expect.element(save).toBeDisabled()
    for (const step of ['Attention gained', 'Wait time kept'])
      await userEvent.click(page.getByRole('group', { name: step }).getByText('As written'))
    await calm()
    expect(await axeFindings()).toEqual([])
    await userEvent.click(save)
    await expect.element(body()).toMatchTextContent('Consider a teaching change')
    const points = page.getByRole('list', { name: 'Points used: Consider a teaching change' })
    await expect.element(points).toMatchTextContent('2/5 = 40%')
    expect(points.getByRole('button').elements()).toHaveLength(4)
    const answers = page.getByRole('group', { name: 'Consider a teaching change' })
    await userEvent.click(answers.getByRole('button', { name: 'Keep as it is' }))
    await userEvent.click(page.getByRole('button', { name: 'Student was ill' }))
    await expect.element(body()).toMatchTextContent('Keep as it is · Consider a teaching change')
    await expect.element(body()).toMatchTextContent('Asked again once there are enough new points')
  })

  test.each([
    ['light', 1280],
    ['dark', 1280],
    ['light', 390],
    ['dark', 390],
  ] as const)('axe finds nothing, neither on the page nor on the question: %s, %i', async (theme, width) => {
    document.documentElement.dataset['theme'] = theme
    const { school, dana } = await below()
    await page.viewport(width, 844)
    await look(dana, school)
    await expect.element(body()).toMatchTextContent('Check the implementation first')
    await calm()
    expect(await axeFindings()).toEqual([])
    await userEvent.click(page.getByRole('button', { name: 'Keep as it is' }).first())
    await expect.element(page.getByRole('dialog')).toBeVisible()
    await calm()
    expect(await axeFindings()).toEqual([])
    delete document.documentElement.dataset['theme']
  })
})
