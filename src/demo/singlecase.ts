/** The demo district of published data: the import of the progress capability, with the doors of the roster and a sign-in. */
import type { Core } from '../core.ts'
import { importSingleCase, type SingleCaseOutcome } from '../capabilities/progress/server/import.ts'
import { loadRoster } from '../capabilities/roster/server/queries.ts'
import { registry } from '../registry.ts'
import { demoEmail, demoPassword } from './load.ts'

/** Imports a folder of single-case CSV files, and lets the demo page open it as its reader. */
export async function importSingleCaseFolder(
  core: Core,
  folder: string,
  options: { district: string | undefined; dryRun: boolean },
): Promise<SingleCaseOutcome> {
  const outcome = await importSingleCase(
    {
      database: core.database,
      directory: core.directory,
      registry,
      loadRoster: async (district, batch) => {
        await loadRoster(core.database, district, batch, { source: 'singlecase', report: {} })
      },
    },
    folder,
    options,
  )
  if (outcome.reader) {
    const { district, person } = outcome.reader
    const email = demoEmail(person)
    await core.identity.ensureUser({
      email,
      name: 'Data Reader',
      password: demoPassword(core, email),
      district,
      person,
    })
  }
  return outcome
}
