/** `import ical <file>`: an iCalendar file into the calendar of a school, from the command line. All of it or nothing. */
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { addDays, dayOf } from '../../../platform/core/days.ts'
import type { Database } from '../../../platform/server/db.ts'
import type { Directory } from '../../../platform/server/directory.ts'
import { yearOf } from '../periods.ts'
import { atSchool, type AtSchool, type Outcome } from './at-school.ts'
import { takeEvents } from './events.ts'

export interface IcalOptions extends AtSchool {
  readonly dryRun: boolean
}

/** Reads a file and takes it in for the school year of today, unless it has errors or only a look was asked for. */
export async function importIcalFile(
  core: { readonly database: Database; readonly directory: Directory },
  path: string,
  { dryRun, ...where }: IcalOptions,
): Promise<Outcome> {
  return atSchool(core, where, async (tx, school, district) => {
    const text = readFileSync(path, 'utf8')
    const from = yearOf(dayOf(tx.now, district.tz))
    const to = addDays(yearOf(addDays(from, 366)), -1)
    const file = basename(path)
    const command = { file, text, from, to, preview: dryRun }
    const taken = await takeEvents(tx, school, district.tz, command)
    const broken = taken.findings.some(({ severity }) => severity === 'error')
    return {
      ok: !broken,
      report: { ok: !broken, imported: taken.saved, from, to, ...taken },
      text: [
        ...taken.findings.map(
          (one) => `${one.severity} ${one.file}:${one.row} ${one.field ?? ''} ${one.code} ${one.message}`,
        ),
        broken
          ? 'Nothing was imported: mend the errors above and try again.'
          : `${taken.saved ? 'Imported' : 'Would import'} ${taken.events.length} entries from ${from} to ${to}.`,
      ].join('\n'),
    }
  })
}
