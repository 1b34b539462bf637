/** Days of the school's calendar in words: `Nov 3`, and with its year where that is not the year of today. */
import { useLingui } from '@lingui/react/macro'
import type { Day } from '../../core/days.ts'

export interface DayWords {
  (day: Day): string
  /** `Nov 3 – Dec 18`, `since Nov 3` */
  span(from: Day, to: Day | null): string
}

/** In the reader's language; `today` is the school's. */
export function useDays(today: Day): DayWords {
  const { t, i18n } = useLingui()
  const say = (day: Day) =>
    new Intl.DateTimeFormat(i18n.locale, {
      timeZone: 'UTC',
      month: 'short',
      day: 'numeric',
      ...(day.slice(0, 4) !== today.slice(0, 4) && { year: 'numeric' }),
    }).format(new Date(`${day}T12:00:00Z`))
  return Object.assign(say, {
    span(from: Day, to: Day | null) {
      const [first, last] = [say(from), say(to ?? from)]
      if (to === null) return from > today ? t`from ${first}` : t`since ${first}`
      return from === to ? first : `${first} – ${last}`
    },
  })
}
