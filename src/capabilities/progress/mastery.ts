/**
 * Whether a program's mastery rule is met by its sessions (domain D.6). It proposes: what follows from it is the
 * owner's decision (proposals.ts). Exact fractions, never floats; pure, and the same on every device.
 *
 * Passed over, neither counting nor breaking: baseline, sessions not run, too short or still open, second observers,
 * and the later of two that were recorded at the same time (nothing is counted twice; the owner chooses which
 * stands). A session that counts and is on the wrong side of the threshold breaks a run of consecutive ones.
 */
import type { Day } from '../../platform/core/days.ts'
import { dayNumber, schoolCalendar } from './calendar.ts'
import {
  daysNeeded,
  isOfCell,
  isPercent,
  meetsThreshold,
  type Cell,
  type MasteryRule,
} from '../sessions/mastery.ts'
import { helpWithin } from '../sessions/prompts.ts'
import { asRate } from '../sessions/rules.ts'
import type { Metric, SessionState } from '../sessions/state.ts'
import { isScored } from '../sessions/summary.ts'

export interface MasteryInput {
  readonly rule: MasteryRule
  /** Sessions of the program under comparable definitions, in any order. */
  readonly sessions: readonly SessionState[]
  /** Only sessions that began later count: what an earlier decision rested on is used up. */
  readonly after?: string | null
  /** Ascending; for `WITHIN … school days`. Outside of them Monday to Friday are taken as school days. */
  readonly schoolDays?: readonly Day[]
  /** Length of a school day, ms; needed where days must have been observed. */
  readonly schoolDayMs?: number
  /** Rules by the day: days from this one on are not over. */
  readonly today?: Day
  /** Cells by name: what began before it does not show them. Other than `after`, for what was shown once stays shown. */
  readonly taughtSince?: string | null
  /** Person → role with this student, for cells that name a role. */
  readonly roles?: { readonly [person: string]: string }
}

export type PassedWhy =
  | 'baseline'
  | 'not_run'
  | 'no_value'
  | 'below_min'
  | 'estimated'
  | 'open'
  | 'second_observer'
  | 'same_time'
  | 'other_measure'
  /** A day observed for less than the rule asks. */
  | 'under_observed'

export type Missing = {
  readonly kind: 'sessions' | 'days' | 'staff' | 'settings' | 'cold_probe' | 'cells'
  readonly have: number
  readonly need: number
}

export interface MasteryResult {
  /** met_except: everything but a second (third …) person, or the cells that the rule names. */
  readonly status: 'not_met' | 'met_except' | 'met'
  /** Sessions it rests on: those that met it, or the run as it stands. In order of their start. */
  readonly streak: readonly string[]
  readonly missing: readonly Missing[]
  /** The cells that the rule names, in its order. */
  readonly cells: readonly { readonly cell: Cell; readonly shown: boolean }[]
  readonly passed: readonly { readonly session: string; readonly why: PassedWhy }[]
  /** Once met: sessions after it that count, and how many of them were on the wrong side. */
  readonly later: { readonly n: number; readonly short: number }
}

/** What a session is judged by, one at a time: nothing of runs, people or days. */
export type Threshold = Pick<MasteryRule, 'metric' | 'cmp' | 'threshold' | 'min_trials' | 'at_prompt'>

/** Whether one session is on the right side of the threshold; null for one that is passed over. */
export function meetsAlone(rule: Threshold, state: SessionState): boolean | null {
  const measured = measure(rule, state)
  return typeof measured === 'string' ? null : meets(rule, measured)
}

/** Judges the sessions in order; once met it stays met, and says what came after. */
export function evaluateMastery(input: MasteryInput): MasteryResult {
  const { rule } = input
  const { units, passed } = unitsOf(input)
  const within = rule.within_days === undefined ? null : schoolDayCount(units, input.schoolDays ?? [])
  const cellsUntil = cellsOf(input)
  const seen: Unit[] = []
  let streak: Unit[] = []
  for (const [index, unit] of units.entries()) {
    seen.push(unit)
    streak = streakOf(rule, seen, within)
    const cells = cellsUntil(unit)
    if (unit.meets && missingOf(rule, streak, cells).length === 0) {
      const rest = units.slice(index + 1)
      const later = { n: rest.length, short: rest.filter((one) => !one.meets).length }
      return { status: 'met', streak: idsOf(streak), missing: [], cells, passed, later }
    }
  }
  const cells = cellsUntil(null)
  const missing = missingOf(rule, streak, cells)
  const except = missing.length > 0 && missing.every(({ kind }) => EXCEPT.includes(kind))
  return {
    status: except ? 'met_except' : 'not_met',
    streak: idsOf(streak),
    missing,
    cells,
    passed,
    later: { n: 0, short: 0 },
  }
}

/** What somebody else, or somebody elsewhere, can still add to a run that is long enough. */
const EXCEPT: readonly Missing['kind'][] = ['staff', 'cells']

/** What counts once towards k: a session, or the pooled sessions of a school day. */
interface Unit {
  readonly sessions: readonly SessionState[]
  readonly day: Day
  readonly meets: boolean
}

interface Measured {
  readonly state: SessionState
  readonly numerator: number
  readonly denominator: number
  readonly atLeast: boolean
}

function unitsOf(input: MasteryInput): { units: Unit[]; passed: MasteryResult['passed'] } {
  const { rule, after, today } = input
  const passed: { session: string; why: PassedWhy }[] = []
  const measured: Measured[] = []
  let last: SessionState | null = null
  for (const state of input.sessions.toSorted(byStart)) {
    if (after && Date.parse(state.started) <= Date.parse(after)) continue
    const result = measure(rule, state)
    const overlaps = last !== null && isSameTime(last, state)
    if (typeof result === 'string') passed.push({ session: state.session, why: result })
    else if (overlaps) passed.push({ session: state.session, why: 'same_time' })
    else {
      measured.push(result)
      last = state
    }
  }
  if (rule.run.unit === 'sessions') return { units: measured.map((one) => unitOf(rule, [one])), passed }

  const days = new Map<Day, Measured[]>()
  for (const one of measured) {
    if (today !== undefined && one.state.day >= today) continue
    days.set(one.state.day, [...(days.get(one.state.day) ?? []), one])
  }
  const units: Unit[] = []
  for (const day of days.values()) {
    if (isObserved(input, day)) units.push(unitOf(rule, day))
    else passed.push(...day.map(({ state }) => ({ session: state.session, why: 'under_observed' as const })))
  }
  return { units, passed }
}

/** The rule's cells as they stand once a unit is over; null = after the last one. */
function cellsOf(input: MasteryInput): (until: Unit | null) => MasteryResult['cells'] {
  const { rule, roles = {}, taughtSince = null } = input
  if (!rule.cells) return () => []
  const shown = unitsOf({ ...input, after: taughtSince })
    .units.filter((unit) => unit.meets)
    .flatMap(({ sessions }) => sessions)
  const rolesOf = ({ by, tags }: SessionState) => [
    roles[by] ?? '',
    ...(tags.includes('substitute') ? ['substitute'] : []),
  ]
  const cells = rule.cells.map((cell) => ({
    cell,
    first: shown.find((state) => isOfCell(cell, state, rolesOf(state))),
  }))
  return (until) => {
    const last = until?.sessions.at(-1)
    return cells.map(({ cell, first }) => ({
      cell,
      shown:
        first !== undefined && (last === undefined || Date.parse(first.started) <= Date.parse(last.started)),
    }))
  }
}

/** Pooled where pairs add up: sum ÷ sum, never a mean of shares, and totals to a total. Else each must meet it. */
function unitOf(rule: MasteryRule, measured: readonly Measured[]): Unit {
  const sum = (of: (one: Measured) => number) => measured.reduce((total, one) => total + of(one), 0)
  const sessions = measured.map((one) => one.state)
  const day = sessions[0]?.day ?? ''
  if (measured.length > 1 && !isAdditive(rule.metric))
    return { sessions, day, meets: measured.every((one) => meets(rule, one)) }
  const denominator = TOTALS.includes(rule.metric) ? 1 : sum((one) => one.denominator)
  const numerator = sum((one) => one.numerator)
  return {
    sessions,
    day,
    meets: meets(rule, { numerator, denominator, atLeast: measured.some((one) => one.atLeast) }),
  }
}

/** A value of "so much or more" cannot be said to be below anything. */
function meets(rule: Threshold, { numerator, denominator, atLeast }: Omit<Measured, 'state'>): boolean {
  return !(atLeast && rule.cmp === '<=') && meetsThreshold(rule, numerator, denominator)
}

const TOTALS: readonly string[] = ['count', 'duration_total'] satisfies Metric[]

function isAdditive(metric: string): boolean {
  return isPercent(metric) || metric === 'rate' || metric === 'correct_rate' || TOTALS.includes(metric)
}

/** Two people, or two devices, at once; whoever forgot to end a session has not recorded the next one twice. */
function isSameTime(a: SessionState, b: SessionState): boolean {
  const alone = a.by === b.by && a.device === b.device
  return !alone && a.ended !== null && Date.parse(b.started) < Date.parse(a.ended)
}

/** The session's value in the rule's metric, or why it is passed over. */
function measure(rule: Threshold, state: SessionState): Measured | PassedWhy {
  if (state.observer === 'ioa') return 'second_observer'
  if (state.status === 'open') return 'open'
  if (state.condition === 'baseline') return 'baseline'
  if (state.status === 'not_run') return 'not_run'
  const summary =
    rule.metric === 'rate' && state.measure.system === 'count' ? asRate(state.summary) : state.summary
  const { numerator, denominator, opportunities, validity } = summary
  if (summary.metric !== rule.metric) return 'other_measure'
  if (numerator === null || denominator === null || denominator === 0) return 'no_value'
  if (validity === 'estimated') return 'estimated'
  // what has no trials has observed time in their place
  const trials = isPercent(rule.metric) && rule.metric !== 'pct_duration' ? opportunities : Infinity
  if (validity !== 'valid' || trials < (rule.min_trials ?? 0)) return 'below_min'
  const helped = rule.at_prompt === undefined ? 0 : helpedWithin(state, rule.at_prompt)
  return { state, numerator: numerator + helped, denominator, atLeast: summary.atLeast === true }
}

/** Correct responses at a prompt that helps no more than this one. */
function helpedWithin({ measure, items }: SessionState, level: string): number {
  if (!('prompts' in measure)) return 0
  const allowed = helpWithin(measure.prompts, level)
  return items.filter(
    (item) => isScored(item) && item.result === '+' && item.level !== null && allowed.includes(item.level),
  ).length
}

/** A day's total of a behavior says something only if most of the day was watched. */
function isObserved({ rule, schoolDayMs }: MasteryInput, day: readonly Measured[]): boolean {
  const percent = rule.min_observed ?? (TOTALS.includes(rule.metric) ? LEAST_OBSERVED : 0)
  if (percent === 0) return true
  const observed = day.reduce((total, { state }) => total + state.observedMs, 0)
  return schoolDayMs !== undefined && observed * 100 >= percent * schoolDayMs
}

/** Domain D.6, decrease goals. */
const LEAST_OBSERVED = 80

/** Units that count as they stand after the last of `seen`: the run it ends, or those of the last m. */
function streakOf(rule: MasteryRule, seen: readonly Unit[], between: DaysBetween | null): Unit[] {
  const { of } = rule.run
  const broken = seen.findLastIndex((unit) => !unit.meets)
  const window = of === undefined ? seen.slice(broken + 1) : seen.slice(-of)
  const end = window.at(-1)?.day
  const { within_days: within } = rule
  const near = (day: Day) =>
    between === null || within === undefined || end === undefined || between(day, end) <= within
  return window.filter((unit) => unit.meets && near(unit.day))
}

/** School days from one to the other, both counted. */
type DaysBetween = (from: Day, to: Day) => number

/** Counts the school days between the units once. */
function schoolDayCount(units: readonly Unit[], schoolDays: readonly Day[]): DaysBetween {
  const first = dayNumber(units[0]?.day ?? '')
  const last = dayNumber(units.at(-1)?.day ?? '')
  const calendar = schoolCalendar(schoolDays)
  const before: number[] = [0]
  for (let day = first; day < last; day++)
    before.push((before[day - first] ?? 0) + (calendar.isSchoolDay(day) ? 1 : 0))
  const countAt = (day: Day) => before[dayNumber(day) - first] ?? 0
  return (from, to) => countAt(to) - countAt(from) + 1
}

function missingOf(rule: MasteryRule, streak: readonly Unit[], cells: MasteryResult['cells']): Missing[] {
  const { k, unit } = rule.run
  const sessions = streak.flatMap((one) => one.sessions)
  const staff = sessions.filter(({ tags }) => rule.count_subs || !tags.includes('substitute'))
  const wanted: Missing[] = [
    { kind: unit, have: streak.length, need: k },
    { kind: 'days', have: distinct(streak.map((one) => one.day)), need: daysNeeded(rule) },
    { kind: 'staff', have: distinct(staff.map((state) => state.by)), need: rule.min_staff ?? 0 },
    {
      kind: 'settings',
      have: distinct(sessions.map((state) => state.setting)),
      need: rule.min_settings ?? 0,
    },
    {
      kind: 'cold_probe',
      have: sessions.filter(isColdProbe).length,
      need: rule.cold_probe ? 1 : 0,
    },
    { kind: 'cells', have: cells.filter(({ shown }) => shown).length, need: cells.length },
  ]
  const short = wanted.filter(({ have, need }) => have < need)
  return short.filter(({ kind }, n) => short.findIndex((one) => one.kind === kind) === n)
}

/** The first trial of the day, without teaching (domain C13). */
function isColdProbe({ measure, condition }: SessionState): boolean {
  return measure.system === 'probe' || condition === 'probe'
}

const distinct = (values: readonly string[]): number => new Set(values).size
const idsOf = (streak: readonly Unit[]): string[] =>
  streak.flatMap((one) => one.sessions.map((state) => state.session))

function byStart(a: SessionState, b: SessionState): number {
  return Date.parse(a.started) - Date.parse(b.started) || (a.session < b.session ? -1 : 1)
}
