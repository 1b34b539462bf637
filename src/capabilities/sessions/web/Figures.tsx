/** How the intervals stand: scored of observed, and how many were missed. Missed ones are in no denominator. */
import { Plural, Trans } from '@lingui/react/macro'
import styles from './Pads.module.css'

export function Figures({ scored, observed, missed }: { scored: number; observed: number; missed: number }) {
  return (
    <p className={styles.figures}>
      <span>
        {observed > 0 && (
          <Trans>
            <strong>
              {scored}/{observed}
            </strong>{' '}
            yes
          </Trans>
        )}
        {observed > 0 && missed > 0 && ' · '}
        {missed > 0 && <Plural value={missed} one="# missed" other="# missed" />}
      </span>
    </p>
  )
}
