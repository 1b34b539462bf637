/** What the page of a goal hands to whoever shows a log: the plan, the days of school and the zone. */
import type { Day } from '../../platform/core/days.ts'
import type { ProgramBody } from '../sessions/records.ts'

export interface LogPanelProps {
  readonly program: string
  readonly body: ProgramBody
  /** Ascending. */
  readonly schoolDays: readonly Day[]
  readonly tz: string
}
