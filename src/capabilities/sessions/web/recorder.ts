/**
 * Everything that can be recorded on one goal, each as one act that says what happened and can be taken back. The
 * card and its sheets call it; nothing else on the pad makes records.
 *
 * Each act looks at the device as it is at that moment and not at what was last drawn, so that two quick taps never
 * start two sessions.
 */
import { useLingui } from '@lingui/react/macro'
import { useRef } from 'react'
import { uuidv7 } from '../../../platform/core/ids.ts'
import type { StoredRecord } from '../../../platform/records/envelope.ts'
import { useAct } from '../../../platform/web/act.ts'
import { useDevice } from '../../../platform/web/store/hooks.ts'
import {
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
  type SessionDraft,
  type SessionRef,
  type Tap,
} from '../drafts.ts'
import { isOpen, nextPlace } from '../goal.ts'
import type { Program } from '../program.ts'
import type { EndBody, Measure, StartBody } from '../records.ts'
import { isRapid, sessionView } from '../rules.ts'
import type { SessionItem, SessionState } from '../state.ts'
import { goalNow, type Place } from './hooks.ts'
import { wordOfButton, wordOfItem, wordOfReason, type NotRunReason, type PadButton } from './words.ts'

export interface Recorder {
  /** A result for a trial or step: at `n`, or at the next free place. */
  tap(button: PadButton, n?: number): void
  /** One occurrence. */
  count(): void
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
}

export function useRecorder({ program, place, initials, tags }: RecorderOptions): Recorder {
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
    startDraft(of, session, { setting: place.block.place, tags })

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
      const total = (open?.items.length ?? 0) + 1
      // a bounce is recorded like any tap and set aside by the rules; only nothing is said of it
      act({
        drafts: [...start, tapDraft(ref, { noun: 'occurrence' })],
        said: bounce ? null : t`${initials} ${title}: ${total}`,
        ...(bounce ? {} : { undo: undoOf(ref) }),
      })
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
      const at = session.items.reduce(
        (latest, item) => (item.at > latest ? item.at : latest),
        session.started,
      )
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
        drafts: [observeDraft(watched, session)],
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
