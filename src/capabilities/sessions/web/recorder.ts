/**
 * Everything that can be recorded on one goal, each as one act that says what happened and can be taken back. The
 * card and its sheets call it; nothing else on the pad makes records.
 *
 * Each act looks at the device as it is at that moment and not at what was last drawn, so that two quick taps never
 * start two sessions.
 */
import { useLingui } from '@lingui/react/macro'
import { useRef } from 'react'
import { uuidv7, type Uuid } from '../../../platform/core/ids.ts'
import type { StoredRecord } from '../../../platform/records/envelope.ts'
import { useAct } from '../../../platform/web/act.ts'
import { wordOfButton } from '../../../platform/web/i18n/results.ts'
import { useDevice } from '../../../platform/web/store/hooks.ts'
import {
  asWritten,
  clockDraft,
  correctionDraft,
  endDraft,
  nounOf,
  observeDraft,
  restoreDraft,
  startDraft,
  tapDraft,
  tapOf,
  undoDrafts,
  voidDraft,
  type CorrectionReason,
  type SessionDraft,
  type SessionRef,
  type Tap,
} from '../drafts.ts'
import { isOpen, nextPlace } from '../goal.ts'
import type { Program } from '../program.ts'
import type { EndBody, MarkBody, Measure, MomentBody, StartBody, TallyBody } from '../records.ts'
import { isRapid, sessionView } from '../rules.ts'
import type { SessionItem, SessionState } from '../state.ts'
import { clockText } from './clock-text.ts'
import { countedIn } from './counted.ts'
import { goalNow, type Place } from './hooks.ts'
import { wordOfItem, wordOfReason, type NotRunReason, type PadButton } from './words.ts'

/** What a pad puts into a session where a tap is neither a trial, nor a step, nor an occurrence. */
export type Put =
  | { readonly noun: 'mark'; readonly body: MarkBody }
  | { readonly noun: 'moment'; readonly body: MomentBody; readonly at?: string }
  | { readonly noun: 'tally'; readonly body: TallyBody; readonly at?: string }
  | { readonly noun: 'photo'; readonly body: { jpeg: string; purpose: 'instruction_record' } }

export interface PutOptions {
  /** What happened, without the student and the goal: “on for 42 s”. Null says nothing. */
  readonly said: string | null
  /** The form a session that this begins uses. */
  readonly form?: string
  /** Ends the session with it. */
  readonly ends?: boolean
}

export interface Recorder {
  /** A result for a trial or step: at `n`, or at the next free place. */
  tap(button: PadButton, n?: number): void
  /** One occurrence. */
  count(): void
  /**
   * One tap of a pad, as one or several records; begins the session where none is open. A put with an `at` says
   * afterwards when it was. False: the tap was the bounce of the one before.
   */
  put(puts: readonly Put[], options: PutOptions): boolean
  /** A timer that nobody stopped: it and the session end at that instant, as an estimate (domain C.3). */
  stopForgotten(session: SessionState, at: string): void
  /** Puts something else in the place of a record of the session, at its own instant or another one. */
  change(session: SessionState, target: Uuid, put: Put, reason: string, said: string): void
  /** Takes records of a session out. */
  takeOut(session: SessionState, targets: readonly Uuid[], reason: string, said: string): void
  /** What the session is, or was, run with: a material, or the form that is read. `name` is what it is called. */
  using(
    session: SessionState,
    what: { readonly material: string } | { readonly form: string },
    name: string,
  ): void
  /** The session ended when the observation clock showed this many milliseconds. */
  observed(session: SessionState, ms: number): void
  /** The whole session was another student's: it goes there, and here it is withdrawn (domain B.8). */
  move(session: SessionState, target: Program, whose: string): void
  /** Steps that the adult did. */
  adult(steps: readonly number[]): void
  /** Starts a session without a result: the observation clock, or a run that another adult joins. */
  watch(): void
  pause(): void
  goOn(): void
  end(session: SessionState, status: EndBody['status'], reason?: NotRunReason): void
  /** Ends a session of an earlier day at the last thing recorded in it. */
  close(session: SessionState, status: 'complete' | 'partial'): void
  /** Says of goals that have no session why they were not run. */
  notRun(programs: readonly Program[], reason: NotRunReason): void
  /** Opens an ended session again; its clock stood still meanwhile. */
  reopen(session: SessionState): void
  /** Takes back that a session was ended or not run; one without a result goes altogether. */
  takeBack(session: SessionState): void
  observe(watched: SessionState): void
  correct(session: SessionState, item: SessionItem, button: PadButton, reason: string): void
  remove(session: SessionState, item: SessionItem, reason: string): void
}

export interface RecorderOptions {
  readonly program: Program
  readonly place: Place
  /** Of the student. */
  readonly initials: string
  readonly tags: StartBody['tags']
  /** What the next session is run with, where the mastery rule asks for it; undefined = nobody said. */
  readonly material: string | undefined
}

export function useRecorder({ program, place, initials, tags, material }: RecorderOptions): Recorder {
  const { t, i18n } = useLingui()
  const device = useDevice()
  const act = useAct()
  /** Monotonic ms of the last tap that counted. */
  const lastTap = useRef<number | null>(null)
  const { title } = program.body

  const now = () => new Date(device.clock.now()).toISOString()
  const newRef = (of: Program): SessionRef => ({
    session: uuidv7(device.clock.now()),
    program: of.id,
    student: of.student,
  })
  const startOf = (of: Program, { session }: SessionRef) =>
    startDraft(of, session, {
      setting: place.block.place,
      tags,
      ...(of.id !== program.id || material === undefined ? {} : { material }),
    })

  /** The open session, or one that the first of the drafts starts; its own measurement, and the place of the next tap. */
  const into = () => {
    const { own, partner } = goalNow(device, program.id, place)
    if (own && isOpen(own)) {
      const measure = own.measure as Measure
      return { ref: own, open: own, start: [], measure, next: nextPlace(own, partner) }
    }
    const ref = newRef(program)
    return { ref, open: null, start: [startOf(program, ref)], measure: program.body.measure, next: 1 }
  }

  const isBounce = (measure: Measure): boolean => {
    const at = device.clock.mono()
    const rapid = isRapid(lastTap.current, at, measure)
    if (!rapid) lastTap.current = at
    return rapid
  }

  const undoOf = (ref: SessionRef) => (made: readonly StoredRecord[]) => {
    // what was undone was no tap to measure the next one by
    lastTap.current = null
    return undoDrafts(ref, made, stateOf(ref))
  }
  const partitionOf = ({ session, program: of, student }: SessionRef) =>
    device.partitionOf({ kind: 'sessions.start', student, refs: { session, program: of } })
  const stateOf = (ref: SessionRef) => {
    const partition = partitionOf(ref)
    return partition === null ? null : device.state(sessionView, partition)
  }
  /** The form that a session is read from, as far as its start says. */
  const formOf = (ref: SessionRef): string | undefined => {
    const partition = partitionOf(ref)
    const live = partition === null ? [] : device.settled(partition).live
    const form = live.find(({ kind }) => kind === 'sessions.start')?.body['form']
    return typeof form === 'string' ? form : undefined
  }
  const recordIn = (ref: SessionRef, id: Uuid) => {
    const partition = partitionOf(ref)
    return partition === null ? undefined : device.records(partition).find((record) => record.id === id)
  }
  const withdraw = (made: readonly StoredRecord[]): SessionDraft[] =>
    made.toReversed().map((record) => voidDraft(refOf(record), record.id))

  const spoken = (noun: Tap['noun'], n: number, word: string): string =>
    noun === 'step' ? t`${initials} step ${n}: ${word}` : t`${initials} trial ${n}: ${word}`

  return {
    tap(button, at) {
      const { ref, start, measure, next } = into()
      const n = at ?? next
      const noun = nounOf(measure)
      if (n === null || noun === 'occurrence' || isBounce(measure)) return
      const { result, level } = button
      const tap: Tap = { noun, n, result, ...(level === undefined ? {} : { level }) }
      act({
        drafts: [...start, tapDraft(ref, tap)],
        said: spoken(noun, n, wordOfButton(i18n, button)),
        undo: undoOf(ref),
      })
    },

    count() {
      const { ref, open, start, measure } = into()
      const bounce = isBounce(measure)
      const total = countedIn(open?.items ?? []) + 1
      // a bounce is recorded like any tap and set aside by the rules; only nothing is said of it
      act({
        drafts: [...start, tapDraft(ref, { noun: 'occurrence' })],
        said: bounce ? null : t`${initials} ${title}: ${total}`,
        ...(bounce ? {} : { undo: undoOf(ref) }),
      })
    },

    put(puts, { said, form, ends = false }) {
      const { ref, start, measure } = into()
      if (isBounce(measure)) return false
      const begun = start.map((draft) =>
        form === undefined ? draft : { ...draft, body: { ...draft.body, form } },
      )
      act({
        drafts: [
          ...begun,
          ...puts.map((put) => putDraft(ref, put, now())),
          ...(ends ? [endDraft(ref, 'complete')] : []),
        ],
        said: said === null ? null : t`${initials} ${title}: ${said}`,
        undo: undoOf(ref),
      })
      return true
    },

    stopForgotten(session, at) {
      const state = stateOf(session)
      // another tab, or a person, was quicker
      if (!state || !isOpen(state) || !state.items.some(isGoingOn)) return
      // the session ends after what ends in it
      const end = new Date(Date.parse(at) + 1).toISOString()
      act({
        drafts: [
          putDraft(state, { noun: 'moment', body: { code: 'off', estimated: true }, at }, now()),
          { ...endDraft(state, 'partial'), at: end, entered: now() },
        ],
        said: t`${initials} ${title}: ended, as an estimate`,
        undo: withdraw,
      })
    },

    change(session, target, put, reason, said) {
      const before = recordIn(session, target)
      if (!before) return
      const at = 'at' in put && put.at !== undefined ? put.at : before.at
      act({
        drafts: [{ ...putDraft(session, put, now()), at, entered: now(), replaces: target, reason }],
        said: t`${initials} ${title}: ${said} (corrected)`,
        // a voided correction would take the record with it: what was there is put back instead
        undo: ([made]) =>
          made ? [{ ...copyOf(before, session), entered: now(), replaces: made.id, reason: 'mis_tap' }] : [],
      })
    },

    takeOut(session, targets, reason, said) {
      const before = targets.flatMap((target) => recordIn(session, target) ?? [])
      act({
        drafts: before.map((record) => voidDraft(session, record.id, reason)),
        said: t`${initials} ${title}: ${said} (taken out)`,
        undo: () => before.map((record) => ({ ...copyOf(record, session), entered: now() })),
      })
    },

    using(session, what, name) {
      const partition = partitionOf(session)
      const live = partition === null ? [] : device.settled(partition).live
      const start = live.find(({ kind }) => kind === 'sessions.start')
      if (!start) return
      const again = (body: SessionDraft['body'], replaces: Uuid): SessionDraft => ({
        kind: start.kind,
        student: session.student,
        refs: start.refs,
        at: start.at,
        entered: now(),
        body,
        replaces,
        reason: 'other',
      })
      act({
        drafts: [again({ ...start.body, ...what }, start.id)],
        said: t`${initials} ${title}: with ${name}`,
        undo: ([made]) => (made ? [again(start.body, made.id)] : []),
      })
    },

    observed(session, ms) {
      const partition = partitionOf(session)
      const live = partition === null ? [] : device.settled(partition).live
      const end = live.findLast((record) => record.kind === 'sessions.end')
      if (!end) return
      const at = new Date(Date.parse(end.at) + ms - session.observedMs).toISOString()
      const text = clockText(ms)
      act({
        drafts: [{ ...copyOf(end, session), at, entered: now(), replaces: end.id, reason: 'wrong_time' }],
        said: t`${initials} ${title}: watched for ${text} (corrected)`,
        undo: ([made]) =>
          made ? [{ ...copyOf(end, session), entered: now(), replaces: made.id, reason: 'mis_tap' }] : [],
      })
    },

    move(session, target, whose) {
      const partition = partitionOf(session)
      const live = partition === null ? [] : device.settled(partition).live
      const ref = newRef(target)
      const entered = now()
      const moved = live.map((record) =>
        record.kind === 'sessions.start'
          ? { ...startOf(target, ref), at: record.at, entered }
          : { ...copyOf(record, ref), entered },
      )
      const gone = live
        .toReversed()
        .map((record) => voidDraft(session, record.id, 'wrong_student' satisfies CorrectionReason))
      act({ drafts: [...moved, ...gone], said: t`Moved to ${whose}` })
    },

    adult(steps) {
      const { ref, start, measure } = into()
      if (isBounce(measure)) return
      const [first = 0, last = first] = [steps[0], steps.at(-1)]
      act({
        drafts: [...start, ...steps.map((n) => tapDraft(ref, { noun: 'step', n, result: 'A' }))],
        said:
          first === last
            ? t`${initials} step ${first}: done by adult`
            : t`${initials} steps ${first} to ${last}: done by adult`,
        undo: undoOf(ref),
      })
    },

    watch() {
      const { ref, open, start, measure } = into()
      if (open || isBounce(measure)) return
      act({
        drafts: start,
        said:
          nounOf(measure) === 'occurrence'
            ? t`${initials} ${title}: watching`
            : t`${initials} ${title}: begun`,
        undo: undoOf(ref),
      })
    },

    pause() {
      const { own } = goalNow(device, program.id, place)
      if (!own || own.runningSince === null) return
      act({ drafts: [clockDraft(own, 'pause')], said: t`${initials} ${title}: paused`, undo: withdraw })
    },

    goOn() {
      const { own } = goalNow(device, program.id, place)
      if (!own || own.runningSince !== null) return
      act({ drafts: [clockDraft(own, 'resume')], said: t`${initials} ${title}: going on`, undo: withdraw })
    },

    end(session, status, reason) {
      const why = wordOfReason(i18n, reason ?? null)
      act({
        drafts: [endDraft(session, status, reason)],
        said:
          status === 'not_run'
            ? t`${initials} ${title}: not run. ${why}`
            : status === 'partial'
              ? t`${initials} ${title}: stopped early. ${why}`
              : t`${initials} ${title}: finished`,
        undo: withdraw,
      })
    },

    close(session, status) {
      const at = lastInstant(session)
      act({
        drafts: [{ ...endDraft(session, status), at, entered: now() }],
        said: t`${initials} ${title}: finished`,
        undo: withdraw,
      })
    },

    notRun(programs, reason) {
      const why = wordOfReason(i18n, reason)
      const drafts = programs.flatMap((one) => {
        const ref = newRef(one)
        return [startOf(one, ref), endDraft(ref, 'not_run', reason)]
      })
      act({
        drafts,
        said:
          programs.length > 1
            ? t`${initials} ${programs.length} goals: not run. ${why}`
            : t`${initials} ${title}: not run. ${why}`,
        undo: withdraw,
      })
    },

    reopen(session) {
      act({
        drafts: [clockDraft(session, 'resume')],
        said: t`${initials} ${title}: open again`,
        undo: withdraw,
      })
    },

    takeBack(session) {
      const partition = partitionOf(session)
      const live = partition === null ? [] : device.settled(partition).live
      const gone = live.filter(
        ({ kind }) => kind === 'sessions.end' || (kind === 'sessions.start' && session.items.length === 0),
      )
      act({ drafts: withdraw(gone), said: t`${initials} ${title}: taken back` })
    },

    observe(watched) {
      const session = uuidv7(device.clock.now())
      const ref = { session, program: watched.program, student: watched.student }
      act({
        drafts: [observeDraft(watched, session, formOf(watched))],
        said: t`${initials} ${title}: you observe`,
        undo: undoOf(ref),
      })
    },

    correct(session, item, button, reason) {
      const noun = nounOf(session.measure)
      if (noun === 'occurrence') return
      const { result, level } = button
      const tap: Tap = { noun, n: item.n, result, ...(level === undefined ? {} : { level }) }
      act({
        drafts: [correctionDraft(session, item, tap, reason, now())],
        said: t`${spoken(noun, item.n, wordOfButton(i18n, button))} (corrected)`,
        // a voided correction would take the item with it: the old result is put back instead
        undo: ([made]) =>
          made
            ? [correctionDraft(session, { id: made.id, at: item.at }, tapOf(item, noun), 'mis_tap', now())]
            : [],
      })
    },

    remove(session, item, reason) {
      const noun = nounOf(session.measure)
      act({
        drafts: [voidDraft(session, item.id, reason)],
        said:
          noun === 'occurrence'
            ? t`${initials} ${title}: one taken out`
            : t`${spoken(noun, item.n, wordOfItem(i18n, item, session.measure))} (taken out)`,
        undo: () => [restoreDraft(session, item, noun, now())],
      })
    },
  }
}

function refOf(record: StoredRecord): SessionRef {
  const { session = '', program = '' } = record.refs
  return { session, program, student: record.student ?? '' }
}

/** When the last thing in a session was over. */
function lastInstant(state: SessionState): string {
  const { items, started } = state
  const ends = items.map((item) => Date.parse(item.at) + (item.ms ?? 0))
  return asWritten(state, new Date(Math.max(Date.parse(started), ...ends)).toISOString())
}

function isGoingOn(item: SessionItem): boolean {
  return item.ms === undefined
}

/** A put as a record; one that says when it was is typed in now. */
export function putDraft(ref: SessionRef, put: Put, now: string): SessionDraft {
  const { session, program, student } = ref
  const at = 'at' in put ? put.at : undefined
  return {
    kind: `sessions.${put.noun}`,
    student,
    refs: { session, program },
    // read by the same strict schema when it is captured
    body: put.body as SessionDraft['body'],
    ...(at === undefined ? {} : { at, entered: now }),
  }
}

/** The same thing at the same instant, in that session. */
function copyOf(record: StoredRecord, { session, program, student }: SessionRef): SessionDraft {
  return { kind: record.kind, student, refs: { session, program }, body: record.body, at: record.at }
}
