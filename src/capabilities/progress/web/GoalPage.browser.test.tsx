import { describe, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { axeFindings, show } from '../../../platform/web/kit/testing.tsx'
import {
  at,
  Screen,
  smallSchool,
  type GoalName,
  type Hand,
  type School,
} from '../../../platform/web/testing-day.tsx'
import type { Me } from '../../schedule/model.ts'
import { GoalPage } from './GoalPage.tsx'
import { play, withYear } from './testing.tsx'

/** AW-8 of the acceptance walkthrough: 6/10 = 60 % alone; the second observer sees trial 5 otherwise. */
const AW8 = '+ + +G + - + + +V + NR'
const SEEN = '+ + +G + + + + +V + NR'

async function opened(me = withYear): Promise<{ school: School; maya: Hand; dana: Hand }> {
  await page.viewport(1280, 900)
  const school = smallSchool()
  const maya = await school.open('maya')
  const dana = await school.open('dana', { me })
  return { school, maya, dana }
}

/** As the case manager of everybody here. */
const asOwner = (me: Me): Me => ({
  ...withYear(me),
  students: me.students.map((one) => ({ ...one, role: 'case_manager' })),
})

async function look(hand: Hand, program: string): Promise<void> {
  await show(
    <Screen hand={hand}>
      <GoalPage program={program} />
    </Screen>,
  )
}

async function meet(...hands: Hand[]): Promise<void> {
  for (const hand of hands) await hand.sync()
}

const body = () => page.getByTestId('screen')
const drawn = () =>
  document.querySelectorAll('svg[role=img] [data-role="point"], svg[role=img] [data-role="hollow"]')

describe('the goal page', () => {
  test('a trial that arrives while it is open is on it, with its fraction, in the graph and in the list', async () => {
    const { school, maya, dana } = await opened()
    await look(dana, school.programs.requesting)
    await expect.element(page.getByRole('heading', { level: 1, name: 'Requesting' })).toBeVisible()
    const session = play(school, maya, 'requesting')
    session.go('+ +')
    await meet(maya, dana)
    await expect.element(body()).toMatchTextContent('Recording now')
    await expect.element(body()).toMatchTextContent('2/2 = 100%')
    session.go('+G')
    await meet(maya, dana)
    await expect.element(body()).toMatchTextContent('2/3 = 66.7%')
    await expect.element(page.getByRole('list', { name: 'Trials' })).toMatchTextContent('Trial 3: gesture')
    expect(drawn()).toHaveLength(1)
    await expect
      .element(page.getByRole('button', { name: /Maya Ortiz.*2\/3.*66\.7%.*running now/ }))
      .toBeVisible()
  })

  test('AW-8: 6/10 = 60 %, and agreement 9/10 = 90 % with the second observer', async () => {
    const { school, maya, dana } = await opened()
    const first = play(school, maya, 'requesting')
    first.go(AW8)
    first.end()
    const second = play(school, dana, 'requesting', { of: first.session })
    second.go(SEEN)
    second.end()
    await meet(maya, dana, maya)
    await look(dana, school.programs.requesting)
    await expect
      .element(page.getByRole('button', { name: /Maya Ortiz 6\/10 60% agreement 9\/10 = 90%/ }))
      .toBeVisible()
  })

  test('C.0.8 two recorded at once: side by side, one tap of the owner, and the way back', async () => {
    const { school, maya, dana } = await opened(asOwner)
    const first = play(school, maya, 'requesting')
    first.go(AW8)
    dana.clock.advance(5000)
    const beside = play(school, dana, 'requesting')
    beside.go(SEEN)
    first.end()
    await meet(maya, dana, maya)
    await look(dana, school.programs.requesting)
    await expect.element(page.getByRole('heading', { level: 1, name: 'Requesting' })).toBeVisible()
    // Dana still records: nothing is chosen before both have ended
    expect(page.getByRole('heading', { name: 'Recorded by two at once' }).query()).toBeNull()
    beside.end()
    await meet(dana)
    const part = page.getByRole('region', { name: 'Recorded by two at once' })
    await expect.element(part).toMatchTextContent(/Maya Ortiz.*6\/10 = 60%.*Dana Reyes.*7\/10 = 70%/)
    expect(await axeFindings()).toEqual([])
    await userEvent.fill(part.getByLabelText('Reason, if you want to give one'), 'Maya ran it')
    await userEvent.click(part.getByRole('button', { name: /stands: Maya Ortiz/ }))
    await expect.element(part).toMatchTextContent(/the recording of Maya Ortiz stands; that of Dana Reyes/)
    await expect.element(part).toMatchTextContent('“Maya ran it”')
    expect(drawn()).toHaveLength(1)
    // as if they had been meant to: ten trials of each, ten seconds and more apart
    await expect.element(page.getByRole('button', { name: /Maya Ortiz 6\/10 60% agreement/ })).toBeVisible()
    await userEvent.click(part.getByRole('button', { name: 'Take it back' }))
    await expect.element(part.getByRole('button', { name: /stands: Dana Reyes/ })).toBeVisible()
    expect(drawn()).toHaveLength(2)
  })

  test('C.0.8 a para is told that two recorded, and chooses nothing', async () => {
    const { school, maya, dana } = await opened()
    const sessions = [play(school, maya, 'requesting'), play(school, dana, 'requesting')]
    for (const one of sessions) one.go('+ +')
    for (const one of sessions) one.end()
    await meet(maya, dana, maya)
    await look(maya, school.programs.requesting)
    await expect.element(page.getByRole('heading', { level: 1, name: 'Requesting' })).toBeVisible()
    expect(page.getByRole('heading', { name: 'Recorded by two at once' }).query()).toBeNull()
  })

  test('the table says what the graph draws, and both what was recorded', async () => {
    const { school, maya, dana } = await opened()
    const days: [day: string, codes: string, fraction: string, percent: string][] = [
      ['2026-10-27', '+ - - - -', '1/5', '20%'],
      ['2026-10-28', '+ + + - -', '3/5', '60%'],
      ['2026-10-29', '+ + + + -', '4/5', '80%'],
    ]
    for (const [day, codes] of days) {
      const one = play(school, maya, 'requesting', { day })
      one.go(codes)
      one.end()
    }
    await meet(maya, dana)
    await look(dana, school.programs.requesting)
    await userEvent.click(page.getByRole('button', { name: 'Show table' }))
    const rows = page
      .getByRole('table')
      .getByRole('row')
      .elements()
      .slice(1)
      .map((row) => [...row.querySelectorAll('td')].slice(1, 3).map((cell) => cell.textContent))
    expect(rows).toEqual(days.toReversed().map(([, , fraction, percent]) => [fraction, percent]))
    // the same three values as heights: from 20 to 60 is twice as far as from 60 to 80
    const ys = [...drawn()].map((dot) => Number(dot.getAttribute('cy')))
    expect(ys).toHaveLength(3)
    const [low = 0, middle = 0, high = 0] = ys
    expect((low - middle) / (middle - high)).toBeCloseTo(2, 3)
    // and the list of sessions beneath
    for (const [, , fraction, percent] of days)
      await expect
        .element(page.getByRole('button', { name: new RegExp(`Maya Ortiz ${fraction} ${percent}`) }))
        .toBeVisible()
  })

  test('a session opens with its trials, how the second observer saw them, and what was corrected', async () => {
    const { school, maya, dana } = await opened()
    const first = play(school, maya, 'requesting')
    const trials = first.go(AW8)
    first.end()
    const second = play(school, dana, 'requesting', { of: first.session })
    second.go(SEEN)
    second.end()
    const wrong = trials[9]
    if (!wrong) throw new Error('ten trials')
    maya.device.capture({
      kind: 'sessions.trial',
      body: { n: 10, result: '-' },
      student: school.students.am,
      refs: { session: first.session, program: school.programs.requesting },
      at: wrong.at,
      entered: new Date(at('15:14')).toISOString(),
      replaces: wrong.id,
      reason: 'mis_tap',
    })
    await meet(maya, dana)
    await look(dana, school.programs.requesting)
    await userEvent.click(page.getByRole('button', { name: /Maya Ortiz 6\/10/ }))
    const sheet = page.getByRole('dialog')
    await expect.element(sheet).toMatchTextContent('6/10 = 60%')
    const items = sheet.getByRole('listitem')
    await expect.element(items.nth(2)).toMatchTextContent('gesture')
    await expect.element(items.nth(4)).toMatchTextContent('second: alone')
    await expect.element(sheet).toMatchTextContent('Trial 10: “no answer” changed to “not yet”')
    await expect.element(sheet).toMatchTextContent('Maya Ortiz · Nov 3, 3:14 PM · Mis-tap')
    // while it comes in, its colors are mixed with what is behind it
    await Promise.all(document.getAnimations().map((animation) => animation.finished))
    expect(await axeFindings()).toEqual([])
  })

  test.for([true, false])(
    'a photo of the work opens in its session while the family agrees: %s',
    async (instruction_record) => {
      await page.viewport(390, 844)
      const school = smallSchool()
      const photos = { internal_display: false, family_share: false, public_web: false, media: false }
      school.publish(
        'students.consent',
        'am',
        { physical_prompts: true, photos: { ...photos, instruction_record } },
        {},
      )
      const maya = await school.open('maya')
      const { session, go, end } = play(school, maya, 'requesting')
      go('+ -')
      maya.device.capture({
        kind: 'sessions.photo',
        body: { jpeg: '/9j/4AAQSkZJRg==', purpose: 'instruction_record' },
        student: school.students.am,
        refs: { session, program: school.programs.requesting },
      })
      end()
      await look(maya, school.programs.requesting)
      await userEvent.click(page.getByRole('button', { name: /Maya Ortiz 1\/2/ }))
      const sheet = page.getByRole('dialog')
      const key = sheet.getByRole('button', { name: /^Photo of / })
      if (!instruction_record) {
        await expect.element(sheet).toMatchTextContent('1 photo is kept and not shown')
        expect(key.elements()).toEqual([])
        return
      }
      expect(sheet.getByRole('img', { name: /^Photo of the work/ }).elements()).toEqual([])
      await userEvent.click(key)
      await expect
        .element(sheet.getByRole('img', { name: /^Photo of the work/ }))
        .toHaveAttribute('src', 'data:image/jpeg;base64,/9j/4AAQSkZJRg==')
    },
  )

  test('says the criterion, and the definition when asked', async () => {
    const { school, dana } = await opened()
    await look(dana, school.programs.requesting)
    await expect.element(body()).toMatchTextContent('80 % across 3 sessions')
    await userEvent.click(page.getByText('Definition and plan'))
    await expect.element(page.getByText('What counts as Requesting.')).toBeVisible()
    await expect.element(body()).toMatchTextContent('Prompts from least to most: gesture, verbal, model.')
  })

  test('a goal of nobody here, without a network, says so plainly', async () => {
    const { dana } = await opened()
    await dana.device.setFlight(true)
    await look(dana, '00000000-0000-7000-8000-000000000000')
    await expect.element(page.getByText('Not on this device')).toBeVisible()
  })

  test.each(['light', 'dark'])('axe finds nothing while somebody records: %s', async (theme) => {
    document.documentElement.dataset['theme'] = theme
    const { school, maya, dana } = await opened()
    await page.viewport(390, 844)
    play(school, maya, 'washing').go('+ + +G - NR')
    await meet(maya, dana)
    await look(dana, school.programs.washing)
    await expect.element(body()).toMatchTextContent('Recording now')
    expect(await axeFindings()).toEqual([])
    delete document.documentElement.dataset['theme']
  })
})

describe('two observers of one session', () => {
  const seen = async (goal: GoalName = 'requesting') => {
    const { school, maya, dana } = await opened()
    const first = play(school, maya, goal)
    first.go('+ + -')
    await meet(maya, dana)
    const second = play(school, dana, goal, { of: first.session })
    second.go('+')
    await meet(dana, maya)
    await look(dana, school.programs[goal])
    return { school, maya, dana, first, second }
  }

  test('while I observe, what the other records is not on my page: not in words, list, graph or table', async () => {
    const { maya, dana, first } = await seen()
    await expect.element(body()).toMatchTextContent('Maya Ortiz records the same session')
    await expect.element(body()).toMatchTextContent('You as second observer')
    await expect.element(body()).not.toMatchTextContent('2/3')
    await expect.element(page.getByRole('button', { name: /^Nov 3.*Maya Ortiz/ })).not.toBeInTheDocument()
    expect(drawn()).toHaveLength(0)
    first.go('- -')
    await meet(maya, dana)
    await expect.element(body()).not.toMatchTextContent('2/5')
  })

  test('it stays so until both have ended, then both are compared', async () => {
    const { maya, dana, first, second } = await seen()
    first.go('+ +')
    first.end()
    await meet(maya, dana)
    await expect.element(body()).toMatchTextContent('Maya Ortiz records the same session')
    expect(drawn()).toHaveLength(0)
    second.go('+ - + +')
    second.end()
    await meet(dana)
    await expect
      .element(page.getByRole('button', { name: /Maya Ortiz 4\/5 80% agreement 5\/5 = 100%/ }))
      .toBeVisible()
    await expect.element(body()).not.toMatchTextContent('records the same session')
    expect(drawn()).toHaveLength(1)
  })
})
