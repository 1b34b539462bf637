/**
 * G7 as a matrix: every route that the running server has × everybody who might ask. Each row says what is asked, and
 * with which status each of them is answered; whoever asks, not one byte of a student out of their reach is in the
 * answer: no name, no initials, no note, no id of the student, of a program, of a record. A route without a row fails
 * the test, and so does a role. One engine is enough: what PostgreSQL itself must hold is in walls and kinds.
 */
import { createECDH } from 'node:crypto'
import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { FastifyInstance } from 'fastify'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadSchedule } from '../capabilities/schedule/server/queries.ts'
import { dayOf } from '../platform/core/days.ts'
import type { Tier } from '../platform/records/registry.ts'
import { base64urlOf } from '../platform/records/sealed.ts'
import type { PushResponse, SealedPushResponse } from '../platform/records/wire.ts'
import { testEngines } from '../platform/server/testing.ts'
import { openRunning, type Answer, type Running, type Visitor } from './running.ts'
import { device, id, TZ } from './school.ts'
import {
  actorOf,
  districtId,
  finalBody,
  loadWorld,
  may,
  mayHear,
  memberOf,
  MEMBERS,
  personOf,
  programId,
  push,
  sessionBy,
  STUDENT_NAMES,
  STUDENTS,
  studentId,
  TEAM,
  type DistrictName,
  type Mark,
  type Member,
  type StudentName,
  type World,
} from './world.ts'

/** Nobody is signed in; or somebody whom no district knows. */
type Asker = Member | 'nobody' | 'no district'

interface Ask {
  readonly path: string
  readonly method?: string
  readonly body?: unknown
  /** Status for somebody of a district; whoever belongs to none gets what the row says. */
  readonly want: number
  /** What else must hold. */
  readonly check?: (answer: Answer) => void
  /** Where the page after this one is. */
  readonly next?: (answer: Answer) => string | null
  /** A first look at a stream that does not end. */
  readonly stream?: boolean
}

interface Row {
  /** Answers whoever asks, the same: asked by those who are not signed in, and by the first and the last of the members. */
  readonly open?: true
  readonly asks: (place: Place, member: Member) => readonly Ask[]
}

/** What there is to be found, known to the test only. */
interface Place {
  readonly world: World
  readonly marks: Mark[]
  readonly epochs: Readonly<Record<DistrictName, string>>
  /** Of students and of members: their numbers are one district's own. */
  readonly auds: readonly { district: DistrictName; aud: number; of: string; tier: Tier }[]
  /** Entries of the inbox: of each student, and of a sender who named none. */
  readonly entries: readonly { entry: string; student: StudentName | null; sender: string }[]
  readonly now: number
}

const page = (path: string, want = 200): Row => ({ open: true, asks: () => [{ path, want }] })
/** A sealed record of nobody's. */
const SEALED = {
  key: id('no key'),
  enc: base64urlOf(new Uint8Array(65)),
  iv: base64urlOf(new Uint8Array(12)),
  ct: base64urlOf(new Uint8Array(80)),
}
const WIDE = ['coordinator', 'administrator', 'office']
const LEADERS = ['coordinator', 'administrator']

const SCHOOLS = ['elm', 'lea', 'pine'] as const

/** Who leads a school: coordinator and administrator, there or in the whole district. */
function leadsAt({ role, district, school }: Member, there: (typeof SCHOOLS)[number]): boolean {
  const here = district === (there === 'pine' ? 'birch' : 'cedar') && (school === null || school === there)
  return here && ['coordinator', 'administrator'].includes(role)
}

/** Who may ask an aide of the school of `para`: its teachers, and who leads it. */
function asksAides({ role, district, school }: Member): boolean {
  const asks = ['case_manager', 'gened_teacher', 'gt_teacher', 'coordinator', 'administrator']
  return asks.includes(role) && district === 'cedar' && (school === null || school === 'elm')
}

/** A route of each school, for who leads it; for anybody else the school is not there. */
function ofSchools(rest: string, body?: (member: Member, school: string) => unknown): Row {
  return {
    asks: (_place, member) =>
      SCHOOLS.map((school) => ({
        path: `/api/schools/${id(`world ${school}`)}/${rest}`,
        ...(body ? { method: 'POST', body: body(member, school) } : {}),
        want: leadsAt(member, school) ? 200 : 404,
      })),
  }
}

/** Who decides what a student is owed: their case manager, and who leads their school. */
function owes(member: Member, student: StudentName): boolean {
  return (
    may(member, 'T0', student) &&
    (member.role === 'case_manager' || leadsAt(member, STUDENTS[student].school))
  )
}

/** A service of a student: there for who works with them and who leads their school. */
function ofService(member: Member, student: StudentName): number {
  if (owes(member, student)) return 200
  return may(member, 'T0', student) && !WIDE.includes(member.role) ? 403 : 404
}

function serviceOf(student: StudentName) {
  return {
    id: id(`service of ${student}`),
    student: studentId(student),
    service: `served ${student}`,
    minutes: 30,
    per: 'week' as const,
    sessions: null,
    place: 'sped' as const,
    provider: 'para',
    from: '2026-01-01',
    to: null,
    groupMax: null,
    programs: [programId(student)],
  }
}

const LEADING = ['coordinator', 'administrator']

/** A command about a student's team: 403 for who sees the student but may not, 404 where the student is not there. */
function ofTeam(
  rest: string,
  body: (member: Member) => unknown,
  roles: readonly string[],
  want: number,
): Row {
  return {
    asks: (_place, member) =>
      STUDENT_NAMES.map((student) => ({
        path: `/api/team/${studentId(student)}/${rest}`,
        method: 'POST',
        body: body(member),
        want: !may(member, 'T0', student) ? 404 : roles.includes(member.role) ? want : 403,
      })),
  }
}

const ROUTES: { readonly [route: string]: Row } = {
  'GET /api/health': page('/api/health'),
  'GET /api/time': page('/api/time'),
  'GET /api/demo': page('/api/demo'),
  'POST /api/demo/sign-in': {
    open: true,
    asks: () => [{ path: '/api/demo/sign-in', method: 'POST', body: { persona: 'para' }, want: 404 }],
  },
  'POST /api/demo/clock': {
    asks: () => [
      { path: '/api/demo/clock', method: 'POST', body: { at: '2026-11-03T14:52:00Z' }, want: 404 },
    ],
  },
  'ANY /api/auth/*': {
    open: true,
    asks: () => [
      { path: '/api/auth/get-session', want: 200 },
      ...['list-sessions', 'list-accounts', 'update-user', 'admin/list-users', 'sign-up/email'].map(
        (name) => ({
          path: `/api/auth/${name}`,
          want: 404,
        }),
      ),
    ],
  },
  'ANY /api/*': {
    open: true,
    asks: () => [
      { path: `/api/students/${studentId('ash')}`, want: 404 },
      { path: '/api/records', method: 'DELETE', want: 404 },
      { path: `/api/goals/${programId('ash')}`, method: 'PUT', body: {}, want: 404 },
    ],
  },
  'GET /api/me': {
    asks: (_place, member) => [
      {
        path: '/api/me',
        want: 200,
        check: (answer) => {
          const { students } = answer.json<{ students: { id: string }[] }>()
          expect(students.map((one) => one.id).sort()).toEqual(near(member).map(studentId).sort())
        },
      },
    ],
  },
  'GET /api/feed': {
    asks: ({ auds }) => [
      { path: '/api/feed', want: 200 },
      { path: `/api/feed?held=${[...new Set(auds.map(({ aud }) => aud))].join()}`, want: 200 },
    ],
  },
  'GET /api/feed/backfill': {
    // a number means another audience in each district: it is one's own district's that counts
    asks: ({ auds, epochs }, member) =>
      [...new Set(auds.flatMap(({ aud, of }) => (isStudent(of) || of === member.who ? aud : [])))].map(
        (aud) => {
          const own = auds.find((one) => one.aud === aud && one.district === member.district)
          const granted =
            own?.of === member.who ||
            near(member).some((student) => student === own?.of && may(member, own.tier, student))
          return {
            path: `/api/feed/backfill?aud=${aud}&upto=1000000&epoch=${epochs[member.district]}`,
            want: granted ? 200 : 404,
          }
        },
      ),
  },
  // the office and who leads the school keep the official attendance; who is with a student marks whom they see
  'GET /api/attendance': {
    asks: (_place, member) => [
      {
        path: '/api/attendance?day=2026-11-03',
        want: WIDE.includes(member.role) ? 200 : 403,
        check: (answer) => {
          if (!WIDE.includes(member.role)) return
          const { students } = answer.json<{ students: { student: string }[] }>()
          const here = STUDENT_NAMES.filter((student) => may(member, 'T0', student))
          expect(students.map((one) => one.student).sort()).toEqual(here.map(studentId).sort())
        },
      },
    ],
  },
  'POST /api/attendance': {
    asks: (_place, member) =>
      STUDENT_NAMES.map((student) => ({
        path: '/api/attendance',
        method: 'POST',
        body: {
          id: id(`codes of ${student} by ${member.who}`),
          day: '2026-11-03',
          marks: [{ student: studentId(student), code: 'absent' }],
        },
        want: !WIDE.includes(member.role) ? 403 : may(member, 'T0', student) ? 200 : 404,
      })),
  },
  'POST /api/attendance/import': {
    asks: (_place, member) =>
      STUDENT_NAMES.map((student) => ({
        path: '/api/attendance/import',
        method: 'POST',
        body: {
          id: id(`file of ${student} by ${member.who}`),
          file: 'attendance.csv',
          base64: btoa(`id,date,code\n${student},2026-11-03,A\n`),
          dry_run: true,
        },
        want: WIDE.includes(member.role) ? 200 : 403,
        check: (answer) => {
          // a number out of reach is like one that nobody has
          if (WIDE.includes(member.role))
            expect(answer.json()).toMatchObject({ ok: may(member, 'T0', student), imported: false })
        },
      })),
  },
  'POST /api/attendance/settle': {
    asks: (_place, member) =>
      STUDENT_NAMES.map((student) => ({
        path: '/api/attendance/settle',
        method: 'POST',
        body: {
          id: id(`why of ${student} by ${member.who}`),
          student: studentId(student),
          day: '2026-11-03',
          official: 'absent',
          seen: 'here',
          reason: 'late_bus',
        },
        want: !WIDE.includes(member.role) ? 403 : may(member, 'T0', student) ? 200 : 404,
      })),
  },
  // a roster is the whole district's; a rehearsal of files that hold nobody changes nothing
  'POST /api/roster/imports': {
    asks: (_place, member) => [
      {
        path: '/api/roster/imports',
        method: 'POST',
        body: {
          id: id(`import by ${member.who}`),
          files: [{ name: 'list.csv', base64: 'bm90aGluZwo=' }],
          dry_run: true,
        },
        want: LEADING.includes(member.role) && member.school === null ? 200 : 403,
      },
    ],
  },
  'GET /api/roster/imports': {
    asks: (_place, member) => [
      {
        path: '/api/roster/imports',
        want: LEADING.includes(member.role) && member.school === null ? 200 : 403,
      },
    ],
  },
  // the team: read by itself and by who holds a wide role; what changes it is tried in roster/server/team.test.ts
  'GET /api/team': {
    asks: (_place, member) => [
      {
        path: '/api/team',
        want: WIDE.includes(member.role) ? 200 : 403,
        check: (answer) => {
          if (!WIDE.includes(member.role)) return
          const { students } = answer.json<{ students: { id: string }[] }>()
          const here = STUDENT_NAMES.filter((student) => may(member, 'T0', student))
          expect(students.map((one) => one.id).sort()).toEqual(here.map(studentId).sort())
        },
      },
    ],
  },
  'GET /api/roster/imports/:id/progress': {
    asks: (_place, member) => [
      {
        path: `/api/roster/imports/${id('an import that is over')}/progress`,
        want: LEADING.includes(member.role) && member.school === null ? 404 : 403,
      },
    ],
  },
  'GET /api/team/:student': {
    asks: (_place, member) =>
      STUDENT_NAMES.map((student) => ({
        path: `/api/team/${studentId(student)}`,
        want: may(member, 'T0', student) ? 200 : 404,
      })),
  },
  'GET /api/students/:student/scores': {
    asks: (_place, member) =>
      STUDENT_NAMES.map((student) => ({
        path: `/api/students/${studentId(student)}/scores`,
        want: may(member, 'T0', student) ? 200 : 404,
      })),
  },
  'POST /api/team/:student/members': ofTeam(
    'members',
    (member) => ({
      id: id(`bond by ${member.who}`),
      person: id('an adult who is not there'),
      role: 'para',
      reason: 'a reason',
    }),
    LEADING,
    404,
  ),
  'POST /api/team/:student/ends': ofTeam(
    'ends',
    () => ({
      relationship: id('a bond that is not there'),
      reason: 'a reason',
    }),
    LEADING,
    404,
  ),
  'POST /api/team/:student/guardians': ofTeam(
    'guardians',
    (member) => ({
      id: id(`guardian by ${member.who}`),
      person: id('an adult who is not there'),
      given: '',
      family: '',
      relation: 'parent',
      rights: {
        ferpa_access: true,
        educational_decision: true,
        pick_up: true,
        contact_allowed: true,
        receives_messages: true,
      },
      order_doc: null,
      replaces: null,
      reason: 'a reason',
    }),
    WIDE,
    404,
  ),
  'POST /api/team/:student/guardian-ends': ofTeam(
    'guardian-ends',
    () => ({
      guardian: id('a guardian who is not there'),
      reason: 'a reason',
    }),
    WIDE,
    200,
  ),
  // prep and messages of adults: teachers and who leads the school ask an aide of theirs; each end reads its own
  'GET /api/prep': { asks: () => [{ path: '/api/prep', want: 200 }] },
  'POST /api/prep': {
    asks: (_place, member) => [
      {
        path: '/api/prep',
        method: 'POST',
        body: {
          id: id(`prep asked by ${member.who}`),
          person: personOf('para'),
          kind: 'copy',
          what: 'Sheets',
          quantity: 24,
          group: 'Period 1',
          due: '2026-11-03T16:00:00.000Z',
        },
        want: asksAides(member) ? 200 : 404,
      },
    ],
  },
  'POST /api/prep/:task/say': {
    asks: () => [
      {
        path: `/api/prep/${id('prep that is not there')}/say`,
        method: 'POST',
        body: { is: 'done' },
        want: 404,
      },
    ],
  },
  'GET /api/messages': { asks: () => [{ path: '/api/messages', want: 200 }] },
  'POST /api/messages': {
    asks: (_place, member) => [
      {
        path: '/api/messages',
        method: 'POST',
        body: { id: id(`message of ${member.who}`), person: personOf('para'), words: 'Please come at ten.' },
        want: asksAides(member) ? 200 : 404,
      },
    ],
  },
  'POST /api/messages/:message/read': {
    asks: () => [
      {
        path: `/api/messages/${id('message that is not there')}/read`,
        method: 'POST',
        body: { answer: null },
        want: 404,
      },
    ],
  },
  // cover: who leads the school plans; everybody says what is their own; who trains says who is trained
  'GET /api/coverage': {
    asks: (_place, member) => [
      {
        path: `/api/coverage?school=${id('world elm')}&day=2026-11-03`,
        want: leads(member, 'elm') ? 200 : 404,
      },
      { path: '/api/coverage', want: leads(member) ? 200 : 404 },
    ],
  },
  'GET /api/coverage/mine': { asks: () => [{ path: '/api/coverage/mine', want: 200 }] },
  'POST /api/coverage/absences': {
    asks: (_place, member) => [
      {
        path: '/api/coverage/absences',
        method: 'POST',
        body: {
          id: id(`absence said by ${member.who}`),
          person: personOf('para'),
          day: '2027-01-04',
          reason: 'fever',
        },
        want: member.who === 'para' || leads(member, 'elm') ? 200 : 404,
      },
    ],
  },
  'POST /api/coverage/absences/:absence/withdraw': {
    asks: () => [
      {
        path: `/api/coverage/absences/${id('an absence that is not there')}/withdraw`,
        method: 'POST',
        body: {},
        want: 404,
      },
    ],
  },
  'POST /api/coverage/plans': {
    asks: (_place, member) => [
      {
        path: '/api/coverage/plans',
        method: 'POST',
        body: { id: id(`plan by ${member.who}`), school: id('world elm'), day: '2026-11-03' },
        want: leads(member, 'elm') ? 200 : 404,
      },
    ],
  },
  'POST /api/coverage/plans/:plan/change': {
    asks: () => [
      {
        path: `/api/coverage/plans/${id('a plan that is not there')}/change`,
        method: 'POST',
        body: { task: id('a task that is not there'), students: [studentId('ash')], person: null },
        want: 404,
      },
    ],
  },
  'POST /api/coverage/plans/:plan/approve': {
    asks: () => [
      {
        path: `/api/coverage/plans/${id('a plan that is not there')}/approve`,
        method: 'POST',
        body: {},
        want: 404,
      },
    ],
  },
  'POST /api/coverage/plans/:plan/seen': {
    asks: () => [
      {
        path: `/api/coverage/plans/${id('plan by coordinator')}/seen`,
        method: 'POST',
        body: {},
        want: 404,
      },
    ],
  },
  'POST /api/coverage/hours': {
    asks: (_place, member) => [
      {
        path: '/api/coverage/hours',
        method: 'POST',
        body: {
          id: id(`hours by ${member.who}`),
          school: id('world elm'),
          person: personOf('substitute on shift'),
          from: '2027-01-04',
          to: '2027-01-04',
          start: '07:30',
          end: '15:30',
        },
        want: leads(member, 'elm') ? 200 : 404,
      },
    ],
  },
  'GET /api/coverage/hours': {
    asks: (_place, member) => [
      { path: `/api/coverage/hours?school=${id('world elm')}`, want: leads(member, 'elm') ? 200 : 404 },
      { path: '/api/coverage/hours', want: leads(member) ? 200 : 404 },
    ],
  },
  'POST /api/coverage/hours/:hours/end': {
    asks: () => [
      {
        path: `/api/coverage/hours/${id('hours that are not there')}/end`,
        method: 'POST',
        body: { to: null },
        want: 404,
      },
    ],
  },
  // staff records: for who leads the school, and for those who sign somebody off with students of their own
  'GET /api/coverage/training': {
    asks: (_place, member) => [
      { path: `/api/coverage/training?school=${id('world elm')}`, want: leads(member, 'elm') ? 200 : 404 },
      {
        path: '/api/coverage/training',
        want: leads(member) || ['nurse', 'ot', 'pt', 'slp', 'bcba'].includes(member.role) ? 200 : 404,
      },
    ],
  },
  'POST /api/coverage/competencies': {
    asks: (_place, member) =>
      STUDENT_NAMES.map((student) => ({
        path: '/api/coverage/competencies',
        method: 'POST',
        body: {
          id: id(`training for ${student} by ${member.who}`),
          person: personOf('para'),
          student: studentId(student),
          task: 'feeding',
          from: '2026-11-03',
          to: null,
        },
        want:
          member.district === 'cedar' &&
          may(member, 'T0', student) &&
          (leads(member, 'elm') || ['nurse', 'ot', 'pt', 'slp', 'bcba'].includes(member.role))
            ? 200
            : 404,
      })),
  },
  'POST /api/coverage/competencies/:competency/revoke': {
    asks: () => [
      {
        path: `/api/coverage/competencies/${id('training that is not there')}/revoke`,
        method: 'POST',
        body: {},
        want: 404,
      },
    ],
  },
  'POST /api/coverage/competencies/:competency/proof': {
    asks: () => [
      {
        path: `/api/coverage/competencies/${id('training that is not there')}/proof`,
        method: 'POST',
        body: { trainer: personOf('para'), method: [], done: null, of: null, shown: null, observer: null },
        want: 404,
      },
    ],
  },
  'POST /api/coverage/overrides': {
    asks: (_place, member) =>
      STUDENT_NAMES.map((student) => ({
        path: '/api/coverage/overrides',
        method: 'POST',
        body: {
          id: id(`permission for ${student} by ${member.who}`),
          person: personOf('para'),
          student: studentId(student),
          task: 'feeding',
          day: '2026-11-03',
          beside: personOf('case_manager'),
          reason: 'nobody else is there',
        },
        // nobody is trained in this world: whoever leads is told so, and nobody else is told anything
        want: leads(member, 'elm') && may(member, 'T0', student) ? 422 : 404,
      })),
  },
  'POST /api/coverage/overrides/:override/end': {
    asks: () => [
      {
        path: `/api/coverage/overrides/${id('a permission that is not there')}/end`,
        method: 'POST',
        body: {},
        want: 404,
      },
    ],
  },
  'GET /api/coverage/able/:student': {
    asks: (_place, member) =>
      STUDENT_NAMES.map((student) => ({
        path: `/api/coverage/able/${studentId(student)}`,
        want: may(member, 'T0', student) ? 200 : 404,
      })),
  },
  'POST /api/coverage/breaks': {
    asks: (_place, member) => [
      {
        path: '/api/coverage/breaks',
        method: 'POST',
        body: { id: id(`break of ${member.who}`), day: '2026-11-03', kind: 'rest', minutes: 10 },
        want: member.school === null ? 403 : 200,
      },
    ],
  },
  // the calendar of a school is kept by who leads it; every adult has a calendar of their own
  'GET /api/schools': {
    asks: (_place, member) => [
      {
        path: '/api/schools',
        want: 200,
        check: (answer) => {
          const { schools } = answer.json<{ schools: { id: string }[] }>()
          const led = SCHOOLS.filter((school) => leadsAt(member, school)).map((school) =>
            id(`world ${school}`),
          )
          expect(schools.map((one) => one.id).sort()).toEqual(led.sort())
        },
      },
    ],
  },
  'GET /api/schools/:school/calendar': ofSchools('calendar?from=2026-11-01&to=2026-11-30'),
  'POST /api/schools/:school/day': ofSchools('day', () => ({
    day: '2026-12-01',
    open: true,
    type: 'A',
    variant: 'regular',
    title: '',
    preview: true,
  })),
  // without the block of anybody's day: everybody in it is on the list of what has no place
  'POST /api/schools/:school/bell': ofSchools('bell', () => ({
    variant: 'early_release',
    blocks: [{ code: '2', name: 'Second', start: '08:00', end: '09:00' }],
    preview: true,
  })),
  'POST /api/schools/:school/rotation': ofSchools('rotation', () => ({
    types: ['A', 'B'],
    from: '2026-11-09',
    to: '2026-11-13',
    open: true,
    preview: true,
  })),
  'POST /api/schools/:school/posts': ofSchools('posts', (member, school) => ({
    id: id(`post of ${member.who} at ${school}`),
    name: 'Gate',
    place: 'Gate',
    code: '1',
    ratio: null,
    minStaff: 1,
    from: '2026-01-01',
    to: null,
  })),
  'POST /api/schools/:school/posts/:post/end': {
    asks: () =>
      SCHOOLS.map((school) => ({
        path: `/api/schools/${id(`world ${school}`)}/posts/${id('a post that is not there')}/end`,
        method: 'POST',
        body: { to: '2026-12-31' },
        want: 404,
      })),
  },
  'GET /api/schools/:school/contacts': ofSchools('contacts'),
  'POST /api/schools/:school/contacts': ofSchools('contacts', () => ({
    teacher: '',
    office: '(555) 010-0199',
    nurse: '',
    crisis: '',
    words: 'I need help',
  })),
  'POST /api/schools/:school/focus': ofSchools('focus', (member, school) => ({
    id: id(`focus of ${member.who} at ${school}`),
    from: '2026-11-02',
    to: '2026-11-06',
    words: { en: 'Show respect' },
  })),
  'POST /api/schools/:school/focus/:focus/withdraw': {
    asks: () =>
      SCHOOLS.map((school) => ({
        path: `/api/schools/${id(`world ${school}`)}/focus/${id('a focus that is not there')}/withdraw`,
        method: 'POST',
        body: {},
        want: 404,
      })),
  },
  'POST /api/schools/:school/events': ofSchools('events', () => ({
    file: 'empty.ics',
    text: 'BEGIN:VCALENDAR\nEND:VCALENDAR',
    from: '2026-08-01',
    to: '2027-07-31',
    preview: true,
  })),
  'GET /api/services': {
    asks: (_place, member) => [
      {
        path: '/api/services',
        want: 200,
        check: (answer) => {
          const { services } = answer.json<{ services: { student: string }[] }>()
          // whoever reads the plan; the office reads none
          const students = STUDENT_NAMES.filter((student) => may(member, 'T2', student)).map(studentId)
          expect([...new Set(services.map((one) => one.student))].sort()).toEqual(students.sort())
        },
      },
    ],
  },
  // about whom one decides: a case manager's own, and every student of a school that one leads
  'GET /api/services/students': {
    asks: (_place, member) => [
      {
        path: '/api/services/students',
        want: 200,
        check: (answer) => {
          const { students } = answer.json<{ students: { id: string }[] }>()
          const own = STUDENT_NAMES.filter((student) => owes(member, student)).map(studentId)
          expect(students.map((one) => one.id).sort()).toEqual(own.sort())
        },
      },
    ],
  },
  'GET /api/services/students/:student': {
    asks: (_place, member) =>
      STUDENT_NAMES.map((student) => ({
        path: `/api/services/students/${studentId(student)}`,
        want: owes(member, student) ? 200 : may(member, 'T0', student) ? 403 : 404,
      })),
  },
  'POST /api/services': {
    asks: (_place, member) =>
      STUDENT_NAMES.map((student) => ({
        path: '/api/services',
        method: 'POST',
        body: { ...serviceOf(student), id: id(`service by ${member.who} for ${student}`) },
        want: owes(member, student) ? 200 : may(member, 'T0', student) ? 403 : 404,
      })),
  },
  'POST /api/one-to-one': {
    asks: (_place, member) =>
      STUDENT_NAMES.map((student) => ({
        path: '/api/one-to-one',
        method: 'POST',
        body: {
          id: id(`adult by ${member.who} for ${student}`),
          student: studentId(student),
          blocks: ['1'],
          minutesADay: null,
          level: 'SV3',
          authority: 'page 1',
          qualifications: [],
          relief: '',
          from: '2026-01-01',
          to: null,
        },
        want: owes(member, student) ? 200 : may(member, 'T0', student) ? 403 : 404,
      })),
  },
  'POST /api/services/:id/end': {
    asks: (_place, member) =>
      STUDENT_NAMES.map((student) => ({
        path: `/api/services/${id(`service of ${student}`)}/end`,
        method: 'POST',
        body: { to: '2030-01-01' },
        want: ofService(member, student),
      })),
  },
  'POST /api/one-to-one/:id/end': {
    asks: () => [
      {
        path: `/api/one-to-one/${id('an adult who is not there')}/end`,
        method: 'POST',
        body: { to: '2030-01-01' },
        want: 404,
      },
    ],
  },
  'POST /api/make-ups': {
    asks: (_place, member) =>
      STUDENT_NAMES.map((student) => ({
        path: '/api/make-ups',
        method: 'POST',
        body: {
          id: id(`make-up by ${member.who} for ${student}`),
          service: id(`service of ${student}`),
          period: '2026-01-05',
          minutes: 10,
          on: null,
          reason: 'The team agreed.',
        },
        want: ofService(member, student),
      })),
  },
  'GET /api/calendar-feeds': { asks: () => [{ path: '/api/calendar-feeds', want: 200 }] },
  'POST /api/calendar-feeds': {
    asks: (_place, { who }) => [
      { path: '/api/calendar-feeds', method: 'POST', body: { id: id(`feed of ${who}`) }, want: 200 },
    ],
  },
  'POST /api/calendar-feeds/:feed/revoke': {
    asks: (_place, { who }) =>
      ['feed of para', 'a feed that is not there']
        .filter((feed) => feed !== `feed of ${who}`)
        .map((feed) => ({
          path: `/api/calendar-feeds/${id(feed)}/revoke`,
          method: 'POST',
          body: {},
          want: 404,
        })),
  },
  'GET /api/calendar/:secret.ics': page('/api/calendar/nothing.ics', 404),
  'GET /api/live': { asks: () => [{ path: '/api/live', want: 200, stream: true }] },
  'GET /api/goals': {
    asks: (_place, member) => [
      {
        path: '/api/goals',
        want: 200,
        check: (answer) => {
          const { goals } = answer.json<{ goals: { student: { id: string } }[] }>()
          const students = STUDENT_NAMES.filter((student) => may(member, 'T2', student))
          expect(goals.map((goal) => goal.student.id).sort()).toEqual(students.map(studentId).sort())
        },
      },
    ],
  },
  'GET /api/goals/:program': {
    asks: (_place, member) => [
      ...STUDENT_NAMES.map((student) => ({
        path: `/api/goals/${programId(student)}`,
        want: may(member, 'T2', student) ? 200 : 404,
      })),
      { path: `/api/goals/${id('a program that is not there')}`, want: 404 },
    ],
  },
  // who may see a goal may take its graph away, and the trail says so; a substitute may not (domain B.3)
  'POST /api/goals/:program/files': {
    asks: (_place, member) => [
      ...STUDENT_NAMES.map((student) => ({
        path: `/api/goals/${programId(student)}/files`,
        method: 'POST' as const,
        body: { format: 'csv', picture: 'graph', reason: 'team_meeting' },
        want: !may(member, 'T2', student) ? 404 : member.role === 'substitute' ? 403 : 200,
      })),
      {
        path: `/api/goals/${id('a program that is not there')}/files`,
        method: 'POST',
        body: { format: 'csv', picture: 'graph', reason: 'team_meeting' },
        want: 404,
      },
    ],
  },
  // a copy on paper leaves the system: of a final report only by who decides, and by who reads for the whole school
  'GET /api/reports/:report.pdf': {
    asks: (_place, member) => [
      ...STUDENT_NAMES.flatMap((student) => {
        const path = `/api/reports/${id(`report of ${student}`)}.pdf`
        const decides = may(member, 'decide', student)
        const refused = may(member, 'T2', student) ? 403 : 404
        return [
          { path, want: decides || may(member, 'lead', student) ? 200 : refused },
          { path: `${path}?name=yes&lang=es`, want: decides ? 200 : refused },
        ]
      }),
      { path: `/api/reports/${id('a report that is not there')}.pdf`, want: 404 },
    ],
  },
  'GET /api/sheets.pdf': {
    asks: (_place, member) =>
      STUDENT_NAMES.map((student) => ({
        path: `/api/sheets.pdf?programs=${programId(student)}&day=2026-11-04`,
        want: may(member, 'T2', student) ? 200 : 404,
      })),
  },
  'POST /api/records': {
    // of their own district only: whoever knows an id of another has it from elsewhere (districts.test.ts)
    asks: ({ world, marks, now }, member) =>
      STUDENT_NAMES.filter((student) => STUDENTS[student].district === member.district).map((student) => {
        const label = `said by ${member.who} of ${student}`
        const records = sessionBy(world, member, student, now, label)
        const taken = may(member, 'log', student)
        // an acknowledgement names the ids that were sent; of what was refused, nobody is told more
        const texts = taken ? [label, ...records.map((record) => record.id)] : [label]
        marks.push(
          ...texts.map((text) => ({
            text,
            student,
            needs: taken ? ('T2' as const) : ('lead' as const),
            sender: member.who,
          })),
        )
        return {
          path: '/api/records',
          method: 'POST',
          body: { records },
          want: 200,
          check: (answer: Answer) =>
            expect(answer.json<PushResponse>().acks.map((ack) => ack.code ?? ack.status)).toEqual(
              records.map(() => (taken ? 'accepted' : 'record.not_permitted')),
            ),
        }
      }),
  },
  'POST /api/records/sealed': {
    // what somebody found on a tablet says nothing but which record it is
    asks: () => [
      {
        path: '/api/records/sealed',
        method: 'POST',
        body: { records: [{ ...SEALED, id: id('a sealed record') }, { any: 'thing' }] },
        want: 200,
        check: (answer) =>
          expect(answer.json<SealedPushResponse>().acks.map(({ status, code }) => [status, code])).toEqual([
            ['refused', 'record.unreadable'],
            ['refused', 'record.unreadable'],
          ]),
      },
    ],
  },
  'GET /api/devices': { asks: () => [{ path: '/api/devices', want: 200 }] },
  'POST /api/devices': {
    // the para, who comes first, opens theirs; nobody of their district opens it after them
    asks: (_place, { who, district }) =>
      [who, ...(district === 'cedar' ? ['para'] : [])]
        .map((owner) => ({
          path: '/api/devices',
          method: 'POST',
          body: opening(`phone of ${owner}`),
          want: owner === who ? 200 : 409,
        }))
        .slice(0, who === 'para' ? 1 : 2),
  },
  'POST /api/devices/:device/sign-out': {
    // one's own ends the session that opened it, so it is not tried here
    asks: (_place, { who }) =>
      ['phone of para', 'a phone that is not there']
        .filter((device) => device !== `phone of ${who}`)
        .map((device) => ({
          path: `/api/devices/${id(device)}/sign-out`,
          method: 'POST',
          body: {},
          want: 404,
        })),
  },
  // staff, and no student: who leads a school sees and invites its substitutes
  'GET /api/substitutes': {
    asks: (_place, member) => [{ path: '/api/substitutes', want: LEADERS.includes(member.role) ? 200 : 404 }],
  },
  'POST /api/invitations': {
    asks: (_place, member) => {
      const leads = member.district === 'cedar' && [null, 'elm'].includes(member.school)
      return [
        {
          path: '/api/invitations',
          method: 'POST',
          // a shift that is over: what is wrong with it is said to nobody else
          body: {
            id: id(`invitation by ${member.who}`),
            school: id('world elm'),
            who: { given: 'Some', family: 'Body' },
            until: '2020-01-01T00:00:00.000Z',
          },
          want: leads && LEADERS.includes(member.role) ? 422 : 404,
        },
      ]
    },
  },
  'POST /api/invitations/:invitation/end': {
    asks: () => [
      {
        path: `/api/invitations/${id('an invitation that is not there')}/end`,
        method: 'POST',
        body: {},
        want: 404,
      },
    ],
  },
  'POST /api/invitations/open': {
    open: true,
    asks: () => [
      {
        path: '/api/invitations/open',
        method: 'POST',
        body: { token: `${id('a')}.${id('b')}.c` },
        want: 410,
      },
    ],
  },
  // adults, and no student: nothing is here without the browser's own cookie
  'GET /api/pins': {
    open: true,
    asks: () => [
      {
        path: '/api/pins',
        want: 200,
        check: (answer) => expect(answer.json()).toEqual({ people: [], left: 0 }),
      },
    ],
  },
  'POST /api/pins': {
    asks: () => [{ path: '/api/pins', method: 'POST', body: { pin: '123456' }, want: 422 }],
  },
  'POST /api/pins/enter': {
    open: true,
    asks: (_place, member) => [
      {
        path: '/api/pins/enter',
        method: 'POST',
        body: { person: personOf(member.who), pin: '480193' },
        want: 401,
      },
    ],
  },
  'POST /api/pins/forget': {
    asks: () => [{ path: '/api/pins/forget', method: 'POST', body: {}, want: 200 }],
  },
  'GET /api/inbox': {
    asks: () => [
      ...['/api/inbox?settled=false', '/api/inbox?settled=true'].map((path) => ({
        path,
        want: 200,
        next: (answer: Answer) => {
          const { next } = answer.json<{ next: string | null }>()
          return next && `${path}&before=${next}`
        },
      })),
      { path: `/api/inbox?before=${id('an entry that is not there')}`, want: 200 },
    ],
  },
  // what was asked of the nurse: the list says nothing but that there is something, and opens to who looks at it
  'GET /api/care/concerns': {
    asks: (_place, member) =>
      ['false', 'true'].map((seen) => ({
        path: `/api/care/concerns?seen=${seen}`,
        want: 200,
        check: (answer: Answer) => {
          const { concerns } = answer.json<{ concerns: { id: string }[] }>()
          const mine = STUDENT_NAMES.filter((student) => looks(member, student)).map(concernId)
          // what is written comes first: whoever could see one has seen it
          expect(concerns.map((one) => one.id).sort()).toEqual(seen === 'true' ? mine.sort() : [])
          for (const { given, family, initials } of Object.values(STUDENTS))
            for (const word of [given, family, initials, 'skin']) expect(answer.text).not.toContain(word)
        },
      })),
  },
  'GET /api/care/concerns/:concern': {
    asks: (_place, member) => [
      ...STUDENT_NAMES.map((student) => ({
        path: `/api/care/concerns/${concernId(student)}`,
        want: looks(member, student) ? 200 : 404,
      })),
      { path: `/api/care/concerns/${id('a concern that is not there')}`, want: 404 },
    ],
  },
  'POST /api/care/concerns/:concern/seen': {
    asks: (_place, member) =>
      STUDENT_NAMES.map((student) => ({
        path: `/api/care/concerns/${concernId(student)}/seen`,
        method: 'POST',
        body: {},
        want: looks(member, student) ? 200 : 404,
      })),
  },
  'POST /api/inbox/:entry/settle': {
    asks: ({ entries }, member) =>
      entries.map(({ entry, student, sender }) => ({
        path: `/api/inbox/${entry}/settle`,
        method: 'POST',
        body: { how: 'other', note: student ? `settled of ${student}` : 'talked with them' },
        want: settles(member, student, sender) ? 200 : sees(member, student, sender) ? 403 : 404,
      })),
  },
  'GET /api/openapi.json': page('/api/openapi.json'),
  'GET /api/docs': page('/api/docs'),
  'GET /api/docs/json': page('/api/docs/json'),
  'GET /api/docs/yaml': page('/api/docs/yaml'),
  'GET /api/docs/static/index.html': page('/api/docs/static/index.html', 302),
  'GET /api/docs/static/swagger-initializer.js': page('/api/docs/static/swagger-initializer.js'),
  'GET /api/docs/static/*': page('/api/docs/static/swagger-ui.css'),
  'GET /': page('/'),
  'GET /index.html': page('/index.html'),
  'GET /assets/app-1a2b3c.js': page('/assets/app-1a2b3c.js'),
}

describe.each(testEngines().slice(0, 1))('the matrix on $name', { timeout: 60_000 }, ({ name }) => {
  let house: Running
  let place: Place
  /** `METHOD url` as the server itself says; a HEAD beside a GET answers the same without a body. */
  const routes = new Set<string>()
  const visitors = new Map<Asker, Visitor>()

  beforeAll(async () => {
    const listen = (message: unknown) =>
      (message as { fastify: FastifyInstance }).fastify.addHook('onRoute', ({ method, url }) => {
        const methods = [method].flat()
        if (methods.length > 2) routes.add(`ANY ${url}`)
        else for (const one of methods) if (one !== 'HEAD') routes.add(`${one} ${url}`)
      })
    subscribe('fastify.initialization', listen)
    house = await openRunning(name, { web: true })
    unsubscribe('fastify.initialization', listen)
    const { database, directory } = house.core
    const now = Date.now()
    const world = await loadWorld(database, now)
    await directory.load(database.pool)
    await finishReports(house, now)
    await giveDays(house, now)
    await giveCare(house, now)
    for (const member of MEMBERS)
      visitors.set(member, await house.member(districtId(member.district), personOf(member.who)))
    visitors.set('nobody', house.visitor())
    visitors.set('no district', await house.member(id('no district'), id('nobody at all')))
    place = await placeOf(house, world, now)
  })
  afterAll(() => house.close())

  it('G7 has a row for every route that the server has', () => {
    expect([...routes].sort()).toEqual(Object.keys(ROUTES).sort())
  })

  it('G7 has somebody of every role that may read anything', async () => {
    const { rows } = await house.core.database.pool.query('select distinct role from role_tier')
    const roles = new Set<string>(MEMBERS.map(({ role }) => role))
    expect(rows.map((row) => row.role).filter((role) => !roles.has(role))).toEqual([])
  })

  it.each(MEMBERS)('G7 answers $who as their row says, and with nothing out of reach', async (member) => {
    const visitor = visitors.get(member) ?? house.visitor()
    const absent = new Map<string, string>()
    let all = ''
    // writing comes first, so that what was refused is looked for in all that is read afterwards
    const isEnd = member === MEMBERS[0] || member === MEMBERS.at(-1)
    const rows = Object.entries(ROUTES)
      .filter(([, row]) => !row.open || isEnd)
      .toSorted(([a], [b]) => Number(b.startsWith('POST')) - Number(a.startsWith('POST')))
    const asked = rows.flatMap(([route, row]) =>
      row.asks(place, member).map((ask, n) => ({ route, ask, first: n === 0 })),
    )
    for (const { route, ask, first } of asked) {
      const answer = await answerOf(visitor, ask)
      expect(answer.status, `${route}: ${ask.path}`).toBe(ask.want)
      ask.check?.(answer)
      const next = ask.next?.(answer)
      if (next) asked.push({ route, ask: { ...ask, path: next }, first: false })
      // what is out of reach is answered like what is not there
      if (ask.want === 404) {
        const before = absent.get(route) ?? answer.text
        expect(answer.text, route).toBe(before)
        absent.set(route, before)
      }
      for (const mark of place.marks)
        if (answer.all.includes(mark.text) && !mayHear(member, mark))
          expect.fail(`${route} (${ask.path}) tells ${member.who} ${mark.text}: ${around(answer.all, mark)}`)
      if (first && route.startsWith('GET') && !ask.stream) {
        const head = await visitor.ask(ask.path, { method: 'HEAD' })
        expect([head.status, head.text], `HEAD ${ask.path}`).toEqual([ask.want, ''])
      }
      all += answer.all
    }
    // what is within reach is there, so that silence is not taken for safety
    for (const mark of place.marks.filter((one) => one.text !== STUDENTS[one.student].family))
      if (tells(member, mark)) expect(all.includes(mark.text), mark.text).toBe(true)
  })

  it.each([
    ['nobody', 401, 'session.missing'],
    ['no district', 403, 'session.no_district'],
  ] as const)('G7 tells %s no more than what is for everybody', async (asker, status, code) => {
    const visitor = visitors.get(asker) ?? house.visitor()
    const [somebody] = MEMBERS
    if (!somebody) throw new Error('nobody is there')
    for (const [route, row] of Object.entries(ROUTES))
      for (const ask of row.asks(place, somebody)) {
        const answer = await answerOf(visitor, ask)
        expect(answer.status, `${route}: ${ask.path}`).toBe(row.open ? ask.want : status)
        if (!row.open) expect(answer.text).toContain(code)
        for (const mark of place.marks) expect(answer.all, route).not.toContain(mark.text)
      }
  })

  it('G4 G7 leaves no refused record that nobody may settle', async () => {
    for (const { student, sender } of place.entries)
      expect(
        MEMBERS.filter((member) => settles(member, student, sender)).length,
        `${student} by ${sender}`,
      ).toBeGreaterThan(0)
  })

  async function answerOf(visitor: Visitor, ask: Ask): Promise<Answer & { all: string }> {
    const init: RequestInit = { method: ask.method ?? 'GET' }
    if (ask.body !== undefined) {
      init.body = JSON.stringify(ask.body)
      init.headers = { 'content-type': 'application/json' }
    }
    const answer = ask.stream ? await firstOf(visitor, ask.path) : await visitor.ask(ask.path, init)
    const headers = [...answer.headers].filter(([header]) => header !== 'set-cookie')
    return { ...answer, all: `${JSON.stringify(headers)}${answer.text}` }
  }

  async function firstOf(visitor: Visitor, path: string): Promise<Answer> {
    const stop = new AbortController()
    const response = await fetch(house.url + path, {
      headers: { cookie: visitor.cookie },
      signal: stop.signal,
    })
    const { value } = (await response.body?.getReader().read()) ?? {}
    stop.abort()
    const text = new TextDecoder().decode(value)
    return {
      status: response.status,
      headers: response.headers,
      text,
      json: <T>() => JSON.parse(text) as T,
    }
  }
})

function opening(device: string) {
  const publicKey = createECDH('prime256v1').generateKeys('base64url')
  return { device: id(device), key: id(`key of ${device}`), publicKey, label: 'Phone' }
}

/** Students whom this member is with now. */
function near(member: Member): StudentName[] {
  if (WIDE.includes(member.role)) return []
  return STUDENT_NAMES.filter((student) => may(member, 'T0', student))
}

/** Leads the adults of that school, or of any, by the lists of the world and nothing of the product. */
function leads({ role, district, school }: Member, of?: 'elm'): boolean {
  if (!['coordinator', 'administrator'].includes(role)) return false
  return of === undefined || (district === 'cedar' && (school === null || school === of))
}

function isStudent(of: string): boolean {
  return STUDENT_NAMES.some((student) => student === of)
}

function settles(member: Member, student: StudentName | null, sender: string): boolean {
  if (student !== null) return may(member, 'lead', student)
  const from = MEMBERS.find(({ who }) => who === sender)
  return (
    ['coordinator', 'administrator'].includes(member.role) &&
    from !== undefined &&
    member.district === from.district &&
    (member.school === null || from.school === null || member.school === from.school)
  )
}

function sees(member: Member, student: StudentName | null, sender: string): boolean {
  return member.who === sender && (student === null || may(member, 'T0', student))
}

/** What some route tells: everything to those who are with the student, goals and the inbox to those who lead. */
function tells(member: Member, { text, student, needs }: Mark): boolean {
  if (needs === 'lead') return may(member, 'lead', student)
  return may(member, needs, student) && (!WIDE.includes(member.role) || text === `title of ${student}`)
}

function around(text: string, mark: Mark): string {
  const at = text.indexOf(mark.text)
  return `…${text.slice(Math.max(0, at - 80), at + 80)}…`
}

/** Who looks at what is asked of the nurse: every student of the world has somebody who manages the case (domain C.5). */
function looks(member: Member, student: StudentName): boolean {
  return ['nurse', 'case_manager'].includes(member.role) && may(member, 'T4', student)
}

const concernId = (student: StudentName) => id(`concern of ${student}`)

/** A visit of each student that the nurse is asked to look at. */
async function giveCare(house: Running, now: number): Promise<void> {
  for (const student of STUDENT_NAMES) {
    const para = actorOf(memberOf(TEAM[student].para))
    const record = device(para, now - 60_000, `caring for ${student}`).record('care.toileting', {
      student: studentId(student),
      refs: { log: id(`care of ${student}`), program: programId(student) },
      body: {
        visit: 'scheduled',
        result: 'dry',
        clothing: 'dry',
        steps: {},
        changed: false,
        skin_concern: true,
      },
      extra: { id: concernId(student) },
    })
    const { acks } = await push(house.core.database, para, [record])
    expect(acks.map(({ status }) => status)).toEqual(['accepted'])
  }
}

/** A final report of each student. */
async function finishReports(house: Running, now: number): Promise<void> {
  for (const student of STUDENT_NAMES) {
    const manager = actorOf(memberOf(TEAM[student].manager))
    const record = device(manager, now - 60_000, `reporting ${student}`).record('reports.report', {
      student: studentId(student),
      refs: { report: id(`report of ${student}`) },
      body: finalBody(student),
    })
    const { acks } = await push(house.core.database, manager, [record])
    expect(acks.map(({ status }) => status)).toEqual(['accepted'])
  }
}

/** A board for everybody who is or was with a student, with a note about them. */
async function giveDays(house: Running, now: number): Promise<void> {
  const day = dayOf(now, TZ)
  const base = { day, type: 'A' }
  for (const district of ['cedar', 'birch'] as const) {
    const members = MEMBERS.filter((member) => member.district === district && member.bonds.length > 0)
    const school = id(`world ${district === 'cedar' ? 'elm' : 'pine'}`)
    const block = {
      id: id(`block of ${district}`),
      school,
      code: '1',
      name: 'First',
      start: '08:00',
      end: '09:00',
    }
    await loadSchedule(house.core.database, districtId(district), {
      blocks: [block],
      schoolDays: [{ ...base, school }],
      assignments: members.flatMap(({ who, bonds }) =>
        bonds.map(({ student }) => ({
          id: id(`assignment of ${who} with ${student}`),
          person: personOf(who),
          block: block.id,
          dayTypes: ['A'],
          from: day,
          to: null,
          start: null,
          end: null,
          title: 'Reading',
          place: 'Room 1',
          note: `board of ${student}`,
          students: [studentId(student)],
          programs: [programId(student)],
          purpose: 'service' as const,
        })),
      ),
      services: STUDENT_NAMES.filter((student) => STUDENTS[student].district === district).map((student) => ({
        ...serviceOf(student),
        school: id(`world ${STUDENTS[student].school}`),
      })),
    })
  }
}

async function placeOf(house: Running, world: World, now: number): Promise<Place> {
  const owner = new pg.Client({ connectionString: house.db.ownerUrl, options: '-c search_path=handrail' })
  await owner.connect()
  const { database } = house.core
  for (const who of ['para', 'para of another school', 'para of another district', 'coordinator']) {
    const member = MEMBERS.find((one) => one.who === who)
    if (member) await push(database, actorOf(member), [{ hello: `loose of ${who}` }])
  }
  const named = new Map<string, StudentName>(STUDENT_NAMES.map((student) => [studentId(student), student]))
  const districts = new Map<string, DistrictName>([
    [districtId('cedar'), 'cedar'],
    [districtId('birch'), 'birch'],
  ])
  const found = await owner.query(
    `select district_id, aud, of_id, tier from aud where scope = 'person' or tier in ('T1', 'T2')`,
  )
  const counters = await owner.query('select district_id, epoch from counter')
  const refused = await owner.query('select refused_id, student_id, uploaded_by from refused')
  await owner.end()
  const whoIs = new Map(MEMBERS.map(({ who }) => [personOf(who), who]))
  const epochs = Object.fromEntries(counters.rows.map((row) => [districts.get(row.district_id), row.epoch]))
  return {
    world,
    marks: [
      ...world.marks,
      ...STUDENT_NAMES.flatMap((student): Mark[] => [
        { text: `board of ${student}`, student, needs: 'T0' },
        { text: `served ${student}`, student, needs: 'T2' },
        { text: id(`service of ${student}`), student, needs: 'T2' },
        { text: `settled of ${student}`, student, needs: 'lead' },
        { text: concernId(student), student, needs: 'T4' },
      ]),
    ],
    epochs: epochs as Place['epochs'],
    auds: found.rows.map((row) => ({
      district: districts.get(row.district_id) ?? 'cedar',
      aud: row.aud,
      of: named.get(row.of_id) ?? whoIs.get(row.of_id) ?? '',
      tier: row.tier,
    })),
    entries: refused.rows.map((row) => ({
      entry: row.refused_id,
      student: named.get(row.student_id) ?? null,
      sender: whoIs.get(row.uploaded_by) ?? TEAM.ash.para,
    })),
    now,
  }
}
