/** Ready questions in words. */
import type { I18n, MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { ASKS, QuestionBody } from '../records.ts'

/** Those that are asked in one tap. */
export const READY: Readonly<Record<Exclude<(typeof ASKS)[number], 'own'>, MessageDescriptor>> = {
  what_changed: msg`Can you walk me through what changed?`,
  does_not_fit: msg`Something in the plan does not fit. Can we look at it?`,
  talk: msg`Can we talk about the plan today?`,
}

/** What was asked, in the words of whoever reads it, or in those of who asked. */
export function asked(i18n: I18n, { ask, text }: QuestionBody): string {
  return ask === 'own' ? text : i18n._(READY[ask])
}
