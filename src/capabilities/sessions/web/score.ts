/** What a session comes to, for the head of its card: the pair or the figure, and what it means. */
import type { I18n } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { SessionState } from '../state.ts'
import { clockText } from './clock-text.ts'

export interface ScoreWords {
  /** `6/10`, `1:42`, `86` */
  readonly figure: string
  /** `60% alone`, `in 2`, `words correct a minute` */
  readonly meaning: string
}

/** Null while there is no value: nothing is not zero. */
export function scoreOf(i18n: I18n, state: SessionState): ScoreWords | null {
  const { measure, summary } = state
  const { numerator, denominator, parts = {} } = summary
  if (numerator === null || denominator === null || denominator === 0) return null
  const value = numerator / denominator
  const share = percentText(i18n.locale, value * 100)
  const pair = `${numerator}/${denominator}`
  const number = (digits: number) =>
    new Intl.NumberFormat(i18n.locale, { maximumFractionDigits: digits }).format(value)
  const seconds = new Intl.NumberFormat(i18n.locale, { maximumFractionDigits: 1 }).format(value / 1000)
  switch (measure.system) {
    case 'trials':
    case 'steps':
    case 'opportunities':
      return { figure: pair, meaning: i18n._(msg`${share} alone`) }
    case 'interval':
    case 'checklist':
      return { figure: pair, meaning: i18n._(msg`${share} yes`) }
    case 'self':
      return {
        figure: pair,
        meaning: measure.value === 'match' ? i18n._(msg`${share} the same`) : i18n._(msg`${share} yes`),
      }
    case 'product': {
      const { attempted = 0, errors = 0 } = parts
      const right = percentText(i18n.locale, attempted > 0 ? ((attempted - errors) * 100) / attempted : 0)
      return { figure: `${attempted - errors}/${attempted}`, meaning: i18n._(msg`${right} right`) }
    }
    case 'duration': {
      const { episodes = 0, total_ms: total = 0 } = parts
      return { figure: clockText(total), meaning: i18n._(msg`in ${episodes}`) }
    }
    case 'latency':
    case 'irt': {
      const { n = 0 } = parts
      const what =
        measure.system === 'irt' && measure.value === 'mean'
          ? i18n._(msg`mean of ${n}`)
          : i18n._(msg`median of ${n}`)
      return { figure: summary.atLeast ? `≥ ${seconds} s` : `${seconds} s`, meaning: what }
    }
    case 'rubric': {
      const { rated = 0, items = 0 } = parts
      const what = measure.value === 'median' ? i18n._(msg`median level`) : i18n._(msg`points`)
      return { figure: number(1), meaning: rated < items ? `${what} · ${rated}/${items}` : what }
    }
    case 'cbm': {
      const rate = new Intl.NumberFormat(i18n.locale, { maximumFractionDigits: 1 }).format(value * 60_000)
      return measure.value === 'per_minute'
        ? { figure: rate, meaning: i18n._(msg`a minute`) }
        : { figure: number(1), meaning: measure.unit }
    }
    case 'probe':
      return value === 1
        ? { figure: '+', meaning: i18n._(msg`yes`) }
        : { figure: '–', meaning: i18n._(msg`not yet`) }
    case 'intensity':
      return { figure: number(0), meaning: i18n._(msg`highest level`) }
    default:
      return null
  }
}

/** A percentage as the language writes it: “60%”, “60 %”; whole unless more digits are asked for. */
export function percentText(locale: string, value: number, digits = 0): string {
  return new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: digits }).format(
    value / 100,
  )
}
