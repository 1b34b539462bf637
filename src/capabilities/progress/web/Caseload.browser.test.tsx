import { describe, expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { axeFindings, show } from '../../../platform/web/kit/testing.tsx'
import { Screen, smallSchool } from '../../../platform/web/testing-day.tsx'
import Caseload from './Caseload.tsx'
import { play, withYear } from './testing.tsx'

const PHONE = [390, 844] as const
const DESK = [1280, 800] as const

/** One goal for each reason, and one that needs nobody. */
async function caseload([width, height]: readonly [number, number]) {
  await page.viewport(width, height)
  const school = smallSchool()
  const maya = await school.open('maya')
  const short = play(school, maya, 'washing', { day: '2026-11-02' })
  short.go('+ + -')
  short.end()
  const fine = play(school, maya, 'switch', { day: '2026-11-02' })
  fine.go('+ + - + + -')
  fine.end()
  const old = play(school, maya, 'seat', { day: '2026-10-23' })
  old.go('1 1 1')
  old.end()
  const live = play(school, maya, 'requesting')
  live.go('+ + -')
  await maya.sync()
  const dana = await school.open('dana', { me: withYear })
  await show(
    <Screen hand={dana}>
      <Caseload />
    </Screen>,
  )
  return { school, maya, dana, live }
}

const rows = () =>
  page
    .getByRole('listitem')
    .elements()
    .map((row) => row.querySelector('strong')?.textContent)
    .filter((title) => title !== undefined)

describe('the caseload', () => {
  test('what needs me comes first: recording now, no data, too short to count; then the others', async () => {
    await caseload(PHONE)
    await expect.element(page.getByText('3 goals need a look')).toBeVisible()
    expect(rows()).toEqual(['Requesting', 'Leaves seat', 'Hand-washing', 'Choosing with a switch'])
    const names = page.getByRole('heading', { level: 2 }).elements()
    expect(names.map((name) => name.textContent)).toEqual(['Now', 'Needs a look', 'Other goals'])
  })

  test('each goal says what it came to, by whom and when, and why it is there', async () => {
    await caseload(PHONE)
    const item = (title: string) => page.getByRole('listitem').filter({ hasText: title })
    // 2 of 3 so far
    await expect.element(item('Requesting')).toMatchTextContent('2/3 = 66.7% so far · Maya Ortiz')
    await expect.element(item('Requesting')).toMatchTextContent('recording now')
    // Monday 26 October to Monday 2 November: six whole school days
    await expect.element(item('Leaves seat')).toMatchTextContent('no data for 6 school days')
    await expect.element(item('Hand-washing')).toMatchTextContent('2/3 = 66.7% · Maya Ortiz, yesterday')
    await expect.element(item('Hand-washing')).toMatchTextContent('below minimum (3 of 4)')
    await expect.element(item('switch')).toMatchTextContent('4/6 = 66.7% · Maya Ortiz, yesterday')
  })

  test('on a wide screen the first goal stands open beside the list', async () => {
    await caseload(DESK)
    await expect.element(page.getByRole('heading', { level: 1, name: 'Requesting' })).toBeVisible()
    await expect.element(page.getByRole('figure', { name: 'Requesting' })).toBeVisible()
    await expect.element(page.getByRole('navigation', { name: 'Caseload' })).toBeVisible()
  })

  test('a trial that arrives changes its row, and the order when it is over', async () => {
    const { maya, dana, live } = await caseload(PHONE)
    live.go('+')
    await maya.sync()
    await dana.sync()
    await expect.element(page.getByText('3/4 = 75%')).toBeVisible()
    live.go('+ +')
    live.end()
    await maya.sync()
    await dana.sync()
    await expect.element(page.getByText('2 goals need a look')).toBeVisible()
    expect(rows()).toEqual(['Leaves seat', 'Hand-washing', 'Requesting', 'Choosing with a switch'])
  })

  test('shows initials and never a name', async () => {
    await caseload(DESK)
    await expect.element(page.getByRole('heading', { level: 1, name: 'Requesting' })).toBeVisible()
    for (const name of ['Amari', 'Bella', 'Cody']) expect(document.body.textContent).not.toContain(name)
  })

  test('without goals it says what belongs here and who puts it there', async () => {
    await page.viewport(...PHONE)
    const school = smallSchool()
    school.server.grants = []
    const dana = await school.open('dana', { me: (me) => ({ ...me, students: [] }) })
    await show(
      <Screen hand={dana}>
        <Caseload />
      </Screen>,
    )
    await expect.element(page.getByText('No goals here yet')).toBeVisible()
  })

  test.each([
    ['phone', PHONE, 'light'],
    ['phone', PHONE, 'dark'],
    ['desk', DESK, 'light'],
    ['desk', DESK, 'dark'],
  ] as const)('axe finds nothing: %s, %s %s', async (_, size, theme) => {
    document.documentElement.dataset['theme'] = theme
    await caseload(size)
    await expect.element(page.getByText('recording now')).toBeVisible()
    expect(await axeFindings()).toEqual([])
    delete document.documentElement.dataset['theme']
  })
})
