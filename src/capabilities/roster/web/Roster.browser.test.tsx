import { describe, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import type { ReactNode } from 'react'
import { uuidOf } from '../../../platform/core/ids.ts'
import { axeFindings, show } from '../../../platform/web/kit/testing.tsx'
import { answering } from '../../../platform/web/testing-answers.ts'
import { Screen, smallSchool } from '../../../platform/web/testing-day.tsx'
import type { GuardianRow, ImportAnswer, ImportRuns, Team, TeamList } from '../people.ts'
import Imports from './Imports.tsx'
import Scores from './Scores.tsx'
import { TeamView } from './TeamPage.tsx'
import Teams from './Teams.tsx'

const STUDENT = uuidOf('student')
const RIGHTS: GuardianRow['rights'] = {
  ferpa_access: true,
  educational_decision: true,
  pick_up: true,
  contact_allowed: true,
  receives_messages: true,
}
const guardian = (name: string, more: Partial<GuardianRow> = {}): GuardianRow => ({
  id: uuidOf(name),
  person: uuidOf(name),
  name,
  relation: 'parent',
  rights: RIGHTS,
  orderDoc: null,
  from: '2026-08-17',
  to: null,
  endedWhy: null,
  ...more,
})
const member = (name: string, role: string, more: Partial<Team['members'][number]> = {}) => ({
  id: uuidOf(`bond of ${name}`),
  person: uuidOf(name),
  name,
  role,
  from: '2026-08-17T13:00:00.000Z',
  to: null,
  source: 'import',
  why: 'Room 12',
  endedWhy: null,
  ...more,
})
const team: Team = {
  student: { id: STUDENT, initials: 'A.M.', color: 1, left: null },
  now: '2026-11-03T14:52:00.000Z',
  members: [
    member('Dana Reyes', 'case_manager', { source: 'manual', why: 'IEP of September' }),
    member('Maya Ortiz', 'para'),
    member('Kim Lee', 'substitute', { to: '2026-10-02T20:00:00.000Z', source: 'coverage' }),
  ],
  callOffice: true,
  guardians: [
    guardian('Rosa Marlowe'),
    guardian('Tom Marlowe', { rights: { ...RIGHTS, pick_up: false }, orderDoc: '26-114' }),
  ],
  adults: [{ id: uuidOf('Andre'), name: 'Andre Bell', roles: ['para'] }],
  facts: [
    {
      kind: 'special_education',
      from: '2026-08-24',
      to: null,
      detail: { program: 'Special Education', disabilities: ['Motor impairment'] },
    },
  ],
}
const teams: TeamList = {
  students: [
    { id: STUDENT, initials: 'A.M.', color: 1, grade: '3', school: 'Cedar Bend', adults: 4, manager: true },
    {
      id: uuidOf('c'),
      initials: 'C.D.',
      color: 3,
      grade: null,
      school: 'Cedar Bend',
      adults: 1,
      manager: false,
    },
  ],
}
const count = { added: 0, changed: 0, ended: 0, unchanged: 0 }
const runs: ImportRuns = {
  runs: [
    {
      id: uuidOf('run'),
      source: 'oneroster',
      at: '2026-09-01T13:00:00.000Z',
      by: 'Joan Meyer',
      rows: 7908,
      findings: 2,
      changes: { students: { ...count, added: 778 } },
    },
  ],
}
const preview: ImportAnswer = {
  ok: true,
  imported: false,
  format: 'csv',
  findings: [
    {
      file: 'students.csv',
      row: 4,
      field: 'family',
      code: 'csv.blank_field',
      severity: 'warning',
      message: 'The user has one name only. That may be right.',
    },
  ],
  files: { 'students.csv': { rows: 3 } },
  ignored: [],
  changes: {
    students: { added: 2, changed: 1, ended: 0, unchanged: 0 },
    relationships: { ...count, added: 2 },
  },
  facts: 0,
  days: 0,
  rows: [{ kind: 'students', change: 'added', name: 'Ñusta Quispe Mamani', what: '3 · Norte' }],
  columns: {
    'students.csv': {
      headers: ['ID', 'Nombre', 'Apellidos', 'Campus'],
      mapping: {
        header: true,
        role: 'student',
        columns: { id: 'ID', given: 'Nombre', family: 'Apellidos', school: 'Campus' },
      },
    },
  },
}

async function coordinator(screen: ReactNode, width = 390, language: 'en' | 'es' = 'en') {
  await page.viewport(width, 844)
  const school = smallSchool()
  school.server.grants = []
  const hand = await school.open('dana', { me: (me) => ({ ...me, students: [], roles: ['coordinator'] }) })
  await show(<Screen hand={hand}>{screen}</Screen>, { language })
}

/** What was posted, in order; everything is answered as it stands in `answers`. */
function posted(): { path: string; body: Record<string, unknown> }[] {
  const sent: { path: string; body: Record<string, unknown> }[] = []
  const before = globalThis.fetch
  globalThis.fetch = (input, init) => {
    if (init?.method === 'POST' && typeof input === 'string' && typeof init.body === 'string')
      sent.push({ path: input, body: JSON.parse(init.body) as Record<string, unknown> })
    return before(input, init)
  }
  return sent
}

const choose = async (name: string, text: string, label = 'Files of one export') => {
  await userEvent.upload(page.getByLabelText(label), new File([text], name, { type: 'text/csv' }))
}

describe('a roster comes in', () => {
  test('after a look at what would change, and with the columns that a person corrected', async () => {
    answering({ '/api/roster/imports': { ...preview, ...runs } })
    const sent = posted()
    await coordinator(<Imports />)
    await expect.element(page.getByText('778 added, 0 changed, 0 ended')).toBeVisible()
    await choose('students.csv', 'ID,Nombre,Apellidos,Campus\n')
    await expect.element(page.getByText('3 rows can go in. Nothing has changed yet.')).toBeVisible()
    expect(sent[0]?.body).toMatchObject({
      dry_run: true,
      files: [{ name: 'students.csv', base64: btoa('ID,Nombre,Apellidos,Campus\n') }],
    })
    await expect.element(page.getByText('Ñusta Quispe Mamani')).toBeVisible()
    await expect.element(page.getByText(/Worth a look · students\.csv · row 4 · family/)).toBeVisible()

    await userEvent.click(page.getByRole('button', { name: /Goes by/ }))
    await userEvent.click(page.getByRole('option', { name: 'Nombre' }))
    await expect
      .poll(() => sent.at(-1)?.body['mapping'])
      .toMatchObject({ 'students.csv': { columns: { preferred: 'Nombre', given: 'Nombre' } } })

    await userEvent.click(page.getByRole('button', { name: 'Import', exact: true }))
    await expect.poll(() => sent.at(-1)?.body).toMatchObject({ dry_run: false })
  })

  test('not at all while a row must be mended: the row is named and the button waits', async () => {
    const wrong = {
      file: 'students.csv',
      row: 9,
      field: 'school',
      code: 'csv.no_school',
      severity: 'error',
      message: 'No school is named.',
    }
    answering({
      '/api/roster/imports': { ...preview, ...runs, ok: false, changes: null, rows: [], findings: [wrong] },
    })
    await coordinator(<Imports />)
    await choose('students.csv', 'ID\n')
    await expect.element(page.getByText(/Must be mended · students\.csv · row 9 · school/)).toBeVisible()
    await expect.element(page.getByRole('button', { name: 'Import', exact: true })).toBeDisabled()
  })
})

test('what is wrong with a file is said in the person’s language; what no sentence is kept of stays as it came', async () => {
  const finding = { file: 'alumnos.csv', row: 9, field: 'role', code: 'oneroster.role_narrowed' }
  answering({
    '/api/roster/imports': {
      ...preview,
      ...runs,
      findings: [
        {
          ...finding,
          severity: 'warning',
          message: 'There is no role “proctor” here; the person goes in as volunteer, who sees least.',
          says: { id: 'finding.oneroster.role_narrowed', values: { word: 'proctor' } },
        },
        { ...finding, severity: 'error', message: 'Only a terminal says this.' },
      ],
    },
  })
  await coordinator(<Imports />, 390, 'es')
  await choose('alumnos.csv', 'ID\n', 'Archivos de una exportación')
  await expect.element(page.getByText(/Aquí no hay un rol “proctor”; la persona entra/)).toBeVisible()
  expect(page.getByText(/There is no role/).query()).toBeNull()
  await expect.element(page.getByText('Only a terminal says this.')).toBeVisible()
})

test('says how far the server is while it looks, in rows of the file', async () => {
  let finish = (_answer: unknown): void => undefined
  const answer = new Promise((resolve) => {
    finish = resolve
  })
  let looking = false
  answering({ '/api/roster/imports': () => (looking ? answer : runs) })
  const asked = globalThis.fetch
  globalThis.fetch = async (input, init) =>
    String(input).endsWith('/progress')
      ? new Response(JSON.stringify({ done: 3200, of: 7908 }), {
          headers: { 'content-type': 'application/json' },
        })
      : asked(input, init)
  await coordinator(<Imports />)
  await expect.element(page.getByText('778 added, 0 changed, 0 ended')).toBeVisible()
  looking = true
  await choose('students.csv', 'ID\n')
  await expect.element(page.getByText('3200 of 7908 rows')).toBeVisible()
  const bar = page.getByRole('progressbar').element() as HTMLProgressElement
  expect([bar.value, bar.max]).toEqual([3200, 7908])
  expect(await axeFindings()).toEqual([])
  finish({ ...preview, ...runs })
  await expect.element(page.getByText('3 rows can go in. Nothing has changed yet.')).toBeVisible()
  expect(page.getByRole('progressbar').elements()).toEqual([])
  globalThis.fetch = asked
})

describe('the team of a student', () => {
  const path = `/api/team/${STUDENT}`

  test('stands by initials, now and, when asked, before', async () => {
    answering({ [path]: team, '/api/team': teams })
    await coordinator(<TeamView student={STUDENT} />)
    await expect.element(page.getByText('Call the office before release.')).toBeVisible()
    await expect.element(page.getByText('Maya Ortiz')).toBeVisible()
    expect(page.getByText('Kim Lee').elements()).toEqual([])
    await userEvent.click(page.getByRole('switch', { name: 'Show who was here before' }))
    await expect.element(page.getByText('Kim Lee')).toBeVisible()
  })

  test('ends somebody’s time only with a reason', async () => {
    let reads = 0
    const read = () => {
      reads += 1
      return team
    }
    answering({ [path]: read, [`${path}/ends`]: { ok: true } })
    const sent = posted()
    await coordinator(<TeamView student={STUDENT} />)
    await userEvent.click(page.getByRole('button', { name: 'End the time of Maya Ortiz' }))
    const end = page.getByRole('button', { name: 'End it now' })
    await expect.element(end).toBeDisabled()
    await userEvent.fill(page.getByLabelText('Reason'), 'Another post from today')
    await userEvent.click(end)
    // what the server says then is what stands
    await expect.poll(() => reads).toBe(2)
    expect(sent).toEqual([
      {
        path: `${path}/ends`,
        body: { relationship: uuidOf('bond of Maya Ortiz'), reason: 'Another post from today' },
      },
    ])
  })

  test('B.7 takes a right away only with the number of a document', async () => {
    answering({ [path]: team, [`${path}/guardians`]: { ok: true } })
    const sent = posted()
    await coordinator(<TeamView student={STUDENT} />)
    await userEvent.click(page.getByRole('button', { name: 'Change rights' }).first())
    await userEvent.fill(page.getByLabelText('Reason'), 'Order of November 2')
    const record = page.getByRole('button', { name: 'Record', exact: true })
    await expect.element(record).toBeEnabled()
    await userEvent.click(page.getByRole('switch', { name: 'May pick up' }))
    await expect.element(page.getByText(/This takes a right away/)).toBeVisible()
    await expect.element(record).toBeDisabled()
    await userEvent.fill(page.getByLabelText('Number of the document'), '26-115')
    await userEvent.click(record)
    await expect
      .poll(() => sent.at(-1)?.body)
      .toMatchObject({
        person: uuidOf('Rosa Marlowe'),
        replaces: uuidOf('Rosa Marlowe'),
        order_doc: '26-115',
        rights: { ...RIGHTS, pick_up: false },
      })
  })

  test('what a reader may not know is not there', async () => {
    answering({ [path]: { ...team, guardians: null, adults: null } })
    await coordinator(<TeamView student={STUDENT} />)
    await expect.element(page.getByText('Maya Ortiz')).toBeVisible()
    expect(page.getByText('Guardians').elements()).toEqual([])
    expect(page.getByRole('button', { name: /Add|End/ }).elements()).toEqual([])
  })
})

describe.each([
  [390, 'light'],
  [1280, 'dark'],
] as const)('axe finds nothing: %s px wide, %s', (width, theme) => {
  test.each([
    ['teams', <Teams key="t" />, 'no case manager'],
    ['team', <TeamView key="v" student={STUDENT} />, 'Rosa Marlowe'],
    ['imports', <Imports key="i" />, 'Imports so far'],
  ])('%s', async (name, screen, words) => {
    document.documentElement.dataset['theme'] = theme
    answering({
      [`/api/team/${STUDENT}`]: team,
      '/api/team': teams,
      '/api/roster/imports': { ...preview, ...runs },
    })
    await coordinator(screen, width)
    await expect.element(page.getByText(words)).toBeVisible()
    if (name === 'imports') {
      await choose('students.csv', 'ID\n')
      await expect.element(page.getByText('Columns of students.csv')).toBeVisible()
    }
    expect(await axeFindings()).toEqual([])
    delete document.documentElement.dataset['theme']
  })
})

describe('scores of assessments', () => {
  const set = (n: number, more: object) => ({
    id: uuidOf(`set ${n}`),
    source: 'FastBridge',
    assessment: `CBMreading ${n}`,
    period: 'Fall',
    taken: '2026-09-26',
    scores: [['Fall CBMreading Score', '42']],
    restricted: false,
    ...more,
  })
  const path = `/api/students/${STUDENT}/scores`
  const open = async () => {
    const hand = await smallSchool().open('dana')
    await show(
      <Screen hand={hand}>
        <h1>A.M.</h1>
        <Scores student={STUDENT} />
      </Screen>,
    )
  }

  test('stand with test, day and source, the restricted ones marked; more on asking', async () => {
    answering({
      [path]: {
        sets: [set(1, { restricted: true, taken: null, period: null }), set(2, {}), set(3, {}), set(4, {})],
      },
    })
    await open()
    await expect.element(page.getByText('CBMreading 2')).toBeVisible()
    await expect.element(page.getByText(/26.*Fall.*export of FastBridge/).first()).toBeVisible()
    await expect.element(page.getByText('Restricted')).toBeVisible()
    await expect.element(page.getByText('no date in the file', { exact: false })).toBeVisible()
    expect(page.getByRole('cell', { name: '42' }).elements()).toHaveLength(3)
    await page.getByRole('button', { name: 'Show all 4' }).click()
    expect(page.getByRole('cell', { name: '42' }).elements()).toHaveLength(4)
    expect(await axeFindings()).toEqual([])
  })

  test('nothing stands where there is none', async () => {
    answering({ [path]: { sets: [] } })
    await open()
    await expect.element(page.getByRole('heading', { name: 'A.M.' })).toBeVisible()
    expect(page.getByText('Scores of assessments').elements()).toEqual([])
  })
})
