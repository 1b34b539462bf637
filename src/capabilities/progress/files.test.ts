import { expect, test } from 'vitest'
import type { Chart } from './chart.ts'
import { sign } from './key.ts'
import { buildGraph } from './rules.ts'
import { toSvg } from './svg.ts'
import { csvOf, initialsOf, type TableWords } from './table-file.ts'
import { input, KIM, notRun, session } from './testing.ts'

const words: TableWords = {
  headings: {
    date: 'Date',
    time: 'Time',
    session: 'Session',
    value: 'Value',
    unit: 'Unit',
    numerator: 'Numerator',
    denominator: 'Denominator',
    counts: 'Counts',
    phase: 'Phase',
    condition: 'Condition',
    by: 'By',
    notes: 'Notes',
  },
  unit: 'Percent, alone',
  yes: 'yes',
  no: 'no',
  phase: () => '=1+1',
  condition: (condition) => condition,
  notes: (point) => point.notes.map((note) => note.kind),
  below: ['Requesting', 'Saved for: team'],
}

test('G10 a table file: fractions, gaps left empty, staff by initials, no formula', () => {
  const model = buildGraph(
    input([
      session('2026-10-05', 2, 3),
      session('2026-10-06', 3, 10, { by: KIM }),
      notRun('2026-10-07', 'student_absent'),
    ]),
  )
  expect(csvOf(model, words).split('\r\n')).toEqual([
    '\u{feff}Date,Time,Session,Value,Unit,Numerator,Denominator,Counts,Phase,Condition,By,Notes',
    `2026-10-05,09:52,,66.666667,"Percent, alone",2,3,no,'=1+1,intervention,MO,below_min`,
    `2026-10-06,09:52,,30,"Percent, alone",3,10,yes,'=1+1,intervention,KT,`,
    `2026-10-07,09:52,,,"Percent, alone",,,,'=1+1,intervention,MO,not_run`,
    '',
    'Requesting',
    'Saved for: team',
    '',
  ])
})

test('initials', () => {
  expect([initialsOf('Maya Ortiz'), initialsOf('J. R. de la Cruz'), initialsOf('')]).toEqual([
    'MO',
    'JRDLC',
    '',
  ])
})

test('a sheet carries heading, key and foot around the drawing, on white', () => {
  const chart: Chart = {
    width: 300,
    height: 100,
    text: 12,
    plot: { left: 0, right: 300, top: 0, bottom: 100 },
    radius: 4,
    primitives: [{ kind: 'line', role: 'aim', x1: 0, y1: 0, x2: 10, y2: 10 }],
    spots: [],
  }
  const svg = toSvg(chart, {
    title: 'Goal',
    font: 'Arial',
    above: ['Requesting <x>', 'Percent'],
    key: [sign('aim', 'stroke', 'aim')],
    below: ['Saved on May 1'],
  })
  expect(svg).toContain('Requesting &lt;x&gt;')
  for (const text of ['Percent', '>aim<', 'Saved on May 1']) expect(svg).toContain(text)
  const height = Number(/viewBox="0 0 300 (\d+)"/.exec(svg)?.[1])
  // two lines above, one row of signs and one line below the 100 px of the drawing
  expect(height).toBeGreaterThan(100 + 3 * 12 + 16)
  expect(svg).toContain(`<rect width="300" height="${height}" fill="#ffffff"/>`)
})
