/** What an acknowledgement must have in common with what it acknowledges, and an answer with its question. Asked at ingest. */
import type { Envelope } from '../../platform/records/envelope.ts'

/** A problem code, or null: of the same student, and of the kind that it says. */
export function agreesWithTarget(
  ack: Pick<Envelope, 'student' | 'body'>,
  target: Pick<Envelope, 'student' | 'kind'>,
): string | null {
  if (target.student !== ack.student) return 'record.ref_student'
  return target.kind === `students.${String(ack.body['what'])}` ? null : 'record.ref_kind'
}

/** A problem code, or null: an answer is to a question about the same student. */
export function answersQuestion(
  answer: Pick<Envelope, 'student'>,
  target: Pick<Envelope, 'student' | 'kind'>,
): string | null {
  if (target.student !== answer.student) return 'record.ref_student'
  return target.kind === 'students.question' ? null : 'record.ref_kind'
}
