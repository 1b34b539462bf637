/**
 * What a new version changes, field by field, and whether its data may still be compared with the old ones. A
 * definition or a measurement that changed forces a major phase line (domain D.4, C.3). Pure.
 */
import { canonical, type Json } from '../../platform/core/canonical.ts'
import type { Measure, ProgramBody } from '../sessions/records.ts'
import { FIELDS } from './fields.ts'

export interface Change {
  /** `definition`, `measure.interval_s` …; `measure` alone when another system is chosen. */
  readonly key: string
  /** Null = was not there, or is not there any more. */
  readonly before: Json
  readonly after: Json
}

/** Fields of a measurement that say how it is run, and leave what a value means as it was. */
const RUN_ONLY: readonly string[] = [
  'prompts',
  'target',
  'planned',
  'min_opportunities',
  'min_observed_s',
  'current_step',
  'skipped',
  'cue',
  'photo',
  'max_missed',
  'perceived_function',
]

const TOILETING = FIELDS.toileting.map(({ key }) => key)
const FEEDING = FIELDS.feeding.map(({ key }) => key)

/** In the order of the fields of the new version, then those that are gone. Empty when nothing differs. */
export function changesOf(before: ProgramBody, after: ProgramBody): Change[] {
  const old = flat(before)
  const now = flat(after)
  return [...new Set([...now.keys(), ...old.keys()])].flatMap((key) => {
    const change = { key, before: old.get(key) ?? null, after: now.get(key) ?? null }
    return canonical(change.before) === canonical(change.after) ? [] : [change]
  })

  function flat(body: ProgramBody): Map<string, Json> {
    const { number: _, measure, ...rest } = JSON.parse(JSON.stringify(body)) as { [key: string]: Json }
    const isSame = before.measure.system === after.measure.system
    const fields = isSame
      ? Object.entries(measure as object).map(([key, value]) => [`measure.${key}`, value as Json] as const)
      : [['measure', measure ?? null] as const]
    return new Map([...Object.entries(rest), ...fields])
  }
}

/** True when the data of the two versions must not share a trend. The measure is the new version's. */
export function forcesPhase(changes: readonly Change[], { system }: Measure): boolean {
  // how many items the work has is how much is asked for; a care plan is cared by, not measured by
  const more = { product: ['items'], toileting: TOILETING, feeding: FEEDING }[system as string] ?? []
  const runOnly = [...RUN_ONLY, ...more]
  return changes.some(({ key }) => {
    const [top, field] = key.split('.')
    return top === 'definition' || (top === 'measure' && !runOnly.includes(field ?? ''))
  })
}

/** What both changed from one start, each in another way: `theirs` of it. Empty when nothing does. */
export function clashOf<Body extends { readonly [key: string]: unknown }>(
  start: Body,
  mine: Body,
  theirs: Body,
): Partial<Body> {
  const [first, own, other] = [start, mine, theirs].map(
    (body) => (key: string) => canonical((body[key] ?? null) as Json),
  )
  const keys = [...new Set([...Object.keys(mine), ...Object.keys(theirs)])].filter((key) => {
    const [a, b, c] = [first?.(key), own?.(key), other?.(key)]
    return a !== b && a !== c && b !== c
  })
  return Object.fromEntries(keys.map((key) => [key, theirs[key]])) as Partial<Body>
}

/** The draft's own changes carried over to a version that somebody else published meanwhile. */
export function rebase<Body extends { readonly [key: string]: unknown }>(
  start: Body,
  mine: Body,
  theirs: Body,
): Body {
  const own = Object.entries(mine).filter(
    ([key, value]) => canonical((value ?? null) as Json) !== canonical((start[key] ?? null) as Json),
  )
  return { ...theirs, ...Object.fromEntries(own) }
}
