/**
 * Where the clock of intervals stands: which one runs, which one is asked about, what was missed. Read from the
 * observation clock at each look, so that a locked screen or a killed app changes nothing but what nobody answered.
 */
import type { Clock } from '../../../platform/core/clock.ts'
import { useClock } from '../../../platform/web/store/now.ts'
import type { MeasureOf } from '../measures.ts'
import { observedMs } from '../rules.ts'
import type { SessionState } from '../state.ts'
import type { Beat } from '../../../platform/web/kit/cue.ts'

type Timed = Pick<MeasureOf<'interval'>, 'interval_s' | 'planned'>

export interface IntervalsNow extends Beat {
  /** Whole seconds until the end of the running one. */
  readonly left: number
  /** All planned ones are over. */
  readonly isOver: boolean
}

/**
 * Whose clock gives the cues: an observer hears those of the session they watch, numbers as it does, and goes on so
 * when it ends before theirs.
 */
export function beatOf(state: SessionState | null, watched: SessionState | null): SessionState | null {
  if (state?.observer !== 'ioa' || !watched) return state
  if (watched.runningSince !== null) return watched
  const { started } = watched
  const ahead = Math.max(0, Date.parse(state.started) - Date.parse(started))
  return { ...state, started, observedMs: state.observedMs + ahead }
}

/** Drawn again each second; null while no session runs. */
export function useIntervals(state: SessionState | null, measure: Timed): IntervalsNow | null {
  const text = useClock((clock) => textOf(clock, state, measure))
  return text === '' ? null : (JSON.parse(text) as IntervalsNow)
}

/** The same now, for a tap that must not trust what was last drawn. */
export function intervalsAt(clock: Clock, state: SessionState | null, measure: Timed): IntervalsNow | null {
  if (!state) return null
  const ms = observedMs(state, clock.now(), { boot: clock.boot, ms: clock.mono() })
  const every = measure.interval_s * 1000
  const k = Math.floor(ms / every) + 1
  const into = ms - (k - 1) * every
  return { k, into, left: Math.ceil((every - into) / 1000), isOver: k > measure.planned }
}

/** To the second, so that a look that shows nothing new draws nothing. */
function textOf(clock: Clock, state: SessionState | null, measure: Timed): string {
  const now = intervalsAt(clock, state, measure)
  return now ? JSON.stringify({ ...now, into: Math.floor(now.into / 1000) * 1000 }) : ''
}

/**
 * The interval that an answer counts for now. The one that just ended is asked about for `tolerance_s`; else a partial
 * or whole one can be answered while it runs, as soon as the answer is certain. Null: wait for the cue.
 */
export function askedAbout(
  measure: MeasureOf<'interval'>,
  now: IntervalsNow,
  answered: ReadonlySet<number>,
): { readonly n: number; readonly isEnded: boolean } | null {
  const ended = now.k - 1
  const isAsked = ended >= 1 && ended <= measure.planned && !answered.has(ended)
  if (isAsked && now.into <= measure.tolerance_s * 1000) return { n: ended, isEnded: true }
  if (measure.method === 'momentary' || now.isOver || answered.has(now.k)) return null
  return { n: now.k, isEnded: false }
}

/** Intervals whose time to answer is over and that nobody answered. */
export function missedCount(
  measure: MeasureOf<'interval'>,
  now: IntervalsNow,
  answered: ReadonlySet<number>,
): number {
  const inTime = now.into <= measure.tolerance_s * 1000
  const over = Math.min(measure.planned, inTime ? now.k - 2 : now.k - 1)
  return Array.from({ length: Math.max(0, over) }, (_, i) => i + 1).filter((n) => !answered.has(n)).length
}
