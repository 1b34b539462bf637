/**
 * What went wrong with a form, said where it is read: a field that is marked, the server out of reach, or a refusal. The
 * first field that is marked takes the focus, so that it is in sight and a screen reader says what is wrong in it.
 */
import { Trans } from '@lingui/react/macro'
import { CircleAlert } from 'lucide-react'
import { useEffect, useRef, type ReactNode } from 'react'
import { Notice } from '../kit/Notice.tsx'
import type { WentWrong } from './command.ts'

export interface WrongProps {
  readonly wrong: WentWrong | null
  /** Fields that say by themselves what is wrong in them. */
  readonly marked?: readonly string[]
  /** Words for a refusal, by its code or its field. */
  readonly words?: Readonly<Record<string, ReactNode>>
}

/** Inside of what React Aria marks (TextField, Select), or what a form marks by itself. */
const MARKED = '[data-invalid] :is(input, button)'

export function Wrong({ wrong, marked = [], words = {} }: WrongProps) {
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (wrong !== null && wrong.field !== null)
      place.current?.closest('[role="dialog"]')?.querySelector<HTMLElement>(MARKED)?.focus()
  }, [wrong])
  if (wrong === null) return null
  const { code, field } = wrong
  const own = words[field ?? ''] ?? words[code ?? '']
  return (
    <div ref={place}>
      <Notice tone={code === null ? 'wait' : 'danger'} icon={CircleAlert} announce>
        {own ??
          (code === null ? (
            <Trans>That did not reach the school’s server. Nothing has changed; try again.</Trans>
          ) : field !== null && marked.includes(field) ? (
            <Trans>Not saved yet: look at the field that is marked.</Trans>
          ) : (
            <Trans>The school’s server did not take this. Nothing has changed.</Trans>
          ))}
      </Notice>
    </div>
  )
}
