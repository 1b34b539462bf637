/** A countdown: the part of the interval that is left as a ring, its seconds inside. Hidden from screen readers, which have the words. */
import styles from './Ring.module.css'

const R = 40
const AROUND = 2 * Math.PI * R

export interface RingProps {
  readonly left: number
  readonly of: number
  /** The cue has come: the ring fills. */
  readonly due?: boolean
}

export function Ring({ left, of, due = false }: RingProps) {
  const part = of > 0 ? Math.min(1, Math.max(0, left / of)) : 0
  return (
    <svg className={styles.ring} viewBox="0 0 96 96" data-due={due || undefined} aria-hidden>
      <circle className={styles.track} cx="48" cy="48" r={R} />
      <circle
        className={styles.left}
        cx="48"
        cy="48"
        r={R}
        strokeDasharray={`${AROUND * part} ${AROUND}`}
        transform="rotate(-90 48 48)"
      />
      <text className={styles.seconds} x="48" y="49">
        {secondsText(left)}
      </text>
    </svg>
  )
}

/** `42`, from a minute on `2:05`. */
function secondsText(seconds: number): string {
  if (seconds < 60) return `${seconds}`
  return `${Math.floor(seconds / 60)}:${`${seconds % 60}`.padStart(2, '0')}`
}
