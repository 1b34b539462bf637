/**
 * Timed curriculum-based measurement (C12). Reading with a passage of the program: a tap on each wrong word, another
 * when the student corrects it, then the last word. Everything else, and reading from paper: the timer, and the numbers
 * typed. Passages are the school's own; which one was read is kept, so that none comes twice unknowing.
 */
import { useState } from 'react'
import type { SessionState } from '../state.ts'
import { CbmForms } from './CbmForms.tsx'
import { CbmNumbers } from './CbmNumbers.tsx'
import { CbmPassage } from './CbmPassage.tsx'
import { CbmResult } from './CbmResult.tsx'
import { useSessionRecords } from './hooks.ts'
import type { PadProps } from './pads.ts'

export default function CbmPad(props: PadProps<'cbm'>) {
  const { measure, state, program, recorder, onFinish } = props
  const [chosen, setChosen] = useState<string | null>(null)
  const [isTyping, setTyping] = useState(false)
  const records = useSessionRecords(state)
  const begun = records.find(({ kind }) => kind === 'sessions.start')?.body['form']
  const forms = measure.kind === 'reading' ? (program.body.forms ?? []) : []
  const form = forms.find(({ id }) => id === (begun ?? chosen))
  if (state && isScored(state))
    return <CbmResult measure={measure} state={state} recorder={recorder} onFinish={onFinish} />
  if (form && !isTyping)
    return (
      <CbmPassage
        {...props}
        form={form}
        records={records}
        onPaper={() => setTyping(true)}
        onBack={state ? null : () => setChosen(null)}
      />
    )
  if (forms.length > 0 && !isTyping && !isRead(state))
    return (
      <CbmForms
        forms={forms}
        program={program.id}
        // begun together, before anybody said which passage: it is said now
        onForm={(id, name) => (state ? recorder.using(state, { form: id }, name) : setChosen(id))}
        onPaper={() => setTyping(true)}
      />
    )
  return <CbmNumbers {...props} records={records} />
}

/** Something of the reading is there: it is too late to ask for its passage. */
function isRead(state: SessionState | null): boolean {
  return state !== null && state.items.length > 0
}

/** Words and time are both there: the session has its value. */
function isScored(state: SessionState): boolean {
  return state.summary.numerator !== null
}
