/** The days that the panels of care show. */
import type { Day } from '../../../platform/core/days.ts'
import type { CareLog } from '../rules.ts'

/** The newest days with a record, ascending. */
export function newestDays(logs: readonly CareLog[], most: number): Day[] {
  const days = logs.flatMap((log) => log.entries.map((entry) => entry.day))
  return [...new Set(days)].sort().slice(-most)
}

/** An instant on that day in every zone of the country. */
export function noon(day: Day): string {
  return `${day}T18:00:00Z`
}
