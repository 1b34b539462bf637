/**
 * Locks a shared tablet that nobody touches: what a sign-out does, so nothing of the person stays readable, and their
 * tile waits. What must stay true: nobody is locked out. It locks whoever has a PIN here, as the server says at that
 * moment; without a network it does not, because nobody could come back in; and not while something that was captured is
 * only on this page (F9).
 */
import type { Uuid } from '../../core/ids.ts'
import type { Device } from '../store/device.ts'
import { touched } from './share.ts'
import { isLeftAlone } from './shared.ts'
import { pinPeople } from './pins.ts'

const LOOK_MS = 15_000
/** A touch is written down at most this often. */
const WRITE_MS = 5000

export interface Watched {
  /** Who is signed in. */
  readonly person: Uuid
  readonly device: Pick<Device, 'isInFlight' | 'outbox'>
  /** Ends the session, as a sign-out does. */
  readonly leave: () => Promise<void>
  /** The page may be shown. */
  readonly onFree: () => void
}

/** Returns what ends it. */
export function watch({ person, device, leave, onFree }: Watched): () => void {
  let isAsking = false
  let written = 0

  const look = async () => {
    if (isAsking) return
    isAsking = true
    if (isLeftAlone() && !mayNotLeave() && (await hasPin()))
      // whoever has left is not sent away again; where it failed, the next look tries it
      return leave().catch(() => void (isAsking = false))
    onFree()
    isAsking = false
  }
  // whoever comes back after the ten minutes has to come in first: their touch does not undo them
  const touch = async () => {
    if (isLeftAlone()) await look()
    if (Date.now() - written < WRITE_MS) return
    written = Date.now()
    touched()
  }
  const onTouch = () => void touch()
  const onLook = () => void look()

  const mayNotLeave = () =>
    device.isInFlight() || device.outbox().some(({ problem }) => problem?.code.startsWith('device.'))
  const hasPin = () =>
    pinPeople().then(
      ({ people }) => people.some((one) => one.id === person),
      () => false,
    )

  onLook()
  const timer = setInterval(onLook, LOOK_MS)
  document.addEventListener('visibilitychange', onLook)
  for (const event of TOUCHES) document.addEventListener(event, onTouch, { capture: true, passive: true })
  return () => {
    clearInterval(timer)
    document.removeEventListener('visibilitychange', onLook)
    for (const event of TOUCHES) document.removeEventListener(event, onTouch, { capture: true })
  }
}

const TOUCHES = ['pointerdown', 'keydown', 'wheel'] as const
