/** A planned observation as its observer meets it (domain D.8): on Today, and on the card of the session that runs. */
import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { uuidOf } from '../../../platform/core/ids.ts'
import { axeFindings, show } from '../../../platform/web/kit/testing.tsx'
import { Screen, smallSchool } from '../../../platform/web/testing-day.tsx'
import { grantFor } from '../../../platform/web/sync/fake-server.ts'
import { behaviorView } from '../../behavior/rules.ts'
import type { LogPadProps } from '../log-pad.ts'
import { LogPadsContext } from './log-pads.ts'
import { Observed } from './Observe.tsx'
import ObserveToday from './ObserveToday.tsx'
import Pad from './Pad.tsx'

test('D.8 stands on the observer’s Today, begins with one tap while somebody records, and goes with its end', async () => {
  await page.viewport(1280, 900)
  const school = smallSchool()
  const maya = await school.open('maya')
  const dana = await school.open('dana')
  const program = school.programs.requesting
  const meet = async () => {
    for (const hand of [dana, maya, dana]) await hand.sync()
  }
  await show(
    <>
      <Screen hand={dana} name="dana">
        <Pad />
      </Screen>
      <Screen hand={maya} name="today">
        <ObserveToday />
      </Screen>
      <Screen hand={maya} name="maya">
        <Observed id={program} me={maya.me} />
      </Screen>
    </>,
  )
  const [row, own] = [page.getByTestId('today').getByRole('link'), page.getByTestId('maya')]
  const alone = (who: string) =>
    page
      .getByTestId(who)
      .getByRole('article', { name: 'A.M. Requesting' })
      .getByRole('button', { name: 'alone', exact: true })
  await expect.element(own).toMatchTextContent('Nobody records it now')
  expect(row.query()).toBeNull()
  dana.device.capture({
    kind: 'sessions.observation',
    body: { due: '2026-11-10' },
    student: school.students.am,
    refs: { program, observer: maya.me.person.id, adult: dana.me.person.id },
  })
  await meet()
  await expect.element(row).toMatchTextContent(/Requesting.*beside Dana Reyes.*by Nov 10/)
  // three screens stand beside each other here
  expect((await axeFindings()).filter((one) => !one.includes('duplicate-main'))).toEqual([])

  await userEvent.click(alone('dana'))
  await meet()
  await expect.element(row).toMatchTextContent('runs now')
  await userEvent.click(own.getByRole('button', { name: 'Observe with' }))
  await expect.element(row).toMatchTextContent('not ended yet')
  await expect.element(own).toMatchTextContent('You observe Dana Reyes')
  for (const hand of [dana, maya]) hand.clock.advance(5000)
  for (let n = 0; n < 9; n++)
    for (const who of ['dana', 'maya']) {
      await userEvent.click(alone(who))
      for (const hand of [dana, maya]) hand.clock.advance(1000)
    }
  const finish = (who: string) => page.getByTestId(who).getByRole('button', { name: 'Finish' }).first()
  await userEvent.click(finish('maya'))
  await expect.element(own).toMatchTextContent('Agreement shows when Dana Reyes has finished too')
  await userEvent.click(finish('dana'))
  await meet()
  await maya.sync()
  // the first trial was over before Maya began
  await expect.element(own).toMatchTextContent('Agreement 9/10 = 90%')
  await expect.element(row).not.toBeInTheDocument()
})

test('D.8 C15 a log is observed from a begin to an end, into a log of its own', async () => {
  const school = smallSchool()
  const program = uuidOf(`${school.programs.seat}/behavior`)
  school.server.grants = [...school.server.grants, grantFor(school.students.cd, { tier: 'T3' })]
  school.publish(
    'sessions.program',
    'cd',
    {
      title: 'Throws materials',
      goal: 'The goal in the words of the plan.',
      definition: 'An object leaves the hand.',
      direction: 'decrease',
      measure: { system: 'scatterplot', from: '08:00', to: '15:00', cell_min: 30, many_from: 4 },
      criterion: 'none for 10 days',
      number: 1,
    },
    { program },
  )
  const maya = await school.open('maya')
  /** In the place of the pad that another capability brings: says which log it was given. */
  const given: string[] = []
  const Given = ({ log }: LogPadProps) => {
    given.push(log ?? 'own')
    return <p>the pad</p>
  }
  await show(
    <LogPadsContext value={{ scatterplot: Given }}>
      <Screen hand={maya}>
        <h1>Observe</h1>
        <Observed id={program} me={maya.me} />
      </Screen>
    </LogPadsContext>,
  )
  const begin = page.getByRole('button', { name: 'Begin to observe' })
  await expect.element(begin).toBeDisabled()
  await userEvent.click(page.getByRole('button', { name: /Beside whom/ }))
  await userEvent.click(page.getByRole('option', { name: 'Dana Reyes' }))
  await userEvent.click(begin)
  await expect.element(page.getByTestId('screen')).toMatchTextContent('You observe Dana Reyes')
  await expect.element(page.getByText('the pad')).toBeVisible()
  expect(await axeFindings()).toEqual([])
  const watches = () =>
    maya.device
      .statesOf(behaviorView, `program:${program}`)
      .flatMap(({ state }) => (state.watch ? [state] : []))
  const [open] = watches()
  expect(open?.watch).toMatchObject({
    observer: maya.me.person.id,
    adult: maya.me.people.find(({ name }) => name === 'Dana Reyes')?.id ?? '',
    to: null,
  })
  expect(given.at(-1)).toBe(open?.log)
  await userEvent.click(page.getByRole('button', { name: 'End the observation' }))
  await expect.element(begin).toBeVisible()
  expect(watches()[0]?.watch?.to).not.toBeNull()
})
