/** What a command of the calendar works on from a terminal: one school of one district, each by its name. */
import type { Uuid } from '../../../platform/core/ids.ts'
import type { Database, Tx } from '../../../platform/server/db.ts'
import type { Directory, DistrictInfo } from '../../../platform/server/directory.ts'

export interface AtSchool {
  /** A name may be left out where there is one. */
  readonly district: string | undefined
  readonly school: string | undefined
}

export interface Outcome {
  readonly ok: boolean
  /** What --json prints. */
  readonly report: unknown
  /** What a person reads. */
  readonly text: string
}

/** Does the work in one transaction of the operator, or says which name is missing. */
export async function atSchool(
  core: { readonly database: Database; readonly directory: Directory },
  { district: name, school: wanted }: AtSchool,
  work: (tx: Tx, school: Uuid, district: DistrictInfo) => Promise<Outcome>,
): Promise<Outcome> {
  const districts = core.directory.all.filter((one) => name === undefined || one.name === name)
  const [district] = districts
  if (!district || districts.length > 1)
    return refused(district ? 'Say which district: --district NAME.' : 'There is no such district.')
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
    return work(tx, school.school_id, district)
  })
}

export function refused(text: string): Outcome {
  return { ok: false, report: { ok: false, message: text }, text }
}
