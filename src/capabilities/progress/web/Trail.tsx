/**
 * The trials or steps of a session in order, as marks: filled when alone, outlined when helped, a dash when not yet.
 * Places that are still to come are dashed. Read aloud as a list.
 */
import { useLingui } from '@lingui/react/macro'
import { VisuallyHidden } from '../../../platform/web/kit/VisuallyHidden.tsx'
import type { SessionState } from '../../sessions/state.ts'
import { markOf, sayCode, toneOf } from './say.ts'
import styles from './Trail.module.css'

export function Trail({ state }: { state: SessionState }) {
  const { t, i18n } = useLingui()
  const { measure, items } = state
  if (measure.system !== 'trials' && measure.system !== 'steps') return null
  const planned = measure.system === 'trials' ? measure.planned : measure.steps.length
  const taken = new Set(items.map((item) => item.n))
  const coming = state.status === 'open' ? planned : 0
  const places = Array.from({ length: coming }, (_, index) => index + 1).filter((n) => !taken.has(n))
  return (
    <ol className={styles.trail} aria-label={measure.system === 'trials' ? t`Trials` : t`Steps`}>
      {items.map((item) => {
        const { id, n, code } = item
        return (
          <li key={id} className={styles.mark} data-tone={toneOf(item)}>
            <span aria-hidden>{markOf(code)}</span>
            <VisuallyHidden>
              {measure.system === 'trials' ? t`Trial ${n}` : t`Step ${n}`}: {sayCode(i18n, code, measure)}
            </VisuallyHidden>
          </li>
        )
      })}
      {places.map((n) => (
        <li key={n} className={styles.place} aria-hidden />
      ))}
    </ol>
  )
}
