import { expect, test, vi } from 'vitest'
import { page } from 'vitest/browser'
import { cardOf, countTaps, padOf, sessionsOf } from './testing.tsx'

const key = (goal: 'calling' | 'seated' | 'onTask' | 'myWork', word: string | RegExp) =>
  cardOf(goal).getByRole('button', { name: word, ...(typeof word === 'string' && { exact: true }) })

test('AW-10: 20 looks every 2 minutes, 2 missed, 13 of 18 on task; a missed one is in no denominator', async () => {
  const { school, hand } = await padOf(['onTask'])
  await key('onTask', /^Start .*On task$/).click()
  const missed = [7, 15]
  const no = [2, 5, 9, 12, 18]
  const taps = countTaps()
  for (let n = 1; n <= 20; n++) {
    hand.clock.advance(120_000)
    await expect.element(cardOf('onTask')).toMatchTextContent(`Look now: sample ${n}`)
    if (missed.includes(n)) continue
    await key('onTask', no.includes(n) ? 'no' : 'yes').click()
  }
  expect(taps()).toBe(18)
  hand.clock.advance(10_000)
  await expect.element(cardOf('onTask')).toMatchTextContent('2 missed')
  await cardOf('onTask').getByRole('button', { name: 'Finish', exact: true }).first().click()
  const [state] = sessionsOf(hand, school.plans.onTask)
  expect(state?.summary).toMatchObject({ numerator: 13, denominator: 18, validity: 'valid' })
  expect(state?.summary.parts).toMatchObject({ missed: 2, scored: 13 })
  await expect.element(cardOf('onTask')).toMatchTextContent('13/18')
  await expect.element(cardOf('onTask')).toMatchTextContent('72% yes')
}, 60_000)

test('between cues nothing can be answered, and an answer after the tolerance is not taken', async () => {
  const { school, hand } = await padOf(['onTask'])
  await key('onTask', /^Start .*On task$/).click()
  await expect.element(key('onTask', 'yes')).toBeDisabled()
  hand.clock.advance(124_000)
  await expect.element(key('onTask', 'yes')).toBeEnabled()
  hand.clock.advance(3000)
  await expect.element(key('onTask', 'yes')).toBeDisabled()
  await expect.element(cardOf('onTask')).toMatchTextContent('1 missed')
  // the phone was locked for ten minutes: five more cues came and went
  hand.clock.advance(10 * 60_000)
  await expect.element(cardOf('onTask')).toMatchTextContent('6 missed')
  expect(sessionsOf(hand, school.plans.onTask)[0]?.items).toEqual([])
})

test('a partial interval takes its yes as soon as it happens, its no only when it is over', async () => {
  const { school, hand } = await padOf(['calling'])
  await key('calling', /^Start .*Calls out$/).click()
  hand.clock.advance(4000)
  await expect.element(key('calling', 'happened')).toBeEnabled()
  await expect.element(key('calling', 'did not')).toBeDisabled()
  await key('calling', 'happened').click()
  await expect.element(cardOf('calling')).toMatchTextContent('Recorded. Next one at the cue')
  // second interval: nothing; it is asked about when it ended
  hand.clock.advance(28_000)
  await expect.element(cardOf('calling')).toMatchTextContent('Interval 2 ended. Did it happen in it?')
  await key('calling', 'did not').click()
  const [state] = sessionsOf(hand, school.plans.calling)
  expect(state?.items.map(({ n, code }) => `${n} ${code}`)).toEqual(['1 1', '2 0'])
})

test('a whole interval takes its no as soon as it stops, its yes only when it is over', async () => {
  const { school, hand } = await padOf(['seated'])
  await key('seated', /^Start .*Stays seated$/).click()
  hand.clock.advance(10_000)
  await expect.element(key('seated', 'all of it')).toBeDisabled()
  await key('seated', 'not all of it').click()
  hand.clock.advance(51_000)
  await key('seated', 'all of it').click()
  const [state] = sessionsOf(hand, school.plans.seated)
  expect(state?.items.map(({ n, code }) => `${n} ${code}`)).toEqual(['1 0', '2 1'])
})

test('the cue is felt when an interval gives way to the next, and not for those that are long over', async () => {
  const { hand } = await padOf(['calling'])
  await key('calling', /^Start .*Calls out$/).click()
  await expect.element(cardOf('calling')).toMatchTextContent('Interval 1 of 20')
  const buzz = vi.spyOn(navigator, 'vibrate').mockReturnValue(true)
  hand.clock.advance(15_000)
  await expect.element(cardOf('calling')).toMatchTextContent('Interval 1 ended')
  await expect.poll(() => buzz.mock.calls.length).toBe(1)
  hand.clock.advance(60_000)
  await expect.element(cardOf('calling')).toMatchTextContent('Interval 5 ended')
  expect(buzz).toHaveBeenCalledTimes(1)
  buzz.mockRestore()
})

test('an answer is corrected from the strip', async () => {
  const { school, hand } = await padOf(['calling'])
  await key('calling', /^Start .*Calls out$/).click()
  hand.clock.advance(1000)
  await key('calling', 'happened').click()
  await cardOf('calling').getByRole('button', { name: 'Interval 1: happened. Correct' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'no', exact: true }).click()
  await expect.poll(() => sessionsOf(hand, school.plans.calling)[0]?.items[0]?.code).toBe('0')
})

test('self-monitoring: the student sees symbols and nothing else, the adult marks after; 2 of 3 the same', async () => {
  const { school, hand } = await padOf(['myWork'])
  await key('myWork', /^Start .*Checks his own work time$/).click()
  const theirs = ['Yes', 'Not yet', 'Yes']
  const ours = ['you: yes', 'you: yes', 'you: yes']
  for (let n = 0; n < 3; n++) {
    hand.clock.advance(60_000)
    await cardOf('myWork').getByRole('button', { name: 'Hand it to the student' }).click()
    const screen = page.getByRole('dialog')
    expect(screen.element().textContent).toMatch(/^[\d:]*$/)
    hand.clock.advance(1000)
    await screen.getByRole('button', { name: theirs[n] ?? '', exact: true }).click()
    hand.clock.advance(1000)
    await key('myWork', ours[n] ?? '').click()
  }
  const [state] = sessionsOf(hand, school.plans.myWork)
  expect(state?.summary).toMatchObject({ numerator: 2, denominator: 3 })
  await expect.element(cardOf('myWork')).toMatchTextContent('2/3 the same')
})

test('a group check: one row a student, one record each that share the act of their cue; one leaves', async () => {
  const { school, hand } = await padOf(['onTask', 'engaged'])
  const group = page.getByRole('article', { name: 'Group check' })
  const press = (word: string) => group.getByRole('button', { name: word, exact: true }).click()
  await group.getByRole('button', { name: /^Start/ }).click()
  hand.clock.advance(120_000)
  await expect.element(group).toMatchTextContent('Look now: sample 1')
  const taps = countTaps()
  await press('C.D.: no')
  hand.clock.advance(1000)
  await press('A.M.: yes')
  expect(taps()).toBe(2)
  hand.clock.advance(119_000)
  await press('All yes')
  await press('C.D. leaves')
  hand.clock.advance(120_000)
  await press('A.M.: yes')
  await press('Finish')
  const [cody] = sessionsOf(hand, school.plans.onTask)
  const [amari] = sessionsOf(hand, school.plans.engaged)
  expect(cody).toMatchObject({ status: 'partial', reason: 'student_left_early' })
  expect(cody?.summary).toMatchObject({ numerator: 1, denominator: 2 })
  expect(amari?.summary).toMatchObject({ numerator: 3, denominator: 3 })
  await hand.sync()
  const marks = school.server.rows
    .map(({ envelope }) => envelope)
    .filter(({ kind }) => kind === 'sessions.mark')
  const actsOf = (student: string) =>
    marks.filter((mark) => mark.student === student).map(({ refs }) => refs['act'])
  expect(actsOf(school.students.cd)).toEqual(actsOf(school.students.am).slice(0, 2))
  for (const mark of marks) expect(Object.values(mark.refs)).not.toContain(school.students.am)
})
