/** Attendance out of a file as it goes over the wire: the file with its columns and codes, and what would come of it. */
import { z } from 'zod'
import { text, uuid } from '../../platform/records/envelope.ts'
import { FindingShape } from '../../platform/records/finding.ts'
import { OFFICIAL } from './official.ts'

export const FILE_FIELDS = ['student', 'day', 'code'] as const
export type FileField = (typeof FILE_FIELDS)[number]

/** Which column holds what, and what a code of the file means beside those everybody uses. */
export const OfficialMapping = z.strictObject({
  columns: z.partialRecord(z.enum(FILE_FIELDS), text(120)).default({}),
  codes: z.record(text(40), z.enum(OFFICIAL)).default({}),
})
export type OfficialMapping = z.infer<typeof OfficialMapping>

/** `POST /api/attendance/import`: the same id twice changes nothing. */
export const ImportOfficial = z.strictObject({
  id: uuid,
  file: text(200).min(1),
  base64: z.base64(),
  mapping: OfficialMapping.optional(),
  dry_run: z.boolean(),
})
export type ImportOfficial = z.infer<typeof ImportOfficial>

export const ImportedOfficial = z.object({
  ok: z.boolean(),
  imported: z.boolean(),
  /** Rows of the file; student's days in it that are new, that say another code than before, and that say the same. */
  rows: z.int(),
  added: z.int(),
  changed: z.int(),
  same: z.int(),
  /** The first and the last day. */
  from: z.iso.date().nullable(),
  to: z.iso.date().nullable(),
  findings: z.array(FindingShape),
  headers: z.array(z.string()),
  mapping: OfficialMapping,
  /** Codes of the file that nobody said the meaning of. */
  unknown: z.array(z.string()),
})
export type ImportedOfficial = z.infer<typeof ImportedOfficial>
