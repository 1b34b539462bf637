/** Values, days and results of sessions in words, where the graph's own words do not reach. */
import type { I18n, MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import { daysBetween, type Day } from '../../../platform/core/days.ts'
import { wordOfButton, wordOfCode } from '../../../platform/web/i18n/results.ts'
import { buttonsOf } from '../../sessions/rules.ts'
import type { Measure } from '../../sessions/records.ts'
import type { SessionItem, SessionState } from '../../sessions/state.ts'
import type { GraphPoint } from '../rules.ts'
import type { GraphWords } from './words.ts'

/** `6/10 = 60%`, `4 in 20 min = 0.2 per min`, `12`: a percentage always with its fraction (G10). Null without a value. */
export function sayValue(words: GraphWords, point: GraphPoint | null): string | null {
  if (!point || point.value === null) return null
  const fraction = point.metric === 'imported' ? null : words.fraction(point)
  const value = words.valueAt(point)
  return value === null || fraction === null ? value : `${fraction} = ${value}`
}

/** `today`, `yesterday`, `Nov 2`, and with its year once it is longer ago than ten months. */
export function useDayWords(): (day: Day, today: Day) => string {
  const { i18n } = useLingui()
  const near = new Intl.RelativeTimeFormat(i18n.locale, { numeric: 'auto' })
  const format = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(i18n.locale, { timeZone: 'UTC', month: 'short', day: 'numeric', ...options })
  const short = format({})
  const long = format({ year: 'numeric' })
  return (day, today) => {
    const ago = daysBetween(day, today)
    if (ago === 0 || ago === 1) return near.format(-ago, 'day')
    return (ago > 300 ? long : short).format(new Date(`${day}T12:00:00Z`))
  }
}

/** What a code means, in the words of the pad; a code that the measure does not have is shown as it is. */
export function sayCode(i18n: I18n, code: string, measure: SessionState['measure']): string {
  const button = buttonsOf(measure as Measure).find((one) => one.code === code)
  if (button) return wordOfButton(i18n, button)
  return measure.system === 'rubric' || measure.system === 'intensity'
    ? i18n._(msg`level ${code}`)
    : wordOfCode(i18n, code)
}

/** How a code is written: a minus as long as a plus. */
export function markOf(code: string): string {
  return code.replace(/^-/, '–')
}

/** Whether a result is independent, helped, not there, or no part of the value. Its mark says the same. */
export function toneOf({ result, level }: Pick<SessionItem, 'result' | 'level'>) {
  if (result === '+') return level === null ? 'alone' : 'helped'
  return result === '-' || result === 'NR' || result === 'R' ? 'not' : 'out'
}

const NOT_RUN: Readonly<Record<string, MessageDescriptor>> = {
  student_absent: msg`student absent`,
  student_left_early: msg`student left early`,
  no_opportunity: msg`no opportunity came up`,
  refused: msg`refused`,
  staff_absent: msg`staff absent`,
  schedule_event: msg`assembly, trip or drill`,
  behavior_crisis: msg`behavior crisis`,
  health: msg`health`,
  materials_missing: msg`materials missing`,
  program_on_hold: msg`program on hold`,
  not_enough_time: msg`not enough time`,
}

/** Why a session was not run. */
export function sayNotRun(i18n: I18n, reason: string): string {
  const word = NOT_RUN[reason]
  return word ? i18n._(word) : reason
}
