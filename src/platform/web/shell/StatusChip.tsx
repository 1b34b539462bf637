/** The chip that says where the records are; it opens the list of what is not yet with the team. */
import { useLingui } from '@lingui/react/macro'
import { Link } from '../kit/Link.tsx'
import { SyncChip, type SyncChipProps } from '../kit/SyncChip.tsx'
import { VisuallyHidden } from '../kit/VisuallyHidden.tsx'
import type { Status } from '../store/device.ts'
import { useSyncStatus } from '../store/hooks.ts'
import styles from './StatusChip.module.css'

export function StatusChip() {
  const { t } = useLingui()
  const status = useSyncStatus()
  return (
    <Link to="/unsent" className={styles.link}>
      <SyncChip {...chipOf(status)} />
      <VisuallyHidden>{t`, open the list`}</VisuallyHidden>
    </Link>
  )
}

/** What needs a person comes first; then what is only here; then the calm state. */
export function chipOf({ unsent, needsYou, connection }: Status): SyncChipProps {
  if (needsYou > 0) return { state: 'needs_you', count: needsYou, kept: unsent }
  if (connection === 'signed_out') return { state: 'sign_in' }
  if (unsent > 0) return { state: 'kept', count: unsent, offline: connection === 'offline' }
  return { state: 'team' }
}
