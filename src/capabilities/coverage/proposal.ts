/**
 * A plan, read for people: what is needed, who does what instead and why, what that leaves behind, and what nobody does,
 * with whoever answers for it. Pure; the same for a plan the solver made and for one changed by hand.
 */
import type { Uuid } from '../../platform/core/ids.ts'
import type { CoverModel } from './milp.ts'
import {
  LEVELS,
  type Adult,
  type Need,
  type NoRelief,
  type Proposal,
  type ProposedPart,
  type Red,
  type Refusal,
  type Step,
} from './model.ts'
import {
  besideOf,
  chargesOf,
  hasMeal,
  isAway,
  isFilled,
  isFit,
  isSent,
  overlap,
  pairKey,
  refusalOf,
  trainedOf,
  type Indexed,
  type Part,
  type Refused,
} from './rules.ts'

/** Who does each part, in the order of the parts; null = nobody. */
export type Taken = readonly (Uuid | null)[]

/** More than these need not be read to see why somebody at hand was not chosen. */
const REFUSALS_SHOWN = 6

/** What a solution says: parts that were not in question stay with whoever has them. */
export function takenOf({ parts, choices }: CoverModel, solution: readonly number[]): Taken {
  const inQuestion = new Set(choices.map(({ part }) => part))
  const taken = parts.map(({ holder }, n) => (inQuestion.has(n) ? null : holder))
  for (const { person, part, column } of choices) if ((solution[column] ?? 0) > 0.5) taken[part] = person
  return taken
}

export type Changed = { readonly taken: Taken } | { readonly refused: Refused }

/** One part given to somebody by hand (null = nobody). What they did at that time is nobody's then, and is said so. */
export function changedBy(
  index: Indexed,
  parts: readonly Part[],
  taken: Taken,
  n: number,
  person: Uuid | null,
): Changed {
  const part = parts[n]
  if (!part) return { refused: { code: 'busy', tasks: [], since: null } }
  if (person !== null) {
    const refused = refusalOf(index, person, part)
    if (refused) return { refused }
    const beside = besideOf(index, person, part) ?? []
    const isElsewhere = beside.some((one) => isSentMeanwhile(parts, taken, one, part))
    if (isElsewhere) return { refused: { code: 'beside', tasks: part.needs, since: null } }
  }
  return {
    taken: taken.map((by, other) => {
      if (other === n) return person
      const elsewhere = parts[other]
      const clash = elsewhere && elsewhere.task.id !== part.task.id && overlap(elsewhere, part)
      if (by === person && person !== null && clash) return null
      // who needs this person beside them cannot go on without
      const isLeft =
        by !== null &&
        person !== null &&
        elsewhere !== undefined &&
        isSent(person, part) &&
        overlap(elsewhere, part) &&
        besideOf(index, by, elsewhere)?.includes(person) === true
      return isLeft ? null : by
    }),
  }
}

function isSentMeanwhile(parts: readonly Part[], taken: Taken, person: Uuid, part: Part): boolean {
  return parts.some(
    (other, n) => taken[n] === person && other !== part && isSent(person, other) && overlap(other, part),
  )
}

export function proposalOf(index: Indexed, parts: readonly Part[], taken: Taken): Proposal {
  const steps: Step[] = []
  const red: Red[] = []
  const lapsed: Red[] = []
  parts.forEach((part, n) => {
    const by = taken[n] ?? null
    if (by === null) (part.level === 'prep' ? lapsed : red).push(redOf(index, part))
    else if (by !== part.task.person) steps.push(stepOf(index, parts, taken, part, by))
  })
  return {
    needs: needsOf(index, parts),
    steps: steps.toSorted((a, b) => byUrgency(a.part, b.part, 'time first')),
    red: red.toSorted((a, b) => byUrgency(a.part, b.part)),
    lapsed: lapsed.toSorted((a, b) => byUrgency(a.part, b.part)),
    noMeal: index.day.adults.filter((adult) => isWithoutMeal(index, parts, taken, adult)).map(({ id }) => id),
    noRelief: noReliefOf(index, parts, taken),
  }
}

/** Breaks of those who are there, with the students who have nobody all that time, by timetable and plan together. */
function noReliefOf(index: Indexed, parts: readonly Part[], taken: Taken): NoRelief[] {
  return index.day.tasks.flatMap((task) => {
    const { person, off, start, end } = task
    if (!off) return []
    const students = chargesOf(index, task).filter((student) => {
      const byPlan = parts.filter(
        (part, n) => (taken[n] ?? person) !== person && part.students.includes(student),
      )
      const byThemselves = index.day.tasks.filter(
        (other) =>
          other.person !== person &&
          !other.off &&
          other.students.includes(student) &&
          index.adults.get(other.person)?.moves !== true &&
          isFit(index, student, other),
      )
      return !isFilled(task, [...byPlan, ...byThemselves])
    })
    return students.length === 0 ? [] : [{ person, off, students, start, end }]
  })
}

function stepOf(index: Indexed, parts: readonly Part[], taken: Taken, part: Part, by: Uuid): Step {
  const own = parts.flatMap((other, n) =>
    other.holder === by && other !== part && overlap(other, part) ? [{ other, by: taken[n] ?? null }] : [],
  )
  const others = parts.filter(
    (other, n) =>
      other !== part && other.task.id === part.task.id && taken[n] === by && other.students.length > 0,
  )
  const known = part.students.filter((student) => index.known.has(pairKey({ person: by, student })))
  const isEasier = index.adults.get(by)?.substitute === true && part.holder !== null
  const why: Step['why'] = []
  const beside = besideOf(index, by, part) ?? []
  const able = beside.length === 0 ? part.needs : trainedOf(index, by, part)
  if (able.length > 0) why.push({ code: 'trained', students: [...part.students], tasks: [...able] })
  if (known.length > 0) why.push({ code: 'knows', students: known, tasks: [] })
  if (isEasier) why.push({ code: 'easier_post', students: [], tasks: [] })
  why.push({ code: own.length > 0 ? 'pulled' : 'free', students: [], tasks: [] })
  if (others.length > 0)
    why.push({ code: 'already_there', students: others.flatMap(({ students }) => students), tasks: [] })
  return {
    person: by,
    part: proposedOf(part),
    why,
    leaves: own.map(({ other, by: taker }) => ({ ...proposedOf(other), by: taker })),
    ...(beside.length > 0 && { beside: [...beside] }),
  }
}

function redOf(index: Indexed, part: Part): Red {
  const managers = part.students.flatMap((student) => index.children.get(student)?.manager ?? [])
  return {
    part: proposedOf(part),
    owner: managers[0] ?? index.day.coordinator,
    required: part.level === 'critical' || part.level === 'one_to_one' || part.level === 'service',
  }
}

/** What is missing before anybody is moved: a student of the first class by themselves, everything else as it was planned. */
function needsOf(index: Indexed, parts: readonly Part[]): Need[] {
  const groups = new Map<string, Part[]>()
  for (const part of parts) {
    if (part.holder !== null) continue
    const key = `${part.level} ${part.students.join()} ${part.students.length === 0 ? part.task.id : ''}`
    groups.set(key, [...(groups.get(key) ?? []), part])
  }
  return [...groups.values()]
    .map((some): Need => {
      const [first] = some
      return {
        students: [...(first?.students ?? [])],
        level: first?.level ?? 'prep',
        needs: [...new Set(some.flatMap(({ needs }) => needs))].toSorted(),
        minutes: some.reduce((sum, { start, end }) => sum + end - start, 0),
        usual: [...new Set(some.map(({ task }) => task.person))],
        refused: refusalsOf(index, some),
      }
    })
    .toSorted(
      (a, b) =>
        LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level) ||
        b.needs.length - a.needs.length ||
        b.minutes - a.minutes,
    )
}

/** Who is at hand and is never asked, and why: substitutes, and those whose training is over. */
function refusalsOf(index: Indexed, parts: readonly Part[]): Refusal[] {
  const refusals: Refusal[] = []
  for (const adult of index.day.adults) {
    if (!adult.moves || (!adult.hours && !index.byPerson.has(adult.id))) continue
    const found = parts
      .map((part) => refusalOf(index, adult.id, part))
      .filter((one) => one !== null && ['may_not', 'untrained', 'expired'].includes(one.code))
    const worst = found.find((one) => one?.code === 'expired') ?? found[0]
    if (!worst || !(adult.substitute || worst.code === 'expired')) continue
    refusals.push({
      person: adult.id,
      students: [...(parts[0]?.students ?? [])],
      code: worst.code,
      tasks: [...new Set(found.flatMap((one) => one?.tasks ?? []))].toSorted(),
      since: worst.since,
    })
  }
  return refusals.slice(0, REFUSALS_SHOWN)
}

function isWithoutMeal(index: Indexed, parts: readonly Part[], taken: Taken, adult: Adult): boolean {
  const busy = parts.filter((_part, n) => taken[n] === adult.id)
  const own = index.byPerson.get(adult.id) ?? []
  if (!adult.moves || (busy.length === 0 && own.length === 0)) return false
  const hours = adult.hours ?? { start: 0, end: 24 * 60 }
  if (isAway(index, adult.id, hours)) return false
  return !hasMeal(
    index.day,
    adult,
    busy,
    own.filter((task) => task.off !== undefined || busy.length > 0),
  )
}

function proposedOf({ task, start, end, level, needs, students, relief }: Part): ProposedPart {
  const { id, title, place, purpose, person } = task
  return {
    task: id,
    title,
    place,
    purpose,
    usual: person,
    level,
    needs: [...needs],
    students: [...students],
    ...(relief && { relief }),
    start,
    end,
  }
}

function byUrgency(a: ProposedPart, b: ProposedPart, first?: 'time first'): number {
  const level = LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level)
  return (first ? a.start - b.start || level : level || a.start - b.start) || (a.task < b.task ? -1 : 1)
}
