import { expect, test } from 'vitest'
import { readOfficial } from './official-file.ts'
import type { OfficialMapping } from './official-import.ts'

const STUDENTS = new Map([
  ['101', 'student one'],
  ['102', 'student two'],
])
const read = (text: string, mapping?: OfficialMapping) =>
  readOfficial('attendance.csv', new TextEncoder().encode(text), {
    mapping,
    students: STUDENTS,
    today: '2026-11-03',
  })
const said = (text: string, mapping?: OfficialMapping) =>
  read(text, mapping).findings.map(
    ({ severity, code, row, field }) => `${severity} ${code} ${row} ${field ?? '-'}`,
  )

test('columns and codes that every system knows need no word', () => {
  const { marks, findings, fit, rows } = read(
    'Student Number;Name;Att. Date;Attendance Code\n101;A B;11/2/2026;A\n102;C D;2026-11-03;Tardy\n101;A B;11/3/2026;\n',
    { columns: { day: 'Att. Date' }, codes: {} },
  )
  expect([findings, fit, rows]).toEqual([[], true, 3])
  expect(marks).toEqual([
    { student: 'student one', day: '2026-11-02', code: 'absent' },
    { student: 'student two', day: '2026-11-03', code: 'late' },
  ])
})

test('a code of the school’s own means what somebody says, and nothing before that', () => {
  const file = 'id,date,code\n101,2026-11-02,UX\n102,2026-11-02,FT\n101,2026-11-03,UX\n'
  expect(said(file)).toEqual([
    'error attendance.unknown_code 2 code',
    'error attendance.unknown_code 3 code',
    'error attendance.unknown_code 4 code',
  ])
  expect(read(file)).toMatchObject({ unknown: ['FT', 'UX'], marks: [], fit: false })
  const told = read(file, { columns: {}, codes: { ux: 'absent', FT: 'school_activity' } })
  expect(told.marks.map(({ code }) => code)).toEqual(['absent', 'school_activity', 'absent'])
})

test('each doubt is named by row and field, and one error keeps everything out', () => {
  const file =
    'id,date,code\n101,2026-11-02,A\n101,02.11.2026,A\n999,2026-11-02,A\n102,2026-11-04,A\n101,2026-11-02,P\n101,2026-11-02,A\n'
  expect(said(file)).toEqual([
    'error attendance.bad_day 3 day',
    'warning attendance.unknown_student 4 student',
    'error attendance.future_day 5 day',
    'error attendance.two_codes 6 code',
  ])
  expect(read(file).marks).toEqual([])
  // a stranger alone keeps nobody else out; a file of strangers is another column than it should be
  expect(read('id,date,code\n101,2026-11-02,A\n999,2026-11-02,A\n')).toMatchObject({ fit: true })
  expect(said('id,date,code\n998,2026-11-02,A\n')).toContain('error attendance.nobody_known 0 student')
})

test('a file without the columns says which one is missing, by the names that are there', () => {
  expect(said('nummer,tag,zeichen\n101,2026-11-02,A\n')).toEqual([
    'error attendance.no_column 0 student',
    'error attendance.no_column 0 day',
    'error attendance.no_column 0 code',
  ])
  const mapping = { columns: { student: 'nummer', day: 'tag', code: 'zeichen' }, codes: {} }
  expect(read('nummer,tag,zeichen\n101,2026-11-02,A\n', mapping).marks).toHaveLength(1)
})

test('no message quotes a cell', () => {
  const { findings } = read('id,date,code\nPell,Otto,Uma\n', undefined)
  expect(findings.map(({ message }) => message).join()).not.toMatch(/Pell|Otto|Uma/)
})
