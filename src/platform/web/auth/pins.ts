/** What the server says about PINs on this browser. The PIN itself goes out in the body of a request and nowhere else. */
import { z } from 'zod'
import type { Uuid } from '../../core/ids.ts'
import { PinChosen, PinPeople } from '../../records/pins.ts'
import { ask } from '../http.ts'
import { share } from './share.ts'

const PATIENCE_MS = 5000

/** The adults who have a PIN here today; none where no PIN was chosen. */
export function pinPeople(): Promise<PinPeople> {
  return ask(PinPeople, '/api/pins', { patienceMs: PATIENCE_MS })
}

/** Gives the signed-in person a PIN on this browser for today. Rejects with `pin.too_easy` and `pin.sign_in_first`. */
export async function choosePin(pin: string): Promise<void> {
  const { left } = await ask(PinChosen, '/api/pins', { method: 'POST', body: { pin } })
  share(left)
}

/** Signs somebody in. Rejects with `pin.refused`, whatever was wrong. */
export async function enterWithPin(person: Uuid, pin: string): Promise<void> {
  await ask(z.unknown(), '/api/pins/enter', { method: 'POST', body: { person, pin } })
}

/** Takes the signed-in person's PIN on this browser back. */
export async function forgetPin(): Promise<void> {
  await ask(z.unknown(), '/api/pins/forget', { method: 'POST', body: {}, patienceMs: PATIENCE_MS })
}
