/** The safety card in words: levels of supervision (domain F.1), exceptions, and flags with a sign each. */
import type { I18n, MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import {
  ClipboardList,
  DoorOpen,
  HeartPulse,
  PhoneCall,
  TriangleAlert,
  Utensils,
  type LucideIcon,
} from 'lucide-react'
import type { TagProps } from '../../../platform/web/kit/Tag.tsx'
import { SUPERVISION, type SafetyBody } from '../records.ts'

type Level = SafetyBody['supervision']

/** Short, as it stands first on a row. */
export const LEVEL: Readonly<Record<Level, MessageDescriptor>> = {
  SV0: msg`General supervision`,
  SV1: msg`Same room`,
  SV2: msg`Line of sight`,
  SV3: msg`Close by`,
  SV4: msg`Arm’s length`,
  SV5: msg`One to one`,
  SV6: msg`Two adults`,
}

/** What the level asks of the adult. */
export const LEVEL_MEANS: Readonly<Record<Level, MessageDescriptor>> = {
  SV0: msg`Counted with the class.`,
  SV1: msg`An adult in the same room or zone looks round often.`,
  SV2: msg`You can see the student at all times.`,
  SV3: msg`You are within 10 feet and can see the student.`,
  SV4: msg`You can reach the student at any moment.`,
  SV5: msg`You have no other duty meanwhile.`,
  SV6: msg`Two named adults are with the student.`,
}

/** Exceptions are written by the nurse with the codes of the levels (“SV4 near road or water”): shown in words. */
export function exceptionWords(i18n: I18n, exception: string): string {
  const code = SUPERVISION.find((level) => exception.startsWith(`${level} `))
  return code ? `${i18n._(LEVEL[code])} ${exception.slice(code.length + 1)}` : exception
}

interface Sign {
  readonly words: MessageDescriptor
  readonly icon: LucideIcon
  readonly tone: TagProps['tone']
}

export const FLAGS: Readonly<Record<SafetyBody['flags'][number], Sign>> = {
  elopement: { words: msg`may leave the room`, icon: DoorOpen, tone: 'wait' },
  seizure: { words: msg`seizure plan`, icon: HeartPulse, tone: 'info' },
  feeding: { words: msg`feeding plan`, icon: Utensils, tone: 'info' },
  allergy: { words: msg`allergy`, icon: TriangleAlert, tone: 'wait' },
  behavior_plan: { words: msg`behavior plan`, icon: ClipboardList, tone: 'info' },
  call_office: { words: msg`call before release`, icon: PhoneCall, tone: 'wait' },
}
