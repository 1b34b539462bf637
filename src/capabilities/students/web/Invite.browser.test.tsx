/** Whom to invite, how far an invitation is, and its end. The server is answered. */
import { expect, onTestFinished, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { uuidOf } from '../../../platform/core/ids.ts'
import { axeFindings, show } from '../../../platform/web/kit/testing.tsx'
import { answering } from '../../../platform/web/testing-answers.ts'
import { at, Screen, smallSchool } from '../../../platform/web/testing-day.tsx'
import type { Substitutes } from '../wire.ts'
import Invite from './Invite.tsx'

const [KIM, ADA, SCHOOL, OPEN] = [uuidOf('kim'), uuidOf('ada'), uuidOf('school'), uuidOf('open')]

test('AW-34 an invitation shows how far it is, and is ended after one question; by keyboard', async () => {
  const kim = {
    id: KIM,
    name: 'Kim Tran',
    until: null,
    comes: { from: at('07:15'), to: at('15:30') },
    invitation: { id: OPEN, ends: at('15:30'), opened: at('07:22') },
  }
  let now: Substitutes = {
    schools: [{ id: SCHOOL, name: 'Cedar Bend' }],
    substitutes: [kim, { id: ADA, name: 'Ada Lund', until: at('12:00'), comes: null, invitation: null }],
  }
  answering({ '/api/substitutes': () => ({ ...now }) })
  const asked: { path: string; body: Record<string, unknown> }[] = []
  const before = globalThis.fetch
  globalThis.fetch = async (input, init) => {
    if (init?.method !== 'POST') return before(input, init)
    const path = String(input)
    asked.push({ path, body: JSON.parse(String(init.body)) as Record<string, unknown> })
    const answer = path.endsWith('/end') ? { id: OPEN } : { token: 'a.b.c', until: at('15:30') }
    return new Response(JSON.stringify(answer))
  }
  onTestFinished(() => {
    globalThis.fetch = before
  })
  const hand = await smallSchool().open('dana', { me: (me) => ({ ...me, students: [] }) })
  await show(
    <Screen hand={hand}>
      <Invite />
    </Screen>,
  )
  await expect.element(page.getByText('comes 7:15–3:30 · covers nobody yet today')).toBeVisible()
  await expect.element(page.getByText('came in at 7:22 AM')).toBeVisible()
  await expect.element(page.getByText('covers until 12:00 PM')).toBeVisible()
  await expect.element(page.getByRole('link', { name: 'Days and hours' })).toBeVisible()
  expect(page.getByRole('button', { name: 'End the invitation of Ada Lund' }).query()).toBeNull()
  expect(await axeFindings()).toEqual([])

  page.getByRole('button', { name: 'End the invitation of Kim Tran' }).element().focus()
  await userEvent.keyboard('{Enter}')
  await expect.element(page.getByText(/Their device is signed out/)).toBeVisible()
  expect(await axeFindings()).toEqual([])
  now = { ...now, substitutes: [{ ...kim, invitation: null }] }
  await page.getByRole('button', { name: 'End it' }).click()
  await expect.poll(() => asked[0]?.path).toBe(`/api/invitations/${OPEN}/end`)
  await expect.element(page.getByText('came in at 7:22 AM')).not.toBeInTheDocument()

  // until the end of the day that was said for them
  await page.getByRole('button', { name: 'Invite Kim Tran' }).click()
  await expect.element(page.getByTestId('invitation-link')).toBeVisible()
  expect(asked[1]?.body).toMatchObject({ who: { person: KIM }, until: new Date(at('15:30')).toISOString() })
})

test('H.4 who leads the school keeps the numbers that substitutes call; what is no number is marked and not sent', async () => {
  const numbers = { teacher: '', office: '555-0100', nurse: '', crisis: '', words: 'I need help' }
  answering({
    '/api/substitutes': { schools: [{ id: SCHOOL, name: 'Cedar Bend' }], substitutes: [] },
    [`/api/schools/${SCHOOL}/contacts`]: { school: SCHOOL, name: 'Cedar Bend', ...numbers },
  })
  const asked: unknown[] = []
  const before = globalThis.fetch
  globalThis.fetch = async (input, init) => {
    if (init?.method !== 'POST') return before(input, init)
    asked.push(JSON.parse(String(init.body)))
    return new Response(JSON.stringify({ id: SCHOOL }))
  }
  onTestFinished(() => {
    globalThis.fetch = before
  })
  const hand = await smallSchool().open('dana', { me: (me) => ({ ...me, students: [] }) })
  await show(
    <Screen hand={hand}>
      <Invite />
    </Screen>,
  )
  await expect.element(page.getByLabelText('Office')).toHaveValue('555-0100')
  await page.getByLabelText('Nurse').fill('Ellen')
  await page.getByRole('button', { name: 'Save the numbers' }).click()
  await expect.element(page.getByText('Write a telephone number.')).toBeVisible()
  expect(asked).toEqual([])
  expect(await axeFindings()).toEqual([])
  await page.getByLabelText('Nurse').fill('555-0100 x12')
  await page.getByRole('button', { name: 'Save the numbers' }).click()
  await expect.poll(() => asked).toEqual([{ ...numbers, nurse: '555-0100 x12' }])
})
