/** Where a person's day stands at an instant: what runs, what comes, what is over. Pure; "now" is handed in. */
import { dayOf } from '../../platform/core/days.ts'
import type { BoardBlock, DayBoard, Me } from './model.ts'

export interface Moment {
  /** Null: the plan of today is not on this device. A board without a type: no school today. */
  readonly today: DayBoard | null
  /** Blocks that run, by start. Rarely more than one. */
  readonly now: readonly BoardBlock[]
  readonly later: readonly BoardBlock[]
  readonly earlier: readonly BoardBlock[]
  /** The next school day after today, as far as the device knows. */
  readonly following: DayBoard | null
}

/** A block runs from its start until just before its end, so that one ends where the next begins. */
export function momentOf(me: Pick<Me, 'boards' | 'district'>, now: number): Moment {
  const day = dayOf(now, me.district.tz)
  const today = me.boards.find((board) => board.day === day) ?? null
  const blocks = (today?.blocks ?? []).toSorted(byStart)
  return {
    today,
    now: blocks.filter((block) => Date.parse(block.start) <= now && now < Date.parse(block.end)),
    later: blocks.filter((block) => now < Date.parse(block.start)),
    earlier: blocks.filter((block) => Date.parse(block.end) <= now),
    following: me.boards.filter((board) => board.day > day).toSorted(byDay)[0] ?? null,
  }
}

/**
 * The block whose pad is meant when none is named: one with goals that runs, else the next one, else the last one.
 */
export function padBlockOf({ now, later, earlier }: Moment): BoardBlock | null {
  const hasGoals = (block: BoardBlock) => block.programs.length > 0
  return now.find(hasGoals) ?? later.find(hasGoals) ?? earlier.findLast(hasGoals) ?? null
}

function byStart(a: BoardBlock, b: BoardBlock): number {
  return Date.parse(a.start) - Date.parse(b.start) || (a.assignment < b.assignment ? -1 : 1)
}

function byDay(a: DayBoard, b: DayBoard): number {
  return a.day < b.day ? -1 : 1
}
