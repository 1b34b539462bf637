/** What to do with the student today, as its owner writes it. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Select } from '../../../platform/web/kit/Select.tsx'
import { Switch } from '../../../platform/web/kit/Switch.tsx'
import { TextField } from '../../../platform/web/kit/TextField.tsx'
import { HELP, RELEASE, type GlanceBody } from '../records.ts'
import { ListField } from './ListField.tsx'
import { BEHAVIOR_LINE, HANDED_TO, HELP_WITH } from './plan-words.ts'
import styles from './publish.module.css'

export function GlanceForm({ body, onChange }: { body: GlanceBody; onChange: (body: GlanceBody) => void }) {
  const { t, i18n } = useLingui()
  const { behavior, help, release } = body
  const behave = (line: 'see' | 'do' | 'dont', text: string) => {
    const next = { see: '', do: '', dont: '', ...behavior, [line]: text }
    onChange({ ...body, behavior: Object.values(next).every((one) => one === '') ? null : next })
  }
  return (
    <>
      <ListField
        label={t`Supports`}
        lines={body.accommodations}
        onChange={(accommodations) => onChange({ ...body, accommodations })}
      />
      <ListField
        label={t`Must happen today`}
        lines={body.must_do}
        onChange={(must_do) => onChange({ ...body, must_do })}
      />
      <fieldset className={styles.group}>
        <legend>
          <Trans>Behavior in three lines</Trans>
        </legend>
        {(['see', 'do', 'dont'] as const).map((line) => (
          <TextField
            key={line}
            label={i18n._(BEHAVIOR_LINE[line])}
            value={behavior?.[line] ?? ''}
            onChange={(text) => behave(line, text)}
          />
        ))}
      </fieldset>
      <fieldset className={styles.group}>
        <legend>
          <Trans>Help that only trained adults give</Trans>
        </legend>
        {HELP.map((task) => (
          <Switch
            key={task}
            label={i18n._(HELP_WITH[task])}
            on={help.includes(task)}
            onChange={(on) =>
              onChange({ ...body, help: HELP.filter((one) => (one === task ? on : help.includes(one))) })
            }
          />
        ))}
      </fieldset>
      <Select
        label={t`At the end of the day, hand over to`}
        options={RELEASE.map((to) => ({ value: to, label: i18n._(HANDED_TO[to]) }))}
        value={release.to}
        onChange={(to) => onChange({ ...body, release: { ...release, to } })}
        placeholder={t`Choose`}
      />
      <TextField
        label={t`Way home`}
        description={t`What to do only, like “Bus 12”; never why.`}
        value={release.note}
        onChange={(note) => onChange({ ...body, release: { ...release, note } })}
      />
    </>
  )
}
