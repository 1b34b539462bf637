/** Reports and sheets at work: written, blocked, made final, flagged; a sheet keyed in once. Phone and laptop, light and dark. */
import { describe, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { uuidv7 } from '../../../platform/core/ids.ts'
import { axeFindings, show } from '../../../platform/web/kit/testing.tsx'
import {
  at,
  DAY,
  GOALS,
  Screen,
  smallSchool,
  type Hand,
  type School,
} from '../../../platform/web/testing-day.tsx'
import type { Me } from '../../schedule/model.ts'
import { weekdays } from '../../progress/testing.ts'
import { sessionView } from '../../sessions/rules.ts'
import { sheetCode } from '../sheets/code.ts'
import { Entry } from './EntryPage.tsx'
import { FinalReport } from './FinalPage.tsx'
import { PrintSheets } from './PrintPage.tsx'
import { Report } from './ReportPage.tsx'
import StudentReports from './StudentReports.tsx'

const SIZES = [
  [390, 844],
  [1280, 800],
] as const

describe('the report of a student', () => {
  test('D.11 is prefilled from the data, blocks what says nothing, and is locked when it is final', async () => {
    const { school, dana } = await opened()
    await show(
      <Screen hand={dana}>
        <Report student={school.students.am} title="Progress report" />
      </Screen>,
    )
    const sentence = page.getByRole('textbox', { name: 'What the data show' }).last()
    await expect
      .element(sentence)
      .toHaveValue(
        '9 of the last 15 trials were independent: median 60% over the last 3 valid sessions (Oct 19 to Oct 30), no baseline of 3 valid sessions.',
      )
    await sentence.fill('Making progress.')
    await expect.element(page.getByText(/tell the family nothing by themselves/)).toBeVisible()
    await page.getByRole('button', { name: 'The sentence from the data' }).click()
    await page.getByRole('switch', { name: 'In this report' }).first().click()
    await page.getByRole('button', { name: /Rating/ }).click()
    await page.getByRole('option', { name: 'Insufficient progress' }).click()
    await page.getByRole('button', { name: 'Make it final' }).click()
    await expect.element(page.getByText('Insufficient progress: say what will change.')).toBeVisible()
    await page.getByRole('textbox', { name: 'What will change' }).fill('A picture card beside the door.')
    await looksRight()
    await page.getByRole('button', { name: 'Make it final' }).click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Make it final' }).click()
    await expect.element(page.getByText(/This report is final and locked/)).toBeVisible()
  })

  test('F21 says of a draft that can be no record that it is on this page only, until it is shortened', async () => {
    const { school, dana } = await opened()
    await show(
      <Screen hand={dana}>
        <Report student={school.students.am} title="Progress report" />
      </Screen>,
    )
    const sentence = page.getByRole('textbox', { name: 'What the data show' }).last()
    await expect.element(sentence).toBeVisible()
    // half of an emoji, as some keyboards leave behind
    const area = sentence.element() as HTMLTextAreaElement
    area.focus()
    area.setRangeText('Making progress \ud83d', 0, area.value.length)
    area.dispatchEvent(new Event('input', { bubbles: true }))
    await expect.element(page.getByText(/is on this page only/)).toBeVisible()
    expect(area.value).toBe('Making progress \ud83d')
    await sentence.fill('Making progress.')
    await expect.element(page.getByText(/is on this page only/)).not.toBeInTheDocument()
  })

  test('B.8 shows what was amended since, and takes an addendum and a release; nothing is scored again', async () => {
    const { school, dana, maya } = await opened()
    const report = finalOf(school, dana)
    run(school, maya, '2026-10-29', 0)
    await maya.sync()
    await dana.sync()
    await show(
      <Screen hand={dana}>
        <StudentReports student={school.students.am} />
        <FinalReport student={school.students.am} report={report} />
      </Screen>,
    )
    await expect.element(page.getByText('Data amended since').first()).toBeVisible()
    await expect.element(page.getByText(/came in later/).first()).toBeVisible()
    await page.getByRole('textbox', { name: 'Add to this report' }).fill('One session came in late.')
    await page.getByRole('button', { name: 'Add it' }).click()
    await expect.element(page.getByText('One session came in late.')).toBeVisible()
    await page.getByRole('button', { name: 'The family has it' }).click()
    await expect.element(page.getByText(/Handed over/).first()).toBeVisible()
    const link = page.getByRole('link', { name: 'Print (PDF)' })
    await expect.element(link).toHaveAttribute('href', `/api/reports/${report}.pdf?lang=en`)
    await looksRight()
  })

  test('B.4.2 gives a para the sentence and nothing of the rating', async () => {
    const { school, maya, dana } = await opened()
    await show(
      <Screen hand={maya}>
        <Report student={school.students.am} title="Progress report" />
      </Screen>,
    )
    await expect.element(page.getByRole('button', { name: 'Send to the teacher' }).last()).toBeVisible()
    expect(page.getByRole('button', { name: /Rating/ }).elements()).toEqual([])
    expect(page.getByRole('button', { name: 'Make it final' }).elements()).toEqual([])
    const own = page.getByRole('textbox', { name: 'What the data show' }).last()
    await own.fill('Doing well.')
    await expect.element(page.getByRole('button', { name: 'Send to the teacher' }).last()).toBeDisabled()
    await own.fill('Asked alone in 9 of 15 trials.')
    await page.getByRole('button', { name: 'Send to the teacher' }).last().click()
    await maya.sync()
    await dana.sync()
    await show(
      <Screen hand={dana} name="teacher">
        <Report student={school.students.am} title="Progress report" />
      </Screen>,
    )
    const teacher = page.getByTestId('teacher')
    await teacher.getByRole('button', { name: 'Use this sentence' }).click()
    await expect
      .element(teacher.getByRole('textbox', { name: 'What the data show' }).last())
      .toHaveValue('Asked alone in 9 of 15 trials.')
  })
})

describe('a sheet of paper', () => {
  test('is asked for by program and day, with nothing of the student in the address', async () => {
    const { school, maya } = await opened()
    await show(
      <Screen hand={maya}>
        <PrintSheets student={school.students.am} />
      </Screen>,
    )
    await page.getByRole('switch', { name: 'Hand-washing' }).click()
    const { requesting } = school.programs
    await expect
      .element(page.getByRole('link', { name: 'Print (PDF)' }))
      .toHaveAttribute('href', `/api/sheets.pdf?programs=${requesting}&day=${DAY}&lang=en`)
    await looksRight()
  })

  test('is keyed in without a network, comes to its value, and is refused a second time unless it is another one', async () => {
    const { school, maya } = await opened()
    school.offline = true
    const version = versionOf(school)
    const code = sheetCode(version, '2026-11-02')
    await show(
      <Screen hand={maya}>
        <Entry code={code.toLowerCase().replace('-', '')} />
      </Screen>,
    )
    await page.getByLabelText('Watched from').fill('09:00')
    await page.getByRole('button', { name: 'Keep it' }).click()
    await expect.element(page.getByText('Nothing is keyed in yet.')).toBeVisible()
    await page.getByLabelText('to', { exact: true }).fill('09:20')
    for (const [n, option] of ['+', '+', '-', '+G', '+'].entries())
      await userEvent.selectOptions(
        page.getByRole('combobox', { name: `Trials ${n + 1}`, exact: true }),
        option,
      )
    await looksRight()
    await page.getByRole('button', { name: 'Keep it' }).click()
    await expect.element(page.getByText(/Keyed in, at the times of the paper/)).toBeVisible()
    const states = maya.device
      .statesOf(sessionView, `program:${school.programs.requesting}`)
      .map(({ state }) => state)
      .filter(({ day }) => day === '2026-11-02')
    // three alone of five
    expect(states).toMatchObject([
      {
        summary: { numerator: 3, denominator: 5, validity: 'valid' },
        flags: ['from_paper'],
        status: 'complete',
      },
    ])
    await show(
      <Screen hand={maya} name="again">
        <Entry code={code} />
      </Screen>,
    )
    const again = page.getByTestId('again')
    await expect.element(again.getByText('This sheet was keyed in before.')).toBeVisible()
    expect(again.getByRole('button', { name: 'Keep it' }).elements()).toEqual([])
    await again.getByRole('switch').click()
    await expect.element(again.getByRole('button', { name: 'Keep it' })).toBeVisible()
  })

  test('of nobody here opens nothing', async () => {
    const { maya } = await opened()
    await show(
      <Screen hand={maya}>
        <Entry code="0000-0000" />
      </Screen>,
    )
    await expect.element(page.getByText('No sheet of a student of yours')).toBeVisible()
  })
})

const DAYS = ['2026-10-19', '2026-10-26', '2026-10-30'] as const

/** Three sessions of five trials: 2, 3 and 4 of them alone. */
async function opened(): Promise<{ school: School; maya: Hand; dana: Hand }> {
  await page.viewport(1280, 800)
  const school = smallSchool()
  const year = (me: Me): Me => ({ ...me, schoolDays: weekdays('2026-08-25', DAY) })
  const owning = (me: Me): Me => ({
    ...year(me),
    students: me.students.map((student) => ({ ...student, role: 'case_manager' })),
  })
  const maya = await school.open('maya', { me: year })
  for (const [n, day] of DAYS.entries()) run(school, maya, day, n + 2)
  await maya.sync()
  const dana = await school.open('dana', { me: owning })
  return { school, maya, dana }
}

function run(school: School, hand: Hand, day: string, alone: number): void {
  const program = school.programs.requesting
  const session = uuidv7(at('08:45', day))
  const entered = new Date(hand.device.clock.now()).toISOString()
  const make = (kind: string, body: object, ms: number, refs: Record<string, string> = {}) =>
    hand.device.capture({
      kind,
      body: body as never,
      student: school.students.am,
      refs: { session, program, ...refs },
      at: new Date(at('08:45', day) + ms).toISOString(),
      entered,
    })
  const { measure } = GOALS.requesting
  const start = { measure, condition: 'intervention', observer: 'primary', setting: 'Room 12', tags: [] }
  make('sessions.start', start, 0, { version: versionOf(school) })
  for (let n = 1; n <= 5; n++) make('sessions.trial', { n, result: n <= alone ? '+' : '-' }, n * 10_000)
  make('sessions.end', { status: 'complete' }, 60_000)
}

function versionOf(school: School): string {
  const row = school.server.rows.find(
    ({ envelope }) =>
      envelope.kind === 'sessions.program' && envelope.refs['program'] === school.programs.requesting,
  )
  return row?.envelope.id ?? ''
}

/** A final report over October, made by hand from what stood then. */
function finalOf(school: School, hand: Hand): string {
  const report = uuidv7(hand.device.clock.now())
  const states = hand.device.statesOf(sessionView, `program:${school.programs.requesting}`)
  const rests = states
    .map(({ state }) => state)
    .map(({ session, day, summary }) => [
      session,
      day,
      summary.numerator,
      summary.denominator,
      summary.validity,
    ])
  const goal = {
    program: school.programs.requesting,
    version: versionOf(school),
    title: 'Requesting',
    goal: 'The goal',
    criterion: '80 % across 3 sessions',
    direction: 'increase',
    baseline: null,
    current: 60,
    target: 80,
    sessions: { held: 3, valid: 3, not_run: 0 },
    by: ['Maya Ortiz'],
    rating: 'sufficient',
    sentence: '9 of the last 15 trials were independent.',
    change: '',
    rests,
    graph: null,
  }
  const period = { from: '2026-10-01', to: '2026-10-31' }
  const body = { stage: 'final', period, lang: 'en', goals: [goal] }
  hand.device.capture({
    kind: 'reports.report',
    body: body as never,
    student: school.students.am,
    refs: { report },
  })
  return report
}

/** axe finds nothing, on a phone and on a laptop, light and dark, and nothing is wider than the screen. */
async function looksRight(): Promise<void> {
  for (const [width, height] of SIZES)
    for (const theme of ['light', 'dark']) {
      await page.viewport(width, height)
      document.documentElement.dataset['theme'] = theme
      await Promise.all(document.getAnimations().map(({ finished }) => finished.catch(() => undefined)))
      expect(await axeFindings()).toEqual([])
      expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(width)
    }
  delete document.documentElement.dataset['theme']
}
