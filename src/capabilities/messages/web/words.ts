/** Words of the inbox: why somebody else's record was not taken, and what the fields of a record are called. */
import type { I18n, MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { Settlement } from '../../../platform/records/inbox.ts'
import { reasonOf } from '../../../platform/web/shell/reasons.ts'
import type { Problem } from '../../../platform/web/store/port.ts'

/** Where the words for one's own record speak to the one who made it. */
const OTHERS: Readonly<Record<string, MessageDescriptor>> = {
  'record.not_permitted': msg`By the schedule they were not with this student then, or their role may not record this.`,
  'record.clock_disagrees': msg`The clock of their device was wrong when it was recorded.`,
  'record.too_late': msg`It arrived more than 14 days after their time with this student ended.`,
  'record.on_behalf': msg`Their role may not record for somebody else.`,
  'record.old_version': msg`The app on their device is too old. After an update they can send it again.`,
  'record.unknown_version': msg`The server is older than the app on their device.`,
  'record.malformed': msg`It lacks something that every record needs, or has something of the wrong shape.`,
  'record.body': msg`Its content has the wrong shape.`,
  'record.refs': msg`It names other records wrongly.`,
  'record.id_reused': msg`Another record already has its number. Both are kept.`,
}

export function othersReason(i18n: I18n, problem: Problem): string {
  const reason = OTHERS[problem.code]
  return reason ? i18n._(reason) : reasonOf(i18n, problem)
}

/** What became of a record, as a button says it and as it is read later. */
export const HOW: Readonly<Record<Settlement['how'], MessageDescriptor>> = {
  entered_again: msg`It was entered again`,
  not_needed: msg`It is not needed`,
  wrong: msg`It was wrong`,
  other: msg`Something else`,
}

const FIELDS: Readonly<Record<string, MessageDescriptor>> = {
  n: msg`Number`,
  step: msg`Step`,
  result: msg`Result`,
  level: msg`Prompt`,
  status: msg`Status`,
  reason: msg`Reason`,
  condition: msg`Condition`,
  observer: msg`Observer`,
  setting: msg`Place`,
  title: msg`Title`,
  goal: msg`Goal`,
  definition: msg`Definition`,
  criterion: msg`Criterion`,
  label: msg`Label`,
  from: msg`From`,
  to: msg`To`,
  why: msg`Why`,
}

/** The path of a field, in words where it has one. */
export function fieldName(i18n: I18n, path: string): string {
  const name = FIELDS[path]
  return name ? i18n._(name) : path
}
