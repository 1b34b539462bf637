/** Takes a training back from now on; asked once, because it changes at once whom cover may send. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useCommand } from '../../../platform/web/desk/command.ts'
import { taskName } from '../../../platform/web/desk/tasks.ts'
import { Wrong } from '../../../platform/web/desk/Wrong.tsx'
import { Button } from '../../../platform/web/kit/Button.tsx'
import { Dialog } from '../../../platform/web/kit/Dialog.tsx'
import type { TrainingRow } from '../wire.ts'

export interface TrainingRevokeProps {
  readonly row: TrainingRow
  readonly onClose: () => void
  readonly onDone: () => void
}

export function TrainingRevoke({ row, onClose, onDone }: TrainingRevokeProps) {
  const { t, i18n } = useLingui()
  const command = useCommand()
  const revoke = async () => {
    if (await command.send(`/api/coverage/competencies/${row.id}/revoke`, {})) onDone()
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={t`Take back: ${taskName(i18n, row.task)}`}
      actions={
        <Button variant="primary" busy={command.busy} onClick={() => void revoke()}>
          <Trans>Take it back</Trans>
        </Button>
      }
    >
      <p>
        <Trans>
          From now on {row.name} is not trained for it: no plan of cover gives them this work, and one that
          does has to be made again. It stays to be read.
        </Trans>
      </p>
      <Wrong wrong={command.wrong} />
    </Dialog>
  )
}
