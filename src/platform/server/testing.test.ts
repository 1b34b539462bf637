/** The databases that every other server test stands on: fresh, migrated, apart, on each engine. */
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { describe, expect, test } from 'vitest'
import { migrationFiles } from './migrate.ts'
import { createTestDatabase, testEngines } from './testing.ts'
import { chosenEngines } from './testing-servers.ts'

describe.each(testEngines())('$name', { timeout: 60_000 }, ({ name, major }) => {
  test('a test database is migrated, runs on the engine it names, and is its file’s alone', async () => {
    const [one, two] = await Promise.all([createTestDatabase(name), createTestDatabase(name)])
    const version = await query(one.ownerUrl, 'show server_version_num')
    const migrations = await query(one.ownerUrl, 'select count(*)::int as n from handrail.migration')
    await query(one.ownerUrl, 'create table only_here (n int)')
    const seen = await query(two.ownerUrl, `select to_regclass('only_here') as found`)
    await Promise.all([one.drop(), two.drop()])

    expect(Math.floor(Number(version[0]?.['server_version_num']) / 10_000)).toBe(major)
    expect(migrations).toEqual([{ n: migrationFiles().length }])
    expect(seen).toEqual([{ found: null }])
  })

  test('the app connects as a role that owns nothing; the owner is no superuser', async () => {
    const database = await createTestDatabase(name)
    const app = await query(
      database.appUrl,
      'select current_user as name, count(*)::int as owned from pg_class where relowner = current_user::regrole',
    )
    const owner = await query(
      database.ownerUrl,
      'select rolsuper as super from pg_roles where rolname = current_user',
    )
    await database.drop()

    expect(app).toEqual([{ name: 'handrail_app', owned: 0 }])
    expect(owner).toEqual([{ super: false }])
  })

  test('an empty one has no table of ours, and a dropped one is gone', async () => {
    const database = await createTestDatabase(name, { empty: true })
    const found = await query(database.ownerUrl, `select to_regnamespace('handrail') as found`)
    await database.drop()
    expect(found).toEqual([{ found: null }])
    await expect(query(database.ownerUrl, 'select 1')).rejects.toMatchObject({ code: '3D000' })
  })
})

test('both engines are tested unless the environment names some', () => {
  const names = (wanted: string | undefined) => chosenEngines(wanted).map((engine) => engine.name)
  expect(names(undefined)).toEqual(['postgres-18', 'postgres-15'])
  expect(names('')).toEqual(['postgres-18', 'postgres-15'])
  expect(names('15')).toEqual(['postgres-15'])
  expect(() => names('14')).toThrow('HANDRAIL_TEST_ENGINES may name 18 and 15; it says "14".')
})

async function query(url: string, sql: string): Promise<{ [column: string]: unknown }[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

test('F40 every test that asks for a database asks for it on each engine', () => {
  const root = join(import.meta.dirname, '../../..')
  const opens = /\b(?:createTestDatabase|openSchool|openRunning|openHouse|openCrowd)\(/
  const files = globSync(['src/**/*.test.ts', 'bench/**/*.test.ts', 'fuzz/**/*.test.ts'], { cwd: root })
  const asking = files.filter((path) => opens.test(readFileSync(join(root, path), 'utf8')))
  expect(asking.length).toBeGreaterThan(10)
  const single = asking.filter((path) => !/testEngines\(\)/.test(readFileSync(join(root, path), 'utf8')))
  expect(single).toEqual([])
})

test('F40 both engines are there, the one that we ship and the oldest that we support', () => {
  expect(chosenEngines(undefined).map((engine) => engine.major)).toEqual([18, 15])
})
