/**
 * An act of a screen, as the product promises it: recorded at the tap, felt, said, and to be taken back for five
 * seconds. Screens of every capability record through `useAct`.
 */
import { useLingui } from '@lingui/react/macro'
import type { StoredRecord } from '../records/envelope.ts'
import { useToasts } from './kit/Toast.tsx'
import type { Draft } from './store/draft.ts'
import { CaptureRefused } from './store/errors.ts'
import { useDevice } from './store/hooks.ts'

export interface Act {
  readonly drafts: readonly Draft[]
  /** What happened, like “A.M. trial 7: alone”; shown and announced. Null: nothing is said (a bounce). */
  readonly said: string | null
  /** The drafts that take the records back, asked for when Undo is pressed. */
  readonly undo?: (made: readonly StoredRecord[]) => readonly Draft[]
}

/**
 * The way to record. Returns the records as they are on the screen now; what cannot be kept is said by itself. Where one
 * of the drafts can never be a record, none of them is: the person is told, and it throws, so that a screen stays as it
 * is, with all that was typed. So a screen closes, empties or moves on after the act and never before.
 */
export function useAct(): (act: Act) => readonly StoredRecord[] {
  const { t } = useLingui()
  const device = useDevice()
  const toasts = useToasts()
  const tell = useRefused()

  const capture = (drafts: readonly Draft[], what: string) => {
    try {
      const captures = device.captureAll(drafts)
      for (const { kept } of captures)
        kept.catch(() =>
          toasts.show({
            text: t`This could not be kept on the device. It is in the list of what needs you.`,
          }),
        )
      return captures
    } catch (error) {
      tell(error, what)
      throw error
    }
  }

  return ({ drafts, said, undo }) => {
    const captures = capture(drafts, said ?? '…')
    const made = captures.map(({ record }) => record)
    // a short tick under the thumb, where the device can
    navigator.vibrate?.(12)
    const say = () => {
      if (said !== null)
        toasts.show({ text: said, ...(undo && { undo: () => void capture(undo(made), t`Undo`) }) })
    }
    void Promise.all(captures.map(({ shown }) => shown)).then(say)
    return made
  }
}

/** Says of a draft that can never be a record that it was not recorded, and what helps; of other errors nothing. */
export function useRefused(): (error: unknown, what: string) => void {
  const { t } = useLingui()
  const toasts = useToasts()
  return (error, what) => {
    if (error instanceof CaptureRefused)
      toasts.show({
        text: t`Not recorded: ${what}. What you entered is still here. Change or shorten it and try again; if that does not help, note it on paper.`,
      })
  }
}
