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

/** From this minute of the day on, tomorrow is what a person looks for (domain H.2: the evening before, from 18:00). */
const EVENING = 18 * 60

/**
 * Where a person stands in their day. `rest`: a break without duty, in which nothing is asked. `leaving`: nothing with
 * students comes any more. `over`: nothing comes, or it is evening.
 */
export function stageOf(
  { now: running, later }: Moment,
  minute: number,
): 'at_work' | 'rest' | 'leaving' | 'over' {
  if (minute >= EVENING || (running.length === 0 && later.length === 0)) return 'over'
  if (running.length > 0 && running.every((block) => block.off !== undefined)) return 'rest'
  const isStillWith = [...running, ...later].some((block) => block.students.length > 0)
  return isStillWith ? 'at_work' : 'leaving'
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
