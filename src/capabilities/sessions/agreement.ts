/** What a session's start must share with the program version it names. */
import { canonical } from '../../platform/core/canonical.ts'
import type { Envelope } from '../../platform/records/envelope.ts'

/** Null when the start carries the measurement of the version it names, about the same student and program. */
export function sessionAgreesWithProgram(start: Envelope, version: Envelope): string | null {
  if (version.kind !== 'sessions.program') return 'record.ref_kind'
  if (version.student !== start.student) return 'record.ref_student'
  if (version.refs['program'] !== start.refs['program']) return 'record.ref_program'
  const same = canonical(start.body['measure']) === canonical(version.body['measure'])
  return same ? null : 'session.measure_differs'
}
