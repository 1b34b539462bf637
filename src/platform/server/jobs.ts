/**
 * Jobs: what has to be done again and again without anybody asking. pg-boss keeps them in the schema `jobs`, which
 * migrate.ts makes as the owner; app.ts starts them as handrail_app. Any number of processes may: of each job there is
 * one at a time, whoever does it. A process that dies in the middle is noticed by its silence, and the job is tried
 * again, a few times at most, so a job must be able to run twice (F42).
 *
 * What must stay true: the tables hold the names of jobs, times and counts, never a word about a person; not in a
 * result, nor in what an error says.
 */
import type pg from 'pg'
import { getConstructionPlans, getMigrationPlans, PgBoss } from 'pg-boss'
import boss from 'pg-boss/package.json' with { type: 'json' }
import { errorFields, type Log } from './log.ts'
import { limits, PATIENCE_MS } from './pool.ts'
import { problemOfDatabase } from './problems.ts'

const SCHEMA = 'jobs'

/** What a job did, in numbers. Kept with the job for two days. */
export type Counts = { readonly [what: string]: number }

export interface Job {
  readonly name: string
  /** Five fields, UTC. Runs once for the last time it missed while nothing was running. */
  readonly cron: string
  /** `stop`: what is long ends at the next safe place, with what it has done; another time does the rest. */
  run(stop: AbortSignal): Promise<Counts>
}

export interface Done {
  readonly job: string
  /** As of when its counts hold, ms. */
  readonly at: number
  readonly counts: Counts
}

export interface Jobs {
  /** The last time each job was done, by any process. */
  lastDone(): Promise<Done[]>
  /** Lets what is under way finish, for so many ms at most; 0 = drops it, and another process does it again. */
  stop(patienceMs: number): Promise<void>
}

/** How often the tables are looked at, in whole seconds. */
export interface Pace {
  readonly poll: number
  readonly cron: number
  readonly supervise: number
  /** A job whose process says nothing for so long is given to another; at least 10. */
  readonly heartbeat: number
}

const PACE: Pace = { poll: 10, cron: 30, supervise: 30, heartbeat: 30 }
const KEPT_S = 2 * 86_400

export interface JobsOptions {
  /** The address that handrail_app connects to. */
  readonly url: string
  readonly jobs: readonly Job[]
  readonly log: Log
  /** Told of every attempt of this process. */
  readonly onRun?: (job: string, outcome: 'done' | 'failed', seconds: number) => void
  readonly pace?: Partial<Pace>
}

/** Makes the tables of the jobs, or brings them up to date, and lets handrail_app work in them. */
export async function installJobs(owner: pg.Client): Promise<void> {
  const found = await owner.query<{ there: boolean }>(
    `select to_regclass('${SCHEMA}.version') is not null as there`,
  )
  if (found.rows[0]?.there) {
    const { rows } = await owner.query<{ version: number }>(`select version from ${SCHEMA}.version`)
    const version = Number(rows[0]?.version)
    // one transaction: the tables hold a few hundred rows, so nothing is won by building an index beside the work
    if (version < boss.pgboss.schema)
      await owner.query(getMigrationPlans(SCHEMA, version).replaceAll(/\bconcurrently\b/gi, ''))
  } else await owner.query(getConstructionPlans(SCHEMA))
  // also for tables that are there: a start that died between the two left them without (F43)
  await owner.query(`
    grant usage on schema ${SCHEMA} to handrail_app;
    grant select, insert, update, delete on all tables in schema ${SCHEMA} to handrail_app`)
}

export async function startJobs({ url, jobs, log, onRun, pace }: JobsOptions): Promise<Jobs> {
  const { poll, cron, supervise, heartbeat } = { ...PACE, ...pace }
  const queues = new PgBoss({
    connectionString: url,
    schema: SCHEMA,
    max: 2,
    options: `-c timezone=UTC ${limits(PATIENCE_MS)}`,
    // the tables belong to the owner, who made them
    migrate: false,
    reindex: false,
    monitorVacuum: false,
    superviseIntervalSeconds: supervise,
    monitorIntervalSeconds: supervise,
    cronMonitorIntervalSeconds: cron,
    cronWorkerIntervalSeconds: Math.min(poll, cron),
  })
  // the words of a warning or an error are the library's; a database that is away is told of by those who wait for it,
  // and what still asked for it when everything stops is done by the next process
  const stopping = new AbortController()
  queues.on('warning', () => log.warn('jobs: pg-boss warns'))
  queues.on('error', (error) => {
    if (!stopping.signal.aborted && !problemOfDatabase(error))
      log.error(errorFields(error), 'jobs: pg-boss failed')
  })
  await queues.start()
  try {
    for (const job of jobs) {
      await queues.createQueue(job.name, {
        policy: 'exclusive',
        retryLimit: 3,
        retryDelay: 5,
        retryBackoff: true,
        expireInSeconds: 3600,
        heartbeatSeconds: heartbeat,
        retentionSeconds: KEPT_S,
        deleteAfterSeconds: KEPT_S,
      })
      await queues.schedule(job.name, job.cron, null, { missed: 'once' })
      await queues.work(job.name, { pollingIntervalSeconds: poll }, async ([claimed]) =>
        attempt(job, AbortSignal.any([stopping.signal, ...(claimed ? [claimed.signal] : [])])),
      )
    }
  } catch (error) {
    await queues.stop({ graceful: false })
    throw error
  }

  async function attempt(job: Job, stop: AbortSignal): Promise<Counts> {
    const began = performance.now()
    const told = (outcome: 'done' | 'failed') =>
      onRun?.(job.name, outcome, (performance.now() - began) / 1000)
    try {
      const counts = await job.run(stop)
      told('done')
      return counts
    } catch (error) {
      told('failed')
      log.error(errorFields(error), `job ${job.name} failed`)
      throw new Failure(error)
    }
  }

  return {
    async lastDone() {
      const db = queues.getDb()
      const { rows } = (await db.executeSql(
        `select distinct on (name) name, completed_on, output from ${SCHEMA}.job
         where state = 'completed' and name = any($1) order by name, completed_on desc`,
        [jobs.map((job) => job.name)],
      )) as { rows: { name: string; completed_on: Date; output: Counts | null }[] }
      return rows.map((row) => ({ job: row.name, at: row.completed_on.getTime(), counts: row.output ?? {} }))
    },
    stop(patienceMs) {
      stopping.abort()
      return queues.stop({ graceful: patienceMs > 0, timeout: patienceMs })
    },
  }
}

/** Adds up what was done for each; one that fails does not keep the others waiting, but the job has failed then. */
export async function forEach<T>(
  items: Iterable<T>,
  log: Log,
  work: (item: T) => Promise<Counts>,
): Promise<Counts> {
  const sum: Record<string, number> = {}
  let failed: unknown
  for (const item of items)
    try {
      for (const [what, count] of Object.entries(await work(item))) sum[what] = (sum[what] ?? 0) + count
    } catch (error) {
      log.debug(errorFields(error), 'a part of a job failed')
      failed = error
    }
  if (failed !== undefined) throw failed
  return sum
}

/** What pg-boss keeps of a failed attempt: the class and the code of the error, not its words. */
class Failure extends Error {
  constructor(error: unknown) {
    const { error: name, code } = errorFields(error)
    super([name, code].filter(Boolean).join(' '))
    this.name = 'Failure'
    this.stack = ''
  }
}
