import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { uuidOf } from '../../../platform/core/ids.ts'
import { axeFindings, show } from '../../../platform/web/kit/testing.tsx'
import { answering, type Answers } from '../../../platform/web/testing-answers.ts'
import { at, Screen, smallSchool, type School } from '../../../platform/web/testing-day.tsx'
import InboxScreen from './InboxScreen.tsx'
import type { Inbox } from './refused.ts'

async function opened(answersOf: (school: School, para: string) => Answers) {
  const school = smallSchool()
  const dana = await school.open('dana')
  const para = dana.me.people.find(({ role }) => role === 'para')?.id ?? ''
  answering(answersOf(school, para))
  await show(
    <Screen hand={dana}>
      <InboxScreen />
    </Screen>,
  )
}

const refusedOf = (school: School, para: string): Inbox => ({
  refused: [
    {
      id: uuidOf('trial'),
      received: at('08:52'),
      code: 'record.not_permitted',
      message: 'You were not with this student then.',
      field: null,
      by: para,
      body: JSON.stringify({
        kind: 'sessions.trial',
        student: school.students.am,
        at: '2025-06-02T14:00:00.000Z',
        body: { n: 4, result: '+', level: 'G' },
      }),
    },
    {
      id: null,
      received: at('08:51'),
      code: 'record.malformed',
      message: 'The record lacks a field.',
      field: 'id',
      by: uuidOf('somebody'),
      body: '{"hello": "the',
    },
  ],
})

const entry = (name: string) => page.getByRole('listitem').filter({ hasText: name })

test('says who sent what, when it happened and arrived, and why it was not taken, with all that it holds', async () => {
  await opened((school, para) => ({ '/api/inbox': refusedOf(school, para) }))
  const trial = entry('Maya Ortiz')
  await expect.element(trial).toMatchTextContent('A.M.')
  // the year is said where it is another one
  await expect.element(trial).toMatchTextContent('happened Jun 2 2025, 9:00 AM, arrived Nov 3, 8:52 AM')
  await expect.element(trial).toMatchTextContent('By the schedule they were not with this student then')
  await userEvent.click(trial.getByText('What it says'))
  await expect.element(trial).toMatchTextContent('Number4Result+PromptG')

  const broken = entry('Something that is no record')
  await userEvent.click(broken.getByText('What it says'))
  await expect.element(broken).toMatchTextContent('{"hello": "the')
  await expect.element(broken).toMatchTextContent('The server points at: id')
  expect(await axeFindings()).toEqual([])
})

test('nothing refused is a calm page', async () => {
  await opened(() => ({ '/api/inbox': { refused: [] } }))
  await expect.element(page.getByText('Nothing waits here')).toBeVisible()
  expect(await axeFindings()).toEqual([])
})

test('without a network it says where the inbox is, and that one’s own work is kept', async () => {
  await opened(() => ({ '/api/inbox': null }))
  await expect.element(page.getByText('No connection right now')).toBeVisible()
  await expect.element(page.getByText(/is kept on this device as usual/)).toBeVisible()
})
