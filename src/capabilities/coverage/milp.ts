/**
 * The day as a mixed-integer program, as data: who could take which part, what cannot be at once, and the goals one after
 * another (lexicographic), so that a lower priority is never served while a higher one could be. Pure; server/solver.ts
 * hands it to HiGHS, tests hand it to a search through everything.
 */
import type { Uuid } from '../../platform/core/ids.ts'
import type { CoverDay, Level, Span } from './model.ts'
import { isSmall, reachOf } from './reach.ts'
import {
  besideOf,
  complexityOf,
  hasMeal,
  indexed,
  isAlone,
  isAway,
  isSent,
  mealsOf,
  overlap,
  pairKey,
  partsOf,
  type Indexed,
  type Part,
} from './rules.ts'

/** Sum of `values[i]` × column `columns[i]`, between `lower` and `upper`. */
export interface Row {
  readonly columns: readonly number[]
  readonly values: readonly number[]
  readonly lower: number
  readonly upper: number
}

export interface Goal {
  readonly name: string
  /** As much as possible (`max`) or as little (`min`). All values are whole numbers. */
  readonly sense: 'max' | 'min'
  readonly columns: readonly number[]
  readonly values: readonly number[]
  /** Which part each column would serve, where it does: each counts once, however many could. */
  readonly parts?: readonly number[]
  /** About how good a plan is, not about who is served: a good solution will do. */
  readonly soft?: boolean
  /** No solution is better: when it is reached already, nothing need be solved. */
  readonly bound: number
}

export interface Milp {
  /** Upper bound of each column; every one is a whole number from 0 on. */
  readonly upper: readonly number[]
  readonly rows: readonly Row[]
  readonly goals: readonly Goal[]
}

/** Who takes which part: the columns that are choices. */
export interface Choice {
  readonly person: Uuid
  readonly part: number
  readonly column: number
}

export interface CoverModel {
  readonly index: Indexed
  readonly parts: readonly Part[]
  readonly choices: readonly Choice[]
  readonly milp: Milp
}

/** The goals, first things first. `strain` stands before general help: see `strainGoal`; `nurse`: see `nurseGoal`. */
export const GOALS = [
  'critical',
  'one_to_one',
  'nurse',
  'post',
  'service',
  'strain',
  'class',
  'prep',
  'change',
] as const

/** One more adult who does something else than planned weighs as much as this many minutes with somebody unknown. */
const A_CHANGE_MIN = 50

export function coverModel(day: CoverDay): CoverModel {
  const index = indexed(day)
  const parts = partsOf(index)
  const columns = new Columns()
  const choices = reachOf(index, parts).map(({ person, part }): Choice => ({
    person,
    part,
    column: columns.add(1),
  }))
  const rows: Row[] = []
  const byPart = groups(choices, ({ part }) => part)
  const byPerson = groups(choices, ({ person }) => person)
  for (const some of byPart.values()) rows.push(atMostOne(some.map(({ column }) => column)))
  /** Column that is 1 when a person has anything of a task; the part's own where it has one part only. */
  const engaged = new Map<string, { column: number; person: Uuid; part: Part }>()
  const strained: { column: number; minutes: number }[] = []
  for (const [person, own] of byPerson) {
    for (const some of groups(own, ({ part }) => parts[part]?.task.id ?? '').values()) {
      const first = parts[some[0]?.part ?? 0]
      if (!first) continue
      const [only] = some
      const column = some.length === 1 && only ? only.column : columns.add(1)
      engaged.set(`${person} ${first.task.id}`, { column, person, part: first })
      if (some.length > 1)
        for (const one of some)
          rows.push({ columns: [one.column, column], values: [1, -1], lower: -1, upper: 0 })
      if (person === first.task.person && !first.relief) continue
      const critical = some.filter(({ part }) => parts[part]?.level === 'critical')
      const beyond = critical.length - day.policy.criticalAtOnce
      if (beyond > 0) {
        const over = columns.add(beyond)
        strained.push({ column: over, minutes: first.end - first.start })
        rows.push({
          columns: [...critical.map((one) => one.column), over],
          values: [...critical.map(() => 1), -1],
          lower: -beyond,
          upper: day.policy.criticalAtOnce,
        })
      }
      for (const one of some)
        if (parts[one.part]?.students.some((student) => isAlone(index.children.get(student))))
          for (const other of some) if (other !== one) rows.push(atMostOne([one.column, other.column]))
    }
  }
  const busy = groups([...engaged.values()], ({ person }) => person)
  for (const [person, some] of busy) rows.push(...oneThingAtATime(index, person, some, columns))
  rows.push(...besideRows(index, parts, choices, byPerson))
  return {
    index,
    parts,
    choices,
    milp: {
      upper: columns.upper,
      rows,
      goals: goalsOf(index, parts, choices, strained, [...engaged.values()]),
    },
  }
}

/** Whoever is beside somebody, so that those may do what they are not trained for, is sent nowhere meanwhile. */
function besideRows(
  index: Indexed,
  parts: readonly Part[],
  choices: readonly Choice[],
  byPerson: ReadonlyMap<Uuid, readonly Choice[]>,
): Row[] {
  if (index.overrides.size === 0) return []
  return choices.flatMap(({ person, part: n, column }) => {
    const part = parts[n]
    if (!part) return []
    return (besideOf(index, person, part) ?? []).flatMap((beside) =>
      (byPerson.get(beside) ?? []).flatMap((sent) => {
        const other = parts[sent.part]
        return other && isSent(beside, other) && overlap(other, part)
          ? [atMostOne([column, sent.column])]
          : []
      }),
    )
  })
}

/** Nobody is in two places, and whoever has a duty-free meal, or comes for the day, has one in the end too. */
function oneThingAtATime(
  index: Indexed,
  person: Uuid,
  engaged: readonly { column: number; part: Part }[],
  columns: Columns,
): Row[] {
  const rows: Row[] = []
  const adult = index.adults.get(person)
  const planned = index.byPerson.get(person) ?? []
  const spans: { column: number; span: Span }[] = engaged.map(({ column, part }) => ({ column, span: part }))
  const hours = adult?.hours
  const usual = planned.filter((task) => !task.off)
  const setMeal = planned.some((task) => task.off === 'meal')
  if (adult && hours && !setMeal && hours.end - hours.start > index.day.policy.mealAfter) {
    // what is theirs and not in question stays where it is
    const inQuestion = new Set(engaged.map(({ part }) => part.task.id))
    const kept = usual.filter((task) => !inQuestion.has(task.id) && !isAway(index, person, task))
    const all = mealsOf(index.day, [...kept, ...engaged.map(({ part }) => part)], hours)
    const meals = all.filter((meal) => !kept.some((task) => overlap(task, meal)))
    if (meals.length > 0 && hasMeal(index.day, adult, usual, planned)) {
      if (!isSmall(index)) {
        const meal = quietest(meals, engaged, index.day.adults.indexOf(adult))
        rows.push(...engaged.filter(({ part }) => overlap(part, meal)).map(({ column }) => never(column)))
        return [...rows, ...together(spans)]
      }
      const windows = meals.map((span) => ({ column: columns.add(1), span }))
      spans.push(...windows)
      rows.push({
        columns: windows.map(({ column }) => column),
        values: windows.map(() => 1),
        lower: 1,
        upper: 1,
      })
    }
  }
  return [...rows, ...together(spans)]
}

/** In a large school the meal of who comes for the day is set first: where least is asked of them, not all at one time. */
function quietest(meals: readonly Span[], engaged: readonly { part: Part }[], turn: number): Span {
  const asked = meals.map((meal) => engaged.filter(({ part }) => overlap(part, meal)).length)
  const least = Math.min(...asked)
  const quiet = meals.filter((_meal, n) => asked[n] === least)
  return quiet[turn % quiet.length] ?? { start: 0, end: 0 }
}

/** No two of what goes on at one time. */
function together(spans: readonly { column: number; span: Span }[]): Row[] {
  const rows: Row[] = []
  const seen = new Set<string>()
  for (const start of new Set(spans.map(({ span }) => span.start))) {
    const at = spans.filter(({ span }) => span.start <= start && start < span.end).map(({ column }) => column)
    const key = at.join()
    if (at.length < 2 || seen.has(key)) continue
    seen.add(key)
    rows.push(atMostOne(at))
  }
  return rows
}

function goalsOf(
  index: Indexed,
  parts: readonly Part[],
  choices: readonly Choice[],
  strained: readonly { column: number; minutes: number }[],
  engaged: readonly { column: number; person: Uuid; part: Part }[],
): Goal[] {
  return GOALS.map((name): Goal => {
    if (name === 'nurse') return nurseGoal(index, parts, choices)
    if (name === 'strain') return strainGoal(index, parts, choices, strained)
    if (name === 'change') return changeGoal(index, parts, choices, engaged)
    return servedGoal(name, parts, choices)
  })
}

/** Minutes of a level that are served. */
function servedGoal(level: Level, parts: readonly Part[], choices: readonly Choice[]): Goal {
  const some = choices.filter(({ part }) => parts[part]?.level === level)
  const reachable = new Set(some.map(({ part }) => part))
  return {
    name: level,
    sense: 'max',
    columns: some.map(({ column }) => column),
    values: some.map(({ part }) => minutesOf(parts[part])),
    parts: some.map(({ part }) => part),
    bound: [...reachable].reduce((sum, part) => sum + minutesOf(parts[part]), 0),
  }
}

/**
 * Minutes of nurses: they are asked where a student would otherwise be without a procedure, or another one without the
 * adult who is theirs by law; not so that a post or a lesson keeps its para.
 */
function nurseGoal(index: Indexed, parts: readonly Part[], choices: readonly Choice[]): Goal {
  const costs = new Costs()
  for (const { person, part, column } of choices)
    if (index.adults.get(person)?.nurse && !index.adults.get(person)?.moves)
      costs.add(column, minutesOf(parts[part]))
  return { name: 'nurse', sense: 'min', ...costs.sum(), bound: 0 }
}

/**
 * Minutes in which somebody who steps in has more students of the first class than the policy says, and in which a
 * substitute has the students with the most complex plans: a familiar adult is swapped in, the substitute gets the easier
 * post. It stands before general classroom help, because it is about the students of the first class.
 */
function strainGoal(
  index: Indexed,
  parts: readonly Part[],
  choices: readonly Choice[],
  strained: readonly { column: number; minutes: number }[],
): Goal {
  const costs = new Costs()
  for (const { column, minutes } of strained) costs.add(column, minutes)
  for (const { person, part: n, column } of choices) {
    const part = parts[n]
    if (!part || part.holder === person || !index.adults.get(person)?.substitute) continue
    const complexity = part.students.reduce((sum, one) => sum + complexityOf(index.children.get(one)), 0)
    costs.add(column, complexity * minutesOf(part))
  }
  return { name: 'strain', sense: 'min', soft: true, ...costs.sum(), bound: 0 }
}

/** Fewest changes; students with adults who know them; and the same few adults, by a small preference for the first. */
function changeGoal(
  index: Indexed,
  parts: readonly Part[],
  choices: readonly Choice[],
  engaged: readonly { column: number; person: Uuid; part: Part }[],
): Goal {
  const rank = new Map(index.day.adults.map(({ id }, n) => [id, n]))
  const scale = index.day.adults.length
  const costs = new Costs()
  for (const { person, part: n, column } of choices) {
    const part = parts[n]
    if (!part || part.holder === person) continue
    const unknown = part.students.filter((student) => !index.known.has(pairKey({ person, student })))
    costs.add(column, unknown.length * minutesOf(part) * scale)
  }
  for (const { person, part, column } of engaged)
    if (part.task.person !== person) costs.add(column, A_CHANGE_MIN * scale + (rank.get(person) ?? 0))
  return { name: 'change', sense: 'min', soft: true, ...costs.sum(), bound: 0 }
}

/** The value of a goal in a solution. */
export function valueOf(goal: Goal, solution: readonly number[]): number {
  return goal.columns.reduce(
    (sum, column, n) => sum + Math.round(solution[column] ?? 0) * (goal.values[n] ?? 0),
    0,
  )
}

function minutesOf(part: Span | undefined): number {
  return part ? part.end - part.start : 0
}

function never(column: number): Row {
  return { columns: [column], values: [1], lower: 0, upper: 0 }
}

function atMostOne(columns: readonly number[]): Row {
  return { columns, values: columns.map(() => 1), lower: 0, upper: 1 }
}

/** A column stands in a sum once. */
class Costs {
  readonly #of = new Map<number, number>()

  add(column: number, cost: number): void {
    if (cost > 0) this.#of.set(column, (this.#of.get(column) ?? 0) + cost)
  }

  sum(): Pick<Goal, 'columns' | 'values'> {
    return { columns: [...this.#of.keys()], values: [...this.#of.values()] }
  }
}

class Columns {
  readonly upper: number[] = []

  add(upper: number): number {
    return this.upper.push(upper) - 1
  }
}

function groups<T, K>(items: readonly T[], keyOf: (item: T) => K): Map<K, T[]> {
  const map = new Map<K, T[]>()
  for (const item of items) {
    const key = keyOf(item)
    const list = map.get(key)
    if (list) list.push(item)
    else map.set(key, [item])
  }
  return map
}
