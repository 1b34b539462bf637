/** Days of the week by their names, 1 = Monday. */
import { useFormats } from '../../../platform/web/i18n/format.ts'

export function useWeekdayName(): (weekday: number) => string {
  const formats = useFormats('UTC')
  // 1 January 2024 was a Monday
  return (weekday) => formats.weekday(Date.UTC(2024, 0, weekday, 12))
}
