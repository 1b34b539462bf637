/** Why a session stopped early or was not run: the field's list of reasons, the honest last one too (domain C.0 rule 9). */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Dialog } from '../../../platform/web/kit/Dialog.tsx'
import { Switch } from '../../../platform/web/kit/Switch.tsx'
import type { Program } from '../program.ts'
import { NOT_RUN_REASONS } from '../records.ts'
import { NOT_RUN, type NotRunReason } from './words.ts'
import styles from './sheets.module.css'

/** Reasons to stop a session that has begun. */
const STOP_REASONS = [
  'schedule_event',
  'behavior_crisis',
  'health',
  'student_left_early',
  'refused',
  'materials_missing',
  'staff_absent',
  'not_enough_time',
] as const satisfies readonly NotRunReason[]

export type EndSheetProps = {
  readonly title: string
  readonly onClose: () => void
} & (
  | {
      readonly mode: 'stop'
      readonly onReason: (reason: NotRunReason) => void
    }
  | {
      readonly mode: 'not_run'
      readonly initials: string
      /** Other goals of the student that have not begun either. */
      readonly siblings: readonly Program[]
      readonly onReason: (reason: NotRunReason, all: boolean) => void
    }
)

export function EndSheet(props: EndSheetProps) {
  const { t, i18n } = useLingui()
  const [all, setAll] = useState(false)
  const { mode, title, onClose } = props
  const reasons: readonly NotRunReason[] = mode === 'stop' ? STOP_REASONS : NOT_RUN_REASONS
  const choose = (reason: NotRunReason) => {
    if (props.mode === 'stop') props.onReason(reason)
    else props.onReason(reason, all)
    onClose()
  }
  return (
    <Dialog open onClose={onClose} title={mode === 'stop' ? t`Stop early: ${title}` : t`Not run: ${title}`}>
      {props.mode === 'not_run' && props.siblings.length > 0 && (
        <Switch
          label={t`All goals of ${props.initials} in this block`}
          description={
            <Plural
              value={props.siblings.length}
              one="# more goal has not begun."
              other="# more goals have not begun."
            />
          }
          on={all}
          onChange={setAll}
        />
      )}
      <div className={styles.section}>
        <h3>{mode === 'stop' ? <Trans>What broke it off?</Trans> : <Trans>Why was it not run?</Trans>}</h3>
        <div className={styles.choices}>
          {reasons.map((reason) => (
            <button key={reason} type="button" className={styles.choice} onClick={() => choose(reason)}>
              {i18n._(NOT_RUN[reason])}
            </button>
          ))}
        </div>
      </div>
    </Dialog>
  )
}
