/** `import oneroster`: a folder into a district, whole or not at all, with a report of every row that was wrong. */
import { basename, resolve } from 'node:path'
import type { Json } from '../../../platform/core/canonical.ts'
import { uuidOf } from '../../../platform/core/ids.ts'
import type { Database } from '../../../platform/server/db.ts'
import type { Directory } from '../../../platform/server/directory.ts'
import { readFolder } from '../../../platform/server/folder.ts'
import type { Finding } from '../model.ts'
import { readOneRoster } from '../oneroster.ts'
import { loadRoster } from './queries.ts'

interface Services {
  readonly database: Database
  readonly directory: Directory
}

/** Zone of a district that is made by an import; a district that exists keeps its own. */
const DEFAULT_TZ = 'America/New_York'

export async function importOneRosterFolder(
  services: Services,
  folder: string,
  options: { district: string | undefined; dryRun: boolean },
): Promise<{ ok: boolean; report: unknown; text: string }> {
  const name = options.district ?? basename(resolve(folder))
  const known = services.directory.all.find((one) => one.name === name)
  if (known?.demo) {
    const message = `${name} is a demo district: whoever comes to the demo page may enter it. Use another --district.`
    return { ok: false, report: { ok: false, messages: [message] }, text: message }
  }
  const district = known?.id ?? uuidOf(`district:${name}`)
  const { batch, report } = readOneRoster(readFolder(folder, '.csv'), {
    ids: (type, source) => uuidOf(`${district}:${type}:${source}`),
    now: new Date().toISOString(),
    tz: known?.tz ?? DEFAULT_TZ,
  })
  const imported = report.fit && !options.dryRun
  if (imported) {
    const made = { id: district, name, tz: DEFAULT_TZ, demo: false, clockOffsetMs: 0 }
    await loadRoster(services.database, made, batch, {
      source: 'oneroster',
      report: report as unknown as Json,
    })
    await services.directory.load(services.database.pool)
  }
  return {
    ok: report.fit,
    report: {
      ok: report.fit,
      imported,
      dry_run: options.dryRun,
      district: { id: district, name },
      ...report,
    },
    text: [
      ...Object.entries(report.files).map(([file, { rows }]) => `${file}: ${rows} rows`),
      ...report.findings.map(lineOf),
      report.fit
        ? `${imported ? 'Imported' : 'Would import'} ${batch.schools.length} schools, ${batch.people.length} adults, ${batch.students.length} students, ${batch.sections.length} sections, ${batch.enrollments.length} enrollments.`
        : 'Nothing was imported: mend the errors above and try again.',
    ].join('\n'),
  }
}

/** One finding as a line: `error users.csv:12 email csv.ragged_row …`. */
export function lineOf(finding: Finding): string {
  const place = finding.row > 0 ? `${finding.file}:${finding.row}` : finding.file
  return [finding.severity, place, finding.field, finding.code, finding.message].filter(Boolean).join(' ')
}
