/** Several of a list at once, or one of it: chips that are native boxes underneath, each a target of its own. */
import { useId } from 'react'
import styles from './Chips.module.css'

export interface ChipOption<Value extends string> {
  readonly value: Value
  readonly label: string
}

export interface ChipsProps<Value extends string> {
  readonly legend: string
  readonly options: readonly ChipOption<Value>[]
  readonly chosen: readonly Value[]
  readonly onChange: (chosen: readonly Value[]) => void
  /** One at a time. */
  readonly single?: boolean
  /** At most so many; the others rest. */
  readonly max?: number
}

export function Chips<Value extends string>(props: ChipsProps<Value>) {
  const { legend, options, chosen, onChange, single = false, max = Infinity } = props
  const name = useId()
  const toggle = (value: Value) => {
    if (single) onChange([value])
    else if (chosen.includes(value)) onChange(chosen.filter((one) => one !== value))
    else onChange([...chosen, value])
  }
  return (
    <fieldset className={styles.group}>
      <legend className={styles.legend}>{legend}</legend>
      <div className={styles.chips}>
        {options.map(({ value, label }) => {
          const isOn = chosen.includes(value)
          return (
            <label key={value} className={styles.chip}>
              <input
                type={single ? 'radio' : 'checkbox'}
                name={name}
                value={value}
                checked={isOn}
                disabled={!single && !isOn && chosen.length >= max}
                onChange={() => toggle(value)}
              />
              {label}
            </label>
          )
        })}
      </div>
    </fieldset>
  )
}
