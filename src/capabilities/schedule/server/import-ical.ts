/** `import ical <file>`: an iCalendar file into the calendar of a school, from the command line. All of it or nothing. */
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { addDays, dayOf } from '../../../platform/core/days.ts'
import type { Database } from '../../../platform/server/db.ts'
import type { Directory } from '../../../platform/server/directory.ts'
import { yearOf } from '../periods.ts'
import { takeEvents } from './events.ts'

export interface IcalOptions {
  readonly district: string | undefined
  /** Name of the school; may be left out where there is one. */
  readonly school: string | undefined
  readonly dryRun: boolean
}

interface Outcome {
  readonly ok: boolean
  readonly report: unknown
  readonly text: string
}

/** Reads a file and takes it in for the school year of today, unless it has errors or only a look was asked for. */
export async function importIcalFile(
  core: { readonly database: Database; readonly directory: Directory },
  path: string,
  { district: name, school: wanted, dryRun }: IcalOptions,
): Promise<Outcome> {
  const districts = core.directory.all.filter((one) => name === undefined || one.name === name)
  const [district] = districts
  if (!district || districts.length > 1)
    return refused(district ? 'Say which district: --district NAME.' : 'There is no such district.')
  const text = readFileSync(path, 'utf8')
  return core.database.asSystem(district.id, async (tx) => {
    const schools = await tx.read
      .selectFrom('school')
      .select(['school_id', 'name'])
      .where('district_id', '=', district.id)
      .$if(wanted !== undefined, (some) => some.where('name', '=', wanted ?? ''))
      .execute()
    const [school] = schools
    if (!school || schools.length > 1)
      return refused(school ? 'Say which school: --school NAME.' : 'There is no such school.')
    const from = yearOf(dayOf(tx.now, district.tz))
    const to = addDays(yearOf(addDays(from, 366)), -1)
    const file = basename(path)
    const command = { file, text, from, to, preview: dryRun }
    const taken = await takeEvents(tx, school.school_id, district.tz, command)
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

function refused(text: string): Outcome {
  return { ok: false, report: { ok: false, message: text }, text }
}
