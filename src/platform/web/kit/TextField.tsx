/** A line of text with its label, a hint, and what is wrong with it. Accessible wiring by React Aria. */
import type { HTMLInputAutoCompleteAttribute, ReactNode } from 'react'
import { FieldError } from 'react-aria-components/FieldError'
import { Input } from 'react-aria-components/Input'
import { Label } from 'react-aria-components/Label'
import { Text } from 'react-aria-components/Text'
import { TextField as AriaTextField } from 'react-aria-components/TextField'
import styles from './Field.module.css'

export interface TextFieldProps {
  label: string
  value: string
  onChange: (value: string) => void
  name?: string | undefined
  /** Which keyboard a phone shows, where it is not that of the type. */
  inputMode?: 'numeric' | 'decimal' | undefined
  type?:
    | 'text'
    | 'email'
    | 'password'
    | 'search'
    | 'tel'
    | 'url'
    | 'date'
    | 'time'
    | 'datetime-local'
    | undefined
  /** A hint under the label. */
  description?: ReactNode
  /** What is wrong, in words that help; the field is marked invalid while it is there. */
  error?: string | undefined
  required?: boolean | undefined
  autoComplete?: HTMLInputAutoCompleteAttribute | undefined
  autoFocus?: boolean | undefined
  disabled?: boolean | undefined
}

export function TextField({
  label,
  value,
  onChange,
  name,
  type,
  description,
  error,
  ...rest
}: TextFieldProps) {
  return (
    <AriaTextField
      className={styles.field ?? ''}
      value={value}
      onChange={onChange}
      {...(name !== undefined && { name })}
      type={type ?? 'text'}
      isInvalid={error !== undefined}
      isRequired={rest.required ?? false}
      isDisabled={rest.disabled ?? false}
      {...(rest.inputMode !== undefined && { inputMode: rest.inputMode })}
      autoComplete={rest.autoComplete ?? 'off'}
      autoFocus={rest.autoFocus ?? false}
      validationBehavior="aria"
    >
      <Label className={styles.label}>{label}</Label>
      {description && (
        <Text slot="description" className={styles.description}>
          {description}
        </Text>
      )}
      <Input className={styles.input ?? ''} />
      <FieldError className={styles.error ?? ''}>{error}</FieldError>
    </AriaTextField>
  )
}
