/**
 * What a day asks for when somebody is missing: the parts of everybody's work, in which order they are served, and who
 * may do which (domain H.3). Pure. The solver's model is built from it (milp.ts), the proposal is read with it
 * (proposal.ts), and the server judges a change by hand with the same `refusalOf`.
 */
import type { Uuid } from '../../platform/core/ids.ts'
import { PURPOSES } from '../schedule/model.ts'
import type { Adult, Child, Competency, CoverDay, Level, Override, RefusalCode, Span, Task } from './model.ts'

/** Tasks of care and safety: whoever needs one is served first. Others (a reading program) only ask for training. */
export const CARE_TASKS = [
  'feeding',
  'toileting',
  'lift',
  'positioning',
  'seizure',
  'seizure_medication',
  'medication',
  'behavior_plan',
  'crisis_prevention',
] as const

/** What may be needed at any minute: where people are trained for it with a student, whoever is with them must be. */
const AT_ANY_TIME = ['seizure', 'behavior_plan']

/** What a nurse does by license, for whoever needs it. Other staff do it when it is delegated to them (domain G.5). */
const PROCEDURES = [
  'feeding',
  'toileting',
  'lift',
  'positioning',
  'seizure',
  'seizure_medication',
  'medication',
]

/** Between two periods nobody is somewhere else for as long as this, minutes. */
const PASSING_MIN = 10

const CRITICAL_FLAGS = ['seizure', 'feeding', 'elopement']

/** One piece of a task that one adult takes or leaves: a student who needs somebody of their own, or all the others. */
export interface Part extends Span {
  readonly task: Task
  readonly level: Level
  readonly needs: readonly string[]
  readonly students: readonly Uuid[]
  /** Who does it as things stand: whose task it is, unless they are away or may not. */
  readonly holder: Uuid | null
  /** With the students of the adult of the task, who has a break then: anybody's but theirs. */
  readonly relief?: NonNullable<Task['off']> | undefined
}

export interface Refused {
  readonly code: RefusalCode
  readonly tasks: readonly string[]
  readonly since: string | null
}

/** A day with its rows at hand. */
export interface Indexed {
  readonly day: CoverDay
  readonly adults: ReadonlyMap<Uuid, Adult>
  readonly children: ReadonlyMap<Uuid, Child>
  readonly byPerson: ReadonlyMap<Uuid, readonly Task[]>
  readonly competencies: ReadonlyMap<string, readonly Competency[]>
  /** By `person task student`. */
  readonly overrides: ReadonlyMap<string, readonly Override[]>
  /** `task student` for every task that anybody ever was trained for with that student. */
  readonly concerned: ReadonlySet<string>
  readonly restricted: ReadonlySet<string>
  readonly known: ReadonlySet<string>
}

export function indexed(day: CoverDay): Indexed {
  const competencies = new Map<string, Competency[]>()
  for (const one of day.competencies) push(competencies, `${one.person} ${one.task}`, one)
  const overrides = new Map<string, Override[]>()
  for (const one of day.overrides ?? []) push(overrides, `${one.person} ${one.task} ${one.student}`, one)
  const byPerson = new Map<Uuid, Task[]>()
  for (const task of day.tasks) push(byPerson, task.person, task)
  return {
    day,
    adults: new Map(day.adults.map((adult) => [adult.id, adult])),
    children: new Map(day.children.map((child) => [child.id, child])),
    byPerson,
    competencies,
    overrides,
    concerned: new Set(
      day.competencies.flatMap(({ task, student }) => (student ? `${task} ${student}` : [])),
    ),
    restricted: new Set(day.restricted.map(pairKey)),
    known: new Set(day.known.map(pairKey)),
  }
}

/**
 * The parts of all work that may change hands on the day: that of paras and substitutes. Whoever of an absent adult's
 * students is with another para by the timetable all that time is not missing anybody.
 */
export function partsOf(index: Indexed): Part[] {
  return [...workOf(index), ...reliefOf(index)]
}

function workOf(index: Indexed): Part[] {
  return index.day.tasks.flatMap((task) => {
    if (task.off || !index.adults.get(task.person)?.moves) return []
    const missing = isAway(index, task.person, task)
    const students = missing
      ? task.students.filter((student) => !isWithAnother(index, student, task))
      : task.students
    if (missing && students.length === 0 && task.students.length > 0) return []
    const isSomewhere = !missing && !isElsewhere(index, task)
    return split(index, task, students).map((part) => ({
      ...part,
      holder: isSomewhere && !refusalOf(index, task.person, { ...part, task }) ? task.person : null,
    }))
  })
}

/** Breaks in which students would be without an adult: nobody is planned to be with them. */
function reliefOf(index: Indexed): Part[] {
  return index.day.tasks.flatMap((task) => {
    const { off: relief } = task
    if (!relief) return []
    const students = chargesOf(index, task).filter((student) => !isRelieved(index, student, task))
    if (students.length === 0) return []
    return split(index, { ...task, purpose: 'one_to_one', students }, students).map((part) => ({
      ...part,
      task,
      holder: null,
      relief,
    }))
  })
}

/**
 * Whom an adult is responsible for while they have a break: students named with it; and those whom they have just before
 * or just after it, who may not be without an adult, and who have one on both sides of it.
 */
export function chargesOf(index: Indexed, task: Task): Uuid[] {
  if (!task.off || !index.adults.get(task.person)?.moves || isAway(index, task.person, task)) return []
  const beside = (other: Task) =>
    !other.off &&
    ((other.end <= task.start && task.start - other.end <= PASSING_MIN) ||
      (other.start >= task.end && other.start - task.end <= PASSING_MIN))
  const near = index.day.tasks.filter(beside)
  const isWith = (student: Uuid, when: 'before' | 'after') =>
    near.some(
      (one) =>
        one.students.includes(student) && (when === 'before' ? one.end <= task.start : one.start >= task.end),
    )
  const own = near.filter(({ person }) => person === task.person)
  const charges = own.flatMap(({ students, purpose }) =>
    students.filter(
      (student) =>
        (purpose === 'care' ||
          purpose === 'one_to_one' ||
          isCritical(index.children.get(student), standingOf(index, [student]))) &&
        isWith(student, 'before') &&
        isWith(student, 'after'),
    ),
  )
  return [...new Set([...task.students, ...charges])].toSorted()
}

/**
 * Has somebody a student by the timetable all that time? A para's or substitute's own work is judged where it stands:
 * who does it when they are away or may not is asked there.
 */
function isRelieved(index: Indexed, student: Uuid, task: Task): boolean {
  const others = index.day.tasks.filter(
    (other) =>
      other.person !== task.person &&
      !other.off &&
      other.students.includes(student) &&
      (index.adults.get(other.person)?.moves || isFit(index, student, other)),
  )
  return isFilled(task, others)
}

/** May whoever is planned for it be with a student by themselves? Of adults who keep to their own work. */
export function isFit(index: Indexed, student: Uuid, { person, start, end }: Task): boolean {
  const needs = standingOf(index, [student])
  return (
    !isAway(index, person, { start, end }) &&
    !index.restricted.has(pairKey({ person, student })) &&
    lackingOf(index, person, needs, [student]).length === 0
  )
}

/** Do some spans together leave nothing of a span out? */
export function isFilled({ start, end }: Span, spans: readonly Span[]): boolean {
  let at = start
  for (const span of spans.toSorted((a, b) => a.start - b.start))
    if (span.start <= at) at = Math.max(at, span.end)
  return at >= end
}

function split(index: Indexed, task: Task, students: readonly Uuid[]): Omit<Part, 'holder'>[] {
  const parts: Omit<Part, 'holder'>[] = []
  const rest: Uuid[] = []
  const { start, end } = task
  for (const student of students) {
    const needs = needsOf(index, task, [student])
    if (isCritical(index.children.get(student), needs))
      parts.push({ task, start, end, level: 'critical', needs, students: [student] })
    else rest.push(student)
  }
  const level = task.purpose === 'care' ? 'critical' : task.purpose
  if (rest.length > 0 || task.students.length === 0)
    parts.push({ task, start, end, level, needs: needsOf(index, task, rest), students: rest })
  return parts
}

/** What somebody must be trained for to do a task with these students. Nobody named: it concerns all of them. */
function needsOf(index: Indexed, task: Task, students: readonly Uuid[]): string[] {
  const standing = standingOf(index, students)
  const asked = task.needs.filter((need) => {
    const named = task.students.filter((one) => index.concerned.has(`${need} ${one}`))
    return named.length === 0 || named.some((one) => students.includes(one))
  })
  return [...new Set([...asked, ...standing])].toSorted()
}

/** What whoever is with them must be trained for, whatever they do. */
function standingOf(index: Indexed, students: readonly Uuid[]): string[] {
  return AT_ANY_TIME.filter((need) => students.some((one) => index.concerned.has(`${need} ${one}`)))
}

function isCritical(child: Child | undefined, needs: readonly string[]): boolean {
  return (
    needs.some((need) => CARE_TASKS.some((task) => task === need)) ||
    isAlone(child) ||
    (child?.flags.some((flag) => CRITICAL_FLAGS.includes(flag)) ?? false)
  )
}

/** SV5 and SV6: their adult has no other student. */
export function isAlone(child: Child | undefined): boolean {
  return child?.supervision === 'SV5' || child?.supervision === 'SV6'
}

/** How much a student's plan asks of somebody new to it; a substitute gets the least of it (domain H.3). */
export function complexityOf(child: Child | undefined): number {
  return (child?.flags.includes('behavior_plan') ? 1 : 0) + (isAlone(child) ? 1 : 0)
}

/**
 * Why somebody may not do a part, or null. What is theirs by the timetable is at hours and beside breaks as planned;
 * training and restrictions hold all the same. Double booking is judged where all of a plan is known.
 */
export function refusalOf(
  index: Indexed,
  person: Uuid,
  part: Pick<Part, 'task' | 'needs' | 'students' | 'start' | 'end' | 'relief'>,
): Refused | null {
  const isOwn = person === part.task.person && !part.relief
  const no = (code: RefusalCode, tasks: readonly string[] = [], since: string | null = null): Refused => ({
    code,
    tasks,
    since,
  })
  if (isAway(index, person, part)) return no('away')
  const adult = index.adults.get(person)
  if (!adult?.moves && !(adult?.nurse && isProcedure(part))) return no('other_work')
  const { hours } = adult
  if (!isOwn && !(hours && hours.start <= part.start && part.end <= hours.end)) return no('hours')
  if (part.students.some((student) => index.restricted.has(pairKey({ person, student }))))
    return no('may_not')
  const lacking = lackingOf(index, person, part.needs, part.students)
  if (lacking.length > 0 && besideOf(index, person, part) === null) {
    if (lacking.every((need) => isPermitted(index, person, need, part.students))) return no('beside', lacking)
    const ended = lacking.map((need) => endOf(index, person, need, part.students))
    const since = ended.find((day) => day !== null) ?? null
    return no(since === null ? 'untrained' : 'expired', lacking, since)
  }
  if (isOwn) return null
  const planned = index.byPerson.get(person)?.filter((task) => overlap(task, part)) ?? []
  if (planned.some(({ off }) => off)) return no('break')
  // others leave their work for this only as part of a plan, which says who does that then
  return !adult.moves && planned.length > 0 ? no('busy') : null
}

/** What a nurse is asked for: a procedure itself, or a break of whoever gives it; not a lesson beside the student. */
function isProcedure({ task, needs, relief }: Pick<Part, 'task' | 'needs' | 'relief'>): boolean {
  const isBounded = task.purpose === 'care' || relief !== undefined
  return isBounded && needs.length > 0 && needs.every((need) => PROCEDURES.includes(need))
}

/** What of a part's needs somebody is trained for, or does by license. */
export function trainedOf(
  index: Indexed,
  person: Uuid,
  { needs, students }: Pick<Part, 'needs' | 'students'>,
): readonly string[] {
  const lacking = lackingOf(index, person, needs, students)
  return needs.filter((need) => !lacking.includes(need))
}

function lackingOf(
  index: Indexed,
  person: Uuid,
  needs: readonly string[],
  students: readonly Uuid[],
): readonly string[] {
  const isLicensed = index.adults.get(person)?.nurse === true
  return needs.filter(
    (need) => !(isLicensed && PROCEDURES.includes(need)) && !isTrained(index, person, need, students),
  )
}

/** The students whom a task is about; nobody named: all of them. */
function concernedBy(index: Indexed, need: string, students: readonly Uuid[]): readonly Uuid[] {
  const whom = students.filter((one) => index.concerned.has(`${need} ${one}`))
  return whom.length > 0 ? whom : students
}

/** Is somebody trained for a task with each of the students whom it concerns, on that day? */
function isTrained(index: Indexed, person: Uuid, need: string, students: readonly Uuid[]): boolean {
  const { day } = index.day
  const current = (index.competencies.get(`${person} ${need}`) ?? []).filter(
    ({ from, to, revoked }) => !revoked && from <= day && (to === null || day <= to),
  )
  if (current.some(({ student }) => student === null)) return true
  const all = concernedBy(index, need, students)
  return all.length > 0 && all.every((one) => current.some(({ student }) => student === one))
}

/**
 * Who must be beside somebody all the time of a part, so that they may do it without being trained: the adults of the
 * permissions of the day. None: they are trained. Null: they may not do it, or whoever should be beside them cannot be.
 */
export function besideOf(
  index: Indexed,
  person: Uuid,
  part: Pick<Part, 'task' | 'needs' | 'students' | 'start' | 'end' | 'relief'>,
): readonly Uuid[] | null {
  const beside = new Set<Uuid>()
  for (const need of lackingOf(index, person, part.needs, part.students)) {
    const whom = concernedBy(index, need, part.students).filter(
      (student) => !isTrained(index, person, need, [student]),
    )
    if (whom.length === 0) return null
    for (const student of whom) {
      const found = permissionsOf(index, person, need, student).find((one) => isBeside(index, one, part))
      if (!found) return null
      beside.add(found.beside)
    }
  }
  return [...beside].toSorted()
}

function isPermitted(index: Indexed, person: Uuid, need: string, students: readonly Uuid[]): boolean {
  const whom = concernedBy(index, need, students)
  return (
    whom.length > 0 &&
    whom.every(
      (student) =>
        isTrained(index, person, need, [student]) || permissionsOf(index, person, need, student).length > 0,
    )
  )
}

function permissionsOf(index: Indexed, person: Uuid, need: string, student: Uuid): readonly Override[] {
  return index.overrides.get(`${person} ${need} ${student}`) ?? []
}

/** Is the adult of a permission trained for it themselves, at work, and by the timetable in that room with no break? */
function isBeside(
  index: Indexed,
  { person, student, task: need, beside }: Override,
  part: Pick<Part, 'task' | 'students' | 'start' | 'end' | 'relief'>,
): boolean {
  const hours = index.adults.get(beside)?.hours
  return (
    beside !== person &&
    lackingOf(index, beside, [need], [student]).length === 0 &&
    !isAway(index, beside, part) &&
    hours !== null &&
    hours !== undefined &&
    hours.start <= part.start &&
    part.end <= hours.end &&
    !part.students.some((one) => index.restricted.has(pairKey({ person: beside, student: one }))) &&
    (index.byPerson.get(beside) ?? []).every(
      (own) =>
        !overlap(own, part) ||
        (!own.off && (own.students.includes(student) || (!part.relief && own.place === part.task.place))),
    )
  )
}

/** Is somebody sent to a part that is not theirs by the timetable? */
export function isSent(person: Uuid, { task, relief }: Pick<Part, 'task' | 'relief'>): boolean {
  return task.person !== person || relief !== undefined
}

/** The last day on which somebody was trained for it, where that is over. */
function endOf(index: Indexed, person: Uuid, need: string, students: readonly Uuid[]): string | null {
  const { day } = index.day
  const over = (index.competencies.get(`${person} ${need}`) ?? []).filter(
    ({ student, to, revoked }) =>
      (student === null || students.includes(student)) && (revoked || (to !== null && to < day)),
  )
  const days = over.flatMap(({ to }) => (to !== null && to < day ? [to] : [day]))
  return days.toSorted().at(-1) ?? null
}

export function isAway(index: Indexed, person: Uuid, span: Span): boolean {
  return index.day.away.some((away) => away.person === person && overlap(away, span))
}

function isWithAnother(index: Indexed, student: Uuid, task: Task): boolean {
  return index.day.tasks.some(
    (other) =>
      other.person !== task.person &&
      !other.off &&
      other.start <= task.start &&
      task.end <= other.end &&
      other.students.includes(student) &&
      index.adults.get(other.person)?.moves === true &&
      !isAway(index, other.person, other),
  )
}

/** Has somebody a duty-free meal in what they are planned to do? Who works shorter than the policy says needs none. */
export function hasMeal(
  day: CoverDay,
  adult: Adult,
  busy: readonly Span[],
  planned: readonly Task[],
): boolean {
  const { mealMin, mealAfter } = day.policy
  if (planned.some((task) => task.off === 'meal' && task.end - task.start >= mealMin)) return true
  const hours = adult.hours ?? hull(planned)
  if (!hours || hours.end - hours.start <= mealAfter) return true
  return mealsOf(day, busy, hours).some((meal) => !busy.some((one) => overlap(one, meal)))
}

/** Two things at once by the timetable itself: the more urgent one is done, and the other one needs somebody. */
function isElsewhere(index: Indexed, task: Task): boolean {
  const rank = (one: Task) => PURPOSES.indexOf(one.purpose)
  const first: Task[] = []
  const own = (index.byPerson.get(task.person) ?? []).filter(({ off }) => !off)
  for (const one of own.toSorted((a, b) => rank(a) - rank(b) || a.start - b.start || (a.id < b.id ? -1 : 1)))
    if (!first.some((other) => overlap(other, one))) first.push(one)
  return !first.includes(task)
}

/** When a meal could be: from the beginning, or the end, of anything. */
export function mealsOf(day: CoverDay, busy: readonly Span[], hours: Span): Span[] {
  const { mealMin, mealFrom, mealTo } = day.policy
  const from = Math.max(mealFrom, hours.start)
  const to = Math.min(mealTo, hours.end)
  const starts = [from, ...busy.flatMap(({ start, end }) => [start, end, start - mealMin])]
  return [...new Set(starts)]
    .filter((start) => start >= from && start + mealMin <= to)
    .toSorted((a, b) => a - b)
    .map((start) => ({ start, end: start + mealMin }))
}

function hull(spans: readonly Span[]): Span | null {
  if (spans.length === 0) return null
  return {
    start: Math.min(...spans.map(({ start }) => start)),
    end: Math.max(...spans.map(({ end }) => end)),
  }
}

export function overlap(a: Span, b: Span): boolean {
  return a.start < b.end && b.start < a.end
}

export function pairKey({ person, student }: { person: Uuid; student: Uuid }): string {
  return `${person} ${student}`
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key)
  if (list) list.push(value)
  else map.set(key, [value])
}
