/** `calendar rotation`: day types laid out in turn over a school's days, from the command line; the screen does the same. */
import type { Database } from '../../../platform/server/db.ts'
import type { Directory } from '../../../platform/server/directory.ts'
import { RotationCommand } from '../wire.ts'
import { atSchool, refused, type AtSchool, type Outcome } from './at-school.ts'
import { keepRotation } from './rotation.ts'

export interface RotationOptions extends AtSchool {
  /** `A,B`: in this order. */
  readonly types: string | undefined
  readonly from: string | undefined
  readonly to: string | undefined
  /** Open weekdays that have no day yet. */
  readonly open: boolean
  readonly dryRun: boolean
}

export async function layRotation(
  core: { readonly database: Database; readonly directory: Directory },
  { types, from, to, open, dryRun, ...where }: RotationOptions,
): Promise<Outcome> {
  const command = RotationCommand.safeParse({
    types: types?.split(',').map((type) => type.trim()),
    from,
    to,
    open,
    preview: dryRun,
  })
  if (!command.success) {
    const wrong = command.error.issues.map(
      ({ path, message }) => `--${String(path[0] ?? 'types')}: ${message}`,
    )
    return refused([...wrong, '--types A,B --from 2026-08-24 --to 2027-06-04 are needed.'].join('\n'))
  }
  return atSchool(core, where, async (tx, school) => {
    const { saved, days, changes, empty } = await keepRotation(tx, school, command.data)
    return {
      ok: true,
      report: { ok: true, saved, days, changes, empty },
      text: [
        ...changes.map(({ day, before, type }) => `${day} ${before ?? 'not open'} → ${type}`),
        ...empty.map((type) => `warning: nothing of the timetable runs on days of type ${type}.`),
        `${saved ? 'Changed' : 'Would change'} ${changes.length} of ${days} school days.`,
      ].join('\n'),
    }
  })
}
