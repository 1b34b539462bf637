/** What people call each role (domain B.3). A role that this build does not know is shown by its code. */
import type { I18n, MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'

const NAMES: Readonly<Record<string, MessageDescriptor>> = {
  para: msg`Paraprofessional`,
  substitute: msg`Substitute paraprofessional`,
  case_manager: msg`Case manager`,
  gened_teacher: msg`Classroom teacher`,
  ot: msg`Occupational therapist`,
  pt: msg`Physical therapist`,
  slp: msg`Speech-language pathologist`,
  bcba: msg`Behavior analyst`,
  counselor: msg`Counselor`,
  nurse: msg`Nurse`,
  coordinator: msg`Coordinator`,
  administrator: msg`Administrator`,
  gt_teacher: msg`Gifted and talented teacher`,
  office: msg`Office staff`,
  it_admin: msg`IT administrator`,
  volunteer: msg`Volunteer`,
  bus: msg`Bus staff`,
  guardian: msg`Parent or guardian`,
  student: msg`Student`,
}

/** Whoever an id or a code of a role stands for: a person by name, a role by its own; `?` for a person unknown here. */
export function personOrRole(i18n: I18n, who: string, names: { readonly [person: string]: string }): string {
  return names[who] ?? (NAMES[who] ? i18n._(NAMES[who]) : '?')
}

export function roleName(i18n: I18n, code: string): string {
  const name = NAMES[code]
  return name ? i18n._(name) : code
}
