/** Values, days and results of sessions in words, where the graph's own words do not reach. */
import type { I18n, MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import { daysBetween, type Day } from '../../../platform/core/days.ts'
import { buttonsOf, type StepButton, type TrialButton } from '../../sessions/rules.ts'
import type { Measure } from '../../sessions/records.ts'
import type { AsideReason, SessionItem, SessionState } from '../../sessions/state.ts'
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

const RESULTS: Readonly<
  Record<Exclude<(TrialButton | StepButton)['label'], 'prompted' | 'incorrect_prompted'>, MessageDescriptor>
> = {
  independent: msg`alone`,
  incorrect: msg`not yet`,
  no_response: msg`no answer`,
  refused: msg`refused`,
  interrupted: msg`interrupted`,
  adult: msg`done by adult`,
  not_applicable: msg`not today`,
}

/** Codes of marks and moments (sessions/records.ts). */
const CODES: Readonly<Record<string, MessageDescriptor>> = {
  '1': msg`yes`,
  '0': msg`no`,
  yes: msg`yes`,
  no: msg`no`,
  NA: msg`not today`,
  Y: msg`yes`,
  N: msg`not yet`,
  '+': msg`right`,
  '-': msg`wrong`,
  err: msg`wrong`,
  sc: msg`self-corrected`,
  skip: msg`skipped`,
  begin: msg`begun`,
  stop: msg`stopped`,
  last: msg`last word`,
}

/** What a code means, in the words of the pad; a code that the measure does not have is shown as it is. */
export function sayCode(i18n: I18n, code: string, measure: SessionState['measure']): string {
  const button = buttonsOf(measure as Measure).find((one) => one.code === code)
  if (!button) {
    if (measure.system === 'rubric' || measure.system === 'intensity') return i18n._(msg`level ${code}`)
    const word = CODES[code]
    return word ? i18n._(word) : code
  }
  const prompt = (button.levelLabel ?? button.level ?? '').toLocaleLowerCase(i18n.locale)
  switch (button.label) {
    case 'prompted':
      return prompt
    case 'incorrect_prompted':
      return i18n._(msg`not yet, after ${prompt}`)
    default:
      return i18n._(RESULTS[button.label])
  }
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

/** Why something that was recorded does not count. */
export const ASIDE: Readonly<Record<AsideReason, MessageDescriptor>> = {
  coded_twice: msg`coded again later`,
  conflict: msg`two corrections; the later one counts until the case manager decides`,
  two_devices: msg`from another device, so another observer`,
  double_tap: msg`a bounce of the tap before`,
  outside_clock: msg`while the clock stood still`,
  after_end: msg`after the end`,
  too_late: msg`answered too late after the cue`,
  overlap: msg`a start while it already ran`,
  unpaired: msg`an end without its start, or an onset without its cue`,
  not_of_measure: msg`not part of this measurement`,
}

const REASONS: Readonly<Record<string, MessageDescriptor>> = {
  mis_tap: msg`Mis-tap`,
  wrong_student: msg`Wrong student`,
  wrong_time: msg`Wrong time`,
  late_entry: msg`Typed in later`,
  other: msg`Another reason`,
}

/** Why something was corrected; a reason of one's own is shown as it was written. */
export function sayReason(i18n: I18n, reason: string): string {
  const word = REASONS[reason]
  return word ? i18n._(word) : reason
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

const CONDITIONS: Readonly<Record<string, MessageDescriptor>> = {
  baseline: msg`Baseline`,
  intervention: msg`Intervention`,
  modified: msg`Modified intervention`,
  maintenance: msg`Maintenance`,
  generalization: msg`Generalization`,
}

export function sayCondition(i18n: I18n, condition: string): string {
  const word = CONDITIONS[condition]
  return word ? i18n._(word) : condition
}
