import { expect, onTestFinished, test, vi } from 'vitest'
import { page } from 'vitest/browser'
import { AGREED, cardOf, countTaps, expectSaid, padOf, sessionsOf, type PlanName } from './testing.tsx'

const key = (goal: PlanName, word: string | RegExp) =>
  cardOf(goal).getByRole('button', { name: word, ...(typeof word === 'string' && { exact: true }) })
/** Taps a second apart. */
async function taps(hand: { clock: { advance(ms: number): void } }, goal: PlanName, words: string[]) {
  for (const word of words) {
    hand.clock.advance(1000)
    await key(goal, word).click()
  }
}

test('AW-17: four natural chances, 2 alone of 4: below the minimum of 5, and a tap each', async () => {
  const { school, hand } = await padOf(['greeting'])
  await expect.element(key('greeting', 'alone')).toBeVisible()
  const count = countTaps()
  await taps(hand, 'greeting', ['alone', 'gesture', 'not yet', 'alone'])
  expect(count()).toBe(4)
  await expectSaid('A.M.')
  await expect.element(cardOf('greeting')).toMatchTextContent('4 of at least 5 chances')
  await key('greeting', 'Finish').click()
  const [state] = sessionsOf(hand, school.plans.greeting)
  expect(state?.summary).toMatchObject({ numerator: 2, denominator: 4, validity: 'below_min' })
})

test('a prompt that touches is offered only where the family agreed', async () => {
  await padOf(['greeting'])
  await expect.element(key('greeting', 'model')).toBeVisible()
  expect(key('greeting', 'partial physical').query()).toBeNull()
})

test('with consent the prompt that touches is there', async () => {
  await padOf(['greeting'], { am: AGREED })
  await expect.element(key('greeting', 'partial physical')).toBeVisible()
})

test('latency: cue, begun; and the limit where nothing began', async () => {
  const { school, hand } = await padOf(['starting'])
  await key('starting', /^Cue given/).click()
  hand.clock.advance(12_000)
  await expect.element(cardOf('starting')).toMatchTextContent('12 s')
  await key('starting', /^Begun/).click()
  hand.clock.advance(5000)
  await key('starting', /^Cue given/).click()
  hand.clock.advance(61_000)
  await expect.element(cardOf('starting')).toMatchTextContent('No beginning within 60 s')
  await key('starting', /^Cue given/).click()
  hand.clock.advance(8000)
  await key('starting', /^Begun/).click()
  const [state] = sessionsOf(hand, school.plans.starting)
  expect(state?.items.map(({ ms, censored = false }) => [ms, censored])).toEqual([
    [12_000, false],
    [60_000, true],
    [8000, false],
  ])
  expect(state?.summary).toMatchObject({ numerator: 12_000, denominator: 1 })
})

test('time between responses: three taps are two times', async () => {
  const { school, hand } = await padOf(['asking'])
  const now = /^Response/
  await key('asking', now).click()
  hand.clock.advance(40_000)
  await expect.element(key('asking', now)).toMatchTextContent('0:40')
  await key('asking', now).click()
  hand.clock.advance(20_000)
  await key('asking', now).click()
  const [state] = sessionsOf(hand, school.plans.asking)
  expect(state?.items.flatMap(({ ms }) => ms ?? [])).toEqual([40_000, 20_000])
})

test('intensity: one tap a time, the highest level is kept', async () => {
  const { school, hand } = await padOf(['screaming'])
  await taps(hand, 'screaming', ['2 Heard in the room', '4 Heard in the hall', '1 Heard beside the desk'])
  await expect.element(cardOf('screaming')).toMatchTextContent('Highest 4')
  const [state] = sessionsOf(hand, school.plans.screaming)
  expect(state?.summary).toMatchObject({ numerator: 4, denominator: 1 })
  expect(state?.items).toHaveLength(3)
})

test('a cold probe is one tap, and Undo takes all of it back', async () => {
  const { school, hand } = await padOf(['coins'])
  await expect.element(key('coins', 'yes')).toBeVisible()
  const count = countTaps()
  await key('coins', 'yes').click()
  expect(count()).toBe(1)
  const [state] = sessionsOf(hand, school.plans.coins)
  expect(state).toMatchObject({ status: 'complete', summary: { numerator: 1, denominator: 1 } })
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect.poll(() => sessionsOf(hand, school.plans.coins)).toEqual([])
})

test('a rubric asks one item after the other; an answer given again takes the place of the first', async () => {
  const { school, hand } = await padOf(['writing'])
  await taps(hand, 'writing', ['3 Both, alone', '1 A part of a sentence', '2 Most words'])
  await expect.element(cardOf('writing')).toMatchTextContent('All 3 items rated')
  await key('writing', 'Item 2: level 1').click()
  hand.clock.advance(1000)
  await key('writing', '2 A sentence with help').click()
  await expect.element(cardOf('writing')).toMatchTextContent('All 3 items rated')
  const [state] = sessionsOf(hand, school.plans.writing)
  expect(state?.items.map(({ code }) => code)).toEqual(['3', '2', '2'])
  expect(state?.summary).toMatchObject({ numerator: 7, denominator: 1 })
})

test('a checklist: yes, no, not today; what is not today leaves the denominator', async () => {
  const { school, hand } = await padOf(['packing'])
  await taps(hand, 'packing', ['yes', 'no', 'not today', 'yes'])
  await key('packing', 'Finish').click()
  const [state] = sessionsOf(hand, school.plans.packing)
  expect(state?.summary).toMatchObject({ numerator: 2, denominator: 3 })
})

test('finished work: the wrong ones, then the others in one tap: 17 of 20 in 4 taps', async () => {
  const { school, hand } = await padOf(['sheet'])
  await expect.element(key('sheet', 'Item 3')).toBeVisible()
  const count = countTaps()
  await taps(hand, 'sheet', ['Item 3', 'Item 11', 'Item 20', 'The other 17 are right'])
  expect(count()).toBe(4)
  const [state] = sessionsOf(hand, school.plans.sheet)
  expect(state?.summary).toMatchObject({ numerator: 17, denominator: 20 })
  // a second look: item 11 was right after all
  hand.clock.advance(1000)
  await key('sheet', 'Item 11: wrong').click()
  await expect.poll(() => sessionsOf(hand, school.plans.sheet)[0]?.summary.numerator).toBe(18)
})

test('no photo without the family’s consent; with it the picture goes into a record of at most 60,000 characters', async () => {
  await padOf(['sheet'])
  await expect.element(cardOf('sheet')).toMatchTextContent('No photos: the family has not agreed')
})

test('a photo of the work is taken in the app and goes into the record', async () => {
  const canvas = document.createElement('canvas')
  canvas.width = 1280
  canvas.height = 960
  const context = canvas.getContext('2d')
  let x = 0
  // a stream of a canvas has a picture whenever something is drawn on it
  const drawing = setInterval(() => context?.fillRect((x += 8) % 1280, (x * 7) % 960, 5, 300), 30)
  onTestFinished(() => clearInterval(drawing))
  const camera = vi
    .spyOn(navigator.mediaDevices, 'getUserMedia')
    .mockImplementation(() => Promise.resolve(canvas.captureStream()))
  const { school, hand } = await padOf(['sheet'], { bk: AGREED })
  await key('sheet', 'Photo of the work').click()
  await page.getByRole('dialog').getByRole('button', { name: 'Take it' }).click()
  await hand.sync()
  const photo = school.server.rows.find((row) => row.envelope.kind === 'sessions.photo')?.envelope.body
  expect(photo?.['purpose']).toBe('instruction_record')
  expect(String(photo?.['jpeg']).length).toBeLessThanOrEqual(60_000)
  // the first bytes of a JPEG
  expect(atob(String(photo?.['jpeg']).slice(0, 4)).slice(0, 2)).toBe('\xff\xd8')
  camera.mockRestore()
})
