/**
 * Why a record needs a person, in words: the codes of the server's problem catalogue that can stand in an
 * acknowledgement, and the device's own. A code without words here is shown with what the server said.
 */
import type { I18n, MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { Problem } from '../store/port.ts'

const REASONS: Readonly<Record<string, MessageDescriptor>> = {
  'record.malformed': msg`The record lacks something or has something of the wrong shape. Export it for the person who looks after Handrail.`,
  'record.too_large': msg`The record is too large for the server (over 64 kB).`,
  'record.unstorable': msg`The record holds a character that cannot be stored.`,
  'record.unknown_kind': msg`This server does not know this kind of record yet. Try again after it was updated.`,
  'record.unknown_version': msg`The server is older than the app on this device. Try again after it was updated.`,
  'record.old_version': msg`The app on this device is too old. Load the new version, then try again; the record is kept.`,
  'record.body': msg`The content of the record has the wrong shape. Export it for the person who looks after Handrail.`,
  'record.refs': msg`The record names other records wrongly. Export it for the person who looks after Handrail.`,
  'record.ref_kind': msg`The record refers to something of another kind.`,
  'record.ref_student': msg`The record refers to something of another student.`,
  'record.ref_program': msg`The record refers to something of another program.`,
  'record.student_missing': msg`The record does not say which student it is about.`,
  'record.student_unwanted': msg`This kind of record belongs to no student.`,
  'record.not_permitted': msg`By the schedule you were not with this student then, or your role may not record this. A supervisor can see it and help.`,
  'record.clock_disagrees': msg`The clock of this device was wrong when it was recorded. A supervisor looks at it.`,
  'record.too_late': msg`It arrived more than 14 days after your time with this student ended. A supervisor looks at it.`,
  'record.on_behalf': msg`Your role may not record for somebody else.`,
  'record.not_yours': msg`Only the person who recorded it (until a day after the shift) or the case manager may correct it.`,
  'record.replaces_elsewhere': msg`A correction must stay with the record it corrects.`,
  'record.sealed': msg`This report is final and is never scored again. Write an addendum instead; what you wrote stays here until you discard it.`,
  'record.reason_missing': msg`A correction needs a reason.`,
  'record.device_not_yours': msg`The record names a device of somebody else. A supervisor looks at it.`,
  'record.unreadable': msg`It was carried sealed, and the server could not open it. Try again: now it goes unsealed, as yours.`,
  'record.signature': msg`It was carried sealed, and its signature was not yours to the server. Try again: now it goes as yours.`,
  'record.key_revoked': msg`It was carried after this device was signed out from elsewhere. A supervisor looks at it; you may try again.`,
  'record.id_reused': msg`Another record already has this number. Both are kept; a supervisor looks at them.`,
  'device.quota': msg`The device is full, so this is only on this page. Delete something large, like videos, then try again, or export it before you leave.`,
  'device.failed': msg`The device did not store it, so this is only on this page. Try again, or export it before you leave.`,
  'device.closed': msg`The device did not store it, so this is only on this page. Try again, or export it before you leave.`,
  'ack.digest': msg`The server’s answer does not match what is kept here, so it is not believed. Try again; the record is kept.`,
  'feed.digest': msg`It reached this device altered, so it is set aside and does not count here. A supervisor should look at it.`,
  'session.measure_differs': msg`The session does not measure as its program says.`,
  'care.no_plan': msg`There was no feeding plan that was signed and held on that day. Tell the nurse and the case manager.`,
}

export function reasonOf(i18n: I18n, problem: Problem): string {
  const reason = REASONS[problem.code]
  if (reason) return i18n._(reason)
  const { code, message } = problem
  return message ?? i18n._(msg`The server did not take it (${code}).`)
}
