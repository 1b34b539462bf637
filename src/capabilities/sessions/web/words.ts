/** Words for items, reasons and states, read in the page's language. What a result is called: i18n/results.ts. */
import type { I18n, MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { wordOfButton, wordOfCode } from '../../../platform/web/i18n/results.ts'
import { buttonsOf, type StepButton, type TrialButton } from '../rules.ts'
import type { Measure, NOT_RUN_REASONS, PromptScheme } from '../records.ts'
import type { SessionItem, SessionState } from '../state.ts'
import { clockText } from './clock-text.ts'

export type PadButton = TrialButton | StepButton
export type NotRunReason = (typeof NOT_RUN_REASONS)[number]

/** What an item says, in the words of its own session's keys. */
export function wordOfItem(
  i18n: I18n,
  item: Pick<SessionItem, 'code'> & Partial<SessionItem>,
  measure: Measure | SessionState['measure'],
): string {
  const { code, ms } = item
  const seconds = ms === undefined ? null : Math.round(ms / 100) / 10
  switch (measure.system) {
    case 'duration':
      return ms === undefined ? i18n._(msg`runs`) : clockText(ms)
    case 'latency':
    case 'irt':
      if (seconds === null) return ''
      return item.censored ? i18n._(msg`${seconds} s or more`) : i18n._(msg`${seconds} s`)
    case 'intensity':
    case 'rubric':
      return i18n._(msg`level ${code}`)
    case 'count':
      return item.count === undefined ? '' : `${item.approximate ? '≈ ' : ''}${item.count}`
    default: {
      const button = buttonsOf(measure as Measure).find((one) => one.code === code)
      return button ? wordOfButton(i18n, button) : wordOfCode(i18n, code)
    }
  }
}

/** What an item is, with its number: “Trial 3: alone”, “Interval 4: yes”. */
export function placeOfItem(
  i18n: I18n,
  item: SessionItem,
  measure: Measure | SessionState['measure'],
): string {
  const word = wordOfItem(i18n, item, measure)
  const { n } = item
  switch (measure.system) {
    case 'trials':
      return i18n._(msg`Trial ${n}: ${word}`)
    case 'steps':
      return i18n._(msg`Step ${n}: ${word}`)
    case 'opportunities':
      return i18n._(msg`Chance ${n}: ${word}`)
    case 'interval':
    case 'self':
      return i18n._(msg`Interval ${n}: ${word}`)
    case 'rubric':
    case 'product':
    case 'checklist':
      return i18n._(msg`Item ${n}: ${word}`)
    case 'cbm':
      return n > 0 ? i18n._(msg`Word ${n}: ${word}`) : word
    case 'probe':
      return word
    default:
      return word === '' ? i18n._(msg`Number ${n}`) : i18n._(msg`Number ${n}: ${word}`)
  }
}

/** Systems that watch for a while: nothing seen there is a real zero. */
export function isWatched({ system }: Pick<Measure, 'system'>): boolean {
  return WATCHED.includes(system)
}

const WATCHED: readonly Measure['system'][] = ['count', 'duration', 'irt', 'interval', 'intensity', 'self']

/**
 * A code as it stands on a key or in a trail. Where prompts come after the answer a prompted answer is always right,
 * so the prompt's letter says all; where they come before it, the sign stays.
 */
export function markOf(
  { result, level }: { result: string; level?: string | null | undefined },
  scheme: PromptScheme | null,
): string {
  if (result === 'N/A') return '/'
  const sign = result === '-' ? '–' : result
  if (!level) return sign
  return result === '+' && scheme?.direction !== 'time_delay' && scheme?.direction !== 'most_to_least'
    ? level
    : sign + level
}

export function schemeOf(measure: Measure | SessionState['measure']): PromptScheme | null {
  return 'prompts' in measure ? (measure.prompts as PromptScheme) : null
}

/** The color a result has on the pad: never alone, its mark says the same. */
export function toneOf(
  result: string,
  level: string | null | undefined,
): 'alone' | 'prompted' | 'not' | 'out' {
  if (result === '+') return level ? 'prompted' : 'alone'
  return result === '-' || result === 'NR' || result === 'R' ? 'not' : 'out'
}

export const NOT_RUN: Readonly<Record<NotRunReason, MessageDescriptor>> = {
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

export function wordOfReason(i18n: I18n, reason: string | null): string {
  const word = NOT_RUN[reason as NotRunReason]
  return word ? i18n._(word) : (reason ?? '')
}
