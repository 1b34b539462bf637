/**
 * What a tap records: the drafts that a screen hands to the device. One act may be several records (the first tap of
 * a session also starts it). Pure; the ids and instants that are new come from the caller.
 */
import type { Json } from '../../platform/core/canonical.ts'
import type { Uuid } from '../../platform/core/ids.ts'
import type { Program } from './program.ts'
import type { EndBody, Measure, StartBody } from './records.ts'
import type { SessionItem, SessionState } from './state.ts'

/** A record before the device stamps it. */
export interface SessionDraft {
  readonly kind: string
  readonly body: { readonly [key: string]: Json }
  readonly student: Uuid
  readonly refs: Readonly<Record<string, Uuid>>
  readonly replaces?: Uuid
  readonly reason?: string
  readonly at?: string
  readonly entered?: string
}

/** Where records go: a session that stands, or one that is about to. */
export type SessionRef = Pick<SessionState, 'session' | 'program' | 'student' | 'times'>

/** What is tapped: one trial, one step or one occurrence. */
export type Tap =
  | { readonly noun: 'trial' | 'step'; readonly n: number; readonly result: string; readonly level?: string }
  | { readonly noun: 'occurrence' }

/** Reasons that may stand beside a correction; `other` is followed by the person's own words. */
export const CORRECTION_REASONS = ['mis_tap', 'wrong_student', 'wrong_time', 'other'] as const
export type CorrectionReason = (typeof CORRECTION_REASONS)[number]

/** Starts a session under the latest version of a program, which it copies its measurement from. */
export function startDraft(
  program: Program,
  session: Uuid,
  where: { readonly setting: string; readonly tags: StartBody['tags']; readonly material?: string },
): SessionDraft {
  const { id, student, version, body, phase } = program
  return start({ session, program: id, student }, version, {
    measure: body.measure,
    condition: phase?.condition ?? 'intervention',
    observer: 'primary',
    setting: where.setting.slice(0, 80),
    tags: where.tags,
    ...(where.material === undefined ? {} : { material: where.material }),
  })
}

/** Starts a second observer's session: under the very version, condition and form of the session it watches. */
export function observeDraft(watched: SessionState, session: Uuid, form?: string): SessionDraft {
  const { program, student, version, measure, condition, setting } = watched
  const body = {
    measure,
    condition,
    observer: 'ioa' as const,
    setting,
    tags: [],
    ...(form === undefined ? {} : { form }),
  }
  return start({ session, program, student }, version, body, watched.session)
}

function start(
  ref: SessionRef,
  version: Uuid,
  body: Omit<StartBody, 'measure' | 'condition'> & {
    measure: Measure | SessionState['measure']
    condition: string
  },
  of?: Uuid,
): SessionDraft {
  const refs = { session: ref.session, program: ref.program, version, ...(of === undefined ? {} : { of }) }
  // Read by a strict schema from JSON, so it is JSON: what is absent is not there at all.
  return {
    kind: 'sessions.start',
    student: ref.student,
    refs,
    body: body as SessionDraft['body'],
  }
}

export function tapDraft(ref: SessionRef, tap: Tap): SessionDraft {
  return { kind: `sessions.${tap.noun}`, ...into(ref), body: bodyOf(tap) }
}

export function clockDraft(ref: SessionRef, noun: 'pause' | 'resume'): SessionDraft {
  return { kind: `sessions.${noun}`, ...into(ref), body: {} }
}

export function endDraft(
  ref: SessionRef,
  status: EndBody['status'],
  reason?: EndBody['reason'],
): SessionDraft {
  const body = { status, ...(reason === undefined ? {} : { reason }) }
  return { kind: 'sessions.end', ...into(ref), body }
}

/** Somebody stands for the times: 0 = they are right, else all of them were so many ms later. */
export function timesDraft(ref: SessionRef, shiftMs: number): SessionDraft {
  return { kind: 'sessions.times', ...into(ref), body: { shift_ms: shiftMs } }
}

/** An instant of a session's state as the device wrote it: whatever is recorded is moved when the session is folded. */
export function asWritten({ times }: Pick<SessionRef, 'times'>, at: string): string {
  return times ? new Date(Date.parse(at) - times.shiftMs).toISOString() : at
}

/** Withdraws a record. */
export function voidDraft(ref: SessionRef, target: Uuid, reason: string = 'mis_tap'): SessionDraft {
  return { kind: 'sessions.void', ...into(ref), body: {}, replaces: target, reason }
}

/** Puts another result in the place of an item. It happened when the item happened; it is typed now. */
export function correctionDraft(
  ref: SessionRef,
  item: Pick<SessionItem, 'id' | 'at'>,
  tap: Tap,
  reason: string,
  now: string,
): SessionDraft {
  return { ...tapDraft(ref, tap), replaces: item.id, reason, at: asWritten(ref, item.at), entered: now }
}

/** Brings back an item that was withdrawn, where and when it was. */
export function restoreDraft(
  ref: SessionRef,
  item: SessionItem,
  noun: Tap['noun'],
  now: string,
): SessionDraft {
  return { ...tapDraft(ref, tapOf(item, noun)), at: asWritten(ref, item.at), entered: now }
}

/** The tap that made an item. */
export function tapOf(item: SessionItem, noun: Tap['noun']): Tap {
  if (noun === 'occurrence') return { noun }
  return { noun, n: item.n, result: item.result, ...(item.level === null ? {} : { level: item.level }) }
}

export function nounOf(measure: Pick<Measure, 'system'>): Tap['noun'] {
  const isTrial = measure.system === 'trials' || measure.system === 'opportunities'
  return isTrial ? 'trial' : measure.system === 'steps' ? 'step' : 'occurrence'
}

/**
 * Takes back an act whose records have these ids, newest first. The start goes with it when the act made it and
 * nothing else stands in the session; otherwise the session goes on.
 */
export function undoDrafts(
  ref: SessionRef,
  made: readonly { readonly id: Uuid; readonly kind: string }[],
  state: Pick<SessionState, 'items'> | null,
): SessionDraft[] {
  const ids = new Set(made.map((record) => record.id))
  const isAlone = !state || state.items.every((item) => ids.has(item.id))
  return made
    .filter((record) => record.kind !== 'sessions.start' || isAlone)
    .toReversed()
    .map((record) => voidDraft(ref, record.id))
}

function into({ session, program, student }: SessionRef) {
  return { student, refs: { session, program } }
}

function bodyOf(tap: Tap): { readonly [key: string]: Json } {
  if (tap.noun === 'occurrence') return {}
  const { result, level } = tap
  const place = tap.noun === 'trial' ? { n: tap.n } : { step: tap.n }
  return { ...place, result, ...(level === undefined ? {} : { level }) }
}
