/** How it is taught, how often it is run, how one knows it is run right. */
import { useLingui } from '@lingui/react/macro'
import { useBuilding } from './context.ts'
import { InlineSelect, LinesField, NumberBox, NumberField, TextArea, TextLine } from './Inputs.tsx'
import { Section } from './Section.tsx'
import { useError } from './useError.ts'
import { fieldName } from './words.ts'
import styles from './builder.module.css'

export function TeachingSection() {
  const { t, i18n } = useLingui()
  const { working, change } = useBuilding()
  const error = useError()
  const schedule = working.schedule ?? { times: null, per: 'day' as const }
  return (
    <Section
      id="teaching"
      title={t`Teaching`}
      lead={t`What the adult does. Leave empty what does not apply.`}
    >
      <TextArea
        label={fieldName(i18n, 'instruction')}
        value={working.instruction}
        onChange={(instruction) => change({ instruction })}
        error={error('instruction')}
      />
      <NumberField
        label={fieldName(i18n, 'response_window_s')}
        value={working.response_window_s}
        onChange={(response_window_s) => change({ response_window_s })}
        min={0}
        max={600}
        unit="s"
        fraction
        error={error('response_window_s')}
      />
      <TextArea
        label={fieldName(i18n, 'error_correction')}
        value={working.error_correction}
        onChange={(error_correction) => change({ error_correction })}
        error={error('error_correction')}
      />
      <TextArea
        label={fieldName(i18n, 'reinforcement')}
        value={working.reinforcement}
        onChange={(reinforcement) => change({ reinforcement })}
        error={error('reinforcement')}
      />
      <div className={styles.fields}>
        <LinesField
          label={fieldName(i18n, 'materials')}
          hint={t`One a line.`}
          value={working.materials}
          onChange={(materials) => change({ materials })}
          error={error('materials')}
        />
        <LinesField
          label={fieldName(i18n, 'settings')}
          hint={t`One a line.`}
          value={working.settings}
          onChange={(settings) => change({ settings })}
          error={error('settings')}
        />
      </div>
      <TextLine
        label={fieldName(i18n, 'competency')}
        hint={t`Whoever runs it must have had it.`}
        value={working.competency}
        onChange={(competency) => change({ competency })}
        error={error('competency')}
      />
      <div className={styles.sentenceField}>
        <span className={styles.legend}>{fieldName(i18n, 'schedule')}</span>
        <span className={styles.sentence}>
          <NumberBox
            label={t`Times`}
            value={schedule.times}
            onChange={(times) => change({ schedule: times === null ? null : { ...schedule, times } })}
          />
          <InlineSelect
            label={t`A day or a week`}
            value={schedule.per}
            options={[
              { value: 'day', label: t`times a day` },
              { value: 'week', label: t`times a week` },
            ]}
            onChange={(per) => change({ schedule: { ...schedule, per } })}
          />
        </span>
      </div>
      <LinesField
        label={fieldName(i18n, 'fidelity')}
        hint={t`What an observer can see, one a line: “attention gained”, “waits 4 seconds”.`}
        value={working.fidelity}
        onChange={(fidelity) => change({ fidelity })}
        error={error('fidelity')}
      />
    </Section>
  )
}
