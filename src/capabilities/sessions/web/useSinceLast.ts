/** Time between responses as it runs: whether one is on now, and how long since the last one ended. */
import { useFromDevice } from '../../../platform/web/store/hooks.ts'
import { useClock } from '../../../platform/web/store/now.ts'
import type { Device } from '../../../platform/web/store/device.ts'
import type { SessionState } from '../state.ts'

export interface SinceLast {
  readonly isOn: boolean
  /** Since it began while one is on, else since the last one ended. */
  readonly seconds: number
  readonly responses: number
}

export function useSinceLast(state: SessionState | null, instant: boolean): SinceLast {
  const text = useFromDevice((device) => lastOf(device, state))
  const [code = '', at = '', count = '0'] = text.split(' ')
  const seconds = useClock((clock) =>
    at === '' ? 0 : Math.max(0, Math.floor((clock.now() - Date.parse(at)) / 1000)),
  )
  return { isOn: !instant && code === 'on', seconds, responses: Number(count) }
}

/** Code and instant of the last standing moment, and how many responses began. */
function lastOf(device: Device, state: SessionState | null): string {
  if (!state) return ''
  const { session, program, student } = state
  const partition = device.partitionOf({ kind: 'sessions.start', student, refs: { session, program } })
  if (partition === null) return ''
  const moments = device.settled(partition).live.filter(({ kind }) => kind === 'sessions.moment')
  const last = moments.at(-1)
  const begun = moments.filter(({ body }) => body['code'] === 'on').length
  return last ? `${String(last.body['code'])} ${last.at} ${begun}` : ''
}
