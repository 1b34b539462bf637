import { expect, test } from 'vitest'
import type { StoredRecord } from '../../platform/records/envelope.ts'
import { partitionOfProgram, programOf } from './program.ts'
import { device, PROGRAM, STUDENT, TRIALS } from './testing.ts'

const desk = device({ name: 'desk', person: 'dana' })
const plan = { refs: { program: PROGRAM } }

function version(number: number, planned: number): StoredRecord {
  const body = {
    title: 'Requesting',
    goal: 'Asks.',
    definition: 'Asks.',
    direction: 'increase',
    measure: { ...TRIALS, planned },
    criterion: '80 %',
    number,
  }
  return desk.wait(1000).make('program', body, plan)
}
function phase(from: string, condition: string, major = true): StoredRecord {
  const body = { label: `${condition} ${from}`, condition, from, major, why: '' }
  return desk.wait(1000).make('phase', body, plan)
}

test('the version with the highest number holds, whatever order they arrived in', () => {
  const [first, second] = [version(1, 8), version(2, 10)]
  const program = programOf([second, first], '2026-11-03')
  expect(program?.version).toBe(second.id)
  expect(program?.body.measure).toMatchObject({ planned: 10 })
  expect(program).toMatchObject({ id: PROGRAM, student: STUDENT, phase: null })
})

test('a corrected version counts as corrected', () => {
  const first = version(1, 8)
  const body = { ...first.body, title: 'Asking' }
  const corrected = desk.wait(1000).make('program', body, { ...plan, replaces: first.id, reason: 'other' })
  expect(programOf([first, corrected], '2026-11-03')?.body.title).toBe('Asking')
})

test('the phase is the one that began last by that day; a minor change on the same day does not hide a major one', () => {
  const records = [
    version(1, 8),
    phase('2026-09-09', 'intervention'),
    phase('2026-08-31', 'baseline'),
    phase('2026-10-13', 'maintenance'),
    phase('2026-10-13', 'generalization', false),
    phase('2026-12-01', 'modified'),
  ]
  expect(programOf(records, '2026-08-30')?.phase).toBeNull()
  expect(programOf(records, '2026-09-08')?.phase?.condition).toBe('baseline')
  expect(programOf(records, '2026-09-09')?.phase?.condition).toBe('intervention')
  expect(programOf(records, '2026-11-03')?.phase?.condition).toBe('maintenance')
})

test('without a version there is no program', () => {
  expect(programOf([phase('2026-09-09', 'intervention')], '2026-11-03')).toBeNull()
  expect(programOf([], '2026-11-03')).toBeNull()
})

test('a program is found among the students whose plans are on the device', () => {
  const here = {
    partitionOf: ({ student, refs }: { student: string | null; refs: Readonly<Record<string, string>> }) =>
      `${student}/T2/program:${refs['program']}`,
    records: (partition: string) => (partition === `${STUDENT}/T2/program:${PROGRAM}` ? [version(1, 8)] : []),
  }
  expect(partitionOfProgram(here, PROGRAM, ['another', STUDENT])).toBe(`${STUDENT}/T2/program:${PROGRAM}`)
  expect(partitionOfProgram(here, PROGRAM, ['another'])).toBeNull()
})
