/** Says that a student has an adult of their own, or changes that from a day on (domain H.1): when, how close, and why. */
import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { KNOWN_TASKS, taskName } from '../../../platform/web/desk/tasks.ts'
import { Chips } from '../../../platform/web/kit/Chips.tsx'
import { Choice } from '../../../platform/web/kit/Choice.tsx'
import { Select } from '../../../platform/web/kit/Select.tsx'
import { TextField } from '../../../platform/web/kit/TextField.tsx'
import { OneToOneCommand, type OneToOneLine } from '../wire.ts'
import { levelMeaning, levelName } from './safety-words.ts'
import { numberIn, useServedForm, type ServedSheetProps } from './ServicesFields.ts'
import { ServicesForm } from './ServicesForm.tsx'
import styles from './Services.module.css'

const { level: Level } = OneToOneCommand.shape

export function ServicesAdultSheet(props: ServedSheetProps<OneToOneLine>) {
  const { t, i18n } = useLingui()
  const line = props.changed?.line ?? null
  const [how, setHow] = useState<'blocks' | 'minutes'>(
    line?.minutesADay === null || !line ? 'blocks' : 'minutes',
  )
  const { form, put, wrong, save, frame } = useServedForm(props, {
    blocks: line?.blocks ?? [],
    minutesADay: String(line?.minutesADay ?? ''),
    level: Level.safeParse(line?.level).data ?? null,
    authority: line?.authority ?? '',
    qualifications: line?.qualifications ?? [],
    relief: line?.relief ?? '',
  })
  const send = () =>
    save('/api/one-to-one', OneToOneCommand, {
      blocks: how === 'blocks' ? form.blocks : [],
      minutesADay: how === 'blocks' ? null : (numberIn(form.minutesADay) ?? 0),
      authority: form.authority.trim(),
      relief: form.relief.trim(),
    })
  const noBlock = wrong('blocks')
  return (
    <ServicesForm
      {...frame}
      title={line ? t`Change the adult of their own` : t`Add an adult of their own`}
      onSave={() => void send()}
    >
      {(choices) => (
        <>
          <Choice<'blocks' | 'minutes'>
            legend={t`When`}
            options={[
              { value: 'blocks', label: t`In these blocks` },
              { value: 'minutes', label: t`Minutes of a day` },
            ]}
            value={how}
            onChange={setHow}
          />
          {how === 'blocks' && choices && (
            <div data-invalid={noBlock === undefined ? undefined : true}>
              <Chips
                legend={t`Blocks`}
                options={choices.blocks.map(({ code, name }) => ({ value: code, label: name || code }))}
                chosen={form.blocks}
                onChange={(blocks) => put({ blocks: [...blocks] })}
              />
              {noBlock && <p className={styles.wrong}>{noBlock}</p>}
            </div>
          )}
          {how === 'minutes' && (
            <TextField
              label={t`Minutes of a day`}
              inputMode="numeric"
              value={form.minutesADay}
              onChange={(minutesADay) => put({ minutesADay })}
              error={wrong('minutesADay')}
              required
            />
          )}
          <Select
            label={t`How close the adult is`}
            placeholder={t`Choose`}
            options={Level.options.map((level) => ({ value: level, label: levelName(i18n, level) }))}
            value={form.level}
            onChange={(level) => put({ level })}
            description={form.level && levelMeaning(i18n, form.level)}
            error={wrong('level')}
          />
          <TextField
            label={t`Where the plan says so`}
            description={t`For example a page of the IEP`}
            value={form.authority}
            onChange={(authority) => put({ authority })}
            error={wrong('authority')}
            required
          />
          <Chips
            legend={t`The adult is trained for`}
            options={[...new Set([...KNOWN_TASKS, ...form.qualifications])].map((task) => ({
              value: task,
              label: taskName(i18n, task),
            }))}
            chosen={form.qualifications}
            onChange={(qualifications) => put({ qualifications: [...qualifications] })}
          />
          <TextField
            label={t`Who takes over in breaks`}
            value={form.relief}
            onChange={(relief) => put({ relief })}
          />
        </>
      )}
    </ServicesForm>
  )
}
