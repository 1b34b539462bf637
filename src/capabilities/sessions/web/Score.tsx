/** How a session stands, as its pair first and then what the pair comes to. A share is never shown without its pair. */
import { useLingui } from '@lingui/react/macro'
import type { SessionState } from '../state.ts'
import { countedIn } from './counted.ts'
import { scoreOf } from './score.ts'
import styles from './Score.module.css'

export function Score({ state }: { state: SessionState }) {
  const { i18n } = useLingui()
  if (state.measure.system === 'count') return <Total count={countedIn(state.items)} />
  const score = scoreOf(i18n, state)
  if (!score) return null
  return (
    <p className={styles.score}>
      <span className={styles.pair}>{score.figure}</span>
      <small>{score.meaning}</small>
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
