/** Records of progress: aim lines, and points that came from published or other outside data. */
import { z } from 'zod'
import { text } from '../../platform/records/envelope.ts'
import type { Kind } from '../../platform/records/registry.ts'

/** An aim line from (x0, y0) to (xT, yT): days on the calendar, values on the graph's axis (domain D.1). */
export const AimBody = z.strictObject({
  from: z.iso.date(),
  from_value: z.number(),
  to: z.iso.date(),
  to_value: z.number(),
  /** How from_value was found, e.g. "median of the last 3 baseline points". */
  basis: text(200),
})
export type AimBody = z.infer<typeof AimBody>

/** One point of an outside data set. The source gives no fraction, so none is shown. */
export const ImportedPointBody = z.strictObject({
  /** Session number of the source: the x of the graph. */
  session: z.number(),
  /** Null = blank in the source: a gap, never zero. */
  value: z.number().nullable(),
  phase: text(80),
  condition: z.enum(['A', 'B', 'other']),
  /** Position in the file, 1-based data row. */
  row: z.int().min(1),
  /** Always true: the source has no dates; `at` was made up so that the record has one. */
  synthetic_date: z.literal(true),
})
export type ImportedPointBody = z.infer<typeof ImportedPointBody>

const ofProgram = (record: { refs: { readonly [name: string]: string } }) =>
  `program:${record.refs['program']}`

export const kinds: readonly Kind[] = [
  {
    kind: 'progress.aim',
    v: 1,
    bodies: { 1: AimBody },
    refs: ['program'],
    scope: 'student',
    tier: 'T2',
    action: 'approve',
    standing: true,
    partition: ofProgram,
  },
  {
    kind: 'progress.imported_point',
    v: 1,
    bodies: { 1: ImportedPointBody },
    refs: ['program'],
    scope: 'student',
    tier: 'T2',
    action: 'approve',
    standing: false,
    partition: (record) => `points:${record.refs['program']}`,
  },
]
