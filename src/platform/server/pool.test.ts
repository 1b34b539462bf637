/** Connections to a database that breaks, is busy, or is gone without a word. */
import { setTimeout as delay } from 'node:timers/promises'
import { sql } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { openDatabase } from '../../core.ts'
import { Live } from './live.ts'
import { problemOfDatabase } from './problems.ts'
import { createTestDatabase, testEngines, type TestDatabase } from './testing.ts'
import { openWire } from './testing-proxy.ts'

const DISTRICT = '0192a3b4-0000-7000-8000-000000000001'
const PATIENCE_MS = 900

describe.each(testEngines())('connections on $name', { timeout: 30_000 }, ({ name }) => {
  let db: TestDatabase
  let owner: pg.Client
  beforeAll(async () => {
    db = await createTestDatabase(name)
    owner = new pg.Client({ connectionString: db.ownerUrl })
    await owner.connect()
  })
  afterAll(async () => {
    await owner.end()
    await db.drop()
  })

  const opened = (url = db.appUrl, patienceMs = PATIENCE_MS) => {
    const database = openDatabase(url, () => Date.now(), { patienceMs })
    onTestFinished(() => database.close())
    return database
  }
  const inTransaction = (database: ReturnType<typeof opened>, query: string) =>
    database.asSystem(
      DISTRICT,
      async (_tx, trx) => (await sql.raw<Record<string, unknown>>(query).execute(trx)).rows,
    )

  it('outlives a backend that is ended in the middle of its transaction', async () => {
    const database = opened(db.appUrl, 30_000)
    let pid: unknown
    const working = database.asSystem(DISTRICT, async (_tx, trx) => {
      pid = (await sql.raw<{ pid: number }>('select pg_backend_pid() as pid').execute(trx)).rows[0]?.pid
      await sql.raw('select pg_sleep(20)').execute(trx)
    })
    working.catch(() => {})
    await until(async () => pid !== undefined)
    await delay(50)
    await database.pool.query('select pg_terminate_backend($1)', [pid])
    const problem = await working.then(
      () => undefined,
      (error: unknown) => problemOfDatabase(error)?.code,
    )
    expect(problem).toBe('database.unavailable')
    expect(await inTransaction(database, 'select 1 as one')).toEqual([{ one: 1 }])
  })

  it('F25 gives up a database that has fallen silent, and takes no connection of it up again', async () => {
    let isSilent = false
    const backends: number[] = []
    const wire = await openWire(db.appUrl, { toClient: (chunk) => (isSilent ? null : chunk) })
    onTestFinished(() => wire.close())
    const database = opened(wire.url)
    backends.push(
      ...(await inTransaction(database, 'select pg_backend_pid() as pid')).map((row) => Number(row['pid'])),
    )
    isSilent = true
    await expect(inTransaction(database, 'select 1').catch(code)).resolves.toBe('database.unavailable')
    // nor does a new one hold anybody up
    await expect(inTransaction(database, 'select 1').catch(code)).resolves.toBe('database.unavailable')
    isSilent = false
    backends.push(
      ...(await inTransaction(database, 'select pg_backend_pid() as pid')).map((row) => Number(row['pid'])),
    )
    expect(new Set(backends).size).toBe(2)
    const open = await owner.query(
      "select count(*)::int as n from pg_stat_activity where datname = current_database() and state like 'idle in transaction%'",
    )
    expect(open.rows).toEqual([{ n: 0 }])
  })

  it('F41 takes a lock or a statement that lasts too long for a moment to try again in, never for a no', async () => {
    const database = opened()
    await owner.query('begin')
    await owner.query('select pg_advisory_xact_lock(4711)')
    await expect(inTransaction(database, 'select pg_advisory_xact_lock(4711)').catch(code)).resolves.toBe(
      'database.unavailable',
    )
    await owner.query('rollback')
    // looks at its clock all the time and says nothing
    await expect(inTransaction(database, 'select pg_sleep(20)').catch(code)).resolves.toBe(
      'database.unavailable',
    )
    expect(await inTransaction(database, 'select 1 as one')).toEqual([{ one: 1 }])
  })

  it('hears news again after its connection fell silent, and tells everybody that some may be missed', async () => {
    let isSilent = false
    const wire = await openWire(db.appUrl, { toClient: (chunk) => (isSilent ? null : chunk) })
    onTestFinished(() => wire.close())
    const live = new Live(wire.url, PATIENCE_MS)
    await live.start()
    onTestFinished(() => live.stop())
    let woken = 0
    live.listen({ district: DISTRICT, auds: new Set([1]), wake: () => (woken += 1) })
    isSilent = true
    await owner.query('select pg_notify($1, $2)', [
      'handrail_news',
      JSON.stringify({ district: DISTRICT, auds: [1] }),
    ])
    await delay(1.5 * PATIENCE_MS)
    expect(woken).toBe(0)
    isSilent = false
    await until(async () => woken === 1)
    await owner.query('select pg_notify($1, $2)', [
      'handrail_news',
      JSON.stringify({ district: DISTRICT, auds: [1] }),
    ])
    await until(async () => woken === 2)
  })
})

function code(error: unknown): string | undefined {
  return problemOfDatabase(error)?.code ?? String(error)
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 400; tries++) {
    if (await condition()) return
    await delay(20)
  }
  throw new Error('waited in vain')
}
