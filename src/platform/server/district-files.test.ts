/** A whole district out and into another database and out again: the same files. */
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDatabase } from '../../core.ts'
import { NOW } from '../../guarantees/school.ts'
import { districtId, loadWorld } from '../../guarantees/world.ts'
import { sealAudit, verifyAudit } from './audit.ts'
import type { Database } from './db.ts'
import { Directory } from './directory.ts'
import { exportDistrict, importDistrict } from './district-files.ts'
import { createTestDatabase, testEngines, type TestDatabase } from './testing.ts'

describe.each(testEngines())('a district as files, $name', { timeout: 60_000 }, ({ name }) => {
  const folder = mkdtempSync(join(tmpdir(), 'handrail-district-'))
  const homes: { db: TestDatabase; database: Database; ownerUrl: string; directory: Directory }[] = []
  let called = ''
  beforeAll(async () => {
    for (let i = 0; i < 2; i++) {
      const db = await createTestDatabase(name)
      homes.push({
        db,
        database: openDatabase(db.appUrl, () => NOW),
        ownerUrl: db.ownerUrl,
        directory: new Directory(),
      })
    }
    await loadWorld(first().database, NOW)
    await sealAudit(first().database, districtId('cedar'))
    await first().directory.load(first().database.pool)
    called = first().directory.get(districtId('cedar'))?.name ?? ''
  })
  afterAll(async () => {
    for (const { db, database } of homes) {
      await database.close()
      await db.drop()
    }
    rmSync(folder, { recursive: true })
  })
  const home = (i: number) => {
    const one = homes[i]
    if (!one) throw new Error('no such database')
    return one
  }
  const first = () => home(0)
  const second = () => home(1)
  const filesIn = (path: string) =>
    Object.fromEntries(readdirSync(path).map((file) => [file, readFileSync(join(path, file), 'utf8')]))
  const rowsIn = async (url: string) => {
    const client = new pg.Client({ connectionString: url, options: '-c search_path=handrail' })
    await client.connect()
    const { rows } = await client.query('select count(*)::int as n from district')
    await client.end()
    return (rows[0] as { n: number }).n
  }

  it('holds every student and record of the district and nothing of another, in files that anybody can open', async () => {
    const out = join(folder, 'out')
    expect(await exportDistrict(first(), out, called)).toMatchObject({ ok: true })
    const files = filesIn(out)
    const students = (files['student.csv'] ?? '').trim().split('\n')
    expect(students[0]).toMatch(/^district_id,student_id,source_id,given,family,/)
    expect(students).toHaveLength(1 + 3)
    expect(files['student.csv']).toContain('Vexworth')
    expect(files['record.jsonl']).toContain('envelope')
    expect(JSON.parse((files['record.jsonl'] ?? '').split('\n')[0] ?? '')).toMatchObject({
      district_id: districtId('cedar'),
    })
    // the student of the other district, by name and by district
    for (const [file, text] of Object.entries(files)) {
      expect(text, file).not.toContain('Hartfell')
      expect(text, file).not.toContain(districtId('birch'))
    }
    expect(files['README.md']).toContain('| student.csv | 3 |')
    expect(Object.keys(files).filter((file) => /token|session|account|calendar_feed/.test(file))).toEqual([])
  })

  it('G2 comes back byte by byte in another database, its trail included, and only once', async () => {
    const out = join(folder, 'out')
    expect(await importDistrict(second(), out)).toMatchObject({ ok: true })
    expect(await verifyAudit(second().database, districtId('cedar'))).toMatchObject({ ok: true })
    const again = join(folder, 'again')
    expect(await exportDistrict(second(), again, called)).toMatchObject({ ok: true })
    expect(filesIn(again)).toEqual(filesIn(out))
    expect(await importDistrict(second(), out)).toMatchObject({ ok: false })
  })

  it.each([
    [
      'cut off',
      'record.jsonl',
      (path: string) => writeFileSync(path, readFileSync(path, 'utf8').slice(0, -100)),
    ],
    ['longer than it was', 'student.csv', (path: string) => appendFileSync(path, 'x,y\n')],
    ['gone', 'person.csv', (path: string) => rmSync(path)],
  ])('brings nothing of an export with a file that is %s, and names it', async (_what, file, spoil) => {
    const out = mkdtempSync(join(folder, 'spoilt-'))
    for (const [name_, text] of Object.entries(filesIn(join(folder, 'out'))))
      writeFileSync(join(out, name_), text)
    spoil(join(out, file))
    const third = await createTestDatabase(name)
    const database = openDatabase(third.appUrl, () => NOW)
    const outcome = await importDistrict(
      { ownerUrl: third.ownerUrl, database, directory: new Directory() },
      out,
    )
    expect(outcome.ok).toBe(false)
    expect(outcome.text).toContain(`${file}: `)
    expect(await rowsIn(third.ownerUrl)).toBe(0)
    await database.close()
    await third.drop()
  })
})
