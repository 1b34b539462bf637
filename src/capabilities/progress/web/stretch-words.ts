/** Trend, variability, immediacy and coverage of phases in words: facts with their numbers, nothing about causes. */
import { useLingui } from '@lingui/react/macro'
import { IOA_TARGET, type Coverage } from '../coverage.ts'
import type { GraphModel, Unit } from '../rules.ts'
import { MIN_TREND_POINTS, type TrendMethod } from '../stats/trend.ts'
import { MOST_TREND_POINTS, type Immediacy, type Stretch } from '../stretches.ts'
import type { GraphWords } from './words.ts'

export function useStretchWords(words: GraphWords) {
  const { t } = useLingui()
  const methods = useMethodNames()
  /** A difference is no share of anything: percentage points. */
  const difference = (by: number, unit: Unit): string => {
    const sign = by > 0 ? '+' : by < 0 ? '−' : '±'
    if (unit.kind !== 'percent') return `${sign}${words.value(Math.abs(by), unit)}`
    const points = words.value(Math.abs(by), { kind: 'points' })
    return t`${sign}${points} percentage points`
  }
  return {
    /** `trend +1.5 per week (Theil–Sen, 8 points)` */
    trend({ trend, n }: Stretch, method: TrendMethod, model: GraphModel): string {
      const { unit } = model.axis.y
      if (unit.kind === 'yes_no' || n === 0) return ''
      if (!trend && n > MOST_TREND_POINTS) return t`too many points for a trend line`
      if (!trend) return n < MIN_TREND_POINTS ? t`no trend under ${MIN_TREND_POINTS} points` : ''
      const by = difference(trend.perWeek, unit)
      const name = methods[method]
      return model.axis.x.kind === 'day'
        ? t`trend ${by} per week (${name}, n = ${trend.n})`
        : t`trend ${by} per session (${name}, n = ${trend.n})`
    },
    spread({ mad, n }: Stretch, model: GraphModel): string {
      if (mad === null || n < 2) return ''
      const by = difference(mad, model.axis.y.unit).slice(1)
      return t`median distance from the level: ${by}`
    },
    immediacy({ before, after }: Immediacy, unit: Unit): string {
      const [from, to] = [words.value(before, unit), words.value(after, unit)]
      return t`at the line: ${from} to ${to} (medians of 3 points)`
    },
    coverage({ watched, sessions, enough }: Coverage): string {
      const share = words.value((100 * watched) / sessions, { kind: 'percent' })
      return enough
        ? t`second observer: ${watched} of ${sessions} sessions (${share})`
        : t`second observer: ${watched} of ${sessions} sessions (${share}; target ${IOA_TARGET}%)`
    },
  }
}

export function useMethodNames(): Readonly<Record<TrendMethod, string>> {
  const { t } = useLingui()
  return {
    theil_sen: t`Theil–Sen`,
    ols: t`least squares`,
    split_middle: t`split middle`,
    quarter_intersect: t`quarter intersect`,
    tukey: t`Tukey`,
  }
}
