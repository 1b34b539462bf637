/** Reference values in lists: agreement of observers, recording methods, decisions. */
import { basename } from 'node:path'
import { z } from 'zod'
import { decisionRows } from '../decisions.ts'
import { entriesOf, readJson } from '../input.ts'
import { ioaRows } from '../ioa.ts'
import { streamRows } from '../streams.ts'
import type { Ledger } from './ledger.ts'

const Expected = z.looseObject({ id: z.string(), expected: z.record(z.string(), z.unknown()).default({}) })

/** A list of { id, expected } whose keys are those of our rows. Throws BadInput. */
export function checkWorkedExamples(ledger: Ledger, path: string): void {
  compareRows(ledger, path, ioaRows(path), (key) => key)
}

/** Decisions are words, and compared as such. Throws BadInput. */
export function checkDecisions(ledger: Ledger, path: string): void {
  compareRows(ledger, path, decisionRows(path), (key) => (key === 'published' ? null : key))
}

/** Two packages that give the same kappa, and one its agreement in percent. */
const KAPPA_KEYS: Readonly<Record<string, string>> = {
  kappa_irr_kappa2: 'kappa',
  kappa_psych: 'kappa',
  percent_agreement_irr_agree: 'percent_agreement',
}

/** Throws BadInput. */
export function checkKappa(ledger: Ledger, path: string): void {
  const file = basename(path)
  const rows = ioaRows(path)
  const { cases, weighted } = Ratings.parse(readJson(path))
  const references = entriesOf(file, cases ?? [], Expected, 'cases')
  for (const [i, { id, expected }] of references.entries()) {
    for (const [key, theirs] of Object.entries(expected)) {
      const ours = rows[i]?.[KAPPA_KEYS[key] ?? '']
      if (ours === undefined) ledger.skip(`${file}.${key}`, 'no tests and no intervals of kappa')
      else ledger.compare(`${file}.${key}`, id, wordOrNumber(theirs), wordOrNumber(ours))
    }
  }
  for (const [i, reference] of entriesOf(file, weighted ?? [], Weighted, 'weighted').entries()) {
    const ours = rows[references.length + i]
    for (const key of ['weighted_equal', 'weighted_squared'] as const)
      ledger.compare(`${file}.${key}`, reference.id, reference[key], wordOrNumber(ours?.[key]))
  }
}

const Ratings = z.looseObject({ cases: z.unknown().optional(), weighted: z.unknown().optional() })
const Weighted = z.looseObject({ id: z.string(), weighted_equal: z.number(), weighted_squared: z.number() })

const STREAM_KEYS = [
  'continuous_duration_proportion',
  'event_count',
  'mts_proportion',
  'pir_proportion',
  'wir_proportion',
] as const
const STREAM_LISTS = ['mts_raw', 'pir_raw', 'wir_raw'] as const

/** Throws BadInput. */
export function checkStreams(ledger: Ledger, path: string): void {
  const file = basename(path)
  const { streams } = z.looseObject({ streams: z.unknown().optional() }).parse(readJson(path))
  const references = entriesOf(file, streams, z.record(z.string(), z.unknown()), 'streams')
  for (const [i, row] of streamRows(path).entries()) {
    const where = `seed ${row.seed}, stream ${row.index}`
    for (const key of STREAM_KEYS)
      ledger.compare(`${file}.${key}`, where, wordOrNumber(references[i]?.[key]), row[key])
    for (const key of STREAM_LISTS)
      ledger.compare(`${file}.${key}`, where, JSON.stringify(references[i]?.[key]), JSON.stringify(row[key]))
  }
}

function compareRows(
  ledger: Ledger,
  path: string,
  rows: readonly Readonly<Record<string, unknown>>[],
  ourKey: (theirs: string) => string | null,
): void {
  const file = basename(path)
  for (const [i, { id, expected }] of entriesOf(file, readJson(path), Expected).entries()) {
    for (const [key, theirs] of Object.entries(expected)) {
      const mine = ourKey(key)
      if (mine === null) ledger.skip(`${file}.${key}`, 'the same number as it was printed')
      else ledger.compare(`${file}.${key}`, id, wordOrNumber(theirs), wordOrNumber(rows[i]?.[mine]))
    }
  }
}

/** Anything else cannot agree with anything. */
function wordOrNumber(value: unknown): string | number | null {
  if (typeof value === 'number' || typeof value === 'string' || value === null) return value
  return 'nothing'
}
