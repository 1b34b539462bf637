/** On or off, at once: a row whose whole width is the target. */
import type { ReactNode } from 'react'
import { useId } from 'react'
import styles from './Switch.module.css'

export interface SwitchProps {
  label: string
  /** What it means, in a sentence. */
  description?: ReactNode
  on: boolean
  onChange: (on: boolean) => void
  disabled?: boolean | undefined
}

export function Switch({ label, description, on, onChange, disabled }: SwitchProps) {
  const id = useId()
  return (
    <button
      type="button"
      role="switch"
      className={styles.row}
      aria-checked={on}
      aria-labelledby={`${id}-label`}
      aria-describedby={description ? `${id}-words` : undefined}
      disabled={disabled}
      onClick={() => onChange(!on)}
    >
      <span className={styles.words}>
        <span id={`${id}-label`} className={styles.label}>
          {label}
        </span>
        {description && (
          <span id={`${id}-words`} className={styles.description}>
            {description}
          </span>
        )}
      </span>
      <span className={styles.track} aria-hidden>
        <span className={styles.thumb} />
      </span>
    </button>
  )
}
