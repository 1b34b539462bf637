/** What is asked at the end of an interval, and what its two keys are called: by method. */
import { plural } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import type { MeasureOf } from '../measures.ts'

export interface IntervalWords {
  readonly yes: string
  readonly no: string
  /** While the interval runs and can be answered early. */
  readonly early: string
  asks(n: number): string
  length(seconds: number): string
}

export function useIntervalWords(method: MeasureOf<'interval'>['method']): IntervalWords {
  const { t } = useLingui()
  const length = (seconds: number) => {
    const minutes = seconds / 60
    return Number.isInteger(minutes)
      ? plural(minutes, { one: '# minute', other: '# minutes' })
      : plural(seconds, { one: '# second', other: '# seconds' })
  }
  switch (method) {
    case 'partial':
      return {
        yes: t`happened`,
        no: t`did not`,
        early: t`Tap as soon as it happens`,
        asks: (n) => t`Interval ${n} ended. Did it happen in it?`,
        length,
      }
    case 'whole':
      return {
        yes: t`all of it`,
        no: t`not all of it`,
        early: t`Tap as soon as it stops`,
        asks: (n) => t`Interval ${n} ended. Did it last all of it?`,
        length,
      }
    case 'momentary':
      return {
        yes: t`yes`,
        no: t`no`,
        early: '',
        asks: (n) => t`Look now: sample ${n}`,
        length,
      }
  }
}
