/**
 * Plans of cover made ahead, a job of app.ts: from the evening before a school day until its morning, for each para of
 * every school, for the case that they call out too late to wait (domain H.3). What stands already is left as it is, so
 * that every pass takes up where the one before it ended, and makes again only what the day has changed for.
 *
 * What must stay true: nothing here changes anybody's day. The log and the counts hold no word about a person.
 */
import { addDays, dayOf, instantOf, type Day } from '../../../platform/core/days.ts'
import { uuidv7, type Uuid } from '../../../platform/core/ids.ts'
import { defineWrite, type Database, type Tx } from '../../../platform/server/db.ts'
import type { Directory } from '../../../platform/server/directory.ts'
import { forEach, type Counts, type Job } from '../../../platform/server/jobs.ts'
import type { Log } from '../../../platform/server/log.ts'
import { Problem } from '../../../platform/server/problems.ts'
import { coverDay } from './day.ts'
import { digestOf, keepPlan, solved, without } from './plans.ts'
import './tables.ts'

export const PREPARE = 'coverage.prepare'

/** Tomorrow's from here on, when the day boards of tomorrow go to the devices (domain H.2); today's until here. */
const EVENING = '18:00'
const MORNING = '08:00'

const NONE = { made: 0, kept: 0, failed: 0 }

export interface NightlyOptions {
  readonly database: Database
  readonly directory: Directory
  readonly log: Log
}

export function coverageJobs({ database, directory, log }: NightlyOptions): Job[] {
  return [
    {
      name: PREPARE,
      cron: '*/15 * * * *',
      async run(stop) {
        await directory.refresh(database.pool)
        return forEach(directory.all, log, ({ id, tz }) => prepareDistrict({ database, log }, id, tz, stop))
      },
    },
  ]
}

async function prepareDistrict(
  { database, log }: Pick<NightlyOptions, 'database' | 'log'>,
  district: Uuid,
  tz: string,
  stop: AbortSignal,
): Promise<Counts> {
  const now = database.now(district)
  const day = dayToPrepare(now, tz)
  if (day === null || stop.aborted) return NONE
  const schools = await database.asSystem(district, async (tx, db) => {
    await tx.write(forget, { before: dayOf(now, tz) })
    const open = await db
      .selectFrom('school_day')
      .select('school_id')
      .where('district_id', '=', district)
      .where('day', '=', day)
      .orderBy('school_id')
      .execute()
    return open.map((row) => row.school_id)
  })
  const made = await forEach(schools, log, (school) =>
    prepareSchool({ database, log }, { district, school, day, tz, stop }),
  )
  return { ...NONE, ...made }
}

/** The day that plans are made for at an instant; null while there is none. */
export function dayToPrepare(now: number, tz: string): Day | null {
  const today = dayOf(now, tz)
  if (now >= Date.parse(instantOf(today, EVENING, tz))) return addDays(today, 1)
  return now < Date.parse(instantOf(today, MORNING, tz)) ? today : null
}

/** One plan for each para who is there. One that fits the day as it is now is kept. */
async function prepareSchool(
  { database, log }: Pick<NightlyOptions, 'database' | 'log'>,
  wanted: { district: Uuid; school: Uuid; day: Day; tz: string; stop: AbortSignal },
): Promise<Counts> {
  const { district, school, day, tz, stop } = wanted
  const { input, there } = await database.asSystem(
    district,
    async (tx) => ({
      input: await coverDay(tx, school, day, tz),
      there: new Set(await preparedDigests(tx, school, day)),
    }),
    { snapshot: true },
  )
  const away = new Set(input.away.map(({ person }) => person))
  const working = new Set(input.tasks.map(({ person }) => person))
  const paras = input.adults.filter(({ id, moves }) => moves && working.has(id) && !away.has(id))
  return forEach(paras, log, async ({ id: forPerson }) => {
    if (stop.aborted) return NONE
    const hypothetical = without(input, forPerson)
    if (there.has(digestOf(hypothetical))) return { ...NONE, kept: 1 }
    try {
      const taken = await solved(district, hypothetical, stop)
      const plan = { id: uuidv7(Date.now()), school, day, input: hypothetical, taken, forPerson }
      await database.asSystem(district, (tx) => tx.write(keepPlan, { ...plan, status: 'prepared' }))
      return { ...NONE, made: 1 }
    } catch (error) {
      if (stop.aborted) return NONE
      // the next pass looks for it once more, and so does a coordinator who needs it before
      if (error instanceof Problem && error.code === 'coverage.no_plan') return { ...NONE, failed: 1 }
      throw error
    }
  })
}

async function preparedDigests(tx: Tx, school: Uuid, day: Day): Promise<string[]> {
  return tx.asSystem(async (db) => {
    const rows = await db
      .selectFrom('coverage_plan')
      .select('digest')
      .where('district_id', '=', tx.district)
      .where('school_id', '=', school)
      .where('day', '=', day)
      .where('status', '=', 'prepared')
      .execute()
    return rows.map((row) => row.digest)
  })
}

/** Plans that were made ahead and that nobody approved are of no use once their day is over. */
const forget = defineWrite<{ before: Day }, number>({
  audit: ({ before }, plans) =>
    plans > 0 ? { action: 'coverage.forget_prepared', detail: { before, plans } } : null,
  async run(db, { before }, { district }) {
    const done = await db
      .deleteFrom('coverage_plan')
      .where('district_id', '=', district)
      .where('day', '<', before)
      .where('for_person', 'is not', null)
      .where('approved', 'is', null)
      .where('status', 'in', ['prepared', 'replaced'])
      .executeTakeFirst()
    return Number(done.numDeletedRows)
  },
})
