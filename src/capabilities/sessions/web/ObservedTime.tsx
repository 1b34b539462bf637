/** The observation clock as it runs, and the rate so far. The only part of the pad that renders every second. */
import { useLingui } from '@lingui/react/macro'
import { Pause, Timer } from 'lucide-react'
import { useClock } from '../../../platform/web/store/now.ts'
import { useFormats } from '../../../platform/web/i18n/format.ts'
import { displayValue, observedMs } from '../rules.ts'
import type { SessionState } from '../state.ts'
import { clockText } from './clock-text.ts'
import styles from './ObservedTime.module.css'

/** A rate over less than this says nothing yet, ms. */
const RATE_FROM_MS = 60_000

export function ObservedTime({ state, withRate }: { state: SessionState; withRate: boolean }) {
  const { t } = useLingui()
  const seconds = useClock((clock) =>
    Math.floor(observedMs(state, clock.now(), { boot: clock.boot, ms: clock.mono() }) / 1000),
  )
  const ms = seconds * 1000
  const isRunning = state.runningSince !== null
  const Icon = isRunning ? Timer : Pause
  const elapsed = clockText(ms)
  return (
    <p className={styles.observed}>
      <span className={styles.line} data-running={isRunning || undefined}>
        <Icon size={16} aria-hidden />
        {isRunning
          ? t`watching ${elapsed}`
          : state.status === 'open'
            ? t`paused at ${elapsed}`
            : t`watched ${elapsed}`}
      </span>
      {withRate && <RateText count={state.items.length} ms={ms} />}
    </p>
  )
}

/** “8.3 an hour”. Short watching gives no rate. */
export function RateText({ count, ms }: { count: number; ms: number }) {
  const { t } = useLingui()
  const formats = useFormats('UTC')
  if (ms < RATE_FROM_MS) return null
  const rate = displayValue({
    metric: 'rate',
    numerator: count,
    denominator: ms,
    opportunities: ms,
    validity: 'partial',
  })
  if (!rate) return null
  const value = formats.number(rate.value, rate.unit === 'per_minute' ? 2 : 1)
  return (
    <span className={styles.rate}>
      {rate.unit === 'per_minute' ? t`${value} a minute` : t`${value} an hour`}
    </span>
  )
}
