/**
 * Fourteen months of records at Cedar Bend, from the first plan to Tuesday morning: every plan, and every session
 * that was run, missed, broken off, watched by a second observer, typed in late or corrected. Who loads the demo
 * school gives these to the server as if they had come from the devices. A pure function of the seed.
 */
import { daysBetween, weekday, type Day } from '../platform/core/days.ts'
import { uuidv7, type Uuid } from '../platform/core/ids.ts'
import type { Relationship } from '../capabilities/roster/model.ts'
import type { NOT_RUN_REASONS, StartBody, System } from '../capabilities/sessions/records.ts'
import type { DemoSchool } from './cedar-bend.ts'
import { isAway } from './away.ts'
import { TODAY, timeOf } from './calendar.ts'
import { COVERAGE, managerOf, personId, studentId, type StaffKey, type StudentKey } from './people.ts'
import { checks } from './checks.ts'
import { decisions } from './decided.ts'
import { logs } from './logs.ts'
import { aimsOf, phaseOn, plans, versionOn, type BaselinePoint } from './plans.ts'
import { play, secondObserver, type Played, type Tap } from './play.ts'
import { PROGRAMS } from './programs.ts'
import { seeded, type Random } from './seed.ts'
import { programId, type ProgramSpec } from './spec.ts'
import { act, deskOf, stamp, type Act, type DemoRecord } from './tape.ts'

type Reason = (typeof NOT_RUN_REASONS)[number]
type Tags = StartBody['tags']

/**
 * All records made at the school before its demo clock starts, in the order in which they were made. The same
 * school and seed give the same bytes; another seed gives other sessions of the same plans.
 */
export function history(school: DemoSchool, seed = 'cedar-bend-3'): readonly DemoRecord[] {
  const sessions = playYear(school, seed)
  const acts = [
    ...plans(),
    ...PROGRAMS.flatMap((spec) => aimsOf(spec, sessions.points.get(spec.key) ?? [])),
    ...checks(school.schoolDays),
    ...sessions.acts,
    ...logs(school.schoolDays, seed),
  ]
  return stamp([...acts, ...decisions(acts, school.schoolDays)])
}

/** A program that was not to be run between two days. */
const HOLDS: readonly { program: string; from: Day; to: Day }[] = [
  { program: 'so-math-facts', from: '2025-12-01', to: '2025-12-17' },
]
/** A whole-school event that took the morning or the afternoon. */
const EVENTS: readonly { day: Day; from: string; to: string }[] = [
  { day: '2025-10-31', from: '13:00', to: '15:00' },
  { day: '2026-02-13', from: '13:00', to: '15:00' },
  { day: '2026-05-15', from: '08:30', to: '12:30' },
  { day: '2026-09-18', from: '10:00', to: '11:30' },
]

interface Busy {
  readonly from: number
  readonly to: number
  readonly place: string
  /** Counting goes on beside other work in the same place. */
  readonly beside: boolean
}

/** What is watched for while other work goes on. */
const BESIDE: readonly System[] = ['count', 'interval', 'intensity', 'irt']
/** What a good or a bad day changes by a share of the whole. */
const IN_SHARES: readonly System[] = [
  'trials',
  'steps',
  'opportunities',
  'interval',
  'checklist',
  'probe',
  'product',
  'rubric',
  'self',
  'duration',
]
/** Over before anything can break it off. */
const BRIEF: readonly System[] = ['cbm', 'checklist', 'probe', 'product', 'rubric']

/** One program on one day. */
interface Run {
  readonly spec: ProgramSpec
  readonly day: Day
  readonly begin: number
  readonly random: Random
  /** A school day after the author's own time to correct is over. */
  readonly later: Day
}

function playYear(school: DemoSchool, seed: string) {
  const acts: Act[] = []
  const points = new Map<string, BaselinePoint[]>()
  const cutoff = Date.parse(school.startAt)
  const may = relationOf(school.batch.relationships)

  for (const [n, { day }] of school.schoolDays.entries()) {
    if (day > TODAY) break
    const later = school.schoolDays[n + 4]?.day ?? day
    const busy = new Map<StaffKey, Busy[]>()
    for (const spec of dueOn(day)) playRun(spec, day, later, busy)
  }
  return { acts: acts.filter(({ at, entered }) => (entered ?? at) < cutoff), points }

  function playRun(spec: ProgramSpec, day: Day, later: Day, busy: Map<StaffKey, Busy[]>): void {
    const random = seeded(`${seed}/${spec.key}/${day}`)
    const run = { spec, day, later, random, begin: timeOf(day, spec.slot.at) + random.int(0, 80_000) }
    const end = run.begin + spec.slot.minutes * 60_000
    const beside = BESIDE.includes(versionOn(spec, day).measure.system)
    const span: Busy = { from: run.begin, to: end, place: roomOf(spec), beside }
    const free = (who: StaffKey) =>
      !(busy.get(who) ?? []).some(
        (other) =>
          other.from < span.to &&
          span.from < other.to &&
          !(other.place === span.place && (other.beside || span.beside)),
      )
    const take = (who: StaffKey) => busy.set(who, [...(busy.get(who) ?? []), span])

    const covered = COVERAGE.find((one) => one.day === day)
    const manager = managerOf(spec.student)
    const runners = spec.by.filter(
      ([who, , from]) =>
        who !== covered?.away && (!from || from <= day) && free(who) && may(who, spec.student, run.begin),
    )
    const substitute = covered?.students.includes(spec.student) && free('kim')
    const usual = spec.by.some(([who, weight]) => who === covered?.away && weight > 5)
    const who = substitute && usual ? 'kim' : runners.length > 0 ? random.weighted(runners.map(pair)) : null

    const reason =
      reasonNotRun(run, seed) ??
      (!who || (who === 'kim' && !spec.forSubstitutes && random.chance(0.4)) ? 'staff_absent' : null)
    if (reason || !who) {
      acts.push(...notRun(run, reason ?? 'staff_absent', who && reason !== 'staff_absent' ? who : manager))
      return
    }
    take(who)
    const session = runSession(run, who, seed)
    acts.push(...session.acts)
    if (session.played.value !== null)
      points.set(spec.key, [...(points.get(spec.key) ?? []), { day, value: session.played.value }])

    const watched = who !== manager && covered?.away !== manager && random.chance(spec.observed)
    if (watched && free(manager) && may(manager, spec.student, run.begin)) {
      take(manager)
      acts.push(...watch(run, manager, session))
    }
  }
}

/** `Room 12` of `Room 12, table 2`. */
function roomOf({ slot }: ProgramSpec): string {
  return slot.place.split(',')[0] ?? slot.place
}

/** The programs that are to be run on a day, by time of day. */
function dueOn(day: Day): ProgramSpec[] {
  const covered = COVERAGE.find((one) => one.day === day)
  return PROGRAMS.filter((spec) => {
    const began = spec.versions[0]
    // logs are kept when something happens, not at an hour
    if (!began || day < began.from || spec.phases.length === 0 || (spec.until && day > spec.until))
      return false
    // On the demo's own Tuesday only the arrival routines are over; first period is about to be lived.
    if (day === TODAY && spec.slot.at >= '08:30') return false
    const asked = spec.forSubstitutes === true && covered?.students.includes(spec.student) === true
    return asked || spec.weekdays.includes(weekday(day))
  }).toSorted((a, b) => (a.slot.at < b.slot.at ? -1 : a.slot.at > b.slot.at ? 1 : 0))
}

function reasonNotRun({ spec, day, random }: Run, seed: string): Reason | null {
  if (isAway(spec.student, day, seed)) return 'student_absent'
  const event = EVENTS.some((one) => one.day === day && one.from <= spec.slot.at && spec.slot.at < one.to)
  if (event) return 'schedule_event'
  const held = HOLDS.some((hold) => hold.program === spec.key && hold.from <= day && day <= hold.to)
  if (held) return 'program_on_hold'
  // Nobody takes a baseline in a hurry: aim lines stand on it.
  if (day === TODAY || phaseOn(spec, day).condition === 'baseline') return null
  if (spec.obstacle && random.chance(0.1)) return spec.obstacle
  if (!random.chance(0.03)) return null
  return random.weighted<Reason>([
    ['not_enough_time', 5],
    ['refused', 3],
    ['schedule_event', 3],
    ['student_left_early', 2],
    ['health', 2],
    ['materials_missing', 2],
    ...(spec.student === 'cd' || spec.student === 'jb' ? ([['behavior_crisis', 4]] as const) : []),
  ])
}

function notRun(run: Run, reason: Reason, author: StaffKey): Act[] {
  const tape = tapeOf(run, author)
  return [
    tape.write(
      'start',
      0,
      startBody(run, 'primary', author === 'kim' ? ['substitute'] : []),
      versionRef(run),
    ),
    tape.write('end', run.random.int(1_500, 6_000), { status: 'not_run', reason }),
  ]
}

interface Session {
  readonly id: Uuid
  readonly acts: readonly Act[]
  readonly played: Played
}

function runSession(run: Run, who: StaffKey, seed: string): Session {
  const { spec, day, random } = run
  const { measure } = versionOn(spec, day)
  const share = IN_SHARES.includes(measure.system)
  const mood = seeded(`${seed}/mood/${spec.student}/${day}`).spread() * (share ? 0.03 : 0)
  const baseline = phaseOn(spec, day).condition === 'baseline'
  const interrupted = !baseline && !BRIEF.includes(measure.system) && random.chance(0.025)
  const played = play(
    measure,
    {
      level: curveAt(spec, day) + mood + random.spread() * spec.scatter - (who === 'kim' && share ? 0.08 : 0),
      baseline,
      natural: spec.natural === true,
      minutes: spec.slot.minutes,
      interrupted,
    },
    random,
  )
  const broken: Reason | null = interrupted
    ? random.weighted<Reason>([
        ['schedule_event', 3],
        ['student_left_early', 2],
        ['health', 1],
      ])
    : null
  const late = !interrupted && random.chance(0.012)
  const tags: Tags = [
    ...(who === 'kim' ? (['substitute'] as const) : []),
    ...(broken === 'schedule_event' ? (['drill'] as const) : []),
    ...(random.chance(0.012) ? (['illness'] as const) : []),
    ...(random.chance(0.012) ? (['schedule_change'] as const) : []),
  ]
  const tape = tapeOf(run, who, late ? timeOf(day, '15:13') + random.int(0, 60_000) : undefined)
  const acts = [
    tape.write('start', 0, startBody(run, 'primary', tags), versionRef(run)),
    ...played.taps.flatMap((tap) => {
      const slip =
        random.chance(0.002) && SLIPS.includes(tap.noun) && !late && tap.after + 6_000 < played.length
      return slip ? slipOf(tape, tap, random) : [tape.write(tap.noun, tap.after, tap.body)]
    }),
    tape.write('end', played.length, {
      status: played.status,
      ...(broken ? { reason: broken } : {}),
    }),
  ]
  return { id: tape.session, played, acts: [...acts, ...corrections(run, who, tape, acts)] }
}

/** The case manager's own session of the same minutes, kept apart from the first (domain D.8). */
function watch(run: Run, observer: StaffKey, session: Session): Act[] {
  const tape = tapeOf(run, observer)
  return [
    tape.write('start', 900, startBody(run, 'ioa', []), { ...versionRef(run), of: session.id }),
    ...secondObserver(session.played.taps, run.random, run.spec.disagrees).map((tap) =>
      tape.write(tap.noun, tap.after, tap.body),
    ),
    tape.write('end', session.played.length + 1_100, { status: session.played.status }),
  ]
}

/** Taps that come far enough apart to be taken back before the next one. */
const SLIPS: readonly Tap['noun'][] = ['trial', 'step', 'occurrence']

interface Tape {
  readonly session: Uuid
  write(
    noun: string,
    after: number,
    body: object,
    more?: { version?: Uuid; of?: Uuid; replaces?: Uuid; reason?: string; entered?: number },
  ): Act
}

/** Writes the acts of one session. A session that is typed in later keeps its own times beside the time of typing. */
function tapeOf({ spec, begin, random }: Run, author: StaffKey, typedFrom?: number): Tape {
  const shared = author === 'kim' || (author !== managerOf(spec.student) && random.chance(0.06))
  const device = shared ? `tablet-${roomOf(spec)}-${author}` : `hand-${author}`
  const session = uuidv7(begin, random.bytes)
  let typed = typedFrom ?? 0
  return {
    session,
    write(noun, after, body, more = {}) {
      const { version, of, replaces, reason, entered } = more
      if (typedFrom !== undefined) typed += random.int(900, 4_000)
      const typedAt = entered ?? (typedFrom === undefined ? undefined : typed)
      return act(random, {
        author,
        device,
        kind: `sessions.${noun}`,
        student: spec.student,
        refs: { session, program: programId(spec.key), ...(version && { version }), ...(of && { of }) },
        body,
        at: begin + after,
        ...(typedAt === undefined ? {} : { entered: typedAt }),
        ...(replaces && { replaces }),
        ...(reason && { reason }),
      })
    },
  }
}

/** A wrong tap, undone within the five seconds that the Pad gives, then the right one. */
function slipOf(tape: Tape, tap: Tap, random: Random): Act[] {
  const undone = tap.after + random.int(1_200, 4_200)
  const wrong = tape.write(tap.noun, tap.after, wrongBody(tap))
  const undo = tape.write('void', undone, {}, { replaces: wrong.id, reason: 'mis_tap' })
  return [wrong, undo, tape.write(tap.noun, undone + random.int(500, 1_500), tap.body)]
}

/**
 * A result put right after the session: by who recorded it on the same afternoon, or by the case manager days
 * later, when the author's own time to correct is over (domain B.8).
 */
function corrections(run: Run, who: StaffKey, tape: Tape, acts: readonly Act[]): Act[] {
  const { spec, day, later, random } = run
  const trial = acts.findLast(({ kind }) => kind === 'sessions.trial')
  const body = trial?.body as { n: number; result: string } | undefined
  if (!trial || !body || trial.entered !== undefined || body.result === 'X') return []
  // Aim lines stand on baseline points: those are left as they are.
  if (phaseOn(spec, day).condition === 'baseline') return []
  const own = random.chance(0.02)
  const manager = managerOf(spec.student)
  if (!own && !(random.chance(0.004) && who !== manager)) return []
  const better = otherResult(body)
  const fields = { replaces: trial.id, reason: 'mis_tap' }
  if (own) {
    const entered = timeOf(day, '15:14') + random.int(0, 300_000)
    return [tape.write('trial', trial.at - run.begin, better, { ...fields, entered })]
  }
  const entered = timeOf(later, '15:40') + random.int(0, 600_000)
  const corrected = tape.write('trial', trial.at - run.begin, better, { ...fields, entered })
  return [{ ...corrected, author: manager, device: deskOf(manager) }]
}

function wrongBody(tap: Tap): object {
  return tap.noun === 'trial' ? otherResult(tap.body) : tap.body
}

function otherResult(body: { n: number; result: string }): { n: number; result: '+' | '-' } {
  return { n: body.n, result: body.result === '+' ? '-' : '+' }
}

function startBody({ spec, day }: Run, observer: 'primary' | 'ioa', tags: Tags): StartBody {
  const { measure } = versionOn(spec, day)
  const form = formOn(spec, day)
  return {
    measure,
    condition: phaseOn(spec, day).condition,
    observer,
    setting: spec.slot.place,
    tags,
    ...(form === undefined ? {} : { form }),
  }
}

/** A new text each week, so that none is read twice before all were. */
function formOn({ more, versions }: ProgramSpec, day: Day): string | undefined {
  const forms = more?.forms ?? []
  const weeks = Math.floor(daysBetween(versions[0]?.from ?? day, day) / 7)
  return forms[weeks % Math.max(1, forms.length)]?.id
}

function versionRef({ spec, day }: Run): { version: Uuid } {
  return { version: versionOn(spec, day).id }
}

/** The curve on a day: straight between its two nearest points. */
function curveAt(spec: ProgramSpec, day: Day): number {
  const x = Date.parse(day)
  const after = spec.curve.findIndex(([knot]) => knot >= day)
  const [toDay, to] = spec.curve[after < 0 ? spec.curve.length - 1 : after] ?? [day, 0]
  const [fromDay, from] = spec.curve[after <= 0 ? 0 : after - 1] ?? [day, 0]
  const span = Date.parse(toDay) - Date.parse(fromDay)
  return after <= 0 || span === 0 ? to : from + ((to - from) * (x - Date.parse(fromDay))) / span
}

/** Whether a relationship ties an adult to a student at an instant. */
function relationOf(relationships: readonly Relationship[]) {
  const spans = new Map<string, Relationship[]>()
  for (const row of relationships) {
    const key = `${row.person}/${row.student}`
    spans.set(key, [...(spans.get(key) ?? []), row])
  }
  return (who: StaffKey, student: StudentKey, at: number): boolean =>
    (spans.get(`${personId(who)}/${studentId(student)}`) ?? []).some(
      ({ from, to }) => Date.parse(from) <= at && (to === null || at < Date.parse(to)),
    )
}

function pair([who, weight]: readonly [StaffKey, number, Day?]): readonly [StaffKey, number] {
  return [who, weight]
}
