/**
 * Numbers, days and values in the language of a paper, which need not be that of the screen. What stands on paper and on
 * the form that keys it in is said by the same tables, so that a box has one name. Pure: the server prints with them.
 */
import type { Day } from '../../platform/core/days.ts'
import type { FrozenGraph, Language } from './records.ts'

type AxisUnit = FrozenGraph['unit']

/** `60%` in English, `60 %` in Spanish; `2.5 per min`, `12 s`, `yes`. */
export function valueIn(lang: Language, value: number, unit: AxisUnit): string {
  const number = numberIn(lang, value)
  switch (unit) {
    case 'percent':
      return new Intl.NumberFormat(lang, { style: 'percent', maximumFractionDigits: 1 }).format(value / 100)
    case 'per_minute':
      return lang === 'en' ? `${number} per min` : `${number} por min`
    case 'per_hour':
      return lang === 'en' ? `${number} per hour` : `${number} por hora`
    case 'seconds':
      return `${number} s`
    case 'minutes':
      return `${number} min`
    case 'yes_no':
      return lang === 'en' ? (value >= 0.5 ? 'yes' : 'no') : value >= 0.5 ? 'sí' : 'no'
    case 'count':
    case 'points':
      return number
  }
}

export function numberIn(lang: Language, value: number): string {
  return new Intl.NumberFormat(lang, { maximumFractionDigits: 2 }).format(value)
}

/** `Nov 3, 2026`. */
export function dayIn(lang: Language, day: Day, options: Intl.DateTimeFormatOptions = LONG): string {
  return new Intl.DateTimeFormat(lang, { timeZone: 'UTC', ...options }).format(new Date(`${day}T12:00:00Z`))
}

const LONG = { year: 'numeric', month: 'short', day: 'numeric' } as const
