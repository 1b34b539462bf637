/**
 * A PIN for today on a shared tablet, as it goes over the wire, and which PINs are too easy. A PIN is six digits and
 * opens nothing without the cookie of its browser; the server's part is pins.ts there.
 */
import { z } from 'zod'
import { uuid } from './envelope.ts'

export const PIN_LENGTH = 6

const Digits = z.string().regex(/^[0-9]{6}$/, 'six digits')

/** `POST /api/pins` */
export const PinChoosing = z.strictObject({ pin: Digits })

/** `POST /api/pins/enter` */
export const PinEntering = z.strictObject({ person: uuid, pin: Digits })

/** `GET /api/pins`: the adults who have a PIN on this browser today, by their given names. */
export const PinPeople = z.object({
  people: z.array(z.object({ id: uuid, name: z.string(), initials: z.string() })),
  /** How long the last of the PINs still holds, ms; 0: there is none. */
  left: z.number(),
})
export type PinPeople = z.infer<typeof PinPeople>

/** Answer to a PIN that was chosen. `left`: how long it holds, ms. */
export const PinChosen = z.object({ left: z.number() })

/**
 * True for what somebody at a tablet tries first: fewer than four different digits (112233, 121212), or a run up or
 * down (123456, 098765). 932,380 PINs remain, so five guesses find one of them in 1 case of 186,000.
 */
export function isTooEasy(pin: string): boolean {
  if (new Set(pin).size < 4) return true
  const digits = [...pin].map(Number)
  const steps = new Set(digits.slice(1).map((digit, n) => (digit - (digits[n] ?? 0) + 10) % 10))
  return steps.size === 1 && (steps.has(1) || steps.has(9))
}
