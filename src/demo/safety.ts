/**
 * What everyone with a student of Cedar Bend must know (tier T1): the safety cards, written by the school nurse, at most
 * five short lines each, and what the families agreed to.
 */
import type { z } from 'zod'
import type { Day } from '../platform/core/days.ts'
import type { ConsentBody, SafetyBody } from '../capabilities/students/records.ts'
import type { StudentKey } from './people.ts'

type Card = z.infer<typeof SafetyBody>

const EXCEPTIONS: Partial<Record<StudentKey, string[]>> = {
  am: ['SV4 near road or water'],
  bk: ['SV4 at meals'],
  hi: ['SV1 in Room 12'],
  ta: ['SV4 near the street door'],
}

/** In the order in which they were published. */
export const SAFETY: readonly { student: StudentKey; from: Day; card: Card }[] = [
  card('am', '2025-08-21', 'SV2', ['elopement'], 'Picture cards; leads by the hand', [
    'See: walks fast toward a door, looks back.',
    'Do: stay in sight, say "wait", show the next picture.',
    'Call: Help at once when out of the room. Do not chase toward the road.',
  ]),
  card('bk', '2025-08-21', 'SV3', ['seizure', 'feeding'], 'Eyes and short words; smiles for yes', [
    'See: stare without answer, stiff arms. Start the timer.',
    'Do: wheelchair brakes on, support the head, nothing in the mouth.',
    'Call: 911 at 5 min, a second seizure, or trouble breathing; then the nurse.',
    'Meals: feeding plan only, trained adults only; any cough, stop and call the nurse.',
    'Where: seizure bag on the back of the wheelchair.',
  ]),
  card('cd', '2025-08-21', 'SV1', ['behavior_plan', 'call_office'], 'Speech', [
    'See: sighs, pushes the page away, talks faster.',
    'Do: offer the break card, two choices, step back.',
    'Pick-up: call the office before any release.',
  ]),
  card('dl', '2025-08-21', 'SV0', [], 'Speech, Spanish and English', [
    'Read directions aloud when there is much print.',
  ]),
  card('ef', '2025-08-21', 'SV1', [], 'Speech', ['Do: one short direction at a time.']),
  card('so', '2025-08-21', 'SV1', ['allergy'], 'Speech', [
    'Allergy: peanuts and tree nuts.',
    'See: hives, swelling, throwing up, trouble breathing.',
    'Do now: epinephrine as the plan says, lay down, legs up.',
    'Call: 911, then the nurse. Stay.',
    'Where: kit in the Room 11 cabinet, top shelf.',
  ]),
  card('ln', '2025-08-21', 'SV1', [], 'Speech, Spanish first', ['Do: say it in Spanish, then in English.']),
  card('hi', '2025-08-21', 'SV2', [], 'Few words, picture book', [
    'Noise: offer the headphones before the bell.',
  ]),
  card('mw', '2025-08-21', 'SV1', ['allergy'], 'Speech', ['Allergy: bee stings. Kit goes along to recess.']),
  card('mf', '2025-08-21', 'SV0', [], 'Speech', ['Asks to be called Max.']),
  card('nq', '2025-08-21', 'SV0', [], 'Speech, Spanish and Quechua', ['Glasses for the board.']),
  card('jb', '2025-08-21', 'SV1', ['behavior_plan'], 'Speech', [
    'Do: talk in private, not before the class.',
  ]),
  card('lh', '2026-08-24', 'SV1', [], 'Speech, Arabic and English', [
    'New to the building: walk along until October.',
  ]),
  card('ta', '2026-08-24', 'SV2', ['elopement'], 'Short sentences', [
    'See: hides under the table, then runs.',
    'Do: sit down near the door, wait, offer the car book.',
  ]),
  card('am', '2026-08-28', 'SV2', ['elopement'], 'Speech device (AAC); nods for yes, pushes away for no', [
    'See: walks fast toward a door, looks back.',
    'Do: stay in sight, say "wait", hold out the device.',
    'Call: Help at once when out of the room. Do not chase toward the road.',
    'Device: always on the strap; charge when under 40 %.',
  ]),
  card('bk', '2026-10-05', 'SV3', ['seizure', 'feeding'], 'Eyes and short words; smiles for yes', [
    'See: stare without answer, stiff arms. Start the timer.',
    'Do: wheelchair brakes on, support the head, nothing in the mouth.',
    'Call: 911 at 5 min, a second seizure, or trouble breathing; then the nurse.',
    'Meals: feeding plan version 3 only, trained adults only; any cough, stop and call the nurse.',
    'Where: seizure bag on the back of the wheelchair.',
  ]),
]

function card(
  student: StudentKey,
  from: Day,
  supervision: Card['supervision'],
  flags: Card['flags'],
  communicates: string,
  lines: string[],
): { student: StudentKey; from: Day; card: Card } {
  return {
    student,
    from,
    card: { supervision, exceptions: EXCEPTIONS[student] ?? [], flags, communicates, lines },
  }
}

/** One for each student with a plan. Prompts that touch: four. Photographs on the web: hardly anybody. */
export const CONSENTS: readonly { student: StudentKey; from: Day; consent: ConsentBody }[] = [
  agreed('am', '2025-08-21', { physical_prompts: true }),
  agreed('bk', '2025-08-21', { physical_prompts: true }),
  agreed('cd', '2025-08-21', { instruction_record: false, internal_display: false }),
  agreed('dl', '2025-08-21', { public_web: true }),
  agreed('ef', '2025-08-21', {}),
  agreed('so', '2025-08-21', { public_web: true, media: true }),
  agreed('ln', '2025-08-21', {}),
  agreed('hi', '2025-08-21', { family_share: false }),
  agreed('mw', '2025-08-21', { physical_prompts: true }),
  agreed('mf', '2025-08-21', {}),
  agreed('nq', '2025-08-21', {}),
  agreed('jb', '2025-08-21', { internal_display: false }),
  agreed('lh', '2026-08-24', {}),
  agreed('ta', '2026-08-24', { physical_prompts: true }),
]

/** Unless the family said otherwise: for teaching, on the wall, to the family; not on the web, not for the press. */
function agreed(
  student: StudentKey,
  from: Day,
  { physical_prompts = false, ...photos }: { physical_prompts?: boolean } & Partial<ConsentBody['photos']>,
): { student: StudentKey; from: Day; consent: ConsentBody } {
  const usual = {
    instruction_record: true,
    internal_display: true,
    family_share: true,
    public_web: false,
    media: false,
  }
  return { student, from, consent: { physical_prompts, photos: { ...usual, ...photos } } }
}
