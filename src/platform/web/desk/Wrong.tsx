/** What went wrong with a form, said where it is read: a field that is marked, the server out of reach, or a refusal. */
import { Trans } from '@lingui/react/macro'
import { CircleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { Notice } from '../kit/Notice.tsx'
import type { WentWrong } from './command.ts'

export interface WrongProps {
  readonly wrong: WentWrong | null
  /** Fields that say by themselves what is wrong in them. */
  readonly marked?: readonly string[]
  /** Words for a refusal, by its code or its field. */
  readonly words?: Readonly<Record<string, ReactNode>>
}

export function Wrong({ wrong, marked = [], words = {} }: WrongProps) {
  if (wrong === null) return null
  const { code, field } = wrong
  const own = words[field ?? ''] ?? words[code ?? '']
  return (
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
  )
}
