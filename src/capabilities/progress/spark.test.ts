import { expect, test } from 'vitest'
import { buildGraph } from './rules.ts'
import { spark } from './spark.ts'
import { input, notRun, REYES, session, weekdays } from './testing.ts'

const frame = { width: 106.5, height: 56.5 }
const phase = (from: string, major: boolean) => ({
  id: from,
  author: REYES,
  body: { label: from, condition: 'intervention' as const, from, major, why: '' },
})

test('the points keep their places in time and on the scale of 0 to 100', () => {
  const model = buildGraph(
    input([session('2026-11-02', 0, 10), session('2026-11-03', 5, 10), session('2026-11-06', 10, 10)]),
  )
  // 3.25 px stay free on each side: 100 px for four days, 50 px for 100 %
  const made = spark(model, frame)
  expect(made?.dots).toEqual([
    { x: 3.3, y: 53.3, hollow: false },
    { x: 28.3, y: 28.3, hollow: false },
    { x: 103.3, y: 3.3, hollow: false },
  ])
  expect(made?.line).toBe('M3.3,53.3L28.3,28.3L103.3,3.3')
})

test('G10 a session that was not run is no point and breaks the line; one below the minimum is hollow', () => {
  const model = buildGraph(
    input([
      session('2026-11-02', 6, 10),
      session('2026-11-03', 6, 10),
      notRun('2026-11-04', 'student_absent'),
      session('2026-11-05', 1, 2),
      session('2026-11-06', 6, 10),
    ]),
  )
  const made = spark(model, frame)
  expect(made?.dots.map((dot) => dot.hollow)).toEqual([false, false, true, false])
  expect(made?.line.match(/M/g)).toHaveLength(2)
})

test('a line never crosses a major phase line', () => {
  const sessions = ['2026-10-26', '2026-10-27', '2026-11-02', '2026-11-03'].map((day) => session(day, 6, 10))
  const model = buildGraph(
    input(sessions, { phases: [phase('2026-10-26', true), phase('2026-10-30', true)] }),
  )
  expect(spark(model, frame)?.line.match(/M/g)).toHaveLength(2)
  expect(spark(model, frame)?.phases).toHaveLength(1)
})

test('points of more than nine weeks ago are left out with their lines, and at most 24 are drawn', () => {
  const days = ['2026-08-31', '2026-09-01', '2026-09-02', '2026-11-03'].map((day) => session(day, 6, 10))
  // nine weeks before November 3 is September 1, which itself is too old
  const made = spark(buildGraph(input(days)), frame)
  expect(made?.dots).toHaveLength(2)
  expect(made?.line).toBe('')
  const many = weekdays('2026-09-07', '2026-11-03').map((day) => session(day, 6, 10))
  expect(spark(buildGraph(input(many)), frame)?.dots).toHaveLength(24)
})

test('the current aim line is cut to the frame', () => {
  const aim = { from: '2026-11-01', from_value: 0, to: '2026-11-11', to_value: 100, basis: 'test' }
  const model = buildGraph(
    input([session('2026-11-02', 6, 10), session('2026-11-06', 6, 10)], { aims: [aim] }),
  )
  // 10 % a day: 10 % on November 2, 50 % on November 6
  expect(spark(model, frame)?.aim).toEqual({ x1: 3.3, y1: 48.3, x2: 103.3, y2: 28.3 })
})

test('one point stands in the middle, and no point is no picture', () => {
  expect(spark(buildGraph(input([session('2026-11-03', 6, 10)])), frame)?.dots[0]?.x).toBe(53.3)
  expect(spark(buildGraph(input([])), frame)).toBeNull()
  expect(spark(buildGraph(input([notRun('2026-11-03', 'student_absent')])), frame)).toBeNull()
})
