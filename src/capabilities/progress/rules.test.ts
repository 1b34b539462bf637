import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays } from '../../platform/core/days.ts'
import { aimSlopePerWeek, aimStart, aimValueAt, baselineOf, buildGraph } from './rules.ts'
import {
  counted,
  countSession,
  input,
  KIM,
  MAYA,
  notRun,
  program,
  REYES,
  session,
  weekdays,
} from './testing.ts'
import type { PhaseBody } from '../sessions/records.ts'

const phase = (from: string, label: string, part: Partial<PhaseBody> = {}) => ({
  id: `phase-${label}`,
  author: REYES,
  body: { label, condition: 'intervention' as const, from, major: true, why: 'team decision', ...part },
})

/** The y of every pair of points that a line joins. */
const joined = (model: ReturnType<typeof buildGraph>) =>
  model.segments.map((segment) => segment.map((index) => model.points[index]?.y))

describe('aim line (domain D.1)', () => {
  const aim = { from: '2025-09-08', from_value: 20, to: '2026-05-18', to_value: 56 }

  test('20 WCPM on 8 September to 56 in 36 weeks: 1.0 a week, 30 after 10 weeks', () => {
    expect(aimSlopePerWeek(aim)).toBeCloseTo(1, 12)
    expect(aimValueAt(aim, '2025-09-08')).toBe(20)
    expect(aimValueAt(aim, '2025-11-17')).toBeCloseTo(30, 12)
    expect(aimValueAt(aim, '2026-05-18')).toBe(56)
  })

  test('has no value before it starts or after it ends', () => {
    expect(aimValueAt(aim, '2025-09-07')).toBeNull()
    expect(aimValueAt(aim, '2026-05-19')).toBeNull()
  })

  test('slopes down for a goal to decrease, and stays within 0 and 100 for percentages', () => {
    const down = { from: '2026-09-08', from_value: 8, to: '2026-09-18', to_value: -2 }
    expect(aimValueAt(down, '2026-09-13')).toBe(3)
    expect(aimValueAt(down, '2026-09-18', { percent: true })).toBe(0)
    expect(aimValueAt({ ...down, to_value: 140 }, '2026-09-18', { percent: true })).toBe(100)
  })

  test('a line of one day has its goal and no slope', () => {
    const oneDay = { from: '2026-09-08', from_value: 8, to: '2026-09-08', to_value: 10 }
    expect(aimValueAt(oneDay, '2026-09-08')).toBe(10)
    expect(aimSlopePerWeek(oneDay)).toBeNull()
  })

  test('starts at the median of the last three baseline points that count, on the last one’s day', () => {
    const model = buildGraph(
      input(
        [
          session('2026-09-08', 9, 10),
          session('2026-09-09', 2, 10),
          session('2026-09-10', 5, 10),
          session('2026-09-11', 4, 4),
          session('2026-09-14', 3, 10),
          session('2026-09-15', 8, 10),
        ],
        {
          phases: [
            phase('2026-09-08', 'Baseline', { condition: 'baseline' }),
            phase('2026-09-15', 'Teaching'),
          ],
        },
      ),
    )
    // 20, 50, 30 (4/4 is below the minimum of 5): median 30
    expect(aimStart(baselineOf(model))).toEqual({ day: '2026-09-14', value: 30 })
    expect(aimStart(baselineOf(model).slice(0, 2))).toBeNull()
  })
})

describe('points', () => {
  test('AW-8: 6 of 10 independent is a point at 60 with its fraction, adult and school time', () => {
    const model = buildGraph(input([session('2026-11-03', 6, 10, { tags: ['substitute'] })]))
    expect(model.points).toMatchObject([
      {
        y: 60,
        numerator: 6,
        denominator: 10,
        day: '2026-11-03',
        time: '08:52',
        by: ['Maya Ortiz'],
        tags: ['substitute'],
        validity: 'valid',
        decides: true,
        hollow: false,
        shape: 'circle',
      },
    ])
    expect(model.axis.y).toMatchObject({ unit: { kind: 'percent' }, min: 0, max: 100 })
  })

  test('G10 AW-46 a day the student was absent has no y, is never drawn as 0, and breaks the line', () => {
    const model = buildGraph(
      input([
        session('2026-10-12', 5, 10),
        session('2026-10-13', 6, 10),
        notRun('2026-10-14', 'student_absent'),
        session('2026-10-15', 7, 10),
        session('2026-10-16', 8, 10),
      ]),
    )
    const absent = model.points[2]
    expect(absent).toMatchObject({ y: null, value: null, numerator: null, denominator: null, hollow: false })
    expect(absent?.notes).toEqual([{ kind: 'not_run', reason: 'student_absent', count: 1 }])
    expect(model.gaps).toMatchObject([{ kind: 'not_run', reason: 'student_absent', count: 1 }])
    expect(joined(model)).toEqual([
      [50, 60],
      [70, 80],
    ])
    expect(model.phases[0]?.level).toEqual({ median: 65, n: 4, min: 50, max: 80 })
  })

  test('G10 observed and none happened is a real 0, drawn and joined', () => {
    const model = buildGraph(input([session('2026-10-12', 0, 10), session('2026-10-13', 1, 10)]))
    expect(joined(model)).toEqual([[0, 10]])
    expect(model.gaps).toEqual([])
  })

  test('AW-31 a day on which nobody was there is a gap with its reason, never zero, and out of levels', () => {
    const sessions = [
      session('2026-11-02', 6, 10),
      session('2026-11-03', 7, 10),
      session('2026-11-06', 8, 10),
    ]
    const notRun = [
      { day: '2026-11-04', reason: 'staff_absent' },
      // what was recorded is no gap, and before its first version there was no program
      { day: '2026-11-03', reason: 'staff_absent' },
      { day: '2020-01-06', reason: 'student_absent' },
    ]
    const model = buildGraph(input(sessions, { notRun }))
    expect(model.points.map(({ day, y, decides }) => [day, y, decides])).toEqual([
      ['2026-11-02', 60, true],
      ['2026-11-03', 70, true],
      ['2026-11-04', null, false],
      ['2026-11-06', 80, true],
    ])
    expect(model.gaps).toMatchObject([{ kind: 'not_run', reason: 'staff_absent', count: 1 }])
    expect(joined(model)).toEqual([[60, 70]])
    expect(model.phases.at(-1)?.level).toMatchObject({ n: 3, median: 70 })
  })

  test('G10 no opportunity is a gap: neither 0 nor 100', () => {
    const model = buildGraph(input([session('2026-10-12', 5, 10), session('2026-10-13', null, null)]))
    expect(model.points[1]).toMatchObject({ y: null, decides: false })
    expect(model.gaps).toMatchObject([{ kind: 'no_opportunity', reason: null, count: 1 }])
  })

  test('AW-17 below the minimum is hollow, says so, and counts for no level', () => {
    const model = buildGraph(input([session('2026-10-12', 2, 4), session('2026-10-13', 6, 10)]))
    expect(model.points[0]).toMatchObject({ y: 50, hollow: true, decides: false })
    expect(model.points[0]?.notes).toEqual([{ kind: 'below_min', n: 4, min: 5, metric: 'pct_independent' }])
    expect(model.phases[0]?.level).toEqual({ median: 60, n: 1, min: 60, max: 60 })
    expect(joined(model)).toEqual([[50, 60]])
  })

  test('an interrupted session with enough trials counts; one with too few does not', () => {
    const enough = session('2026-10-12', 5, 8, { status: 'partial' })
    const few = session('2026-10-13', 2, 3, { status: 'partial' })
    const [first, second] = buildGraph(input([enough, few])).points
    expect(first).toMatchObject({ decides: true, hollow: false, notes: [{ kind: 'partial' }] })
    expect(second).toMatchObject({ decides: false, hollow: true })
  })

  test('a session that still runs is hollow and decides nothing', () => {
    const running = session('2026-10-13', 5, 7, { status: 'open', ended: null })
    const summary = { ...running.summary, validity: 'partial' as const }
    const [point] = buildGraph(input([{ ...running, summary }])).points
    expect(point).toMatchObject({ hollow: true, decides: false, notes: [{ kind: 'running' }] })
  })

  test('AW-8 a second observer is no point but a note on the session watched; under 80 % it is marked', () => {
    const first = session('2026-11-03', 6, 10, { session: 'a' })
    const second = session('2026-11-03', 7, 10, { session: 'b', by: REYES, observer: 'ioa', of: 'a' })
    const at = (agreed: number) =>
      buildGraph(input([first, second], { agreement: { a: { agreed, total: 10 } } })).points
    expect(at(9)).toMatchObject([
      { sessionId: 'a', y: 60, notes: [{ kind: 'agreement', percent: 90, low: false }] },
    ])
    expect(at(8)[0]?.notes).toMatchObject([{ percent: 80, low: false }])
    expect(at(7)[0]?.notes).toMatchObject([{ percent: 70, low: true }])
    const open = buildGraph(input([first, second])).points
    expect(open).toMatchObject([{ sessionId: 'a', notes: [{ kind: 'second_observer' }] }])
  })

  test('agreement over fewer than five items has no percentage', () => {
    const first = session('2026-11-03', 3, 4, { session: 'a' })
    const [point] = buildGraph(input([first], { agreement: { a: { agreed: 4, total: 4 } } })).points
    expect(point?.notes).toContainEqual(expect.objectContaining({ kind: 'agreement', percent: null }))
  })

  test('a second observer without the first session is listed and not drawn', () => {
    const lone = session('2026-11-03', 7, 10, { session: 'b', observer: 'ioa', of: 'elsewhere' })
    const model = buildGraph(input([lone]))
    expect(model.points).toMatchObject([{ y: null, value: 70, notes: [{ kind: 'second_observer' }] }])
    expect(model.gaps).toEqual([])
  })

  test('two sessions of one day are two points side by side', () => {
    const morning = session('2026-10-12', 6, 10)
    const noon = session('2026-10-12', 2, 5, { started: '2026-10-12T18:00:00.000Z' })
    const model = buildGraph(input([noon, morning]))
    // 2026-10-12 is day 20738 since 1970-01-01
    expect(model.points.map((point) => [point.x, point.y])).toEqual([
      [20737.75, 60],
      [20738.25, 40],
    ])
  })

  test('the daily point pools the fractions: 6/10 and 2/5 are 8/15, not the mean of 60 % and 40 %', () => {
    const model = buildGraph(
      input(
        [
          session('2026-10-12', 6, 10),
          session('2026-10-12', 2, 5, { started: '2026-10-12T18:00:00.000Z', by: KIM }),
          notRun('2026-10-12', 'refused', { started: '2026-10-12T20:00:00.000Z' }),
        ],
        { daily: true },
      ),
    )
    expect(model.points).toHaveLength(1)
    expect(model.points[0]).toMatchObject({
      x: 20738,
      numerator: 8,
      denominator: 15,
      shape: 'square',
      sessionId: null,
      by: ['Maya Ortiz', 'Kim Tran'],
      notes: [
        { kind: 'pooled', count: 2 },
        { kind: 'not_run', count: 1 },
      ],
    })
    expect(model.points[0]?.y).toBeCloseTo(53.333, 3)
    expect(model.gaps).toEqual([])
  })

  test('two people who recorded at the same time are both kept, said, and never added', () => {
    const first = session('2026-10-12', 6, 10)
    const second = session('2026-10-12', 5, 10, { by: KIM, started: '2026-10-12T14:55:00.000Z' })
    const model = buildGraph(input([first, second], { daily: true }))
    expect(model.points.map(({ numerator, denominator, notes }) => [numerator, denominator, notes])).toEqual([
      [6, 10, [{ kind: 'overlap' }]],
      [5, 10, [{ kind: 'overlap' }]],
    ])
  })

  test('the order in which sessions arrive changes nothing', () => {
    const sessions = [
      ...weekdays('2026-09-08', '2026-10-30').map((day, index) => session(day, index % 11, 10)),
      notRun('2026-10-20', 'staff_absent', { started: '2026-10-20T19:00:00.000Z' }),
    ]
    const whole = buildGraph(input(sessions))
    fc.assert(
      fc.property(fc.shuffledSubarray(sessions, { minLength: sessions.length }), (shuffled) => {
        expect(buildGraph(input(shuffled))).toEqual(whole)
      }),
      { numRuns: 25 },
    )
  })
})

describe('what a line joins (domain C.0 rule 10)', () => {
  /** A point on Tuesday 8 September and one after `between` further weekdays. */
  const apart = (between: number, closed?: (day: string) => boolean) => {
    const days = weekdays('2026-09-08', '2026-12-31')
    const second = days[between + 1] ?? ''
    return buildGraph(
      input([session('2026-09-08', 5, 10), session(second, 6, 10)], {
        schoolDays: weekdays('2026-09-01', '2026-12-31', closed),
      }),
    )
  }

  test('ten school days without data are joined, eleven are not', () => {
    expect(apart(10).segments).toEqual([[0, 1]])
    expect(apart(10).gaps).toEqual([])
    expect(apart(11).segments).toEqual([])
    expect(apart(11).gaps).toMatchObject([{ kind: 'no_data', count: 11 }])
  })

  test('a school break of more than ten weekdays breaks the line though no school day was missed', () => {
    const closed = (day: string) => day > '2026-09-08' && day < '2026-09-24'
    // 9 to 23 September: eleven weekdays without school
    expect(apart(11, closed).gaps).toMatchObject([{ kind: 'break', count: 11 }])
    expect(apart(10, closed).segments).toEqual([[0, 1]])
  })

  test('six planned sessions in a row that did not run are one gap with the most frequent reason', () => {
    const away = ['2026-09-09', '2026-09-10', '2026-09-11', '2026-09-14', '2026-09-15', '2026-09-16']
    const model = buildGraph(
      input([
        session('2026-09-08', 5, 10),
        ...away.map((day, index) => notRun(day, index === 0 ? 'schedule_event' : 'student_absent')),
        session('2026-09-17', 6, 10),
      ]),
    )
    expect(model.segments).toEqual([])
    expect(model.gaps).toMatchObject([{ kind: 'not_run', reason: 'student_absent', count: 6 }])
  })

  test('never across a major phase line, but across a minor one', () => {
    const model = buildGraph(
      input(
        [
          session('2026-09-08', 2, 10),
          session('2026-09-09', 3, 10),
          session('2026-09-10', 4, 10),
          session('2026-09-11', 5, 10),
          session('2026-09-14', 6, 10),
          session('2026-09-15', 7, 10),
        ],
        {
          phases: [
            phase('2026-09-14', 'New aide', { major: false }),
            phase('2026-09-10', 'Teaching'),
            phase('2026-09-08', 'Baseline', { condition: 'baseline' }),
          ],
        },
      ),
    )
    expect(joined(model)).toEqual([
      [20, 30],
      [40, 50, 60, 70],
    ])
    expect(model.phases.map(({ label, major, by }) => [label, major, by])).toEqual([
      ['Baseline', true, 'Dana Reyes'],
      ['Teaching', true, 'Dana Reyes'],
      ['New aide', false, 'Dana Reyes'],
    ])
    // 2026-09-10 is day 20706, 2026-09-14 is day 20710: the line stands where the day begins
    expect(model.phaseLines).toMatchObject([
      { phase: 1, x: 20705.5, major: true },
      { phase: 2, x: 20709.5, major: false },
    ])
    expect(model.phases.map((one) => one.level?.median)).toEqual([25, 45, 65])
  })
})

describe('phases', () => {
  test('sessions before the first recorded phase stand in a phase without a label', () => {
    const model = buildGraph(
      input([session('2026-09-08', 2, 10), session('2026-09-15', 3, 10)], {
        phases: [phase('2026-09-14', 'Teaching')],
      }),
    )
    expect(model.phases.map((one) => one.label)).toEqual([null, 'Teaching'])
    expect(model.points.map((one) => one.phase)).toEqual([0, 1])
  })

  test('F14 a changed definition forces a major phase between the sessions of its own day', () => {
    const before = program()
    const after = program({ number: 2, definition: 'Asks by device or by sign.' })
    const model = buildGraph(
      input(
        [
          session('2026-09-08', 2, 10),
          session('2026-09-09', 3, 10),
          session('2026-09-09', 4, 10, { version: 'v2', started: '2026-09-09T19:00:00.000Z' }),
          session('2026-09-10', 5, 10, { version: 'v2' }),
          session('2026-09-11', 6, 10),
        ],
        {
          program: after,
          versions: [
            { id: 'v1', day: '2026-09-01', body: before },
            { id: 'v2', day: '2026-09-09', body: after },
          ],
        },
      ),
    )
    expect(model.phases).toMatchObject([
      { label: null, version: null },
      { label: null, version: 2, major: true },
    ])
    expect(joined(model)).toEqual([
      [20, 30],
      [40, 50],
    ])
    // 2026-09-09 is day 20705: between its two sessions at -0.25 and +0.25
    expect(model.phaseLines).toMatchObject([{ x: 20705, before: 20704.75, after: 20705.25 }])
    // recorded under the old definition after the change (an offline device): drawn, not counted, not joined
    expect(model.points[4]).toMatchObject({
      hollow: true,
      decides: false,
      notes: [{ kind: 'older_version' }],
    })
    expect(model.phases[1]?.level?.n).toBe(2)
  })

  test('the phase that the owner draws between old and new data is the only line', () => {
    const after = program({ number: 2, definition: 'Asks by device or by sign.' })
    const model = buildGraph(
      input([session('2026-09-10', 2, 10), session('2026-09-15', 3, 10, { version: 'v2' })], {
        program: after,
        versions: [
          { id: 'v1', day: '2026-09-01', body: program() },
          { id: 'v2', day: '2026-09-11', body: after },
        ],
        phases: [phase('2026-09-08', 'Baseline'), phase('2026-09-14', 'Teaching')],
      }),
    )
    expect(model.phases.map((one) => one.label)).toEqual(['Baseline', 'Teaching'])
    expect(model.points.map((one) => one.decides)).toEqual([true, true])
  })

  test('a new version that changes neither definition nor measurement forces no line', () => {
    const after = program({ number: 2, title: 'Asks for things', criterion: '90 %' })
    const model = buildGraph(
      input([session('2026-09-10', 2, 10), session('2026-09-15', 3, 10, { version: 'v2' })], {
        program: after,
        versions: [
          { id: 'v1', day: '2026-09-01', body: program() },
          { id: 'v2', day: '2026-09-14', body: after },
        ],
      }),
    )
    expect(model.phaseLines).toEqual([])
    expect(model.segments).toEqual([[0, 1]])
  })
})

describe('units (domain C.2)', () => {
  const behavior = (value: 'count' | 'rate') => ({
    program: program({ measure: counted(value), direction: 'decrease' as const }),
  })

  test('C3 equally long sessions within 10 % show counts', () => {
    const model = buildGraph(
      input([countSession('2026-09-08', 4, 20), countSession('2026-09-09', 6, 22)], behavior('count')),
    )
    expect(model.axis.y).toMatchObject({ unit: { kind: 'count' }, min: 0, max: 6 })
    expect(model.points.map((one) => one.y)).toEqual([4, 6])
  })

  test('C3 C4 sessions of different length show the rate, with its milliseconds', () => {
    const model = buildGraph(
      input([countSession('2026-09-08', 4, 20), countSession('2026-09-09', 6, 40)], behavior('count')),
    )
    expect(model.axis.y.unit).toEqual({ kind: 'per_minute' })
    expect(model.points.map((one) => one.y)).toEqual([0.2, 0.15])
    expect(model.points[0]).toMatchObject({ numerator: 4, denominator: 1_200_000 })
  })

  test('C4 under 0.1 a minute the unit is the hour, also for the aim', () => {
    const model = buildGraph(
      input([countSession('2026-09-08', 2, 60, 'rate'), countSession('2026-09-18', 4, 60, 'rate')], {
        ...behavior('rate'),
        aims: [{ from: '2026-09-08', from_value: 0.1, to: '2026-09-18', to_value: 0.05, basis: 'team' }],
      }),
    )
    expect(model.axis.y.unit).toEqual({ kind: 'per_hour' })
    expect(model.points.map((one) => one.y)).toEqual([2, 4])
    expect(model.aims).toMatchObject([{ current: true, y1: 6, y2: 3, goal: 3 }])
  })

  test('a session measured in another way is listed with its own value and not drawn', () => {
    const model = buildGraph(
      input([session('2026-09-08', 6, 10), countSession('2026-09-09', 4, 20)], behavior('count')),
    )
    expect(model.points[0]).toMatchObject({ y: null, value: 60, unit: { kind: 'percent' }, decides: false })
    expect(model.points[0]?.notes).toEqual([{ kind: 'other_measure' }])
    expect(model.gaps).toEqual([])
  })
})

describe('aims on the axis', () => {
  const sessions = [session('2026-09-08', 2, 10), session('2026-10-08', 4, 10)]

  test('the one that begins last is current, the old one stays', () => {
    const model = buildGraph(
      input(sessions, {
        aims: [
          { from: '2026-09-22', from_value: 40, to: '2026-10-06', to_value: 90, basis: 'new goal' },
          { from: '2026-09-08', from_value: 20, to: '2026-10-08', to_value: 80, basis: 'first goal' },
        ],
      }),
    )
    expect(model.aims.map((aim) => [aim.basis, aim.current])).toEqual([
      ['first goal', false],
      ['new goal', true],
    ])
  })

  test('a year-long aim leaves the data two thirds of the axis', () => {
    const model = buildGraph(
      input(sessions, {
        aims: [{ from: '2026-09-08', from_value: 20, to: '2027-05-18', to_value: 80, basis: 'year' }],
      }),
    )
    // 30 days of data, so 15 more days, and 2 % of 45 on each side
    expect(model.axis.x.max).toBeCloseTo(20704 + 45 + 0.9, 10)
    expect(model.aims[0]).toMatchObject({ x1: 20704, y1: 20, x2: 20749, goal: 80 })
    // 60 points in 252 days: 45 days on it stands at 20 + 60 * 45 / 252
    expect(model.aims[0]?.y2).toBeCloseTo(30.714, 3)
  })
})

describe('imported data', () => {
  const measure = { system: 'imported' as const, unit: 'words read correctly per minute' }
  const row = (session: number, value: number | null, phase: string, at: number) => ({
    session,
    value,
    phase,
    condition: phase.startsWith('A') ? ('A' as const) : ('B' as const),
    row: at,
    synthetic_date: true as const,
  })
  const of = (imported: ReturnType<typeof row>[]) =>
    buildGraph(input([], { program: program({ measure }), imported }))

  test('x is the session number with its gaps, no fraction is made up, phases follow the source', () => {
    // First sessions of a published series: Alber-Morgan, Ramp, Anderson, & Martin (2007), Journal of Special
    // Education, 41(1), 17–30; session 5 left out and the phase change moved to make a short case.
    const model = of([
      row(6, 60, 'B1', 4),
      row(1, 45, 'A1', 1),
      row(2, 34, 'A1', 2),
      row(4, 24, 'A1', 3),
      row(7, 52, 'B1', 5),
    ])
    expect(model.axis.x).toMatchObject({ kind: 'session', min: 0.5, max: 7.5 })
    expect(model.axis.y.unit).toEqual({ kind: 'source', text: measure.unit })
    expect(model.points.map(({ x, y, day }) => [x, y, day])).toEqual([
      [1, 45, null],
      [2, 34, null],
      [4, 24, null],
      [6, 60, null],
      [7, 52, null],
    ])
    expect(model.points[0]).toMatchObject({
      numerator: null,
      denominator: null,
      notes: [{ kind: 'no_fraction' }],
    })
    expect(joined(model)).toEqual([
      [45, 34, 24],
      [60, 52],
    ])
    expect(model.phases.map(({ label, condition }) => [label, condition])).toEqual([
      ['A1', 'baseline'],
      ['B1', 'intervention'],
    ])
    expect(model.phaseLines).toMatchObject([{ x: 5, major: true }])
    expect(model.phases[0]?.level).toEqual({ median: 34, n: 3, min: 24, max: 45 })
  })

  test('G10 a blank value is a gap and never zero', () => {
    const model = of([
      row(1, 4, 'A', 1),
      row(2, 5, 'A', 2),
      row(3, null, 'A', 3),
      row(4, 0, 'A', 4),
      row(5, 1, 'A', 5),
    ])
    expect(model.points[2]).toMatchObject({ y: null, notes: [{ kind: 'blank' }] })
    expect(model.gaps).toMatchObject([{ kind: 'blank', x1: 3, x2: 3, count: 1 }])
    expect(joined(model)).toEqual([
      [4, 5],
      [0, 1],
    ])
    expect(model.phases[0]?.level).toEqual({ median: 2.5, n: 4, min: 0, max: 5 })
  })
})

test('a goal without data has an axis of the four weeks after its first version', () => {
  const model = buildGraph(input([]))
  // 2026-09-01 is day 20697
  expect(model.axis.x).toMatchObject({ kind: 'day', min: 20697 - 0.75, max: 20725 + 0.75 })
  expect(model).toMatchObject({ points: [], segments: [], gaps: [], phaseLines: [] })
  expect(model.phases).toHaveLength(1)
})

test('G10 whatever the sessions: a drawn percentage has its fraction, and what was not measured has no y', () => {
  const day = fc.integer({ min: 0, max: 400 }).map((n) => addDays('2026-01-01', n))
  const some = fc.record({
    day,
    minute: fc.integer({ min: 0, max: 59 }),
    by: fc.constantFrom(MAYA, KIM),
    n: fc.option(fc.integer({ min: 0, max: 20 })),
    extra: fc.integer({ min: 0, max: 20 }),
  })
  fc.assert(
    fc.property(fc.array(some, { maxLength: 60 }), fc.boolean(), (all, daily) => {
      const sessions = all.map(({ day, minute, by, n, extra }, index) => {
        const part = {
          session: `s${index}`,
          by,
          started: `${day}T15:${String(minute).padStart(2, '0')}:00.000Z`,
        }
        const total = n === null ? 0 : n + extra
        return n === null ? notRun(day, 'refused', part) : session(day, total ? n : null, total || null, part)
      })
      const model = buildGraph(input(sessions, { daily }))
      for (const { x, y, numerator, denominator } of model.points) {
        expect(x >= model.axis.x.min && x <= model.axis.x.max).toBe(true)
        if (y === null) expect([numerator, denominator]).toEqual([null, null])
        else expect(y).toBeCloseTo((100 * (numerator ?? NaN)) / (denominator ?? NaN), 9)
      }
      for (const index of model.segments.flat()) expect(model.points[index]?.y).not.toBeNull()
    }),
    { numRuns: 200 },
  )
})
