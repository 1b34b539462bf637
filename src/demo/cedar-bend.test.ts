import { describe, expect, test } from 'vitest'
import { addDays, daysBetween, weekday } from '../platform/core/days.ts'
import { isUuid } from '../platform/core/ids.ts'
import { instant } from '../platform/records/envelope.ts'
import { cedarBend } from './cedar-bend.ts'
import { CASELOADS, personId, studentId, type StaffKey } from './people.ts'
import { PROGRAMS } from './programs.ts'
import { programId } from './spec.ts'

const school = cedarBend()
const { batch, blocks, schoolDays, assignments, personas } = school
const dayOfType = new Map(schoolDays.map(({ day, type }) => [day, type]))

/** Students tied to an adult at an instant. */
function studentsOf(who: StaffKey, at: string): string[] {
  return batch.relationships
    .filter(({ person, from, to }) => person === personId(who) && from <= at && (to === null || at < to))
    .map(({ student }) => student)
    .toSorted()
}
const ids = (...keys: Parameters<typeof studentId>[0][]) => keys.map(studentId).toSorted()

describe('the school', () => {
  test('is the same at every call and marked as fictional', () => {
    expect(JSON.stringify(cedarBend())).toBe(JSON.stringify(school))
    expect(school.district.demo).toBe(true)
    expect(school.district.name).toContain('fictional')
    for (const { email } of batch.people) expect(email).toMatch(/^[a-z.]+@cedar-bend\.example$/)
  })

  test('every id is a UUID and used once', () => {
    const rows = [
      ...batch.schools,
      ...batch.people,
      ...batch.roles,
      ...batch.students,
      ...batch.sections,
      ...batch.enrollments,
      ...batch.relationships,
      ...blocks,
      ...assignments,
    ].map(({ id }) => id)
    expect(rows.every(isUuid)).toBe(true)
    expect(new Set(rows).size).toBe(rows.length)
    expect(isUuid(school.district.id)).toBe(true)
  })

  test('every reference leads to a row', () => {
    const people = new Set(batch.people.map(({ id }) => id))
    const students = new Set(batch.students.map(({ id }) => id))
    const sections = new Set(batch.sections.map(({ id }) => id))
    for (const { person, student } of batch.relationships)
      expect(people.has(person) && students.has(student)).toBe(true)
    for (const { person, student, section } of batch.enrollments) {
      expect(sections.has(section)).toBe(true)
      expect(person === null ? students.has(student ?? '') : student === null && people.has(person)).toBe(
        true,
      )
    }
    for (const { person } of [...batch.roles, ...personas]) expect(people.has(person)).toBe(true)
  })

  test('has the staff and the four students of the walkthrough', () => {
    const roleOf = (given: string, family: string) => {
      const person = batch.people.find((one) => one.given === given && one.family === family)
      return batch.roles.find((role) => role.person === person?.id)?.role
    }
    expect(roleOf('Maya', 'Ortiz')).toBe('para')
    expect(roleOf('Andre', 'Cole')).toBe('para')
    expect(roleOf('Kim', 'Tran')).toBe('substitute')
    expect(roleOf('Dana', 'Reyes')).toBe('case_manager')
    expect(roleOf('Tom', 'Whitfield')).toBe('gened_teacher')
    expect(roleOf('Priya', 'Nair')).toBe('slp')
    expect(roleOf('Leo', 'Park')).toBe('ot')
    expect(roleOf('Grace', 'Obi')).toBe('pt')
    expect(roleOf('Sam', 'Keller')).toBe('bcba')
    expect(roleOf('Ellen', 'Brooks')).toBe('nurse')
    expect(roleOf('Ruth', 'Abel')).toBe('counselor')
    expect(roleOf('Victor', 'Lang')).toBe('gt_teacher')
    expect(roleOf('Joan', 'Meyer')).toBe('coordinator')
    expect(roleOf('Carla', 'Simmons')).toBe('administrator')
    expect(roleOf('Pat', 'Lowe')).toBe('office')
    expect(roleOf('Edith', 'Hale')).toBe('volunteer')
    const shown = ids('am', 'bk', 'cd', 'dl').map((id) => batch.students.find((one) => one.id === id))
    expect(shown.map((one) => `${one?.given} ${one?.initials} ${one?.grade}`).toSorted()).toEqual([
      'Amari A.M. 3',
      'Bella B.K. 3',
      'Cody C.D. 4',
      'Dina D.L. 5',
    ])
  })

  test('initials, colors and grades are what screens can show', () => {
    for (const { initials, color, grade } of batch.students) {
      expect(initials).toMatch(/^\p{Lu}\.\p{Lu}\.$/u)
      expect([1, 2, 3, 4, 5, 6]).toContain(color)
      expect(['K', '1', '2', '3', '4', '5', '6', '7', '8']).toContain(grade)
    }
    const marks = batch.students.map(({ initials, color }) => `${initials}${color}`)
    expect(new Set(marks).size).toBe(marks.length)
    expect(batch.students).toHaveLength(31)
  })
})

describe('who works with whom', () => {
  const tuesday = '2026-11-03T14:52:00.000Z'

  test('Maya has the four, and nobody else', () => {
    expect(studentsOf('maya', tuesday)).toEqual(ids('am', 'bk', 'cd', 'dl'))
  })

  test('Andre and Nia have none of A.M. and D.L.; Nia shares no student with Maya', () => {
    expect(studentsOf('andre', tuesday)).toEqual(ids('bk', 'cd', 'ef', 'hi', 'ln', 'mw', 'so', 'ta'))
    expect(studentsOf('nia', tuesday)).toEqual(ids('jb', 'lh', 'mf', 'nq'))
  })

  test('Dana holds ten, Irene four, and the caseloads do not overlap', () => {
    expect(studentsOf('dana', tuesday)).toEqual(ids(...CASELOADS.dana))
    expect(studentsOf('dana', tuesday)).toHaveLength(10)
    expect(studentsOf('irene', tuesday)).toEqual(ids(...CASELOADS.irene))
  })

  test('one student went from Maya to Andre over the summer', () => {
    expect(studentsOf('maya', '2026-06-04T20:00:00.000Z')).toContain(studentId('ef'))
    expect(studentsOf('andre', '2026-06-04T20:00:00.000Z')).not.toContain(studentId('ef'))
    expect(studentsOf('maya', '2026-06-05T14:00:00.000Z')).not.toContain(studentId('ef'))
    expect(studentsOf('andre', '2026-08-25T14:00:00.000Z')).toContain(studentId('ef'))
  })

  test('Kim has nobody on Tuesday, and A.M. on Wednesday from 07:15 to 15:30', () => {
    expect(studentsOf('kim', tuesday)).toEqual([])
    // CST is UTC−6 after 1 November 2026.
    expect(studentsOf('kim', '2026-11-04T13:14:59.999Z')).toEqual([])
    expect(studentsOf('kim', '2026-11-04T13:15:00.000Z')).toEqual(ids('am'))
    expect(studentsOf('kim', '2026-11-04T21:29:59.999Z')).toEqual(ids('am'))
    expect(studentsOf('kim', '2026-11-04T21:30:00.000Z')).toEqual([])
  })

  test('every relationship says why, ends after it begins, and carries a role that its adult has', () => {
    const roles = new Map(batch.roles.map(({ person, role }) => [person, role]))
    for (const { person, role, from, to, why } of batch.relationships) {
      expect(why.length).toBeGreaterThan(5)
      expect(instant.safeParse(from).success).toBe(true)
      if (to !== null) expect(to > from).toBe(true)
      expect(roles.get(person)).toBe(role)
    }
  })
})

describe('the calendar', () => {
  test('today is Tuesday 2026-11-03, a B day, and the clock starts at 8:52', () => {
    expect(weekday('2026-11-03')).toBe(2)
    expect(dayOfType.get('2026-11-03')).toBe('B')
    expect(dayOfType.get('2026-11-04')).toBe('A')
    expect(school.startAt).toBe('2026-11-03T14:52:00.000Z')
  })

  test('A and B days take turns in each year; only weekdays, ascending, each once', () => {
    for (const [n, { day, type }] of schoolDays.entries()) {
      expect(weekday(day)).toBeLessThanOrEqual(5)
      const before = schoolDays[n - 1]
      if (!before) continue
      expect(before.day < day).toBe(true)
      if (daysBetween(before.day, day) < 30) expect(type).not.toBe(before.type)
      else expect(type).toBe('A')
    }
  })

  test('closes for the summer, winter, spring and Thanksgiving, and ends before Thanksgiving 2026', () => {
    for (const closed of ['2025-09-01', '2025-11-27', '2025-12-25', '2026-03-25', '2026-07-01', '2026-09-07'])
      expect(dayOfType.has(closed)).toBe(false)
    expect(schoolDays[0]?.day).toBe('2025-08-25')
    expect(schoolDays.at(-1)?.day).toBe('2026-11-24')
    expect(dayOfType.has(addDays('2026-06-04', 1))).toBe(false)
  })
})

describe('the day', () => {
  const blockOf = new Map(blocks.map((block) => [block.id, block]))
  const lines = assignments.map((line) => {
    const block = blockOf.get(line.block)
    if (!block) throw new Error(`no block for ${line.title}`)
    return {
      ...line,
      code: block.code,
      begin: line.start ?? block.start,
      finish: line.end ?? block.end,
      block,
    }
  })

  test('the bell is the one of the walkthrough and has no holes', () => {
    const regular = blocks.filter((block) => block.variant === undefined)
    const start = Object.fromEntries(regular.map((block) => [block.code, block.start]))
    expect(start).toMatchObject({
      PREP: '07:30',
      ARRIVE: '07:50',
      HR: '08:10',
      P1: '08:30',
      P2: '09:20',
      P3: '10:10',
      P4: '11:00',
      LUNCH: '11:30',
      RECESS: '12:05',
      P5: '12:30',
      P6: '13:20',
      P7: '14:10',
      PACK: '14:50',
      BUS: '15:00',
    })
    for (const variant of new Set(blocks.map((block) => block.variant))) {
      const own = blocks.filter((block) => block.variant === variant)
      for (const [n, block] of own.entries()) expect(block.start).toBe(own[n - 1]?.end ?? block.start)
      expect(own.at(-1)?.end).toBe('15:30')
    }
  })

  test('nobody is in two places at once, and every line lies in its block', () => {
    for (const type of ['A', 'B'])
      for (const person of new Set(lines.map((line) => line.person))) {
        const own = lines
          .filter((line) => line.person === person && line.dayTypes.includes(type))
          .toSorted((a, b) => (a.begin < b.begin ? -1 : 1))
        for (const [n, line] of own.entries()) {
          expect(line.begin >= line.block.start && line.finish <= line.block.end).toBe(true)
          const before = own[n - 1]
          if (before) expect(before.finish <= line.begin, `${before.title} / ${line.title}`).toBe(true)
        }
      }
  })

  test('lines name only students of their adult, and programs of those students', () => {
    const studentOfProgram = new Map(PROGRAMS.map(({ key, student }) => [programId(key), studentId(student)]))
    const keyOf = new Map(
      (['maya', 'andre', 'nia', 'dana', 'kim'] as const).map((key) => [personId(key), key]),
    )
    for (const line of lines) {
      const key = keyOf.get(line.person)
      if (!key) throw new Error('unknown adult')
      const allowed = studentsOf(key, key === 'kim' ? '2026-11-04T15:00:00.000Z' : school.startAt)
      for (const student of line.students) expect(allowed, `${key}: ${line.title}`).toContain(student)
      for (const program of line.programs)
        expect(line.students, `${key}: ${line.title}`).toContain(studentOfProgram.get(program))
    }
  })

  test('P B.K. eats and is changed only with somebody trained; C.D. and A.M. have their adult in every class', () => {
    const lessons = (student: 'am' | 'bk' | 'cd', title: RegExp) =>
      lines.filter((line) => line.students.includes(studentId(student)) && title.test(line.title))
    const meals = lessons('bk', /Lunch duty/)
    expect(meals.map(({ purpose, needs }) => [purpose, needs])).toEqual([
      ['care', ['feeding']],
      ['care', ['feeding']],
    ])
    const routines = lessons('bk', /Personal routine/)
    expect(routines).toHaveLength(4)
    for (const { purpose, needs } of routines) expect([purpose, needs]).toEqual(['care', ['toileting']])
    const writing = [...lessons('cd', /Writing/), ...lessons('am', /Writing/)]
    expect(new Set(writing.map(({ purpose }) => purpose))).toEqual(new Set(['one_to_one']))
    for (const line of lines.filter(({ title }) => title === 'Duty-free meal')) expect(line.off).toBe('meal')
  })

  test('at 8:52 on Tuesday Maya runs the fractions table with requesting, hand-washing and the counter', () => {
    const now = lines.find(
      (line) => line.person === personId('maya') && line.dayTypes.includes('B') && line.code === 'P1',
    )
    expect(now?.title).toBe('Fractions, small group')
    expect(now?.students.toSorted()).toEqual(ids('am', 'bk', 'cd', 'dl'))
    expect(now?.programs).toEqual(['am-requesting', 'am-hand-washing', 'cd-leaves-seat'].map(programId))
  })

  test('Maya has a duty-free meal of 30 minutes on both days, and Kim is there on one Wednesday only', () => {
    const meals = lines.filter((line) => line.person === personId('maya') && line.title === 'Duty-free meal')
    expect(meals.map(({ dayTypes, begin, finish }) => [dayTypes, begin, finish])).toEqual([
      [['B'], '12:30', '13:00'],
      [['A'], '11:30', '12:05'],
    ])
    const kim = lines.filter((line) => line.person === personId('kim'))
    expect(kim.length).toBeGreaterThan(10)
    for (const line of kim) expect([line.from, line.to]).toEqual(['2026-11-04', '2026-11-04'])
  })
})

test('the personas are the five of the demo page', () => {
  expect(personas.map(({ id, person, label, at }) => [id, person, label, at])).toEqual([
    ['para', personId('maya'), 'demo.persona.para', '2026-11-03T14:52:00.000Z'],
    ['case-manager', personId('dana'), 'demo.persona.case-manager', '2026-11-03T14:52:00.000Z'],
    ['other-para', personId('andre'), 'demo.persona.other-para', '2026-11-03T14:52:00.000Z'],
    ['coordinator', personId('joan'), 'demo.persona.coordinator', '2026-11-03T14:52:00.000Z'],
    ['substitute', personId('kim'), 'demo.persona.substitute', '2026-11-04T13:40:00.000Z'],
  ])
})
