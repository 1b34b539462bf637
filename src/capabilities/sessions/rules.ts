/**
 * The rules of sessions, pure: what the records of one session come to. The same code runs on the device that
 * records, on the server and on every device that looks on, and must give the same bytes on each (G9).
 *
 * Read by the server's projections and rebuilds, the device store, the pad and the graphs. Parts: lines (records
 * and what they correct), clock (observed time), items, summary; beside them display, day, pad and ioa.
 */
import { dayOf } from '../../platform/core/days.ts'
import type { StoredRecord } from '../../platform/records/envelope.ts'
import type { View } from '../../platform/records/registry.ts'
import type { Settled } from '../../platform/records/settle.ts'
import { elapsed, isCaptured, runClock, type ObservationClock } from './clock.ts'
import { itemOf, itemsOf } from './items.ts'
import { deviceOrder, linesOf, precedes, type Line } from './lines.ts'
import { EndBody, SecondBody, StartBody, TimesBody, type Measure } from './records.ts'
import type { Flag, SessionItem, SessionState } from './state.ts'
import { summarize } from './summary.ts'
import type { Aside } from './systems/system.ts'

export { aggregateDay } from './day.ts'
export { asRate, countsComparable, displayValue, rateUnit } from './display.ts'
export { ioaOfSessions, type Agreement } from './ioa.ts'
export { buttonsOf, isRapid, nextTrial, observedMs, type StepButton, type TrialButton } from './pad.ts'

/** One session, from its start to its value. */
export const sessionView: View<SessionState> = {
  name: 'sessions.session',
  version: 1,
  kinds: [
    'sessions.start',
    'sessions.trial',
    'sessions.step',
    'sessions.occurrence',
    'sessions.mark',
    'sessions.moment',
    'sessions.tally',
    'sessions.pause',
    'sessions.resume',
    'sessions.end',
    'sessions.times',
    'sessions.second',
    'sessions.void',
  ],
  fold: foldSession,
  parent: (state) => `program:${state.program}`,
}

/**
 * Folds the settled records of one session. Null until its start is there, and when the start was voided.
 *
 * - Only the device that started the session counts; what another device recorded is another observer's and is
 *   set aside. A correction belongs to the device of what it corrects.
 * - The end that stands gives the status. Another device's end counts only where the own device made none. A
 *   resume after the end opens the session again. Trials and steps after the end count and are flagged;
 *   occurrences after it were not observed and are set aside.
 * - That the owner took it for the second observation of another session changes whose it stands beside, and nothing of
 *   what was recorded.
 * - Who says that the times are right, or by how much they are wrong, observes nothing: it counts from any device, and
 *   the newest answer holds.
 */
function foldSession(settled: Settled): SessionState | null {
  const { standing: all, rivals, undecided } = linesOf(settled)
  const answer = all.findLast(isTimes)
  const choice = all.findLast(isSecond)
  const standing = answer || choice ? all.filter(isObserved) : all
  const start = firstStart(standing)
  const plan = start && StartBody.safeParse(start.record.body).data
  if (!start || !plan || start.record.student === null) return null

  const device = start.origin.device
  const own: Line[] = []
  const foreign: Line[] = []
  for (const line of standing) (line.origin.device === device ? own : foreign).push(line)
  own.sort(deviceOrder)
  const data = foreign.filter(isNoEnd)
  const { clock, closedElsewhere } = clockWithEnd(start, own, foreign)
  const ending =
    clock.end && (EndBody.safeParse(clock.end.record.body).data ?? { status: 'partial' as const })
  const reason = ending?.reason ?? null

  const history = settled.all.filter((record) => record.device === device)
  const { spans, end } = clock
  const observedMs = provenMs(clock, own)
  const counted = itemsOf({ measure: plan.measure, own, history, spans, end, observedMs })
  // too much of it was missed, whatever the end says (domain C.3); of what goes on, or was not run, nobody can say
  const hasEnded = ending?.status === 'complete' || ending?.status === 'partial'
  const ofItems = counted.flags?.filter((flag) => hasEnded || flag !== 'many_missed') ?? []
  const tooFew = ending?.status === 'complete' && ofItems.includes('many_missed')
  const status = tooFew ? 'partial' : (ending?.status ?? 'open')
  const aside = [...counted.aside, ...setAside(rivals, 'conflict'), ...setAside(data, 'two_devices')].sort(
    (a, b) => compareText(a.at, b.at) || compareText(a.id, b.id),
  )

  const flags = new Set<Flag>([...clock.flags, ...ofItems])
  for (const { why } of aside) flags.add(why)
  if (undecided) flags.add('conflict')
  if (data.length > 0) flags.add('two_devices')
  if (closedElsewhere) flags.add('closed_elsewhere')
  if (!closedElsewhere && foreign.length > data.length) flags.add('ended_twice')
  if (ending?.status === 'partial') flags.add('interrupted')
  const isEstimated = counted.items.some(wasEstimated)
  const isApproximate = counted.items.some(wasApproximate)
  if (isEstimated) flags.add('estimated')
  if (isApproximate) flags.add('approximate')
  if (plan.source === 'paper') flags.add('from_paper')
  if (status === 'not_run' && counted.items.length > 0) flags.add('not_run_with_data')
  for (const line of standing) {
    if (isStart(line) && line !== start) flags.add('started_twice')
    if (isUnreadable(line.record)) flags.add('unreadable')
  }
  for (const line of own) {
    if (line.origin.author !== start.origin.author) flags.add('two_people')
    if (isItemAfter(line, clock.end)) flags.add('after_end')
  }
  for (const item of counted.items) if (hasUnknownLevel(item, plan.measure)) flags.add('unknown_level')

  const running = clock.running
  // who observed another session from the start is its second observer already
  const chosen = plan.observer === 'primary' && choice ? chosenIn(choice) : null
  const state: SessionState = {
    session: start.record.refs['session'] ?? start.record.id,
    program: start.record.refs['program'] ?? '',
    version: start.record.refs['version'] ?? '',
    student: start.record.student,
    observer: chosen ? 'ioa' : plan.observer,
    of: (chosen ? choice : start)?.record.refs['of'] ?? null,
    by: start.origin.onBehalfOf ?? start.origin.author,
    device,
    // The body came from JSON and was read by a strict schema: an optional field is absent, never undefined.
    measure: plan.measure as SessionState['measure'],
    condition: plan.condition,
    setting: plan.setting,
    ...(plan.material === undefined ? {} : { material: plan.material }),
    tags: plan.tags,
    day: dayOf(start.record.at, start.record.tz),
    started: start.record.at,
    ended: clock.end?.record.at ?? null,
    status,
    reason,
    observedMs: clock.observedMs,
    runningSince: running?.record.at ?? null,
    runningMono:
      running && isCaptured(running.record)
        ? { boot: running.record.mono.boot, ms: Math.round(running.record.mono.ms) }
        : null,
    items: counted.items,
    aside,
    levels: 'prompts' in plan.measure ? tally(counted.items) : {},
    summary: summarize(plan.measure, counted.value, status, reason, isEstimated || isApproximate),
    flags: [...flags].sort(),
    ...(chosen ? { chosen } : {}),
  }
  const times = answer && TimesBody.safeParse(answer.record.body).data
  return times
    ? moved(state, times.shift_ms, answer.origin.onBehalfOf ?? answer.origin.author, start.record.tz)
    : state
}

const isStart = ({ record }: Line) => record.kind === 'sessions.start'
const isEnd = ({ record }: Line) => record.kind === 'sessions.end'
const isNoEnd = (line: Line) => !isEnd(line)
const isTimes = ({ record }: Line) => record.kind === 'sessions.times'
const isSecond = ({ record }: Line) => record.kind === 'sessions.second'
/** Not what is said about a session, by whom on whatever device, and is no part of what was observed. */
const isObserved = (line: Line) => !isTimes(line) && !isSecond(line)
const wasEstimated = (item: SessionItem) => item.estimated
const wasApproximate = (item: SessionItem) => item.approximate

function chosenIn({ record, origin }: Line): NonNullable<SessionState['chosen']> {
  const reason = SecondBody.safeParse(record.body).data?.reason
  const by = origin.onBehalfOf ?? origin.author
  return { id: record.id, by, at: record.at, ...(reason === undefined ? {} : { reason }) }
}

/** The same session at the times that somebody stood for; how long things took does not change. */
function moved(state: SessionState, shiftMs: number, by: string, tz: string): SessionState {
  const times = { shiftMs, by }
  if (shiftMs === 0) return { ...state, times }
  const then = (at: string) => new Date(Date.parse(at) + shiftMs).toISOString()
  const started = then(state.started)
  return {
    ...state,
    day: dayOf(started, tz),
    started,
    ended: state.ended === null ? null : then(state.ended),
    items: state.items.map((item) => ({ ...item, at: then(item.at) })),
    aside: state.aside.map((item) => ({ ...item, at: then(item.at) })),
    flags: [...state.flags, 'times_moved' as const].sort(),
    times,
  }
}

/**
 * The start that the session has its device from: the one the server had first, whatever times they claim. Who starts
 * a session again knows its id from the first start, so a later one can never set the first one's data aside.
 */
function firstStart(standing: readonly Line[]): Line | undefined {
  const receivedOf = (line: Line) => line.origin.received ?? Infinity
  return standing
    .filter(isStart)
    .reduce<Line | undefined>(
      (first, line) => (first && receivedOf(first) <= receivedOf(line) ? first : line),
      undefined,
    )
}

/** The clock of the own device; another device's end closes it only when the own device never did. */
function clockWithEnd(
  start: Line,
  own: readonly Line[],
  foreign: readonly Line[],
): { clock: ObservationClock; closedElsewhere: boolean } {
  const clock = runClock(start, own)
  const last = foreign.findLast(isEnd)
  if (clock.end || !last) return { clock, closedElsewhere: false }
  return { clock: runClock(start, [...own, last]), closedElsewhere: true }
}

/** Observed milliseconds, and for a clock that still runs only as far as the last record shows it running. */
function provenMs(clock: ObservationClock, own: readonly Line[]): number {
  const { running } = clock
  if (!running) return clock.observedMs
  const shown = own
    .filter((line) => isCaptured(line.record) && !precedes(line, running))
    .map((line) => elapsed(running.record, line.record).ms)
  return clock.observedMs + Math.max(0, ...shown)
}

function setAside(lines: readonly Line[], why: Aside['why']): Aside[] {
  return lines.flatMap(({ record }) => {
    const item = itemOf(record)
    return item ? [{ ...item, why }] : []
  })
}

function isItemAfter(line: Line, end: Line | null): boolean {
  return end !== null && precedes(end, line) && itemOf(line.record) !== null
}

function hasUnknownLevel(item: SessionItem, measure: Measure): boolean {
  if (item.level === null || !('prompts' in measure)) return false
  return !measure.prompts.levels.some((level) => level.code === item.level)
}

const NOUNS = /\.(trial|step|mark|moment|tally)$/

function isUnreadable(record: StoredRecord): boolean {
  if (NOUNS.test(record.kind)) return itemOf(record) === null
  return record.kind === 'sessions.end' && !EndBody.safeParse(record.body).success
}

function tally(items: readonly SessionItem[]): { [code: string]: number } {
  const counts: { [code: string]: number } = {}
  for (const item of items) counts[item.code] = (counts[item.code] ?? 0) + 1
  return counts
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
