/**
 * A program while its owner works on it: everything of a version, as far as it is there. A draft is read leniently,
 * so that nothing typed is lost for being unfinished; `toBody` says what a published version still needs.
 */
import { z } from 'zod'
import type { Json } from '../../platform/core/canonical.ts'
import { ProgramBody, type System } from '../sessions/records.ts'
import { MasteryRule } from '../sessions/mastery.ts'
import { FIELDS, type LooseMeasure } from './fields.ts'

const words = z.string().catch('')
const list = z
  .array(z.unknown())
  .catch([])
  .transform((all) => all.filter((one): one is string => typeof one === 'string'))
const amount = z.number().nullable().catch(null)

/** A cell of the rule while it is named: an empty text leaves that part open. */
const LooseCell = z.object({ who: words, setting: words, material: words })
export type LooseCell = z.infer<typeof LooseCell>

/** The rule of mastery with numbers that may still be missing. */
const LooseRule = z.object({
  metric: words,
  cmp: z.enum(['>=', '<=']).catch('>='),
  threshold: words,
  run: z
    .object({ k: amount, of: amount, unit: z.enum(['sessions', 'days']).catch('sessions') })
    .catch({ k: 3, of: null, unit: 'sessions' }),
  min_trials: amount,
  min_staff: amount,
  min_settings: amount,
  min_days: amount,
  min_observed: amount,
  at_prompt: z.string().nullable().catch(null),
  within_days: amount,
  cold_probe: z.boolean().catch(false),
  count_subs: z.boolean().catch(false),
  cells: z.array(LooseCell).catch([]),
})
export type LooseRule = z.infer<typeof LooseRule>

const LooseForm = z.object({ id: words, title: words, text: words })

const Loose = z.object({
  title: words,
  goal: words,
  criterion: words,
  definition: words,
  examples: list,
  non_examples: list,
  direction: z.enum(['increase', 'decrease']).catch('increase'),
  measure: z
    .custom<LooseMeasure>(
      (value) => typeof value === 'object' && value !== null && 'system' in value && isSystem(value.system),
    )
    .nullable()
    .catch(null),
  instruction: words,
  response_window_s: amount,
  error_correction: words,
  reinforcement: words,
  materials: list,
  settings: list,
  competency: words,
  schedule: z
    .object({ times: amount, per: z.enum(['day', 'week']).catch('day') })
    .nullable()
    .catch(null),
  mastery: LooseRule.nullable().catch(null),
  fidelity: list,
  forms: z.array(LooseForm).catch([]),
  // chosen elsewhere, and carried along unchanged
  trend: ProgramBody.shape.trend.catch(undefined),
  decision_rules: ProgramBody.shape.decision_rules.catch(undefined),
})
export type Working = z.infer<typeof Loose>

/** Reads a draft, or a published body, whatever is missing in it or wrong. Never throws. */
export function readWorking(json: unknown): Working {
  const isObject = typeof json === 'object' && json !== null && !Array.isArray(json)
  return Loose.parse(isObject ? json : {})
}

/** As it goes into a draft's record: everything, blanks too, so that what was emptied stays empty. */
export function draftOf(working: Working): { readonly [key: string]: Json } {
  return JSON.parse(JSON.stringify(working)) as { readonly [key: string]: Json }
}

/** What a field of a program lacks. `path` as in the body: `['measure', 'interval_s']`. */
export interface FieldProblem {
  readonly path: readonly string[]
  readonly kind: 'missing' | 'too_long' | 'too_many' | 'out_of_range' | 'wrong'
}

const NEEDED = ['title', 'goal', 'criterion', 'definition'] as const

/** The body of a version with this number, or what it still needs. */
export function toBody(
  working: Working,
  number: number,
): { readonly body: ProgramBody } | { readonly problems: readonly FieldProblem[] } {
  const problems: FieldProblem[] = NEEDED.filter((key) => working[key].trim() === '').map((key) => ({
    path: [key],
    kind: 'missing',
  }))
  const candidate = prune({
    ...working,
    measure: working.measure && measureOf(working.measure),
    mastery: working.mastery,
    number,
  })
  const kept = Object.fromEntries(
    [...NEEDED, 'direction'].map((key) => [key, working[key as 'title'].trim()]),
  )
  const read = ProgramBody.safeParse({ ...(candidate as object), ...kept })
  if (!read.success) problems.push(...read.error.issues.map((issue) => problemOf(issue, candidate)))
  if (working.measure)
    problems.push(...blanks(working.measure).map((path): FieldProblem => ({ path, kind: 'missing' })))
  return read.success && problems.length === 0 ? { body: read.data } : { problems: unique(problems) }
}

/** A rule that is complete, else null. */
export function ruleOf(loose: LooseRule): MasteryRule | null {
  return MasteryRule.safeParse(prune(loose)).data ?? null
}

/** The measurement with its own fields and no others, optional ones only where they say something. */
function measureOf(measure: LooseMeasure): { readonly [key: string]: unknown } {
  const prompts = measure['prompts']
  const target = measure.system === 'trials' ? measure['target'] : undefined
  const fields = FIELDS[measure.system].flatMap((field) => {
    const value = measure[field.key]
    const isUnused =
      measure.system === 'steps' &&
      ((field.key === 'current_step' && measure['chaining'] === 'total') ||
        (field.key === 'skipped' && measure['chaining'] !== 'backward_leap'))
    if (value === undefined || value === null || isUnused) return []
    const lines = (field.kind === 'lines' || field.kind === 'times') && Array.isArray(value)
    return [[field.key, lines ? value.filter((line) => line !== '') : value] as const]
  })
  return {
    system: measure.system,
    ...(prompts === undefined ? {} : { prompts }),
    ...(typeof target === 'string' && target !== '' ? { target } : {}),
    ...Object.fromEntries(fields),
  }
}

/** Texts of a measurement that the schema lets be empty and nobody could use empty. */
function blanks(measure: LooseMeasure): (readonly string[])[] {
  const found: (readonly string[])[] = []
  const fields = [...FIELDS[measure.system].map(({ key }) => key), 'prompts']
  for (const key of fields) look(measure[key], [key])
  return found.map(([key = '']) => ['measure', key])

  function look(value: unknown, path: readonly string[]): void {
    const isFree = ['texture', 'liquid', 'position', 'equipment'].includes(path[0] ?? '')
    if (value === '' && !isFree && !isLine(path)) found.push(path)
    else if (Array.isArray(value)) for (const [n, one] of value.entries()) look(one, [...path, `${n}`])
    else if (typeof value === 'object' && value !== null)
      for (const [name, one] of Object.entries(value)) look(one, [...path, name])
  }
  /** Empty lines of a plain list are left out when it is published. */
  function isLine(path: readonly string[]): boolean {
    const field = FIELDS[measure.system].find(({ key }) => key === path[0])
    return path.length === 2 && (field?.kind === 'lines' || field?.kind === 'times')
  }
}

/** Without blanks: empty texts and lists, and numbers that nobody gave; in lists also what says nothing at all. */
function prune(value: unknown): unknown {
  if (Array.isArray(value))
    return value.map(prune).filter((one) => one !== undefined && one !== '' && !isEmpty(one))
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).flatMap(([key, inner]) => {
    const isMeasured = key === 'measure'
    const pruned = isMeasured ? inner : prune(inner)
    const isBlank =
      pruned === null ||
      pruned === undefined ||
      pruned === '' ||
      (Array.isArray(pruned) && pruned.length === 0)
    return isBlank ? [] : [[key, pruned] as const]
  })
  return Object.fromEntries(entries)
}

function isEmpty(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0
}

function problemOf(issue: z.core.$ZodIssue, candidate: unknown): FieldProblem {
  const path = issue.path.map(String)
  let value = candidate
  for (const key of path) value = (value as { [key: string]: unknown } | undefined)?.[key]
  const top = path[0] === 'measure' || path[0] === 'mastery' ? path.slice(0, 2) : path.slice(0, 1)
  if (value === undefined || value === '' || (Array.isArray(value) && value.length === 0))
    return { path: top, kind: 'missing' }
  if (issue.code === 'too_big')
    return {
      path: top,
      kind: issue.origin === 'string' ? 'too_long' : issue.origin === 'array' ? 'too_many' : 'out_of_range',
    }
  return { path: top, kind: issue.code === 'too_small' ? 'out_of_range' : 'wrong' }
}

function unique(problems: readonly FieldProblem[]): FieldProblem[] {
  const seen = new Set<string>()
  return problems.filter(({ path }) => {
    const key = path.join('.')
    return seen.has(key) ? false : seen.add(key)
  })
}

function isSystem(value: unknown): value is System {
  return typeof value === 'string' && value in FIELDS
}
