import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { uuidOf } from '../../../platform/core/ids.ts'
import { at, Screen, stage } from '../../../platform/web/testing-day.tsx'
import { axeFindings, show } from '../../../platform/web/kit/testing.tsx'
import type { Me } from '../../schedule/model.ts'
import Pad from './Pad.tsx'
import { cardOf, countTaps, expectSaid, padOf, padSchool, sessionsOf } from './testing.tsx'

const key = (goal: 'crying' | 'humming', word: string) =>
  cardOf(goal).getByRole('button', { name: word, exact: true })

test('one tap starts and one tap stops; what runs stays legible beside a second one', async () => {
  const { school, hand } = await padOf(['crying', 'humming'])
  await expect.element(key('crying', 'Start Crying')).toBeVisible()
  const taps = countTaps()
  await key('crying', 'Start Crying').click()
  hand.clock.advance(42_000)
  await key('humming', 'Start Humming').click()
  hand.clock.advance(60_000)
  await expect.element(key('crying', 'Stop Crying')).toMatchTextContent('1:42')
  await expect.element(key('humming', 'Stop Humming')).toMatchTextContent('1:00')
  await key('crying', 'Stop Crying').click()
  await expectSaid('A.M. Crying: stopped after 1:42')
  hand.clock.advance(30_000)
  await key('humming', 'Stop Humming').click()
  expect(taps()).toBe(4)
  const [crying] = sessionsOf(hand, school.plans.crying)
  expect(crying?.items.map((item) => item.ms)).toEqual([102_000])
  expect(crying?.summary.parts).toMatchObject({ episodes: 1, total_ms: 102_000 })
  expect(sessionsOf(hand, school.plans.humming)[0]?.items.map((item) => item.ms)).toEqual([90_000])
})

test('F1 a timer goes on after the browser was killed, and across a clock that was set back', async () => {
  const { school, me } = padSchool(['crying'])
  const hand = await school.open('maya', { me })
  const place = stage(
    <Screen hand={hand}>
      <Pad />
    </Screen>,
  )
  await show(<place.Stage />)
  await key('crying', 'Start Crying').click()
  hand.clock.advance(30_000)
  // somebody sets the wall clock back by an hour; the device's own counter goes on
  hand.clock.wall -= 3_600_000
  await expect.element(key('crying', 'Stop Crying')).toMatchTextContent('0:30')
  hand.clock.wall += 3_600_000
  place.put(null)
  await expect.poll(() => page.getByRole('article').elements()).toEqual([])
  const reborn = await hand.restart()
  place.put(
    <Screen hand={reborn}>
      <Pad />
    </Screen>,
  )
  reborn.clock.advance(30_000)
  await expect.element(key('crying', 'Stop Crying')).toMatchTextContent('1:00')
  await key('crying', 'Stop Crying').click()
  expect(sessionsOf(reborn, school.plans.crying)[0]?.items.map((item) => item.ms)).toEqual([60_000])
})

test('left running for 20 minutes it is asked about; an end that nobody saw is an estimate', async () => {
  const { school, hand } = await padOf(['crying'])
  await key('crying', 'Start Crying').click()
  hand.clock.advance(19 * 60_000)
  await expect.element(key('crying', 'Stop Crying')).toMatchTextContent('19:00')
  expect(cardOf('crying').getByText('Still happening?').query()).toBeNull()
  hand.clock.advance(2 * 60_000)
  await expect.element(cardOf('crying')).toMatchTextContent('This has run for 21:00. Still happening?')
  await cardOf('crying').getByRole('button', { name: 'It ended about …' }).click()
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /About 9:03/ })
    .click()
  const [state] = sessionsOf(hand, school.plans.crying)
  expect(state?.items).toMatchObject([{ ms: 11 * 60_000, estimated: true }])
  expect(state?.flags).toContain('estimated')
})

test('a quarter of an hour after the block it stops by itself, as an estimate, and the start stays', async () => {
  const { school, hand } = await padOf(['crying'])
  await key('crying', 'Start Crying').click()
  hand.clock.advance(at('09:36') - hand.clock.now())
  await expect.poll(() => sessionsOf(hand, school.plans.crying)[0]?.status).toBe('partial')
  const [state] = sessionsOf(hand, school.plans.crying)
  expect(Date.parse(state?.ended ?? '')).toBe(at('09:35') + 1)
  expect(state?.items).toMatchObject([{ ms: 43 * 60_000, estimated: true }])
})

test('C.3 left running: asked about from twice the longest one before, and when the block is over', async () => {
  const { hand } = await padOf(['crying'])
  const still = () => cardOf('crying').getByText(/Still happening\?/)
  await key('crying', 'Start Crying').click()
  hand.clock.advance(13 * 60_000)
  await key('crying', 'Stop Crying').click()
  hand.clock.advance(60_000)
  await key('crying', 'Start Crying').click()
  // 9:06; the block ends at 9:20. Twice thirteen minutes are 26, so after 14 it is the bell that asks
  hand.clock.advance(at('09:19') - hand.clock.now())
  await expect.element(key('crying', 'Stop Crying')).toMatchTextContent('13:00')
  expect(still().query()).toBeNull()
  hand.clock.advance(61_000)
  await expect
    .element(cardOf('crying'))
    .toMatchTextContent('The block is over and this still runs. Still happening?')
  await cardOf('crying').getByRole('button', { name: 'Still happening', exact: true }).click()
  await expect.element(still()).not.toBeInTheDocument()
  await expect.element(key('crying', 'Stop Crying')).toBeVisible()
})

test('C.3 left running in a block that is over, it is asked about on the next pad, and stops there by itself', async () => {
  const { school, me } = padSchool(['crying', 'humming'])
  // after Fractions, humming alone
  const twoBlocks = (before: Me): Me => {
    const known = me(before)
    const [board, ...others] = known.boards
    const [first, ...rest] = board?.blocks ?? []
    if (!board || !first) return known
    const later = {
      ...first,
      assignment: uuidOf('the block after'),
      title: 'Writing',
      start: first.end,
      end: new Date(at('10:10')).toISOString(),
      programs: [school.plans.humming],
    }
    const own = { ...first, programs: [school.plans.crying] }
    return { ...known, boards: [{ ...board, blocks: [own, later, ...rest.slice(1)] }, ...others] }
  }
  const hand = await school.open('maya', { me: twoBlocks })
  const screen = () => (
    <Screen hand={hand}>
      <Pad />
    </Screen>
  )
  const place = stage(screen())
  await show(<place.Stage />)
  await key('crying', 'Start Crying').click()
  place.put(null)
  await expect.poll(() => page.getByRole('article').elements()).toEqual([])
  hand.clock.advance(at('09:25') - hand.clock.now())
  place.put(screen())
  await expect.element(key('humming', 'Start Humming')).toBeVisible()
  const left = page.getByRole('region', { name: 'A.M. Crying' })
  await expect.element(left).toMatchTextContent('Still happening?')
  expect(await axeFindings()).toEqual([])
  hand.clock.advance(11 * 60_000)
  await expect.poll(() => sessionsOf(hand, school.plans.crying)[0]?.status).toBe('partial')
  await expect.element(left).not.toBeInTheDocument()
  expect(sessionsOf(hand, school.plans.crying)[0]?.items).toMatchObject([
    { ms: 43 * 60_000, estimated: true },
  ])
})
