/** One of many, closed until asked. For a few options that fit on the screen, Choice is better. */
import { ChevronDown } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button as AriaButton } from 'react-aria-components/Button'
import { FieldError } from 'react-aria-components/FieldError'
import { Label } from 'react-aria-components/Label'
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox'
import { Popover } from 'react-aria-components/Popover'
import { Select as AriaSelect, SelectValue } from 'react-aria-components/Select'
import { Text } from 'react-aria-components/Text'
import { buttonClass } from './Button.tsx'
import { cx } from './cx.ts'
import field from './Field.module.css'
import styles from './Select.module.css'

export interface SelectOption<Value extends string> {
  value: Value
  label: string
}

export interface SelectProps<Value extends string> {
  label: string
  options: readonly SelectOption<Value>[]
  /** null = nothing chosen yet. */
  value: Value | null
  onChange: (value: Value) => void
  /** Shown while nothing is chosen. */
  placeholder: string
  description?: ReactNode
  error?: string | undefined
  disabled?: boolean | undefined
}

export function Select<Value extends string>({
  label,
  options,
  value,
  onChange,
  ...rest
}: SelectProps<Value>) {
  return (
    <AriaSelect
      className={field.field ?? ''}
      value={value}
      onChange={(key) => {
        const chosen = options.find((option) => option.value === key)
        if (chosen) onChange(chosen.value)
      }}
      placeholder={rest.placeholder}
      isInvalid={rest.error !== undefined}
      isDisabled={rest.disabled ?? false}
      validationBehavior="aria"
    >
      <Label className={field.label}>{label}</Label>
      {rest.description && (
        <Text slot="description" className={field.description}>
          {rest.description}
        </Text>
      )}
      <AriaButton className={cx(buttonClass({}), styles.button)}>
        <SelectValue className={styles.value ?? ''} />
        <ChevronDown size={20} aria-hidden />
      </AriaButton>
      <FieldError className={field.error ?? ''}>{rest.error}</FieldError>
      <Popover className={styles.popover ?? ''}>
        <ListBox className={styles.list ?? ''}>
          {options.map((option) => (
            <ListBoxItem key={option.value} id={option.value} className={styles.item ?? ''}>
              {option.label}
            </ListBoxItem>
          ))}
        </ListBox>
      </Popover>
    </AriaSelect>
  )
}
