/** What was wrong with a row of a file, over the wire; see core/csv.ts and core/said.ts. */
import { z } from 'zod'

export const FindingShape = z.object({
  file: z.string(),
  row: z.int(),
  field: z.string().nullable(),
  code: z.string(),
  severity: z.enum(['error', 'warning']),
  message: z.string(),
  says: z
    .object({ id: z.string(), values: z.record(z.string(), z.union([z.string(), z.number()])) })
    .readonly()
    .optional(),
})
