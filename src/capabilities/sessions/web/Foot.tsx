/** The foot of a pad without an observation clock: its figures, and the end. */
import { Trans } from '@lingui/react/macro'
import { Check } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button } from '../../../platform/web/kit/Button.tsx'
import styles from './Pads.module.css'

/** @param onFinish null: there is nothing to finish yet. */
export function Foot({ onFinish, children }: { onFinish: (() => void) | null; children: ReactNode }) {
  return (
    <div className={styles.foot}>
      <div className={styles.figures}>{children}</div>
      {onFinish && (
        <div className={styles.acts}>
          <Button icon={Check} onClick={onFinish}>
            <Trans>Finish</Trans>
          </Button>
        </div>
      )}
    </div>
  )
}
