/** How a session stands, as its pair first and then what the pair comes to. A share is never shown without its pair. */
import { useLingui } from '@lingui/react/macro'
import { displayValue } from '../rules.ts'
import type { SessionState } from '../state.ts'
import styles from './Score.module.css'

export function Score({ state }: { state: SessionState }) {
  const { t, i18n } = useLingui()
  if (state.measure.system === 'count') return <Total count={state.items.length} />
  const shown = displayValue(state.summary)
  if (!shown) return null
  const percent = percentText(i18n.locale, shown.value)
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

/** A whole percentage as the language writes it: “60%”, “60 %”. */
export function percentText(locale: string, value: number): string {
  return new Intl.NumberFormat(locale, { style: 'percent' }).format(value / 100)
}
