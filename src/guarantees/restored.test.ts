/** A server restored from a backup, where positions alone do not tell: the last record stands where it stood before. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import pg from 'pg'
import { pull, recentDays, type FeedServices } from '../platform/server/feed.ts'
import { testEngines } from '../platform/server/testing.ts'
import { device, NOW, openSchool, sessionOf, statuses, TZ, type TestSchool } from './school.ts'

describe.each(testEngines())('a restored server on $name', ({ name }) => {
  let school: TestSchool
  let feed: FeedServices
  let owner: pg.Client
  beforeAll(async () => {
    school = await openSchool(name)
    feed = { database: school.database, tz: () => TZ, recentFrom: recentDays, secret: 'test' }
    owner = new pg.Client({ connectionString: school.db.ownerUrl, options: '-c search_path=handrail' })
    await owner.connect()
  })
  afterAll(async () => {
    await owner.end()
    await school.close()
  })

  it('G6 F29 is noticed although the same record came to stand at the same position again', async () => {
    const { maya, dana } = school.people
    const one = (phone: string) => sessionOf(school, device(maya, NOW, phone), []).records
    const [lost, resent, other] = [one('phone'), one('tablet'), one('laptop')]
    const backup = await owner.query('select head, head_id from counter where district_id = $1', [
      school.district,
    ])
    // one is acknowledged, the answer about the other never arrives at its device
    expect(statuses(await school.push(maya, lost))).toEqual(['accepted'])
    expect(statuses(await school.push(maya, resent))).toEqual(['accepted'])
    const { next, head } = await pull(feed, dana, {})

    const gone = [...lost, ...resent].map((record) => record.id)
    await owner.query('delete from record where district_id = $1 and id = any($2)', [school.district, gone])
    await owner.query('update counter set head = $2, head_id = $3 where district_id = $1', [
      school.district,
      backup.rows[0].head,
      backup.rows[0].head_id,
    ])
    school.setNow(NOW + 60_000)
    await school.push(maya, other)
    await school.push(maya, resent)

    const { rows } = await owner.query('select pos from record where id = $1', [resent[0]?.id])
    expect(Number(rows[0].pos)).toBe(head)
    await expect(pull(feed, dana, { since: next })).rejects.toMatchObject({ code: 'feed.epoch' })
  })
})
