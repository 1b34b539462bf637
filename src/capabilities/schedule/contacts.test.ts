import { expect, it } from 'vitest'
import { ContactsCommand, dialed } from './contacts.ts'

it.each([
  ['(555) 010-0199', 'tel:5550100199'],
  ['+1 555.010.0199', 'tel:+15550100199'],
  ['555-0100 x12', 'tel:5550100;ext=12'],
  ['555-0100 ext. 7', 'tel:5550100;ext=7'],
  ['4021', 'tel:4021'],
])('%s is dialed as %s', (number, dials) => {
  expect(dialed(number)).toBe(dials)
  expect(ContactsCommand.shape.office.safeParse(number).success).toBe(true)
})

it('takes no words for a number, and nothing said is nothing', () => {
  for (const wrong of ['call Ellen', 'javascript:alert(1)', '12; rm', '5'.repeat(60)])
    expect(ContactsCommand.shape.office.safeParse(wrong).success).toBe(false)
  expect(ContactsCommand.shape.office.safeParse('').success).toBe(true)
})
