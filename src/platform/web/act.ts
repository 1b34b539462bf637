/**
 * An act of a screen, as the product promises it: recorded at the tap, felt, said, and to be taken back for five
 * seconds. Screens of every capability record through `useAct`.
 */
import { useLingui } from '@lingui/react/macro'
import type { StoredRecord } from '../records/envelope.ts'
import { useToasts } from './kit/Toast.tsx'
import type { Draft } from './store/draft.ts'
import { useDevice } from './store/hooks.ts'

export interface Act {
  readonly drafts: readonly Draft[]
  /** What happened, like “A.M. trial 7: alone”; shown and announced. Null: nothing is said (a bounce). */
  readonly said: string | null
  /** The drafts that take the records back, asked for when Undo is pressed. */
  readonly undo?: (made: readonly StoredRecord[]) => readonly Draft[]
}

/** The way to record. Returns the records as they are on the screen now; what cannot be kept is said by itself. */
export function useAct(): (act: Act) => readonly StoredRecord[] {
  const { t } = useLingui()
  const device = useDevice()
  const toasts = useToasts()

  const capture = (drafts: readonly Draft[]) =>
    drafts.map((draft) => {
      const captured = device.capture(draft)
      captured.kept.catch(() =>
        toasts.show({ text: t`This could not be kept on the device. It is in the list of what needs you.` }),
      )
      return captured
    })

  return ({ drafts, said, undo }) => {
    const captures = capture(drafts)
    const made = captures.map(({ record }) => record)
    // a short tick under the thumb, where the device can
    navigator.vibrate?.(12)
    const say = () => {
      if (said !== null) toasts.show({ text: said, ...(undo && { undo: () => void capture(undo(made)) }) })
    }
    void Promise.all(captures.map(({ shown }) => shown)).then(say)
    return made
  }
}
