/** The rows of a source's last whole export, kept for exports that hold only what changed. SQL and nothing else. */
import type { Uuid } from '../../../platform/core/ids.ts'
import type { Db } from '../../../platform/server/db.ts'
import { keptColumns, UNKEPT, type KeptRows } from '../oneroster-delta.ts'
import { FILES, type FileName } from '../oneroster-format.ts'

declare module '../../../platform/server/schema.ts' {
  interface Tables {
    roster_file: { district_id: string; source: string; file: string; part: number; content: string }
  }
}

/** Rows in one row of the table. */
const PART = 20_000

interface Part {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

/** What was kept of a source; null: no whole export of it was ever read. */
export async function keptOf(
  db: Pick<Db, 'selectFrom'>,
  district: Uuid,
  source: string,
): Promise<KeptRows | null> {
  const parts = await db
    .selectFrom('roster_file')
    .select(['file', 'content'])
    .where('district_id', '=', district)
    .where('source', '=', source)
    .orderBy('file')
    .orderBy('part')
    .execute()
  if (parts.length === 0) return null
  const kept = new Map<FileName, Record<string, string>[]>()
  for (const { file, content } of parts) {
    const name = FILES.find((one) => one === file)
    if (!name) continue
    const { columns, rows } = JSON.parse(content) as Part
    const values = rows.map((row) => Object.fromEntries(columns.map((column, n) => [column, row[n] ?? ''])))
    kept.set(name, [...(kept.get(name) ?? []), ...values])
  }
  return kept
}

/** Keeps the rows of a source in place of those before. */
export async function keep(db: Db, district: Uuid, source: string, rows: KeptRows): Promise<void> {
  await db
    .deleteFrom('roster_file')
    .where('district_id', '=', district)
    .where('source', '=', source)
    .execute()
  for (const [file, all] of rows) {
    if (UNKEPT.includes(file)) continue
    const columns = keptColumns(file).filter((column) => all.some((row) => (row[column] ?? '') !== ''))
    for (let part = 0; part * PART < Math.max(all.length, 1); part++) {
      const slice = all.slice(part * PART, (part + 1) * PART)
      const content: Part = { columns, rows: slice.map((row) => columns.map((column) => row[column] ?? '')) }
      await db
        .insertInto('roster_file')
        .values({ district_id: district, source, file, part, content: JSON.stringify(content) })
        .execute()
    }
  }
}
