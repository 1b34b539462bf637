/** How long somebody really watched, when the clock ran on after it or was stopped too early: the end moves. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Dialog } from '../../../platform/web/kit/Dialog.tsx'
import type { SessionState } from '../state.ts'
import { clockText } from './clock-text.ts'
import { LengthField } from './LengthField.tsx'
import type { Recorder } from './recorder.ts'
import styles from './sheets.module.css'

export function ObservedSheet({
  state,
  title,
  recorder,
  onClose,
}: {
  state: SessionState
  title: string
  recorder: Recorder
  onClose: () => void
}) {
  const { t } = useLingui()
  const shown = clockText(state.observedMs)
  return (
    <Dialog open onClose={onClose} title={title}>
      <p className={styles.lead}>
        <Trans>The clock says {shown}. What happened after the time you type does not count.</Trans>
      </p>
      <LengthField
        label={t`Watched for`}
        ms={state.observedMs}
        onLength={(ms) => {
          recorder.observed(state, ms)
          onClose()
        }}
      />
    </Dialog>
  )
}
