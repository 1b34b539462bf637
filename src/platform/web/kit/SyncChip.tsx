/**
 * The truth about saving, always in sight: kept on this device · with the team · needs you.
 * Words, a shape and a color each; never a color alone, never red, never a spinner.
 */
import { Plural, Trans } from '@lingui/react/macro'
import { CheckCheck, CircleAlert, CircleDashed, CloudOff, CloudUpload, LogIn } from 'lucide-react'
import { cx } from './cx.ts'
import styles from './SyncChip.module.css'

export type SyncChipProps =
  | { state: 'team' }
  | { state: 'saving' }
  | { state: 'kept'; count: number; offline: boolean }
  /** `kept`: what is only here besides. */
  | { state: 'needs_you'; count: number; kept: number }
  | { state: 'sign_in' }

export function SyncChip(props: SyncChipProps) {
  switch (props.state) {
    case 'team':
      return (
        <span className={cx(styles.chip, styles.ok)}>
          <CheckCheck size={18} aria-hidden />
          <Trans>With the team</Trans>
        </span>
      )
    case 'saving':
      return (
        <span className={styles.chip}>
          <CircleDashed size={18} aria-hidden />
          <Trans>saving</Trans>
        </span>
      )
    case 'kept': {
      const Icon = props.offline ? CloudOff : CloudUpload
      return (
        <span className={cx(styles.chip, styles.wait)}>
          <Icon size={18} aria-hidden />
          <Plural value={props.count} one="# kept here" other="# kept here" />
        </span>
      )
    }
    case 'needs_you':
      return (
        <span className={cx(styles.chip, styles.you)}>
          <CircleAlert size={18} aria-hidden />
          <span className={styles.words}>
            <Plural value={props.count} one="# needs you" other="# need you" />
            {props.kept > 0 && (
              <span className={styles.second}>
                <Plural value={props.kept} one="# kept here" other="# kept here" />
              </span>
            )}
          </span>
        </span>
      )
    case 'sign_in':
      return (
        <span className={cx(styles.chip, styles.you)}>
          <LogIn size={18} aria-hidden />
          <Trans>Sign in to send</Trans>
        </span>
      )
  }
}
