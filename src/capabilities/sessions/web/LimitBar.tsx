/** How much of a limit has passed, as a thin bar that is always there. The words beside it say the same. */
import styles from './LimitBar.module.css'

/** @param part 0 to 1. */
export function LimitBar({ part }: { part: number }) {
  const width = Math.min(100, Math.max(0, part * 100))
  return (
    <svg className={styles.bar} viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden>
      <rect className={styles.track} width="100" height="4" />
      <rect className={styles.passed} width={width} height="4" />
    </svg>
  )
}
