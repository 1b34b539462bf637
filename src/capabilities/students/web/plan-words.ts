/** Plans in words: what they are called, where a line stands, and the codes in them. */
import type { I18n, MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { Line } from '../diff.ts'
import type { What } from '../plans.ts'
import type { GlanceBody, HealthPlan, SafetyBody } from '../records.ts'
import { exceptionWords, FLAGS, LEVEL } from './words.ts'

export const WHAT: Readonly<Record<What, MessageDescriptor>> = {
  safety: msg`Safety card`,
  health: msg`Health card`,
  glance: msg`Supports and behavior`,
  profile: msg`About the student`,
}

export const CONDITION: Readonly<Record<HealthPlan['condition'], MessageDescriptor>> = {
  seizure: msg`Seizure`,
  anaphylaxis: msg`Severe allergy`,
  diabetes: msg`Diabetes`,
  asthma: msg`Asthma`,
  shunt: msg`Shunt`,
  feeding_tube: msg`Feeding tube`,
  tracheostomy: msg`Tracheostomy`,
  heat: msg`Heat`,
  latex: msg`Latex allergy`,
  bleeding: msg`Bleeding`,
  other: msg`Health plan`,
}

export const HELP_WITH: Readonly<Record<GlanceBody['help'][number], MessageDescriptor>> = {
  toileting: msg`toileting`,
  feeding: msg`meals`,
  lift: msg`lifting`,
  positioning: msg`positioning`,
  seizure_medication: msg`seizure medicine`,
  crisis_prevention: msg`crisis prevention`,
}

/** Whom the student may be handed to: what to do, never why. */
export const HANDED_TO: Readonly<Record<GlanceBody['release']['to'], MessageDescriptor>> = {
  bus_attendant: msg`The bus attendant, once they have accepted`,
  listed_adult: msg`An adult on the pick-up list, with ID`,
  office_first: msg`Nobody before you have called the office`,
  class_teacher: msg`The class teacher`,
  aftercare: msg`The staff of the after-school program`,
  alone: msg`Nobody: goes home alone`,
}

export const HEALTH_FIELD = {
  see: msg`See`,
  do: msg`Do now`,
  call: msg`Call`,
  dont: msg`Do not`,
  kit: msg`Kit`,
  valid_until: msg`Holds until`,
} as const satisfies Record<Exclude<keyof HealthPlan, 'condition'>, MessageDescriptor>

export const BEHAVIOR_LINE = { see: msg`See`, do: msg`Do`, dont: msg`Do not` } as const

const PLACE: Readonly<Record<string, MessageDescriptor>> = {
  say: msg`How to say the name`,
  sound: msg`The name, spoken`,
  communicates: msg`Communicates`,
  communication: msg`Communicates`,
  likes: msg`Likes`,
  equipment: msg`Equipment`,
  people: msg`People`,
  accommodations: msg`Supports`,
  must_do: msg`Must happen today`,
  help: msg`Trained adults only`,
  'release.to': msg`At the end of the day, hand over to`,
  'release.note': msg`Way home`,
  'behavior.see': msg`Behavior: see`,
  'behavior.do': msg`Behavior: do`,
  'behavior.dont': msg`Behavior: do not`,
  supervision: msg`Supervision`,
  exceptions: msg`Supervision`,
  flags: msg`Sign`,
  lines: msg`Safety`,
}

/** `Behavior: do`, `Seizure: call`. */
export function placeWords(i18n: I18n, at: string): string {
  const [where, condition, field] = at.split('.')
  if (where === 'health' && condition && field)
    return `${i18n._(CONDITION[condition as HealthPlan['condition']])}: ${i18n
      ._(HEALTH_FIELD[field as keyof typeof HEALTH_FIELD])
      .toLocaleLowerCase()}`
  const place = PLACE[at]
  return place ? i18n._(place) : at
}

/** What a line says: its own words, or those of its code. */
export function lineWords(i18n: I18n, { at, text }: Line): string {
  switch (at) {
    case 'sound':
      return i18n._(msg`recorded`)
    case 'help':
      return i18n._(HELP_WITH[text as GlanceBody['help'][number]])
    case 'release.to':
      return i18n._(HANDED_TO[text as GlanceBody['release']['to']])
    case 'supervision':
      return i18n._(LEVEL[text as SafetyBody['supervision']])
    case 'flags':
      return i18n._(FLAGS[text as SafetyBody['flags'][number]].words)
    case 'exceptions':
      return exceptionWords(i18n, text)
    default:
      return text
  }
}
