/**
 * Times, dates and numbers as the reader's language writes them and as the school's clock shows them. The zone is
 * the school's, never the browser's: a bus arrives at 8:05 at the school, wherever the phone thinks it is.
 */
import { useLingui } from '@lingui/react'

export interface Formats {
  /** `8:52 AM` or `8:52 a. m.`, from an instant (ISO text or ms). */
  time(at: string | number): string
  /** `8:52`: for the hours of a school day, which need no a.m. */
  clock(at: string | number): string
  /** `Tuesday, November 3` */
  dateLong(at: string | number): string
  /** `Nov 3` */
  dateShort(at: string | number): string
  /** `Nov 3, 8:52` */
  dateTime(at: string | number): string
  /** `Tuesday` */
  weekday(at: string | number): string
  number(value: number, digits?: number): string
}

const cache = new Map<string, Formats>()

/** Formats for a language and an IANA zone. */
export function formatsFor(locale: string, tz: string): Formats {
  const key = `${locale} ${tz}`
  const known = cache.get(key)
  if (known) return known
  const maker = (options: Intl.DateTimeFormatOptions) => {
    const format = new Intl.DateTimeFormat(locale, { timeZone: tz, ...options })
    return (at: string | number) => format.format(new Date(at))
  }
  const hours = new Intl.DateTimeFormat(locale, { timeZone: tz, hour: 'numeric', minute: '2-digit' })
  const numbers = new Map<number, Intl.NumberFormat>()
  const made: Formats = {
    time: maker({ hour: 'numeric', minute: '2-digit' }),
    clock: (at) =>
      hours
        .formatToParts(new Date(at))
        .filter((part) => part.type !== 'dayPeriod')
        .map((part) => part.value)
        .join('')
        .trim(),
    dateLong: maker({ weekday: 'long', month: 'long', day: 'numeric' }),
    dateShort: maker({ month: 'short', day: 'numeric' }),
    dateTime: maker({ month: 'short', day: 'numeric', hour: 'numeric', minute: '2-digit' }),
    weekday: maker({ weekday: 'long' }),
    number(value, digits = 0) {
      const format = numbers.get(digits) ?? new Intl.NumberFormat(locale, { maximumFractionDigits: digits })
      numbers.set(digits, format)
      return format.format(value)
    },
  }
  cache.set(key, made)
  return made
}

/** Formats in the page's language for a zone (of the school: `session.district.tz`). */
export function useFormats(tz: string): Formats {
  return formatsFor(useLingui().i18n.locale, tz)
}
