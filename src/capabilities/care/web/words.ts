/** Words for the codes of care. Short, plain, and without anything about a body. */
import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { FeedingBody, ToiletingBody } from '../records.ts'

type Words<Code extends string> = Readonly<Record<Code, MessageDescriptor>>

export const RESULT: Words<ToiletingBody['result']> = {
  urine: msg`Urine`,
  bm: msg`BM`,
  both: msg`Both`,
  dry: msg`Nothing`,
  refused: msg`Refused`,
}

export const VISIT: Words<ToiletingBody['visit']> = {
  scheduled: msg`Scheduled`,
  initiated: msg`Student asked`,
  noticed: msg`Adult noticed`,
  accident: msg`Accident`,
  dry_check: msg`Dry check`,
}

export const CLOTHING: Words<ToiletingBody['clothing']> = {
  dry: msg`Dry`,
  wet: msg`Wet`,
  soiled: msg`Soiled`,
}

export const STEP: Words<keyof ToiletingBody['steps']> = {
  sit: msg`Sits down`,
  wipe: msg`Wipes`,
  dress: msg`Clothes`,
  flush: msg`Flushes`,
  wash: msg`Washes hands`,
}

export const HELP: Words<NonNullable<FeedingBody['help']>> = {
  independent: msg`Alone`,
  verbal: msg`With words`,
  physical: msg`With hands`,
}

export const MEAL: Words<FeedingBody['meal']> = {
  breakfast: msg`Breakfast`,
  snack: msg`Snack`,
  lunch: msg`Lunch`,
}

export const SAFETY: Words<FeedingBody['safety'][number]> = {
  cough: msg`Cough`,
  gag: msg`Gag`,
  wet_voice: msg`Wet voice`,
  color_change: msg`Color change`,
  choking: msg`Choking`,
}
