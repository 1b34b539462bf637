/** What is said of a session wherever it is listed or opened: its agreement, and what should be known besides its value. */
import type { I18n } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { Day } from '../../../platform/core/days.ts'
import type { GoalSession } from '../goal.ts'
import type { GraphWords } from './words.ts'

/** `9/10 = 90%`; without enough items the fraction alone; null when nothing can be compared. */
export function sayAgreement(
  words: GraphWords,
  { agreement }: Pick<GoalSession, 'agreement'>,
): string | null {
  if (!agreement) return null
  const { agreed, total, percent, formula } = agreement
  const share = percent && words.value((100 * percent.numerator) / percent.denominator, { kind: 'percent' })
  if (/^(mean|total_duration)/.test(formula ?? '')) return share
  return share ? `${agreed}/${total} = ${share}` : `${agreed}/${total}`
}

/** What should be known about a session besides its value and its agreement, which stand in places of their own. */
export function sayNotes(
  i18n: I18n,
  words: GraphWords,
  { state, point, agreement, doubtMs }: GoalSession,
  today: Day,
): string[] {
  const doubt = doubtMs === undefined ? [] : [i18n._(msg`times not confirmed`)]
  if (!point) return doubt
  const late = state.status === 'open' && state.day !== today
  const notes = point.notes.filter(
    (note) => (note.kind !== 'agreement' || !agreement) && (note.kind !== 'running' || !late),
  )
  return [...doubt, ...(late ? [i18n._(msg`not ended`)] : []), ...words.notes({ ...point, notes })]
}
