/** What an acknowledgement must have in common with what it acknowledges. Asked at ingest. */
import type { Envelope } from '../../platform/records/envelope.ts'

/** A problem code, or null: of the same student, and of the kind that it says. */
export function agreesWithTarget(
  ack: Pick<Envelope, 'student' | 'body'>,
  target: Pick<Envelope, 'student' | 'kind'>,
): string | null {
  if (target.student !== ack.student) return 'record.ref_student'
  return target.kind === `students.${String(ack.body['what'])}` ? null : 'record.ref_kind'
}
