/** How a session stands, as its pair first and then what the pair comes to. A share is never shown without its pair. */
import { useLingui } from '@lingui/react/macro'
import { displayValue } from '../rules.ts'
import type { SessionState } from '../state.ts'
import styles from './Score.module.css'

export function Score({ state }: { state: SessionState }) {
  const { t } = useLingui()
  if (state.measure.system === 'count') return <Total count={state.items.length} />
  const shown = displayValue(state.summary)
  if (!shown) return null
  const percent = percentText(shown.value)
  return (
    <p className={styles.score}>
      <span className={styles.pair}>
        {shown.numerator}/{shown.denominator}
      </span>
      <small>{t`${percent} alone`}</small>
    </p>
  )
}

function Total({ count }: { count: number }) {
  return (
    <p className={styles.score}>
      <span key={count} className={styles.total}>
        {count}
      </span>
    </p>
  )
}

/** “60 %”, whole, with a space that does not break. */
export function percentText(value: number): string {
  return `${Math.round(value)}\u00a0%`
}
