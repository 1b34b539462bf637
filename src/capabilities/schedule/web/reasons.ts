/** Why a goal was not run, in words: the field's list, the honest last one too (domain C.0 rule 9). */
import type { I18n, MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { NOT_RUN_REASONS } from '../../sessions/records.ts'

export type Reason = (typeof NOT_RUN_REASONS)[number]

export const REASONS: Readonly<Record<Reason, MessageDescriptor>> = {
  student_absent: msg`Student absent`,
  student_left_early: msg`Student left early`,
  no_opportunity: msg`No opportunity came`,
  refused: msg`Student refused`,
  staff_absent: msg`Staff absent, or covering elsewhere`,
  schedule_event: msg`Assembly, trip or drill`,
  behavior_crisis: msg`Behavior crisis`,
  health: msg`Health`,
  materials_missing: msg`Materials missing`,
  program_on_hold: msg`Program on hold`,
  not_enough_time: msg`Forgot, or not enough time`,
}

/** In words; a reason that this build does not know stands as it is. */
export function wordOfReason(i18n: I18n, reason: string): string {
  const word = (REASONS as Readonly<Record<string, MessageDescriptor>>)[reason]
  return word ? i18n._(word) : reason
}
