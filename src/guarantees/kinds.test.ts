/**
 * G7 as a matrix of records: every kind × everybody who might make, correct, void or read one. Kinds come from the
 * registry; one without a row fails. Judged by the lists of world.ts (domain B.3, B.8), through ingest and the feed,
 * on every engine, because both walls take part.
 */
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDatabase } from '../core.ts'
import { rollOf } from '../capabilities/attendance/rules.ts'
import { goalsOf } from '../capabilities/progress/server/queries.ts'
import { checksOwned } from '../capabilities/schedule/server/checks.ts'
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
  readonly refs?:
    | 'second'
    | 'of'
    | 'roll'
    | 'round'
    | 'program'
    | 'session'
    | 'log'
    | 'meal'
    | 'report'
    | 'final'
  readonly tier: 'T1' | 'T2' | 'T3' | 'T4' | 'T5'
  readonly body: Envelope['body']
  /** Sessions begin by naming a version. */
  readonly version?: true
  /** Names the adult it is about. */
  readonly adult?: true
  /** Names who is to observe. */
  readonly observer?: true
  /** Only there to replace something. */
  readonly voids?: true
}

const KINDS: { readonly [kind: string]: Row } = {
  'students.safety': { needs: 'keep safe', tier: 'T1', body: safetyBody('a line') },
  'students.consent': {
    needs: 'keep safe',
    tier: 'T1',
    body: {
      physical_prompts: false,
      photos: {
        instruction_record: true,
        internal_display: false,
        family_share: false,
        public_web: false,
        media: false,
      },
    },
  },
  'students.profile': {
    needs: 'keep safe',
    tier: 'T1',
    body: { communicates: ['Nods for yes'], likes: [], equipment: [], people: [] },
  },
  // a health plan is the nurse's alone
  'students.health': { needs: 'keep healthy', tier: 'T1', body: { plans: [] } },
  'students.glance': {
    needs: 'decide',
    tier: 'T2',
    body: {
      accommodations: [],
      behavior: null,
      help: [],
      must_do: [],
      release: { to: 'listed_adult', note: '' },
    },
  },
  'students.ack': { needs: 'log', tier: 'T2', refs: 'of', body: { what: 'glance' } },
  'students.brief': { needs: 'log', tier: 'T2', body: { passed: true, wrong: 0 } },
  'students.handback': { needs: 'log', tier: 'T2', body: { well: 'Music.', tomorrow: '' } },
  'students.question': { needs: 'log', tier: 'T2', body: { ask: 'talk', text: '' } },
  'students.answer': { needs: 'decide', tier: 'T2', refs: 'of', body: { text: 'At noon.' } },
  'sessions.draft': { needs: 'decide', tier: 'T2', refs: 'program', body: { program: {}, base: 1 } },
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
  'progress.void': { needs: 'decide', tier: 'T2', refs: 'program', body: {}, voids: true },
  'progress.file': {
    needs: 'take away',
    tier: 'T2',
    refs: 'program',
    body: { format: 'svg', picture: 'graph', reason: 'team_meeting' },
  },
  // of whom it is: their supervisor's and the owner's, and nobody's who works beside them
  'progress.fidelity': {
    needs: 'confide',
    tier: 'T5',
    refs: 'program',
    adult: true,
    body: { type: 'direct', steps: [{ step: 'Wait time kept', result: '+' }] },
  },
  // a para may draft what the data say; nobody but who decides drafts, finishes, amends or releases a report (B.4.2)
  'reports.report': {
    needs: 'decide',
    tier: 'T2',
    refs: 'report',
    body: {
      stage: 'draft',
      period: { from: '2026-10-01', to: '2026-11-03' },
      lang: 'en',
      edits: [],
    },
  },
  'reports.addendum': { needs: 'decide', tier: 'T2', refs: 'final', body: { text: 'Corrected since.' } },
  'reports.release': { needs: 'decide', tier: 'T2', refs: 'final', body: { how: 'handed', named: true } },
  'reports.sentence': {
    needs: 'log',
    tier: 'T2',
    refs: 'program',
    body: { text: '6 of 10 trials.', lang: 'en', period: { from: '2026-10-01', to: '2026-11-03' } },
  },
  'sessions.start': { needs: 'log', tier: 'T2', refs: 'session', body: startBody('Room 1'), version: true },
  'sessions.trial': { needs: 'log', tier: 'T2', refs: 'session', body: { n: 2, result: '-' } },
  'sessions.step': { needs: 'log', tier: 'T2', refs: 'session', body: { step: 1, result: '+' } },
  'sessions.occurrence': { needs: 'log', tier: 'T2', refs: 'session', body: {} },
  'sessions.mark': { needs: 'log', tier: 'T2', refs: 'session', body: { n: 1, code: 'yes' } },
  'sessions.moment': { needs: 'log', tier: 'T2', refs: 'session', body: { code: 'on' } },
  'sessions.tally': { needs: 'log', tier: 'T2', refs: 'session', body: { count: 3 } },
  'sessions.photo': {
    needs: 'log',
    tier: 'T2',
    refs: 'session',
    body: { jpeg: '/9j/4AAQSkZJRg==', purpose: 'instruction_record' },
  },
  'sessions.pause': { needs: 'log', tier: 'T2', refs: 'session', body: {} },
  'sessions.resume': { needs: 'log', tier: 'T2', refs: 'session', body: {} },
  'sessions.end': { needs: 'log', tier: 'T2', refs: 'session', body: { status: 'complete' } },
  'sessions.times': { needs: 'log', tier: 'T2', refs: 'session', body: { shift_ms: 0 } },
  'sessions.void': { needs: 'log', tier: 'T2', refs: 'session', body: {}, voids: true },
  'sessions.observation': {
    needs: 'decide',
    tier: 'T2',
    refs: 'program',
    observer: true,
    body: { due: '2026-11-06' },
  },
  // of two recordings of one time only who decides says which stands (domain C.0 rule 8)
  'sessions.second': { needs: 'decide', tier: 'T2', refs: 'second', body: {} },
  'behavior.abc': {
    needs: 'log behavior',
    tier: 'T3',
    refs: 'log',
    body: {
      setting_events: [],
      antecedents: ['wait'],
      behavior: 'own:1',
      consequences: ['redirected'],
      setting: 'Room 1',
    },
  },
  'behavior.cell': { needs: 'log behavior', tier: 'T3', refs: 'log', body: { cell: 1, code: '0' } },
  'behavior.watch': { needs: 'log behavior', tier: 'T3', refs: 'log', adult: true, body: { is: 'begin' } },
  'behavior.void': { needs: 'log behavior', tier: 'T3', refs: 'log', body: {}, voids: true },
  'care.toileting': {
    needs: 'log care',
    tier: 'T4',
    refs: 'log',
    body: {
      visit: 'scheduled',
      result: 'dry',
      clothing: 'dry',
      steps: {},
      changed: false,
      skin_concern: false,
    },
  },
  'care.feeding': {
    needs: 'log care',
    tier: 'T4',
    refs: 'meal',
    body: {
      meal: 'lunch',
      minutes: 20,
      eaten: 50,
      fluid_ml: 100,
      help: 'verbal',
      refusals: 0,
      safety: [],
    },
  },
  'care.watch': { needs: 'log care', tier: 'T4', refs: 'log', adult: true, body: { is: 'begin' } },
  'care.void': { needs: 'log care', tier: 'T4', refs: 'log', body: {}, voids: true },
  'attendance.presence': {
    needs: 'log',
    tier: 'T2',
    refs: 'roll',
    body: { day: '2026-11-03', block: 'HR', state: 'late', minutes: 10 },
  },
  'attendance.participation': {
    needs: 'log',
    tier: 'T2',
    refs: 'roll',
    body: { day: '2026-11-03', block: 'P1', what: 'responded' },
  },
  'attendance.sample': {
    needs: 'log',
    tier: 'T2',
    refs: 'round',
    body: { day: '2026-11-03', block: 'P2', n: 1, code: '1' },
  },
  'equipment.check': {
    needs: 'log',
    tier: 'T2',
    body: { item: 'Speech device', result: 'attention', battery_pct: 34, note: 'charge' },
  },
  'equipment.void': { needs: 'log', tier: 'T2', body: {}, voids: true },
  'messages.note': { needs: 'log', tier: 'T2', body: { text: 'The picture schedule is on the desk.' } },
  'messages.reply': { needs: 'log', tier: 'T2', refs: 'of', body: { text: 'Used it today.' } },
  'messages.read': { needs: 'log', tier: 'T2', refs: 'of', body: {} },
  'attendance.void': { needs: 'log', tier: 'T2', refs: 'roll', body: {}, voids: true },
}
const FEEDING = {
  system: 'feeding',
  plan: 'Feeding plan 1',
  signed_by: 'Speech therapist',
  valid_until: '2026-12-18',
  texture: '5',
  liquid: '2',
  position: 'upright',
  equipment: '',
}
const feedingId = (student: StudentName) => id(`feeding plan of ${student}`)
const MADE = Object.entries(KINDS).filter(([, row]) => !row.voids)

describe.each(testEngines())('kinds on $name', { timeout: 60_000 }, ({ name }) => {
  let db: TestDatabase
  let database: Database
  let world: World
  let feed: FeedServices
  let now = NOW
  const feedingVersions = new Map<StudentName, string>()
  beforeAll(async () => {
    db = await createTestDatabase(name)
    database = openDatabase(db.appUrl, () => now)
    world = await loadWorld(database, NOW)
    for (const student of STUDENT_NAMES) await loadCare(student)
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

  it.each(['para', 'substitute on shift', 'teacher'])(
    'G7 takes no decision about a goal from a %s, neither a new one nor in the place of the owner’s (B.4)',
    async (who) => {
      const owner = memberOf('case manager')
      const row = KINDS['progress.decision'] as Row
      const about = fieldsOf('ash', row)
      const made = device(actorOf(owner), NOW - 30_000, `deciding ${who}`).record('progress.decision', about)
      expect(await codes(owner, [made])).toEqual(['accepted'])
      const phone = device(actorOf(memberOf(who)), NOW - 20_000, `deciding ${who}`)
      const instead = { ...about, replaces: made.id, reason: 'mis_tap' }
      expect(
        await codes(memberOf(who), [
          phone.record('progress.decision', about),
          phone.record('progress.decision', instead),
          phone.record('progress.void', { ...instead, body: {} }),
        ]),
      ).toEqual(Array(3).fill('record.not_permitted'))
      const back = device(actorOf(owner), NOW - 10_000, `deciding ${who}`)
      expect(await codes(owner, [back.record('progress.void', { ...instead, body: {} })])).toEqual([
        'accepted',
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
      // page by page, as a device reads
      const records = [...found.records]
      for (let page = found; page.more;) {
        page = await pull(feed, actor, { since: page.next })
        records.push(...page.records)
      }
      const seen = new Set(records.map(({ envelope }) => `${envelope.student} ${envelope.kind}`))
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

  it('takes no meal under a plan that had run out, or of another measurement (domain C.5)', async () => {
    const dana = memberOf('case manager')
    const old = device(actorOf(dana), NOW - 3_000_000, 'old plan').record('sessions.program', {
      student: studentId('ash'),
      refs: { program: feedingId('ash') },
      body: { ...programBody('Lunch'), measure: { ...FEEDING, valid_until: '2026-11-02' }, number: 2 },
    })
    expect(await codes(dana, [old])).toEqual(['accepted'])
    const phone = device(actorOf(memberOf('para')), NOW - 20_000, 'feeding')
    const fields = fieldsOf('ash', KINDS['care.feeding'] as Row)
    const under = (refs: { [name: string]: string }) =>
      phone.record('care.feeding', { ...fields, refs: { ...fields.refs, ...refs } })
    const tried = [
      under({}),
      under({ version: old.id }),
      under({ version: world.versions.ash, program: programId('ash') }),
    ]
    expect(await codes(memberOf('para'), tried)).toEqual(['accepted', 'care.no_plan', 'care.no_plan'])
  })

  it('G7 tells who owns a program of its checks in both walls, and nobody else whose tier does not (ADR 14, domain D.9)', async () => {
    const owners = ['behavior analyst', 'speech therapist', 'case manager']
    const manager = memberOf('case manager')
    const publish = async (who: string, program: string, number: number) => {
      const record = device(actorOf(memberOf(who)), NOW - 9000 + 1000 * number, `owning ${program}`).record(
        'sessions.program',
        {
          student: studentId('ash'),
          refs: { program: id(`program of the ${program}`) },
          body: { ...programBody('Waits'), number },
        },
      )
      expect(await codes(memberOf(who), [record])).toEqual(['accepted'])
    }
    for (const who of owners) {
      await publish(who, who, 1)
      const check = device(actorOf(manager), NOW - 5000, `checking ${who}`).record('progress.fidelity', {
        student: studentId('ash'),
        refs: { program: id(`program of the ${who}`), adult: personOf('para') },
        body: { type: 'direct', steps: [{ step: `step of the ${who}`, result: '-' }] },
      })
      expect(await codes(manager, [check])).toEqual(['accepted'])
    }
    // by the route's own wall, and by the database's alone
    const told = (member: Member) =>
      database.asPerson(actorOf(member), async (tx, reach) => {
        const rows = await checksOwned(tx, reach)
        const own = sql<{ program: string }>`own_checks(${new Date(now)})`
        const alone = await tx.read.selectFrom(own.as<'own'>('own')).select('own.program').execute()
        expect(alone.map(({ program }) => program).sort()).toEqual(rows.map(({ program }) => program).sort())
        return rows
      })
    const findOut = async () => {
      const found: [string, string][] = []
      for (const member of MEMBERS)
        for (const { program } of await told(member)) {
          // the program that everybody of the tests above has published is left out
          const whose = owners.find((who) => id(`program of the ${who}`) === program)
          if (whose !== undefined) found.push([member.who, whose])
        }
      return found
    }
    // the case manager has theirs by the feed, like everybody who reads T5; no para and no other therapist has any
    expect(await findOut()).toEqual([
      ['speech therapist', 'speech therapist'],
      ['behavior analyst', 'behavior analyst'],
    ])
    expect(JSON.stringify(await told(memberOf('behavior analyst')))).toContain('step of the behavior analyst')
    // somebody else goes on from it: it is theirs
    await publish('case manager', 'behavior analyst', 2)
    expect(await findOut()).toEqual([['speech therapist', 'speech therapist']])
    const ends = (to_at: Date | null) =>
      database.asSystem(actorOf(manager).district, (_tx, db) =>
        db
          .updateTable('relationship')
          .set({ to_at })
          .where('district_id', '=', actorOf(manager).district)
          .where('person_id', '=', personOf('speech therapist'))
          .execute(),
      )
    await ends(new Date(NOW - 1))
    expect(await findOut()).toEqual([])
    await ends(null)
  })

  async function codes(member: Member, records: readonly Envelope[]): Promise<string[]> {
    const { acks } = await push(database, actorOf(member), records)
    return acks.map((ack) => ack.code ?? ack.status)
  }

  /** A plan to feed by, and an entry of behavior and of care that was withdrawn. */
  async function loadCare(student: StudentName): Promise<void> {
    const { para, manager } = TEAM[student]
    const [maya, dana] = [memberOf(para), memberOf(manager)]
    const plan = device(actorOf(dana), NOW - 3_600_000, `feeding of ${student}`).record('sessions.program', {
      student: studentId(student),
      refs: { program: feedingId(student) },
      body: { ...programBody('Lunch'), measure: FEEDING },
    })
    feedingVersions.set(student, plan.id)
    const phone = device(actorOf(maya), NOW - 1_800_000, `care of ${student}`)
    const withdrawn = ['behavior.cell', 'care.toileting', 'attendance.presence', 'equipment.check'].flatMap(
      (kind) => {
        const fields = fieldsOf(student, KINDS[kind] as Row)
        const entry = phone.record(kind, fields)
        const gone = { ...fields, body: {}, replaces: entry.id, reason: 'mis_tap' }
        return [entry, phone.record(`${kind.split('.')[0]}.void`, gone)]
      },
    )
    expect(await codes(dana, [plan])).toEqual(['accepted'])
    expect(await codes(maya, withdrawn)).toEqual(Array(withdrawn.length).fill('accepted'))
  }

  function fieldsOf(student: StudentName, row: Row): Fields {
    const refs = {
      ...(row.refs && !['of', 'report', 'final', 'roll', 'round'].includes(row.refs)
        ? { program: programId(student) }
        : {}),
      ...(row.refs === 'report' || row.refs === 'final' ? { report: id(`report of ${student}`) } : {}),
      ...(row.refs === 'of' ? { of: id(`a card of ${student}`) } : {}),
      ...(row.refs === 'final' ? { final: id(`a final record of ${student}`) } : {}),
      ...(row.refs === 'session' ? { session: sessionId(student) } : {}),
      ...(row.refs === 'second'
        ? { session: sessionId(student), of: id(`another session of ${student}`) }
        : {}),
      ...(row.refs === 'log' || row.refs === 'meal' ? { log: id(`log of ${student}`) } : {}),
      ...(row.refs === 'roll' || row.refs === 'round'
        ? { roll: rollOf(studentId(student), '2026-11-03') }
        : {}),
      ...(row.refs === 'round' ? { act: id(`round of ${student}`) } : {}),
      ...(row.refs === 'meal'
        ? { program: feedingId(student), version: feedingVersions.get(student) ?? '' }
        : {}),
      ...(row.observer ? { observer: personOf(TEAM[student].para) } : {}),
      ...(row.adult ? { adult: personOf(TEAM[student].para) } : {}),
      ...(row.version
        ? { version: world.versions[student], session: id(`another session of ${student}`) }
        : {}),
    }
    return { student: studentId(student), refs, body: row.body as { [key: string]: Json } }
  }
})
