/**
 * What is final stays as it is (domain B.4.2, B.8, D.11), held by ingest on every engine: who may not finish a report,
 * that a locked one is never scored again, and that only what is final is released.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDatabase } from '../core.ts'
import type { Envelope } from '../platform/records/envelope.ts'
import type { Database } from '../platform/server/db.ts'
import { createTestDatabase, testEngines, type TestDatabase } from '../platform/server/testing.ts'
import { device, id, NOW } from './school.ts'
import { actorOf, finalBody, loadWorld, memberOf, push, studentId } from './world.ts'

const DRAFT = {
  stage: 'draft' as const,
  period: { from: '2026-10-01', to: '2026-11-03' },
  lang: 'en' as const,
  edits: [],
}

describe.each(testEngines())('reports on $name', { timeout: 60_000 }, ({ name }) => {
  let db: TestDatabase
  let database: Database
  beforeAll(async () => {
    db = await createTestDatabase(name)
    database = openDatabase(db.appUrl, () => NOW)
    await loadWorld(database, NOW)
  })
  afterAll(async () => {
    await database.close()
    await db.drop()
  })

  it('G7 B.4.2 refuses a report, final or not, and its release from a para, and takes their sentence', async () => {
    const { make, send } = hand('para', 'by a para')
    const period = DRAFT.period
    const sentence = { text: '6 of 10 trials.', lang: 'en', period }
    const records = [
      make('reports.report', DRAFT),
      make('reports.report', finalBody('ash')),
      make('reports.addendum', { text: 'Better since.' }, { final: id('f') }),
      make('reports.release', { how: 'handed', named: false }, { final: id('f') }),
      { ...make('reports.sentence', sentence), refs: { program: id('a program') } },
    ]
    expect(await send(records)).toEqual([...Array<string>(4).fill('record.not_permitted'), 'accepted'])
  })

  it('G7 takes no other draft or score into a report that is final, and no replacement of it', async () => {
    const { make, send } = hand('case manager', 'locked')
    const draft = make('reports.report', DRAFT)
    const final = make('reports.report', finalBody('ash'))
    expect(await send([draft, final])).toEqual(['accepted', 'accepted'])
    const rescored = { ...finalBody('ash'), goals: [{ ...firstGoal(), current: 99 }] }
    const instead = { replaces: final.id, reason: 'other' }
    const later = [
      make('reports.report', DRAFT),
      make('reports.report', rescored),
      { ...make('reports.report', rescored), ...instead },
      { ...make('reports.report', DRAFT), replaces: draft.id, reason: 'other' },
    ]
    expect(await send(later)).toEqual(Array(4).fill('record.sealed'))
    // the same record again is the same record
    expect(await send([final])).toEqual(['duplicate'])
    // adding to it, and handing it out, is what one may do
    const after = { final: final.id }
    expect(
      await send([
        make('reports.addendum', { text: 'One session was corrected.' }, after),
        make('reports.release', { how: 'handed', named: true }, after),
      ]),
    ).toEqual(['accepted', 'accepted'])
  })

  it('G7 takes only the first of two final ones, though they come together', async () => {
    const { make, send } = hand('case manager', 'together')
    const finals = [make('reports.report', finalBody('ash')), make('reports.report', finalBody('ash'))]
    expect(await send(finals)).toEqual(['accepted', 'record.sealed'])
    const race = hand('case manager', 'raced')
    const one = race.make('reports.report', finalBody('ash'))
    const other = race.make('reports.report', finalBody('ash'))
    const codes = await Promise.all([race.send([one]), race.send([other])])
    expect(codes.flat().toSorted()).toEqual(['accepted', 'record.sealed'])
  })

  it('G7 releases nothing that is a draft, and nothing of another report', async () => {
    const { make, send } = hand('case manager', 'drafted')
    const draft = make('reports.report', DRAFT)
    await send([draft])
    const release = (final: string) => make('reports.release', { how: 'mail', named: false }, { final })
    expect(await send([release(draft.id)])).toEqual(['record.ref_kind'])
    const elsewhere = hand('case manager', 'elsewhere')
    const final = elsewhere.make('reports.report', finalBody('ash'))
    await elsewhere.send([final])
    expect(await send([release(final.id)])).toEqual(['record.refs'])
  })

  /** One person with a report of their own. */
  function hand(who: string, report: string) {
    const member = memberOf(who)
    const phone = device(actorOf(member), NOW - 60_000, report)
    return {
      make: (kind: string, body: Envelope['body'], refs: Record<string, string> = {}) =>
        phone.record(kind, { student: studentId('ash'), refs: { report: id(report), ...refs }, body }),
      send: async (records: readonly Envelope[]) =>
        (await push(database, actorOf(member), records)).acks.map(({ code, status }) => code ?? status),
    }
  }
})

function firstGoal() {
  const [goal] = finalBody('ash')['goals'] as readonly { readonly [key: string]: string }[]
  return goal ?? {}
}
