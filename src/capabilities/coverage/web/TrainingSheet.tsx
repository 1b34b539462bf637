/** Says that somebody is trained for a task, with one student or with all of them, from a day to a day. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { uuidv7 } from '../../../platform/core/ids.ts'
import { useCommand } from '../../../platform/web/desk/command.ts'
import { Fields } from '../../../platform/web/desk/Fields.tsx'
import { taskName } from '../../../platform/web/desk/tasks.ts'
import { Wrong } from '../../../platform/web/desk/Wrong.tsx'
import { roleName } from '../../../platform/web/i18n/roles.ts'
import { Button } from '../../../platform/web/kit/Button.tsx'
import { Dialog } from '../../../platform/web/kit/Dialog.tsx'
import { Select } from '../../../platform/web/kit/Select.tsx'
import { TextField } from '../../../platform/web/kit/TextField.tsx'
import { DELEGATED } from '../training.ts'
import { Grant, type TrainingPage } from '../wire.ts'

const ALL = 'all'

/** What is chosen already when the form opens. */
export interface Begun {
  readonly person?: string
  readonly student?: string | undefined
  readonly everybody?: boolean
  readonly task?: string
  readonly from?: string
}

export interface TrainingSheetProps {
  readonly page: TrainingPage
  readonly begun: Begun
  readonly onClose: () => void
  readonly onDone: () => void
}

export function TrainingSheet({ page, begun, onClose, onDone }: TrainingSheetProps) {
  const { t, i18n } = useLingui()
  const [id] = useState(() => uuidv7(Date.now()))
  const [person, setPerson] = useState(begun.person ?? null)
  const [student, setStudent] = useState(begun.everybody ? ALL : (begun.student ?? null))
  const [task, setTask] = useState(begun.task ?? null)
  const [from, setFrom] = useState(begun.from ?? page.today)
  const [to, setTo] = useState('')
  const command = useCommand()
  const isDelegated = task !== null && DELEGATED.includes(task)
  // a school may have given tasks a name of its own
  const tasks = [
    ...new Set([
      ...page.tasks,
      ...page.rows.map((row) => row.task).filter((one) => !DELEGATED.includes(one)),
    ]),
  ]
  const wrong = (field: string, words: string) => (command.wrong?.field === field ? words : undefined)
  const save = async () => {
    const body = {
      id,
      person,
      // nothing chosen is not all students
      student: student === null ? undefined : student === ALL ? null : student,
      task,
      from,
      to: to === '' ? null : to,
    }
    if (await command.send('/api/coverage/competencies', body, Grant)) onDone()
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={t`Add a training`}
      actions={
        <Button variant="primary" busy={command.busy} onClick={() => void save()}>
          <Trans>Save</Trans>
        </Button>
      }
    >
      <Select
        label={t`Who is trained`}
        placeholder={t`Choose an adult`}
        options={page.people.map(({ id: one, name, role }) => ({
          value: one,
          label: `${name} (${roleName(i18n, role)})`,
        }))}
        value={person}
        onChange={setPerson}
        error={wrong('person', t`Choose an adult.`)}
      />
      <Select
        label={t`For what`}
        placeholder={t`Choose a task`}
        options={tasks.map((one) => ({ value: one, label: taskName(i18n, one) }))}
        value={task}
        onChange={setTask}
        error={wrong('task', t`Choose a task. Medication is handed on by the nurse alone.`)}
      />
      <Select
        label={t`With whom`}
        placeholder={t`Choose a student`}
        options={[
          ...(page.everybody && !isDelegated ? [{ value: ALL, label: t`All students` }] : []),
          ...page.students.map(({ id: one, initials }) => ({ value: one, label: initials })),
        ]}
        value={student}
        onChange={setStudent}
        error={wrong('student', t`Choose a student.`)}
      />
      <Fields>
        <TextField
          label={t`First day`}
          type="date"
          value={from}
          onChange={setFrom}
          error={wrong('from', t`Choose the first day.`)}
          required
        />
        <TextField
          label={isDelegated ? t`Last day` : t`Last day, if there is one`}
          type="date"
          value={to}
          onChange={setTo}
          error={wrong(
            'to',
            isDelegated && to === '' ? t`What a nurse hands on ends on a day.` : t`It ends before it begins.`,
          )}
          required={isDelegated}
        />
      </Fields>
      <Wrong wrong={command.wrong} marked={['person', 'student', 'task', 'from', 'to']} />
    </Dialog>
  )
}
