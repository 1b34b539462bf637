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

/** What needs a person comes first; then what is only here; then the calm state. What is being saved is not kept yet (G1). */
export function chipOf({ unsent, saving, needsYou, connection }: Status): SyncChipProps {
  const kept = unsent - saving
  if (needsYou > 0) return { state: 'needs_you', count: needsYou, kept }
  if (connection === 'signed_out') return { state: 'sign_in' }
  if (kept > 0) return { state: 'kept', count: kept, offline: connection === 'offline' }
  return { state: saving > 0 ? 'saving' : 'team' }
}
