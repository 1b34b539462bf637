/** Says when somebody works, from a day on; of a substitute, on which days they come. What was said before stays. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { uuidv7 } from '../../../platform/core/ids.ts'
import { useCommand } from '../../../platform/web/desk/command.ts'
import { Fields } from '../../../platform/web/desk/Fields.tsx'
import { Wrong } from '../../../platform/web/desk/Wrong.tsx'
import { Button } from '../../../platform/web/kit/Button.tsx'
import { Dialog } from '../../../platform/web/kit/Dialog.tsx'
import { TextField } from '../../../platform/web/kit/TextField.tsx'
import { Hours, type HoursPage } from '../wire.ts'

export interface HoursSheetProps {
  readonly page: HoursPage
  readonly school: string
  readonly worker: HoursPage['people'][number]
  readonly onClose: () => void
  readonly onDone: () => void
}

export function HoursSheet({ page, school, worker, onClose, onDone }: HoursSheetProps) {
  const { t } = useLingui()
  const [id] = useState(() => uuidv7(Date.now()))
  const usual = worker.hours.findLast(({ held }) => held) ?? page.open
  const [from, setFrom] = useState(page.today)
  const [to, setTo] = useState(worker.substitute ? page.today : '')
  const [start, setStart] = useState(usual?.start ?? '')
  const [end, setEnd] = useState(usual?.end ?? '')
  const command = useCommand()
  const wrong = (field: string, words: string) => (command.wrong?.field === field ? words : undefined)
  const put = (day: string) => {
    setFrom(day)
    // one day, until somebody says more
    if (worker.substitute && (to === from || to < day)) setTo(day)
  }
  const save = async () => {
    const body = { id, school, person: worker.id, from, to: to === '' ? null : to, start, end }
    if (await command.send('/api/coverage/hours', body, Hours)) onDone()
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={worker.name}
      actions={
        <Button variant="primary" busy={command.busy} onClick={() => void save()}>
          <Trans>Save</Trans>
        </Button>
      }
    >
      <Fields>
        <TextField
          label={t`First day`}
          type="date"
          value={from}
          onChange={put}
          error={wrong('from', t`Choose the first day.`)}
          required
        />
        <TextField
          label={worker.substitute ? t`Last day` : t`Last day, if there is one`}
          type="date"
          value={to}
          onChange={setTo}
          error={wrong('to', t`It ends before it begins.`)}
          required={worker.substitute}
        />
      </Fields>
      <Fields>
        <TextField
          label={t`Begins`}
          type="time"
          value={start}
          onChange={setStart}
          error={wrong('start', t`Choose a time.`)}
          required
        />
        <TextField
          label={t`Ends`}
          type="time"
          value={end}
          onChange={setEnd}
          error={wrong('end', t`It ends before it begins.`)}
          required
        />
      </Fields>
      {!worker.substitute && (
        <p>
          <Trans>On these days they hold instead of what was said before, which stays to be read.</Trans>
        </p>
      )}
      <Wrong wrong={command.wrong} marked={['from', 'to', 'start', 'end']} />
    </Dialog>
  )
}
