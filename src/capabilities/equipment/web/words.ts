/** How a check is said: what was found, and what is wrong. */
import type { I18n, MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { CheckBody, Note, Result } from '../records.ts'

export const RESULT: Readonly<Record<Result, MessageDescriptor>> = {
  ok: msg`In order`,
  attention: msg`Needs attention`,
  missing: msg`Missing`,
}

export const NOTE: Readonly<Record<Note, MessageDescriptor>> = {
  charge: msg`Charge it`,
  broken: msg`Broken`,
  dirty: msg`Dirty`,
  does_not_fit: msg`Does not fit`,
  left_at_home: msg`Left at home`,
  left_on_bus: msg`Left on the bus`,
}

/** `Charge it, 34 %`; without a code what was found. */
export function wrongOf(i18n: I18n, { result, note, battery_pct: percent }: CheckBody): string {
  const what = i18n._(note === undefined ? RESULT[result] : NOTE[note])
  return percent === undefined ? what : `${what}, ${percent} %`
}
