/** One of a few, all in sight: native radio buttons in the dress of a segmented control. */
import type { LucideIcon } from 'lucide-react'
import { useId } from 'react'
import styles from './Choice.module.css'

export interface ChoiceOption<Value extends string> {
  value: Value
  label: string
  icon?: LucideIcon | undefined
  /** Language of the label, when it differs from the page's. */
  lang?: string | undefined
}

export interface ChoiceProps<Value extends string> {
  legend: string
  options: readonly ChoiceOption<Value>[]
  value: Value
  onChange: (value: Value) => void
}

export function Choice<Value extends string>({ legend, options, value, onChange }: ChoiceProps<Value>) {
  const name = useId()
  return (
    <fieldset>
      <legend className={styles.legend}>{legend}</legend>
      <div className={styles.options}>
        {options.map(({ value: own, label, icon: Icon, lang }) => (
          <label key={own} className={styles.option} lang={lang}>
            <input
              type="radio"
              className={styles.radio}
              name={name}
              value={own}
              checked={own === value}
              onChange={() => onChange(own)}
            />
            {Icon && <Icon size={18} aria-hidden />}
            {label}
          </label>
        ))}
      </div>
    </fieldset>
  )
}
