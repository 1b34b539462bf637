/** From what is marked on a graph, or a step nearer or farther, to the days it shows next. Pure. */
import { dayAt, dayNumber } from './calendar.ts'
import type { Range } from './choose.ts'
import type { GraphModel } from './graph.ts'

/** No fewer days than this are shown: a school week. */
const LEAST_DAYS = 5

/** The days from one point to another. */
export function partOf(model: GraphModel, first: number, last: number): Range {
  const [from, to] = [model.points[first]?.day, model.points[last]?.day]
  return from && to ? daysFrom(dayNumber(from), dayNumber(to)) : { kind: 'all' }
}

/** Half of the days, or twice as many, around a point (without one, up to the newest). */
export function steppedOf(model: GraphModel, step: 'in' | 'out' | 'all', about: number | null): Range {
  const days = model.points.flatMap(({ day }) => (day === null ? [] : [dayNumber(day)]))
  const [oldest, newest] = [days[0], days.at(-1)]
  if (step === 'all' || oldest === undefined || newest === undefined) return { kind: 'all' }
  const { min, max } = model.axis.x
  const shown = { from: Math.max(Math.ceil(min), step === 'in' ? oldest : -Infinity), to: Math.floor(max) }
  const end = step === 'in' ? Math.min(shown.to, newest) : shown.to
  const length = end - shown.from + 1
  const next = Math.max(LEAST_DAYS, Math.round(step === 'in' ? length / 2 : length * 2))
  const aboutDay = about === null ? undefined : model.points[about]?.day
  if (aboutDay === undefined || aboutDay === null) return daysFrom(end - next + 1, end)
  const from = Math.round(dayNumber(aboutDay) - (next - 1) / 2)
  return daysFrom(from, from + next - 1)
}

function daysFrom(from: number, to: number): Range {
  const short = Math.max(0, LEAST_DAYS - (to - from + 1))
  const start = from - Math.floor(short / 2)
  return { kind: 'days', from: dayAt(start), to: dayAt(to + Math.ceil(short / 2)) }
}
