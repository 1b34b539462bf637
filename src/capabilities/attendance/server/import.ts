/** Official attendance out of a file: read, rehearsed or put in, whole or not at all; from the screen and the command line. */
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { sql } from 'kysely'
import { dayOf, type Day } from '../../../platform/core/days.ts'
import { uuidOf, uuidv7, type Uuid } from '../../../platform/core/ids.ts'
import { defineWrite, type Database, type Db, type Tx } from '../../../platform/server/db.ts'
import type { Directory } from '../../../platform/server/directory.ts'
import type { Official } from '../official.ts'
import { readOfficial, type OfficialFile } from '../official-file.ts'
import type { ImportedOfficial, OfficialMapping } from '../official-import.ts'

export interface OfficialImport {
  /** Made by whoever asks: the same one twice changes nothing. */
  readonly id: Uuid
  readonly file: string
  readonly bytes: Uint8Array
  readonly mapping: OfficialMapping | undefined
  /** Who says it; on the command line the district itself. */
  readonly by: Uuid
  readonly dryRun: boolean
}

/** Findings that are answered. */
const TOLD = 1000

/** `students`: those whose attendance the asker keeps, by the number that the roster gave them. */
export async function importOfficial(
  tx: Tx,
  students: ReadonlyMap<string, Uuid>,
  tz: string,
  act: OfficialImport,
): Promise<ImportedOfficial> {
  const read = readOfficial(act.file, act.bytes, {
    mapping: act.mapping,
    students,
    today: dayOf(tx.now, tz),
  })
  const { marks } = read
  const before = await tx.asSystem((db) => codesOf(db, tx.district, marks))
  const codeBefore = ({ student, day }: (typeof marks)[number]) => before.get(`${student} ${day}`)
  const news = marks.filter((mark) => codeBefore(mark) !== mark.code)
  if (read.fit && !act.dryRun && news.length > 0)
    await tx.write(writeImported, { id: act.id, by: act.by, marks: news })
  const days = marks.map(({ day }) => day).toSorted()
  return {
    ok: read.fit,
    imported: read.fit && !act.dryRun,
    rows: read.rows,
    added: news.filter((mark) => codeBefore(mark) === undefined).length,
    changed: news.filter((mark) => codeBefore(mark) !== undefined).length,
    same: marks.length - news.length,
    from: days[0] ?? null,
    to: days.at(-1) ?? null,
    findings: read.findings.slice(0, TOLD),
    headers: [...read.headers],
    mapping: read.mapping,
    unknown: [...read.unknown],
  }
}

/** The codes that hold, by `student day`. */
async function codesOf(db: Db, district: Uuid, marks: OfficialFile['marks']): Promise<Map<string, Official>> {
  const rows = JSON.stringify([...new Set(marks.map(({ day }) => day))])
  const held = await sql<{ student_id: Uuid; day: Day; code: Official }>`
    select distinct on (day, student_id) student_id, day, code from attendance_official
    where district_id = ${district} and day in (select value::date from json_array_elements_text(${rows}::json))
    order by day, student_id, n desc, said desc, said_id desc
  `.execute(db)
  return new Map(held.rows.map((row) => [`${row.student_id} ${row.day}`, row.code]))
}

const CHUNK = 5000

const writeImported = defineWrite<{ id: Uuid; by: Uuid; marks: OfficialFile['marks'] }, void>({
  audit: ({ id, marks }) => ({
    action: 'attendance.import',
    detail: { said: id, marks: marks.length, days: new Set(marks.map(({ day }) => day)).size },
  }),
  run: (_db, { id, by, marks }, tx) =>
    tx.asSystem(async (db) => {
      for (let i = 0; i < marks.length; i += CHUNK) {
        // one saying a day: of a student there is one code in each
        const rows = marks.slice(i, i + CHUNK).map((mark) => ({ ...mark, said: uuidOf(`${id}:${mark.day}`) }))
        await sql`
          insert into attendance_official (district_id, said_id, student_id, day, code, said_by, said, n)
          select ${tx.district}, r.said, r.student, r.day, r.code, ${by}, ${new Date(tx.now)}, 1 + coalesce(
            (select max(o.n) from attendance_official o
             where o.district_id = ${tx.district} and o.student_id = r.student and o.day = r.day), 0)
          from json_to_recordset(${JSON.stringify(rows)}::json) as r (said uuid, student uuid, day date, code text)
          on conflict do nothing
        `.execute(db)
      }
    }),
})

/** `import attendance`: a file into the students of a district. */
export async function importOfficialFile(
  services: { readonly database: Database; readonly directory: Directory },
  path: string,
  flags: { district: string | undefined; mapping: OfficialMapping | undefined; dryRun: boolean },
): Promise<{ ok: boolean; report: unknown; text: string }> {
  const real = services.directory.all.filter((one) => !one.demo)
  const district =
    real.find((one) => one.name === flags.district) ?? (real.length === 1 ? real[0] : undefined)
  if (!district || (flags.district !== undefined && district.name !== flags.district)) {
    const text = 'Which district? --district NAME; attendance belongs to students who are there.'
    return { ok: false, report: { ok: false, messages: [text] }, text }
  }
  const report = await services.database.asSystem(district.id, async (tx) => {
    const students = await tx.read
      .selectFrom('student')
      .select(['student_id', 'source_id'])
      .where('district_id', '=', district.id)
      .execute()
    return importOfficial(tx, new Map(students.map((row) => [row.source_id, row.student_id])), district.tz, {
      id: uuidv7(tx.now),
      file: basename(path),
      bytes: readFileSync(path),
      mapping: flags.mapping,
      by: district.id,
      dryRun: flags.dryRun,
    })
  })
  return { ok: report.ok, report: { ...report, dry_run: flags.dryRun }, text: textOf(report) }
}

function textOf(report: ImportedOfficial): string {
  const { rows, added, changed, same, from, to, unknown } = report
  return [
    ...report.findings.map(({ severity, file, row, field, code, message }) =>
      [severity, row > 0 ? `${file}:${row}` : file, field, code, message].filter(Boolean).join(' '),
    ),
    ...(unknown.length > 0 ? [`codes without a meaning: ${unknown.join(', ')}`] : []),
    report.ok
      ? `${report.imported ? 'Imported' : 'Would import'} ${rows} rows, ${from ?? ''} to ${to ?? ''}: ${added} new, ${changed} changed, ${same} as before.`
      : 'Nothing was imported: mend the errors above and try again.',
  ].join('\n')
}
