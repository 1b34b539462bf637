/**
 * What is final stays as it is (domain B.4.2, B.8, D.11), held by ingest on every engine: who may not finish a report,
 * that a locked one is never scored again, and that only what is final is released.
 */
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDatabase } from '../core.ts'
import type { Envelope } from '../platform/records/envelope.ts'
import type { Database } from '../platform/server/db.ts'
import { createTestDatabase, testEngines, type TestDatabase } from '../platform/server/testing.ts'
import { openRunning, type Running } from './running.ts'
import { device, id, NOW } from './school.ts'
import {
  actorOf,
  districtId,
  finalBody,
  loadWorld,
  memberOf,
  personOf,
  programId,
  push,
  STUDENTS,
  studentId,
} from './world.ts'

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

describe.each(testEngines().slice(0, 1))('paper of the server on $name', { timeout: 60_000 }, ({ name }) => {
  let house: Running
  const { given, family, initials } = STUDENTS.ash
  beforeAll(async () => {
    house = await openRunning(name)
    const { database, directory } = house.core
    const now = Date.now()
    await loadWorld(database, now)
    await directory.load(database.pool)
    const manager = actorOf(memberOf('case manager'))
    const phone = device(manager, now - 60_000, 'paper')
    const of = (report: string, body: Envelope['body']) =>
      phone.record('reports.report', { student: studentId('ash'), refs: { report: id(report) }, body })
    await push(database, manager, [of('printed', finalBody('ash')), of('a draft', DRAFT)])
  })
  afterAll(() => house.close())

  it('G8 prints initials, and the name only where who decides asked for it; each copy is in the trail', async () => {
    const plain = await printedBy('case manager', `/api/reports/${id('printed')}.pdf`)
    expect(plain).toContain(initials)
    expect(plain).toContain('Printed by Staff case manager')
    for (const word of [given, family]) expect(plain).not.toContain(word)
    const named = await printedBy('case manager', `/api/reports/${id('printed')}.pdf?name=yes&lang=es`)
    expect(named).toContain(`${given} ${family}`)
    expect(named).toContain('Informe de progreso')
    const sheets = await printedBy('para', `/api/sheets.pdf?programs=${programId('ash')}&day=2026-11-04`)
    expect(sheets).toContain(initials)
    for (const word of [given, family]) expect(sheets).not.toContain(word)
    const trail = await house.core.database.asSystem(districtId('cedar'), (_tx, db) =>
      db.selectFrom('audit').select(['action', 'detail']).where('action', 'like', '%.export').execute(),
    )
    expect(trail.map(({ action }) => action).toSorted()).toEqual([
      'report.export',
      'report.export',
      'sheets.export',
    ])
    // ids, and never a name
    expect(JSON.stringify(trail)).not.toContain(family)
  })

  it('prints no draft, and says so', async () => {
    const visitor = await house.member(districtId('cedar'), personOf('case manager'))
    const answer = await visitor.ask(`/api/reports/${id('a draft')}.pdf`)
    expect([answer.status, answer.json<{ code: string }>().code]).toEqual([409, 'report.not_final'])
  })

  async function printedBy(who: string, path: string): Promise<string> {
    const visitor = await house.member(districtId('cedar'), personOf(who))
    const response = await fetch(house.url + path, { headers: { cookie: visitor.cookie } })
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/pdf'])
    const pdf = await getDocument({ data: new Uint8Array(await response.arrayBuffer()), verbosity: 0 })
      .promise
    const pages = Array.from({ length: pdf.numPages }, (_, n) => pdf.getPage(n + 1))
    const contents = await Promise.all(pages.map(async (page) => (await page).getTextContent()))
    return contents
      .flatMap(({ items }) => items.map((item) => ('str' in item ? item.str : '')))
      .join(' ')
      .replace(/\s+/g, ' ')
  }
})

function firstGoal() {
  const [goal] = finalBody('ash')['goals'] as readonly { readonly [key: string]: string }[]
  return goal ?? {}
}
