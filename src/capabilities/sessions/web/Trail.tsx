/**
 * What a session holds so far, one mark for each trial or step, and the places still to come. A mark is a button:
 * it opens the correction of that item.
 */
import { useLingui } from '@lingui/react/macro'
import { cx } from '../../../platform/web/kit/cx.ts'
import { VisuallyHidden } from '../../../platform/web/kit/VisuallyHidden.tsx'
import type { Measure } from '../records.ts'
import type { SessionItem, SessionState } from '../state.ts'
import { markOf, schemeOf, toneOf, wordOfItem } from './words.ts'
import styles from './Trail.module.css'

export interface TrailProps {
  readonly state: SessionState | null
  readonly measure: Measure
  /** The place of the next tap. */
  readonly next: number | null
  readonly onItem: (item: SessionItem) => void
  /** Goes to a place without a result (steps, and an observer's trials). */
  readonly onPlace?: ((n: number) => void) | undefined
}

/** Places that stand ready for natural chances, of which nobody knows how many come: a row. */
const CHANCES = 10

export function Trail({ state, measure, next, onItem, onPlace }: TrailProps) {
  const { t, i18n } = useLingui()
  if (!('prompts' in measure)) return null
  const isSteps = measure.system === 'steps'
  const items = new Map(state?.items.map((item) => [item.n, item]))
  const planned = isSteps ? measure.steps.length : measure.system === 'trials' ? measure.planned : CHANCES
  const last = Math.max(planned, next ?? 0, ...items.keys())
  const scheme = schemeOf(measure)
  return (
    <ol className={styles.trail} aria-label={isSteps ? t`Steps` : t`Trials`} data-count={last}>
      {Array.from({ length: last }, (_, index) => {
        const n = index + 1
        const item = items.get(n)
        if (item) {
          const word = wordOfItem(i18n, item, measure)
          return (
            <li key={n}>
              <button
                type="button"
                className={styles.place}
                onClick={() => onItem(item)}
                aria-haspopup="dialog"
              >
                <span
                  key={item.code}
                  className={styles.mark}
                  data-tone={toneOf(item.result, item.level)}
                  aria-hidden
                >
                  {markOf(item, scheme)}
                </span>
                <VisuallyHidden>
                  {isSteps ? t`Step ${n}: ${word}. Correct` : t`Trial ${n}: ${word}. Correct`}
                </VisuallyHidden>
              </button>
            </li>
          )
        }
        if (!onPlace)
          return (
            <li key={n} aria-hidden>
              <span className={styles.place}>
                <span className={cx(styles.mark, n === next ? styles.next : styles.empty)} />
              </span>
            </li>
          )
        return (
          <li key={n}>
            <button
              type="button"
              className={styles.place}
              onClick={() => onPlace(n)}
              aria-label={isSteps ? t`Go to step ${n}` : t`Go to trial ${n}`}
              aria-current={n === next ? 'step' : undefined}
            >
              <span className={cx(styles.mark, n === next ? styles.next : styles.empty)}>{n}</span>
            </button>
          </li>
        )
      })}
    </ol>
  )
}
