/**
 * `handrail analyze ioa`: agreement of two observers, by every formula that applies to what they recorded. Reads a
 * list of { id, input: { type, observer1, observer2 } }, or { cases, weighted } with two lists of ratings.
 */
import { basename } from 'node:path'
import { z } from 'zod'
import {
  exactCountPerInterval,
  meanCountPerInterval,
  totalCount,
} from '../capabilities/sessions/ioa/counts.ts'
import { meanPerOccurrence, totalDuration } from '../capabilities/sessions/ioa/durations.ts'
import {
  intervalByInterval,
  scoredInterval,
  unscoredInterval,
} from '../capabilities/sessions/ioa/intervals.ts'
import { itemByItem, withinOne } from '../capabilities/sessions/ioa/items.ts'
import { cohenKappa, weightedKappa } from '../capabilities/sessions/ioa/kappa.ts'
import type { Ratio } from '../capabilities/sessions/ioa/ratio.ts'
import { shareOf, type Score } from '../capabilities/sessions/ioa/score.ts'
import { entriesOf, listOf, problem, readJson } from './input.ts'

/** Percentages 0–100, kappas −1–1; null where the formula has no answer. */
export type IoaRow = { id: string; [formula: string]: string | number | boolean | null }

/** One row an entry, in the order of the file. Throws BadInput. */
export function ioaRows(path: string): IoaRow[] {
  const file = basename(path)
  const json = readJson(path)
  if (Array.isArray(json)) return entriesOf(file, json, Recorded).map(({ id, input }) => ({ id, ...input }))
  const { cases, weighted } = Ratings.safeParse(json).data ?? {}
  if (cases === undefined && weighted === undefined)
    throw problem(file, 0, null, 'no_list', 'Here should be a list of entries, or an object with cases.')
  return [
    ...entriesOf(file, cases ?? [], Rated, 'cases').map(({ id, ...both }) => ({ id, ...ratings(both) })),
    ...entriesOf(file, weighted ?? [], Leveled, 'weighted').map(({ id, ...both }) => ({
      id,
      ...weightedKappas(both),
    })),
  ]
}

const Ratings = z.looseObject({ cases: z.unknown().optional(), weighted: z.unknown().optional() })

interface Both<T> {
  readonly observer1: readonly T[]
  readonly observer2: readonly T[]
}

/** Two lists of one length, at least one long. */
function aligned<T>(item: z.ZodType<T>) {
  const list = listOf(item)
  return z
    .looseObject({ observer1: list, observer2: list })
    .refine(({ observer1, observer2 }) => observer1.length === observer2.length, {
      path: ['observer2'],
      message: 'The two observers have different numbers of items.',
    })
    .refine(({ observer1 }) => observer1.length > 0, {
      path: ['observer1'],
      message: 'There is nothing to compare.',
    })
}

const amount = z.number().nonnegative()
const amounts = z.looseObject({ observer1: listOf(amount), observer2: listOf(amount) })
const mark = z.union(
  [z.boolean(), z.literal([0, 1]).transform((one) => one === 1), z.null()],
  'An interval is 0, 1, or null where it was missed.',
)
const code = z.union([z.string(), z.number(), z.boolean(), z.null()])
const level = z.union([z.number(), z.null()])

/** What each kind of record is made of, and the formulas that apply to it. */
const TYPES = {
  count_per_interval: aligned(amount).transform((both) => ({
    total_count: percent(totalCount(...arrays(both))),
    mean_count_per_interval: percent(meanCountPerInterval(...arrays(both))),
    exact_count_per_interval: percent(exactCountPerInterval(...arrays(both))),
    ...tag(totalCount(...arrays(both))),
  })),
  interval: aligned(mark).transform((both) => ({
    interval_by_interval: percent(intervalByInterval(...arrays(both))),
    scored_interval: percent(scoredInterval(...arrays(both))),
    unscored_interval: percent(unscoredInterval(...arrays(both))),
    kappa: kappaOf(both),
    ...tag(intervalByInterval(...arrays(both))),
  })),
  trial: byItem('trial_by_trial'),
  step: byItem('step_by_step'),
  opportunity: byItem('opportunity_by_opportunity'),
  item: byItem('item_by_item'),
  rating: aligned(level).transform((both) => ({
    exact: percent(itemByItem(...arrays(both))),
    within_one: percent(withinOne(...arrays(both))),
    kappa: kappaOf(both),
    ...weightedKappas(answered(both)),
  })),
  duration: amounts.transform((both) => ({
    total_duration: percent(totalDuration(...arrays(both))),
    mean_duration_per_occurrence: percent(meanPerOccurrence(...arrays(both))),
    ...tag(totalDuration(...arrays(both))),
  })),
  latency: aligned(z.union([amount, z.null()])).transform((both) => ({
    mean_latency_per_occurrence: percent(meanPerOccurrence(...arrays(both))),
  })),
  irt: amounts.transform((both) => ({
    mean_irt_per_occurrence: percent(meanPerOccurrence(...arrays(both))),
  })),
}

/** An entry whose input says what kind of record it is; `_s` and the like say the unit, which changes nothing. */
const Recorded = z.looseObject({
  id: z.string(),
  input: z.looseObject({ type: z.string() }).transform((input, context): Omit<IoaRow, 'id'> => {
    const type = input.type.replace(/_(ms|s|min)$/, '')
    if (!Object.hasOwn(TYPES, type)) {
      const known = Object.keys(TYPES).join(', ')
      context.addIssue({ code: 'custom', path: ['type'], message: `The type is none of ${known}.` })
      return z.NEVER
    }
    const read = TYPES[type as keyof typeof TYPES].safeParse(input)
    if (read.success) return read.data
    for (const { path, message } of read.error.issues) context.addIssue({ code: 'custom', path, message })
    return z.NEVER
  }),
})

const Rated = aligned(code).and(z.looseObject({ id: z.string() }))
const Leveled = aligned(z.number()).and(z.looseObject({ id: z.string() }))

function byItem(formula: string) {
  return aligned(code).transform((both) => ({
    [formula]: percent(itemByItem(...arrays(both))),
    kappa: kappaOf(both),
  }))
}

function ratings(both: Both<string | number | boolean | null>) {
  const numbers = answered(both)
  const ordered = [...numbers.observer1, ...numbers.observer2].every((value) => typeof value === 'number')
  return {
    n: both.observer1.length,
    percent_agreement: percent(itemByItem(...arrays(both))),
    kappa: kappaOf(both),
    ...(ordered ? weightedKappas(numbers as Both<number>) : {}),
  }
}

function weightedKappas(both: Both<number>) {
  return {
    weighted_equal: ratio(weightedKappa(...arrays(both), 'linear')),
    weighted_squared: ratio(weightedKappa(...arrays(both), 'quadratic')),
  }
}

function kappaOf(both: Both<string | number | boolean | null>): number | null {
  return ratio(cohenKappa(...arrays(answered(both))))
}

/** Only the items that both scored: kappa has no place for one that is missing. */
function answered<T extends NonNullable<unknown>>({ observer1, observer2 }: Both<T | null>): Both<T> {
  const pairs = observer1.map((value, i) => [value, observer2[i] ?? null] as const)
  const full = pairs.filter((pair): pair is readonly [T, T] => pair[0] !== null && pair[1] !== null)
  return { observer1: full.map(([x]) => x), observer2: full.map(([, y]) => y) }
}

function arrays<T>({ observer1, observer2 }: Both<T>): [readonly T[], readonly T[]] {
  return [observer1, observer2]
}

function percent(score: Score | null): number | null {
  return score && shareOf(score) * 100
}

/** Agreement that nothing happened is said to be just that. */
function tag(score: Score | null): { non_occurrence?: true } {
  return score?.nonOccurrence ? { non_occurrence: true } : {}
}

function ratio(pair: Ratio | null): number | null {
  return pair && pair.numerator / pair.denominator
}
