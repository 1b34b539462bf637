/** When something happened, beside when it arrived: with its year where that is another one. */
import { useLingui } from '@lingui/react/macro'
import { useFormats } from '../../../platform/web/i18n/format.ts'

/** `Nov 3, 8:52 AM`, and with its year where it is not the year of `beside`. Both in ms. */
export function useWhen(tz: string): (at: number, beside: number) => string {
  const { i18n } = useLingui()
  const formats = useFormats(tz)
  const year = new Intl.DateTimeFormat(i18n.locale, { timeZone: tz, year: 'numeric' })
  return (at, beside) => {
    const same = year.format(at) === year.format(beside)
    return same ? formats.dateTime(at) : `${formats.dateShort(at)} ${year.format(at)}, ${formats.time(at)}`
  }
}
