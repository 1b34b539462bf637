/**
 * The only door to PostgreSQL. Work happens inside a transaction whose settings carry what the person may see, so
 * that row-level security holds whatever the code above forgets; writes are declared with their audit entry beside
 * them, and a transaction offers no other way to write.
 */
import { Kysely, PostgresDialect, sql, type RawBuilder, type Transaction } from 'kysely'
import type { ReadonlyKysely } from 'kysely/readonly'
import pg from 'pg'
import { canonical, type Json } from '../core/canonical.ts'
import { uuidv7, type Uuid } from '../core/ids.ts'
import { plainCanonical } from './canonical-plain.ts'
import { openPool } from './pool.ts'
import { preparing, WITH_THE_NEXT } from './prepared.ts'
import { isRetryable } from './problems.ts'
import type { Tables } from './schema.ts'

export type Db = Kysely<Tables>
export type ReadDb = ReadonlyKysely<Tables>
type Trx = Transaction<Tables>

/** A signed-in member of staff, in one district. */
export interface Actor {
  readonly district: Uuid
  readonly person: Uuid
  /** Roles that are current now. */
  readonly roles: readonly string[]
}

export interface AuditEntry {
  /** `noun.verb`, e.g. `records.ingest`, `feed.deliver`. */
  readonly action: string
  /** Ids, counts, digests: never a name or a note. */
  readonly detail: { readonly [key: string]: Json }
}

/** A write and what the trail says of it. `null` = nothing was done, nothing is said. */
export interface Write<Args, Result> {
  readonly run: (db: Db, args: Args, tx: Tx) => Promise<Result>
  readonly audit: (args: Args, result: Result) => AuditEntry | null
  /** The last of it, which locks what everybody waits for: one statement with the entry, sent with the commit. */
  readonly last?: (args: Args, result: Result) => LastStatement | null
}

export interface LastStatement {
  /** What may stand after `with`: further queries and then the statement. */
  readonly text: RawBuilder<unknown>
  /** The audiences it writes into. */
  readonly into: Writable
}

/** Audiences in which a person may log what happened, and in which they may decide. */
export interface Writable {
  readonly create: readonly number[]
  readonly approve: readonly number[]
}

/** Declares a write. Without `audit` it does not type-check (G8). */
export function defineWrite<Args, Result>(write: Write<Args, Result>): Write<Args, Result> {
  return write
}

export interface Tx {
  readonly district: Uuid
  /** Null for the operator's duties (imports, folding), which no person does by hand. */
  readonly person: Uuid | null
  /** Milliseconds since the epoch, by the district's clock, when the transaction began. */
  readonly now: number
  /** Reads: what the settings let through. */
  readonly read: ReadDb
  /** Writes, audited in the same transaction. */
  write<Args, Result>(write: Write<Args, Result>, args: Args): Promise<Result>
  /** An audit entry for a delivery of student data, which is a read that must be told of. */
  audit(entry: AuditEntry): Promise<void>
  /** Runs part of the transaction as handrail_system: folding, inbox, sealing. Bound to the same district. */
  asSystem<T>(work: (db: Db) => Promise<T>): Promise<T>
}

/** What a person may read now, as the database computed it. */
export interface GrantRow {
  readonly aud: number
  readonly scope: string
  readonly of_id: Uuid
  readonly tier: string
  /** Instant before which nothing is shown, ms; null = all history. */
  readonly since: number | null
  readonly until: number | null
  readonly approve: boolean
}

export interface Reach {
  readonly grants: readonly GrantRow[]
  readonly wings: readonly number[]
  readonly students: readonly Uuid[]
  readonly denied: readonly Uuid[]
  /** Schools whose adults the person leads (coordinator, administrator). */
  readonly leads: readonly Uuid[]
}

export interface PersonOptions {
  /** Everything is read as it stood when the transaction began. */
  readonly snapshot?: boolean
}

export interface DatabaseOptions {
  readonly url: string
  /** Connections in the pool. */
  readonly connections?: number
  /** How long a connection may be silent before it is given up, ms; see pool.ts. */
  readonly patienceMs?: number | undefined
  /** The district's clock: ms since the epoch. */
  readonly clock: (district: Uuid) => number
  /** The instant n school days before `now`: how far back a substitute sees. */
  readonly historyStart: (district: Uuid, now: number, schoolDays: number) => number
}

export class Database {
  readonly pool: pg.Pool
  readonly #kysely: Db
  readonly #options: DatabaseOptions

  constructor(options: DatabaseOptions) {
    this.#options = options
    this.pool = openPool({
      url: options.url,
      schema: 'handrail',
      max: options.connections ?? 10,
      patienceMs: options.patienceMs,
      types: { getTypeParser: typeParser as typeof pg.types.getTypeParser },
    })
    this.#kysely = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: preparing(this.pool) }) })
  }

  now(district: Uuid): number {
    return this.#options.clock(district)
  }

  /**
   * A transaction in which the person sees what they may see now. Deadlocks and serialization failures run it again
   * (F41), so `work` must have no effect outside the transaction.
   */
  async asPerson<T>(
    actor: Actor,
    work: (tx: Tx, reach: Reach) => Promise<T>,
    options: PersonOptions = {},
  ): Promise<T> {
    return this.#transaction(options.snapshot === true, async (trx) => {
      const now = this.now(actor.district)
      const reach = await this.#reach(trx, actor, now)
      await setLocal(trx, settingsOf(actor, reach, this.#options, now))
      return work(new Handle(trx, actor.district, actor.person, now), reach)
    })
  }

  /**
   * A transaction that takes in what a person made. It begins as `asSystem`, where it is looked up what stands and what
   * they may write; as themselves they read nothing, and write only what the last statement of a write says.
   * `uploader` = who carries it, which may be somebody else: the trail names them. Runs again as `asPerson` does.
   */
  async asAuthor<T>({ district, person }: Actor, uploader: Uuid, work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.#transaction(false, async (trx) => {
      // its statements find rows by key, however many: to plan one anew for each batch costs more than the best plan saves
      await sql
        .raw('set local plan_cache_mode = force_generic_plan; set local role handrail_system')
        .execute(trx)
      await setLocal(trx, { district, person, uploader })
      const options = { actor: uploader, asSystem: true }
      return work(new Handle(trx, district, person, this.now(district), options))
    })
  }

  /** A transaction as the operator of one district: imports, jobs, the command line. */
  async asSystem<T>(
    district: Uuid,
    work: (tx: Tx, db: Db) => Promise<T>,
    options: { snapshot?: boolean } = {},
  ): Promise<T> {
    return this.#transaction(options.snapshot === true, async (trx) => {
      await sql.raw('set local role handrail_system').execute(trx)
      await setLocal(trx, { district })
      return work(new Handle(trx, district, null, this.now(district)), trx)
    })
  }

  /** Is the database there, and does it answer? */
  async ping(): Promise<void> {
    await this.pool.query('select 1')
  }

  async close(): Promise<void> {
    await this.#kysely.destroy()
    // Kysely ends the pool only when it has used it; an idle connection would keep the process for 10 s
    if (!this.pool.ending) await this.pool.end()
  }

  async #transaction<T>(snapshot: boolean, work: (trx: Trx) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        const builder = this.#kysely.transaction()
        return await (snapshot ? builder.setIsolationLevel('repeatable read') : builder).execute(work)
      } catch (error) {
        if (attempt >= 6 || !isRetryable(error)) throw error
      }
    }
  }

  async #reach(trx: Trx, actor: Actor, now: number): Promise<Reach> {
    const at = new Date(now)
    const found = await sql<{
      aud: number | null
      scope: string
      of_id: Uuid
      tier: string
      history_days: number | null
      until: Date | null
      can_approve: boolean
      wing: number | null
      denied: Uuid | null
      led: Uuid | null
    }>`
      select aud, scope, of_id, tier, history_days, until, can_approve,
        null::integer as wing, null::uuid as denied, null::uuid as led
      from person_grants(${actor.district}, ${actor.person}, ${at})
      union all
      select null, null, null, null, null, null, null, wing, null, null
      from person_wings(${actor.district}, ${actor.person}, ${at})
      union all
      select null, null, null, null, null, null, null, null, id, null
      from person_denied(${actor.district}, ${actor.person}, ${at}) as id
      union all
      select null, null, null, null, null, null, null, null, null, id
      from person_leads(${actor.district}, ${actor.person}, ${at}) as id
    `.execute(trx)
    const grants: GrantRow[] = []
    const wings: number[] = []
    const denied: Uuid[] = []
    const leads: Uuid[] = []
    for (const row of found.rows) {
      if (row.wing !== null) wings.push(row.wing)
      else if (row.denied !== null) denied.push(row.denied)
      else if (row.led !== null) leads.push(row.led)
      else if (row.aud !== null)
        grants.push({
          aud: row.aud,
          scope: row.scope,
          of_id: row.of_id,
          tier: row.tier,
          since:
            row.history_days === null
              ? null
              : this.#options.historyStart(actor.district, now, row.history_days),
          until: row.until === null ? null : row.until.getTime(),
          approve: row.can_approve,
        })
    }
    const students = [
      ...new Set(grants.filter((grant) => grant.scope === 'student').map((grant) => grant.of_id)),
    ]
    return { grants, wings, students, denied, leads }
  }
}

class Handle implements Tx {
  readonly district: Uuid
  readonly person: Uuid | null
  readonly now: number
  readonly #trx: Trx
  /** Who does it, in the trail. */
  readonly #actor: Uuid | null
  #asSystem: boolean

  constructor(
    trx: Trx,
    district: Uuid,
    person: Uuid | null,
    now: number,
    options: { actor?: Uuid | null; asSystem?: boolean } = {},
  ) {
    this.#actor = options.actor ?? person
    this.#asSystem = options.asSystem === true
    this.#trx = trx
    this.district = district
    this.person = person
    this.now = now
  }

  get read(): ReadDb {
    if (this.#asSystem && this.person !== null) throw new Error('a person reads as a person')
    return this.#trx as unknown as ReadDb
  }

  async write<Args, Result>(write: Write<Args, Result>, args: Args): Promise<Result> {
    const result = await write.run(this.#trx, args, this)
    const entry = write.audit(args, result)
    const last = write.last?.(args, result)
    if (entry && last) {
      const { create, approve } = last.into
      await setLocal(this.#trx, { create_auds: list(create), approve_auds: list(approve) })
      const said = sql.raw(WITH_THE_NEXT)
      await sql`${said} with ${this.#entryOf(entry)}, ${last.text}`.execute(this.#trx)
    } else if (entry) await this.audit(entry)
    return result
  }

  async audit(entry: AuditEntry): Promise<void> {
    await sql`with ${this.#entryOf(entry)} select`.execute(this.#trx)
  }

  #entryOf({ action, detail }: AuditEntry): RawBuilder<unknown> {
    const id = uuidv7(Date.now())
    return sql`
      entry as (
        insert into audit (district_id, audit_id, at, actor, action, detail)
        values (${this.district}, ${id}, ${new Date(this.now)}, ${this.#actor}, ${action}, ${plainCanonical(detail) ?? canonical(detail)})
      ), unsealed as (
        insert into audit_unsealed (district_id, audit_id) values (${this.district}, ${id})
      )`
  }

  async asSystem<T>(work: (db: Db) => Promise<T>): Promise<T> {
    if (this.person === null) return work(this.#trx)
    if (!this.#asSystem) await sql.raw('set local role handrail_system').execute(this.#trx)
    this.#asSystem = true
    const back = async () => {
      await sql.raw('set local role handrail_app').execute(this.#trx)
      this.#asSystem = false
    }
    try {
      const result = await work(this.#trx)
      await back()
      return result
    } catch (error) {
      // whoever goes on after an error goes on as themselves; a transaction that failed takes no statement and none counts
      await back().catch(() => undefined)
      throw error
    }
  }
}

type Settings = Readonly<Record<string, string>>

// `set local name = value` and not set_config(): only the statement travels to the workers of a distributed database.
async function setLocal(trx: Trx, settings: Settings): Promise<void> {
  const texts = Object.entries(settings).map(([name, value]) => {
    return `set local app.${name} = ${pg.escapeLiteral(value)}`
  })
  await sql.raw(texts.join('; ')).execute(trx)
}

function settingsOf(actor: Actor, reach: Reach, options: DatabaseOptions, now: number): Settings {
  const whole = reach.grants.filter((grant) => grant.since === null)
  const recent = reach.grants.filter((grant) => grant.since !== null)
  const since =
    recent.length > 0 ? Math.min(...recent.map((grant) => grant.since ?? now)) : options.clock(actor.district)
  return {
    district: actor.district,
    person: actor.person,
    uploader: actor.person,
    auds: list(whole.map((grant) => grant.aud)),
    recent_auds: list(recent.map((grant) => grant.aud)),
    recent_since: new Date(since).toISOString(),
    students: list(reach.students),
    supervised: list(supervised(reach)),
    wings: list(reach.wings),
    denied: list(reach.denied),
    leads: list(reach.leads),
    auditor: String(actor.roles.includes('coordinator') || actor.roles.includes('administrator')),
  }
}

// those whose instruction one decides about: their supervisor's inbox is one's own
function supervised(reach: Pick<Reach, 'grants'>): Uuid[] {
  return reach.grants.filter((grant) => grant.tier === 'T2' && grant.approve).map((grant) => grant.of_id)
}

function list(values: readonly (string | number)[]): string {
  return `{${values.join(',')}}`
}

const INT8 = 20
const DATE = 1082
function typeParser(oid: number, format?: 'text' | 'binary'): (value: string) => unknown {
  if (oid === INT8) return Number
  if (oid === DATE) return (value) => value
  return pg.types.getTypeParser(oid, format as 'text') as (value: string) => unknown
}
