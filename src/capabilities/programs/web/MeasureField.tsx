/** One field of a measurement, by its description in fields.ts. */
import { useLingui } from '@lingui/react/macro'
import { Plus, X } from 'lucide-react'
import type { Json } from '../../../platform/core/canonical.ts'
import { Button, IconButton } from '../../../platform/web/kit/Button.tsx'
import { RULE_SETS, type Field } from '../fields.ts'
import { useMeasure } from './context.ts'
import { Check, LinesField, NumberField, SelectField, TextLine } from './Inputs.tsx'
import { useError } from './useError.ts'
import { fieldName, optionName } from './words.ts'
import styles from './builder.module.css'

export function MeasureField({ field }: { field: Field }) {
  const { i18n } = useLingui()
  const { measure, set } = useMeasure()
  const problem = useError()
  if (!measure) return null
  const { key } = field
  const value = measure[key]
  const label = fieldName(i18n, key, measure)
  const error = problem(`measure.${key}`)
  switch (field.kind) {
    case 'whole':
    case 'number':
      if (key === 'current_step' && measure['chaining'] === 'total') return null
      return (
        <NumberField
          label={label}
          value={numberOf(value)}
          onChange={(next) => set({ [key]: next })}
          min={field.min}
          max={field.max}
          unit={field.unit}
          fraction={field.kind === 'number'}
          error={error}
        />
      )
    case 'minutes':
      return (
        <NumberField
          label={label}
          value={value === null || value === undefined ? null : Number(value) / 60}
          onChange={(next) => set({ [key]: next === null ? null : Math.round(next * 60) })}
          min={field.min / 60}
          max={field.max / 60}
          fraction
          error={error}
        />
      )
    case 'choice':
      return (
        <SelectField
          label={label}
          value={String(value)}
          options={field.of.map((one) => ({ value: one, label: optionName(i18n, one, measure) }))}
          onChange={(next) => set({ [key]: next })}
        />
      )
    case 'yes':
      return <Check label={label} on={value === true} onChange={(on) => set({ [key]: on })} />
    case 'text':
      return (
        <TextLine
          label={label}
          value={textOf(value)}
          onChange={(next) => set({ [key]: next })}
          error={error}
        />
      )
    case 'time':
    case 'date':
      return (
        <TextLine
          label={label}
          value={textOf(value)}
          type={field.kind}
          onChange={(next) => set({ [key]: next })}
          error={error}
        />
      )
    case 'lines':
    case 'times':
      return (
        <div className={styles.whole}>
          <LinesField
            label={label}
            value={listOf(value)}
            onChange={(next) => set({ [key]: next })}
            rows={field.kind === 'lines' ? Math.max(3, field.least) : 3}
            error={error}
          />
        </div>
      )
    case 'numbers':
      if (measure['chaining'] !== 'backward_leap') return null
      return (
        <TextLine
          label={label}
          value={listOf(value).join(', ')}
          onChange={(next) => set({ [key]: (next.match(/\d+/g) ?? []).map(Number) })}
          error={error}
        />
      )
    case 'rules':
      return <RulesField label={label} error={error} />
    case 'items':
      return <RubricField label={label} error={error} />
  }
}

/** A way of scoring: one that is ready, then its own numbers. */
function RulesField({ label, error }: { label: string; error: string | undefined }) {
  const { t } = useLingui()
  const { measure, set } = useMeasure()
  const rules = (measure?.['rules'] ?? {}) as { [key: string]: Json }
  const sets = RULE_SETS[measure?.['kind'] as keyof typeof RULE_SETS] ?? []
  const named = sets.find(({ name }) => name === rules['name'])
  const put = (patch: { [key: string]: Json | undefined }) => {
    const next = { ...rules, ...patch }
    set({
      rules: Object.fromEntries(
        Object.entries(next).filter(([, one]) => one !== undefined && one !== null),
      ) as Json,
    })
  }
  return (
    <fieldset className={styles.whole}>
      <legend className={styles.legend}>{label}</legend>
      <div className={styles.fields}>
        <SelectField
          label={t`Rule set`}
          value={named?.name ?? ''}
          options={[
            ...sets.map(({ name, version }) => ({ value: name, label: `${name} (v${version})` })),
            { value: '', label: t`Our own` },
          ]}
          onChange={(name) => {
            const found = sets.find((one) => one.name === name)
            if (found) set({ rules: found as unknown as Json })
            else put({ name: '', version: 1 })
          }}
        />
        {!named && (
          <>
            <TextLine
              label={t`Name of the rule set`}
              value={textOf(rules['name'])}
              onChange={(name) => put({ name })}
              error={error}
            />
            <NumberField
              label={t`Version of the rule set`}
              value={numberOf(rules['version'])}
              onChange={(version) => put({ version: version ?? 1 })}
              min={1}
              max={100}
            />
          </>
        )}
        {measure?.['kind'] === 'reading' && (
          <SelectField
            label={t`A skipped line`}
            value={textOf(rules['skipped_line']) || 'each_word'}
            options={[
              { value: 'each_word', label: t`each word is an error` },
              { value: 'one_error', label: t`one error, its words not attempted` },
            ]}
            onChange={(skipped_line) => put({ skipped_line })}
          />
        )}
        {(measure?.['kind'] === 'reading' || measure?.['kind'] === 'letter_sounds') && (
          <NumberField
            label={t`Tell it after a hesitation of`}
            value={numberOf(rules['hesitation_s'])}
            onChange={(hesitation_s) => put({ hesitation_s: hesitation_s ?? undefined })}
            min={1}
            max={10}
            unit="s"
          />
        )}
        {measure?.['kind'] === 'maze' && (
          <SelectField
            label={t`A wrong choice`}
            value={textOf(rules['wrong_choices']) || 'ignored'}
            options={[
              { value: 'ignored', label: t`takes nothing off` },
              { value: 'half_off', label: t`takes half a point off` },
            ]}
            onChange={(wrong_choices) => put({ wrong_choices })}
          />
        )}
        <NumberField
          label={t`Stop after errors in a row at the beginning`}
          hint={t`Empty: never.`}
          value={numberOf(rules['discontinue'])}
          onChange={(discontinue) => put({ discontinue: discontinue ?? undefined })}
          min={1}
          max={50}
        />
      </div>
    </fieldset>
  )
}

interface RubricItem {
  readonly text: string
  readonly anchors: readonly string[]
}

/** The items of a rubric; the lines below each describe its levels, 0 first. */
function RubricField({ label, error }: { label: string; error: string | undefined }) {
  const { t } = useLingui()
  const { measure, set } = useMeasure()
  const raw = measure?.['items']
  const items = Array.isArray(raw) ? (raw as unknown as RubricItem[]) : []
  const put = (next: readonly RubricItem[]) => set({ items: next as unknown as Json })
  return (
    <fieldset className={styles.whole}>
      <legend className={styles.legend}>{label}</legend>
      {error !== undefined && <p className={styles.error}>{error}</p>}
      <ol className={styles.rubric}>
        {items.map((item, n) => (
          <li key={n}>
            <div className={styles.rubricHead}>
              <TextLine
                label={t`Item ${n + 1}`}
                value={item.text}
                onChange={(text) => put(items.with(n, { ...item, text }))}
              />
              <IconButton
                icon={X}
                label={t`Take item ${n + 1} out`}
                onClick={() => put(items.toSpliced(n, 1))}
              />
            </div>
            <LinesField
              label={t`Levels of item ${n + 1}, lowest (0) first, one a line`}
              value={item.anchors}
              onChange={(anchors) => put(items.with(n, { ...item, anchors }))}
            />
          </li>
        ))}
      </ol>
      <Button icon={Plus} onClick={() => put([...items, { text: '', anchors: items.at(-1)?.anchors ?? [] }])}>
        {t`Add an item`}
      </Button>
    </fieldset>
  )
}

const numberOf = (value: Json | undefined): number | null => (typeof value === 'number' ? value : null)
const textOf = (value: Json | undefined): string => (typeof value === 'string' ? value : '')
const listOf = (value: Json | undefined): string[] => (Array.isArray(value) ? value.map(String) : [])
