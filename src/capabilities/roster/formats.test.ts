import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Format } from './formats-list.ts'
import { formatOf, readRoster, type Files } from './formats.ts'
import type { PlainMapping } from './plain-mapping.ts'
import { guessMapping } from './plain.ts'

const NOW = '2026-10-06T14:00:00.000Z'

const utf8 = (text: string) => new TextEncoder().encode(text)
/** As a "Unicode text" export writes it: little endian with a mark. */
const utf16 = (text: string) => new Uint8Array(Buffer.from(`\ufeff${text}`, 'utf16le'))

function read(files: Record<string, string | Uint8Array>, format?: Format, mapping?: PlainMapping) {
  const all: Files = new Map(
    Object.entries(files).map(([name, text]) => [name, typeof text === 'string' ? utf8(text) : text]),
  )
  return readRoster(all, format ?? formatOf(all), {
    ids: (type, source) => `${type}:${source}`,
    now: NOW,
    tz: 'America/Chicago',
    mapping,
  })
}

const said = (reading: ReturnType<typeof read>) =>
  reading.report.findings.map(
    ({ severity, code, file, row, field }) => `${severity} ${code} ${file}:${row} ${field ?? '-'}`,
  )

it('a list of which no column is known says just that', () => {
  const reading = read({ 'list.csv': 'x,y\n1,2\n' }, 'csv', {
    'list.csv': guessMapping('list.csv', utf8('x,y\n1,2\n')),
  })
  expect(said(reading)).toContain('error csv.no_columns list.csv:1 -')
})

const SDS = {
  'School.csv': 'SIS ID,Name\ns1,Maple Elementary\n',
  'Section.csv':
    'SIS ID,School SIS ID,Section Name,Term SIS ID,Term Name,Term StartDate,Term EndDate,Course SIS ID,Course Name,Status\n' +
    'c1,s1,Room 12,t1,Fall,8/17/2026,12/18/2026,k1,Homeroom,Active\n',
  'Student.csv':
    'SIS ID,School SIS ID,First Name,Last Name,Username,Password,Grade,Status\n' +
    'st1,s1,Aoife,O’Neil,aoneil,hidden,2,Active\nst2,s1,Bram,Mc Intyre,bmc,hidden,2,Inactive\n',
  'Teacher.csv':
    'SIS ID,School SIS ID,First Name,Last Name,Secondary Email\nte1,s1,Devon,"St. Clair, Jr.",d@maple.example\n',
  'StudentEnrollment.csv': 'Section SIS ID,SIS ID\nc1,st1\nc1,st2\n',
  'TeacherRoster.csv': 'Section SIS ID,SIS ID\nc1,te1\n',
}

describe('Microsoft School Data Sync, V1', () => {
  it('becomes the same roster as OneRoster would: terms from the sections, teachers with their students', () => {
    const { format, batch, report } = read(SDS)
    expect(format).toBe('sds')
    expect(report).toMatchObject({ fit: true, findings: [] })
    expect(batch.students.map(({ given, family, grade, school }) => [given, family, grade, school])).toEqual([
      ['Aoife', 'O’Neil', '2', 'org:s1'],
      ['Bram', 'Mc Intyre', '2', 'org:s1'],
    ])
    expect(batch.people).toEqual([
      {
        id: 'user:te1',
        sourceId: 'te1',
        given: 'Devon',
        family: 'St. Clair, Jr.',
        email: 'd@maple.example',
      },
    ])
    expect(batch.sections).toEqual([
      {
        id: 'class:c1',
        sourceId: 'c1',
        school: 'org:s1',
        title: 'Room 12',
        course: 'Homeroom',
        terms: ['Fall'],
      },
    ])
    // August 17 begins at 05:00 UTC in Chicago, December 19 at 06:00; who is inactive has left at the latest today
    expect(batch.relationships.map(({ student, from, to }) => [student, from, to])).toEqual([
      ['user:st1', '2026-08-17T05:00:00.000Z', '2026-12-19T06:00:00.000Z'],
      ['user:st2', '2026-08-17T05:00:00.000Z', NOW],
    ])
    expect(batch.students.map(({ ended }) => ended)).toEqual([undefined, NOW])
  })

  it('reads the same from UTF-16 with tabs', () => {
    const tabs = Object.fromEntries(
      Object.entries(SDS).map(([file, text]) => [
        file,
        utf16(text.replaceAll(',', '\t').replaceAll('"St. Clair\t Jr."', 'St. Clair, Jr.')),
      ]),
    )
    expect(read(tabs).batch).toEqual(read(SDS).batch)
  })

  it.each([
    [
      'a section of no school',
      { 'Section.csv': SDS['Section.csv'].replace('c1,s1', 'c1,s9') },
      [
        'error sds.dangling_reference Section.csv:2 School SIS ID',
        'error sds.reference_left_out StudentEnrollment.csv:2 Section SIS ID',
        'error sds.reference_left_out StudentEnrollment.csv:3 Section SIS ID',
        'error sds.reference_left_out TeacherRoster.csv:2 Section SIS ID',
      ],
    ],
    [
      'a day that is none',
      { 'Section.csv': SDS['Section.csv'].replace('8/17', '13/17') },
      [
        'error sds.bad_date Section.csv:2 startDate',
        'warning sds.reference_left_out Section.csv:2 Term SIS ID',
      ],
    ],
    [
      'somebody enrolled whom nobody sent',
      { 'StudentEnrollment.csv': 'Section SIS ID,SIS ID\nc1,st7\n' },
      ['error sds.dangling_reference StudentEnrollment.csv:2 SIS ID'],
    ],
    [
      'one id for two people',
      { 'Teacher.csv': SDS['Teacher.csv'].replace('te1', 'st1') },
      [
        'error sds.duplicate_id Teacher.csv:2 SIS ID',
        'error sds.dangling_reference TeacherRoster.csv:2 SIS ID',
      ],
    ],
    [
      'no students',
      { 'Student.csv': 'SIS ID,School SIS ID,First Name,Last Nmae\n' },
      ['error csv.misspelt_header Student.csv:1 Last Nmae'],
    ],
  ])('names file, row and field: %s', (_what, edits, findings) => {
    const reading = read({ ...SDS, ...edits })
    expect(reading.report.fit).toBe(false)
    expect(Object.values(reading.batch).every((rows) => rows.length === 0)).toBe(true)
    expect(said(reading)).toEqual(findings)
  })
})

describe('UCS@school', () => {
  const row = (...cells: string[]) => `${cells.join('\t')}\n`
  const LIST =
    row('A', 'dana', 'Quispe Mamani', 'Ñusta', 'Mitte', '1A', '', 'n@schule.example') +
    row('A', 'tom', 'Bäder', 'Tom', 'Mitte', '1A,1B', '', 't@schule.example', '1', '1') +
    row('A', 'jens', 'Kohl', 'Jens', 'Mitte', '', '', '', '0', '1', '1') +
    row('A', 'mia', '王', '小明', 'Mitte', '1A') +
    row('D', 'mia', '王', '小明', 'Mitte', '1A')

  it('reads a list without a header in UTF-16, as changes: the last row of a person counts', () => {
    const reading = read({ 'users.tsv': utf16(LIST) })
    expect(reading).toMatchObject({ format: 'ucs', full: false, report: { fit: true } })
    const { batch } = reading
    expect(batch.students.map(({ given, family, ended }) => [given, family, ended !== undefined])).toEqual([
      ['Ñusta', 'Quispe Mamani', false],
      ['小明', '王', true],
    ])
    expect(batch.roles.map(({ person, role }) => [person, role])).toEqual([
      ['user:tom', 'gened_teacher'],
      ['user:jens', 'volunteer'],
    ])
    expect(batch.sections.map(({ title }) => title)).toEqual(['1A', '1B'])
    expect(batch.relationships.map(({ person, student }) => [person, student])).toEqual([
      ['user:tom', 'user:dana'],
    ])
  })

  it('names the row of an action that there is not', () => {
    expect(said(read({ 'users.tsv': `${LIST}${row('X', 'x', 'X', 'X', 'Mitte')}` }, 'ucs'))).toContain(
      'error ucs.unknown_action users.tsv:6 action',
    )
  })
})

describe('a list with columns of its own', () => {
  const STUDENTS =
    'Student Number;Nombre;Apellidos;Grade Level;Campus;Homeroom\n7;Ana;Paz;3;Norte;3B\n8;Li;Wu;3;Norte;3B\n'

  it('guesses what its columns hold from their names, in whose language ever', () => {
    expect(guessMapping('students.csv', utf8(STUDENTS))).toEqual({
      header: true,
      role: 'student',
      columns: {
        id: 'Student Number',
        given: 'Nombre',
        family: 'Apellidos',
        grade: 'Grade Level',
        school: 'Campus',
        section: 'Homeroom',
      },
    })
  })

  it('puts students and paras of two lists into the same classes', () => {
    const { batch, report } = read({
      'students.csv': STUDENTS,
      'paras.csv': 'Employee ID,Full Name,School,Class\np1,"Ortega, Maya",Norte,3B\n',
    })
    expect(report.fit).toBe(true)
    expect(batch.people[0]).toMatchObject({ given: 'Maya', family: 'Ortega' })
    expect(
      batch.relationships.map(({ person, student, role, from }) => [person, student, role, from]),
    ).toEqual([
      ['user:p1', 'user:7', 'para', NOW],
      ['user:p1', 'user:8', 'para', NOW],
    ])
  })

  it('follows a mapping that a person corrected, by header or by number, and takes a first line that is a person', () => {
    const mapping: PlainMapping = {
      'list.csv': { header: false, role: 'student', school: 'Norte', columns: { id: 1, name: 2 } },
    }
    const { batch, report } = read({ 'list.csv': '7,"Paz, Ana"\n8,"Wu, Li"\n' }, 'csv', mapping)
    expect(report.findings).toEqual([])
    expect(batch.students.map(({ sourceId, given, family }) => [sourceId, given, family])).toEqual([
      ['7', 'Ana', 'Paz'],
      ['8', 'Li', 'Wu'],
    ])
  })

  it.each([
    ['without ids', 'First Name,Last Name,Grade\nAna,Paz,3\n', ['error csv.no_id list.csv:1 id']],
    [
      'without a word who they are',
      'ID,First Name,Last Name\n1,Ana,Paz\n',
      ['error csv.no_role list.csv:1 role'],
    ],
    [
      'without a school',
      'ID,First Name,Last Name,Grade\n1,Ana,Paz,3\n',
      ['error csv.no_school list.csv:2 school', 'error csv.no_school list.csv:2 school'],
    ],
    [
      'with a role that nobody knows',
      'ID,First Name,Last Name,Role,School\n1,Ana,Paz,janitor,Norte\n',
      ['error csv.unknown_role list.csv:2 role'],
    ],
  ])('names file, row and field: %s', (_what, text, findings) => {
    const reading = read({ 'list.csv': text })
    expect(reading.report.fit).toBe(false)
    expect(said(reading)).toEqual(findings)
  })
})

describe('Ed-Fi XML', () => {
  const HERE = new URL('./fixtures/edfi/', import.meta.url)
  const files = Object.fromEntries(
    readdirSync(HERE)
      .filter((file) => file.endsWith('.xml'))
      .map((file) => [file, readFileSync(new URL(file, HERE), 'utf8')]),
  )
  const reading = read(files)

  it('reads people, classes, and what programs say of a student, and leaves health and discipline alone', () => {
    expect(reading).toMatchObject({ format: 'edfi', full: true, report: { fit: true } })
    const { batch, extras, report } = reading
    expect(report.created).toMatchObject({ schools: 2, people: 3, students: 2, sections: 1, enrollments: 4 })
    expect(
      batch.students.map(({ given, preferred, initials, grade, school }) => [
        given,
        preferred,
        initials,
        grade,
        school,
      ]),
    ).toEqual([
      ['Bram', null, 'B.M.', 'Second grade', 'org:1001'],
      ['Vincent', 'Vin', 'V.O.', 'Second grade', 'org:1001'],
    ])
    expect(batch.roles.map(({ person, role, school }) => [person, role, school])).toEqual([
      ['user:t1', 'gened_teacher', 'org:1001'],
      ['user:a1', 'para', 'org:1001'],
      ['user:o1', 'volunteer', null],
    ])
    // the aide is staff of the class like its teacher, and sees what an aide sees
    expect(batch.relationships.map(({ person, student, role, to }) => [person, student, role, to])).toEqual([
      ['user:t1', 'user:91', 'gened_teacher', '2026-12-19T06:00:00.000Z'],
      ['user:t1', 'user:92', 'gened_teacher', '2026-12-19T06:00:00.000Z'],
      ['user:a1', 'user:91', 'para', '2026-12-19T06:00:00.000Z'],
      ['user:a1', 'user:92', 'para', '2026-12-19T06:00:00.000Z'],
    ])
    expect(
      extras.facts.map(({ student, kind, tier, from, to, detail }) => ({
        student,
        kind,
        tier,
        from,
        to,
        detail,
      })),
    ).toEqual([
      {
        student: 'user:91',
        kind: 'special_education',
        tier: 'T2',
        from: '2026-08-24',
        to: null,
        detail: {
          program: 'Special Education',
          disabilities: ['Motor impairment', 'Speech or Language Impairment'],
          setting: 'Inside regular class 80% or more of the day',
          hours_per_week: '6',
          iep_begins: '2026-09-01',
          iep_review: '2026-08-27',
        },
      },
      {
        student: 'user:92',
        kind: 'transportation',
        tier: 'T1',
        from: null,
        to: null,
        detail: {
          by: 'School Bus',
          needs: 'Seat Belts and Harnesses',
          bus: 'Bus 3',
          days: ['Monday', 'Friday'],
        },
      },
    ])
    expect(report.ignored).toEqual(['StudentHealth.xml'])
  })

  it('takes the sessions of a school as its terms', () => {
    expect(reading.extras.terms).toEqual([
      {
        id: 'term:["1001 2026-2027 Fall","1001"]',
        school: 'org:1001',
        title: 'Fall',
        from: '2026-08-24',
        to: '2026-12-18',
      },
    ])
  })

  it('takes school days from the calendar of the school, not from that of a student', () => {
    expect(reading.extras.days).toEqual([
      { school: 'org:1001', day: '2026-08-24' },
      { school: 'org:1001', day: '2026-08-25' },
    ])
    expect(said(reading)).toEqual([
      'warning edfi.calendar_not_school EducationOrgCalendar.xml:49 CalendarReference',
      'warning edfi.role_narrowed StaffAssociation.xml:34 StaffClassification',
    ])
  })

  it.each([
    [
      'cut off in the middle',
      'Student.xml',
      (text: string) => text.slice(0, text.indexOf('</Student>')),
      'xml.not_well_formed',
      9,
    ],
    [
      'a document type of its own',
      'Student.xml',
      (text: string) => text.replace('?>', '?>\n<!DOCTYPE x [<!ENTITY a "aaaa">]>'),
      'xml.doctype',
      2,
    ],
    [
      'an id twice',
      'Student.xml',
      (text: string) => text.replace('92</StudentU', '91</StudentU'),
      'edfi.duplicate_id',
      10,
    ],
    [
      'a school that is not there',
      'StudentEnrollment.xml',
      (text: string) => text.replaceAll('<SchoolId>1001<', '<SchoolId>1009<'),
      'edfi.no_school',
      3,
    ],
  ])('names file and row: %s', (_what, file, edit, code, row) => {
    const spoilt = read({ ...files, [file]: edit(files[file] ?? '') })
    expect(spoilt.report.fit).toBe(false)
    expect(spoilt.extras).toEqual({ facts: [], days: [], terms: [] })
    expect(spoilt.report.findings.filter(({ severity }) => severity === 'error')).toContainEqual(
      expect.objectContaining({ code, row }),
    )
  })
})
