import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays } from '../../platform/core/days.ts'
import { chart, type Chart, type ChartWords, type Primitive, type Role } from './chart.ts'
import { buildGraph } from './rules.ts'
import { toSvg } from './svg.ts'
import { input, notRun, program, session, weekdays } from './testing.ts'

const words: ChartWords = {
  valueAxis: () => 'Percent independent',
  sessionAxis: 'Session',
  number: String,
  day: (day, style) => (style === 'day' ? day.slice(8) : style === 'month' ? day.slice(5, 7) : day.slice(5)),
  phase: (phase) => phase.label ?? '',
  aim: (aim) => `aim ${aim.goal} %`,
  gap: (gap) => gap.reason ?? gap.kind,
  empty: 'No data yet',
}
const frame = { width: 640, height: 320, text: 12 }

const phase = (from: string, label: string, major = true) => ({
  id: label,
  author: 'reyes',
  body: { label, condition: 'intervention' as const, from, major, why: '' },
})

const of = (chart: Chart, role: Role): Primitive[] => chart.primitives.filter((one) => one.role === role)
const textsOf = (chart: Chart, role: Role) =>
  of(chart, role).flatMap((one) => (one.kind === 'text' ? [one.text] : []))

const rows = (days: readonly string[], value: (index: number) => number) =>
  days.map((day, index) => session(day, value(index), 10))

describe('coordinates', () => {
  // One imported series of sessions 1, 2, 3 with values 0, 5, 10: axes 0.5–3.5 and 0–10, so all can be told by hand.
  const model = buildGraph(
    input([], {
      program: program({ measure: { system: 'imported', unit: 'requests' } }),
      imported: [0, 5, 10].map((value, index) => ({
        session: index + 1,
        value,
        phase: 'A',
        condition: 'A',
        row: index + 1,
        synthetic_date: true,
      })),
    }),
  )
  const drawn = chart(model, frame, words)

  test('points stand where the two linear scales put them', () => {
    const { left, right, top, bottom } = drawn.plot
    expect(right).toBe(628)
    const width = right - left
    const height = bottom - top
    const at = [
      [left + width * (0.5 / 3), bottom],
      [left + width * (1.5 / 3), bottom - height / 2],
      [left + width * (2.5 / 3), top],
    ]
    const circles = of(drawn, 'point')
    expect(circles).toHaveLength(3)
    for (const [index, [x = NaN, y = NaN]] of at.entries()) {
      const circle = circles[index]
      expect(circle).toMatchObject({ kind: 'circle', r: 4, point: index })
      if (circle?.kind !== 'circle') continue
      expect(circle.cx).toBeCloseTo(x, 1)
      expect(circle.cy).toBeCloseTo(y, 1)
    }
  })

  test('the line goes from point to point', () => {
    const [a, b, c] = drawn.spots
    expect(of(drawn, 'data')).toEqual([
      { kind: 'path', role: 'data', d: `M${a?.x},${a?.y}L${b?.x},${b?.y}L${c?.x},${c?.y}` },
    ])
  })

  test('value labels stand beside their value and session labels under their session', () => {
    const { top, bottom } = drawn.plot
    const labels = of(drawn, 'tick-label').flatMap((one) => (one.kind === 'text' ? [one] : []))
    const value = (text: string) => labels.find((one) => one.text === text && one.anchor === 'end')
    expect(value('0')?.y).toBeCloseTo(bottom + 12 * 0.35, 1)
    expect(value('10')?.y).toBeCloseTo(top + 12 * 0.35, 1)
    const sessions = labels.filter((one) => one.anchor === 'middle')
    expect(sessions.map((one) => [one.text, one.x])).toEqual(
      drawn.spots.map((spot, index) => [String(index + 1), spot.x]),
    )
    expect(textsOf(drawn, 'axis-label')).toEqual(['Percent independent', 'Session'])
  })
})

describe('single-case conventions', () => {
  const days = weekdays('2026-09-08', '2026-10-16')
  const model = buildGraph(
    input(
      [
        ...rows(days.slice(0, 5), (index) => index),
        ...rows(days.slice(5, 12), (index) => 3 + (index % 4)),
        notRun(days[12] ?? '', 'student_absent'),
        ...rows(days.slice(13, 16), () => 7),
        session(days[16] ?? '', 3, 4),
        ...rows(days.slice(17), () => 8),
      ],
      {
        phases: [
          phase(days[0] ?? '', 'Baseline'),
          phase(days[5] ?? '', 'Least to most prompts'),
          phase(days[20] ?? '', 'New aide', false),
        ],
        aims: [
          { from: days[4] ?? '', from_value: 20, to: days[28] ?? '', to_value: 60, basis: 'first' },
          { from: days[5] ?? '', from_value: 30, to: days[28] ?? '', to_value: 80, basis: 'second' },
        ],
      },
    ),
  )
  const drawn = chart(model, frame, words)

  test('no line crosses the major phase line or the absence, one crosses the minor line', () => {
    expect(of(drawn, 'data')).toHaveLength(3)
    const major = of(drawn, 'phase-major')
    const minor = of(drawn, 'phase-minor')
    expect([major.length, minor.length]).toEqual([1, 1])
    const x = (of: Primitive | undefined) => (of?.kind === 'line' ? of.x1 : NaN)
    const spans = model.segments.map((segment) => [
      drawn.spots[segment[0] ?? 0]?.x ?? NaN,
      drawn.spots[segment.at(-1) ?? 0]?.x ?? NaN,
    ])
    const crosses = (at: number) => spans.filter(([from = 0, to = 0]) => from < at && at < to).length
    expect(crosses(x(major[0]))).toBe(0)
    expect(crosses(x(minor[0]))).toBe(1)
    expect(crosses(drawn.spots[12]?.x ?? NaN)).toBe(0)
  })

  test('phases are labelled on both sides of their line, above the plot', () => {
    const labels = [...of(drawn, 'phase-label'), ...of(drawn, 'minor-label')]
    expect(labels.map((one) => (one.kind === 'text' ? one.text : ''))).toEqual([
      'Baseline',
      'Least to most prompts',
      'New aide',
    ])
    const line = of(drawn, 'phase-major')[0]
    const at = line?.kind === 'line' ? line.x1 : NaN
    const [left, right] = labels.map((one) => (one.kind === 'text' ? one.x : NaN))
    expect(left).toBeLessThan(at)
    expect(right).toBeGreaterThan(at)
    for (const label of labels) if (label.kind === 'text') expect(label.y).toBeLessThan(drawn.plot.top)
  })

  test('the point below the minimum is the only hollow one', () => {
    expect(of(drawn, 'hollow')).toMatchObject([{ kind: 'circle', point: 16 }])
  })

  test('G10 AW-46 the absence has no marker; its word stands below the axis', () => {
    expect(drawn.spots[12]).toMatchObject({ y: null })
    expect(drawn.primitives.some((one) => 'point' in one && one.point === 12)).toBe(false)
    const [label] = of(drawn, 'gap-label')
    expect(label).toMatchObject({ text: 'student_absent', anchor: 'middle' })
    if (label?.kind === 'text') {
      expect(label.x).toBeCloseTo(drawn.spots[12]?.x ?? NaN, 1)
      expect(label.y).toBeGreaterThan(drawn.plot.bottom)
    }
  })

  test('the current aim line is one kind of line, the old one another, and the current one has its label', () => {
    expect(of(drawn, 'aim')).toHaveLength(1)
    expect(of(drawn, 'aim-old')).toHaveLength(1)
    expect(textsOf(drawn, 'aim-label')).toEqual(['aim 80 %'])
  })

  test('a phase line keeps clear of points, and stands half-way where they are close', () => {
    const narrow = chart(model, { ...frame, width: 200 }, words)
    const line = of(narrow, 'phase-major')[0]
    const before = narrow.spots[4]?.x ?? NaN
    const after = narrow.spots[5]?.x ?? NaN
    expect(after - before).toBeLessThan(16)
    expect(line?.kind === 'line' ? line.x1 : NaN).toBeCloseTo((before + after) / 2, 1)
  })
})

describe('labels of days', () => {
  const ticks = (from: string, to: string, width: number) =>
    textsOf(
      chart(buildGraph(input(rows([from, to], () => 5))), { ...frame, width }, words),
      'tick-label',
    ).filter((text) => !/^(0|20|40|60|80|100)$/.test(text))

  test('eight weeks are labelled by Mondays, the month where it changes', () => {
    // the axis begins a little before the first session, on a Tuesday
    expect(ticks('2026-09-08', '2026-11-03', 640)).toEqual([
      '09-07',
      '14',
      '21',
      '28',
      '10-05',
      '12',
      '19',
      '26',
      '11-02',
    ])
  })

  test('on a small screen the same weeks are labelled by their months', () => {
    expect(ticks('2026-09-08', '2026-11-03', 150)).toEqual(['10', '11'])
  })

  test('a school year is labelled by months, with the year where it changes', () => {
    expect(ticks('2026-09-08', '2027-06-11', 640)).toEqual([
      '10',
      '11',
      '12',
      '01-01',
      '02',
      '03',
      '04',
      '05',
      '06',
    ])
  })

  test('one day is labelled by itself', () => {
    expect(ticks('2026-09-08', '2026-09-08', 640)).toEqual(['09-08'])
  })

  test('no two labels touch, at any width and for any range', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 8000 }),
        fc.integer({ min: 280, max: 1400 }),
        fc.integer({ min: 9, max: 30 }),
        (span, width, text) => {
          const model = buildGraph(input(rows(['2020-01-15', addDays('2020-01-15', span)], () => 5)))
          const drawn = chart(model, { width, height: 320, text }, words)
          const labels = of(drawn, 'tick-label')
            .flatMap((one) => (one.kind === 'text' && one.anchor === 'middle' ? [one] : []))
            .map((one) => {
              // widths of the product's font, measured: a tabular figure 0.65 em, a hyphen 0.36 em
              const em = [...one.text].reduce((sum, char) => sum + (char === '-' ? 0.36 : 0.65), 0)
              return { from: one.x - (em * text) / 2, to: one.x + (em * text) / 2 }
            })
          for (const [index, label] of labels.entries())
            if (index > 0) expect(label.from).toBeGreaterThan(labels[index - 1]?.to ?? Infinity)
        },
      ),
    )
  })
})

describe('size', () => {
  const many = (n: number) =>
    buildGraph(
      input(
        Array.from({ length: n }, (_, index) =>
          session(addDays('2020-01-06', Math.floor(index / 5)), index % 11, 10, {
            session: `s${String(index).padStart(5, '0')}`,
            started: `${addDays('2020-01-06', Math.floor(index / 5))}T1${index % 5}:00:00.000Z`,
          }),
        ),
        { phases: [phase('2020-01-06', 'Baseline'), phase('2020-06-01', 'Teaching')] },
      ),
    )

  test('10,000 points are a handful of paths', () => {
    const drawn = chart(many(10_000), frame, words)
    expect(drawn.spots).toHaveLength(10_000)
    expect(of(drawn, 'point')).toHaveLength(2)
    expect(of(drawn, 'data')).toHaveLength(2)
    expect(drawn.primitives.filter((one) => one.kind === 'circle')).toEqual([])
    expect(drawn.primitives.length).toBeLessThan(60)
  })

  test('150 points are drawn one by one, more as one path a phase: these are of one', () => {
    expect(of(chart(many(150), frame, words), 'point')).toHaveLength(150)
    expect(of(chart(many(151), frame, words), 'point')).toHaveLength(1)
  })
})

test('every number is finite and every point lies in the plot, whatever the data and the size', () => {
  const value = fc.option(fc.double({ min: -1e6, max: 1e9, noNaN: true }))
  const row = fc.record({
    session: fc.integer({ min: 0, max: 5000 }),
    value,
    phase: fc.constantFrom('A1', 'B1'),
  })
  fc.assert(
    fc.property(
      fc.array(row, { maxLength: 80 }),
      fc.integer({ min: 120, max: 2000 }),
      fc.integer({ min: 120, max: 900 }),
      (all, width, height) => {
        const model = buildGraph(
          input([], {
            program: program({ measure: { system: 'imported', unit: 'points' } }),
            imported: all.map((one, index) => ({
              ...one,
              condition: 'other',
              row: index + 1,
              synthetic_date: true,
            })),
          }),
        )
        const drawn = chart(model, { width, height, text: 12 }, words)
        const { left, right, top, bottom } = drawn.plot
        for (const { x, y } of drawn.spots) {
          expect(x >= left - 0.01 && x <= right + 0.01).toBe(true)
          if (y !== null) expect(y >= top - 0.01 && y <= bottom + 0.01).toBe(true)
        }
        expect(JSON.stringify(drawn.primitives)).not.toMatch(/null|NaN|Infinity/)
      },
    ),
  )
})

test('a goal without data says so, and draws no point', () => {
  const drawn = chart(buildGraph(input([])), frame, words)
  expect(textsOf(drawn, 'empty')).toEqual(['No data yet'])
  expect(drawn.primitives.filter((one) => one.kind === 'circle')).toEqual([])
})

describe('for print', () => {
  const model = buildGraph(
    input(
      rows(['2026-09-08', '2026-09-09'], () => 5),
      {
        phases: [phase('2026-09-01', 'Words <& "signs"\u0001')],
      },
    ),
  )

  test('the same geometry becomes a document with its words escaped', () => {
    const drawn = chart(model, frame, words)
    const svg = toSvg(drawn, { title: 'Requests & <signs>', font: 'Atkinson Hyperlegible Next' })
    expect(svg).toContain('<title>Requests &amp; &lt;signs&gt;</title>')
    expect(svg).toContain('>Words &lt;&amp; &quot;signs&quot;</text>')
    const circles = [...svg.matchAll(/<circle cx="([\d.]+)" cy="([\d.]+)"/g)].map((found) => ({
      x: Number(found[1]),
      y: Number(found[2]),
    }))
    expect(circles).toEqual(drawn.spots)
    expect(svg).not.toMatch(/var\(|class=|style=/)
  })
})
