/** Ends an invitation: its link opens no more, and whoever came in by it is signed out. Asked once. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useCommand } from '../../../platform/web/desk/command.ts'
import { Wrong } from '../../../platform/web/desk/Wrong.tsx'
import { Button } from '../../../platform/web/kit/Button.tsx'
import { Dialog } from '../../../platform/web/kit/Dialog.tsx'

export interface InviteEndProps {
  readonly name: string
  readonly invitation: { readonly id: string; readonly opened: number | null }
  readonly onClose: () => void
  readonly onDone: () => void
}

export function InviteEnd({ name, invitation, onClose, onDone }: InviteEndProps) {
  const { t } = useLingui()
  const command = useCommand()
  const end = async () => {
    if (await command.send(`/api/invitations/${invitation.id}/end`, {})) onDone()
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={t`End the invitation of ${name}`}
      actions={
        <Button variant="primary" busy={command.busy} onClick={() => void end()}>
          <Trans>End it</Trans>
        </Button>
      }
    >
      <p>
        {invitation.opened === null ? (
          <Trans>The link opens no more. Nobody has come in by it.</Trans>
        ) : (
          <Trans>
            Their device is signed out at the next connection. What they recorded and did not send yet waits
            there until they come in again.
          </Trans>
        )}
      </p>
      <Wrong wrong={command.wrong} />
    </Dialog>
  )
}
