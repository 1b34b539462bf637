/** A planned observation (domain D.8): from its owner's plan over the observer's Today to the agreement, on three screens. */
import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { axeFindings, show } from '../../../platform/web/kit/testing.tsx'
import { Screen, smallSchool } from '../../../platform/web/testing-day.tsx'
import type { Me } from '../../schedule/model.ts'
import { GoalPage } from './GoalPage.tsx'
import { play, withYear } from './testing.tsx'

const SEEN = '+ + +G + -'

/** As the case manager of everybody here. */
const asOwner = (me: Me): Me => ({
  ...withYear(me),
  students: me.students.map((one) => ({ ...one, role: 'case_manager' })),
})

test('D.8 the owner plans it, and it is done once both have ended', async () => {
  await page.viewport(1280, 900)
  const school = smallSchool()
  const maya = await school.open('maya')
  const dana = await school.open('dana', { me: asOwner })
  const program = school.programs.requesting
  const meet = async () => {
    for (const hand of [dana, maya, dana]) await hand.sync()
  }
  await show(
    <Screen hand={dana}>
      <GoalPage program={program} />
    </Screen>,
  )
  const part = page.getByRole('region', { name: 'Second observers' })
  await expect.element(part).toBeVisible()
  await userEvent.click(part.getByRole('button', { name: 'Plan an observation' }))
  const sheet = page.getByRole('dialog')
  await expect.element(sheet).toBeVisible()
  await userEvent.click(sheet.getByRole('button', { name: /Who observes/ }))
  await userEvent.click(page.getByRole('option', { name: 'Maya Ortiz' }))
  await userEvent.click(sheet.getByRole('button', { name: /Beside whom/ }))
  await userEvent.click(page.getByRole('option', { name: 'Dana Reyes' }))
  expect(await axeFindings()).toEqual([])
  await userEvent.click(sheet.getByRole('button', { name: 'Plan it' }))
  await expect.element(part).toMatchTextContent(/Maya Ortiz observes beside Dana Reyes by Nov 10/)
  expect(await axeFindings()).toEqual([])

  const run = play(school, dana, 'requesting')
  run.go(SEEN)
  await meet()
  const watching = play(school, maya, 'requesting', { of: run.session })
  watching.go(SEEN)
  watching.end()
  await meet()
  // one has ended, the other not: Dana, who is watched, is not even told that it was begun
  await expect.element(part).toMatchTextContent(/0 of 1 session.*by Nov 10/)
  run.end()
  await meet()
  await expect.element(part).toMatchTextContent(/Maya Ortiz observes beside Dana Reyes done/)
  await expect.element(part).toMatchTextContent('1 of 1 session in this phase was observed')
})

test('D.8 a plan can be called off, and a para plans none', async () => {
  await page.viewport(1280, 900)
  const school = smallSchool()
  const maya = await school.open('maya')
  const dana = await school.open('dana', { me: asOwner })
  const program = school.programs.requesting
  dana.device.capture({
    kind: 'sessions.observation',
    body: { due: '2026-11-02' },
    student: school.students.am,
    refs: { program, observer: maya.me.person.id },
  })
  for (const hand of [dana, maya]) await hand.sync()
  await show(
    <>
      <Screen hand={dana} name="dana">
        <GoalPage program={program} />
      </Screen>
      <Screen hand={maya} name="maya">
        <GoalPage program={program} />
      </Screen>
    </>,
  )
  const part = page.getByTestId('dana').getByRole('region', { name: 'Second observers' })
  await expect.element(part).toMatchTextContent(/Maya Ortiz observes, whoever runs it was due yesterday/)
  await expect.element(page.getByTestId('maya').getByRole('heading', { level: 1 })).toBeVisible()
  expect(page.getByTestId('maya').getByRole('region', { name: 'Second observers' }).query()).toBeNull()
  await userEvent.click(part.getByRole('button', { name: /Call off/ }))
  await expect.element(part).not.toMatchTextContent('Maya Ortiz')
})
