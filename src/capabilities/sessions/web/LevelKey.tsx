/** A level with what it looks like: the number for the thumb, the anchor for whoever is not sure. */
import { useTap } from '../../../platform/web/tap.ts'
import styles from './Pads.module.css'

export interface LevelKeyProps {
  readonly level: string
  readonly anchor: string
  readonly pressed?: boolean | undefined
  readonly onTap: () => void
}

export function LevelKey({ level, anchor, pressed, onTap }: LevelKeyProps) {
  const tap = useTap(onTap)
  return (
    <button
      {...tap}
      type="button"
      className={styles.level}
      aria-pressed={pressed}
      onKeyDown={(event) => {
        if (event.repeat) event.preventDefault()
      }}
    >
      <span className={styles.sign}>{level}</span>
      <span>{anchor}</span>
    </button>
  )
}
