/** A check of how the program is run: whom, how, and step by step as the program lists them (domain D.9). */
import { msg } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { useAct } from '../../../platform/web/act.ts'
import { Button } from '../../../platform/web/kit/Button.tsx'
import { Choice } from '../../../platform/web/kit/Choice.tsx'
import { Dialog } from '../../../platform/web/kit/Dialog.tsx'
import { Select } from '../../../platform/web/kit/Select.tsx'
import type { Goal } from '../goal.ts'
import type { FidelityBody } from '../records.ts'
import { useMe } from './held.ts'
import styles from './Decisions.module.css'

type Result = FidelityBody['steps'][number]['result']

/** The button, for whoever may record checks; without steps in the plan there is nothing to check. */
export function RecordCheck({ goal }: { goal: Goal }) {
  const me = useMe()
  const [open, setOpen] = useState(false)
  const steps = goal.version.body.fidelity ?? []
  const role = me?.students.find(({ id }) => id === goal.student)?.role
  if (role !== 'case_manager') return null
  if (steps.length === 0)
    return (
      <p className={styles.why}>
        <Trans>The plan lists no steps to check yet. They belong into the program.</Trans>
      </p>
    )
  return (
    <div className={styles.verdicts}>
      <Button variant="primary" onClick={() => setOpen(true)}>
        <Trans>Record a check</Trans>
      </Button>
      {open && <Sheet goal={goal} steps={steps} onClose={() => setOpen(false)} />}
    </div>
  )
}

function Sheet({ goal, steps, onClose }: { goal: Goal; steps: readonly string[]; onClose: () => void }) {
  const { t, i18n } = useLingui()
  const act = useAct()
  const people = [...new Set(goal.input.sessions.map(({ by }) => by))].filter((one) => goal.names[one])
  const [adult, setAdult] = useState(people[0] ?? '')
  const [type, setType] = useState<FidelityBody['type']>('direct')
  const [marks, setMarks] = useState<Readonly<Record<number, Result>>>({})
  const whole = adult !== '' && steps.every((_, n) => marks[n] !== undefined)
  const save = () => {
    const body: FidelityBody = {
      type,
      steps: steps.map((step, n) => ({ step, result: marks[n] ?? 'NA' })),
    }
    act({
      drafts: [
        { kind: 'progress.fidelity', body, student: goal.student, refs: { program: goal.program, adult } },
      ],
      said: t`Check recorded`,
    })
    onClose()
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={t`Record a check`}
      actions={
        <Button variant="primary" disabled={!whole} onClick={save}>
          <Trans>Save the check</Trans>
        </Button>
      }
    >
      <div className={styles.sheet}>
        <Select
          label={t`Who ran the program`}
          placeholder={t`Choose a person`}
          value={adult}
          onChange={setAdult}
          options={people.map((value) => ({ value, label: goal.names[value] ?? '' }))}
        />
        <Choice
          legend={t`How`}
          value={type}
          onChange={setType}
          options={[
            { value: 'direct', label: t`I observed` },
            { value: 'self', label: t`Their own check` },
          ]}
        />
        {steps.map((step, n) => (
          <Choice<Result | ''>
            key={step}
            legend={step}
            value={marks[n] ?? ''}
            onChange={(result) => result !== '' && setMarks({ ...marks, [n]: result })}
            options={RESULTS.map(({ value, label }) => ({ value, label: i18n._(label) }))}
          />
        ))}
        <p className={styles.quiet}>
          <Trans>Restricted: the paras and teachers of the team do not see it.</Trans>
        </p>
      </div>
    </Dialog>
  )
}

const RESULTS: readonly { value: Result; label: ReturnType<typeof msg> }[] = [
  { value: '+', label: msg`As written` },
  { value: '-', label: msg`Not so` },
  { value: 'NA', label: msg`Did not apply` },
]
