import { expect, onTestFinished, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { uuidOf } from '../../../platform/core/ids.ts'
import type { InboxPage } from '../../../platform/records/inbox.ts'
import { axeFindings, show } from '../../../platform/web/kit/testing.tsx'
import { answering, type Answers } from '../../../platform/web/testing-answers.ts'
import { at, Screen, smallSchool, type School } from '../../../platform/web/testing-day.tsx'
import InboxScreen from './InboxScreen.tsx'

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

const WAITING = '/api/inbox?settled=false'

const refusedOf = (school: School, para: string): InboxPage => ({
  refused: [
    {
      entry: uuidOf('first'),
      id: uuidOf('trial'),
      received: at('08:52'),
      code: 'record.not_permitted',
      message: 'You were not with this student then.',
      field: null,
      by: para,
      student: school.students.am,
      body: JSON.stringify({
        kind: 'sessions.trial',
        student: school.students.am,
        at: '2025-06-02T14:00:00.000Z',
        body: { n: 4, result: '+', level: 'G' },
      }),
      truncated: false,
      mine: true,
      settled: null,
    },
    {
      entry: uuidOf('second'),
      id: null,
      received: at('08:51'),
      code: 'record.malformed',
      message: 'The record lacks a field.',
      field: 'id',
      by: uuidOf('somebody'),
      student: null,
      body: '{"hello": "the',
      truncated: false,
      mine: false,
      settled: null,
    },
  ],
  open: 2,
  next: null,
  students: { [school.students.am]: { initials: 'A.M.', color: 1 } },
  gaps: [],
  names: { [para]: 'Maya Ortiz' },
})
const EMPTY: InboxPage = { refused: [], open: 0, next: null, students: {}, gaps: [], names: {} }

const entry = (name: string) => page.getByRole('listitem').filter({ hasText: name })

test('says who sent what, when it happened and arrived, and why it was not taken, with all that it holds', async () => {
  await opened((school, para) => ({ [WAITING]: refusedOf(school, para) }))
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
  await opened(() => ({ [WAITING]: EMPTY }))
  await expect.element(page.getByText('Nothing waits here')).toBeVisible()
  expect(await axeFindings()).toEqual([])
})

test('without a network it says where the inbox is, and that one’s own work is kept', async () => {
  await opened(() => ({ [WAITING]: null }))
  await expect.element(page.getByText('No connection right now')).toBeVisible()
  await expect.element(page.getByText(/is kept on this device as usual/)).toBeVisible()
})

test('settles with one tap on how, keeps what was said, and shows it among the settled', async () => {
  const asked: unknown[] = []
  const first = uuidOf('first')
  await opened((school, para) => {
    const page = refusedOf(school, para)
    const [one] = page.refused
    const settlement = { at: at('09:00'), by: para, how: 'other' as const, note: 'Talked with Maya' }
    return {
      [WAITING]: page,
      [`/api/inbox/${first}/settle`]: settlement,
      '/api/inbox?settled=true': { ...page, open: 1, refused: one ? [{ ...one, settled: settlement }] : [] },
    }
  })
  const answer = globalThis.fetch
  globalThis.fetch = async (input, init) => {
    if (init?.method === 'POST') asked.push(JSON.parse(String(init.body)))
    return answer(input, init)
  }
  onTestFinished(() => {
    globalThis.fetch = answer
  })
  // whoever may only see it is not asked to settle it
  await expect.element(entry('Something that is no record')).toBeVisible()
  expect(entry('Something that is no record').getByRole('button', { name: 'Settle' }).elements()).toEqual([])
  const settle = entry('Maya Ortiz').getByRole('button', { name: 'Settle' })
  await userEvent.click(settle)
  await expect.element(page.getByRole('dialog', { name: 'What became of it?' })).toBeVisible()
  await Promise.all(document.getAnimations().map(({ finished }) => finished))
  expect(await axeFindings()).toEqual([])
  await userEvent.keyboard('{Escape}')
  await expect.element(settle).toHaveFocus()
  await userEvent.keyboard('{Enter}')
  await userEvent.type(page.getByLabelText('Something else, in a few words'), ' Talked with Maya {Enter}')
  await expect.element(page.getByText('Settled: Something else')).toBeVisible()
  expect(asked).toEqual([{ how: 'other', note: 'Talked with Maya' }])
  expect(entry('Maya Ortiz').elements()).toEqual([])
  await expect.element(page.getByText(/^1 record was not taken and is kept here/)).toBeVisible()

  await userEvent.click(page.getByRole('radio', { name: 'Settled' }))
  await expect.element(entry('Maya Ortiz')).toMatchTextContent('Talked with Maya')
  expect(await axeFindings()).toEqual([])
})

test('says so when the answer did not get through, and keeps the record waiting', async () => {
  await opened((school, para) => ({
    [WAITING]: refusedOf(school, para),
    [`/api/inbox/${uuidOf('first')}/settle`]: null,
  }))
  await userEvent.click(entry('Maya Ortiz').getByRole('button', { name: 'Settle' }))
  await userEvent.click(page.getByRole('button', { name: 'It is not needed' }))
  await expect.element(page.getByText(/Nothing has changed; try again/)).toBeVisible()
  await userEvent.click(page.getByRole('button', { name: 'Close' }))
  await expect.element(entry('Maya Ortiz')).toBeVisible()
})

test('goes through older pages and back', async () => {
  const second = uuidOf('second')
  await opened((school, para) => {
    const whole = refusedOf(school, para)
    return {
      [WAITING]: { ...whole, refused: whole.refused.slice(0, 1), next: second },
      [`${WAITING}&before=${second}`]: { ...whole, refused: whole.refused.slice(1) },
    }
  })
  await userEvent.click(page.getByRole('button', { name: 'Older' }))
  await expect.element(entry('Something that is no record')).toBeVisible()
  expect(entry('Maya Ortiz').elements()).toEqual([])
  await userEvent.click(page.getByRole('button', { name: 'Newer' }))
  await expect.element(entry('Maya Ortiz')).toBeVisible()
})

test('F8 names the devices whose records never came', async () => {
  await opened((_school, para) => ({
    [WAITING]: {
      ...EMPTY,
      names: { [para]: 'Maya Ortiz' },
      gaps: [
        {
          person: para,
          device: uuidOf('tablet'),
          label: 'Tablet, Chrome',
          records: 3,
          since: at('08:00', '2026-11-01'),
          seen: at('08:52', '2026-11-02'),
        },
      ],
    },
  }))
  const gap = entry('Maya Ortiz')
  await expect.element(gap).toMatchTextContent('Maya Ortiz · Tablet, Chrome')
  await expect.element(gap).toMatchTextContent('3 records missing')
  await expect.element(gap).toMatchTextContent('since Nov 1, 8:00 AM, last heard of Nov 2, 8:52 AM')
  expect(await axeFindings()).toEqual([])
})
