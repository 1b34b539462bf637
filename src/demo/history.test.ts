import { describe, expect, test, vi } from 'vitest'
import { sha256Hex } from '../platform/core/canonical.ts'
import { dayOf } from '../platform/core/days.ts'
import { Envelope, REASONS, type StoredRecord } from '../platform/records/envelope.ts'
import { settle } from '../platform/records/settle.ts'
import { mayAct } from '../platform/server/matrix.ts'
import type { Measure } from '../capabilities/sessions/records.ts'
import { sessionView } from '../capabilities/sessions/rules.ts'
import type { SessionState } from '../capabilities/sessions/state.ts'
import { registry } from '../registry.ts'
import { TZ, timeOf } from './calendar.ts'
import { cedarBend } from './cedar-bend.ts'
import { history } from './history.ts'
import { personId, studentId } from './people.ts'
import { PROGRAMS } from './programs.ts'
import { programId } from './spec.ts'
import type { DemoRecord } from './tape.ts'

// A year of records is looked at from many sides; a busy machine needs more than the usual five seconds.
vi.setConfig({ testTimeout: 30_000 })

const school = cedarBend()
const records = history(school)
const madeAt = ({ envelope }: DemoRecord) => Date.parse(envelope.entered ?? envelope.at)
const wall = new Intl.DateTimeFormat('en-GB', { timeZone: TZ, timeStyle: 'medium', hour12: false })
const clock = (at: string) => wall.format(new Date(at))

interface Point {
  readonly day: string
  /** %, count or per minute; null = nothing scored. */
  readonly value: number | null
  readonly enough: boolean
}
interface Session {
  readonly program: string
  readonly author: string
  readonly start: Envelope
  readonly end: Envelope
  readonly all: readonly Envelope[]
  readonly live: readonly Envelope[]
  readonly measure: Measure
  readonly observer: string
  readonly status: string
  /** Null when it was not run. */
  readonly point: Point | null
  /** What the product's own fold makes of it. */
  readonly state: SessionState
}
const sessions = sessionsOf(records)
const primary = (key: string) =>
  sessions.filter((one) => one.program === programId(key) && one.observer === 'primary')
/** Values of valid points between two days. */
function values(key: string, from: string, to: string): number[] {
  return primary(key).flatMap(({ point }) =>
    point && point.enough && point.value !== null && from <= point.day && point.day <= to
      ? [point.value]
      : [],
  )
}
const mean = (list: readonly number[]) => list.reduce((sum, x) => sum + x, 0) / list.length
const deviation = (list: readonly number[]) => Math.sqrt(mean(list.map((x) => (x - mean(list)) ** 2)))

describe('the whole history', () => {
  test('is the same bytes at every call and others with another seed', () => {
    const bytes = sha256Hex(JSON.stringify(records))
    expect(sha256Hex(JSON.stringify(history(cedarBend())))).toBe(bytes)
    expect(sha256Hex(JSON.stringify(history(school, 'another')))).not.toBe(bytes)
  })

  test('has the size of a school year', () => {
    // Between 15,000 and 30,000; exact, so that a change of the school is never an accident.
    expect(records).toHaveLength(20_854)
    expect(sessions).toHaveLength(2_538)
    expect(count('sessions.program')).toBe(46)
    expect(count('sessions.phase')).toBe(PROGRAMS.reduce((sum, { phases }) => sum + phases.length, 0))
    expect(count('progress.aim')).toBe(31)
    expect(count('messages.note')).toBe(1)
    expect(count('students.safety')).toBe(16)
    expect(count('students.consent')).toBe(14)
    expect(count('students.profile') + count('students.health') + count('students.glance')).toBe(16)
    expect(count('students.ack')).toBe(138)
    expect(count('behavior.abc')).toBe(31)
    expect(count('care.toileting')).toBe(112)
    expect(count('care.feeding')).toBe(16)
  })

  test('every envelope, body and set of refs is what its kind declares', () => {
    for (const { envelope } of records) {
      expect(Envelope.safeParse(envelope).error).toBeUndefined()
      const kind = registry.kind(envelope.kind)
      expect(kind?.v).toBe(envelope.v)
      expect(kind?.bodies[envelope.v]?.safeParse(envelope.body).error).toBeUndefined()
      const declared = kind?.refs ?? []
      for (const ref of declared) if (!ref.endsWith('?')) expect(envelope.refs[ref]).toBeDefined()
      for (const ref of Object.keys(envelope.refs))
        expect(declared.includes(ref) || declared.includes(`${ref}?`)).toBe(true)
    }
  })

  test('ids are version 7, of the millisecond in which the record was made, each once, in order', () => {
    expect(new Set(records.map(({ envelope }) => envelope.id)).size).toBe(records.length)
    for (const [n, record] of records.entries()) {
      const { id } = record.envelope
      expect(id[14]).toBe('7')
      expect(parseInt(id.slice(0, 8) + id.slice(9, 13), 16)).toBe(madeAt(record))
      const before = records[n - 1]
      if (before) expect(madeAt(before)).toBeLessThanOrEqual(madeAt(record))
    }
  })

  test('each person counts without gaps on each device; a device never goes back', () => {
    const seqs = new Map<string, number>()
    const ords = new Map<string, number>()
    const boots = new Map<string, number>()
    for (const record of records) {
      const { device, seq, ord, mono } = record.envelope
      const counter = `${device}/${record.author}`
      expect(seq).toBe((seqs.get(counter) ?? 0) + 1)
      seqs.set(counter, seq)
      expect(ord).toBeGreaterThan(ords.get(device) ?? 0)
      expect(ord - madeAt(record)).toBeLessThan(50)
      ords.set(device, ord)
      // The monotonic clock runs as the wall clock does: the same difference for the whole of a boot.
      const start = boots.get(mono.boot) ?? madeAt(record) - mono.ms
      expect(madeAt(record) - mono.ms).toBe(start)
      boots.set(mono.boot, start)
    }
    // a shared tablet is as many devices as it has people
    const owners = new Map(records.map(({ author, envelope }) => [envelope.device, author]))
    expect(records.filter(({ author, envelope }) => owners.get(envelope.device) !== author)).toEqual([])
    expect(new Set(owners.values()).size).toBeLessThan(owners.size)
  })

  test('every author had a role and a relationship that allow the act when it happened', () => {
    const spans = new Map(
      school.batch.people.map(({ id }) => [
        id,
        school.batch.relationships
          .filter(({ person }) => person === id)
          .map(({ student, role, from, to }) => ({
            student,
            role,
            from: Date.parse(from),
            to: to === null ? null : Date.parse(to),
          })),
      ]),
    )
    const employed = new Map(school.batch.roles.map(({ person, from }) => [person, Date.parse(from)]))
    for (const { author, envelope } of records) {
      const kind = registry.kind(envelope.kind)
      if (!kind || !envelope.student) throw new Error(envelope.kind)
      const at = Date.parse(envelope.at)
      expect(employed.get(author) ?? Infinity).toBeLessThanOrEqual(at)
      const allowed = mayAct(spans.get(author) ?? [], envelope.student, kind.tier, kind.action, at)
      expect(allowed, `${envelope.kind} ${envelope.at}`).toBe(true)
    }
  })

  test('plans are made by case managers and safety cards by the nurse', () => {
    const authors = (...of: string[]) =>
      new Set(records.flatMap(({ author, envelope }) => (of.includes(envelope.kind) ? [author] : [])))
    expect(authors('sessions.program', 'sessions.phase', 'progress.aim')).toEqual(
      new Set([personId('dana'), personId('irene')]),
    )
    expect(authors('students.safety')).toEqual(new Set([personId('ellen')]))
  })

  test('no text names a student', () => {
    const names = school.batch.students.flatMap(({ given, family, preferred }) => [
      given,
      family,
      preferred ?? given,
    ])
    const words = new Set(
      JSON.stringify([records.map(({ envelope }) => envelope.body), school.assignments]).split(
        /[^\p{L}'-]+/u,
      ),
    )
    // Max asks to be called so on the safety card; Bo, Li, Luz and the like are no words of the plans.
    expect(names.filter((name) => words.has(name))).toEqual(['Max'])
  })
})

describe('plans', () => {
  const standing = (kind: string, key: string) =>
    records
      .map(({ envelope }) => envelope)
      .filter((envelope) => envelope.kind === kind && envelope.refs['program'] === programId(key))

  test('versions are numbered and each names the one before', () => {
    for (const { key } of PROGRAMS)
      for (const [n, version] of standing('sessions.program', key).entries()) {
        expect(version.body['number']).toBe(n + 1)
        expect(version.refs['base']).toBe(n === 0 ? undefined : standing('sessions.program', key)[n - 1]?.id)
      }
  })

  test('what a family did not agree to is there: no photograph of A.M. on the web', () => {
    const consents = records.filter(({ envelope }) => envelope.kind === 'students.consent')
    const of = (key: Parameters<typeof studentId>[0]) =>
      consents.find(({ envelope }) => envelope.student === studentId(key))?.envelope.body['photos']
    expect(of('am')).toMatchObject({ instruction_record: true, public_web: false, media: false })
    expect(of('cd')).toMatchObject({ instruction_record: false })
  })

  test('a changed measure or definition begins with a major phase on that day (domain D.4)', () => {
    let changes = 0
    for (const { key } of PROGRAMS)
      for (const version of standing('sessions.program', key).slice(1)) {
        const day = dayOf(version.at, TZ)
        const phase = standing('sessions.phase', key).find(({ body }) => body['from'] === day)
        expect(phase?.body['major'], `${key} ${day}`).toBe(true)
        changes++
      }
    expect(changes).toBeGreaterThanOrEqual(5)
  })

  test('phases begin on school days, and every one but a plan of today has sessions', () => {
    const open = new Set(school.schoolDays.map(({ day }) => day))
    for (const { key, phases } of PROGRAMS)
      for (const [n, { from }] of phases.entries()) {
        expect(open.has(from), `${key} ${from}`).toBe(true)
        const next = phases[n + 1]?.from ?? '2026-11-04'
        const inside = primary(key).filter(({ point }) => point && from <= point.day && point.day < next)
        expect(inside.length, `${key} ${from}`).toBeGreaterThan(0)
      }
    expect(PROGRAMS.flatMap(({ phases }) => phases).some(({ major }) => !major)).toBe(true)
  })

  test('aim lines start at the last baseline day at the median of the last three points (domain D.1)', () => {
    for (const { key, aims, phases } of PROGRAMS)
      for (const [n, aim] of aims.entries()) {
        const end = phases.find(({ from }) => from > aim.baseline)?.from ?? ''
        const baseline = primary(key).filter(
          ({ point }) => point?.enough && aim.baseline <= point.day && point.day < end,
        )
        const [, middle] = baseline
          .slice(-3)
          .map(({ point }) => point?.value ?? NaN)
          .toSorted((a, b) => a - b)
        const body = standing('progress.aim', key)[n]?.body
        expect(body?.['from']).toBe(baseline.at(-1)?.point?.day)
        expect(body?.['from_value']).toBeCloseTo(middle ?? NaN, 1)
        expect(body?.['to_value']).toBe(aim.value)
      }
  })

  test('requesting and hand-washing are the programs of the walkthrough', () => {
    const requesting = standing('sessions.program', 'am-requesting').at(-1)?.body
    expect(requesting?.['measure']).toEqual({
      system: 'trials',
      planned: 10,
      min_opportunities: 5,
      prompts: {
        direction: 'least_to_most',
        wait_s: 4,
        levels: [
          { code: 'G', label: 'Gesture' },
          { code: 'V', label: 'Verbal' },
          { code: 'M', label: 'Model' },
        ],
      },
    })
    expect(requesting?.['criterion']).toBe('80 % independent across 3 consecutive sessions with 2 staff')
    const washing = standing('sessions.program', 'am-hand-washing').at(-1)?.body['measure']
    expect(washing).toMatchObject({ system: 'steps', chaining: 'total' })
    expect((washing as { steps: string[] }).steps).toHaveLength(8)
    const seat = standing('sessions.program', 'cd-leaves-seat').at(-1)?.body
    expect(seat).toMatchObject({ direction: 'decrease', measure: { system: 'count', value: 'rate' } })
  })

  test('safety cards: the newest of the four', () => {
    const card = (key: Parameters<typeof studentId>[0]) =>
      records.findLast(
        ({ envelope }) => envelope.kind === 'students.safety' && envelope.student === studentId(key),
      )?.envelope.body
    expect(card('am')).toMatchObject({ supervision: 'SV2', flags: ['elopement'] })
    expect(card('bk')?.['flags']).toEqual(['seizure', 'feeding'])
    expect(card('cd')?.['flags']).toEqual(['behavior_plan', 'call_office'])
    // Staff see "call the office", never the reason (domain B.2, T5).
    expect(JSON.stringify(card('cd'))).not.toMatch(/court|father|order|custody/i)
    expect(card('dl')?.['flags']).toEqual([])
  })
})

describe('sessions', () => {
  test('begin under the version and phase of their day', () => {
    const byId = new Map(records.map(({ envelope }) => [envelope.id, envelope]))
    for (const { start } of sessions) {
      const version = byId.get(start.refs['version'] ?? '')
      if (!version) throw new Error('no version')
      expect(registry.kind('sessions.start')?.agrees?.with(start, version)).toBeNull()
      const key = PROGRAMS.find((spec) => programId(spec.key) === start.refs['program'])
      const phase = key?.phases.findLast(({ from }) => from <= dayOf(start.at, TZ))
      expect(start.body['condition']).toBe(phase?.condition)
    }
  })

  test('lie on school days, inside one bell block, start first and end last', () => {
    const open = new Set(school.schoolDays.map(({ day }) => day))
    for (const { start, end, all } of sessions) {
      expect(open.has(dayOf(start.at, TZ))).toBe(true)
      const inside = school.blocks.some(
        ({ start: from, end: to }) => `${from}:00` <= clock(start.at) && clock(end.at) <= `${to}:00`,
      )
      expect(inside, `${start.at} ${end.at}`).toBe(true)
      expect(all.every(({ at }) => start.at <= at && at <= end.at)).toBe(true)
    }
  })

  test('fold to the value that was counted by hand, with no flag but "interrupted"', () => {
    for (const { state, point, status } of sessions) {
      expect(state.status).toBe(status)
      expect(state.aside).toEqual([])
      expect(state.flags).toEqual(status === 'partial' ? ['interrupted'] : [])
      const { numerator, denominator, validity, metric } = state.summary
      if (!point) expect([numerator, denominator]).toEqual([null, null])
      if (!point || numerator === null || denominator === null) continue
      expect((scaleOf(metric) * numerator) / denominator, metric).toBeCloseTo(point.value ?? NaN, 6)
      expect(validity).toBe(point.enough ? 'valid' : 'below_min')
    }
  })

  test('keep nobody in two rooms at once', () => {
    const byAuthor = Map.groupBy(
      sessions.filter(({ status }) => status !== 'not_run'),
      ({ author }) => author,
    )
    for (const list of byAuthor.values()) {
      const sorted = list.toSorted((a, b) => (a.start.at < b.start.at ? -1 : 1))
      for (const [n, later] of sorted.entries()) {
        const earlier = sorted[n - 1]
        if (!earlier || earlier.end.at <= later.start.at) continue
        const room = (one: Session) => String(one.start.body['setting']).split(',')[0]
        expect(room(earlier)).toBe(room(later))
        // one of the two is only watched for: a count, samples at a cue, the time between, how strong
        const beside = ['count', 'interval', 'irt', 'intensity']
        expect(beside.includes(earlier.measure.system) || beside.includes(later.measure.system)).toBe(true)
      }
    }
  })

  test('of Tuesday are only the two arrival routines; requesting waits to be run', () => {
    const today = sessions.filter(({ start }) => start.at >= '2026-11-03')
    expect(today.map(({ program }) => program).toSorted()).toEqual(
      [programId('ta-arrival'), programId('lh-arrival')].toSorted(),
    )
    expect(Math.max(...records.map(madeAt))).toBeLessThan(timeOf('2026-11-03', '08:30'))
    expect(values('am-requesting', '2026-11-02', '2026-11-02')).toHaveLength(1)
  })

  test('not run says why and holds nothing; whole absences cover every program of the student', () => {
    const missed = sessions.filter(({ status }) => status === 'not_run')
    for (const { all, end } of missed) {
      expect(all).toHaveLength(2)
      expect(end.body['reason']).toBeDefined()
    }
    const reasons = Map.groupBy(missed, ({ end }) => end.body['reason'])
    expect(reasons.get('student_absent')?.length).toBeGreaterThan(60)
    for (const reason of [
      'refused',
      'staff_absent',
      'schedule_event',
      'program_on_hold',
      'materials_missing',
      'no_opportunity',
    ])
      expect(reasons.get(reason)?.length ?? 0).toBeGreaterThan(0)
    // B.K. was away for four weeks: more than five scheduled sessions in a row (domain C.0 rule 10).
    const away = primary('bk-self-feeding').filter(
      ({ start }) => start.at > '2026-02-09' && start.at < '2026-03-07',
    )
    expect(away.length).toBeGreaterThan(5)
    expect(away.every(({ end }) => end.body['reason'] === 'student_absent')).toBe(true)
  })

  test('some fall short of the minimum, some are broken off', () => {
    expect(sessions.filter(({ point }) => point && !point.enough).length).toBeGreaterThan(40)
    expect(sessions.filter(({ status }) => status === 'partial').length).toBeGreaterThan(20)
    const greeting = primary('am-greeting').filter(({ point }) => point)
    expect(greeting.filter(({ point }) => !point?.enough).length / greeting.length).toBeGreaterThan(0.15)
  })

  test('second observers are the case manager, name the first session, and mostly agree', () => {
    const watched = sessions.filter(({ observer }) => observer === 'ioa')
    expect(watched.length).toBeGreaterThan(60)
    let same = 0
    let compared = 0
    for (const second of watched) {
      const first = sessions.find(({ start }) => start.refs['session'] === second.start.refs['of'])
      if (!first) throw new Error('no first session')
      expect([personId('dana'), personId('irene')]).toContain(second.author)
      expect(second.author).not.toBe(first.author)
      expect(second.start.refs['program']).toBe(first.start.refs['program'])
      for (const item of first.live) {
        if (item.kind !== 'sessions.trial') continue
        const other = second.live.find((one) => one.kind === item.kind && one.body['n'] === item.body['n'])
        compared++
        if (other?.body['result'] === item.body['result']) same++
      }
    }
    expect(same / compared).toBeGreaterThan(0.85)
    expect(same / compared).toBeLessThan(1)
  })

  test('a substitute runs some, tagged, only on the days of coverage', () => {
    const kim = sessions.filter(({ author }) => author === personId('kim'))
    expect(kim.length).toBeGreaterThan(5)
    for (const { start } of kim) {
      expect(start.body['tags']).toContain('substitute')
      expect(start.body['observer']).toBe('primary')
    }
    for (const { author, start } of sessions)
      if (author !== personId('kim')) expect(start.body['tags']).not.toContain('substitute')
  })

  test('a few taps are undone within five seconds, a few corrected later, each with its reason', () => {
    const byId = new Map(records.map((record) => [record.envelope.id, record]))
    const again = records.filter(({ envelope }) => envelope.replaces)
    const undone = again.filter(({ envelope }) => envelope.kind === 'sessions.void')
    const corrected = again.filter(({ envelope }) => envelope.kind !== 'sessions.void')
    expect(undone.length).toBeGreaterThan(5)
    expect(corrected.length).toBeGreaterThan(8)
    for (const record of again) {
      const target = byId.get(record.envelope.replaces ?? '')
      if (!target) throw new Error('no target')
      expect(REASONS as readonly string[]).toContain(record.envelope.reason)
      expect(record.envelope.refs['session']).toBe(target.envelope.refs['session'])
      const after = madeAt(record) - madeAt(target)
      if (record.envelope.kind === 'sessions.void') {
        expect(record.author).toBe(target.author)
        expect(after).toBeLessThan(5_000)
      } else if (after > 33 * 3_600_000) {
        // Later than the end of the shift and a day: the case manager's to do (domain B.8).
        expect([personId('dana'), personId('irene')]).toContain(record.author)
      } else expect(record.author).toBe(target.author)
    }
    expect(
      corrected.some((record) => record.author !== byId.get(record.envelope.replaces ?? '')?.author),
    ).toBe(true)
  })

  test('some were typed in at the end of the day', () => {
    const late = sessions.filter(({ start }) => start.entered)
    expect(late.length).toBeGreaterThan(10)
    for (const { all } of late)
      for (const one of all) expect(one.entered && clock(one.entered) >= '15:13:00').toBe(true)
  })
})

describe('what the graphs will show', () => {
  test('no two programs look alike', () => {
    const measured = PROGRAMS.filter(({ phases }) => phases.length > 0)
    const pictures = measured.map(({ key }) => values(key, '2025-08-01', '2026-11-03').join())
    expect(new Set(pictures).size).toBe(measured.length)
    for (const { key, aims, until } of PROGRAMS)
      if (aims.length > 0 && !until) expect(values(key, '2026-10-01', '2026-11-03').length).toBeGreaterThan(3)
  })

  test('requesting: learned, lost with the new device, learned again; not yet mastered', () => {
    const june = mean(values('am-requesting', '2026-05-15', '2026-06-04'))
    const baseline = mean(values('am-requesting', '2026-08-31', '2026-09-08'))
    const now = values('am-requesting', '2026-10-15', '2026-11-03')
    expect(june).toBeGreaterThan(60)
    expect(baseline).toBeLessThan(20)
    expect(mean(now)).toBeGreaterThan(45)
    // 80 % in three consecutive sessions would be the criterion.
    const all = values('am-requesting', '2026-09-09', '2026-11-03')
    expect(all.some((_, n) => all.length >= n + 3 && all.slice(n, n + 3).every((x) => x >= 80))).toBe(false)
  })

  test('self-feeding: lower after four weeks away', () => {
    const before = mean(values('bk-self-feeding', '2026-01-20', '2026-02-06'))
    expect(before - mean(values('bk-self-feeding', '2026-03-09', '2026-03-20'))).toBeGreaterThan(10)
  })

  test('packing up: lower after the summer', () => {
    const june = mean(values('ef-packs-up', '2026-05-01', '2026-06-04'))
    expect(june - mean(values('ef-packs-up', '2026-08-25', '2026-09-30'))).toBeGreaterThan(30)
  })

  test('raising a hand: a plateau', () => {
    const winter = mean(values('ef-raises-hand', '2025-12-01', '2026-03-20'))
    const fall = mean(values('ef-raises-hand', '2026-08-25', '2026-11-03'))
    expect(Math.abs(winter - fall)).toBeLessThan(0.06)
  })

  test('leaves seat: falls, with real zeros on the way', () => {
    const baseline = mean(values('cd-leaves-seat', '2025-09-08', '2025-09-19'))
    const now = mean(values('cd-leaves-seat', '2026-10-01', '2026-11-03'))
    expect(now).toBeLessThan(baseline / 2)
    expect(values('ln-calls-out', '2026-03-01', '2026-10-16')).toContain(0)
  })

  test('asking for help scatters far more than hand-washing', () => {
    const wide = deviation(values('hi-asks-for-help', '2026-08-25', '2026-11-03'))
    const narrow = deviation(values('am-hand-washing', '2026-09-14', '2026-11-03'))
    expect(wide).toBeGreaterThan(1.3 * narrow)
  })

  test('multiplication facts: met in spring', () => {
    const spring = values('so-math-facts', '2026-02-01', '2026-03-16')
    expect(
      spring.some((_, n) => n + 3 <= spring.length && spring.slice(n, n + 3).every((x) => x >= 90)),
    ).toBe(true)
  })
})

/** From the pair of a summary to percent, per minute, seconds, or as it is. */
function scaleOf(metric: string): number {
  if (metric.startsWith('pct_')) return 100
  if (metric === 'rate' || metric === 'cbm_rate') return 60_000
  return ['duration_total', 'latency_median', 'irt_median'].includes(metric) ? 1 / 1000 : 1
}

function count(kind: string): number {
  return records.filter(({ envelope }) => envelope.kind === kind).length
}

/** The sessions of the history, corrections and voids applied, each with its point counted by hand. */
function sessionsOf(list: readonly DemoRecord[]): Session[] {
  const groups = Map.groupBy(
    list.filter(({ envelope }) => envelope.refs['session']),
    ({ envelope }) => envelope.refs['session'],
  )
  return [...groups.values()].map((group) => {
    const stored = group.map(({ author, envelope }): StoredRecord => ({
      ...envelope,
      author,
      digest: '',
      received: null,
      aud: null,
      pos: null,
    }))
    const settled = settle(stored)
    expect(settled.conflicts).toEqual([])
    const of = (kind: string) => {
      const found = settled.live.filter((one) => one.kind === kind)
      expect(found).toHaveLength(1)
      return found[0] as StoredRecord
    }
    const start = of('sessions.start')
    const end = of('sessions.end')
    const measure = start.body['measure'] as Measure
    const state = sessionView.fold(settled)
    if (!state) throw new Error('nothing to show')
    return {
      program: start.refs['program'] ?? '',
      author: start.author,
      start,
      end,
      all: stored,
      live: settled.live,
      measure,
      observer: String(start.body['observer']),
      status: String(end.body['status']),
      state,
      point: end.body['status'] === 'not_run' ? null : pointOf(settled.live, start, end, measure),
    }
  })
}

/** Counted from the records alone, system by system, as domain C.2 says it. */
function pointOf(live: readonly StoredRecord[], start: Envelope, end: Envelope, measure: Measure): Point {
  const day = dayOf(start.at, TZ)
  const at = (kind: string) => live.filter((one) => one.kind === kind).map((one) => Date.parse(one.at))
  const codes = live.filter(({ kind }) => kind === 'sessions.mark').map(({ body }) => String(body['code']))
  const moments = live.filter(({ kind }) => kind === 'sessions.moment')
  const seconds = (Date.parse(end.at) - Date.parse(start.at)) / 1000
  const share = (part: number, whole: number, least: number): Point => ({
    day,
    value: whole === 0 ? null : (100 * part) / whole,
    enough: whole >= Math.max(1, least),
  })
  const having = (code: string) => codes.filter((one) => one === code).length
  switch (measure.system) {
    case 'count': {
      const paused = at('sessions.resume').reduce(
        (sum, ms, n) => sum + ms - (at('sessions.pause')[n] ?? ms),
        0,
      )
      const watched = seconds - paused / 1000
      const occurrences = at('sessions.occurrence').length
      return {
        day,
        value: measure.value === 'rate' ? (60 * occurrences) / watched : occurrences,
        enough: watched >= measure.min_observed_s,
      }
    }
    case 'interval':
      return share(having('1'), codes.length, measure.min_opportunities)
    case 'checklist':
      return share(having('yes'), having('yes') + having('no'), measure.min_opportunities)
    case 'probe':
      return { day, value: having('Y'), enough: codes.length === 1 }
    case 'rubric':
      return {
        day,
        value: codes.reduce((sum, code) => sum + Number(code), 0),
        enough: codes.length === measure.items.length,
      }
    case 'self': {
      const marks = live.filter(({ kind }) => kind === 'sessions.mark')
      const of = (who: string) =>
        new Map(marks.filter(({ body }) => body['who'] === who).map(({ body }) => [body['n'], body['code']]))
      const adult = of('adult')
      const both = [...of('student')].filter(([n]) => adult.has(n))
      return share(
        both.filter(([n, code]) => adult.get(n) === code).length,
        both.length,
        measure.min_opportunities,
      )
    }
    case 'product': {
      const body = live.find(({ kind }) => kind === 'sessions.tally')?.body ?? {}
      const [count, errors] = [Number(body['count']), Number(body['errors'])]
      return share(count - errors, count, measure.min_opportunities)
    }
    case 'duration': {
      const lengths = moments.flatMap(({ at: from, body }, n) =>
        body['code'] === 'on' ? [(Date.parse(moments[n + 1]?.at ?? '') - Date.parse(from)) / 1000] : [],
      )
      const total = lengths.reduce((sum, one) => sum + one, 0)
      return { day, value: total, enough: seconds >= measure.min_observed_s }
    }
    case 'latency': {
      const lengths = moments.flatMap(({ at: from, body }, n) => {
        if (body['code'] !== 'cue') return []
        const onset = moments[n + 1]?.body['code'] === 'on' ? moments[n + 1] : undefined
        return [onset ? (Date.parse(onset.at) - Date.parse(from)) / 1000 : measure.limit_s]
      })
      return { day, value: median(lengths), enough: lengths.length >= measure.min_opportunities }
    }
    case 'irt': {
      const gaps = moments
        .slice(1)
        .map((one, n) => (Date.parse(one.at) - Date.parse(moments[n]?.at ?? '')) / 1000)
      return { day, value: median(gaps), enough: gaps.length >= measure.min_opportunities }
    }
    case 'intensity': {
      const levels = moments.map(({ body }) => Number(body['code']))
      return { day, value: Math.max(0, ...levels), enough: seconds >= measure.min_observed_s }
    }
    case 'cbm': {
      const last = moments.find(({ body }) => body['code'] === 'last')?.body['n'] as number
      const of = (code: string) => Date.parse(moments.find(({ body }) => body['code'] === code)?.at ?? '')
      const minutes = Math.min(measure.seconds, (of('stop') - of('begin')) / 1000) / 60
      return { day, value: (last - having('err')) / minutes, enough: true }
    }
    case 'trials':
    case 'opportunities':
    case 'steps': {
      const scored = live.filter(
        ({ kind, body }) =>
          ['sessions.trial', 'sessions.step'].includes(kind) &&
          !['X', 'A', 'N/A'].includes(String(body['result'])),
      )
      const independent = scored.filter(({ body }) => body['result'] === '+' && body['level'] === undefined)
      return share(independent.length, scored.length, measure.min_opportunities)
    }
    default:
      throw new Error(`no sessions of ${measure.system}`)
  }
}

function median(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length / 2
  if (sorted.length === 0) return null
  return ((sorted[Math.ceil(middle - 1)] ?? NaN) + (sorted[Math.floor(middle)] ?? NaN)) / 2
}
