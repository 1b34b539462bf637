/**
 * G7 as a matrix of records: every kind × everybody who might make, correct, void or read one. Kinds come from the
 * registry; one without a row fails. Judged by the lists of world.ts (domain B.3, B.8), through ingest and the feed,
 * on every engine, because both walls take part.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDatabase } from '../core.ts'
import { goalsOf } from '../capabilities/progress/server/queries.ts'
import type { Json } from '../platform/core/canonical.ts'
import type { Envelope } from '../platform/records/envelope.ts'
import { backfill, pull, recentDays, type FeedServices } from '../platform/server/feed.ts'
import type { Database } from '../platform/server/db.ts'
import { createTestDatabase, testEngines, type TestDatabase } from '../platform/server/testing.ts'
import { registry } from '../registry.ts'
import { device, id, NOW, TZ, type Fields } from './school.ts'
import {
  actorOf,
  loadWorld,
  may,
  memberOf,
  MEMBERS,
  personOf,
  programBody,
  programId,
  push,
  safetyBody,
  sessionId,
  startBody,
  STUDENT_NAMES,
  studentId,
  TEAM,
  type Member,
  type Right,
  type StudentName,
  type World,
} from './world.ts'

interface Row {
  /** What it takes to make one. */
  readonly needs: Right
  readonly refs?: 'program' | 'session'
  readonly tier: 'T1' | 'T2' | 'T5'
  readonly body: Envelope['body']
  /** Sessions begin by naming a version. */
  readonly version?: true
  /** Names the adult it is about. */
  readonly adult?: true
  /** Only there to replace something. */
  readonly voids?: true
}

const KINDS: { readonly [kind: string]: Row } = {
  'students.safety': { needs: 'keep safe', tier: 'T1', body: safetyBody('a line') },
  'sessions.program': { needs: 'decide', tier: 'T2', refs: 'program', body: programBody('a title') },
  'sessions.phase': {
    needs: 'decide',
    tier: 'T2',
    refs: 'program',
    body: { label: 'B', condition: 'intervention', from: '2026-11-03', major: true, why: '' },
  },
  'progress.aim': {
    needs: 'decide',
    tier: 'T2',
    refs: 'program',
    body: { from: '2026-11-03', from_value: 1, to: '2026-12-03', to_value: 2, basis: 'median' },
  },
  'progress.imported_point': {
    needs: 'decide',
    tier: 'T2',
    refs: 'program',
    body: { session: 1, value: 2, phase: 'A', condition: 'A', row: 1, synthetic_date: true },
  },
  'progress.decision': {
    needs: 'decide',
    tier: 'T2',
    refs: 'program',
    body: { proposal: 'change', key: 'change:1', verdict: 'keep', reason: 'one more week', points: [] },
  },
  // of whom it is: their supervisor's and the owner's, and nobody's who works beside them
  'progress.fidelity': {
    needs: 'confide',
    tier: 'T5',
    refs: 'program',
    adult: true,
    body: { type: 'direct', steps: [{ step: 'Wait time kept', result: '+' }] },
  },
  'sessions.start': { needs: 'log', tier: 'T2', refs: 'session', body: startBody('Room 1'), version: true },
  'sessions.trial': { needs: 'log', tier: 'T2', refs: 'session', body: { n: 2, result: '-' } },
  'sessions.step': { needs: 'log', tier: 'T2', refs: 'session', body: { step: 1, result: '+' } },
  'sessions.occurrence': { needs: 'log', tier: 'T2', refs: 'session', body: {} },
  'sessions.pause': { needs: 'log', tier: 'T2', refs: 'session', body: {} },
  'sessions.resume': { needs: 'log', tier: 'T2', refs: 'session', body: {} },
  'sessions.end': { needs: 'log', tier: 'T2', refs: 'session', body: { status: 'complete' } },
  'sessions.void': { needs: 'log', tier: 'T2', refs: 'session', body: {}, voids: true },
}
const MADE = Object.entries(KINDS).filter(([, row]) => !row.voids)

describe.each(testEngines())('kinds on $name', { timeout: 60_000 }, ({ name }) => {
  let db: TestDatabase
  let database: Database
  let world: World
  let feed: FeedServices
  let now = NOW
  beforeAll(async () => {
    db = await createTestDatabase(name)
    database = openDatabase(db.appUrl, () => now)
    world = await loadWorld(database, NOW)
    feed = { database, tz: () => TZ, recentFrom: recentDays, secret: 'test' }
  })
  afterAll(async () => {
    await database.close()
    await db.drop()
  })

  it('G7 has a row for every kind, with its tier', () => {
    const kinds = registry.kinds.map(({ kind, tier }) => [kind, tier]).sort()
    expect(
      Object.entries(KINDS)
        .map(([kind, { tier }]) => [kind, tier])
        .sort(),
    ).toEqual(kinds)
  })

  it.each(MEMBERS)('G7 lets $who make what their role may, of whom they are with', async (member) => {
    const phone = device(actorOf(member), NOW - 60_000, 'making')
    const tried = STUDENT_NAMES.flatMap((student) =>
      MADE.map(([kind, row]) => ({ student, row, record: phone.record(kind, fieldsOf(student, row)) })),
    )
    expect(
      await codes(
        member,
        tried.map(({ record }) => record),
      ),
    ).toEqual(
      tried.map(({ student, row }) =>
        may(member, row.needs, student) ? 'accepted' : 'record.not_permitted',
      ),
    )
  })

  it.each(MEMBERS)(
    'G7 lets $who correct and void their own for a day, and those of others only where they decide',
    async (member) => {
      const student: StudentName = member.district === 'birch' ? 'yew' : 'ash'
      const phone = device(actorOf(member), NOW - 50_000, 'correcting')
      const about = fieldsOf(student, KINDS['sessions.trial'] as Row)
      const change = (target: string, kind = 'sessions.trial') =>
        phone.record(kind, {
          ...about,
          body: kind === 'sessions.void' ? {} : { n: 1, result: '-' },
          replaces: target,
          reason: 'mis_tap',
        })
      const own = phone.record('sessions.trial', about)
      const others = world.trials[student].id
      const logs = may(member, 'log', student)
      const decides = may(member, 'decide', student) || member.who === TEAM[student].para
      expect(
        await codes(member, [own, change(own.id), change(others), change(others, 'sessions.void')]),
      ).toEqual([
        logs ? 'accepted' : 'record.not_permitted',
        logs ? 'accepted' : 'record.not_permitted',
        !logs ? 'record.not_permitted' : decides ? 'accepted' : 'record.not_yours',
        !logs ? 'record.not_permitted' : decides ? 'accepted' : 'record.not_yours',
      ])
      // neither into another partition, nor what a decision was by logging over it
      const elsewhere = { ...change(world.versions[student]), refs: about.refs ?? {} } as Envelope
      expect(await codes(member, [elsewhere])).toEqual([
        logs ? 'record.replaces_elsewhere' : 'record.not_permitted',
      ])
    },
  )

  it('G7 judges a correction by who one is when it is made, before and after', async () => {
    const sub = memberOf('substitute on shift')
    const phone = device(actorOf(sub), NOW - 40_000, 'shift')
    const about = fieldsOf('ash', KINDS['sessions.trial'] as Row)
    const made = phone.record('sessions.trial', about)
    expect(await codes(sub, [made])).toEqual(['accepted'])
    const late = (at: number) =>
      phone.record('sessions.trial', { ...about, replaces: made.id, reason: 'mis_tap', at })
    // the shift ends an hour from now: what is corrected afterwards is no longer theirs
    now = NOW + 2 * 3_600_000
    expect(await codes(sub, [late(NOW + 600_000), late(NOW + 5_400_000)])).toEqual([
      'accepted',
      'record.not_permitted',
    ])
    now = NOW
  })

  it.each(MEMBERS)(
    'G7 hands $who every kind that they may read, and none that they may not',
    async (member) => {
      const actor = actorOf(member)
      const found = await pull(feed, actor, {})
      const seen = new Set(found.records.map(({ envelope }) => `${envelope.student} ${envelope.kind}`))
      const near = !['coordinator', 'administrator', 'office'].includes(member.role)
      const readable = STUDENT_NAMES.flatMap((student) =>
        Object.entries(KINDS)
          .filter(([, row]) => near && may(member, row.tier, student))
          .map(([kind]) => `${studentId(student)} ${kind}`),
      )
      // of ash somebody has made one of each kind by now, of the others some
      for (const one of seen) expect(readable).toContain(one)
      const whole = readable.filter((one) => one.startsWith(studentId('ash')))
      for (const one of whole) expect([...seen]).toContain(one)
      for (const { aud, of, tier } of found.grants) {
        const page = await backfill(feed, actor, { aud, upto: found.head, epoch: found.epoch })
        for (const { envelope } of page.records) {
          expect(envelope.student).toBe(of)
          expect(KINDS[envelope.kind]?.tier).toBe(tier)
        }
      }
      const { goals } = await database.asPerson(actor, (tx) => goalsOf(tx))
      const students = STUDENT_NAMES.filter((student) => may(member, 'T2', student))
      expect([...new Set(goals.map((goal) => goal.student.id))].sort()).toEqual(
        students.map(studentId).sort(),
      )
    },
  )

  async function codes(member: Member, records: readonly Envelope[]): Promise<string[]> {
    const { acks } = await push(database, actorOf(member), records)
    return acks.map((ack) => ack.code ?? ack.status)
  }

  function fieldsOf(student: StudentName, row: Row): Fields {
    const refs = {
      ...(row.refs ? { program: programId(student) } : {}),
      ...(row.refs === 'session' ? { session: sessionId(student) } : {}),
      ...(row.adult ? { adult: personOf(TEAM[student].para) } : {}),
      ...(row.version
        ? { version: world.versions[student], session: id(`another session of ${student}`) }
        : {}),
    }
    return { student: studentId(student), refs, body: row.body as { [key: string]: Json } }
  }
})
