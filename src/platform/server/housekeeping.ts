/** The jobs of the house, started by app.ts: the trail is sealed and looked through, what has expired is removed. */
import { sealAudit, verifyAudit } from './audit.ts'
import type { Database } from './db.ts'
import type { Directory } from './directory.ts'
import type { Identity } from './identity.ts'
import { forEach, type Counts, type Job } from './jobs.ts'
import type { Log } from './log.ts'
import { removeOldPins } from './pins.ts'

/** A link a minute: those of the last two days. The whole chain is for `handrail audit verify`. */
const NEWEST_LINKS = 2 * 24 * 60

export const SEAL = 'audit.seal'
export const VERIFY = 'audit.verify'
export const CLEAN = 'identity.clean'

export interface House {
  readonly database: Database
  readonly directory: Directory
  readonly identity: Pick<Identity, 'clean'>
  readonly log: Log
}

/** At night: 08:20 UTC is 22:20 in Honolulu and 03:20 in New York. */
export function housekeeping(house: House): Job[] {
  const { database, identity, log } = house
  return [
    {
      name: SEAL,
      cron: '* * * * *',
      run: () => eachDistrict(house, async (id) => ({ sealed: await sealAudit(database, id) })),
    },
    {
      name: VERIFY,
      cron: '20 8 * * *',
      run: () =>
        eachDistrict(house, async (id) => {
          const verdict = await verifyAudit(database, id, { newest: NEWEST_LINKS })
          if (verdict.broken)
            log.error({ code: verdict.broken.why, count: verdict.broken.n }, 'the audit trail is broken')
          return { links: verdict.links, broken: verdict.ok ? 0 : 1 }
        }),
    },
    {
      name: CLEAN,
      cron: '40 8 * * *',
      run: async () => {
        const removed = await identity.clean()
        const ended = await eachDistrict(house, async (id) => ({
          removed: await database.asSystem(id, (tx) => tx.write(removeOldPins, null)),
        }))
        return { removed: removed + (ended['removed'] ?? 0) }
      },
    },
  ]
}

async function eachDistrict(
  { database, directory, log }: House,
  work: (district: string) => Promise<Counts>,
): Promise<Counts> {
  await directory.refresh(database.pool)
  return forEach(directory.all, log, ({ id }) => work(id))
}
