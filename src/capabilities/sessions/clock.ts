/**
 * The observation clock of a session: it runs from the start, stands still between pause and resume, and stops at
 * the end. Durations follow one rule everywhere: the wall difference, unless the device's own counter says more.
 */
import type { StoredRecord } from '../../platform/records/envelope.ts'
import { precedes, type Line } from './lines.ts'
import type { Flag } from './state.ts'

/** How far wall and counter may disagree, ms, before somebody is asked. */
const TOLERANCE_MS = 2000

export interface Span {
  readonly from: Line
  /** Null while it goes on. */
  readonly to: Line | null
  /** Whole milliseconds; 0 while it goes on. */
  readonly ms: number
}

export interface ObservationClock {
  readonly spans: readonly Span[]
  /** Milliseconds of the finished spans. */
  readonly observedMs: number
  /** The line that began the span that goes on. */
  readonly running: Line | null
  /** The end that stands; null while the session is open. */
  readonly end: Line | null
  readonly flags: readonly Flag[]
}

/** Runs the clock over the start and the lines of its device, in the device's order. */
export function runClock(start: Line, lines: readonly Line[]): ObservationClock {
  const spans: Span[] = []
  const flags: Flag[] = []
  let running: Line | null = start
  let end: Line | null = null

  for (const line of lines)
    switch (line.record.kind) {
      case 'sessions.pause':
        stop(line)
        break
      case 'sessions.resume':
        if (end) flags.push('reopened')
        end = null
        running ??= line
        break
      case 'sessions.end':
        if (end) flags.push('ended_twice')
        stop(line)
        end = line
        break
    }
  const observedMs = spans.reduce((sum, span) => sum + span.ms, 0)
  if (running) spans.push({ from: running, to: null, ms: 0 })
  return { spans, observedMs, running, end, flags }

  function stop(line: Line): void {
    if (!running) return
    const { ms, flag } = elapsed(running.record, line.record)
    spans.push({ from: running, to: line, ms })
    if (flag) flags.push(flag)
    running = null
  }
}

/** Milliseconds on the observation clock at which a line happened; null when the clock stood still. */
export function clockAt(spans: readonly Span[], line: Line): number | null {
  let before = 0
  for (const span of spans) {
    const inside = !precedes(line, span.from) && (span.to === null || precedes(line, span.to))
    if (inside) {
      const since = elapsed(span.from.record, line.record).ms
      return before + (span.to === null ? since : Math.min(since, span.ms))
    }
    before += span.ms
  }
  return null
}

/**
 * Milliseconds on the observation clock from one line to a later one, pauses taken out. `crosses`: whether the clock
 * stood still in between. The flag is that of a stretch whose wall and counter disagree.
 */
export function observedBetween(
  spans: readonly Span[],
  from: Line,
  to: Line,
): { ms: number; flag: Flag | null; crosses: boolean } {
  let ms = 0
  let flag: Flag | null = null
  let stretches = 0
  for (const span of spans) {
    const start = precedes(span.from, from) ? from : span.from
    const stop = span.to && precedes(span.to, to) ? span.to : to
    if (!precedes(start, stop)) continue
    const part = elapsed(start.record, stop.record)
    ms += part.ms
    flag ??= part.flag
    stretches += 1
  }
  return { ms, flag, crosses: stretches > 1 }
}

/**
 * Whole milliseconds from one record to a later one: the wall difference; the counter's difference when that is
 * more. The counter speaks only for two records captured in the same run of it, not for what was typed in later.
 */
export function elapsed(from: StoredRecord, to: StoredRecord): { ms: number; flag: Flag | null } {
  const wall = Date.parse(to.at) - Date.parse(from.at)
  const sameRun = from.device === to.device && from.mono.boot === to.mono.boot
  if (!sameRun || !isCaptured(from) || !isCaptured(to))
    return wall < 0 ? { ms: 0, flag: 'suspended_or_clock_changed' } : { ms: wall, flag: null }
  const mono = Math.round(to.mono.ms - from.mono.ms)
  if (wall < mono) return { ms: mono, flag: mono - wall > TOLERANCE_MS ? 'clock_changed' : null }
  return { ms: wall, flag: wall - mono > TOLERANCE_MS ? 'suspended_or_clock_changed' : null }
}

/** Made as it happened: its counter belongs to its instant. A correction's counter belongs to the correcting. */
export function isCaptured(record: StoredRecord): boolean {
  return record.entered === undefined && record.replaces === undefined
}
