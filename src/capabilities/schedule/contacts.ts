/**
 * Whom to call at a school (domain H.4 ②): the numbers of its office, of the teacher in charge, of the nurse and of who
 * helps in a crisis, and what to say then. Shapes only; pure.
 */
import { z } from 'zod'
import { text, uuid } from '../../platform/records/envelope.ts'

/** In the order in which they are shown. */
export const CALLS = ['teacher', 'office', 'nurse', 'crisis'] as const

/** Digits and what people write between them, with an extension; '' = not said. */
const phone = z
  .string()
  .trim()
  .regex(/^$|^\+?[0-9(][0-9 ().-]{1,28}( ?(x|ext\.?) ?[0-9]{1,6})?$/i, 'a telephone number')

const numbers = { teacher: phone, office: phone, nurse: phone, crisis: phone, words: text(80) }

/** `POST /api/schools/:school/contacts`: all of them, in place of those before. */
export const ContactsCommand = z.strictObject(numbers)
export type ContactsCommand = z.infer<typeof ContactsCommand>

/** `GET /api/schools/:school/contacts`, and what a device keeps with the day. */
export const Contacts = z.object({ ...numbers, school: uuid, name: z.string() })
export type Contacts = z.infer<typeof Contacts>

/** What a phone dials (RFC 3966): the digits, and an extension after them. */
export function dialed(number: string): string {
  const [main = '', extension] = number.toLowerCase().split(/x|ext\.?/)
  const digits = main.replaceAll(/[^+\d]/g, '')
  return `tel:${digits}${extension === undefined ? '' : `;ext=${extension.trim()}`}`
}
