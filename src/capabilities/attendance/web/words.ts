/** Attendance in words and shapes: a mark is told from another one without its color. */
import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { CircleCheck, CircleSlash, Clock4, DoorOpen, Footprints, type LucideIcon } from 'lucide-react'
import type { Official, Settled } from '../official.ts'
import type { Participation, Presence } from '../records.ts'

export const MARKS: Readonly<Record<Presence, { name: MessageDescriptor; icon: LucideIcon }>> = {
  present: { name: msg({ message: 'Here', context: 'presence' }), icon: CircleCheck },
  absent: { name: msg({ message: 'Absent', context: 'presence' }), icon: CircleSlash },
  late: { name: msg({ message: 'Late', context: 'presence' }), icon: Clock4 },
  left: { name: msg({ message: 'Went home', context: 'presence' }), icon: DoorOpen },
  elsewhere: { name: msg({ message: 'Elsewhere', context: 'presence' }), icon: Footprints },
}

export const TAKING_PART: Readonly<Record<Participation, MessageDescriptor>> = {
  responded: msg`answered`,
  asked: msg`asked`,
  offered: msg`offered`,
}

export const OFFICIAL_WORDS: Readonly<Record<Official, MessageDescriptor>> = {
  present: msg({ message: 'Present', context: 'official attendance' }),
  absent: msg({ message: 'Absent', context: 'official attendance' }),
  late: msg({ message: 'Late', context: 'official attendance' }),
  left_early: msg({ message: 'Left early', context: 'official attendance' }),
  school_activity: msg({ message: 'School activity', context: 'official attendance' }),
}

export const SETTLED_WORDS: Readonly<Record<Settled, MessageDescriptor>> = {
  late_bus: msg`Late bus`,
  arrived_later: msg`Arrived later`,
  left_before: msg`Left before it was taken`,
  school_activity: msg`At a school activity`,
  aide_mistaken: msg`The mark was a mistake`,
  other: msg`Another reason`,
}
