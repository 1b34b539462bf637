/**
 * What the forms of a service and of an adult of one’s own do alike (ServicesSheet, ServicesAdultSheet): they begin from
 * what is changed or from nothing, hold it while it is filled in, and send it as one act that replaces what it changes.
 */
import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import type { z } from 'zod'
import type { Day } from '../../../platform/core/days.ts'
import { uuidv7 } from '../../../platform/core/ids.ts'
import { useCommand, type WentWrong } from '../../../platform/web/desk/command.ts'
import type { OneToOneLine, ServiceLine, ServiceStudents } from '../wire.ts'
import { WRONG } from './services-words.ts'

type ServedStudent = z.infer<typeof ServiceStudents>['students'][number]

export interface ServedSheetProps<Line> {
  readonly today: Day
  /** What is changed, and whose it is; null: a new one. */
  readonly changed: { readonly line: Line; readonly student: ServedStudent } | null
  readonly onClose: () => void
  readonly onDone: () => void
}

/** What both forms hold; days as a field has them, the last one may be empty. */
export interface Common {
  readonly student: string | null
  readonly from: string
  readonly to: string
}

/** The form, with `own` fields beside those of both, and `save`, which sends it with `over` in the form’s place. */
export function useServedForm<Own extends object>(
  { today, changed, onClose, onDone }: ServedSheetProps<ServiceLine | OneToOneLine>,
  own: Own,
) {
  const [id] = useState(() => uuidv7(Date.now()))
  const line = changed?.line ?? null
  const [form, setForm] = useState<Own & Common>({
    ...own,
    student: line?.student ?? null,
    // a change holds from today on; of what has not begun yet, from its first day
    from: line && line.from > today ? line.from : today,
    to: line?.to ?? '',
  })
  const put = (part: Partial<Own & Common>) => setForm({ ...form, ...part })
  const command = useCommand()
  const wrong = useMarks(command.wrong)
  const save = async (path: `/api/${string}`, shape: z.ZodType, over: object) => {
    const to = form.to === '' ? null : form.to
    const body = { ...form, to, id, ...(line && { replaces: line.id }), ...over }
    if (await command.send(path, body, shape)) onDone()
  }
  return { form, put, wrong, save, frame: { of: changed?.student ?? null, form, put, command, onClose } }
}

/** What a field of this name has wrong in it, in words; undefined: nothing. */
export function useMarks(wrong: WentWrong | null): (field: string) => string | undefined {
  const { i18n } = useLingui()
  return (field) => {
    const words = wrong?.field === field ? WRONG[field] : undefined
    return words && i18n._(words)
  }
}

/** A number as a field has it; empty is none, and what is no number is refused by its shape. */
export function numberIn(text: string): number | null {
  return text.trim() === '' ? null : Number(text)
}
