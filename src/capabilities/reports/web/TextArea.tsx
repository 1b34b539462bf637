/** A text of several lines that grows with what is written. */
import { useId, type ReactNode } from 'react'
import styles from './reports.module.css'

interface TextAreaProps {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly lang?: string
  /** What is wrong, or else what helps. */
  readonly below?: ReactNode
}

export function TextArea({ label, value, onChange, lang, below }: TextAreaProps) {
  const id = useId()
  return (
    <div className={styles.field}>
      <label className={styles.label} htmlFor={id}>
        {label}
      </label>
      <textarea
        autoComplete="off"
        id={id}
        className={styles.area}
        rows={2}
        maxLength={600}
        lang={lang}
        value={value}
        aria-describedby={`${id}-below`}
        onChange={({ target }) => onChange(target.value)}
      />
      <div id={`${id}-below`}>{below}</div>
    </div>
  )
}
