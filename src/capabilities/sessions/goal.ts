/**
 * One goal on one day as one person's screens show it: which session is theirs to record into, who else records,
 * what must stay hidden so that two observers stay independent, and whether the day's run is done.
 *
 * Read by the pad, by Today, and by every screen that shows sessions while somebody observes (`hiddenFrom`).
 */
import type { Day } from '../../platform/core/days.ts'
import type { Uuid } from '../../platform/core/ids.ts'
import { nextTrial, placesOf } from './pad.ts'
import type { SessionState } from './state.ts'

/** A stretch of the day in which a program is planned. Instants, ISO. */
export interface PlannedSpan {
  readonly start: string
  readonly end: string
}

export interface GoalQuestion<Span extends PlannedSpan> {
  /** Every session of the program that is known here. */
  readonly states: readonly SessionState[]
  readonly day: Day
  readonly block: Span
  /** The blocks of that day in which the program is planned. */
  readonly blocks: readonly Span[]
  /** Id of this device for this person. */
  readonly device: Uuid
  readonly person: Uuid
}

export interface Goal {
  /** To record into while open, to look at once ended. Null: not begun in this block. */
  readonly own: SessionState | null
  /** Sessions that others, or another device, run as the primary recorder at this moment. */
  readonly others: readonly SessionState[]
  /** Sessions that others have finished in this block. */
  readonly finished: readonly SessionState[]
  /** Own sessions of earlier days that nobody ended. */
  readonly leftOpen: readonly SessionState[]
  /** The session at the other end of an observation, when `own` is one end of it. Possibly hidden: ask `isHidden`. */
  readonly partner: SessionState | null
  /** True until both ends of the observation have closed. */
  readonly isHidden: boolean
}

/** What a card shows. An own open session of the day goes on in whatever block it is looked at. */
export function goalOf<Span extends PlannedSpan>(question: GoalQuestion<Span>): Goal {
  const { states, day, block, blocks, device, person } = question
  const today = states.filter((state) => state.day === day)
  const inBlock = (state: SessionState) => blockOf(state, blocks) === block
  const mine = today.filter((state) => state.device === device).toSorted(byStart)
  const own = mine.findLast(isOpen) ?? mine.findLast(inBlock) ?? null
  const theirs = today
    .filter((state) => state.observer === 'primary' && state.device !== device)
    .toSorted(byStart)
  const partner = own && partnerOf(own, states)
  return {
    own,
    others: theirs.filter(isOpen),
    finished: theirs.filter((state) => !isOpen(state) && state.status !== 'not_run' && inBlock(state)),
    leftOpen: states
      .filter((state) => state.device === device && isOpen(state) && state.day < day)
      .toSorted(byStart),
    partner,
    isHidden: partner !== null && hiddenFrom(states, person).has(partner.session),
  }
}

/** The session that a second observer watches, or the observer's session that watches this one. */
export function partnerOf(state: SessionState, states: readonly SessionState[]): SessionState | null {
  if (state.observer === 'ioa') return states.find((other) => other.session === state.of) ?? null
  const watching = states.filter((other) => other.observer === 'ioa' && other.of === state.session)
  return watching.toSorted(byStart).at(-1) ?? null
}

/**
 * Sessions whose results a person must not see yet: while two watch one session, neither sees what the other
 * records until both have closed (semantics 2.7; domain D.8).
 */
export function hiddenFrom(states: readonly SessionState[], person: Uuid): ReadonlySet<Uuid> {
  const hidden = new Set<Uuid>()
  for (const second of states) {
    if (second.observer !== 'ioa' || second.of === null) continue
    const watched = states.find((state) => state.session === second.of)
    const closed = !isOpen(second) && watched !== undefined && !isOpen(watched)
    if (closed) continue
    if (second.by === person) hidden.add(second.of)
    if (watched?.by === person) hidden.add(second.session)
  }
  return hidden
}

/**
 * The place that the next tap takes. A second observer who came late begins at the trial that is run now, so that
 * both number the same trials alike.
 */
export function nextPlace(own: SessionState, watched: SessionState | null): number | null {
  const next = nextTrial(own)
  // the items of a list are there all the time; trials and steps pass
  if (next === null || own.observer !== 'ioa' || own.chosen || !watched || !('prompts' in own.measure))
    return next
  const before = watched.items.filter((item) => item.at <= own.started)
  const first = Math.max(0, ...before.map((item) => item.n)) + 1
  if (next >= first) return next
  const taken = new Set(own.items.map((item) => item.n))
  let n = first
  while (taken.has(n)) n++
  return n > placesOf(own.measure) ? null : n
}

/**
 * Whether a planned run is done: recorded by anyone, said not to have been run (with a reason that counts as done),
 * running, or due. `session` is the one that says so.
 */
export interface Standing {
  readonly is: 'due' | 'open' | 'recorded' | 'not_run'
  readonly session: SessionState | null
}

export function standingOf<Span extends PlannedSpan>(
  question: Pick<GoalQuestion<Span>, 'states' | 'day' | 'block' | 'blocks'>,
): Standing {
  const { states, day, block, blocks } = question
  const here = states
    .filter((state) => state.day === day && state.observer === 'primary' && blockOf(state, blocks) === block)
    .toSorted(byStart)
  const last = (is: (state: SessionState) => boolean) => here.findLast(is) ?? null
  const open = last(isOpen)
  if (open) return { is: 'open', session: open }
  const recorded = last((state) => state.status === 'complete' || state.status === 'partial')
  if (recorded) return { is: 'recorded', session: recorded }
  const notRun = last((state) => state.status === 'not_run')
  return notRun ? { is: 'not_run', session: notRun } : { is: 'due', session: null }
}

export function isOpen(state: Pick<SessionState, 'status'>): boolean {
  return state.status === 'open'
}

/** The block that a session belongs to: the one it was started in, else the nearest in time, else none. */
function blockOf<Span extends PlannedSpan>(state: SessionState, blocks: readonly Span[]): Span | null {
  const at = Date.parse(state.started)
  let nearest: Span | null = null
  let least = Infinity
  for (const block of blocks) {
    const from = Date.parse(block.start)
    const to = Date.parse(block.end)
    const away = at < from ? from - at : at < to ? 0 : at - to + 1
    if (away < least) [nearest, least] = [block, away]
  }
  return nearest
}

function byStart(a: SessionState, b: SessionState): number {
  return Date.parse(a.started) - Date.parse(b.started) || (a.session < b.session ? -1 : 1)
}
