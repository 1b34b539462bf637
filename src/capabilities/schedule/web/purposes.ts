/** What a block is for, where that is not plain from its title: in the order in which cover is found (domain H.3). */
import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { Purpose } from '../model.ts'

const NAMES: Readonly<Record<Purpose, MessageDescriptor | null>> = {
  care: msg`Personal routine that needs training`,
  one_to_one: msg`One to one, by the plan`,
  post: msg`Duty post`,
  service: msg`Service minutes of the plan`,
  class: null,
  prep: null,
}

/** Null: nothing that the title does not say. */
export function purposeName(purpose: Purpose): MessageDescriptor | null {
  return NAMES[purpose]
}
