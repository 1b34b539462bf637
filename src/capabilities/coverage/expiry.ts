/**
 * How near the end of a training is (domain L.3: alerts at 60, 30 and 7 days). Pure: "today" is handed in. Asked for one's
 * own line on Today, which reads the device, and for the coordinator's screen of training.
 */
import { daysBetween, type Day } from '../../platform/core/days.ts'

/** So many days before its last day somebody is told, the farthest first. */
export const ALERT_DAYS = [60, 30, 7] as const

export interface Expiry {
  /** From today to the last day on which it holds: 0 = today is that day, below 0 = it is over. */
  readonly left: number
  /** The narrowest alert that it is within; `over`: it has ended. */
  readonly stage: (typeof ALERT_DAYS)[number] | 'over'
}

/** Null: it has no end, or one that is farther away than the first alert. */
export function expiryOf(to: Day | null, today: Day): Expiry | null {
  if (to === null) return null
  const left = daysBetween(today, to)
  if (left < 0) return { left, stage: 'over' }
  const stage = ALERT_DAYS.findLast((days) => left <= days)
  return stage === undefined ? null : { left, stage }
}

export interface Ends {
  readonly task: string
  /** Null: with any student. */
  readonly student: string | null
  /** The last day on which it holds; null: no end. */
  readonly to: Day | null
}

/** Of a person's trainings the one that holds longest for each task and student: one that was renewed does not end. */
export function longest<Row extends Ends>(rows: readonly Row[]): Row[] {
  const found = new Map<string, Row>()
  for (const row of rows) {
    const key = `${row.task} ${row.student ?? ''}`
    const known = found.get(key)
    if (!known || isLater(row.to, known.to)) found.set(key, row)
  }
  return [...found.values()]
}

function isLater(a: Day | null, b: Day | null): boolean {
  return b !== null && (a === null || a > b)
}
