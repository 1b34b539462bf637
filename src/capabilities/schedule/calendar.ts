/**
 * What a day of the school's calendar means: its type, how it runs, where a piece of the timetable lands on it, and what
 * of that which children are owed has no place any more. Pure; the server resolves boards with it, coverage plans with
 * it, the coordinator sees its lists before anything is saved.
 */
import { addDays, weekday, type Day } from '../../platform/core/days.ts'
import type { Uuid } from '../../platform/core/ids.ts'
import type { Assignment, Block, OneToOne, Post, SchoolDay } from './model.ts'

/** The bell of a day as it runs. */
export interface DayPlan {
  readonly day: Day
  readonly type: string
  readonly variant: string
  /** Ascending. */
  readonly blocks: readonly Block[]
}

/** date → day type → variant → blocks. Null: the school is closed. */
export function planOf(
  calendar: { readonly schoolDays: readonly SchoolDay[]; readonly blocks: readonly Block[] },
  school: Uuid,
  day: Day,
): DayPlan | null {
  const found = calendar.schoolDays.find((one) => one.school === school && one.day === day)
  if (!found) return null
  const variant = found.variant ?? REGULAR
  return { day, type: found.type, variant, blocks: bellOf(calendar.blocks, school, variant) }
}

export const REGULAR = 'regular'

/** The blocks of a variant, ascending. */
export function bellOf(blocks: readonly Block[], school: Uuid, variant: string): Block[] {
  return blocks
    .filter((block) => block.school === school && (block.variant ?? REGULAR) === variant)
    .toSorted((a, b) => minuteOf(a.start) - minuteOf(b.start) || (a.code < b.code ? -1 : 1))
}

/** Day types in turn over the days on which there is school: `['A', 'B']`, or six days that rotate. */
export function rotation(types: readonly string[], days: readonly Day[]): { day: Day; type: string }[] {
  return days.flatMap((day, n) => {
    const type = types[n % types.length]
    return type === undefined ? [] : [{ day, type }]
  })
}

/** The days from Monday to Friday between two dates that are not closed. A closed day does not use up a day type. */
export function weekdaysBetween(
  from: Day,
  to: Day,
  closed: readonly (readonly [from: Day, to: Day])[],
): Day[] {
  const days: Day[] = []
  for (let day = from; day <= to; day = addDays(day, 1))
    if (weekday(day) <= 5 && !closed.some(([first, last]) => first <= day && day <= last)) days.push(day)
  return days
}

/** What is wrong with a bell; `block` is its place in the list, and `field` the field of it. */
export interface BellFinding {
  readonly code:
    | 'bell.time'
    | 'bell.ends_before_it_begins'
    | 'bell.overlap'
    | 'bell.code_twice'
    | 'bell.empty'
  readonly block: number
  readonly field: 'start' | 'end' | 'code'
  /** Code of the block in the way. */
  readonly other: string | null
}

const TIME = /^([01]\d|2[0-3]):[0-5]\d$/

/** Why these blocks are no bell; none = they are one. Blocks may touch, and there may be time between them. */
export function findingsOf(blocks: readonly Pick<Block, 'code' | 'start' | 'end'>[]): BellFinding[] {
  if (blocks.length === 0) return [{ code: 'bell.empty', block: 0, field: 'code', other: null }]
  const findings: BellFinding[] = []
  const sound: { at: number; code: string; from: number; to: number }[] = []
  for (const [at, { code, start, end }] of blocks.entries()) {
    const wrong = !TIME.test(start) ? 'start' : !TIME.test(end) ? 'end' : null
    if (blocks.findIndex((one) => one.code === code) < at)
      findings.push({ code: 'bell.code_twice', block: at, field: 'code', other: code })
    if (wrong) findings.push({ code: 'bell.time', block: at, field: wrong, other: null })
    else if (minuteOf(end) <= minuteOf(start))
      findings.push({ code: 'bell.ends_before_it_begins', block: at, field: 'end', other: null })
    else sound.push({ at, code, from: minuteOf(start), to: minuteOf(end) })
  }
  let last: (typeof sound)[number] | undefined
  for (const one of sound.toSorted((a, b) => a.from - b.from || a.at - b.at)) {
    if (last && one.from < last.to)
      findings.push({ code: 'bell.overlap', block: one.at, field: 'start', other: last.code })
    if (!last || one.to > last.to) last = one
  }
  return findings.toSorted((a, b) => a.block - b.block)
}

/** What is owed on a day and finds no place on it, or less than on a day as usual. */
export interface Unserved {
  readonly what: 'one_to_one' | 'post' | 'care' | 'service'
  /** Of the entitlement, the post, or the assignment. */
  readonly id: Uuid
  readonly students: readonly Uuid[]
  /** Code of the block; null = the day as a whole. */
  readonly code: string | null
  /** no_block: its block does not take place. shorter: it takes place, but shorter. nobody: no adult is planned. */
  readonly reason: 'no_block' | 'shorter' | 'nobody'
  /** How long it would be as usual, and how much of it is missing, minutes. */
  readonly minutes: number
  readonly missing: number
}

export interface Owed {
  readonly assignments: readonly Assignment[]
  readonly oneToOnes: readonly OneToOne[]
  readonly posts: readonly Post[]
}

/**
 * Everything owed on a day that a bell leaves without its place: each right to an adult of one's own, each post, each
 * piece of care or service. What is on the list is on it once; what is not on it takes place in full. `regular` is the
 * bell on which the timetable stands, `plan` the day as it would run.
 */
export function unservedOn(plan: DayPlan, regular: readonly Block[], owed: Owed): Unserved[] {
  const there = new Map(plan.blocks.map((block) => [block.code, lengthOf(block)]))
  const usual = new Map(regular.map((block) => [block.code, lengthOf(block)]))
  const holds = ({ from, to }: { from: Day; to: Day | null }) =>
    from <= plan.day && (to === null || plan.day <= to)
  const pieces = owed.assignments.filter((one) => holds(one) && one.dayTypes.includes(plan.type))
  const byId = new Map([...regular, ...plan.blocks].map((block) => [block.id, block]))
  const adultIn = new Set(
    pieces.flatMap((one) => {
      const code = byId.get(one.block)?.code
      return code === undefined || one.off ? [] : one.students.map((student) => `${student} ${code}`)
    }),
  )
  const left = (code: string): Pick<Unserved, 'code' | 'reason' | 'minutes' | 'missing'> | null => {
    const minutes = usual.get(code) ?? there.get(code) ?? 0
    const now = there.get(code)
    if (now === undefined) return { code, reason: 'no_block', minutes, missing: minutes }
    return now < minutes ? { code, reason: 'shorter', minutes, missing: minutes - now } : null
  }
  return [
    ...owed.oneToOnes.filter(holds).flatMap((one): Unserved[] => {
      const of = { what: 'one_to_one' as const, id: one.id, students: [one.student] }
      if (one.blocks.length === 0) {
        const minutes = one.minutesADay ?? 0
        const day = [...there.values()].reduce((sum, length) => sum + length, 0)
        return day < minutes
          ? [{ ...of, code: null, reason: 'shorter', minutes, missing: minutes - day }]
          : []
      }
      return one.blocks.flatMap((code): Unserved[] => {
        // an adult of one's own is owed as long as the block lasts: a shorter block is not less of it
        const gone = left(code)
        if (gone?.reason === 'no_block') return [{ ...of, ...gone }]
        const minutes = there.get(code) ?? 0
        if (adultIn.has(`${one.student} ${code}`)) return []
        return [{ ...of, code, reason: 'nobody', minutes, missing: minutes }]
      })
    }),
    ...owed.posts.filter(holds).flatMap((one): Unserved[] => {
      const gone = left(one.code)
      return gone?.reason === 'no_block' ? [{ what: 'post', id: one.id, students: [], ...gone }] : []
    }),
    ...pieces.flatMap((one): Unserved[] => {
      const what = one.purpose
      const block = byId.get(one.block)
      if ((what !== 'care' && what !== 'service') || !block) return []
      if ((block.variant ?? REGULAR) === plan.variant) return []
      const minutes = minuteOf(one.end ?? block.end) - minuteOf(one.start ?? block.start)
      const onThatDay = plan.blocks.find(({ code }) => code === block.code)
      const span = onThatDay && landed(one, block, onThatDay)
      const of = { what, id: one.id, students: one.students, code: block.code, minutes }
      if (!span) return [{ ...of, reason: 'no_block', missing: minutes }]
      const missing = minutes - lengthOf(span)
      return missing > 0 ? [{ ...of, reason: 'shorter', missing }] : []
    }),
  ]
}

/** From and to on a school's clock, `HH:MM`. */
export interface Span {
  readonly start: string
  readonly end: string
}

/**
 * When a piece of the timetable runs on a day whose blocks are not the regular ones. A piece that fills its block fills
 * the block of the same code; one that begins or ends within it keeps its share of the block, to the whole minute, so
 * that two that touch still touch and none is lost without a word. Null: nothing is left of it.
 */
export function landed(
  piece: { readonly start: string | null; readonly end: string | null },
  regular: Span,
  onThatDay: Span,
): Span | null {
  const from = minuteOf(regular.start)
  const length = minuteOf(regular.end) - from
  const begin = minuteOf(onThatDay.start)
  const share = (time: string) => {
    const within = Math.min(Math.max(minuteOf(time) - from, 0), length)
    return begin + Math.round((within * (minuteOf(onThatDay.end) - begin)) / length)
  }
  const start = piece.start === null ? begin : share(piece.start)
  const end = piece.end === null ? minuteOf(onThatDay.end) : share(piece.end)
  return end > start ? { start: timeOf(start), end: timeOf(end) } : null
}

function lengthOf({ start, end }: Span): number {
  return minuteOf(end) - minuteOf(start)
}

/** Minutes since midnight of `HH:MM` or `HH:MM:SS`; seconds are left out. */
export function minuteOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))
}

/** `HH:MM` of minutes since midnight. */
export function timeOf(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
}
