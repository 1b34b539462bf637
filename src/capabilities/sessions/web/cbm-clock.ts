/** The time of a probe, from the records that began and stopped it: the same after a lock, a kill, a reload. */
import type { StoredRecord } from '../../../platform/records/envelope.ts'
import { useClock } from '../../../platform/web/store/now.ts'
import { observedMs } from '../rules.ts'

export interface CbmClock {
  readonly is: 'ready' | 'running' | 'over'
  readonly leftMs: number
  /** Somebody stopped it before its time. */
  readonly stopped: boolean
  /** Instant at which its time is up; empty before it began. */
  readonly endsAt: string
}

/** @param records of the session, those that stand. Drawn again each second. */
export function useCbmClock(records: readonly StoredRecord[], seconds: number): CbmClock {
  const moments = records.filter(({ kind }) => kind === 'sessions.moment')
  const begin = moments.findLast(({ body }) => body['code'] === 'begin')
  const stopped = begin !== undefined && moments.some(({ body }) => body['code'] === 'stop')
  const elapsed = useClock((clock) => {
    if (!begin) return 0
    const since = { observedMs: 0, runningSince: begin.at, runningMono: begin.mono }
    return Math.floor(observedMs(since, clock.now(), { boot: clock.boot, ms: clock.mono() }) / 1000) * 1000
  })
  const leftMs = seconds * 1000 - elapsed
  return {
    is: !begin ? 'ready' : stopped || leftMs <= 0 ? 'over' : 'running',
    leftMs,
    stopped,
    endsAt: begin ? new Date(Date.parse(begin.at) + seconds * 1000).toISOString() : '',
  }
}
