/** `handrail analyze imports` on sets of files in folders of their own: what was read, and what would be refused. */
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { analyze } from './command.ts'
import type { ImportsReport } from './imports.ts'

const FIXTURES = join(import.meta.dirname, '../capabilities/roster/fixtures')
const CALENDAR =
  'BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\nBEGIN:VEVENT\nUID:1\nDTSTAMP:20260801T000000Z\nDTSTART;VALUE=DATE:20261126\nSUMMARY:Closed\nEND:VEVENT\nEND:VCALENDAR\n'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'handrail-imports-'))
  cpSync(join(FIXTURES, 'oneroster'), join(folder, 'a district'), { recursive: true })
  cpSync(join(FIXTURES, 'edfi'), join(folder, 'edfi'), { recursive: true })
  mkdirSync(join(folder, 'lists'))
  const write = (name: string, text: string) => writeFileSync(join(folder, name), text)
  write('lists/bess.csv', 'Student Number,Form,Submitted,BERI,BERI Percentile\n1,Teacher,10/1/2026,55,71\n')
  write('lists/attendance.csv', 'id,date,code\n1,2025-11-02,A\n1,2025-11-03,ZZ\n')
  write('lists/people.csv', 'ID,First Name,Last Name,Role,School\n1,Ana,Paz,student,Norte\n')
  write('year.ics', CALENDAR)
  write('notes.md', 'not for an import')
})
afterAll(() => rmSync(folder, { recursive: true }))

test('each folder of a roster and each list by itself: what it is, what was read, what is refused', () => {
  const answer = analyze(['imports', folder], { json: true })
  expect(answer).toMatchObject({ code: 1, err: '' })
  const { ok, sets } = JSON.parse(answer?.out ?? '') as ImportsReport
  expect(ok).toBe(false)
  expect(sets.map(({ set, taken_for, fit }) => [set, taken_for, fit])).toEqual([
    ['year.ics', 'ical', true],
    ['a district/broken', 'oneroster', false],
    ['a district/v1p1', 'oneroster', true],
    ['a district/v1p2', 'oneroster', true],
    ['edfi', 'edfi', true],
    ['lists/attendance.csv', 'attendance', false],
    ['lists/bess.csv', 'scores', true],
    ['lists/people.csv', 'csv', true],
  ])
  const of = (name: string) => sets.find(({ set }) => set === name)
  expect(of('a district/v1p1')?.read).toMatchObject({ students: 6, schools: 4, people: 7, terms: 6 })
  expect(of('a district/v1p1')).toMatchObject({ errors: 0, warnings: 2 })
  expect(of('edfi')?.read).toMatchObject({ facts: 2, school_days: 2, terms: 1 })
  expect(of('lists/bess.csv')?.read).toEqual({ rows: 1, score_sets: 1 })
  expect(of('lists/people.csv')?.read).toMatchObject({ students: 1, schools: 1 })
  expect(of('lists/attendance.csv')).toMatchObject({
    codes: { 'attendance.unknown_code': 1 },
    refused: [expect.stringMatching(/^error attendance\.csv:3 code attendance\.unknown_code /)],
  })
  // as a person reads it
  const text = analyze(['imports', folder], { json: false })?.out ?? ''
  expect(text).toContain('REFUSED  a district/broken  (oneroster, 8 files)')
  expect(text).toContain('8 sets: 6 read, 2 refused')
  // no name of anybody, refused or not
  expect(text).not.toMatch(/Paz|Aoife|Quispe/)
})

test('all of it sound is exit code 0; a folder that is none, or holds nothing, is 2', () => {
  expect(analyze(['imports', join(folder, 'a district/v1p1')], { json: true })).toMatchObject({ code: 0 })
  expect(analyze(['imports', join(folder, 'nowhere')], { json: true })).toMatchObject({ code: 2, out: '' })
  const empty = join(folder, 'empty')
  mkdirSync(empty)
  expect(analyze(['imports', empty], { json: true })).toMatchObject({ code: 2 })
})
