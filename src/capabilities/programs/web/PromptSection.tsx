/** The program's own ladder of prompts: which, in which order, how long one waits (domain C.1). */
import { useLingui } from '@lingui/react/macro'
import { ArrowDown, ArrowUp, Hand, Plus, X } from 'lucide-react'
import type { Json } from '../../../platform/core/canonical.ts'
import { Button, IconButton } from '../../../platform/web/kit/Button.tsx'
import { Choice } from '../../../platform/web/kit/Choice.tsx'
import { Notice } from '../../../platform/web/kit/Notice.tsx'
import { LADDER } from '../fields.ts'
import { useMeasure } from './context.ts'
import { Check, NumberField, SelectField, TextLine } from './Inputs.tsx'
import { Section } from './Section.tsx'
import { useError } from './useError.ts'
import { optionName } from './words.ts'
import styles from './builder.module.css'

interface Level {
  readonly code: string
  readonly label: string
  readonly physical?: true
}
type Scheme = Omit<typeof LADDER, 'levels'> & { readonly levels: readonly Level[] }

export function PromptSection() {
  const { t, i18n } = useLingui()
  const { measure, set } = useMeasure()
  const error = useError()
  const raw = measure?.['prompts']
  if (raw === undefined || raw === null) return null
  const scheme = { ...LADDER, ...(raw as object) } as Scheme
  const { levels, direction, wait_s: wait, delays_s: delays } = scheme
  const put = (patch: Partial<Scheme>) => set({ prompts: { ...scheme, ...patch } as unknown as Json })
  const change = (n: number, level: Level) => put({ levels: levels.with(n, level) })
  const known = [
    { code: 'V', label: t`Verbal` },
    { code: 'G', label: t`Gesture` },
    { code: 'M', label: t`Model` },
    { code: 'Vi', label: t`Visual` },
    { code: 'PP', label: t`Partial physical`, physical: true as const },
    { code: 'FP', label: t`Full physical`, physical: true as const },
  ].filter(({ code }) => levels.every((level) => level.code !== code))
  const isFirst = direction === 'most_to_least'
  return (
    <Section
      id="prompts"
      title={t`Prompts`}
      lead={t`The order is this program’s own. Working alone is not on the ladder; it is always there.`}
    >
      <Choice
        legend={t`How prompts are given`}
        value={direction}
        onChange={(next) => put({ direction: next })}
        options={(['least_to_most', 'most_to_least', 'graduated', 'time_delay'] as const).map((value) => ({
          value,
          label: optionName(i18n, value),
        }))}
      />
      <NumberField
        label={t`Wait before the next prompt`}
        value={wait}
        onChange={(next) => put({ wait_s: next ?? 0 })}
        min={0}
        max={60}
        unit="s"
        fraction
        error={error('measure.prompts')}
      />
      {direction === 'time_delay' && (
        <TextLine
          label={t`Delays before the prompt, in seconds, step by step`}
          hint={t`One number is a constant delay; “0, 2, 4” grows.`}
          value={(delays ?? []).join(', ')}
          onChange={(text) => {
            const { delays_s: _, ...rest } = scheme
            const next = (text.match(/\d+(\.\d+)?/g) ?? []).map(Number)
            set({ prompts: (next.length > 0 ? { ...rest, delays_s: next } : rest) as unknown as Json })
          }}
        />
      )}
      <ol
        className={styles.ladder}
        aria-label={isFirst ? t`Prompts, most help first` : t`Prompts, least help first`}
      >
        {levels.map((level, n) => (
          <li key={n}>
            <TextLine
              label={t`Code`}
              value={level.code}
              onChange={(code) => change(n, { ...level, code: code.slice(0, 4) })}
            />
            <TextLine
              label={t`Words`}
              value={level.label}
              onChange={(label) => change(n, { ...level, label: label.slice(0, 40) })}
            />
            <Check
              label={t`touches the student`}
              on={level.physical === true}
              onChange={(on) => {
                const { physical: _, ...rest } = level
                change(n, on ? { ...rest, physical: true } : rest)
              }}
            />
            <span className={styles.moves}>
              <IconButton
                icon={ArrowUp}
                label={t`Move ${level.label} up`}
                disabled={n === 0}
                onClick={() => put({ levels: moved(levels, n, n - 1) })}
              />
              <IconButton
                icon={ArrowDown}
                label={t`Move ${level.label} down`}
                disabled={n === levels.length - 1}
                onClick={() => put({ levels: moved(levels, n, n + 1) })}
              />
              <IconButton
                icon={X}
                label={t`Take ${level.label} out`}
                onClick={() => put({ levels: levels.toSpliced(n, 1) })}
              />
            </span>
          </li>
        ))}
      </ol>
      {levels.length < 8 && (
        <div className={styles.row}>
          {known.map((level) => (
            <Button key={level.code} icon={Plus} onClick={() => put({ levels: [...levels, level] })}>
              {level.label}
            </Button>
          ))}
          <Button icon={Plus} onClick={() => put({ levels: [...levels, { code: '', label: '' }] })}>
            {t`Another`}
          </Button>
        </div>
      )}
      {levels.some((level) => level.physical) && (
        <Notice icon={Hand}>
          {t`Prompts that touch are offered on the pad only where the student’s consent says that they may.`}
        </Notice>
      )}
      {measure?.system === 'trials' && levels.length > 0 && (
        <SelectField
          label={t`Prompt level taught now`}
          value={String(measure['target'] ?? '')}
          options={[
            { value: '', label: t`none in particular` },
            ...levels.map(({ code, label }) => ({ value: code, label: `${label} (${code})` })),
          ]}
          onChange={(target) => set({ target: target === '' ? null : target })}
        />
      )}
    </Section>
  )
}

function moved(levels: readonly Level[], from: number, to: number): Level[] {
  const level = levels[from]
  return level ? levels.toSpliced(from, 1).toSpliced(to, 0, level) : [...levels]
}
