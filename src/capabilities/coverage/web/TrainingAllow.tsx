/**
 * Lets somebody do on one day what they are not trained for, beside an adult who is, with a reason (domain L.3). Not for
 * what only a nurse may hand on, and not day after day: how often it was allowed stands there before it is tried.
 */
import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { uuidv7 } from '../../../platform/core/ids.ts'
import { useCommand } from '../../../platform/web/desk/command.ts'
import { taskName } from '../../../platform/web/desk/tasks.ts'
import { Wrong } from '../../../platform/web/desk/Wrong.tsx'
import { roleName } from '../../../platform/web/i18n/roles.ts'
import { Button } from '../../../platform/web/kit/Button.tsx'
import { Dialog } from '../../../platform/web/kit/Dialog.tsx'
import { Select } from '../../../platform/web/kit/Select.tsx'
import { TextField } from '../../../platform/web/kit/TextField.tsx'
import { againOf, DELEGATED, TASKS } from '../training.ts'
import { Allow, type TrainingPage } from '../wire.ts'
import { AGAIN, TrainingAgain } from './TrainingAgain.tsx'

export interface TrainingAllowProps {
  readonly page: TrainingPage
  readonly student: string | undefined
  readonly onClose: () => void
  readonly onDone: () => void
}

export function TrainingAllow({ page, student: first, onClose, onDone }: TrainingAllowProps) {
  const { t, i18n } = useLingui()
  const [id] = useState(() => uuidv7(Date.now()))
  const [person, setPerson] = useState<string | null>(null)
  const [student, setStudent] = useState<string | null>(first ?? null)
  const [task, setTask] = useState<string | null>(null)
  const [day, setDay] = useState(page.today)
  const [beside, setBeside] = useState<string | null>(null)
  const [reason, setReason] = useState('')
  const command = useCommand()
  const wrong = (field: string, words: string) => (command.wrong?.field === field ? words : undefined)
  const save = async () => {
    const body = { id, person, student, task, day, beside, reason }
    if (await command.send('/api/coverage/overrides', body, Allow)) onDone()
  }
  const nameOf = (one: TrainingPage['people'][number]) => ({
    value: one.id,
    label: `${one.name} (${roleName(i18n, one.role)})`,
  })
  const adults = [...page.people, ...page.trainers].filter(
    (one, n, all) => one.id !== person && all.findIndex((other) => other.id === one.id) === n,
  )
  const { within, most } = page.again
  const again = againOf(
    page.allowedDays,
    { person: person ?? '', student: student ?? '', task: task ?? '', day },
    page.again,
  )
  const isRefused = again.is === 'yours' || again.is === 'enough'
  const tasks = [...new Set([...TASKS, ...page.rows.map((row) => row.task)])].filter(
    (one) => !DELEGATED.includes(one),
  )
  return (
    <Dialog
      open
      onClose={onClose}
      title={t`Allow for one day`}
      actions={
        <Button variant="primary" busy={command.busy} disabled={isRefused} onClick={() => void save()}>
          <Trans>Allow it</Trans>
        </Button>
      }
    >
      <p>
        <Trans>
          Somebody who is not trained may do it on this one day, while an adult who is trained stands beside
          them. What a nurse hands on is never allowed here.
        </Trans>{' '}
        <Trans>
          The same within {within} days: at most {most} days, each allowed by a different person.
        </Trans>
      </p>
      <Select
        label={t`Who may`}
        placeholder={t`Choose an adult`}
        options={page.people.map(nameOf)}
        value={person}
        onChange={setPerson}
        error={wrong('person', t`Choose an adult.`)}
      />
      <Select
        label={t`Do what`}
        placeholder={t`Choose a task`}
        options={tasks.map((one) => ({ value: one, label: taskName(i18n, one) }))}
        value={task}
        onChange={setTask}
        error={wrong('task', t`Choose a task. Medication is handed on by the nurse alone.`)}
      />
      <Select
        label={t`With whom`}
        placeholder={t`Choose a student`}
        options={page.students.map(({ id: one, initials }) => ({ value: one, label: initials }))}
        value={student}
        onChange={setStudent}
        error={wrong('student', t`Choose a student.`)}
      />
      <TextField
        label={t`On which day`}
        type="date"
        value={day}
        onChange={setDay}
        error={wrong('day', t`Choose today or a day to come.`)}
        required
      />
      {again.is !== 'first' && <TrainingAgain page={page} is={again.is} near={again.near} />}
      <Select
        label={t`Who stands beside them`}
        placeholder={t`Choose an adult`}
        options={adults.map(nameOf)}
        value={beside}
        onChange={setBeside}
        error={wrong('beside', t`Choose somebody else, who is trained for it and at school on that day.`)}
      />
      <TextField
        label={t`Why`}
        value={reason}
        onChange={setReason}
        error={wrong('reason', t`Say why, in a few words.`)}
        required
      />
      <Wrong
        wrong={command.wrong}
        marked={['person', 'student', 'task', 'day', 'beside', 'reason']}
        words={{ 'training.allowed_by_you': AGAIN.yours, 'training.allowed_enough': AGAIN.enough }}
      />
    </Dialog>
  )
}
