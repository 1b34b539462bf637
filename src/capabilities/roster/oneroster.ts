/**
 * Reads a OneRoster CSV bundle (1.0, 1.1, 1.2) into one roster batch and a report of all that was wrong with it,
 * row by row. Pure: the command line and the server call it and put the batch into the database, or do not.
 *
 * The rule, and what a registrar can rely on:
 * - An **error** means that a row cannot go in, or that nobody can tell which rows there are: its values cannot be
 *   told apart, its id is missing, double or mangled, its role, status or dates cannot be read, or it points to a
 *   person, class or school that is not there. With one error nothing goes in, unless the caller passes
 *   `allowPartial`; then the rows with errors stay out, and with them all that points to them. An error in a
 *   manifest, in a header or of a file as a whole stops the import even then.
 * - A **warning** means that the row goes in, with less than the file says: without a term, course or parent that
 *   is not there, without an unknown column, with a role that sees less. Somebody should look.
 * - A row that is to be deleted deletes nothing: enrollments and relationships end, history stays.
 * - The last day of a term or an enrollment counts as a day in it. The format calls it exclusive (1.2), but what
 *   schools export is their last day, and a para must be able to work on it.
 * - Guardians become people without a relationship: who may see a child's record is the registrar's decision, and
 *   no roster file knows about court orders. Demographics are counted and not kept: no duty of the product needs them.
 * - No message quotes a person's name or address.
 */
import { said } from '../../platform/core/said.ts'
import { dayOf, type Day } from '../../platform/core/days.ts'
import type { Uuid } from '../../platform/core/ids.ts'
import type {
  Enrollment,
  Finding,
  Person,
  Role,
  RosterBatch,
  School,
  SchoolTerm,
  Section,
  StaffRole,
  Student,
} from './model.ts'
import { dayFrom, earliest, latest, midnightsIn, type Midnights } from './oneroster-days.ts'
import { saidBefore, type KeptRows } from './oneroster-delta.ts'
import { FILES, isNarrowed, roleOf } from './oneroster-format.ts'
import { colorOf, initialsOf } from './oneroster-names.ts'
import { relationshipsOf, type Stay } from './oneroster-relationships.ts'
import {
  readBundle,
  type Bundle,
  type FileReport,
  type Row,
  type Say,
  type Table,
} from './oneroster-tables.ts'

export interface RosterOptions {
  /**
   * The id of a thing of the source: `org`, `user`, `class`, `enrollment`, `role` or `relationship`, and its id
   * there. The same question must always get the same answer in a district, so that importing again updates.
   */
  readonly ids: (sourceType: string, sourceId: string) => Uuid
  /** The time of the import, ISO UTC: when what has no date begins, and what is to be deleted ends. */
  readonly now: string
  /** The schools' IANA zone: a day of the roster begins at midnight there. */
  readonly tz: string
  /** Let the sound rows in although others have errors. Default: no. */
  readonly allowPartial?: boolean
}
export type OneRosterOptions = RosterOptions

/** What every reader says of a set of files. */
export interface RosterReport {
  /** Whether the batch may go in. When not, it is empty. */
  readonly fit: boolean
  /** By name of the file, manifest included. */
  readonly files: Readonly<Record<string, FileReport>>
  /** Files of the format that the roster does not use. */
  readonly ignored: readonly string[]
  /** By file in the order of reading, then by row. */
  readonly findings: readonly Finding[]
  /** How many of each are in the batch. */
  readonly created: Readonly<Record<keyof RosterBatch, number>>
}

export interface OneRosterReport extends RosterReport {
  /** As the manifest says, or null. */
  readonly version: string | null
  readonly manifest: {
    readonly present: boolean
    /** OneRoster's names without ending, e.g. `classes`. */
    readonly saysPresentButMissing: readonly string[]
    readonly presentButUnlisted: readonly string[]
  }
}

/** `before`: the rows of the last whole export of this source, where the manifest may say `delta`. */
export function readOneRoster(
  files: ReadonlyMap<string, Uint8Array>,
  options: RosterOptions & { readonly before?: KeptRows | null },
): Read & { readonly report: OneRosterReport; readonly kept: KeptRows } {
  let version: string | null = null
  let manifest: OneRosterReport['manifest'] = {
    present: false,
    saysPresentButMissing: [],
    presentButUnlisted: [],
  }
  let kept: KeptRows = new Map()
  const { report, ...read } = rosterOf(options, (zone, say, add) => {
    const bundle = readBundle(files, options.before ?? null, zone, say, add)
    kept = bundle.kept
    version = bundle.manifest.version
    manifest = {
      present: bundle.manifest.present,
      saysPresentButMissing: bundle.manifest.missing,
      presentButUnlisted: bundle.manifest.unlisted,
    }
    return bundle
  })
  const findings = report.findings.filter((finding) => !saidBefore(finding))
  return { ...read, kept, report: { version, manifest, ...report, findings } }
}

/** What every reader makes of a set of files: nothing at all when they may not go in. */
export interface Read {
  readonly batch: RosterBatch
  readonly terms: readonly SchoolTerm[]
  readonly report: RosterReport
}

/** Reads the files of a format into tables as OneRoster has them; findings go to `say` and `add`. */
export type BundleReader = (
  zone: { readonly now: string; readonly tz: string },
  say: Say,
  add: (findings: readonly Finding[]) => void,
) => Bundle

/** For another format than OneRoster: the beginning of its codes, and its own names of OneRoster's columns. */
export interface Spelling {
  readonly format: string
  readonly fields: Readonly<Record<string, string>>
}

/** One roster from the tables of any format: what their rows mean together is the same whoever wrote them. */
export function rosterOf(options: RosterOptions, read: BundleReader, spelling?: Spelling): Read {
  const now = new Date(options.now).toISOString()
  const findings: Finding[] = []
  const say: Say = (file, row, field, code, severity, words) => {
    findings.push({
      file,
      row,
      field: field === null ? null : (spelling?.fields[field] ?? field),
      code: spelling ? code.replace(/^oneroster\./, `${spelling.format}.`) : code,
      severity,
      ...words,
    })
  }
  const bundle = read({ now, tz: options.tz }, say, (more) => {
    for (const finding of more) findings.push(finding)
  })
  const { tables } = bundle
  const context: Context = {
    ...options,
    now,
    say,
    tables,
    today: dayOf(now, options.tz),
    days: midnightsIn(options.tz),
  }

  const schools = readSchools(context)
  const terms = readTerms(context)
  readCourses(context)
  const members = readMembers(context)
  const sections = readSections(context, terms)
  const enrolled = readEnrollments(context, members, sections)
  checkDemographics(context)
  const { people, students, roles } = peopleOf(context, members, enrolled)

  const stays = enrolled.flatMap((item) => (item.stay ? [item.stay] : []))
  const whole: RosterBatch = {
    schools,
    people,
    roles,
    students,
    sections: sections.map((item) => item.section),
    enrollments: enrolled.map((item) => item.enrollment),
    relationships: relationshipsOf(
      stays.filter((stay) => WORKS_WITH.has(stay.role)),
      stays.filter((stay) => stay.role === 'student'),
      context,
    ),
  }

  bundle.after?.(whole)

  const errors = findings.filter((finding) => finding.severity === 'error')
  const fatal =
    errors.some((finding) => finding.row === 0 || /^manifest\.csv$/i.test(finding.file)) ||
    FILES.some((name) => !tables[name].usable)
  const fit = errors.length === 0 || (options.allowPartial === true && !fatal)
  const batch = fit ? whole : NO_ROSTER
  const order = new Map(
    ['manifest.csv', ...FILES.map((name) => tables[name].file), ...Object.keys(bundle.reports)].map(
      (file, i) => [file, i],
    ),
  )
  const rank = (file: string): number => order.get(file) ?? (/^manifest/i.test(file) ? 0 : order.size)
  return {
    batch,
    terms: fit ? termsOf(context, terms) : [],
    report: {
      fit,
      files: bundle.reports,
      ignored: bundle.ignored,
      findings: findings.toSorted((a, b) => rank(a.file) - rank(b.file) || a.row - b.row),
      created: countsOf(batch),
    },
  }
}

/** How many rows of each kind. */
export function countsOf(batch: RosterBatch): Record<keyof RosterBatch, number> {
  return {
    schools: batch.schools.length,
    people: batch.people.length,
    roles: batch.roles.length,
    students: batch.students.length,
    sections: batch.sections.length,
    enrollments: batch.enrollments.length,
    relationships: batch.relationships.length,
  }
}

export const NO_ROSTER: RosterBatch = {
  schools: [],
  people: [],
  roles: [],
  students: [],
  sections: [],
  enrollments: [],
  relationships: [],
}

/** Roles that an enrollment puts to work with the students of the class. */
const WORKS_WITH: ReadonlySet<Role> = new Set([
  'gened_teacher',
  'para',
  'substitute',
  'case_manager',
  'ot',
  'pt',
  'slp',
  'bcba',
  'counselor',
  'nurse',
  'gt_teacher',
])

interface Context extends RosterOptions {
  readonly say: Say
  readonly tables: Readonly<Record<(typeof FILES)[number], Table>>
  readonly today: Day
  readonly days: Midnights
}

// Schools, terms, courses

function readSchools(context: Context): School[] {
  const { tables, say, ids } = context
  const table = tables.orgs
  const parents = new Map<string, string>()
  for (const row of table.rows) {
    const type = row.get('type')
    if (!ORG_TYPES.includes(type.toLowerCase())) {
      const message = said(
        /*i18n*/ {
          id: 'finding.oneroster.unknown_org_type',
          message: '“{type}” is no kind of organization that is known here; it is taken as one school.',
        },
        { type },
      )
      say(row.file, row.line, 'type', 'oneroster.unknown_org_type', 'warning', message)
    }
    if (row.get('name') === '') {
      const message = said(
        /*i18n*/ {
          id: 'finding.oneroster.org_without_name',
          message: 'The organization has no name; its id stands in for it.',
        },
      )
      say(row.file, row.line, 'name', 'oneroster.blank_field', 'warning', message)
    }
    const parent = referred(context, row, 'parentSourcedId', tables.orgs, 'warning')
    if (!parent) continue
    if (leadsTo(parent.id, row.id, parents)) {
      const message = said(
        /*i18n*/ {
          id: 'finding.oneroster.org_cycle',
          message: '“{id}” is above its own parent “{parent}”; it goes in without a parent.',
        },
        { id: row.id, parent: parent.id },
      )
      say(row.file, row.line, 'parentSourcedId', 'oneroster.org_cycle', 'warning', message)
    } else {
      parents.set(row.id, parent.id)
    }
  }
  return table.rows.map((row) => {
    const parent = parents.get(row.id)
    return {
      id: ids('org', row.id),
      sourceId: row.id,
      name: row.get('name') || row.id,
      kind: row.get('type') || 'school',
      parent: parent === undefined ? null : ids('org', parent),
    }
  })
}

const ORG_TYPES: readonly string[] = ['school', 'department', 'district', 'local', 'state', 'national']

function leadsTo(from: string, target: string, parents: ReadonlyMap<string, string>): boolean {
  for (let id: string | undefined = from; id !== undefined; id = parents.get(id))
    if (id === target) return true
  return false
}

/** Where a role at this organization holds: its school, or null for the whole district. */
function scopeOf(context: Context, org: Row): Uuid | null {
  const { tables, ids } = context
  const type = org.get('type').toLowerCase()
  if (['district', 'local', 'state', 'national'].includes(type)) return null
  if (type === 'department') {
    const seen = new Set<string>()
    for (
      let above: Row | undefined = org;
      above && !seen.has(above.id);
      above = tables.orgs.byId.get(above.get('parentSourcedId'))
    ) {
      if (above.get('type').toLowerCase() === 'school') return ids('org', above.id)
      seen.add(above.id)
    }
  }
  return ids('org', org.id)
}

interface Term {
  readonly title: string
  readonly start: Day | null
  readonly end: Day | null
}

function readTerms(context: Context): Map<string, Term> {
  const { tables, say } = context
  const table = tables.academicSessions
  const terms = new Map<string, Term>()
  for (const row of table.rows) {
    const dates = datesOf(context, row, 'startDate', 'endDate')
    if (!dates) {
      table.reject(row)
      continue
    }
    if (dates.from === null || dates.to === null) {
      const field = dates.from === null ? 'startDate' : 'endDate'
      const message = said(
        /*i18n*/ {
          id: 'finding.oneroster.term_without_date',
          message: 'The term has no such date. Enrollments without dates of their own are open on that side.',
        },
      )
      say(row.file, row.line, field, 'oneroster.blank_field', 'warning', message)
    }
    referred(context, row, 'parentSourcedId', tables.academicSessions, 'warning')
    terms.set(row.id, { title: row.get('title') || row.id, start: dates.from, end: dates.to })
  }
  return terms
}

/**
 * The terms with both dates, and whose they are. A term does not say its school (only Ed-Fi's do, in `schoolSourcedId`),
 * but the classes that name it have one: terms and schools that are joined in that way, or by a common parent, belong
 * together, also before the classes of spring are made. What leads to no school is every school's.
 */
function termsOf({ tables, ids }: Context, terms: ReadonlyMap<string, Term>): SchoolTerm[] {
  const above = new Map<string, string>()
  const top = (node: string): string => {
    let up = node
    for (let next = above.get(up); next !== undefined; next = above.get(up)) up = next
    return up
  }
  const join = (a: string, b: string) => {
    if (top(a) !== top(b)) above.set(top(a), top(b))
  }
  const schools = new Set<string>()
  const joinSchool = (term: string, school: string) => {
    if (!tables.orgs.byId.has(school)) return
    schools.add(school)
    join(`term ${term}`, `school ${school}`)
  }
  const rows = tables.academicSessions.rows
  for (const row of rows) {
    const parent = row.get('parentSourcedId')
    if (parent !== '') join(`term ${row.id}`, `term ${parent}`)
    joinSchool(row.id, row.get('schoolSourcedId'))
  }
  for (const row of tables.classes.rows)
    for (const term of row.list('termSourcedIds')) joinSchool(term, row.get('schoolSourcedId'))
  const joined = Map.groupBy(schools, (school) => top(`school ${school}`))
  return rows.flatMap((row): SchoolTerm[] => {
    const { title, start, end } = terms.get(row.id) ?? { title: '', start: null, end: null }
    if (start === null || end === null || row.ended) return []
    return (joined.get(top(`term ${row.id}`)) ?? [null]).map((school) => ({
      id: ids('term', school === null ? row.id : JSON.stringify([row.id, school])),
      school: school === null ? null : ids('org', school),
      title,
      from: start,
      to: end,
    }))
  })
}

function readCourses(context: Context): void {
  const { tables } = context
  for (const row of tables.courses.rows) {
    referred(context, row, 'orgSourcedId', tables.orgs, 'warning')
    referred(context, row, 'schoolYearSourcedId', tables.academicSessions, 'warning')
  }
}

// People

interface RoleLine {
  readonly id: string
  readonly role: Role
  readonly org: Row | null
  readonly primary: boolean
  readonly from: Day | null
  readonly to: Day | null
  readonly ended: Day | null
}

interface Member {
  readonly row: Row
  readonly id: Uuid
  readonly student: boolean
  readonly roles: readonly RoleLine[]
  /** Left: every enrollment ends then. */
  readonly left: Day | null
  /** May not sign in any more: access ends, the class list stays. */
  readonly disabled: boolean
}

function readMembers(context: Context): Map<string, Member> {
  const { tables, say, ids } = context
  const table = tables.users
  for (const row of table.rows) {
    const given = row.get('givenName')
    const family = row.get('familyName')
    if (given !== '' && family !== '') continue
    const field = given === '' ? 'givenName' : 'familyName'
    if (given === family) {
      say(
        row.file,
        row.line,
        field,
        'oneroster.blank_field',
        'error',
        said(/*i18n*/ { id: 'finding.oneroster.user_without_name', message: 'The user has no name.' }),
      )
      table.reject(row)
    } else {
      const message = said(
        /*i18n*/ {
          id: 'finding.oneroster.one_name_only',
          message: 'The user has one name only. That may be right.',
        },
      )
      say(row.file, row.line, field, 'oneroster.blank_field', 'warning', message)
    }
  }

  // Without roles.csv nobody can be told apart; its header's error says so, once.
  if (!tables.roles.usable) return new Map()
  const assigned = Map.groupBy(readRoleRows(context), (line) => line.user)
  const members = new Map<string, Member>()
  for (const row of table.rows) {
    const roles = assigned.get(row.id) ?? ownRoles(context, row)
    if (roles.length === 0) {
      if (row.get('role') === '') {
        const message = said(
          /*i18n*/ {
            id: 'finding.oneroster.user_without_role',
            message: 'The user has no role, so nobody can tell whether this is a student or an adult.',
          },
        )
        say(row.file, row.line, 'role', 'oneroster.blank_field', 'error', message)
      }
      table.reject(row)
      continue
    }
    const student = roles.some((line) => line.role === 'student')
    if (student && roles.some((line) => line.role !== 'student')) {
      const message = said(
        /*i18n*/ {
          id: 'finding.oneroster.role_conflict',
          message: 'The user is both a student and an adult of the school. Give the person two ids.',
        },
      )
      say(row.file, row.line, 'role', 'oneroster.role_conflict', 'error', message)
      table.reject(row)
      continue
    }
    for (const agent of row.list('agentSourcedIds')) {
      refer(context, row, 'agentSourcedIds', agent, tables.users, 'warning')
    }
    const current = roles.filter((line) => line.ended === null)
    members.set(row.id, {
      row,
      id: ids('user', row.id),
      student,
      roles: current.length > 0 ? current : roles,
      left: row.ended ?? (current.length > 0 ? null : latest(roles.map((line) => line.ended))),
      disabled: row.get('enabledUser').toLowerCase() === 'false',
    })
  }
  return members
}

/** roles.csv, since 1.2. */
function readRoleRows(context: Context): (RoleLine & { readonly user: string })[] {
  const { tables } = context
  const table = tables.roles
  return table.rows.flatMap((row) => {
    const role = readRole(context, row)
    const user = needed(context, row, 'userSourcedId', tables.users)
    const org = needed(context, row, 'orgSourcedId', tables.orgs)
    const dates = datesOf(context, row, 'beginDate', 'endDate')
    if (!role || !user || !org || !dates) return []
    const { from, to } = dates
    const primary = row.get('roleType').toLowerCase() === 'primary'
    return [{ id: row.id, user: user.id, role, org, primary, from, to, ended: row.ended }]
  })
}

/** The role of users.csv at each of its organizations, until 1.1. */
function ownRoles(context: Context, row: Row): RoleLine[] {
  const { tables } = context
  if (row.get('role') === '') return []
  const role = readRole(context, row)
  if (!role) return []
  const orgs = row
    .list('orgSourcedIds')
    .map((id) => refer(context, row, 'orgSourcedIds', id, tables.orgs, 'warning'))
    .filter((org) => org !== null)
  return (orgs.length > 0 ? orgs : [null]).map((org) => ({
    id: JSON.stringify([row.id, role, org?.id ?? null]),
    role,
    org,
    primary: org !== null && org.id === row.get('primaryOrgSourcedId'),
    from: null,
    to: null,
    ended: null,
  }))
}

function readRole(context: Context, row: Row): Role | null {
  const word = row.get('role')
  const role = roleOf(word)
  if (word === '') {
    context.say(
      row.file,
      row.line,
      'role',
      'oneroster.blank_field',
      'error',
      said(/*i18n*/ { id: 'finding.oneroster.role_blank', message: 'The role is blank.' }),
    )
  } else if (role === null) {
    const message = said(
      /*i18n*/ {
        id: 'finding.oneroster.unknown_role',
        message: 'The role “{word}” is not known, so nobody can tell what this person may see.',
      },
      { word },
    )
    context.say(row.file, row.line, 'role', 'oneroster.unknown_role', 'error', message)
  } else if (isNarrowed(word)) {
    const message = said(
      /*i18n*/ {
        id: 'finding.oneroster.role_narrowed',
        message:
          'There is no role “{word}” here; the person goes in as volunteer, who sees least. Give another role if that is wrong.',
      },
      { word },
    )
    context.say(row.file, row.line, 'role', 'oneroster.role_narrowed', 'warning', message)
  }
  return role
}

function peopleOf(
  context: Context,
  members: ReadonlyMap<string, Member>,
  enrolled: readonly Enrolled[],
): Pick<RosterBatch, 'people' | 'students' | 'roles'> {
  const { tables, say, ids, days, now } = context
  const enrollments = Map.groupBy(enrolled, (item) => item.member.row.id)
  const people: Person[] = []
  const students: Student[] = []
  const roles: StaffRole[] = []
  for (const member of members.values()) {
    const { row } = member
    const mine = enrollments.get(row.id) ?? []
    const given = row.get('givenName')
    const family = row.get('familyName')
    if (!member.student) {
      people.push({ id: member.id, sourceId: row.id, given, family, email: emailOf(context, row) })
      roles.push(...staffRolesOf(context, member, mine))
      continue
    }
    const home = member.roles.find((line) => line.primary) ?? member.roles.find(isAtSchool) ?? member.roles[0]
    const school = home?.org ? ids('org', home.org.id) : mine[0]?.school
    if (school === undefined) {
      const message = said(
        /*i18n*/ {
          id: 'finding.oneroster.no_school',
          message:
            'The student has no school: none is named that is in the bundle, and there is no enrollment.',
        },
      )
      say(row.file, row.line, 'orgSourcedIds', 'oneroster.no_school', 'error', message)
      tables.users.reject(row)
      continue
    }
    const preferred = row.get('preferredGivenName')
    students.push({
      id: member.id,
      sourceId: row.id,
      given,
      family,
      preferred: preferred === '' ? null : preferred,
      initials: initialsOf(preferred || given, row.get('preferredFamilyName') || family),
      color: colorOf(row.id),
      grade: row.list('grades')[0] ?? null,
      school,
      ...(member.left === null ? {} : { ended: earlier(days.endOf(member.left), now) }),
    })
  }
  return { people, students, roles }
}

function earlier(a: string, b: string): string {
  return a < b ? a : b
}

function isAtSchool(line: RoleLine): boolean {
  return line.org?.get('type').toLowerCase() === 'school'
}

/**
 * A role without a date of its own begins with the first class the person is in, so that the days since then
 * are covered, and otherwise with the import.
 */
function staffRolesOf(context: Context, member: Member, mine: readonly Enrolled[]): StaffRole[] {
  const { say, ids, now, days } = context
  const { row } = member
  const since = mine
    .map((item) => item.enrollment.from)
    .filter((day) => day !== null)
    .toSorted()[0]
  return member.roles.flatMap((line) => {
    if (line.org === null) {
      const message = said(
        /*i18n*/ {
          id: 'finding.oneroster.adult_without_school',
          message: 'The person has no organization that is in the bundle, and goes in without a role.',
        },
      )
      say(row.file, row.line, 'orgSourcedIds', 'oneroster.no_school', 'warning', message)
      return []
    }
    const first = line.from ?? since
    const begun = first === undefined ? now : days.startOf(first)
    const from = line.from === null && begun > now ? now : begun
    const last = earliest([line.to, line.ended, member.left, line.org.ended])
    const over = member.disabled || member.left !== null || line.ended !== null || line.org.ended !== null
    const end = last === null ? null : days.endOf(last)
    const to = over && (end === null || end > now) ? now : end
    return [
      {
        id: ids('role', line.id),
        person: member.id,
        role: line.role,
        school: scopeOf(context, line.org),
        from: to !== null && from > to ? to : from,
        to,
      },
    ]
  })
}

function emailOf(context: Context, row: Row): string | null {
  const email = row.get('email')
  if (email === '' || /^[^\s@]+@[^\s@]+$/.test(email)) return email || null
  const message = said(
    /*i18n*/ {
      id: 'finding.oneroster.bad_email',
      message: 'This is no e-mail address; the person goes in without one.',
    },
  )
  context.say(row.file, row.line, 'email', 'oneroster.bad_email', 'warning', message)
  return null
}

// Classes and who is in them

interface SectionItem {
  readonly row: Row
  readonly section: Section
  readonly from: Day | null
  readonly to: Day | null
  readonly ended: Day | null
}

function readSections(context: Context, terms: ReadonlyMap<string, Term>): SectionItem[] {
  const { tables, say, ids } = context
  const table = tables.classes
  return table.rows.flatMap((row) => {
    const school = needed(context, row, 'schoolSourcedId', tables.orgs)
    const course = referred(context, row, 'courseSourcedId', tables.courses, 'warning')
    const named = row.list('termSourcedIds')
    const mine = named.flatMap((id) => {
      refer(context, row, 'termSourcedIds', id, tables.academicSessions, 'warning')
      return terms.get(id) ?? []
    })
    if (named.length === 0) {
      const message = said(
        /*i18n*/ {
          id: 'finding.oneroster.no_term',
          message:
            'The class has no term. Where an enrollment has no dates either, access begins with this import.',
        },
      )
      say(row.file, row.line, 'termSourcedIds', 'oneroster.no_term', 'warning', message)
    }
    const title = row.get('title') || row.get('classCode')
    if (title === '') {
      const message = said(
        /*i18n*/ {
          id: 'finding.oneroster.class_without_title',
          message: 'The class has neither a title nor a code; its id stands in for them.',
        },
      )
      say(row.file, row.line, 'title', 'oneroster.blank_field', 'warning', message)
    }
    if (!school) {
      table.reject(row)
      return []
    }
    const ends = mine.map((term) => term.end)
    const section: Section = {
      id: ids('class', row.id),
      sourceId: row.id,
      school: ids('org', school.id),
      title: title || row.id,
      course: course ? course.get('title') || course.get('courseCode') || course.id : null,
      terms: [...new Set(mine.map((term) => term.title))],
    }
    return [
      {
        row,
        section,
        from: earliest(mine.map((term) => term.start)),
        to: ends.includes(null) ? null : latest(ends),
        ended: earliest([row.ended, school.ended]),
      },
    ]
  })
}

interface Enrolled {
  readonly enrollment: Enrollment
  readonly member: Member
  readonly school: Uuid
  /** Null when it never was in force. */
  readonly stay: Stay | null
}

function readEnrollments(
  context: Context,
  members: ReadonlyMap<string, Member>,
  sections: readonly SectionItem[],
): Enrolled[] {
  const { tables, say, ids, today } = context
  const table = tables.enrollments
  const byId = new Map(sections.map((item) => [item.row.id, item]))
  return table.rows.flatMap((row) => {
    const word = row.get('role')
    const plain = roleOf(word)
    if (plain === null) {
      const code = word === '' ? 'oneroster.blank_field' : 'oneroster.unknown_role'
      const message =
        word === ''
          ? said(
              /*i18n*/ {
                id: 'finding.oneroster.class_role_blank',
                message: 'The role is blank, so nobody can tell what this person does in the class.',
              },
            )
          : said(
              /*i18n*/ {
                id: 'finding.oneroster.class_role_unknown',
                message:
                  'The role “{word}” is not known, so nobody can tell what this person does in the class.',
              },
              { word },
            )
      say(row.file, row.line, 'role', code, 'error', message)
    }
    const item = byId.get(needed(context, row, 'classSourcedId', tables.classes)?.id ?? '')
    const member = members.get(needed(context, row, 'userSourcedId', tables.users)?.id ?? '')
    referred(context, row, 'schoolSourcedId', tables.orgs, 'warning')
    const dates = datesOf(context, row, 'beginDate', 'endDate')
    if (!plain || !item || !member || !dates) return []

    const guardian = member.roles.every((line) => line.role === 'guardian')
    if (member.student !== (plain === 'student') || guardian) {
      const message = member.student
        ? said(
            /*i18n*/ {
              id: 'finding.oneroster.student_as_adult',
              message:
                'The user is a student, but is in this class as {word}. That would open other children’s records to the wrong person.',
            },
            { word },
          )
        : guardian
          ? said(
              /*i18n*/ {
                id: 'finding.oneroster.guardian_in_class',
                message:
                  'The user is a guardian, but is in this class as {word}. That would open other children’s records to the wrong person.',
              },
              { word },
            )
          : said(
              /*i18n*/ {
                id: 'finding.oneroster.adult_as_student',
                message:
                  'The user is an adult, but is in this class as {word}. That would open other children’s records to the wrong person.',
              },
              { word },
            )
      say(row.file, row.line, 'role', 'oneroster.role_conflict', 'error', message)
      return []
    }

    const role = closest(plain, member)
    const ended = earliest([row.ended, item.ended, member.left])
    const begin = dates.from ?? item.from
    const end = dates.to ?? item.to
    const to = earliest([end, ended])
    const inForce = begin === null || to === null || begin <= to
    const from = inForce ? begin : to
    const disabled = member.disabled && !member.student
    const enrollment: Enrollment = {
      id: ids('enrollment', row.id),
      sourceId: row.id,
      section: item.section.id,
      student: member.student ? member.id : null,
      person: member.student ? null : member.id,
      role,
      from,
      to,
    }
    const stay: Stay = {
      section: item.row.id,
      title: item.section.title,
      who: member.id,
      sourceId: member.row.id,
      role,
      from,
      to: disabled ? earliest([to, today]) : to,
      cut: disabled || (ended !== null && to === ended),
    }
    return [{ enrollment, member, school: item.section.school, stay: inForce ? stay : null }]
  })
}

/** Many systems enroll every adult as teacher; what the person is elsewhere in the roster says more. */
function closest(role: Role, member: Member): Role {
  const own = member.roles.map((line) => line.role)
  if (role !== 'gened_teacher' || own.includes('gened_teacher')) return role
  return own.find((other) => WORKS_WITH.has(other)) ?? role
}

function checkDemographics(context: Context): void {
  const { tables } = context
  for (const row of tables.demographics.rows) {
    refer(context, row, 'sourcedId', row.id, tables.users, 'warning')
  }
}

// References and dates

/** The row that a required column points to; blank or dangling is an error, and null. */
function needed(context: Context, row: Row, field: string, target: Table): Row | null {
  if (row.get(field) !== '') return refer(context, row, field, row.get(field), target, 'error')
  const message = said(
    /*i18n*/ {
      id: 'finding.oneroster.field_blank',
      message: 'The {field} is blank, so the row cannot go in.',
    },
    { field },
  )
  context.say(row.file, row.line, field, 'oneroster.blank_field', 'error', message)
  return null
}

/** The row that a column points to, or null. A blank column is no finding. */
function referred(
  context: Context,
  row: Row,
  field: string,
  target: Table,
  severity: Finding['severity'],
): Row | null {
  return row.get(field) === '' ? null : refer(context, row, field, row.get(field), target, severity)
}

function refer(
  context: Context,
  row: Row,
  field: string,
  id: string,
  target: Table,
  severity: Finding['severity'],
): Row | null {
  const found = target.byId.get(id)
  if (found || !target.usable) return found ?? null
  const rejected = target.wasRejected(id)
  const code = rejected ? 'oneroster.reference_left_out' : 'oneroster.dangling_reference'
  const out = severity === 'error'
  const at = { id, file: target.file }
  const message = rejected
    ? out
      ? said(
          /*i18n*/ {
            id: 'finding.oneroster.reference_left_out',
            message: '“{id}” has an error in {file}, so this row cannot go in.',
          },
          at,
        )
      : said(
          /*i18n*/ {
            id: 'finding.oneroster.reference_left_out_kept',
            message: '“{id}” has an error in {file}, so this row goes in without it.',
          },
          at,
        )
    : out
      ? said(
          /*i18n*/ {
            id: 'finding.oneroster.dangling_reference',
            message: '“{id}” is not in {file}, so this row cannot go in.',
          },
          at,
        )
      : said(
          /*i18n*/ {
            id: 'finding.oneroster.dangling_reference_kept',
            message: '“{id}” is not in {file}, so this row goes in without it.',
          },
          at,
        )
  context.say(row.file, row.line, field, code, severity, message)
  return null
}

/** A beginning and an end, or null when they cannot be right. Blank is no limit. */
function datesOf(
  context: Context,
  row: Row,
  fromField: string,
  toField: string,
): { readonly from: Day | null; readonly to: Day | null } | null {
  const read = (field: string): Day | null | undefined => {
    if (row.get(field) === '') return null
    const day = dayFrom(row.get(field))
    if (day !== null) return day
    const message = said(
      /*i18n*/ { id: 'finding.oneroster.bad_date', message: '“{text}” is no date of the form 2026-08-31.' },
      { text: row.get(field) },
    )
    context.say(row.file, row.line, field, 'oneroster.bad_date', 'error', message)
    return undefined
  }
  const from = read(fromField)
  const to = read(toField)
  if (from === undefined || to === undefined) return null
  if (from !== null && to !== null && to < from) {
    const message = said(
      /*i18n*/ {
        id: 'finding.oneroster.dates_reversed',
        message: 'It ends ({to}) before it begins ({from}).',
      },
      { to, from },
    )
    context.say(row.file, row.line, toField, 'oneroster.dates_reversed', 'error', message)
    return null
  }
  return { from, to }
}
