/**
 * The mastery rule of a program (domain D.6): what the IEP's criterion says, in a form that can be evaluated. It is
 * part of a published version; mastery-text.ts reads and prints its textual form, progress/mastery.ts evaluates it.
 * A rule that can never be met is told before it is published, not found out a year later. Pure.
 */
import { z } from 'zod'
import { text } from '../../platform/records/envelope.ts'
import type { Metric } from './state.ts'

/**
 * A number kept exactly as written: decimal digits (`80`, `0.5`) or a fraction (`1/60`). Never a float, so that 4 of
 * 5 is 80 % and 79.6 % is not.
 */
export const ExactNumber = z.string().regex(/^(0|[1-9]\d{0,6})(\.\d{1,6}|\/[1-9]\d{0,6})?$/)

/** Most that are named: more than a team can run on purpose. */
export const MOST_CELLS = 12

/**
 * With whom, where and with what the skill must also have been shown (domain D.7). What is absent is left open; a cell
 * that leaves everything open would ask for nothing.
 */
export const Cell = z
  .strictObject({
    /** Id of a person, or a role with this student; `substitute` = whoever ran it as a substitute. */
    who: text(40).min(1).optional(),
    /** As sessions name their place. */
    setting: text(80).min(1).optional(),
    /** One of the program's materials. */
    material: text(120).min(1).optional(),
  })
  .refine((cell) => Object.values(cell).some((part) => part !== undefined))
export type Cell = z.infer<typeof Cell>

export const MasteryRule = z.strictObject({
  /** Metric of the session's summary, e.g. `pct_independent`. */
  metric: z.string().regex(/^[a-z][a-z0-9_]{1,39}$/),
  cmp: z.enum(['>=', '<=']),
  /** In the metric's unit: percent for `pct_…`, per minute for rates, seconds for times, else plain. */
  threshold: ExactNumber,
  /** `k` in a row, or `k` of the last `of`; of sessions, or of school days whose sessions are pooled. */
  run: z.strictObject({
    k: z.int().min(1).max(200),
    of: z.int().min(1).max(200).optional(),
    unit: z.enum(['sessions', 'days']),
  }),
  /** A session with fewer opportunities is passed over, as one below the program's own minimum is. */
  min_trials: z.int().min(1).max(500).optional(),
  /** Different people who ran the sessions that count. */
  min_staff: z.int().min(1).max(20).optional(),
  min_settings: z.int().min(1).max(20).optional(),
  /** Different school days; absent = k. */
  min_days: z.int().min(1).max(200).optional(),
  /** Only with days: the share of the school day, in percent, that must have been observed. Absent = 80. */
  min_observed: z.int().min(1).max(100).optional(),
  /** Correct at this prompt level, or at one that helps less, counts as well. */
  at_prompt: text(4).optional(),
  /** All of it within so many school days. */
  within_days: z.int().min(1).max(400).optional(),
  /** One of the sessions that count must have been a cold probe. */
  cold_probe: z.boolean(),
  /** Whether a substitute counts as one of the different people. */
  count_subs: z.boolean(),
  /** Each shown by a session (or day) on the right side of the threshold, in the run or before it. */
  cells: z.array(Cell).min(1).max(MOST_CELLS).optional(),
})
export type MasteryRule = z.infer<typeof MasteryRule>

/** What the program says that the rule must fit; what is not known is not checked. */
export interface RuleGround {
  /** Metrics the measurement gives. */
  readonly metrics?: readonly string[]
  /** Opportunities that a session is planned to have. */
  readonly planned?: number
  /** Codes of the prompt levels, where the measurement has them. */
  readonly levels?: readonly string[]
  /** What a session can be run with. */
  readonly materials?: readonly string[]
}

export type RuleProblem =
  | { readonly kind: 'run_over_window'; readonly k: number; readonly of: number }
  | { readonly kind: 'threshold_over_100' }
  /** Every session meets it. */
  | { readonly kind: 'always_met' }
  | { readonly kind: 'trials_over_planned'; readonly trials: number; readonly planned: number }
  | {
      /** More different people, settings or days than there are sessions (or days) to count. */
      readonly kind: 'staff_over_run' | 'settings_over_run' | 'days_over_run'
      readonly needed: number
      readonly run: number
    }
  | { readonly kind: 'days_over_within'; readonly needed: number; readonly within: number }
  | { readonly kind: 'observed_without_days' }
  | { readonly kind: 'unknown_metric'; readonly metric: string }
  | { readonly kind: 'unknown_prompt'; readonly level: string }
  /** No session could be run with it. */
  | { readonly kind: 'unknown_material'; readonly material: string }
  | { readonly kind: 'cell_twice' }

/** Why a rule cannot be met, or says nothing; empty for a sound one. */
export function checkRule(rule: MasteryRule, ground: RuleGround = {}): RuleProblem[] {
  const { k, of = k, unit } = rule.run
  const problems: RuleProblem[] = []
  if (k > of) problems.push({ kind: 'run_over_window', k, of })
  const [value, one] = exactOf(rule.threshold)
  if (isPercent(rule.metric)) {
    if (value > 100n * one) problems.push({ kind: 'threshold_over_100' })
    if (rule.cmp === '<=' && value === 100n * one) problems.push({ kind: 'always_met' })
  }
  if (rule.cmp === '>=' && value === 0n) problems.push({ kind: 'always_met' })
  if (rule.min_trials !== undefined && ground.planned !== undefined && rule.min_trials > ground.planned)
    problems.push({ kind: 'trials_over_planned', trials: rule.min_trials, planned: ground.planned })
  const longest = Math.max(k, of)
  const over = (
    kind: 'staff_over_run' | 'settings_over_run' | 'days_over_run',
    needed: number | undefined,
  ) => {
    if (needed !== undefined && needed > longest) problems.push({ kind, needed, run: longest })
  }
  // a day may have sessions of several people, a session has one
  if (unit === 'sessions') {
    over('staff_over_run', rule.min_staff)
    over('settings_over_run', rule.min_settings)
  }
  over('days_over_run', rule.min_days)
  const days = daysNeeded(rule)
  if (rule.within_days !== undefined && rule.within_days < days)
    problems.push({ kind: 'days_over_within', needed: days, within: rule.within_days })
  if (rule.min_observed !== undefined && unit === 'sessions') problems.push({ kind: 'observed_without_days' })
  if (ground.metrics && !ground.metrics.includes(rule.metric))
    problems.push({ kind: 'unknown_metric', metric: rule.metric })
  if (rule.at_prompt !== undefined && ground.levels && !ground.levels.includes(rule.at_prompt))
    problems.push({ kind: 'unknown_prompt', level: rule.at_prompt })
  return [...problems, ...checkCells(rule.cells ?? [], ground)]
}

function checkCells(cells: readonly Cell[], { materials }: RuleGround): RuleProblem[] {
  const keys = cells.map(({ who, setting, material }) => JSON.stringify([who, setting, material]))
  const named = new Set(cells.flatMap(({ material }) => material ?? []))
  const unknown = materials ? [...named].filter((material) => !materials.includes(material)) : []
  return [
    ...unknown.map((material) => ({ kind: 'unknown_material' as const, material })),
    ...(new Set(keys).size < keys.length ? [{ kind: 'cell_twice' as const }] : []),
  ]
}

/** Whether what was run by this person with these roles, there and with that, is a session of the cell. */
export function isOfCell(
  cell: Cell,
  ran: { readonly by: string; readonly setting: string; readonly material?: string },
  roles: readonly string[],
): boolean {
  const { who, setting, material } = cell
  return (
    (who === undefined || who === ran.by || roles.includes(who)) &&
    (setting === undefined || isSamePlace(setting, ran.setting)) &&
    (material === undefined || material === ran.material)
  )
}

/** Materials that a rule asks for by name, each once: who runs a session says which of them it is run with. */
export function materialsAsked(rule: MasteryRule | undefined): readonly string[] {
  return [...new Set((rule?.cells ?? []).flatMap(({ material }) => material ?? []))]
}

/** What a cell names, as one line: who · where · with what. */
export function cellLine(cell: Cell, nameOf: (who: string) => string): string {
  const { who, setting, material } = cell
  return [who === undefined ? undefined : nameOf(who), setting, material]
    .filter((part) => part !== undefined)
    .join(' · ')
}

/** Owners type places, timetables have them typed: neither capitals nor blanks make another place. */
function isSamePlace(a: string, b: string): boolean {
  return a.trim().toLowerCase() === b.trim().toLowerCase()
}

/** Different school days that the sessions that count must lie on: as many as sessions, unless the rule says. */
export function daysNeeded(rule: MasteryRule): number {
  return rule.run.unit === 'days' ? rule.run.k : (rule.min_days ?? rule.run.k)
}

/** A share of the whole, 0–100. */
export function isPercent(metric: string): boolean {
  return metric.startsWith('pct_')
}

/** An ExactNumber as numerator and denominator. */
export function exactOf(number: string): [bigint, bigint] {
  const [whole = '0', below] = number.split('/')
  if (below !== undefined) return [BigInt(whole), BigInt(below)]
  const [digits = '0', decimals = ''] = whole.split('.')
  return [BigInt(digits + decimals), 10n ** BigInt(decimals.length)]
}

/** Whether numerator ÷ denominator, as a summary of this metric has them, is on the right side. Exact. */
export function meetsThreshold(
  { metric, cmp, threshold }: Pick<MasteryRule, 'metric' | 'cmp' | 'threshold'>,
  numerator: number,
  denominator: number,
): boolean {
  const [value, one] = exactOf(threshold)
  const [up, down] = scaleOf(metric)
  const left = BigInt(numerator) * up * one
  const right = value * BigInt(denominator) * down
  return cmp === '>=' ? left >= right : left <= right
}

/** What turns a summary's pair into the unit of a threshold: shares into percent, per ms into per minute, ms into s. */
function scaleOf(metric: string): [up: bigint, down: bigint] {
  if (isPercent(metric)) return [100n, 1n]
  if (PER_MS.includes(metric)) return [60_000n, 1n]
  return IN_MS.includes(metric) ? [1n, 1000n] : [1n, 1n]
}

const PER_MS: readonly string[] = ['rate', 'correct_rate', 'cbm_rate'] satisfies Metric[]
const IN_MS: readonly string[] = [
  'duration_total',
  'duration_mean',
  'latency_median',
  'irt_median',
  'irt_mean',
] satisfies Metric[]
