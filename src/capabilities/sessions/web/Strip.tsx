/**
 * The places of a session that has no ladder of prompts: one mark for each item or interval, and those still to come.
 * A mark that can be corrected is a button; one that can be gone to as well.
 */
import type { ReactNode } from 'react'
import { cx } from '../../../platform/web/kit/cx.ts'
import { VisuallyHidden } from '../../../platform/web/kit/VisuallyHidden.tsx'
import styles from './Trail.module.css'

export interface StripPlace {
  readonly n: number
  /** Empty while nothing stands there. */
  readonly mark: string
  readonly tone?: 'alone' | 'prompted' | 'not' | 'out' | undefined
  /** What it is and what a press does: “Item 2: yes. Correct”. */
  readonly label: string
  readonly isNext?: boolean
  readonly onPress?: (() => void) | undefined
}

export function Strip({ label, places }: { label: string; places: readonly StripPlace[] }) {
  return (
    <ol className={styles.trail} aria-label={label} data-count={places.length}>
      {places.map(({ n, mark, tone, label: words, isNext = false, onPress }) => {
        const inner: ReactNode = (
          <>
            <span
              key={mark}
              className={cx(styles.mark, tone === undefined && (isNext ? styles.next : styles.empty))}
              data-tone={tone}
              aria-hidden
            >
              {mark}
            </span>
            <VisuallyHidden>{words}</VisuallyHidden>
          </>
        )
        return (
          <li key={n}>
            {onPress ? (
              <button
                type="button"
                className={styles.place}
                onClick={onPress}
                aria-current={isNext ? 'step' : undefined}
              >
                {inner}
              </button>
            ) : (
              <span className={styles.place}>{inner}</span>
            )}
          </li>
        )
      })}
    </ol>
  )
}
