/**
 * A text of several lines with its label and a hint; it grows with what is written. `autoComplete` is off because a
 * browser otherwise writes what was typed into its own files, to bring it back after a crash (F33).
 */
import { useId, type ReactNode } from 'react'
import { cx } from './cx.ts'
import styles from './Field.module.css'

export interface TextAreaProps {
  label: string
  value: string
  onChange: (value: string) => void
  description?: ReactNode
  rows?: number | undefined
  maxLength?: number | undefined
}

export function TextArea({ label, value, onChange, description, rows = 2, maxLength }: TextAreaProps) {
  const id = useId()
  return (
    <div className={styles.field}>
      <label className={styles.label} htmlFor={id}>
        {label}
      </label>
      {description && (
        <span id={`${id}-hint`} className={styles.description}>
          {description}
        </span>
      )}
      <textarea
        autoComplete="off"
        id={id}
        className={cx(styles.input, styles.area)}
        rows={rows}
        maxLength={maxLength}
        value={value}
        aria-describedby={description ? `${id}-hint` : undefined}
        onChange={({ target }) => onChange(target.value)}
      />
    </div>
  )
}
