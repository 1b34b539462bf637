/** Where an axis of days or of session numbers carries labels: the densest set in which no two touch. */
import { scaleLinear } from 'd3-scale'
import { addDays, weekday, type Day } from '../../platform/core/days.ts'
import { dayAt, dayNumber } from './calendar.ts'

/** How a day is written: `22`, `Oct 6`, `Oct`, `Jan 2027`, `2027`. */
export type DayStyle = 'day' | 'month_day' | 'month' | 'month_year' | 'year'

export type Tick = { readonly x: number; readonly label: string }

type Axis = {
  readonly min: number
  readonly max: number
  /** Place in px of a value. */
  readonly at: (x: number) => number
  readonly widthOf: (label: string) => number
}

/** Least room in px between two labels. */
const ROOM = 10
/** No label is narrower than this, so closer steps need not be tried. */
const LEAST = 12

/** Days, Mondays, first days of months, or years, whichever is the densest that fits. */
export function dayTicks(axis: Axis, write: (day: Day, style: DayStyle) => string): Tick[] {
  const perDay = axis.at(1) - axis.at(0)
  for (const step of STEPS) {
    if (step.days * perDay < LEAST) continue
    const labels = fitting(labelled(step.make(axis), step.style, write), axis)
    if (labels && labels.length > 0) return labels
  }
  return [...labelled([firstDay(axis)], 'days', write)]
}

/** Whole session numbers at a round distance. */
export function sessionTicks(axis: Axis, write: (value: number) => string): Tick[] {
  const scale = scaleLinear().domain([axis.min, axis.max])
  for (const count of [20, 15, 10, 8, 6, 5, 4, 3, 2, 1]) {
    const whole = scale.ticks(count).filter((x) => Number.isInteger(x))
    const labels = fitting(
      whole.map((x) => ({ x, label: write(x) })),
      axis,
    )
    if (labels && labels.length > 0) return labels
  }
  return []
}

/** Numbers of the vertical axis, about `count` of them. */
export function valueTicks(min: number, max: number, count: number): number[] {
  return scaleLinear().domain([min, max]).ticks(count)
}

type Range = { readonly min: number; readonly max: number }
type Step = {
  readonly days: number
  readonly style: 'days' | 'months' | 'years'
  readonly make: (range: Range) => Iterable<Day>
}

const STEPS: readonly Step[] = [
  ...[1, 2].map((n): Step => ({
    days: n,
    style: 'days',
    make: (range) => everyDays(range, firstDay(range), n),
  })),
  ...[7, 14].map((n): Step => ({
    days: n,
    style: 'days',
    make: (range) => everyDays(range, monday(range), n),
  })),
  ...[1, 2, 3, 6].map((n): Step => ({
    days: 28 * n,
    style: 'months',
    make: (range) => everyMonths(range, n),
  })),
  ...[1, 2, 5, 10, 50].map((n): Step => ({
    days: 365 * n,
    style: 'years',
    make: (range) => everyMonths(range, 12 * n),
  })),
]

const firstDay = ({ min }: Range): Day => dayAt(Math.ceil(min))

function monday(range: Range): Day {
  const first = firstDay(range)
  return addDays(first, (8 - weekday(first)) % 7)
}

function* everyDays({ max }: Range, first: Day, step: number): Iterable<Day> {
  for (let day = first; dayNumber(day) <= max; day = addDays(day, step)) yield day
}

/** First days of months, counted from January so that the same months are chosen whatever the range. */
function* everyMonths({ min, max }: Range, step: number): Iterable<Day> {
  const first = firstDay({ min, max })
  const from = Number(first.slice(0, 4)) * 12 + Number(first.slice(5, 7)) - 1
  for (let month = Math.ceil(from / step) * step; ; month += step) {
    const year = String(Math.floor(month / 12)).padStart(4, '0')
    const day = `${year}-${String((month % 12) + 1).padStart(2, '0')}-01`
    if (dayNumber(day) > max) return
    if (dayNumber(day) >= min) yield day
  }
}

function* labelled(
  days: Iterable<Day>,
  kind: Step['style'],
  write: (day: Day, style: DayStyle) => string,
): Iterable<Tick> {
  let previous: Day | undefined
  for (const day of days) {
    const sameMonth = previous?.slice(0, 7) === day.slice(0, 7)
    const sameYear = previous?.slice(0, 4) === day.slice(0, 4)
    const style: DayStyle =
      kind === 'years'
        ? 'year'
        : kind === 'months'
          ? sameYear || previous === undefined
            ? 'month'
            : 'month_year'
          : sameMonth
            ? 'day'
            : 'month_day'
    previous = day
    yield { x: dayNumber(day), label: write(day, style) }
  }
}

/** All of them, or null where two touch: those after the first that does are not even written. */
function fitting(labels: Iterable<Tick>, axis: Axis): Tick[] | null {
  const found: Tick[] = []
  let end = -Infinity
  for (const tick of labels) {
    const half = axis.widthOf(tick.label) / 2
    if (axis.at(tick.x) - half < end) return null
    end = axis.at(tick.x) + half + ROOM
    found.push(tick)
  }
  return found
}
