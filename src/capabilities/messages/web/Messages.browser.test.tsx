import { expect, onTestFinished, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import type { Json } from '../../../platform/core/canonical.ts'
import { uuidOf } from '../../../platform/core/ids.ts'
import { axeFindings, show } from '../../../platform/web/kit/testing.tsx'
import { answering } from '../../../platform/web/testing-answers.ts'
import { at, Screen, smallSchool, stage } from '../../../platform/web/testing-day.tsx'
import type { MessagePage } from '../wire.ts'
import MessagesToday from './MessagesToday.tsx'
import StudentMessages from './StudentMessages.tsx'

const LATE_BUS = uuidOf('late bus')
const card = () => page.getByRole('region', { name: 'Messages', exact: true })
const EMPTY: MessagePage = { messages: [], aides: [], names: {} }

test('what the team says about a student stands on Today until it is read; the answer comes back to who wrote it', async () => {
  const school = smallSchool()
  answering({ '/api/messages': EMPTY })
  const dana = await school.open('dana', {
    time: '08:40',
    me: (me) => ({ ...me, students: me.students.map((one) => ({ ...one, role: 'case_manager' })) }),
  })
  const maya = await school.open('maya')
  const { Stage, put } = stage(
    <Screen hand={dana}>
      <h1>A.M.</h1>
      <StudentMessages student={school.students.am} />
    </Screen>,
  )
  await show(<Stage />)
  await userEvent.click(page.getByRole('button', { name: 'Write to the team' }))
  const sheet = page.getByRole('dialog', { name: 'Message about A.M.' })
  await userEvent.fill(sheet.getByLabelText('Message'), 'The picture schedule is on the desk.')
  await Promise.all(document.getAnimations().map(({ finished }) => finished))
  expect(await axeFindings()).toEqual([])
  await userEvent.click(sheet.getByRole('button', { name: 'Send' }))
  await expect
    .element(page.getByRole('region', { name: 'Messages in the team' }))
    .toMatchTextContent(/You · Nov 3, 8:40/)
  await dana.sync()
  await maya.sync()

  school.offline = true
  put(
    <Screen hand={maya}>
      <h1>Today</h1>
      <MessagesToday />
    </Screen>,
  )
  await expect.element(card()).toMatchTextContent('Dana Reyes · Nov 3, 8:40 AM')
  await expect.element(card()).toMatchTextContent('The picture schedule is on the desk.')
  expect(await axeFindings()).toEqual([])
  await userEvent.click(card().getByRole('button', { name: 'Answer: Dana Reyes, A.M.' }))
  await userEvent.fill(page.getByLabelText('Your answer'), 'Used it in P1.')
  await userEvent.click(page.getByRole('button', { name: 'Send the answer' }))
  // answered is read: nothing is left to say
  await expect.element(page.getByRole('heading', { level: 1, name: 'Today' })).toBeVisible()
  await expect.poll(() => card().query()).toBeNull()
  school.offline = false
  await maya.sync()
  await dana.sync()

  put(
    <Screen hand={dana}>
      <h1>Today</h1>
      <MessagesToday />
    </Screen>,
  )
  await expect.element(card()).toMatchTextContent('Used it in P1.')
  await userEvent.click(card().getByRole('button', { name: 'Read: Maya Ortiz, A.M.' }))
  await expect.poll(() => card().query()).toBeNull()
})

test('a message to one adult about a student is on nobody else’s Today and page', async () => {
  const school = smallSchool()
  answering({ '/api/messages': EMPTY })
  const hand = await school.open('maya')
  school.publish('messages.note', 'am', { text: 'For somebody else.' }, { to: uuidOf('andre') })
  school.publish('messages.note', 'bk', { text: 'For you.' }, { to: hand.me.person.id })
  await hand.sync()
  await show(
    <Screen hand={hand}>
      <h1>Today</h1>
      <MessagesToday />
      <StudentMessages student={school.students.am} />
    </Screen>,
  )
  await expect.element(card()).toMatchTextContent('For you.')
  expect(page.getByText('For somebody else.').query()).toBeNull()
})

test('a message between adults is read from the day, and said to be read with a connection', async () => {
  const school = smallSchool()
  const posted: unknown[] = []
  const dana = await school.open('dana')
  const withOne = (person: string): MessagePage => ({
    messages: [
      {
        id: LATE_BUS,
        person,
        by: dana.me.person.id,
        sent: at('07:40'),
        words: 'Can you take the late bus?',
        read: null,
        answer: null,
      },
    ],
    aides: [],
    names: { [dana.me.person.id]: 'Dana Reyes' },
  })
  const change = answering({ '/api/messages': null })
  const hand = await school.open('maya', {
    me: (me) => ({ ...me, brought: { messages: withOne(me.person.id) as unknown as Json } }),
  })
  await show(
    <Screen hand={hand}>
      <h1>Today</h1>
      <MessagesToday />
    </Screen>,
  )
  await expect.element(card()).toMatchTextContent('Can you take the late bus?')
  await expect.element(card().getByText(/takes a connection/)).toBeVisible()
  const read = card().getByRole('button', { name: 'Read: Dana Reyes' })
  await expect.element(read).toBeDisabled()
  expect(await axeFindings()).toEqual([])

  change({
    '/api/messages': withOne(hand.me.person.id),
    [`/api/messages/${LATE_BUS}/read`]: { id: LATE_BUS },
  })
  window.dispatchEvent(new Event('online'))
  await expect.element(read).toBeEnabled()
  const before = globalThis.fetch
  globalThis.fetch = async (input, init) => {
    if (init?.method === 'POST') {
      posted.push(JSON.parse(String(init.body)))
      change({ '/api/messages': EMPTY, [`/api/messages/${LATE_BUS}/read`]: { id: LATE_BUS } })
    }
    return before(input, init)
  }
  onTestFinished(() => {
    globalThis.fetch = before
  })
  await userEvent.click(read)
  await expect.poll(() => card().query()).toBeNull()
  expect(posted).toEqual([{ answer: null }])
})

test('who leads writes to an aide, and sees that it is read and what came back', async () => {
  const school = smallSchool()
  const maya = await school.open('maya')
  const aides = [{ id: maya.me.person.id, name: 'Maya Ortiz' }]
  const hand = await school.open('dana', { me: (me) => ({ ...me, roles: ['coordinator'], students: [] }) })
  const sent = {
    id: LATE_BUS,
    person: maya.me.person.id,
    by: hand.me.person.id,
    sent: at('07:40'),
    words: 'Can you take the late bus?',
    read: at('08:05'),
    answer: 'Yes, from 3 on.',
  }
  answering({
    '/api/messages': { messages: [sent], aides, names: { [maya.me.person.id]: 'Maya Ortiz' } },
  })
  await show(
    <Screen hand={hand}>
      <h1>Today</h1>
      <MessagesToday />
    </Screen>,
  )
  await expect.element(card()).toMatchTextContent('To Maya Ortiz · Nov 3, 7:40 AM')
  await expect.element(card()).toMatchTextContent('Yes, from 3 on.')
  await expect.element(card()).toMatchTextContent('read Nov 3, 8:05 AM')
  await userEvent.click(page.getByRole('button', { name: 'Write to an aide' }))
  const sheet = page.getByRole('dialog', { name: 'Write to an aide' })
  await expect.element(sheet.getByRole('button', { name: 'Send' })).toBeDisabled()
  await Promise.all(document.getAnimations().map(({ finished }) => finished))
  expect(await axeFindings()).toEqual([])
})
