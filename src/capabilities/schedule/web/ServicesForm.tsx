/** What the forms of a service and of an adult of one's own have in common: the student, the days, and what is wrong. */
import { Trans, useLingui } from '@lingui/react/macro'
import { CircleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { useAsked } from '../../../platform/web/desk/asked.ts'
import type { Command } from '../../../platform/web/desk/command.ts'
import { Fields } from '../../../platform/web/desk/Fields.tsx'
import { Wrong } from '../../../platform/web/desk/Wrong.tsx'
import { Button } from '../../../platform/web/kit/Button.tsx'
import { Dialog } from '../../../platform/web/kit/Dialog.tsx'
import { Notice } from '../../../platform/web/kit/Notice.tsx'
import { Select } from '../../../platform/web/kit/Select.tsx'
import { TextField } from '../../../platform/web/kit/TextField.tsx'
import { Who } from '../../../platform/web/kit/Who.tsx'
import { ServiceChoices, ServiceStudents } from '../wire.ts'
import { useMarks, type Common, type ServedSheetProps } from './ServicesFields.ts'
import { WRONG } from './services-words.ts'

export interface ServicesFormProps {
  readonly title: string
  /** Of what is changed; null: anybody about whom the reader decides. */
  readonly of: NonNullable<ServedSheetProps<unknown>['changed']>['student'] | null
  readonly form: Common
  readonly put: (part: Partial<Common>) => void
  readonly command: Command
  readonly onSave: () => void
  readonly onClose: () => void
  /** The fields of the form, with what they can be made of; null while that is asked. */
  readonly children: (choices: ServiceChoices | null) => ReactNode
}

export function ServicesForm({ title, of, form, put, command, ...rest }: ServicesFormProps) {
  const { t } = useLingui()
  const listed = useAsked(ServiceStudents, of ? null : '/api/services/students')
  const choices = useAsked(
    ServiceChoices,
    form.student === null ? null : `/api/services/students/${form.student}`,
  )
  const wrong = useMarks(command.wrong)
  return (
    <Dialog
      open
      onClose={rest.onClose}
      title={title}
      actions={
        <Button variant="primary" busy={command.busy} onClick={rest.onSave}>
          <Trans>Save</Trans>
        </Button>
      }
    >
      {(listed === 'away' || choices === 'away') && (
        <Notice tone="wait" icon={CircleAlert} announce>
          <Trans>The school’s server does not answer. Close this and try again in a moment.</Trans>
        </Notice>
      )}
      {of ? (
        <p>
          <Who initials={of.initials} color={of.color} />
        </p>
      ) : (
        <Select
          label={t`Student`}
          placeholder={t`Choose a student`}
          options={
            listed && listed !== 'away'
              ? listed.students.map(({ id, initials }) => ({ value: id, label: initials }))
              : []
          }
          value={form.student}
          onChange={(student) => put({ student })}
          error={wrong('student')}
        />
      )}
      {rest.children(choices === 'away' ? null : choices)}
      <Fields>
        <TextField
          label={of ? t`Holds from` : t`First day`}
          type="date"
          value={form.from}
          onChange={(from) => put({ from })}
          error={wrong('from')}
          required
        />
        <TextField
          label={t`Last day, if there is one`}
          type="date"
          value={form.to}
          onChange={(to) => put({ to })}
          error={wrong('to')}
        />
      </Fields>
      {of && (
        <p>
          <Trans>What holds now ends the day before, and stays to be read.</Trans>
        </p>
      )}
      <Wrong
        wrong={command.wrong}
        marked={Object.keys(WRONG)}
        words={{
          replaces: <Trans>Somebody has changed or ended this meanwhile. Close this and look again.</Trans>,
        }}
      />
    </Dialog>
  )
}
