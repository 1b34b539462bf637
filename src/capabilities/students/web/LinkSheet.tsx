/** The link of an invitation, as a picture to be scanned and as text to be sent. It is shown once. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Copy } from 'lucide-react'
import { encode } from 'uqr'
import { useSession } from '../../../platform/web/auth/session.tsx'
import { useFormats } from '../../../platform/web/i18n/format.ts'
import { Button } from '../../../platform/web/kit/Button.tsx'
import { Dialog } from '../../../platform/web/kit/Dialog.tsx'
import { useToasts } from '../../../platform/web/kit/Toast.tsx'
import type { Invited } from '../wire.ts'
import styles from './invite.module.css'

export interface LinkSheetProps {
  readonly invited: Invited & { readonly name: string }
  readonly onClose: () => void
}

export function LinkSheet({ invited: { token, until, name }, onClose }: LinkSheetProps) {
  const { t } = useLingui()
  const { district } = useSession()
  const toasts = useToasts()
  const end = useFormats(district.tz).time(until)
  const link = `${location.origin}/join#${token}`
  const copy = async () => {
    await navigator.clipboard.writeText(link)
    toasts.show({ text: t`The link is copied` })
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={t`Invitation for ${name}`}
      actions={
        <Button variant="primary" icon={Copy} onClick={() => void copy()}>
          <Trans>Copy the link</Trans>
        </Button>
      }
    >
      <Picture text={link} label={t`The link as a picture to scan`} />
      <p>
        <Trans>Scan it with the substitute’s own phone. It opens once, until {end} today.</Trans>
      </p>
      <p className={styles.link} data-testid="invitation-link">
        {link}
      </p>
    </Dialog>
  )
}

function Picture({ text, label }: { text: string; label: string }) {
  const { data, size } = encode(text, { border: 2 })
  const path = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : []))).join('')
  return (
    <svg className={styles.qr} viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label}>
      <path d={path} fill="currentColor" shapeRendering="crispEdges" />
    </svg>
  )
}
