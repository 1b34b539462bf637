/** The boxes of a sheet on the screen, in the order and with the names of the paper. Native controls: quick with a keyboard. */
import { useId } from 'react'
import type { Language } from '../records.ts'
import type { Filled } from '../sheets/fill.ts'
import type { Column, Marks, Option, SheetForm } from '../sheets/form.ts'
import { wordsOf } from '../sheets/words.ts'
import { TextField } from '../../../platform/web/kit/TextField.tsx'
import styles from './reports.module.css'

interface FormFieldsProps {
  readonly form: SheetForm
  readonly filled: Filled
  readonly lang: Language
  readonly onChange: (filled: Filled) => void
}

export function FormFields({ form, filled, lang, onChange }: FormFieldsProps) {
  const words = wordsOf(lang)
  return (
    <>
      {!form.isLog && (
        <div className={styles.row}>
          {(['from', 'to'] as const).map((key) => (
            <TextField
              key={key}
              label={words[key]}
              type="time"
              value={filled[key]}
              onChange={(value) => onChange({ ...filled, [key]: value })}
            />
          ))}
        </div>
      )}
      {form.marks.map((marks) => (
        <MarkFields
          key={marks.key}
          marks={marks}
          filled={filled}
          onMark={(place, code) => onChange({ ...filled, marks: { ...filled.marks, [place]: code } })}
        />
      ))}
      {form.numbers.length > 0 && (
        <div className={styles.row}>
          {form.numbers.map(({ key, label }) => (
            <TextField
              key={key}
              label={label}
              inputMode="numeric"
              value={filled.numbers[key] ?? ''}
              onChange={(value) => onChange({ ...filled, numbers: { ...filled.numbers, [key]: value } })}
            />
          ))}
        </div>
      )}
      {form.rows && (
        <RowFields
          title={form.rows.title}
          columns={form.rows.columns}
          rows={filled.rows}
          onRows={(rows) => onChange({ ...filled, rows })}
        />
      )}
    </>
  )
}

interface MarkFieldsProps {
  readonly marks: Marks
  readonly filled: Filled
  readonly onMark: (place: string, code: string) => void
}

function MarkFields({ marks: { key, title, places, look }, filled, onMark }: MarkFieldsProps) {
  return (
    <section className={styles.section} aria-label={title}>
      <h2>{title}</h2>
      <div className={look === 'boxes' ? styles.boxes : styles.lines}>
        {places.map(({ n, label, options }) => {
          const place = `${key}:${n}`
          const field = (
            <Chosen
              label={look === 'boxes' ? `${title} ${label}` : label}
              options={options}
              value={filled.marks[place] ?? ''}
              onChange={(code) => onMark(place, code)}
            />
          )
          return look === 'boxes' ? (
            <div key={place} className={styles.field}>
              <span className={styles.quiet} aria-hidden>
                {label}
              </span>
              {field}
            </div>
          ) : (
            <div key={place} className={styles.line}>
              <span>
                {n}. {label}
              </span>
              {field}
            </div>
          )
        })}
      </div>
    </section>
  )
}

interface ChosenProps {
  readonly label: string
  readonly options: readonly Option[]
  readonly value: string
  readonly onChange: (code: string) => void
}

/** Empty is a choice of its own: nobody watched, or nothing was written. */
function Chosen({ label, options, value, onChange }: ChosenProps) {
  return (
    <select
      className={styles.select}
      aria-label={label}
      value={value}
      onChange={({ target }) => onChange(target.value)}
    >
      <option value="">—</option>
      {options.map((option) => (
        <option key={option.code} value={option.code}>
          {shown(option)}
        </option>
      ))}
    </select>
  )
}

/** The code first where it is what the paper has, so that its key finds it. */
function shown({ code, label }: Option): string {
  return /^[a-z_:]{3,}/.test(code) || code === label ? label : `${code.replace(/^-/, '–')} ${label}`
}

interface RowFieldsProps {
  readonly title: string
  readonly columns: readonly Column[]
  readonly rows: Filled['rows']
  readonly onRows: (rows: Filled['rows']) => void
}

/** As many lines as were filled in, and one more. */
function RowFields({ title, columns, rows, onRows }: RowFieldsProps) {
  const lines = [...rows, {}]
  return (
    <section className={styles.section} aria-label={title}>
      <h2>{title}</h2>
      {lines.map((row, index) => (
        <fieldset key={index} className={styles.entryRow}>
          <legend className={styles.quiet}>
            {title} {index + 1}
          </legend>
          <div className={styles.cells}>
            {columns.map((column) => (
              <Cell
                key={column.key}
                column={column}
                value={row[column.key] ?? ''}
                onChange={(value) =>
                  onRows(lines.with(index, { ...row, [column.key]: value }).filter(hasAny))
                }
              />
            ))}
          </div>
        </fieldset>
      ))}
    </section>
  )
}

const hasAny = (row: Filled['rows'][number]): boolean => Object.values(row).some((value) => value.length > 0)

interface CellProps {
  readonly column: Column
  readonly value: string | readonly string[]
  readonly onChange: (value: string | readonly string[]) => void
}

function Cell({ column: { label, kind, options = [] }, value, onChange }: CellProps) {
  const id = useId()
  const text = typeof value === 'string' ? value : ''
  switch (kind) {
    case 'one':
      return (
        <label className={styles.field}>
          <span>{label}</span>
          <Chosen label={label} options={options.map(numbered)} value={text} onChange={onChange} />
        </label>
      )
    case 'many': {
      const chosen = typeof value === 'string' ? [] : value
      return (
        <div role="group" aria-labelledby={id} className={styles.wide}>
          <span id={id}>{label}</span>
          <div className={styles.cells}>
            {options.map((option, n) => (
              <label key={option.code} className={styles.check}>
                <input
                  type="checkbox"
                  checked={chosen.includes(option.code)}
                  onChange={({ target }) =>
                    onChange(
                      target.checked
                        ? [...chosen, option.code]
                        : chosen.filter((code) => code !== option.code),
                    )
                  }
                />
                {n + 1} {option.label}
              </label>
            ))}
          </div>
        </div>
      )
    }
    case 'yes':
      return (
        <label className={styles.check}>
          <input
            type="checkbox"
            checked={text === 'yes'}
            onChange={({ target }) => onChange(target.checked ? 'yes' : '')}
          />
          {label}
        </label>
      )
    case 'number':
      return <TextField label={label} inputMode="numeric" value={text} onChange={onChange} />
    case 'time':
    case 'instant':
      return (
        <label className={styles.field}>
          <span>{label}</span>
          <input
            type="time"
            className={styles.time}
            step={kind === 'instant' ? 1 : 60}
            value={text}
            onChange={({ target }) => onChange(target.value)}
          />
        </label>
      )
  }
}

/** As the legend of the paper counts them. */
const numbered = (option: Option, n: number): Option => ({ ...option, label: `${n + 1} ${option.label}` })
