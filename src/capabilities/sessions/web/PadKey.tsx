/** A key of a pad that stands beside others: a sign that is seen from afar, and its word. */
import { useTap } from '../../../platform/web/tap.ts'
import styles from './Pads.module.css'

export interface PadKeyProps {
  readonly sign?: string
  readonly word: string
  /** When the word alone does not tell two keys of a pad apart. */
  readonly label?: string
  readonly tone?: 'yes' | 'no' | undefined
  /** Where keys are choices: whether this one stands. */
  readonly pressed?: boolean | undefined
  readonly disabled?: boolean | undefined
  readonly onTap: () => void
}

export function PadKey({ sign, word, label, tone, pressed, disabled, onTap }: PadKeyProps) {
  const tap = useTap(() => !disabled && onTap())
  return (
    <button
      {...tap}
      type="button"
      className={styles.key}
      data-tone={tone}
      aria-label={label}
      aria-pressed={pressed}
      disabled={disabled}
      onKeyDown={(event) => {
        if (event.repeat) event.preventDefault()
      }}
    >
      {sign !== undefined && (
        <span className={styles.sign} aria-hidden>
          {sign}
        </span>
      )}
      <span>{word}</span>
    </button>
  )
}
