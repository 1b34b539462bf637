/** The safety card in words: supervision levels (domain F.1) and flags, each flag with a shape of its own. */
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
import type { SafetyBody, SUPERVISION } from '../../students/records.ts'

type Level = (typeof SUPERVISION)[number]
type FlagCode = SafetyBody['flags'][number]

const LEVELS: Readonly<Record<Level, { name: MessageDescriptor; means: MessageDescriptor }>> = {
  SV0: { name: msg`General supervision`, means: msg`Counted with the class.` },
  SV1: { name: msg`Same room`, means: msg`An adult in the same room or zone looks round often.` },
  SV2: { name: msg`Line of sight`, means: msg`You can see the student at all times.` },
  SV3: { name: msg`Close by`, means: msg`You are within 10 feet and can see the student.` },
  SV4: { name: msg`Arm’s length`, means: msg`You can reach the student at any moment.` },
  SV5: { name: msg`One to one`, means: msg`You have no other duty meanwhile.` },
  SV6: { name: msg`Two adults`, means: msg`Two named adults are with the student.` },
}

export function levelName(i18n: I18n, level: Level): string {
  return i18n._(LEVELS[level].name)
}

export function levelMeaning(i18n: I18n, level: Level): string {
  return i18n._(LEVELS[level].means)
}

/** An exception as the card has it, with a code at its beginning in words: “Arm’s length near road or water”. */
export function exceptionText(i18n: I18n, exception: string): string {
  const code = /^SV[0-6]\b/.exec(exception)?.[0]
  return code ? levelName(i18n, code as Level) + exception.slice(code.length) : exception
}

export const FLAGS: Readonly<
  Record<FlagCode, { name: MessageDescriptor; icon: LucideIcon; tone: NonNullable<TagProps['tone']> }>
> = {
  elopement: { name: msg`may leave the room`, icon: DoorOpen, tone: 'wait' },
  seizure: { name: msg`seizure plan`, icon: HeartPulse, tone: 'info' },
  feeding: { name: msg`feeding plan`, icon: Utensils, tone: 'info' },
  allergy: { name: msg`allergy`, icon: TriangleAlert, tone: 'wait' },
  behavior_plan: { name: msg`behavior plan`, icon: ClipboardList, tone: 'info' },
  call_office: { name: msg`call before release`, icon: PhoneCall, tone: 'wait' },
}
