/** How long something that began with a record has been going on, by the clock: also after a lock, a kill, a reload. */
import { useFromDevice } from '../../../platform/web/store/hooks.ts'
import type { Device } from '../../../platform/web/store/device.ts'
import { useClock } from '../../../platform/web/store/now.ts'
import { observedMs } from '../rules.ts'
import type { SessionItem, SessionState } from '../state.ts'

/** Whole seconds since an item began; 0 without one. Drawn again each second. */
export function useRunningSeconds(state: SessionState | null, item: SessionItem | null): number {
  const mono = useFromDevice((device) => monoOf(device, state, item))
  return useClock((clock) => {
    if (!item) return 0
    const [boot, ms] = mono === '' ? [] : (JSON.parse(mono) as [string, number])
    // the same reading as of the observation clock: a wall clock that was set back does not stop it
    const since = {
      observedMs: 0,
      runningSince: item.at,
      runningMono: boot === undefined || ms === undefined ? null : { boot, ms },
    }
    return Math.floor(observedMs(since, clock.now(), { boot: clock.boot, ms: clock.mono() }) / 1000)
  })
}

/** The device's own counter when the item was recorded, as text; empty when it was typed in later. */
function monoOf(device: Device, state: SessionState | null, item: SessionItem | null): string {
  if (!state || !item) return ''
  const { session, program, student } = state
  const partition = device.partitionOf({ kind: 'sessions.start', student, refs: { session, program } })
  const record = partition === null ? undefined : device.records(partition).find(({ id }) => id === item.id)
  return !record || record.entered !== undefined ? '' : JSON.stringify([record.mono.boot, record.mono.ms])
}
