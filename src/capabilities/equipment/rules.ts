/**
 * What is known of a student's equipment from the checks of it. Pure; the day and the low mark of a battery are handed in.
 * Each item is due once on a school day. What was not in order stays open until a later check finds it in order.
 */
import { dayOf, type Day } from '../../platform/core/days.ts'
import type { StoredRecord } from '../../platform/records/envelope.ts'
import { settle } from '../../platform/records/settle.ts'
import { CheckBody } from './records.ts'

export interface Check extends CheckBody {
  readonly id: string
  readonly at: string
  readonly by: string
}

/** What stands of one student, the first one first. */
export function checksFrom(records: readonly StoredRecord[]): Check[] {
  return settle(records).live.flatMap(({ id, at, author: by, body }) => {
    const check = CheckBody.safeParse(body).data
    return check ? [{ id, at, by, ...check }] : []
  })
}

export interface Item {
  readonly item: string
  /** The last look at it on that day; null: it is due. */
  readonly check: Check | null
}

/** The items of a profile, each once, with how they were found on a day. */
export function itemsOn(
  items: readonly string[],
  checks: readonly Check[],
  { day, tz }: { readonly day: Day; readonly tz: string },
): Item[] {
  const today = checks.filter(({ at }) => dayOf(at, tz) === day)
  return [...new Set(items)].map((item) => ({
    item,
    check: today.findLast((one) => one.item === item) ?? null,
  }))
}

/** What is not in order as far as anybody has looked, the oldest first. */
export function openOf(checks: readonly Check[]): Check[] {
  const last = new Map(checks.map((check) => [check.item, check]))
  return checks.filter((check) => last.get(check.item) === check && check.result !== 'ok')
}

/** Is a battery below the mark under which it is charged at once? Not said, or no mark: no. */
export function isLow(percent: number | null, mark: number | null): boolean {
  return percent !== null && mark !== null && percent < mark
}
