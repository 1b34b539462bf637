/**
 * Records of a student's team among itself (domain I.1; tier T2): a short message to all of the team or to one adult of it
 * (refs.to), what came back, and that somebody has read it. What is about no student is no record (server/). Families are
 * not written to here.
 */
import { z } from 'zod'
import { text, type Envelope } from '../../platform/records/envelope.ts'
import type { Kind } from '../../platform/records/registry.ts'

/** As many letters as a message may have. */
export const LONGEST_NOTE = 300

export const NoteBody = z
  .strictObject({ text: text(LONGEST_NOTE) })
  .refine(({ text: words }) => words.trim() !== '', 'something is said')
export type NoteBody = z.infer<typeof NoteBody>

const Empty = z.strictObject({})

const common = {
  v: 1,
  scope: 'student',
  tier: 'T2',
  action: 'create',
  standing: false,
  partition: () => 'messages',
} as const

export const kinds: readonly Kind[] = [
  { ...common, kind: 'messages.note', bodies: { 1: NoteBody }, refs: ['to?'] },
  {
    ...common,
    kind: 'messages.reply',
    bodies: { 1: NoteBody },
    refs: ['of'],
    agrees: { ref: 'of', with: (reply, target) => agrees(reply, target, ['messages.note']) },
  },
  {
    ...common,
    kind: 'messages.read',
    bodies: { 1: Empty },
    refs: ['of'],
    agrees: {
      ref: 'of',
      with: (read, target) => agrees(read, target, ['messages.note', 'messages.reply']),
    },
  },
]

/** A problem code, or null: of the same student, and of one of these kinds. */
function agrees(
  record: Pick<Envelope, 'student'>,
  target: Pick<Envelope, 'student' | 'kind'>,
  kindsOfTarget: readonly string[],
): string | null {
  if (target.student !== record.student) return 'record.ref_student'
  return kindsOfTarget.includes(target.kind) ? null : 'record.ref_kind'
}
