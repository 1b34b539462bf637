/** Adds a service in minutes, or changes one from a day on (domain H.1): what, how much, how often, where, by whom. */
import { useLingui } from '@lingui/react/macro'
import { Fields } from '../../../platform/web/desk/Fields.tsx'
import { roleName } from '../../../platform/web/i18n/roles.ts'
import { Chips } from '../../../platform/web/kit/Chips.tsx'
import { Choice } from '../../../platform/web/kit/Choice.tsx'
import { Select } from '../../../platform/web/kit/Select.tsx'
import { TextField } from '../../../platform/web/kit/TextField.tsx'
import { PERIODS, PLACES } from '../model.ts'
import { ServiceCommand, type ServiceLine } from '../wire.ts'
import { PER } from './calendar-words.ts'
import { numberIn, useServedForm, type ServedSheetProps } from './ServicesFields.ts'
import { ServicesForm } from './ServicesForm.tsx'
import { PLACE } from './services-words.ts'

/** Who may give a service of a plan (domain B.3). */
const PROVIDERS = [
  'para',
  'case_manager',
  'gened_teacher',
  'slp',
  'ot',
  'pt',
  'bcba',
  'counselor',
  'nurse',
  'gt_teacher',
]

export function ServicesSheet(props: ServedSheetProps<ServiceLine>) {
  const { t, i18n } = useLingui()
  const line = props.changed?.line ?? null
  const { form, put, wrong, save, frame } = useServedForm(props, {
    service: line?.service ?? '',
    minutes: String(line?.minutes ?? ''),
    per: line?.per ?? ('week' as const),
    sessions: String(line?.sessions ?? ''),
    place: line?.place ?? ('gen_ed' as const),
    provider: line?.provider ?? null,
    groupMax: String(line?.groupMax ?? ''),
    programs: line?.programs ?? [],
  })
  const send = () =>
    save('/api/services', ServiceCommand, {
      service: form.service.trim(),
      minutes: numberIn(form.minutes),
      sessions: numberIn(form.sessions),
      groupMax: numberIn(form.groupMax),
    })
  const providers = [...new Set([...PROVIDERS, ...(line ? [line.provider] : [])])]
  return (
    <ServicesForm
      {...frame}
      title={line ? t`Change the service` : t`Add a service`}
      // what was chosen of another student's is none of this one's
      put={(part) => put(part.student === undefined ? part : { ...part, programs: [] })}
      onSave={() => void send()}
    >
      {(choices) => (
        <>
          <TextField
            label={t`Service`}
            value={form.service}
            onChange={(service) => put({ service })}
            error={wrong('service')}
            required
          />
          <Fields>
            <TextField
              label={t`Minutes`}
              inputMode="numeric"
              value={form.minutes}
              onChange={(minutes) => put({ minutes })}
              error={wrong('minutes')}
              required
            />
            <Select
              label={t`How often`}
              placeholder={t`Choose`}
              options={PERIODS.map((per) => ({ value: per, label: i18n._(PER[per]) }))}
              value={form.per}
              onChange={(per) => put({ per })}
            />
          </Fields>
          <Choice
            legend={t`Where`}
            options={PLACES.map((place) => ({ value: place, label: i18n._(PLACE[place]) }))}
            value={form.place}
            onChange={(place) => put({ place })}
          />
          <Select
            label={t`Who gives it`}
            placeholder={t`Choose a role`}
            options={providers.map((role) => ({ value: role, label: roleName(i18n, role) }))}
            value={form.provider}
            onChange={(provider) => put({ provider })}
            error={wrong('provider')}
          />
          <Fields>
            <TextField
              label={t`Sessions in that time`}
              description={t`If the plan says so`}
              inputMode="numeric"
              value={form.sessions}
              onChange={(sessions) => put({ sessions })}
              error={wrong('sessions')}
            />
            <TextField
              label={t`Students in a group, at most`}
              description={t`If the plan says so`}
              inputMode="numeric"
              value={form.groupMax}
              onChange={(groupMax) => put({ groupMax })}
              error={wrong('groupMax')}
            />
          </Fields>
          {choices && choices.programs.length > 0 && (
            <Chips
              legend={t`Programs whose sessions count for it`}
              options={choices.programs.map((one) => ({ value: one.id, label: one.title }))}
              chosen={form.programs}
              onChange={(programs) => put({ programs: [...programs] })}
            />
          )}
        </>
      )}
    </ServicesForm>
  )
}
