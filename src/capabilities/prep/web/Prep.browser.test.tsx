import { expect, onTestFinished, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import type { Json } from '../../../platform/core/canonical.ts'
import { uuidOf } from '../../../platform/core/ids.ts'
import { axeFindings, show } from '../../../platform/web/kit/testing.tsx'
import { answering, type Answers } from '../../../platform/web/testing-answers.ts'
import { at, Screen, smallSchool } from '../../../platform/web/testing-day.tsx'
import type { PrepPage, Task } from '../wire.ts'
import PrepToday from './PrepToday.tsx'

const SHEETS = uuidOf('sheets')
const say = `/api/prep/${SHEETS}/say` as const

interface Opened {
  readonly who?: 'maya' | 'dana'
  readonly time?: string
  readonly tasks?: readonly Partial<Task>[]
  /** Out of reach: only what lies with the day. */
  readonly offline?: boolean
}

async function open({ who = 'maya', time = '08:52', tasks = [{}], offline = false }: Opened = {}) {
  const school = smallSchool()
  const dana = await school.open('dana')
  const maya = await school.open('maya')
  const pageWith = (some: readonly Partial<Task>[]): PrepPage => ({
    tasks: some.map((task) => ({
      id: SHEETS,
      person: maya.me.person.id,
      by: dana.me.person.id,
      kind: 'copy',
      what: 'Fraction sheets',
      quantity: 24,
      group: 'Period 2',
      due: at('09:30'),
      changed: at('07:30'),
      is: 'asked',
      reason: null,
      ...task,
    })),
    aides: who === 'dana' ? [{ id: maya.me.person.id, name: 'Maya Ortiz' }] : [],
    names: { [maya.me.person.id]: 'Maya Ortiz', [dana.me.person.id]: 'Dana Reyes' },
  })
  const answers = (some: readonly Partial<Task>[]): Answers => ({
    '/api/prep': offline ? null : pageWith(some),
    [say]: offline ? null : { id: SHEETS },
  })
  const change = answering(answers(tasks))
  const posted: { path: string; body: Json }[] = []
  const before = globalThis.fetch
  globalThis.fetch = async (input, init) => {
    if (init?.method !== 'POST' || !String(input).startsWith('/api/prep')) return before(input, init)
    posted.push({ path: String(input), body: JSON.parse(String(init.body)) as Json })
    return new Response(JSON.stringify({ id: SHEETS }), { headers: { 'content-type': 'application/json' } })
  }
  onTestFinished(() => {
    globalThis.fetch = before
  })
  const hand = await school.open(who, {
    time,
    me: (me) => ({ ...me, brought: { prep: pageWith(tasks) as unknown as Json } }),
  })
  await show(
    <Screen hand={hand}>
      <h1>Today</h1>
      <PrepToday />
    </Screen>,
  )
  return { posted, hand, answer: (some: readonly Partial<Task>[]) => change(answers(some)) }
}

const card = () => page.getByRole('region', { name: 'To prepare' })

test('AW-3 an aide sees what, how many, for which class and by when, and says with one tap that it is ready', async () => {
  const { posted, answer } = await open()
  await expect.element(card()).toMatchTextContent('Copy: 24 × Fraction sheets')
  await expect.element(card()).toMatchTextContent('by 9:30 AM · Period 2 · Dana Reyes')
  expect(await axeFindings()).toEqual([])
  answer([{ is: 'done' }])
  await userEvent.click(card().getByRole('button', { name: 'Ready: Copy: 24 × Fraction sheets' }))
  await expect.element(card().getByText('ready', { exact: true })).toBeVisible()
  expect(posted).toEqual([{ path: say, body: { is: 'done' } }])
})

test('what cannot be prepared says why', async () => {
  const { posted } = await open()
  await userEvent.click(card().getByRole('button', { name: /^More about/ }))
  const sheet = page.getByRole('dialog', { name: 'Copy: 24 × Fraction sheets' })
  await userEvent.click(sheet.getByRole('radio', { name: 'I can’t' }))
  await expect.element(sheet.getByRole('button', { name: 'Save' })).toBeDisabled()
  await Promise.all(document.getAnimations().map(({ finished }) => finished))
  expect(await axeFindings()).toEqual([])
  await userEvent.click(sheet.getByRole('radio', { name: 'Machine down' }))
  await userEvent.click(sheet.getByRole('button', { name: 'Save' }))
  await expect.poll(() => posted).toEqual([{ path: say, body: { is: 'cannot', reason: 'machine_down' } }])
})

test('AW-3 who asked sees half an hour before that it is not ready, and green when it is', async () => {
  const { hand } = await open({ who: 'dana' })
  await expect.element(card()).toMatchTextContent('Maya Ortiz')
  expect(card().getByText('not ready yet').query()).toBeNull()
  expect(
    card()
      .getByRole('button', { name: /^Ready/ })
      .query(),
  ).toBeNull()
  hand.clock.advance(8 * 60_000)
  await expect.element(card().getByText('not ready yet')).toBeVisible()
  expect(await axeFindings()).toEqual([])
})

test('without a network it is read from the day, and says that an answer takes a connection', async () => {
  await open({ offline: true })
  await expect.element(card()).toMatchTextContent('Copy: 24 × Fraction sheets')
  await expect.element(card().getByText(/No connection: you can read it here/)).toBeVisible()
  await expect.element(card().getByRole('button', { name: /^Ready/ })).toBeDisabled()
  expect(await axeFindings()).toEqual([])
})

test('a teacher asks: what is missing is said by its field, and the same task is asked once', async () => {
  const { posted } = await open({ who: 'dana', tasks: [] })
  await userEvent.click(page.getByRole('button', { name: 'Ask an aide to prepare something' }))
  const sheet = page.getByRole('dialog', { name: 'Ask an aide to prepare something' })
  await userEvent.fill(sheet.getByLabelText('What'), 'Large print')
  await userEvent.fill(sheet.getByLabelText('How many'), '2')
  await userEvent.click(sheet.getByRole('button', { name: 'Ask', exact: true }))
  await expect.element(sheet.getByText('By when?')).toBeVisible()
  await userEvent.fill(sheet.getByLabelText('Needed at'), '13:20')
  await Promise.all(document.getAnimations().map(({ finished }) => finished))
  expect(await axeFindings()).toEqual([])
  await userEvent.click(sheet.getByRole('button', { name: 'Ask', exact: true }))
  await expect.poll(() => posted).toHaveLength(1)
  expect(posted[0]).toMatchObject({
    path: '/api/prep',
    body: { kind: 'copy', what: 'Large print', quantity: 2, group: '', due: '2026-11-03T19:20:00.000Z' },
  })
})
