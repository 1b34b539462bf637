/** Words of what a plan promises: places, and what is wrong in a field of it. */
import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { ServiceRequirement } from '../model.ts'

export const PLACE: Readonly<Record<ServiceRequirement['place'], MessageDescriptor>> = {
  gen_ed: msg`Class`,
  sped: msg`Special education`,
  other: msg`Elsewhere`,
}

/** By the fields of ServiceCommand, OneToOneCommand and OwedEndCommand. */
export const WRONG: Readonly<Record<string, MessageDescriptor>> = {
  student: msg`Choose a student.`,
  service: msg`Say in a few words what it is.`,
  minutes: msg`Minutes are a whole number from 1 to 6,000. Zero minutes are no service.`,
  sessions: msg`A whole number from 1 to 200, or nothing.`,
  provider: msg`Choose who gives it.`,
  groupMax: msg`A whole number from 1 to 40, or nothing.`,
  blocks: msg`Choose at least one block.`,
  minutesADay: msg`Minutes are a whole number from 1 to 720.`,
  level: msg`Choose how close the adult is.`,
  authority: msg`Say where the plan says so, for example a page.`,
  from: msg`Choose the first day.`,
  to: msg`It ends before it begins.`,
}
