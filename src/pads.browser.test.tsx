/** Logs of other capabilities under the pad's own cards: they meet in src/web.tsx and nowhere else. */
import { expect, test, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { pads as behaviorPads } from './capabilities/behavior/web/screens.ts'
import { behaviorView } from './capabilities/behavior/rules.ts'
import { logPadsOf, LogPadsContext } from './capabilities/sessions/web/log-pads.ts'
import Pad from './capabilities/sessions/web/Pad.tsx'
import { cardOf, padSchool, sessionsOf } from './capabilities/sessions/web/testing.tsx'
import { uuidOf } from './platform/core/ids.ts'
import { axeFindings, show } from './platform/web/kit/testing.tsx'
import { grantFor } from './platform/web/sync/fake-server.ts'
import { Screen } from './platform/web/testing-day.tsx'

const logs = logPadsOf(behaviorPads)

/** Maya's pad with a timer of C.D.'s; an ABC program of C.D.'s that no block of the day plans. */
async function opened() {
  const { school, me } = padSchool(['humming', 'crying'])
  const abc = uuidOf(`${school.plans.humming}/abc`)
  school.server.grants = [...school.server.grants, grantFor(school.students.cd, { tier: 'T3' })]
  const body = {
    title: 'Throws materials',
    goal: 'The goal in the words of the plan.',
    definition: 'An object leaves the hand and lands more than an arm’s length away.',
    direction: 'decrease',
    measure: { system: 'abc', behaviors: ['Throws materials'], perceived_function: false },
    criterion: 'none for 10 days',
    number: 1,
  }
  school.publish('sessions.program', 'cd', body, { program: abc })
  const hand = await school.open('maya', { me })
  await show(
    <Screen hand={hand}>
      <LogPadsContext value={logs}>
        <Pad />
      </LogPadsContext>
    </Screen>,
  )
  const entries = () =>
    hand.device.statesOf(behaviorView, `program:${abc}`).flatMap(({ state }) => state.entries)
  return { school, hand, entries }
}
const button = (name: string | RegExp) => cardOf('humming').getByRole('button', { name })
const sheet = () => page.getByRole('dialog', { name: 'C.D.: what happened' })
async function more(): Promise<void> {
  await button(/^More for/).click()
  await page.getByRole('button', { name: /^What happened/ }).click()
  await expect.element(sheet()).toBeVisible()
}

test('C14 an ABC record from More while a timer runs: kept, and the timer has gone on', async () => {
  const { school, hand, entries } = await opened()
  await button('Start Humming').click()
  hand.clock.advance(60_000)
  await more()
  await vi.waitFor(async () => expect(await axeFindings()).toEqual([]), { timeout: 5000 })
  hand.clock.advance(30_000)
  await sheet().getByText('Asked to do school work').click()
  await sheet().getByText('Redirected').click()
  await sheet().getByRole('button', { name: 'Keep it' }).click()
  await expect.element(page.getByRole('dialog')).not.toBeInTheDocument()
  expect(entries()).toMatchObject([
    { behavior: 'own:1', antecedents: ['demand_academic'], setting: 'Room 12' },
  ])
  await vi.waitFor(() => expect(document.activeElement?.getAttribute('aria-label')).toMatch(/^More for C.D./))
  await button('Stop Humming').click()
  const [state] = sessionsOf(hand, school.plans.humming)
  expect(state).toMatchObject({ status: 'open', items: [{ ms: 90_000 }] })
})

test('closed without an entry nothing is kept, and the session is as it was', async () => {
  const { school, hand, entries } = await opened()
  await button('Start Humming').click()
  const before = sessionsOf(hand, school.plans.humming)
  await more()
  await sheet().getByText('Redirected').click()
  await userEvent.keyboard('{Escape}')
  await expect.element(page.getByRole('dialog')).not.toBeInTheDocument()
  expect(entries()).toEqual([])
  expect(sessionsOf(hand, school.plans.humming)).toEqual(before)
  await expect.element(button('Stop Humming')).toBeVisible()
})

test('C.3 a session refused before it began offers an ABC record', async () => {
  const { entries } = await opened()
  await button(/^More for/).click()
  await page.getByRole('button', { name: /^Not run/ }).click()
  await page.getByRole('button', { name: 'Student refused' }).click()
  await expect.element(cardOf('humming')).toMatchTextContent('Not run. ')
  await button(/^What happened/).click()
  await sheet().getByText('Told no').click()
  await sheet().getByText('Redirected').click()
  await sheet().getByRole('button', { name: 'Keep it' }).click()
  await expect.poll(entries).toMatchObject([{ behavior: 'own:1', antecedents: ['denied'] }])
})

test('another student, or nobody’s plan for it: More does not offer it', async () => {
  await opened()
  await cardOf('crying')
    .getByRole('button', { name: /^More for/ })
    .click()
  await expect.element(page.getByRole('button', { name: /^Not run/ })).toBeVisible()
  expect(page.getByRole('button', { name: /^What happened/ }).query()).toBeNull()
})
