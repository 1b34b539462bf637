/** The blows of the fuzz harness do to a transaction what a database does to it: all of it is there, or nothing. */
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openPool } from '../src/platform/server/pool.ts'
import { preparing, WITH_THE_NEXT } from '../src/platform/server/prepared.ts'
import { createTestDatabase, testEngines, type TestDatabase } from '../src/platform/server/testing.ts'
import { under, watchStatements, type Blow } from './statements.ts'

/** As the server sends them: begin, two that go with the next one, commit. */
const STATEMENTS = [1, 2, 3, 4, 'commit'] as const
const BLOWS: readonly Blow[] = ['cut before', 'cut after', 'serialization', 'deadlock', 'terminated']

describe.each(testEngines())('blows on $name', ({ name }) => {
  let db: TestDatabase
  let owner: pg.Pool
  let pool: pg.Pool
  let giveBack: () => void
  beforeAll(async () => {
    db = await createTestDatabase(name, { empty: true })
    owner = new pg.Pool({ connectionString: db.ownerUrl })
    await owner.query('create table noted (n int); create table stored (n int)')
    pool = openPool({ url: db.ownerUrl, schema: 'public', max: 1 })
    giveBack = watchStatements()
  })
  afterAll(async () => {
    giveBack()
    await pool.end()
    await owner.end()
    await db.drop()
  })
  beforeEach(() => owner.query('truncate noted, stored'))

  it.each(BLOWS.flatMap((blow) => STATEMENTS.map((at) => ({ blow, at }))))(
    'F41 %o: what goes in one message with the commit is not there without what was struck',
    async ({ blow, at }) => {
      const client = await preparing(pool).connect()
      const plan = {
        at,
        blow,
        struck: () => undefined,
        terminate: async (pid: number) => {
          await owner.query('select pg_terminate_backend($1)', [pid])
        },
      }
      const work = under(plan, new Map(), async () => {
        await client.query('begin', [])
        await client.query(`${WITH_THE_NEXT} insert into noted values ($1)`, [1])
        await client.query(`${WITH_THE_NEXT} insert into stored values ($1)`, [1])
        await client.query('commit', [])
      })
      await expect(work).rejects.toBeInstanceOf(Error)
      client.release(true as never)

      const { rows } = await owner.query<{ noted: number; stored: number }>(
        'select (select count(*)::int from noted) as noted, (select count(*)::int from stored) as stored',
      )
      const all = { noted: 1, stored: 1 }
      const nothing = { noted: 0, stored: 0 }
      expect(blow === 'cut after' ? [all, nothing] : [nothing]).toContainEqual(rows[0])
    },
  )
})
