/** `import scores`: assessment exports of a folder into the district's students, whole or not at all. */
import type { Json } from '../../../platform/core/canonical.ts'
import { uuidOf, uuidv7, type Uuid } from '../../../platform/core/ids.ts'
import { defineWrite } from '../../../platform/server/db.ts'
import { readFolder } from '../../../platform/server/folder.ts'
import type { StudentFact } from '../model.ts'
import { readScores } from '../scores.ts'
import { lineOf, refused, type ImportServices } from './import.ts'
import { writeFacts } from './queries.ts'

export async function importScoresFolder(
  services: ImportServices,
  folder: string,
  flags: { district: string | undefined; dryRun: boolean },
): Promise<{ ok: boolean; report: unknown; text: string }> {
  const real = services.directory.all.filter((one) => !one.demo)
  const district =
    flags.district === undefined && real.length === 1
      ? real[0]
      : real.find((one) => one.name === flags.district)
  if (!district) return refused('Which district? --district NAME; scores belong to students who are there.')
  const files = readFolder(folder, '.csv')
  const reading = await services.database.asSystem(district.id, async (tx) => {
    const students = await tx.read
      .selectFrom('student')
      .select(['student_id', 'source_id'])
      .where('district_id', '=', district.id)
      .execute()
    const read = readScores(files, {
      students: new Map(students.map((student) => [student.source_id, student.student_id])),
      ids: (type, source) => uuidOf(`${district.id}:${type}:${source}`),
    })
    if (read.fit && !flags.dryRun) {
      const report = {
        files: read.files,
        facts: read.facts.length,
        findings: read.findings,
      } as unknown as Json
      await tx.write(writeScores, { district: district.id, facts: read.facts, report })
    }
    return read
  })
  const imported = reading.fit && !flags.dryRun
  const { facts, ...told } = reading
  return {
    ok: reading.fit,
    report: { ok: reading.fit, imported, dry_run: flags.dryRun, sets: facts.length, ...told },
    text: [
      ...Object.entries(reading.files).map(([file, { rows, layout }]) => `${file}: ${rows} rows, ${layout}`),
      ...reading.findings.map(lineOf),
      reading.fit
        ? `${imported ? 'Imported' : 'Would import'} ${facts.length} score sets.`
        : 'Nothing was imported: mend the errors above and try again.',
    ].join('\n'),
  }
}

interface ScoreArgs {
  readonly district: Uuid
  readonly facts: readonly StudentFact[]
  readonly report: Json
}

const writeScores = defineWrite<ScoreArgs, void>({
  audit: ({ facts }) => ({ action: 'scores.import', detail: { sets: facts.length } }),
  async run(db, { district, facts, report }, tx) {
    await writeFacts(db, district, facts)
    await db
      .insertInto('import_run')
      .values({
        district_id: district,
        import_id: uuidv7(Date.now()),
        source: 'scores',
        at: new Date(tx.now),
        report: JSON.stringify(report),
        by_id: null,
      })
      .execute()
  },
})
