/** A question about the plan, from the student's page to the inbox of who manages it and back, on real devices. */
import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { axeFindings, show } from '../../../platform/web/kit/testing.tsx'
import { Screen, smallSchool, type Hand } from '../../../platform/web/testing-day.tsx'
import type { Me } from '../../schedule/model.ts'
import { QuestionsHere } from './QuestionsHere.tsx'
import QuestionsPanel from './QuestionsPanel.tsx'
import QuestionsWait from './QuestionsWait.tsx'

const managing = (me: Me): Me => ({
  ...me,
  students: me.students.map((one) => ({ ...one, role: 'case_manager' })),
})
const button = (name: string | RegExp) => page.getByRole('button', { name })

async function look(hand: Hand, what: 'page' | 'inbox' | 'answered' | 'today'): Promise<void> {
  document.body.replaceChildren()
  const [student] = hand.me.students
  if (!student) throw new Error('no student')
  await show(
    <Screen hand={hand}>
      <h1>{what}</h1>
      {what === 'page' && <QuestionsHere student={student} />}
      {(what === 'inbox' || what === 'answered') && (
        <QuestionsPanel
          seen={what === 'answered'}
          below={(some) => <p>{some ? 'more below' : 'Nothing waits here'}</p>}
        />
      )}
      {what === 'today' && <QuestionsWait />}
    </Screen>,
  )
}

test('AW-2 one tap asks the case manager, without a network; it waits in her inbox, and the answer comes back', async () => {
  const school = smallSchool()
  const maya = await school.open('maya')
  const dana = await school.open('dana', { me: managing })
  await look(dana, 'inbox')
  await expect.element(page.getByText('Nothing waits here')).toBeVisible()

  school.offline = true
  await look(maya, 'page')
  await expect.element(page.getByText('To Dana Reyes. One tap asks.')).toBeVisible()
  await button('Can you walk me through what changed?').click()
  await expect.element(page.getByText(/waits for an answer/)).toBeVisible()
  await button('In my own words').click()
  const ask = button('Ask')
  await expect.element(ask).toBeDisabled()
  await page.getByLabelText('Your question').fill('Which card comes first?')
  await ask.click()
  await expect.element(page.getByText('Which card comes first?')).toBeVisible()
  expect(await axeFindings()).toEqual([])
  school.offline = false
  await maya.sync()
  await dana.sync()

  await look(dana, 'today')
  await expect
    .element(page.getByRole('link', { name: '2 questions about plans wait in your inbox' }))
    .toBeVisible()
  await look(dana, 'inbox')
  await expect.element(page.getByText('2 questions about plans wait for your answer.')).toBeVisible()
  await expect.element(page.getByText('more below')).toBeVisible()
  const first = page.getByRole('article').filter({ hasText: 'Which card comes first?' })
  await expect.element(first).toMatchTextContent('Maya Ortiz')
  expect(await axeFindings()).toEqual([])
  await first.getByRole('button', { name: 'Answer' }).click()
  await page.getByLabelText('Your answer').fill('The break card, then two choices.')
  expect(await axeFindings()).toEqual([])
  await button('Send the answer').click()
  await expect.element(page.getByText('1 question about a plan waits for your answer.')).toBeVisible()
  await look(dana, 'answered')
  await expect.element(page.getByText('The break card, then two choices.')).toBeVisible()
  await dana.sync()
  await maya.sync()

  await look(maya, 'today')
  const back = page.getByRole('region', { name: 'Answer about A.M.' })
  await expect.element(back).toMatchTextContent('Dana Reyes answered')
  await expect.element(back).toMatchTextContent('The break card, then two choices.')
  expect(await axeFindings()).toEqual([])
  await back.getByRole('button', { name: 'Read' }).click()
  await expect.element(back).not.toBeInTheDocument()
  // on the student's page it stays
  await look(maya, 'page')
  await expect.element(page.getByText('The break card, then two choices.')).toBeVisible()
  const sent = school.server.rows.filter(({ envelope }) => /question|answer/.test(envelope.kind))
  expect(sent.map(({ envelope }) => [envelope.kind, envelope.body])).toEqual([
    ['students.question', { ask: 'what_changed', text: '' }],
    ['students.question', { ask: 'own', text: 'Which card comes first?' }],
    ['students.answer', { text: 'The break card, then two choices.' }],
  ])
})

test('who may not ask is not offered it, and what others ask is not on their page', async () => {
  const school = smallSchool()
  school.publish('students.question', 'am', { ask: 'talk', text: '' }, {})
  const driver = await school.open('maya', {
    me: (me) => ({ ...me, students: me.students.map((one) => ({ ...one, role: 'bus' })) }),
  })
  await driver.sync()
  await look(driver, 'page')
  await expect.element(page.getByRole('heading', { name: 'page' })).toBeVisible()
  expect(page.getByRole('region').elements()).toEqual([])
  await look(driver, 'today')
  await expect.element(page.getByRole('heading', { name: 'today' })).toBeVisible()
  expect(page.getByRole('region').elements()).toEqual([])
})
