/** Words for the codes of descriptive records, in plain language. */
import type { I18n, MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { AbcBody } from '../records.ts'
import type { ANTECEDENTS, BEHAVIORS, CONSEQUENCES, SETTING_EVENTS } from '../abc.ts'

type Words<Codes extends readonly string[]> = Readonly<Record<Codes[number], MessageDescriptor>>

export const SETTING_EVENT: Words<typeof SETTING_EVENTS> = {
  poor_sleep: msg`Slept badly`,
  hunger: msg`Hungry`,
  illness_pain: msg`Ill or in pain`,
  medication_reported: msg`Medication change, as reported`,
  schedule_change: msg`Schedule changed`,
  new_adult: msg`New adult or substitute`,
  conflict_reported: msg`Conflict on the bus or at home, as reported`,
  noise_crowd: msg`Noise or crowd`,
  indoor_day: msg`Indoor day`,
}

export const ANTECEDENT: Words<typeof ANTECEDENTS> = {
  demand_academic: msg`Asked to do school work`,
  demand_other: msg`Asked to do something else`,
  difficult_task: msg`Hard or long task`,
  transition: msg`Change of activity`,
  denied: msg`Told no`,
  wait: msg`Had to wait`,
  attention_removed: msg`Attention went elsewhere`,
  attention_given: msg`Got attention`,
  peer_conflict: msg`A peer close by, or conflict`,
  item_removed: msg`Something was taken away`,
  unstructured: msg`Free time`,
  sensory: msg`Noise, touch or light`,
  corrected: msg`Was corrected`,
  alone: msg`Alone, nothing to do`,
  not_seen: msg`Not seen`,
}

const BEHAVIOR: Words<typeof BEHAVIORS> = {
  aggression_staff: msg`Aggression toward an adult`,
  aggression_peer: msg`Aggression toward a peer`,
  self_injury: msg`Hurt self`,
  property: msg`Damaged property`,
  elopement: msg`Left the area`,
  disruption_verbal: msg`Disruption, voice`,
  disruption_motor: msg`Disruption, movement`,
  non_completion: msg`Task not done`,
  stereotypy: msg`Repeated movement or sound`,
  disrobing: msg`Took clothes off`,
  mouthing: msg`Put things in the mouth`,
  other: msg`Something else`,
}

export const CONSEQUENCE: Words<typeof CONSEQUENCES> = {
  attention_comfort: msg`Comforted`,
  attention_correction: msg`Corrected`,
  attention_peer: msg`Peers reacted`,
  task_reduced: msg`Task made shorter or taken away`,
  break_given: msg`Break given`,
  task_continued: msg`Task went on with a prompt`,
  item_given: msg`Got something`,
  item_removed: msg`Something taken away`,
  redirected: msg`Redirected`,
  planned_ignoring: msg`Planned ignoring`,
  replacement_prompted: msg`Replacement response prompted`,
  left_area: msg`Left the area`,
  calm_space: msg`Calm space, open`,
  help_called: msg`Help called`,
  other: msg`Something else`,
}

export const FUNCTION: Readonly<Record<NonNullable<AbcBody['perceived_function']>, MessageDescriptor>> = {
  escape: msg`Getting out of something`,
  attention: msg`Attention`,
  tangible: msg`A thing or an activity`,
  sensory: msg`How it feels`,
  pain: msg`Pain`,
}

/** A behavior by its code: the student's own by number, else one of the general list. */
export function wordOfBehavior(i18n: I18n, code: string, own: readonly string[]): string {
  const [, number] = /^own:(\d+)$/.exec(code) ?? []
  if (number !== undefined) return own[Number(number) - 1] ?? code
  const word: MessageDescriptor | undefined = BEHAVIOR[code as keyof typeof BEHAVIOR]
  return word ? i18n._(word) : code
}
