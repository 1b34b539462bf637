import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it, test } from 'vitest'
import { keptColumns, type KeptRows } from './oneroster-delta.ts'
import { readOneRoster, type OneRosterOptions } from './oneroster.ts'

const HERE = new URL('./fixtures/oneroster/', import.meta.url)
const NOW = '2026-10-06T14:00:00.000Z'

type Edits = Readonly<Record<string, null | string | ((text: string) => string)>>

/** A fixture bundle; an edit replaces a file's text, changes it, adds the file, or takes it away (null). */
function bundle(folder: string, edits: Edits = {}): Map<string, Uint8Array> {
  const files = new Map<string, string>()
  for (const file of readdirSync(new URL(`${folder}/`, HERE))) {
    files.set(file, readFileSync(new URL(`${folder}/${file}`, HERE), 'utf8'))
  }
  for (const [file, edit] of Object.entries(edits)) {
    if (edit === null) files.delete(file)
    else files.set(file, typeof edit === 'string' ? edit : edit(files.get(file) ?? ''))
  }
  return new Map([...files].map(([file, text]) => [file, new TextEncoder().encode(text)]))
}

function read(
  files: ReadonlyMap<string, Uint8Array>,
  options: Partial<OneRosterOptions> & { before?: KeptRows } = {},
) {
  return readOneRoster(files, {
    ids: (type, sourceId) => `${type}:${sourceId}`,
    now: NOW,
    tz: 'America/Chicago',
    ...options,
  })
}

const add = (line: string) => (text: string) => `${text}${line}\n`
const swap = (from: string, to: string) => (text: string) => {
  if (!text.includes(from)) throw new Error(`the fixture has no ${from}`)
  return text.replace(from, to)
}

/** The findings that the sound 1.1 bundle gives after an edit, beyond the two it always has. */
function found(edits: Edits, folder = 'v1p1') {
  return read(bundle(folder, edits))
    .report.findings.filter(
      ({ file, row }) => folder !== 'v1p1' || !(file === 'users.csv' && (row === 7 || row === 13)),
    )
    .map(({ severity, code, file, row, field }) => `${severity} ${code} ${file}:${row} ${field ?? '-'}`)
}

describe('a sound 1.1 bundle', () => {
  const { batch, report } = read(bundle('v1p1'))

  it('is fit, with two things worth a look', () => {
    expect(report.fit).toBe(true)
    expect(report.version).toBe('1.1')
    expect(
      report.findings.map(({ severity, code, file, row, field }) => [severity, code, file, row, field]),
    ).toEqual([
      ['warning', 'oneroster.blank_field', 'users.csv', 7, 'familyName'],
      ['warning', 'oneroster.role_narrowed', 'users.csv', 13, 'role'],
    ])
  })

  it('tells the terms of each school that uses one of them, also of spring, which no class of it names yet', () => {
    const { terms } = read(bundle('v1p1'))
    expect(terms.map(({ school, title, from, to }) => [title, school, from, to])).toEqual(
      [
        ['2026-2027', '2026-08-17', '2027-05-28'],
        ['Fall', '2026-08-17', '2026-12-18'],
        ['Spring', '2027-01-04', '2027-05-28'],
      ].flatMap(([title, from, to]) => ['org:s1', 'org:s2'].map((school) => [title, school, from, to])),
    )
    expect(new Set(terms.map(({ id }) => id)).size).toBe(6)
    // named by no class, they are every school's; one that is taken back is nobody's
    const shared = read(
      bundle('v1p1', {
        'classes.csv': (text) => text.replace('"t1,t2"', '').replace('s2,t1,', 's2,,'),
        'academicSessions.csv': swap('t2,,,', 't2,tobedeleted,,'),
      }),
    )
    expect(shared.terms.map(({ school, title }) => [title, school])).toEqual([
      ['2026-2027', null],
      ['Fall', null],
    ])
  })

  it('counts the rows, roles and statuses of each file', () => {
    expect(report.files['manifest.csv']).toEqual({ rows: 17 })
    expect(report.files['users.csv']).toEqual({
      rows: 13,
      roles: { student: 6, teacher: 2, aide: 1, administrator: 2, proctor: 1, parent: 1 },
      statuses: { '': 13 },
    })
    expect(report.files['enrollments.csv']?.statuses).toEqual({ '': 10, tobedeleted: 1 })
    expect(report.files['demographics.csv']?.rows).toBe(2)
    expect(report.manifest).toEqual({ present: true, saysPresentButMissing: [], presentButUnlisted: [] })
    expect(report.created).toEqual({
      schools: 4,
      people: 7,
      roles: 8,
      students: 6,
      sections: 2,
      enrollments: 11,
      relationships: 12,
    })
  })

  it('keeps the tree of organizations', () => {
    expect(batch.schools.map(({ sourceId, kind, parent }) => [sourceId, kind, parent])).toEqual([
      ['d1', 'district', null],
      ['s1', 'school', 'org:d1'],
      ['s2', 'school', 'org:d1'],
      ['dep1', 'department', 'org:s2'],
    ])
  })

  it('names of every kind survive, and screens get their initials', () => {
    expect(batch.students.map(({ given, family, initials }) => [given, family, initials])).toEqual([
      ['Aoife', 'O’Neil', 'A.O.'],
      ['Bram', 'Mc Intyre', 'B.M.'],
      ['Ñusta', 'Quispe Mamani', 'Ñ.Q.'],
      ['小明', '王', '小.王.'],
      ['ليلى', 'الحسن', 'ل.ا.'],
      ['Kartika', '', 'K.'],
    ])
    expect(batch.people.find((person) => person.sourceId === 'te2')).toMatchObject({
      given: 'Devon',
      family: 'St. Clair, Jr.',
      email: 'd.stclair@maple.example',
    })
  })

  it('gives a student of two schools the first, and the grade', () => {
    expect(batch.students.find((student) => student.sourceId === 'st5')).toMatchObject({
      school: 'org:s2',
      grade: '06',
    })
  })

  it('makes a role at each school, in the district, or at the school of a department', () => {
    expect(batch.roles.map(({ person, role, school, from }) => [person, role, school, from])).toEqual([
      // 2026-08-17 begins at 05:00 UTC in Chicago (daylight time): the first day of their classes.
      ['user:te1', 'gened_teacher', 'org:s1', '2026-08-17T05:00:00.000Z'],
      ['user:te2', 'gened_teacher', 'org:s2', '2026-08-17T05:00:00.000Z'],
      ['user:ai1', 'para', 'org:s1', '2026-08-17T05:00:00.000Z'],
      ['user:ai1', 'para', 'org:s2', '2026-08-17T05:00:00.000Z'],
      ['user:ad1', 'administrator', null, NOW],
      ['user:ad2', 'administrator', 'org:s2', NOW],
      ['user:pr1', 'volunteer', 'org:s2', '2026-08-17T05:00:00.000Z'],
      ['user:pa1', 'guardian', 'org:s1', NOW],
    ])
  })

  it('takes dates from the enrollment, else from the terms of the class', () => {
    expect(batch.sections[0]).toEqual({
      id: 'class:c1',
      sourceId: 'c1',
      school: 'org:s1',
      title: 'Room 12',
      course: 'Grade 2 Homeroom',
      terms: ['Fall', 'Spring'],
    })
    expect(
      batch.enrollments.map(({ sourceId, student, person, role, from, to }) => [
        sourceId,
        student ?? person,
        role,
        from,
        to,
      ]),
    ).toEqual([
      ['e1', 'user:st1', 'student', '2026-08-17', '2027-05-28'],
      ['e2', 'user:st2', 'student', '2026-09-08', '2027-05-28'],
      ['e3', 'user:st3', 'student', '2026-08-17', '2026-09-30'],
      ['e4', 'user:st4', 'student', '2026-08-17', '2026-12-18'],
      ['e5', 'user:st5', 'student', '2026-08-17', '2026-12-18'],
      // To be deleted, last changed on September 14: it ended then, and is not gone.
      ['e6', 'user:st6', 'student', '2026-08-17', '2026-09-14'],
      ['e7', 'user:te1', 'gened_teacher', '2026-08-17', '2027-05-28'],
      ['e8', 'user:te2', 'gened_teacher', '2026-08-17', '2026-12-18'],
      // Enrolled as teachers, but aides: they see what an aide sees.
      ['e9', 'user:ai1', 'para', '2026-08-17', '2026-10-30'],
      ['e10', 'user:ai1', 'para', '2026-08-17', '2026-12-18'],
      ['e11', 'user:pr1', 'volunteer', '2026-08-17', '2026-12-18'],
    ])
  })

  it('relates each adult of a class with each student while both are in it, the last day included', () => {
    const of = (person: string) =>
      batch.relationships
        .filter((relationship) => relationship.person === `user:${person}`)
        .map(({ student, role, from, to, why }) => [student, role, from, to, why])
    expect(of('te1')).toEqual([
      ['user:st1', 'gened_teacher', '2026-08-17T05:00:00.000Z', '2027-05-29T05:00:00.000Z', 'Room 12'],
      ['user:st2', 'gened_teacher', '2026-09-08T05:00:00.000Z', '2027-05-29T05:00:00.000Z', 'Room 12'],
      ['user:st3', 'gened_teacher', '2026-08-17T05:00:00.000Z', '2026-10-01T05:00:00.000Z', 'Room 12'],
    ])
    expect(of('ai1').map((row) => [row[0], row[1], row[3]])).toEqual([
      ['user:st1', 'para', '2026-10-31T05:00:00.000Z'],
      ['user:st2', 'para', '2026-10-31T05:00:00.000Z'],
      ['user:st3', 'para', '2026-10-01T05:00:00.000Z'],
      // December 19 begins at 06:00 UTC: standard time.
      ['user:st4', 'para', '2026-12-19T06:00:00.000Z'],
      ['user:st5', 'para', '2026-12-19T06:00:00.000Z'],
      ['user:st6', 'para', '2026-09-15T05:00:00.000Z'],
    ])
  })

  it('opens no record to guardians, proctors and administrators', () => {
    const people = new Set(batch.relationships.map((relationship) => relationship.person))
    expect([...people].toSorted()).toEqual(['user:ai1', 'user:te1', 'user:te2'])
  })

  it('gives the same batch again', () => {
    expect(read(bundle('v1p1')).batch).toEqual(batch)
    const ids = Object.values(batch).flatMap((rows) => rows.map((row: { readonly id: string }) => row.id))
    expect(new Set(ids).size).toBe(ids.length)
  })
})

describe('a sound 1.2 bundle', () => {
  const { batch, report } = read(bundle('v1p2'))

  it('takes roles from roles.csv and leaves userProfiles alone', () => {
    expect(report).toMatchObject({ fit: true, version: '1.2', findings: [], ignored: ['userProfiles.csv'] })
    expect(report.files['roles.csv']?.roles).toEqual({
      student: 3,
      teacher: 1,
      principal: 1,
      'ext:paraprofessional': 1,
      systemAdministrator: 1,
    })
    expect(batch.roles.map(({ person, role, school, from, to }) => [person, role, school, from, to])).toEqual(
      [
        // She was a principal until June 30; that role is not in force.
        ['user:te1', 'gened_teacher', 'org:s1', '2024-08-12T05:00:00.000Z', null],
        ['user:ai1', 'para', 'org:s1', '2025-08-11T05:00:00.000Z', '2027-05-29T05:00:00.000Z'],
        ['user:it1', 'it_admin', null, '2020-07-01T05:00:00.000Z', null],
      ],
    )
  })

  it('uses the preferred name for initials and the primary role for the school', () => {
    expect(
      batch.students.map(({ given, preferred, initials, school }) => [given, preferred, initials, school]),
    ).toEqual([
      ['Alexandria', 'Sasha', 'S.F.', 'org:s1'],
      ['Zoë', null, 'Z.V.', 'org:s1'],
    ])
  })

  it('oneroster.blank_field: a user without any role', () => {
    expect(found({ 'roles.csv': swap('r7,,,it1', 'r7,,,te1') }, 'v1p2')).toEqual([
      'error oneroster.blank_field users.csv:6 role',
    ])
  })

  it('a student whose roles have all ended leaves the class', () => {
    const { batch: later } = read(
      bundle('v1p2', { 'roles.csv': swap('r1,,,st1', 'r1,tobedeleted,2026-09-25,st1') }),
    )
    expect(later.enrollments[0]).toMatchObject({ student: 'user:st1', to: '2026-09-25' })
    expect(later.relationships.filter((row) => row.student === 'user:st1').map((row) => row.to)).toEqual([
      '2026-09-26T05:00:00.000Z',
      '2026-09-26T05:00:00.000Z',
    ])
  })

  it('an unreadable roles.csv stops the import without blaming every other row', () => {
    const { report: spoilt } = read(bundle('v1p2', { 'roles.csv': swap('userSourcedId', 'usrSourcedId') }))
    expect(spoilt.fit).toBe(false)
    expect(spoilt.findings.map(({ code, file }) => [code, file])).toEqual([
      ['csv.misspelt_header', 'roles.csv'],
    ])
  })
})

describe('version 1.0', () => {
  it('is read under its own column names, without a manifest', () => {
    const files = bundle('v1p1', {
      'manifest.csv': null,
      'users.csv': (text) => text.replace(',userIds,', ',userId,').replace('agentSourcedIds', 'agents'),
      'classes.csv': (text) => text.replace('grades', 'grade').replace('termSourcedIds', 'termSourcedId'),
      'courses.csv': (text) => text.replace('schoolYearSourcedId', 'schoolYearId').replace('grades', 'grade'),
      'demographics.csv': (text) =>
        text.replace('sourcedId', 'userSourcedId').replace('birthDate', 'birthdate'),
      'orgs.csv': (text) =>
        text.replace('identifier,', 'identifier,metadata.boarding,').replace(/(\d{3}|department,),/g, '$1,,'),
    })
    const { batch, report } = read(files)
    expect(report.version).toBeNull()
    expect(report.fit).toBe(true)
    expect(report.manifest).toEqual({
      present: false,
      saysPresentButMissing: [],
      presentButUnlisted: [
        'orgs',
        'academicSessions',
        'courses',
        'users',
        'classes',
        'enrollments',
        'demographics',
      ],
    })
    expect(batch).toEqual(read(bundle('v1p1')).batch)
  })
})

describe('never half an import', () => {
  it('one error and nothing goes in', () => {
    const { batch, report } = read(bundle('broken'))
    expect(report.fit).toBe(false)
    expect(Object.values(batch).every((rows) => rows.length === 0)).toBe(true)
    expect(Object.values(report.created)).toEqual([0, 0, 0, 0, 0, 0, 0])
    expect(
      report.findings
        .filter((finding) => finding.severity === 'error')
        .map(({ code, file, row, field }) => `${code} ${file}:${row} ${field ?? '-'}`),
    ).toEqual([
      'csv.ragged_row users.csv:15 password',
      'oneroster.duplicate_id users.csv:16 sourcedId',
      'oneroster.unknown_status users.csv:17 status',
      'oneroster.unknown_role users.csv:18 role',
      'oneroster.blank_field users.csv:19 sourcedId',
      'oneroster.dangling_reference enrollments.csv:13 classSourcedId',
      'oneroster.dangling_reference enrollments.csv:14 userSourcedId',
      'oneroster.bad_date enrollments.csv:15 beginDate',
      'oneroster.dates_reversed enrollments.csv:16 endDate',
      'oneroster.role_conflict enrollments.csv:17 role',
      'oneroster.reference_left_out enrollments.csv:18 userSourcedId',
    ])
  })

  it('allowPartial leaves out the bad rows and what points to them, and nothing else', () => {
    const { batch, report } = read(bundle('broken'), { allowPartial: true })
    expect(report.fit).toBe(true)
    expect(batch).toEqual(read(bundle('v1p1')).batch)
  })

  it('an error in a header or of a whole file stops the import even with allowPartial', () => {
    const spoilt: Edits[] = [
      { 'users.csv': swap('familyName', 'famliyName') },
      { 'orgs.csv': null },
      { 'manifest.csv': swap('oneroster.version,1.1', 'oneroster.version,2.0') },
    ]
    for (const edits of spoilt) {
      const { batch, report } = read(bundle('v1p1', edits), { allowPartial: true })
      expect(report.fit).toBe(false)
      expect(batch.students).toEqual([])
    }
  })

  it('no message quotes a name or an address', () => {
    const { report } = read(bundle('broken'))
    const said = report.findings.map((finding) => finding.message).join('\n')
    for (const name of ['Pell', 'Otto', 'Uma', 'Ferris', 'Kartika', '@']) expect(said).not.toContain(name)
  })
})

test('enrollments without ids, as School Data Sync V2 writes them, are told apart by what they say', () => {
  const bare = (text: string) =>
    text
      .split('\n')
      .map((line) => line.split(',').slice(3, 7).join(','))
      .join('\n')
  expect(found({ 'enrollments.csv': bare }, 'v1p1')).toContain(
    'warning oneroster.no_enrollment_ids enrollments.csv:1 sourcedId',
  )
  const { batch, report } = read(bundle('v1p1', { 'enrollments.csv': bare }))
  expect(report.fit).toBe(true)
  expect(batch.enrollments).toHaveLength(11)
  expect(new Set(batch.enrollments.map(({ id }) => id)).size).toBe(11)
  // an id that is misspelt is still no id
  expect(found({ 'enrollments.csv': swap('sourcedId,status', 'sourcdId,status') })[0]).toBe(
    'error csv.misspelt_header enrollments.csv:1 sourcdId',
  )
})

describe('a file that holds only what changed', () => {
  const { kept, batch } = read(bundle('v1p1'))
  const MANIFEST =
    'propertyName,value\nmanifest.version,1.0\noneroster.version,1.1\nfile.orgs,absent\nfile.users,delta\n'
  const HEAD =
    'sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,givenName,familyName,grades\n'
  const over = (users: string, manifest = MANIFEST, more: Record<string, string> = {}) =>
    read(
      new Map(
        Object.entries({ 'manifest.csv': manifest, 'users.csv': HEAD + users, ...more }).map(
          ([file, text]) => [file, new TextEncoder().encode(text)],
        ),
      ),
      { before: kept },
    )
  const findings = (reading: ReturnType<typeof over>) =>
    reading.report.findings.map(
      ({ severity, code, file, row, field }) => `${severity} ${code} ${file}:${row} ${field ?? '-'}`,
    )

  it('leaves who is not in it as they were, and changes and adds who is', () => {
    const changed = over(
      'st2,active,2026-10-05T08:00:00Z,true,s1,student,Abraham,Mc Intyre,03\n' +
        'st7,active,2026-10-05T08:00:00Z,true,s2,student,Noor,Haddad,06\n',
    )
    expect(findings(changed)).toEqual([])
    expect(changed.report.fit).toBe(true)
    expect(changed.batch.students.map(({ sourceId, given, grade }) => [sourceId, given, grade])).toEqual([
      ['st1', 'Aoife', '02'],
      ['st2', 'Abraham', '03'],
      ['st3', 'Ñusta', '02'],
      ['st4', '小明', '06'],
      ['st5', 'ليلى', '06'],
      ['st6', 'Kartika', '06'],
      ['st7', 'Noor', '06'],
    ])
    expect(changed.batch.enrollments).toEqual(batch.enrollments)
    expect(changed.batch.relationships).toEqual(batch.relationships)
    // and the next file of changes is laid over both
    expect(changed.kept.get('users')?.map((row) => row['sourcedId'])).toContain('st7')
    expect(changed.kept.get('enrollments')).toHaveLength(11)
  })

  it('ends what its rows say is to be deleted, from then on and no later when it is read again', () => {
    const enrollments =
      'sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,role\n'
    const gone = over('', `${MANIFEST}file.enrollments,delta\n`, {
      'enrollments.csv': `${enrollments}e10,tobedeleted,,c2,s2,ai1,teacher\n`,
    })
    expect(findings(gone)).toEqual([])
    const aide = (reading: ReturnType<typeof over>) =>
      reading.batch.relationships
        .filter(({ person, student }) => person === 'user:ai1' && student === 'user:st4')
        .map(({ to }) => to)
    expect(aide(read(bundle('v1p1')))).toEqual(['2026-12-19T06:00:00.000Z'])
    // with the import; read again later, on that day
    expect(aide(gone)).toEqual([NOW])
    const later = readOneRoster(
      new Map([['manifest.csv', new TextEncoder().encode(MANIFEST.replace('file.users,delta\n', ''))]]),
      {
        ids: (type, sourceId) => `${type}:${sourceId}`,
        now: '2026-11-06T14:00:00.000Z',
        tz: 'America/Chicago',
        before: gone.kept,
      },
    )
    // nothing of it is changes, so nothing is laid over: a whole export without files is refused
    expect(later.report.fit).toBe(false)
    const again = readOneRoster(
      new Map([
        ['manifest.csv', new TextEncoder().encode(MANIFEST)],
        ['users.csv', new TextEncoder().encode(HEAD)],
      ]),
      {
        ids: (type, sourceId) => `${type}:${sourceId}`,
        now: '2026-11-06T14:00:00.000Z',
        tz: 'America/Chicago',
        before: gone.kept,
      },
    )
    expect(aide(again)).toEqual(['2026-10-07T05:00:00.000Z'])
  })

  it('an older row does not undo a newer one, and a row without a status is looked at', () => {
    const newer = over('st2,active,2026-10-05T08:00:00Z,true,s1,student,Abraham,Mc Intyre,03\n')
    const older = read(
      new Map([
        ['manifest.csv', new TextEncoder().encode(MANIFEST)],
        [
          'users.csv',
          new TextEncoder().encode(
            `${HEAD}st2,active,2026-10-04T08:00:00Z,true,s1,student,Bram,Mc Intyre,02\nst3,,,true,s1,student,Nusta,Quispe,02\n`,
          ),
        ],
      ]),
      { before: newer.kept },
    )
    expect(older.batch.students.slice(1, 3).map(({ given }) => given)).toEqual(['Abraham', 'Nusta'])
    expect(findings(older)).toEqual([
      'warning oneroster.delta_stale users.csv:2 dateLastModified',
      'warning oneroster.delta_without_status users.csv:3 status',
    ])
  })

  it('what points to nobody is an error by its own row, and an id twice is one', () => {
    const spoilt = over(
      'st8,active,2026-10-05,true,s9,student,No,School,01\nst1,active,2026-10-05,true,s1,student,A,B,02\nst1,active,2026-10-05,true,s1,student,A,B,02\n',
    )
    expect(spoilt.report.fit).toBe(false)
    expect(findings(spoilt).filter((one) => one.startsWith('error'))).toContain(
      'error oneroster.duplicate_id users.csv:4 sourcedId',
    )
    expect(findings(spoilt).some((one) => one.includes('users.csv:2 '))).toBe(true)
  })

  it('keeps no password and no telephone number', () => {
    expect(keptColumns('users').filter((column) => /password|phone|sms/.test(column))).toEqual([])
  })
})

describe('files and manifest', () => {
  it.each<[string, Edits, string[]]>([
    ['unknown_file', { 'teachers.csv': 'a,b\n' }, ['warning oneroster.unknown_file teachers.csv:0 -']],
    ['duplicate_file', { 'Users.CSV': 'sourcedId\n' }, ['error oneroster.duplicate_file Users.CSV:0 -']],
    [
      'manifest_file_missing',
      { 'courses.csv': null, 'classes.csv': (text) => text.replaceAll(/co\d/g, '') },
      ['error oneroster.manifest_file_missing manifest.csv:8 value'],
    ],
    [
      'manifest_file_missing for a file that is not used',
      { 'manifest.csv': swap('results,absent', 'results,bulk') },
      ['warning oneroster.manifest_file_missing manifest.csv:15 value'],
    ],
    [
      'delta_without_full',
      { 'manifest.csv': swap('users,bulk', 'users,delta') },
      ['error oneroster.delta_without_full manifest.csv:16 value'],
    ],
    [
      'manifest_value',
      { 'manifest.csv': swap('results,absent', 'results,none') },
      ['error oneroster.manifest_value manifest.csv:15 value'],
    ],
    [
      'manifest_contradicted',
      { 'manifest.csv': swap('demographics,bulk', 'demographics,absent') },
      ['error oneroster.manifest_contradicted manifest.csv:10 value'],
    ],
    [
      'file_unlisted',
      { 'manifest.csv': swap('file.demographics,bulk\n', '') },
      ['warning oneroster.file_unlisted manifest.csv:0 -'],
    ],
    [
      'unknown_version',
      { 'manifest.csv': swap('oneroster.version,1.1', 'oneroster.version,2.0') },
      ['error oneroster.unknown_version manifest.csv:3 value'],
    ],
    [
      'no_version',
      { 'manifest.csv': swap('oneroster.version,1.1\n', '') },
      ['warning oneroster.no_version manifest.csv:0 -'],
    ],
    ['no_manifest', { 'manifest.csv': null }, ['warning oneroster.no_manifest manifest.csv:0 -']],
  ])('oneroster.%s', (_, edits, expected) => {
    expect(found(edits)).toEqual(expected)
  })

  it('oneroster.missing_file', () => {
    const { report } = read(new Map())
    expect(report.findings.map(({ code, file, severity }) => [code, file, severity])).toEqual([
      ['oneroster.no_manifest', 'manifest.csv', 'warning'],
      ['oneroster.missing_file', 'orgs.csv', 'error'],
      ['oneroster.missing_file', 'users.csv', 'error'],
    ])
    expect(report.fit).toBe(false)
  })

  it('reports what the manifest announces and nobody sent, and what came unannounced', () => {
    const { report } = read(
      bundle('v1p1', { 'courses.csv': null, 'manifest.csv': swap('file.demographics,bulk\n', '') }),
    )
    expect(report.manifest).toEqual({
      present: true,
      saysPresentButMissing: ['courses'],
      presentButUnlisted: ['demographics'],
    })
  })

  it('does not mind folders, case, or files that are no CSV', () => {
    const files = new Map([...bundle('v1p1')].map(([file, bytes]) => [`export/${file}`, bytes]))
    files.set('export/README.txt', new Uint8Array())
    expect(read(files).report.fit).toBe(true)
  })
})

describe('rows', () => {
  it.each<[string, Edits, string[]]>([
    [
      'blank_field: an enrollment without a class, a user or a role',
      {
        'enrollments.csv': (text) =>
          `${text}e20,,,,s1,st1,student,,,\ne21,,,c1,s1,,student,,,\ne22,,,c1,s1,st1,,,,\n`,
      },
      [
        'error oneroster.blank_field enrollments.csv:13 classSourcedId',
        'error oneroster.blank_field enrollments.csv:14 userSourcedId',
        'error oneroster.blank_field enrollments.csv:15 role',
      ],
    ],
    [
      'blank_field: a user without a name',
      { 'users.csv': add('st7,,,true,s1,student,st7,,,,,,,,,,02,') },
      ['error oneroster.blank_field users.csv:15 givenName'],
    ],
    [
      'blank_field: names of things, which their ids stand in for',
      {
        'orgs.csv': swap('Tamarack Special Services', ''),
        'classes.csv': swap('Math 6 A,06,co2,MA6-A', ',06,co2,'),
        'academicSessions.csv': swap('2026-12-18', ''),
      },
      [
        'warning oneroster.blank_field orgs.csv:5 name',
        'warning oneroster.blank_field academicSessions.csv:3 endDate',
        'warning oneroster.blank_field classes.csv:3 title',
      ],
    ],
    [
      'spreadsheet_number',
      { 'users.csv': add('6.04863E+15,,,true,s1,student,x,,Ora,Pell,,,,,,,02,') },
      ['error oneroster.spreadsheet_number users.csv:15 sourcedId'],
    ],
    [
      'unknown_role: in a class',
      { 'enrollments.csv': swap('te1,teacher', 'te1,wizard') },
      ['error oneroster.unknown_role enrollments.csv:8 role'],
    ],
    [
      'bad_email',
      { 'users.csv': swap('r.achterberg@maple.example', 'r.achterberg') },
      ['warning oneroster.bad_email users.csv:8 email'],
    ],
    [
      'no_school: an adult of no school that is there',
      { 'users.csv': swap('true,dep1,administrator', 'true,dep9,administrator') },
      [
        'warning oneroster.dangling_reference users.csv:12 orgSourcedIds',
        'warning oneroster.no_school users.csv:12 orgSourcedIds',
      ],
    ],
    [
      'no_school: a student of no school and no class',
      { 'users.csv': add('st7,,,true,,student,st7,,Ora,Pell,,,,,,,02,') },
      ['error oneroster.no_school users.csv:15 orgSourcedIds'],
    ],
    [
      'unknown_org_type',
      { 'orgs.csv': swap('department', 'guild') },
      ['warning oneroster.unknown_org_type orgs.csv:5 type'],
    ],
    [
      'org_cycle',
      { 'orgs.csv': swap('district,100,', 'district,100,dep1') },
      ['warning oneroster.org_cycle orgs.csv:5 parentSourcedId'],
    ],
    [
      'no_term',
      { 'classes.csv': swap('"t1,t2"', '') },
      ['warning oneroster.no_term classes.csv:2 termSourcedIds'],
    ],
    [
      'dangling_reference: what a row can do without',
      {
        'orgs.csv': swap('102,d1', '102,d9'),
        'academicSessions.csv': swap('2027-05-28,y27', '2027-05-28,y99'),
        'courses.csv': (text) => text.replace('y27', 'y99').replace('06,d1', '06,d9'),
        'classes.csv': (text) => text.replace('co1', 'co9').replace('t1,t2', 't1,t9'),
        'users.csv': swap('pa1,02', 'pa9,02'),
        'enrollments.csv': swap('c1,s1,st1', 'c1,s9,st1'),
        'demographics.csv': swap('st2', 'st99'),
      },
      [
        'warning oneroster.dangling_reference orgs.csv:4 parentSourcedId',
        'warning oneroster.dangling_reference academicSessions.csv:4 parentSourcedId',
        'warning oneroster.dangling_reference courses.csv:2 schoolYearSourcedId',
        'warning oneroster.dangling_reference courses.csv:3 orgSourcedId',
        'warning oneroster.dangling_reference users.csv:2 agentSourcedIds',
        'warning oneroster.dangling_reference classes.csv:2 courseSourcedId',
        'warning oneroster.dangling_reference classes.csv:2 termSourcedIds',
        'warning oneroster.dangling_reference enrollments.csv:2 schoolSourcedId',
        'warning oneroster.dangling_reference demographics.csv:3 sourcedId',
      ],
    ],
    [
      'dangling_reference: a class without its school cannot go in, and its enrollments neither',
      {
        'classes.csv': swap('204,s2,t1', '204,s9,t1'),
        'enrollments.csv': (text) =>
          text.replaceAll(/^e([4568]|1[01]),.*\n/gm, '') + 'e30,,,c2,s2,te2,teacher,,,\n',
      },
      [
        'error oneroster.dangling_reference classes.csv:3 schoolSourcedId',
        'error oneroster.reference_left_out enrollments.csv:7 classSourcedId',
      ],
    ],
    [
      'bad_date: a term that cannot be read leaves its class without it',
      { 'academicSessions.csv': swap('2027-01-04', '2027-02-30') },
      [
        'error oneroster.bad_date academicSessions.csv:4 startDate',
        'warning oneroster.reference_left_out classes.csv:2 termSourcedIds',
      ],
    ],
    [
      'role_conflict: an adult enrolled as a student',
      { 'enrollments.csv': swap('te1,teacher,true', 'te1,student,true') },
      ['error oneroster.role_conflict enrollments.csv:8 role'],
    ],
    [
      'role_conflict: a guardian enrolled as a teacher',
      { 'enrollments.csv': add('e20,,,c1,s1,pa1,teacher,,,') },
      ['error oneroster.role_conflict enrollments.csv:13 role'],
    ],
  ])('oneroster.%s', (_, edits, expected) => {
    expect(found(edits)).toEqual(expected)
  })

  it('oneroster.role_conflict: a user who is student and adult at once', () => {
    expect(found({ 'roles.csv': add('r8,,,st1,secondary,aide,,,s2,') }, 'v1p2')[0]).toBe(
      'error oneroster.role_conflict users.csv:2 role',
    )
  })
})

describe('what ends', () => {
  const relationshipsWith = (edits: Edits, student: string, person: string) =>
    read(bundle('v1p1', edits))
      .batch.relationships.filter(
        (row) => row.student === `user:${student}` && row.person === `user:${person}`,
      )
      .map(({ from, to }) => [from, to])

  it('an adult who is to be deleted without a date loses access at once, not at midnight', () => {
    const edits = { 'users.csv': swap('te1,,,', 'te1,tobedeleted,,') }
    expect(relationshipsWith(edits, 'st1', 'te1')).toEqual([['2026-08-17T05:00:00.000Z', NOW]])
    const { batch } = read(bundle('v1p1', edits))
    expect(batch.roles.find((role) => role.person === 'user:te1')?.to).toBe(NOW)
    expect(batch.people.some((person) => person.sourceId === 'te1')).toBe(true)
    expect(batch.enrollments.find((row) => row.sourceId === 'e7')?.to).toBe('2026-10-06')
  })

  it('a disabled account loses access; the class list stays', () => {
    const edits = { 'users.csv': swap('te1,,,true', 'te1,,,false') }
    expect(relationshipsWith(edits, 'st1', 'te1')).toEqual([['2026-08-17T05:00:00.000Z', NOW]])
    expect(read(bundle('v1p1', edits)).batch.enrollments.find((row) => row.sourceId === 'e7')?.to).toBe(
      '2027-05-28',
    )
  })

  it('a student whose account is disabled still comes to school', () => {
    const edits = { 'users.csv': swap('st1,,,true', 'st1,,,false') }
    expect(relationshipsWith(edits, 'st1', 'te1')).toEqual(relationshipsWith({}, 'st1', 'te1'))
  })

  it('a class or a school that is to be deleted ends what was in it', () => {
    const classGone = { 'classes.csv': swap('c1,,', 'c1,tobedeleted,2026-09-20') }
    expect(relationshipsWith(classGone, 'st1', 'te1')).toEqual([
      ['2026-08-17T05:00:00.000Z', '2026-09-21T05:00:00.000Z'],
    ])
    const schoolGone = { 'orgs.csv': swap('s1,,', 's1,tobedeleted,2026-09-20') }
    expect(relationshipsWith(schoolGone, 'st1', 'te1')).toEqual([
      ['2026-08-17T05:00:00.000Z', '2026-09-21T05:00:00.000Z'],
    ])
  })

  it('an enrollment that was taken back before it began opens nothing', () => {
    const edits = {
      'enrollments.csv': swap(
        'e2,,,c1,s1,st2,student,,2026-09-08,',
        'e2,tobedeleted,2026-08-20,c1,s1,st2,student,,2026-09-08,',
      ),
    }
    expect(relationshipsWith(edits, 'st2', 'te1')).toEqual([])
    expect(read(bundle('v1p1', edits)).batch.enrollments[1]).toMatchObject({
      from: '2026-08-20',
      to: '2026-08-20',
    })
  })

  it('two classes make one relationship while they touch, and two with a gap between', () => {
    const twice = (from: string, to: string): Edits => ({
      'enrollments.csv': (text) =>
        `${text}e30,,,c2,s2,te1,teacher,,${from},${to}\ne31,,,c2,s2,st3,student,,${from},${to}\n`,
    })
    // st3 leaves Room 12 on September 30.
    expect(relationshipsWith(twice('2026-10-01', '2026-11-05'), 'st3', 'te1')).toEqual([
      ['2026-08-17T05:00:00.000Z', '2026-11-06T06:00:00.000Z'],
    ])
    expect(relationshipsWith(twice('2026-10-02', '2026-11-05'), 'st3', 'te1')).toEqual([
      ['2026-08-17T05:00:00.000Z', '2026-10-01T05:00:00.000Z'],
      ['2026-10-02T05:00:00.000Z', '2026-11-06T06:00:00.000Z'],
    ])
    const { batch } = read(bundle('v1p1', twice('2026-09-01', '2026-11-05')))
    expect(
      batch.relationships.find((row) => row.student === 'user:st3' && row.person === 'user:te1')?.why,
    ).toBe('Room 12, Math 6 A')
  })

  it('without any date access begins with the import and stays open', () => {
    const edits = { 'classes.csv': swap('"t1,t2"', '') }
    expect(relationshipsWith(edits, 'st1', 'te1')).toEqual([[NOW, null]])
  })
})
