import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { uuidOf } from '../../../platform/core/ids.ts'
import type { Measure } from '../../sessions/records.ts'
import type { SessionState } from '../../sessions/state.ts'
import { answering } from '../../../platform/web/testing-answers.ts'
import { axeFindings, show } from '../../../platform/web/kit/testing.tsx'
import { Screen, smallSchool, type Hand } from '../../../platform/web/testing-day.tsx'
import { goalOf, type Goal } from '../goal.ts'
import type { GraphInput } from '../graph.ts'
import { countSession, KIM, MAYA, program, session, weekdays } from '../testing.ts'
import { GraphCard } from './GraphCard.tsx'

const LADDER = {
  system: 'trials' as const,
  min_opportunities: 5,
  planned: 10,
  prompts: {
    direction: 'least_to_most' as const,
    wait_s: 4,
    levels: [
      { code: 'G', label: 'Gesture' },
      { code: 'V', label: 'Verbal' },
      { code: 'M', label: 'Model' },
      { code: 'PP', label: 'Partial physical' },
    ],
  },
} satisfies SessionState['measure']

const DAYS = weekdays('2026-09-08', '2026-10-16')

/** 29 school days: 5 of baseline about 20 %, then 10 more trials alone every 4 days; Kim runs every fifth as a substitute. */
const TRIALS = DAYS.map((day, n) => {
  const alone =
    n < 5 ? ([2, 1, 2, 3, 2][n] ?? 2) : Math.min(9, 3 + Math.floor((n - 5) / 4) + (n % 3 === 0 ? 1 : 0))
  const left = 10 - alone
  const gesture = Math.min(left, n < 5 ? 0 : 3)
  const verbal = Math.min(left - gesture, n < 5 ? 0 : 2)
  const model = Math.min(left - gesture - verbal, 1)
  const not = left - gesture - verbal - model
  return session(day, alone, 10, {
    session: `t${n}`,
    by: n % 5 === 4 ? KIM : MAYA,
    tags: n % 5 === 4 ? ['substitute'] : [],
    setting: n % 2 === 0 ? 'Room 12' : 'Library',
    condition: n < 5 ? 'baseline' : 'intervention',
    measure: LADDER,
    levels: {
      '+': alone,
      '+G': gesture,
      '+V': verbal,
      '+M': model,
      '-': Math.max(0, not - 1),
      NR: Math.min(1, not),
    },
  })
})

const phase = (from: string, label: string, major = true) => ({
  id: label,
  author: 'reyes',
  body: { label, condition: 'intervention' as const, from, major, why: 'team decision' },
})

interface Made {
  sessions: readonly SessionState[]
  measure?: Measure
  direction?: 'increase' | 'decrease'
  phases?: GraphInput['phases']
  aims?: GraphInput['aims']
  student?: string
}

function goal({
  sessions,
  measure = LADDER,
  direction = 'increase',
  phases,
  aims,
  student = 'st',
}: Made): Goal {
  const body = program({ measure, direction })
  return goalOf({
    plan: {
      program: 'p',
      student,
      versions: [{ id: 'v1', day: '2026-09-01', author: 'reyes', body }],
      phases: phases ?? [
        phase(DAYS[0] ?? '', 'Baseline'),
        phase(DAYS[5] ?? '', 'Least to most prompts'),
        phase(DAYS[20] ?? '', 'New aide', false),
      ],
      aims: aims ?? [{ from: '2026-09-14', from_value: 20, to: '2026-11-20', to_value: 90, basis: 'median' }],
      conflicts: [],
    } as unknown as Goal['plan'],
    sessions: sessions.map((state) => ({ partition: state.session, state })),
    imported: [],
    decisions: [],
    checks: [],
    schoolDays: DAYS,
    names: { [MAYA]: 'Maya Ortiz', [KIM]: 'Kim Tran', reyes: 'Dana Reyes' },
    tz: 'America/Chicago',
    viewer: 'reyes',
  } as unknown as Parameters<typeof goalOf>[0])
}

async function look(make: (student: string) => Goal, width = 1000, role = 'case_manager'): Promise<Hand> {
  await page.viewport(width, 900)
  const school = smallSchool()
  const dana = await school.open('dana', {
    me: (me) => ({ ...me, students: me.students.map((one) => ({ ...one, role })) }),
  })
  await show(
    <Screen hand={dana}>
      <h1>Goal</h1>
      <GraphCard goal={make(school.students.am)} />
    </Screen>,
  )
  await expect.element(page.getByRole('img').first()).toBeVisible()
  return dana
}

const drawn = () =>
  document.querySelectorAll('svg[role=img] [data-role="point"], svg[role=img] [data-role="hollow"]')
const part = (role: string) => document.querySelectorAll(`svg[role=img] [data-role="${role}"]`)
const shownLine = () => page.getByText(/^Shown:/)

async function choose(label: string, option: string): Promise<void> {
  await page.getByRole('button', { name: new RegExp(label) }).click()
  await page.getByRole('option', { name: option }).click()
}

describe('what a graph shows', () => {
  test('a range of days, said on the card, and everything again', async () => {
    await look(() => goal({ sessions: TRIALS }))
    expect(drawn()).toHaveLength(29)
    // 22 September begins nothing; the phase after the baseline begins on the sixth day, 15 September
    await page.getByText('This phase').click()
    await vi.waitFor(() => expect(drawn()).toHaveLength(24))
    await expect.element(shownLine()).toMatchTextContent(/This phase · 5 sessions left out/)
    await page.getByRole('button', { name: 'Show everything' }).click()
    await vi.waitFor(() => expect(drawn()).toHaveLength(29))
    await expect.element(shownLine()).not.toBeInTheDocument()
  })

  test('by implementer and setting, together, and both are said', async () => {
    await look(() => goal({ sessions: TRIALS }))
    await page.getByRole('button', { name: 'Filters and lines' }).click()
    await choose('Run by', 'Kim Tran')
    // Kim runs 4, 9, 14, 19, 24: five sessions, of which 9 and 19 are in the library
    await vi.waitFor(() => expect(drawn()).toHaveLength(5))
    await choose('Where', 'Library')
    await vi.waitFor(() => expect(drawn()).toHaveLength(2))
    await expect
      .element(shownLine())
      .toMatchTextContent(/run by Kim Tran · in Library · 27 sessions left out/)
  })

  test('without substitutes', async () => {
    await look(() => goal({ sessions: TRIALS }))
    await page.getByRole('button', { name: 'Filters and lines' }).click()
    await choose('Substitutes', 'Without substitutes')
    await vi.waitFor(() => expect(drawn()).toHaveLength(24))
  })

  test('D.3 like weekdays: on the graph alone, and beside each other with what is missing', async () => {
    await look(() => goal({ sessions: TRIALS }))
    await page.getByRole('button', { name: 'Like weekdays' }).click()
    const table = page.getByRole('table', { name: /by the day of the week/ })
    // the phase after the baseline has 24 days from Tuesday, 15 September, on: five of each weekday but Monday
    const monday = table.getByRole('row', { name: /^Monday/ })
    await expect.element(monday).toMatchTextContent('1 point, too few')
    await expect.element(monday).toMatchTextContent('4 points')
    await expect.element(table.getByRole('row', { name: /^Tuesday/ })).toMatchTextContent('5 points')
    await expect.element(page.getByText(/^The newest point, Friday/)).toBeVisible()
    await vi.waitFor(async () => expect(await axeFindings()).toEqual([]))
    await page.getByRole('button', { name: 'Filters and lines' }).click()
    await choose('Day of the week', 'Monday')
    // Mondays from 14 September to 12 October
    await vi.waitFor(() => expect(drawn()).toHaveLength(5))
    await expect.element(shownLine()).toMatchTextContent(/only Monday · 24 sessions left out/)
    await expect.element(table).not.toBeInTheDocument()
  })

  test('D.3 two weeks are too few to compare, and it says so', async () => {
    await look(() => goal({ sessions: TRIALS.slice(0, 10) }))
    await page.getByRole('button', { name: 'Like weekdays' }).click()
    await expect.element(page.getByText(/Too little for a comparison yet/)).toBeVisible()
    await expect.element(page.getByText(/1, and 3 are needed to compare/)).not.toBeInTheDocument()
    await expect
      .element(page.getByText(/Like days before it in this phase: 0, and 3 are needed/))
      .toBeVisible()
  })

  test('the trend of a phase can be drawn another way, or not at all', async () => {
    await look(() => goal({ sessions: TRIALS }))
    expect(part('trend')).toHaveLength(1)
    await expect.element(page.getByText(/Theil–Sen, n = 24/)).toBeVisible()
    await expect.element(page.getByText('no trend under 6 points')).toBeVisible()
    await page.getByRole('button', { name: 'Filters and lines' }).click()
    await choose('Trend line', 'None')
    await vi.waitFor(() => expect(part('trend')).toHaveLength(0))
    await page.getByRole('switch', { name: 'Level (median)' }).click()
    await vi.waitFor(() => expect(part('level')).toHaveLength(2))
  })
})

describe('nearer and farther', () => {
  const slider = () => page.getByRole('slider', { name: 'Points of the graph' })

  test('by keyboard: Shift and the arrows mark a part, Enter shows it, 0 shows all', async () => {
    await look(() => goal({ sessions: TRIALS }))
    ;(slider().element() as HTMLElement).focus()
    await userEvent.keyboard('{Home}{Shift>}{ArrowRight}{ArrowRight}{ArrowRight}{ArrowRight}{/Shift}')
    await vi.waitFor(() =>
      expect(document.querySelector('output')?.textContent).toBe('5 points marked. Enter shows only these.'),
    )
    await userEvent.keyboard('{Enter}')
    await vi.waitFor(() => expect(drawn()).toHaveLength(5))
    await expect.element(shownLine()).toMatchTextContent(/Sep 8 to Sep 14/)
    ;(slider().element() as HTMLElement).focus()
    await userEvent.keyboard('0')
    await vi.waitFor(() => expect(drawn()).toHaveLength(29))
  })

  test('by mouse: a stroke over the graph', async () => {
    await look(() => goal({ sessions: TRIALS }))
    const points = [...drawn()].map((one) => one.getBoundingClientRect())
    const at = (n: number) => ({ clientX: (points[n]?.left ?? 0) + 4, clientY: (points[n]?.top ?? 0) + 4 })
    const over = slider().element()
    over.setPointerCapture = () => undefined
    const send = (type: string, n: number) =>
      over.dispatchEvent(
        new PointerEvent(type, { bubbles: true, pointerId: 1, pointerType: 'mouse', ...at(n) }),
      )
    send('pointerdown', 5)
    await vi.waitFor(() => expect(document.querySelector('[data-role=cursor]')).not.toBeNull())
    send('pointermove', 14)
    await vi.waitFor(() => expect(document.querySelector('[data-role=part]')).not.toBeNull())
    send('pointerup', 14)
    await vi.waitFor(() => expect(drawn()).toHaveLength(10))
  })
})

describe('other drawings of the same sessions', () => {
  test('prompt levels: bars, a key with every level that occurred, a table with counts and no average', async () => {
    await look(() => goal({ sessions: TRIALS }))
    await page.getByText('Prompt levels').click()
    await expect
      .element(page.getByRole('img', { name: /Results of 29 sessions by prompt level/ }))
      .toBeVisible()
    const key = [...document.querySelectorAll('ul[aria-label=Key] li')].map((one) => one.textContent)
    expect(key).toEqual(['alone', 'Gesture', 'Verbal', 'Model', 'not yet', 'no answer'])
    await page.getByRole('button', { name: 'Show table' }).click()
    const newest = [...(document.querySelector('tbody tr')?.children ?? [])].map((cell) => cell.textContent)
    expect(newest).toEqual(['Oct 16, 9:52 AM', '8', '2', '0', '0', '0', '0', 'alone', 'alone'])
  })

  test('steps: which were alone, and the step that was taught', async () => {
    await look(() => chained())
    await page.getByText('Steps', { exact: true }).click()
    await expect.element(page.getByRole('img', { name: /6 steps in 8 sessions/ })).toBeVisible()
    await expect.element(page.getByText(/step 2 was taught/)).toBeVisible()
    expect(part('aim')).toHaveLength(1)
  })

  test('celeration: what is to decrease is a cross, and zeros are said', async () => {
    await look(() => falling())
    await page.getByText('Celeration').click()
    await expect.element(page.getByRole('img', { name: /Standard celeration chart/ })).toBeVisible()
    expect(part('error')).toHaveLength(1)
    await expect.element(page.getByText(/are not in the line/)).toBeVisible()
  })
})

describe('change between phases', () => {
  test('closed until asked, for whoever decides; what may not be shown says why', async () => {
    await look((student) => goal({ sessions: TRIALS, student }))
    const button = page.getByRole('button', { name: 'Change between phases' })
    await expect.element(button).toHaveAttribute('aria-expanded', 'false')
    await button.click()
    await expect.element(page.getByText(/They do not say what caused it/)).toBeVisible()
    const rows = [...(document.querySelectorAll('table')[1]?.querySelectorAll('tbody tr') ?? [])].map((row) =>
      [...row.children].map((cell) => cell.textContent),
    )
    // nobody checked how the program is run
    expect(rows[0]).toEqual([
      'NAP (ties count half)',
      'not shown',
      expect.stringContaining('nobody checked how the program was run'),
    ])
    expect(document.body.textContent).not.toMatch(/effective|significant|proven/i)
  })

  test('not for a student of somebody else', async () => {
    await look(() => goal({ sessions: TRIALS, student: 'somebody-elses' }))
    await expect.element(page.getByRole('button', { name: 'Change between phases' })).not.toBeInTheDocument()
  })
})

describe('files', () => {
  /** What the page hands to the browser. */
  function caught(): Promise<{ name: string; blob: Blob }> {
    const before = { url: URL.createObjectURL, click: HTMLAnchorElement.prototype.click }
    onTestFinished(() => {
      URL.createObjectURL = before.url
      HTMLAnchorElement.prototype.click = before.click
    })
    return new Promise((resolve) => {
      let blob = new Blob()
      URL.createObjectURL = (made) => {
        if (made instanceof Blob) blob = made
        return before.url(made)
      }
      HTMLAnchorElement.prototype.click = function () {
        resolve({ name: this.download, blob })
      }
    })
  }

  async function saved(kind: string): Promise<{ name: string; blob: Blob }> {
    const file = caught()
    await page.getByRole('button', { name: 'Save as a file' }).click()
    await page.getByText(kind).click()
    await choose('What for', 'Team meeting')
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    return file
  }

  test('G10 a table: fractions, initials and no name, what is shown, reason and date at the foot', async () => {
    answering({ '/api/goals/p/files': { noted: true } })
    await look(() => goal({ sessions: TRIALS }))
    await page.getByText('This phase').click()
    const { name, blob } = await saved('Table (CSV)')
    expect(name).toBe('graph.csv')
    const text = await blob.text()
    const lines = text.split('\r\n')
    // heading, 24 sessions, an empty line, title, what is shown, reason, end
    expect(lines).toHaveLength(1 + 24 + 1 + 3 + 1)
    expect(lines[1]).toContain('2026-09-15,09:52,,30,')
    expect(text).toMatch(/,MO,/)
    expect(text).not.toMatch(/Maya|Ortiz|Amari|A\.M\./)
    expect(lines.at(-3)).toContain('Shown: This phase')
    expect(lines.at(-2)).toMatch(/Team meeting/)
    expect(lines.at(-2)).toMatch(/\b20\d\d\b/)
  })

  test('a drawing carries its key and its foot, and no name', async () => {
    answering({ '/api/goals/p/files': { noted: true } })
    await look(() => goal({ sessions: TRIALS }))
    const { name, blob } = await saved('Drawing (SVG)')
    expect(name).toBe('graph.svg')
    const text = await blob.text()
    for (const words of ['Percent of trials independent', 'Baseline', '>trend<', '>aim<', 'Team meeting'])
      expect(text).toContain(words)
    expect(text).not.toMatch(/Maya|Ortiz|Amari/)
    expect(new DOMParser().parseFromString(text, 'image/svg+xml').querySelector('parsererror')).toBeNull()
  })

  test('a picture is a PNG', async () => {
    answering({ '/api/goals/p/files': { noted: true } })
    await look(() => goal({ sessions: TRIALS }))
    const { blob } = await saved('Picture (PNG)')
    const head = new Uint8Array(await blob.slice(0, 4).arrayBuffer())
    expect([...head]).toEqual([0x89, 0x50, 0x4e, 0x47])
  })

  test('G8 who records about the student saves it without a connection: noted on the device first, sent like any record', async () => {
    const program = uuidOf('a goal of the device')
    const { device } = await look((student) => ({ ...goal({ sessions: TRIALS, student }), program }))
    answering({ [`/api/goals/${program}/files`]: null })
    const { name, blob } = await saved('Table (CSV)')
    expect(name).toBe('graph.csv')
    expect(await blob.text()).toMatch(/Team meeting/)
    expect(device.outbox()).toMatchObject([
      {
        state: 'kept',
        record: {
          kind: 'progress.file',
          refs: { program },
          body: { format: 'csv', picture: 'graph', reason: 'team_meeting' },
        },
      },
    ])
  })

  test('B.3 a substitute takes nothing away', async () => {
    await look((student) => goal({ sessions: TRIALS, student }), 1000, 'substitute')
    await expect.element(page.getByRole('button', { name: 'Filters and lines' })).toBeVisible()
    expect(page.getByRole('button', { name: 'Save as a file' }).elements()).toEqual([])
  })

  test('who only reads: without a connection nothing is saved, because it could not be noted', async () => {
    answering({ '/api/goals/p/files': null })
    await look(() => goal({ sessions: TRIALS }))
    let made = false
    void caught().then(() => (made = true))
    await page.getByRole('button', { name: 'Save as a file' }).click()
    await choose('What for', 'Team meeting')
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await expect.element(page.getByText(/That did not work/)).toBeVisible()
    expect(made).toBe(false)
  })
})

test.each([
  ['light', 390],
  ['light', 1280],
  ['dark', 390],
  ['dark', 1280],
] as const)('axe finds nothing, %s, %i px, with everything open', async (theme, width) => {
  document.documentElement.dataset['theme'] = theme
  onTestFinished(() => {
    delete document.documentElement.dataset['theme']
  })
  await look((student) => goal({ sessions: TRIALS, student }), width)
  await page.getByRole('button', { name: 'Filters and lines' }).click()
  await page.getByRole('button', { name: 'Change between phases' }).click()
  await page.getByRole('button', { name: 'Show table' }).click()
  await expect.element(page.getByText(/They do not say what caused it/)).toBeVisible()
  expect(await axeFindings()).toEqual([])
  await page.getByText('Prompt levels').click()
  await expect.element(page.getByRole('img', { name: /by prompt level/ })).toBeVisible()
  expect(await axeFindings()).toEqual([])
  expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(width)
})

/** A behavior that falls from 20 to few in 20 minutes, with a zero each week. */
function falling(): Goal {
  const sessions = DAYS.map((day, n) => ({
    ...countSession(day, n % 7 === 6 ? 0 : Math.max(1, 20 - n + (n % 3)), 20, 'rate'),
    session: `c${n}`,
  }))
  const measure: Measure = { system: 'count', value: 'rate', rapid_tap: false, min_observed_s: 60 }
  return goal({ direction: 'decrease', measure, sessions, aims: [] })
}

/** Hand-washing by forward chaining: step 1 for four days, then step 2. */
function chained(): Goal {
  const steps = ['Water on', 'Wets hands', 'Soap', 'Rubs', 'Rinses', 'Dries']
  const taught = (current_step: number): SessionState['measure'] => ({
    system: 'steps',
    prompts: LADDER.prompts,
    min_opportunities: 1,
    chaining: 'forward',
    current_step,
    steps,
  })
  const sessions = DAYS.slice(0, 8).map((day, n) => {
    const k = n < 4 ? 1 : 2
    return session(day, k, k, {
      session: `s${n}`,
      measure: taught(k),
      levels: { '+': k },
      items: steps.map((_, step) => ({
        id: `${n} ${step}`,
        n: step + 1,
        code: step < k ? '+' : 'A',
        result: step < k ? '+' : 'A',
        level: null,
        at: '',
        clock: null,
      })),
    })
  })
  return goal({ measure: taught(2) as Measure, sessions, aims: [], phases: [] })
}
