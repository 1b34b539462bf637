/**
 * What a standard celeration chart is made of (domain D.5): corrects and errors, or occurrences, per minute by day,
 * and how each multiplies from week to week within a phase. Pure.
 */
import { dayNumber } from './calendar.ts'
import type { GraphModel } from './graph.ts'
import type { SessionState } from '../sessions/state.ts'
import { celerationOf, chartHeight, type Celeration, type Frequency } from './stats/celeration.ts'
import { MIN_TREND_POINTS } from './stats/trend.ts'

export interface FrequencyPoint extends Frequency {
  readonly session: string
  /** Count ÷ minutes; a zero stands at its record floor. */
  readonly perMinute: number
  readonly belowFloor: boolean
  /** Counts for decisions. */
  readonly decides: boolean
}

export interface Run {
  /** Days of the first and the last point in the line. */
  readonly from: number
  readonly to: number
  readonly line: Celeration
}

export interface Series {
  /** `up`: to increase, or correct (dots). `down`: to decrease, or errors (crosses). */
  readonly kind: 'up' | 'down'
  readonly points: readonly FrequencyPoint[]
  /** One for each stretch between major phase lines with at least six points above zero. */
  readonly runs: readonly Run[]
}

export interface Frequencies {
  readonly series: readonly Series[]
  /** The length of each recording: 1 ÷ minutes, by day. */
  readonly floors: readonly { readonly day: number; readonly perMinute: number }[]
}

/** Null when nothing was counted in a known time. `stretches`: first and last phase of each. */
export function frequenciesOf(
  model: GraphModel,
  states: readonly SessionState[],
  stretches: readonly { readonly first: number; readonly last: number }[],
): Frequencies | null {
  const points = new Map(model.points.map((point) => [point.sessionId, point]))
  const found: { readonly phase: number; readonly point: FrequencyPoint; readonly kind: 'up' | 'down' }[] = []
  const floors = new Map<number, number>()
  for (const one of states) {
    const point = points.get(one.session)
    const counted = countedOf(one)
    if (!point || point.day === null || one.observer !== 'primary' || !counted) continue
    const day = dayNumber(point.day)
    const { minutes } = counted
    floors.set(day, Math.min(floors.get(day) ?? Infinity, 1 / minutes))
    const add = (kind: 'up' | 'down', count: number) => {
      const frequency = { day, count, minutes }
      found.push({
        kind,
        phase: point.phase,
        point: { ...frequency, ...chartHeight(frequency), session: one.session, decides: point.decides },
      })
    }
    if (counted.errors === null) add(model.direction === 'increase' ? 'up' : 'down', counted.count)
    else {
      add('up', counted.count)
      add('down', counted.errors)
    }
  }
  if (found.length === 0) return null
  const kinds = (['up', 'down'] as const).filter((kind) => found.some((one) => one.kind === kind))
  return {
    floors: [...floors].map(([day, perMinute]) => ({ day, perMinute })).sort((a, b) => a.day - b.day),
    series: kinds.map((kind) => {
      const own = found.filter((one) => one.kind === kind)
      return {
        kind,
        points: own.map((one) => one.point),
        runs: stretches.flatMap(({ first, last }): Run[] => {
          const within = own.filter(({ phase, point }) => point.decides && phase >= first && phase <= last)
          const line = celerationOf(within.map((one) => one.point))
          const days = within.filter(({ point }) => point.count > 0).map(({ point }) => point.day)
          return line && line.n >= MIN_TREND_POINTS
            ? [{ from: Math.min(...days), to: Math.max(...days), line }]
            : []
        }),
      }
    }),
  }
}

/** Occurrences, or corrects and errors, and the minutes they took; null where one of them is not known. */
function countedOf({ summary, measure }: SessionState) {
  const { numerator, opportunities, parts } = summary
  if (numerator === null) return null
  if (measure.system === 'count')
    return opportunities > 0 ? { count: numerator, errors: null, minutes: opportunities / 60_000 } : null
  if (measure.system !== 'cbm' && measure.system !== 'product') return null
  const { attempted, errors, ms } = parts ?? {}
  if (attempted === undefined || errors === undefined || ms === undefined || ms <= 0) return null
  return { count: attempted - errors, errors, minutes: ms / 60_000 }
}
