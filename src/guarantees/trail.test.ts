/** The audit trail as a chain, and views that can be thrown away. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import pg from 'pg'
import { sealAudit, verifyAudit } from '../platform/server/audit.ts'
import { testEngines } from '../platform/server/testing.ts'
import { rebuild } from '../platform/server/views.ts'
import { registry } from '../registry.ts'
import { device, NOW, openSchool, sessionOf, type TestSchool } from './school.ts'

describe.each(testEngines())('trail and views on $name', ({ name }) => {
  let school: TestSchool
  let owner: pg.Client
  /** How many entries each of the first three links seals. */
  const sealed: number[] = []
  beforeAll(async () => {
    school = await openSchool(name)
    owner = new pg.Client({ connectionString: school.db.ownerUrl, options: '-c search_path=handrail' })
    await owner.connect()
    for (let i = 0; i < 3; i++) {
      const { records } = sessionOf(school, device(school.people.maya, NOW, `sealed ${i}`), [{ result: '+' }])
      await school.push(school.people.maya, records)
      sealed.push(await sealAudit(school.database, school.district))
    }
  })
  afterAll(async () => {
    await owner.end()
    await school.close()
  })

  it('G8 seals the trail into a chain that holds, link after link', async () => {
    expect(sealed).toEqual([expect.any(Number), expect.any(Number), expect.any(Number)])
    expect(Math.min(...sealed)).toBeGreaterThan(0)
    expect(await sealAudit(school.database, school.district)).toBe(0)
    const verdict = await verifyAudit(school.database, school.district)
    expect(verdict).toMatchObject({ ok: true, links: 3, unsealed: 0, broken: null })
  })

  it('G8 looks through the newest links alone, and finds there what the whole would show', async () => {
    const newest = (n: number) => verifyAudit(school.database, school.district, { newest: n })
    const altered = async (n: number, work: () => Promise<void>) => {
      const from = '(select ids[1] from audit_seal where n = $1)'
      const { rows } = await owner.query(`select audit_id, detail from audit where audit_id = ${from}`, [n])
      await owner.query("update audit set detail = '{}' where audit_id = $1", [rows[0].audit_id])
      await work()
      await owner.query('update audit set detail = $2 where audit_id = $1', [
        rows[0].audit_id,
        rows[0].detail,
      ])
    }
    expect(await newest(2)).toMatchObject({ ok: true, links: 3, broken: null })
    expect(await newest(100)).toMatchObject({ ok: true, links: 3, broken: null })
    await altered(1, async () => {
      expect((await newest(2)).ok).toBe(true)
      expect((await newest(3)).broken).toEqual({ n: 1, why: 'hash' })
    })
    await altered(2, async () => expect((await newest(2)).broken).toEqual({ n: 2, why: 'hash' }))
  })

  it('G8 shows where the trail was altered, shortened or added to', async () => {
    const entry = (await owner.query('select audit_id, detail from audit order by audit_id limit 1')).rows[0]
    await owner.query("update audit set detail = '{}' where audit_id = $1", [entry.audit_id])
    expect((await verifyAudit(school.database, school.district)).broken).toEqual({ n: 1, why: 'hash' })
    await owner.query('update audit set detail = $2 where audit_id = $1', [entry.audit_id, entry.detail])
    expect((await verifyAudit(school.database, school.district)).ok).toBe(true)

    await owner.query(
      `insert into audit (district_id, audit_id, at, actor, action, detail)
       values ($1, gen_random_uuid(), now(), null, 'made.up', '{}')`,
      [school.district],
    )
    expect((await verifyAudit(school.database, school.district)).broken?.why).toBe('unlinked_entries')
    await owner.query("delete from audit where action = 'made.up'")

    await owner.query('delete from audit_seal where n = 2')
    expect((await verifyAudit(school.database, school.district)).broken).toEqual({ n: 3, why: 'chain' })
  })

  it('G9 folds to the same bytes after every projection was dropped', async () => {
    const phone = device(school.people.maya, NOW, 'folded')
    const { session, records } = sessionOf(school, phone, [
      { result: '+' },
      { result: '+', level: 'G' },
      { result: 'NR' },
    ])
    const refs = { session, program: school.program }
    const student = school.students.amari
    const wrong = records[2]
    // arriving in pieces and out of order
    await school.push(school.people.maya, records.slice(2))
    await school.push(school.people.maya, [
      phone.record('sessions.trial', {
        student,
        refs,
        body: { n: 2, result: '+' },
        replaces: wrong?.id ?? '',
        reason: 'mis_tap',
      }),
    ])
    await school.push(school.people.maya, records.slice(0, 2))
    const read = async () =>
      (
        await owner.query(
          'select view, version, part, parent, aud, wing, student_id, at, standing, state from projection order by view, part',
        )
      ).rows
    const before = await read()
    const state = before.find((row) => row.part.endsWith(session))
    expect(JSON.parse(state.state).summary).toMatchObject({ numerator: 2, denominator: 3 })
    expect(await rebuild(school.database, school.district, registry)).toBe(before.length)
    expect(await read()).toEqual(before)
  })

  it('F37 adds up what two devices of one person record at once, losing neither', async () => {
    const phone = device(school.people.maya, NOW, 'concurrent')
    const { session, records } = sessionOf(
      school,
      phone,
      Array.from({ length: 40 }, () => ({ result: '+' })),
    )
    await Promise.all(records.map((record) => school.push(school.people.maya, [record])))
    const { rows } = await owner.query("select state from projection where part like '%' || $1", [session])
    expect(JSON.parse(rows[0].state).summary).toMatchObject({ numerator: 40, denominator: 40 })
  })
})
