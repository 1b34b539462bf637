/** A list as text: one line each. */
import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { TextArea } from '../../../platform/web/kit/TextArea.tsx'

interface ListFieldProps {
  readonly label: string
  readonly lines: readonly string[]
  readonly onChange: (lines: string[]) => void
  readonly hint?: string
}

export function ListField({ label, lines, onChange, hint }: ListFieldProps) {
  const { t } = useLingui()
  // what is being typed keeps its empty lines
  const [text, setText] = useState(lines.join('\n'))
  return (
    <TextArea
      label={label}
      description={hint ?? t`One on each line`}
      rows={3}
      value={text}
      onChange={(next) => {
        setText(next)
        onChange(
          next
            .split('\n')
            .map((line) => line.trim())
            .filter((line) => line !== ''),
        )
      }}
    />
  )
}
