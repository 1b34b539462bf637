/** The safety card in words: levels of supervision (domain F.1) and flags, each with a sign of its own. */
import type { I18n, MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { DoorOpen, HeartPulse, LifeBuoy, Phone, ShieldAlert, Utensils, type LucideIcon } from 'lucide-react'
import type { TagProps } from '../../../platform/web/kit/Tag.tsx'
import { SUPERVISION, type SafetyBody } from '../records.ts'

type Level = SafetyBody['supervision']

/** Short, as it stands first on a row. */
export const LEVEL: Readonly<Record<Level, MessageDescriptor>> = {
  SV0: msg`With the class`,
  SV1: msg`Same room`,
  SV2: msg`Line of sight`,
  SV3: msg`Close by`,
  SV4: msg`Arm’s length`,
  SV5: msg`One adult, no other duty`,
  SV6: msg`Two adults`,
}

/** What the level asks of the adult. */
export const LEVEL_MEANS: Readonly<Record<Level, MessageDescriptor>> = {
  SV0: msg`Counted with the class.`,
  SV1: msg`An adult in the same room looks around regularly.`,
  SV2: msg`A named adult sees the student at all times.`,
  SV3: msg`Within 10 feet (3 m), and in sight.`,
  SV4: msg`Within reach at all times.`,
  SV5: msg`A named adult has no other duty.`,
  SV6: msg`Two named adults, at all times.`,
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
  allergy: { words: msg`allergy`, icon: ShieldAlert, tone: 'wait' },
  behavior_plan: { words: msg`behavior plan`, icon: LifeBuoy, tone: 'info' },
  call_office: { words: msg`call the office before release`, icon: Phone, tone: 'wait' },
}
