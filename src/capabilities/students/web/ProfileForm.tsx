/** Who the student is, as the case manager writes it; the name may be spoken. */
import { useLingui } from '@lingui/react/macro'
import { TextField } from '../../../platform/web/kit/TextField.tsx'
import type { ProfileBody } from '../records.ts'
import { ListField } from './ListField.tsx'
import { NameRecorder } from './NameRecorder.tsx'

interface ProfileFormProps {
  readonly body: ProfileBody
  readonly onChange: (body: ProfileBody) => void
}

export function ProfileForm({ body, onChange }: ProfileFormProps) {
  const { t } = useLingui()
  const { say, sound, ...rest } = body
  const named = (next: { say?: string | undefined; sound?: ProfileBody['sound'] }) =>
    onChange({
      ...rest,
      ...(next.say ? { say: next.say } : {}),
      ...(next.sound ? { sound: next.sound } : {}),
    })
  return (
    <>
      <TextField
        label={t`How to say the name`}
        description={t`In a spelling that anybody can read aloud, like “ah-MAR-ee”`}
        value={say ?? ''}
        onChange={(next) => named({ say: next, sound })}
      />
      <NameRecorder sound={sound} onChange={(next) => named({ say, sound: next })} />
      <ListField
        label={t`Communicates by`}
        lines={body.communicates}
        onChange={(communicates) => onChange({ ...body, communicates })}
      />
      <ListField label={t`Likes`} lines={body.likes} onChange={(likes) => onChange({ ...body, likes })} />
      <ListField
        label={t`Equipment`}
        lines={body.equipment}
        onChange={(equipment) => onChange({ ...body, equipment })}
      />
      <ListField
        label={t`People`}
        hint={t`Adults only, one on each line: “Ms. Nair: speech device”`}
        lines={body.people.map(({ name, does }) => (does === '' ? name : `${name}: ${does}`))}
        onChange={(lines) =>
          onChange({
            ...body,
            people: lines.map((line) => {
              const [name = '', ...does] = line.split(':')
              return { name: name.trim(), does: does.join(':').trim() }
            }),
          })
        }
      />
    </>
  )
}
