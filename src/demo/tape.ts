/**
 * Turns acts into envelopes as the devices of the school would have made them: ids by time, a gapless counter
 * for each person on each device, an order that never goes back, a monotonic clock that starts each morning.
 */
import type { Json } from '../platform/core/canonical.ts'
import { uuidv7, type Uuid } from '../platform/core/ids.ts'
import { dayOf } from '../platform/core/days.ts'
import type { Envelope, DeviceOrder } from '../platform/records/envelope.ts'
import { TZ, instant, timeOf } from './calendar.ts'
import { personId, studentId, type StaffKey, type StudentKey } from './people.ts'
import { nameId, type Random } from './seed.ts'

/** One act of one person, before its device has stamped it. */
export interface Act {
  readonly id: Uuid
  readonly author: StaffKey
  readonly device: string
  readonly kind: string
  readonly student: StudentKey
  readonly refs: { readonly [name: string]: Uuid }
  readonly body: object
  /** When it happened, ms. */
  readonly at: number
  /** When it was typed, ms, if later. */
  readonly entered?: number
  readonly replaces?: Uuid
  readonly reason?: string
}

/** The computer that somebody plans and decides at. */
export const deskOf = (author: StaffKey): string => `desk-${author}`

export interface DemoRecord {
  readonly author: Uuid
  readonly envelope: Envelope & DeviceOrder
}

/** An act with its id, made from the moment at which the device made the record. */
export function act(random: Random, fields: Omit<Act, 'id'>): Act {
  return { id: uuidv7(fields.entered ?? fields.at, random.bytes), ...fields }
}

/** The records of all devices in the order in which they were made. */
export function stamp(acts: readonly Act[]): DemoRecord[] {
  const seqs = new Map<string, number>()
  const ords = new Map<string, number>()
  return acts
    .toSorted((a, b) => madeAt(a) - madeAt(b))
    .map((made) => {
      const ms = madeAt(made)
      const device = nameId('device', made.device)
      const seq = (seqs.get(`${made.device}/${made.author}`) ?? 0) + 1
      const ord = Math.max((ords.get(made.device) ?? 0) + 1, ms)
      seqs.set(`${made.device}/${made.author}`, seq)
      ords.set(made.device, ord)
      const day = dayOf(ms, TZ)
      const envelope: Envelope & DeviceOrder = {
        id: made.id,
        kind: made.kind,
        v: 1,
        // Bodies are plain data of the kinds' own schemas; the tests parse every one of them.
        body: made.body as { readonly [key: string]: Json },
        student: studentId(made.student),
        refs: made.refs,
        at: instant(made.at),
        tz: TZ,
        ...(made.entered === undefined ? {} : { entered: instant(made.entered) }),
        device,
        seq,
        ord,
        mono: { boot: `${device.slice(0, 8)}-${day}`, ms: ms - timeOf(day, '06:45') },
        ...(made.replaces === undefined ? {} : { replaces: made.replaces }),
        ...(made.reason === undefined ? {} : { reason: made.reason }),
      }
      return { author: personId(made.author), envelope }
    })
}

function madeAt(made: Act): number {
  return made.entered ?? made.at
}
