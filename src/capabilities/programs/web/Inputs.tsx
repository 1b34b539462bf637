/** The builder's own controls: texts of many lines, numbers that may be empty, lists, and controls inside a sentence. */
import { useLingui } from '@lingui/react/macro'
import { useId, useState, type ReactNode } from 'react'
import { cx } from '../../../platform/web/kit/cx.ts'
import styles from './inputs.module.css'

interface LabelProps {
  readonly label: string
  readonly hint?: ReactNode
  readonly error?: string | undefined
}

interface TextProps extends LabelProps {
  readonly value: string
  readonly onChange: (value: string) => void
  readonly rows?: number
  readonly placeholder?: string
}

/** A text of several lines; grows with what is written. */
export function TextArea({ label, hint, error, value, onChange, rows = 2, placeholder }: TextProps) {
  const id = useId()
  return (
    <Framed id={id} label={label} hint={hint} error={error}>
      <textarea
        autoComplete="off"
        {...wiring(id, hint, error)}
        className={cx(styles.input, styles.area)}
        rows={rows}
        value={value}
        placeholder={placeholder}
        onChange={(event) => onChange(event.target.value)}
      />
    </Framed>
  )
}

/** One line; or a day or a time as the browser asks for one. */
export function TextLine({
  label,
  hint,
  error,
  value,
  onChange,
  placeholder,
  type = 'text',
}: TextProps & { readonly type?: 'text' | 'date' | 'time' }) {
  const id = useId()
  return (
    <Framed id={id} label={label} hint={hint} error={error}>
      <input
        {...wiring(id, hint, error)}
        type={type}
        className={styles.input}
        value={value}
        autoComplete="off"
        placeholder={placeholder}
        onChange={(event) => onChange(event.target.value)}
      />
    </Framed>
  )
}

/** A list that is typed as lines. Empty lines stay while one writes and are left out of what is published. */
export function LinesField({
  value,
  onChange,
  rows = 3,
  ...label
}: LabelProps & { value: readonly string[]; onChange: (value: string[]) => void; rows?: number }) {
  return (
    <TextArea
      {...label}
      rows={Math.max(rows, value.length)}
      value={value.join('\n')}
      onChange={(text) => onChange(text === '' ? [] : text.split('\n'))}
    />
  )
}

interface NumberProps extends LabelProps {
  readonly value: number | null
  readonly onChange: (value: number | null) => void
  readonly min: number
  readonly max: number
  readonly unit?: string | undefined
  /** Fractions are fine. */
  readonly fraction?: boolean
}

export function NumberField({ label, hint, error, unit, ...box }: NumberProps) {
  const id = useId()
  const { t } = useLingui()
  const { value, min, max } = box
  const isOut = value !== null && (value < min || value > max)
  const wrong = isOut ? t`from ${min} to ${max}` : error
  return (
    <Framed id={id} label={label} hint={hint} error={wrong}>
      <span className={styles.number}>
        <NumberBox {...box} wiring={wiring(id, hint, wrong)} />
        {unit !== undefined && <span className={styles.unit}>{unit}</span>}
      </span>
    </Framed>
  )
}

interface BoxProps {
  readonly value: number | null
  readonly onChange: (value: number | null) => void
  readonly fraction?: boolean
  readonly wiring?: object
  /** Its name where no label is in sight. */
  readonly label?: string
}

/** The box alone, for the middle of a sentence. What is typed stays as typed while it says the same number. */
export function NumberBox({ value, onChange, fraction, wiring: wired, label }: BoxProps) {
  const [typed, setTyped] = useState('')
  const shown = numberIn(typed, fraction) === value ? typed : value === null ? '' : String(value)
  return (
    <input
      {...wired}
      className={cx(styles.input, styles.box)}
      inputMode={fraction ? 'decimal' : 'numeric'}
      autoComplete="off"
      aria-label={label}
      value={shown}
      onChange={({ target }) => {
        if (!/^\d{0,7}([.,]\d{0,3})?$/.test(target.value)) return
        setTyped(target.value)
        onChange(numberIn(target.value, fraction))
      }}
    />
  )
}

function numberIn(text: string, fraction = false): number | null {
  if (!/\d/.test(text)) return null
  const value = Number(text.replace(',', '.'))
  return fraction ? value : Math.round(value)
}

/** A choice in the middle of a sentence: the browser's own, so that it is short and works everywhere. */
export function InlineSelect<Value extends string>({
  label,
  value,
  options,
  onChange,
}: {
  label: string
  value: Value
  options: readonly { readonly value: Value; readonly label: string }[]
  onChange: (value: Value) => void
}) {
  return (
    <select
      className={styles.select}
      aria-label={label}
      value={value}
      onChange={(event) => {
        const found = options.find((option) => option.value === event.target.value)
        if (found) onChange(found.value)
      }}
    >
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </select>
  )
}

/** The same with its label above it, for forms. */
export function SelectField<Value extends string>({
  label,
  value,
  options,
  onChange,
}: Parameters<typeof InlineSelect<Value>>[0]) {
  return (
    <div className={styles.field}>
      <span className={styles.label} aria-hidden>
        {label}
      </span>
      <InlineSelect label={label} value={value} options={options} onChange={onChange} />
    </div>
  )
}

/** Yes or no, a line of words beside a box. */
export function Check({
  label,
  on,
  onChange,
}: {
  label: string
  on: boolean
  onChange: (on: boolean) => void
}) {
  return (
    <label className={styles.check}>
      <input type="checkbox" checked={on} onChange={(event) => onChange(event.target.checked)} />
      {label}
    </label>
  )
}

function Framed({ id, label, hint, error, children }: LabelProps & { id: string; children: ReactNode }) {
  return (
    <div className={styles.field}>
      <label htmlFor={id} className={styles.label}>
        {label}
      </label>
      {hint !== undefined && (
        <span id={`${id}-hint`} className={styles.hint}>
          {hint}
        </span>
      )}
      {children}
      {error !== undefined && (
        <span id={`${id}-error`} className={styles.error}>
          {error}
        </span>
      )}
    </div>
  )
}

function wiring(id: string, hint: ReactNode, error: string | undefined) {
  const about = [hint === undefined ? '' : `${id}-hint`, error === undefined ? '' : `${id}-error`]
  return {
    id,
    'aria-invalid': error === undefined ? undefined : true,
    'aria-describedby': about.join(' ').trim() || undefined,
  }
}
