/** What is prepared, and why it cannot be. */
import type { I18n, MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { Kind, Reason, Task } from '../wire.ts'

export const KIND: Readonly<Record<Kind, MessageDescriptor>> = {
  copy: msg`Copy`,
  laminate: msg`Laminate`,
  adapt: msg`Adapt`,
  board: msg`Board`,
  kit: msg`Kit`,
  set_up: msg`Set up`,
  collect: msg`Collect`,
  other: msg`Something else`,
}

export const REASON: Readonly<Record<Reason, MessageDescriptor>> = {
  no_time: msg`No time`,
  material_missing: msg`Material missing`,
  machine_down: msg`Machine down`,
  unclear: msg`It is not clear`,
  other: msg`Something else`,
}

/** `Copy: 24 × Fraction sheets` */
export function titleOf(
  i18n: I18n,
  { kind, what, quantity }: Pick<Task, 'kind' | 'what' | 'quantity'>,
): string {
  const counted = quantity === null ? what : `${quantity} × ${what}`
  return kind === 'other' ? counted : `${i18n._(KIND[kind])}: ${counted}`
}
