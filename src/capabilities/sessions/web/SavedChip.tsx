/** The truth about saving for one session, quietly: saving, kept on this device, with the team, or needs you. */
import { Plural, Trans } from '@lingui/react/macro'
import { CheckCheck, CircleAlert, CloudOff, CloudUpload, CircleDashed } from 'lucide-react'
import type { Uuid } from '../../../platform/core/ids.ts'
import { Link } from '../../../platform/web/kit/Link.tsx'
import { VisuallyHidden } from '../../../platform/web/kit/VisuallyHidden.tsx'
import { useConnection, useDevice, useRecordState } from '../../../platform/web/store/hooks.ts'
import type { SessionState } from '../state.ts'
import { useSaved } from './hooks.ts'
import styles from './SavedChip.module.css'

export function SavedChip({ state }: { state: SessionState }) {
  const device = useDevice()
  const { session, program, student } = state
  const partition = device.partitionOf({ kind: 'sessions.start', student, refs: { session, program } })
  const saved = useSaved(session, partition)
  const connection = useConnection()
  switch (saved?.state) {
    case undefined:
      return null
    case 'saving':
      return (
        <span className={styles.chip}>
          <CircleDashed size={16} aria-hidden />
          <Trans>saving</Trans>
        </span>
      )
    case 'kept': {
      const Icon = connection === 'online' ? CloudUpload : CloudOff
      return (
        <span className={styles.chip} data-tone="wait">
          <Icon size={16} aria-hidden />
          <Plural value={saved.count} one="# kept here" other="# kept here" />
        </span>
      )
    }
    case 'team':
      return (
        <span className={styles.chip} data-tone="ok">
          <CheckCheck size={16} aria-hidden />
          <Trans>with the team</Trans>
        </span>
      )
    case 'needs_you':
      return (
        <Link to="/unsent" className={styles.you}>
          <CircleAlert size={16} aria-hidden />
          <Plural value={saved.count} one="# needs you" other="# need you" />
        </Link>
      )
  }
}

/** The same for one act. `quiet` leaves the word for “with the team” to those who cannot see the shape. */
export function ActState({ id, quiet = false }: { id: Uuid; quiet?: boolean }) {
  const state = useRecordState(id)
  switch (state) {
    case undefined:
      return null
    case 'saving':
      return (
        <span className={styles.chip}>
          <CircleDashed size={16} aria-hidden />
          <Trans>saving</Trans>
        </span>
      )
    case 'kept':
      return (
        <span className={styles.chip} data-tone="wait">
          <CloudUpload size={16} aria-hidden />
          {quiet ? <Trans>kept here</Trans> : <Trans>kept on this device</Trans>}
        </span>
      )
    case 'team':
      return (
        <span className={styles.chip} data-tone="ok">
          <CheckCheck size={16} aria-hidden />
          {quiet ? (
            <VisuallyHidden>
              <Trans>with the team</Trans>
            </VisuallyHidden>
          ) : (
            <Trans>with the team</Trans>
          )}
        </span>
      )
    case 'needs_you':
      return (
        <span className={styles.chip} data-tone="wait">
          <CircleAlert size={16} aria-hidden />
          <Trans>needs you</Trans>
        </span>
      )
  }
}
