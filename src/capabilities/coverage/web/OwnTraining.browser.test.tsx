import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { axeFindings, show } from '../../../platform/web/kit/testing.tsx'
import { Screen, smallSchool, type School } from '../../../platform/web/testing-day.tsx'
import type { Me } from '../../schedule/model.ts'
import OwnTraining from './OwnTraining.tsx'

async function open(training: (school: School) => Me['training']) {
  const school = smallSchool()
  const hand = await school.open('maya', { me: (me) => ({ ...me, training: training(school) }) })
  // read from the device alone
  school.offline = true
  await show(
    <Screen hand={hand}>
      <h1>Today</h1>
      <OwnTraining />
    </Screen>,
  )
  return hand
}

const CRISIS = { task: 'crisis_prevention', student: null }

test('AW-1 says of one’s own training that it ends in 28 days, without a network', async () => {
  await open(() => [{ ...CRISIS, to: '2026-12-01' }])
  await expect
    .element(page.getByText('Your training in crisis prevention ends in 28 days (Dec 1)'))
    .toBeVisible()
  expect(await axeFindings()).toEqual([])
})

test('says what ended, the most urgent first, and nothing of what is far away or was renewed', async () => {
  await open(({ students }) => [
    { task: 'lift', student: students.bk, to: '2026-11-10' },
    { task: 'feeding', student: students.bk, to: '2026-11-02' },
    { task: 'toileting', student: students.bk, to: '2026-12-04' },
    { ...CRISIS, to: '2026-11-05' },
    { ...CRISIS, to: '2027-11-05' },
  ])
  const main = page.getByTestId('screen')
  await expect
    .element(main)
    .toMatchTextContent(
      /^TodayYour training in feeding ended on Nov 2 ?B\.K\.Your training in lifting ends in 7 days \(Nov 10\) ?B\.K\.$/,
    )
  expect(await axeFindings()).toEqual([])
})
