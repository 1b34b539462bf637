/** Says how somebody showed that they can do what they are trained for (domain L.3); what was said before stands in it. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { useCommand } from '../../../platform/web/desk/command.ts'
import { Fields } from '../../../platform/web/desk/Fields.tsx'
import { taskName } from '../../../platform/web/desk/tasks.ts'
import { Wrong } from '../../../platform/web/desk/Wrong.tsx'
import { roleName } from '../../../platform/web/i18n/roles.ts'
import { Button } from '../../../platform/web/kit/Button.tsx'
import { Chips } from '../../../platform/web/kit/Chips.tsx'
import { Dialog } from '../../../platform/web/kit/Dialog.tsx'
import { Select } from '../../../platform/web/kit/Select.tsx'
import { TextField } from '../../../platform/web/kit/TextField.tsx'
import { METHODS, Proof, type TrainingPage, type TrainingRow } from '../wire.ts'
import { METHOD } from './words.ts'

const NOBODY = 'nobody'

export interface TrainingProofProps {
  readonly page: TrainingPage
  readonly row: TrainingRow
  readonly onClose: () => void
  readonly onDone: () => void
}

export function TrainingProof({ page, row, onClose, onDone }: TrainingProofProps) {
  const { t, i18n } = useLingui()
  const before = row.proof
  const [trainer, setTrainer] = useState(before?.trainer ?? null)
  const [method, setMethod] = useState<readonly (typeof METHODS)[number][]>(before?.method ?? [])
  const [done, setDone] = useState(before?.done?.toString() ?? '')
  const [of, setOf] = useState(before?.of?.toString() ?? '')
  const [shown, setShown] = useState(before?.shown ?? '')
  const [observer, setObserver] = useState(before?.observer ?? NOBODY)
  const command = useCommand()
  const wrong = (field: string, words: string) => (command.wrong?.field === field ? words : undefined)
  const numberOf = (words: string) => (words === '' ? null : Number(words))
  const save = async () => {
    const body = {
      trainer,
      method,
      done: numberOf(done),
      of: numberOf(of),
      shown: shown === '' ? null : shown,
      observer: observer === NOBODY ? null : observer,
    }
    if (await command.send(`/api/coverage/competencies/${row.id}/proof`, body, Proof)) onDone()
  }
  const nameOf = (one: TrainingPage['people'][number]) => ({
    value: one.id,
    label: `${one.name} (${roleName(i18n, one.role)})`,
  })
  const others = [...page.trainers, ...page.people].filter(
    ({ id }, n, all) => id !== row.person && all.findIndex((one) => one.id === id) === n,
  )
  const task = taskName(i18n, row.task)
  return (
    <Dialog
      open
      onClose={onClose}
      title={t`How it was shown: ${task}, ${row.name}`}
      actions={
        <Button variant="primary" busy={command.busy} onClick={() => void save()}>
          <Trans>Save</Trans>
        </Button>
      }
    >
      <Select
        label={t`Taught by`}
        placeholder={t`Choose an adult`}
        options={page.trainers.filter(({ id }) => id !== row.person).map(nameOf)}
        value={trainer}
        onChange={setTrainer}
        error={wrong('trainer', t`Choose who taught it.`)}
      />
      <Chips
        legend={t`How`}
        options={METHODS.map((one) => ({ value: one, label: i18n._(METHOD[one]) }))}
        chosen={method}
        onChange={(some) => setMethod(METHODS.filter((one) => some.includes(one)))}
      />
      <Fields>
        <TextField
          label={t`Steps of the checklist that were right`}
          inputMode="numeric"
          value={done}
          onChange={setDone}
          error={wrong('done', t`So many of so many steps, both or neither.`)}
        />
        <TextField
          label={t`of so many steps`}
          inputMode="numeric"
          value={of}
          onChange={setOf}
          error={wrong('of', t`So many of so many steps, both or neither.`)}
        />
      </Fields>
      <Fields>
        <TextField
          label={t`Shown on`}
          type="date"
          value={shown}
          onChange={setShown}
          error={wrong('shown', t`Choose a day.`)}
        />
        <Select
          label={t`Seen by`}
          placeholder={t`Choose an adult`}
          options={[{ value: NOBODY, label: t`Nobody else` }, ...others.map(nameOf)]}
          value={observer}
          onChange={setObserver}
          error={wrong('observer', t`Choose an adult.`)}
        />
      </Fields>
      <Wrong wrong={command.wrong} marked={['trainer', 'done', 'of', 'shown', 'observer']} />
    </Dialog>
  )
}
