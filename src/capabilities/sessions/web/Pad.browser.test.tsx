import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { page, userEvent, type Locator } from 'vitest/browser'
import { axeFindings, show } from '../../../platform/web/kit/testing.tsx'
import {
  at,
  GOALS,
  Screen,
  smallSchool,
  stage,
  type GoalName,
  type Hand,
} from '../../../platform/web/testing-day.tsx'
import { uuidv7 } from '../../../platform/core/ids.ts'
import { startDraft, tapDraft } from '../drafts.ts'
import { partitionOfProgram, programOf } from '../program.ts'
import { displayValue, sessionView } from '../rules.ts'
import type { SessionState } from '../state.ts'
import Pad from './Pad.tsx'

const WORDS: Record<string, string> = {
  '+': '+alone',
  '-': '–not yet',
  '+G': 'Ggesture',
  '+V': 'Vverbal',
  V: 'Vverbal',
  G: 'Ggesture',
  NR: 'NRno answer',
}

/** A goal's card on somebody's screen. */
function card(goal: GoalName, screen = 'screen'): Locator {
  return page.getByTestId(screen).getByRole('article').filter({ hasText: GOALS[goal].title })
}

/** A key of a card, as a finger finds it. */
function key(goal: GoalName, word: string, screen = 'screen'): Locator {
  return card(goal, screen).getByRole('button', { name: word, exact: true })
}

/** Presses keys one second apart. */
async function taps(hand: Hand, goal: GoalName, codes: string, screen = 'screen'): Promise<void> {
  for (const code of codes.split(' ')) {
    hand.clock.advance(1000)
    await key(goal, (WORDS[code] ?? code).replace(/^(NR|[+–GVM])/, ''), screen).click()
  }
}

/** Sessions of a goal as a device holds them, by start. */
function sessions(hand: Hand, program: string): SessionState[] {
  return hand.device
    .statesOf(sessionView, `program:${program}`)
    .map(({ state }) => state)
    .toSorted((a, b) => (a.started < b.started ? -1 : 1))
}
const codes = (state: SessionState | undefined) => state?.items.map((item) => item.code).join(' ')
const status = () => page.getByRole('status')

async function maya() {
  const school = smallSchool()
  const hand = await school.open('maya')
  await show(
    <Screen hand={hand}>
      <Pad />
    </Screen>,
  )
  await expect.element(card('requesting')).toBeVisible()
  return { school, hand }
}

describe('trial by trial', () => {
  test('AW-8: ten taps are ten trials, 6/10 = 60 % alone; the first one also starts the session', async () => {
    const { school, hand } = await maya()
    let clicks = 0
    const count = () => (clicks += 1)
    document.addEventListener('click', count, { capture: true })
    onTestFinished(() => document.removeEventListener('click', count, { capture: true }))
    await taps(hand, 'requesting', '+ + +G + - + + +V + NR')
    expect(clicks).toBe(10)
    await expect.element(card('requesting')).toMatchTextContent('6/10')
    await expect.element(card('requesting')).toMatchTextContent('60% alone')
    const [state] = sessions(hand, school.programs.requesting)
    expect(codes(state)).toBe('+ + +G + - + + +V + NR')
    expect(state).toMatchObject({ status: 'open', setting: 'Room 12', condition: 'intervention' })

    await card('requesting').getByRole('button', { name: 'Finish', exact: true }).click()
    await expect.element(card('requesting')).toMatchTextContent('Finished at 8:52')
    await hand.sync()
    const kinds = school.server.rows.map((row) => row.envelope.kind)
    expect(kinds.filter((kind) => kind === 'sessions.start')).toHaveLength(1)
    expect(kinds.filter((kind) => kind === 'sessions.trial')).toHaveLength(10)
    const summary = sessions(hand, school.programs.requesting)[0]?.summary
    expect(summary && displayValue(summary)).toMatchObject({ numerator: 6, denominator: 10, value: 60 })
    expect(summary?.validity).toBe('valid')
  })

  test('what was recorded is announced', async () => {
    const { hand } = await maya()
    await taps(hand, 'requesting', '+')
    await expect.element(status()).toMatchTextContent('A.M. trial 1: alone')
    await taps(hand, 'requesting', 'G')
    await expect.element(status()).toMatchTextContent('A.M. trial 2: gesture')
  })

  test('Undo takes back the last tap and frees its place; of the only tap, the session with it', async () => {
    const { school, hand } = await maya()
    await taps(hand, 'requesting', '+ -')
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect.poll(() => codes(sessions(hand, school.programs.requesting)[0])).toBe('+')
    await taps(hand, 'requesting', 'NR')
    await expect.poll(() => codes(sessions(hand, school.programs.requesting)[0])).toBe('+ NR')
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect.poll(() => sessions(hand, school.programs.requesting)).toEqual([])
    await taps(hand, 'requesting', '+')
    expect(sessions(hand, school.programs.requesting)[0]?.items[0]?.n).toBe(1)
  })

  test('two taps within 200 ms are one (domain C.3)', async () => {
    const { school, hand } = await maya()
    hand.clock.advance(1000)
    await key('requesting', 'alone').click()
    hand.clock.advance(150)
    await key('requesting', 'alone').click()
    hand.clock.advance(250)
    await key('requesting', 'gesture').click()
    expect(codes(sessions(hand, school.programs.requesting)[0])).toBe('+ +G')
  })

  test('a correction puts another result in the place, with a reason, and keeps what was there', async () => {
    const { school, hand } = await maya()
    await taps(hand, 'requesting', '+ + -')
    await card('requesting').getByRole('button', { name: 'Trial 2: alone. Correct' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'gesture' }).click()
    await expect.poll(() => codes(sessions(hand, school.programs.requesting)[0])).toBe('+ +G -')
    await expect.element(card('requesting')).toMatchTextContent('1/3')
    await hand.sync()
    const correction = school.server.rows.find((row) => row.envelope.replaces)?.envelope
    expect(correction).toMatchObject({
      kind: 'sessions.trial',
      reason: 'mis_tap',
      body: { n: 2, result: '+', level: 'G' },
    })
    expect(correction?.entered).toBeDefined()
    expect(school.server.rows.filter((row) => row.envelope.kind === 'sessions.trial')).toHaveLength(4)

    await page.getByRole('button', { name: 'Undo' }).click()
    await expect.poll(() => codes(sessions(hand, school.programs.requesting)[0])).toBe('+ + -')
  })

  test('a result is taken out with a reason in one’s own words, and comes back by Undo', async () => {
    const { school, hand } = await maya()
    await taps(hand, 'requesting', '+ -')
    await card('requesting').getByRole('button', { name: 'Trial 2: not yet. Correct' }).click()
    await page.getByText('Another reason').click()
    await page.getByLabelText('In a few words, without a name').fill('the bell rang')
    await page.getByRole('button', { name: 'Take this result out' }).click()
    await expect.poll(() => codes(sessions(hand, school.programs.requesting)[0])).toBe('+')
    await hand.sync()
    expect(school.server.rows.at(-1)?.envelope).toMatchObject({
      kind: 'sessions.void',
      reason: 'other: the bell rang',
    })
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect.poll(() => codes(sessions(hand, school.programs.requesting)[0])).toBe('+ -')
  })

  test('refused and interrupted stand under More; an interrupted trial does not count', async () => {
    const { school, hand } = await maya()
    await taps(hand, 'requesting', '+')
    for (const word of ['refused', 'interrupted']) {
      hand.clock.advance(1000)
      await card('requesting')
        .getByRole('button', { name: /^More for/ })
        .click()
      await page.getByRole('dialog').getByRole('button', { name: word }).click()
    }
    expect(codes(sessions(hand, school.programs.requesting)[0])).toBe('+ R X')
    await expect.element(card('requesting')).toMatchTextContent('1/2')
  })

  test('after the planned trials one more can be run', async () => {
    const { school, hand } = await maya()
    await taps(hand, 'requesting', '+ + + + + + + + + +')
    await card('requesting').getByRole('button', { name: 'One more trial' }).click()
    await taps(hand, 'requesting', '-')
    await expect.poll(() => sessions(hand, school.programs.requesting)[0]?.items.length).toBe(11)
    await expect
      .element(card('requesting').getByRole('button', { name: 'Finish', exact: true }))
      .toBeVisible()
  })

  test('in baseline no prompt can be tapped', async () => {
    const school = smallSchool()
    school.phase('requesting', 'baseline')
    const hand = await school.open('maya')
    await show(
      <Screen hand={hand}>
        <Pad />
      </Screen>,
    )
    await expect.element(card('requesting')).toMatchTextContent('Baseline: no prompts')
    expect(key('requesting', 'gesture').query()).toBeNull()
    await taps(hand, 'requesting', '+ - NR')
    const [state] = sessions(hand, school.programs.requesting)
    expect(state).toMatchObject({ condition: 'baseline' })
    expect(codes(state)).toBe('+ - NR')
  })

  test('a time delay has its own five outcomes (domain C.1)', async () => {
    const school = smallSchool()
    const hand = await school.open('maya', { time: '09:25' })
    await show(
      <Screen hand={hand}>
        <Pad />
      </Screen>,
    )
    for (const word of ['alone', 'gesture', 'not yet', 'not yet, after gesture', 'no answer']) {
      hand.clock.advance(1000)
      await key('switch', word).click()
    }
    const [state] = sessions(hand, school.programs.switch)
    expect(codes(state)).toBe('+ +G - -G NR')
    expect(state?.summary).toMatchObject({ numerator: 1, denominator: 5 })
  })
})

describe('task analysis', () => {
  test('AW-9: eight steps, 6/8 = 75 %', async () => {
    const { school, hand } = await maya()
    await expect.element(card('washing')).toMatchTextContent('Step 1 of 8')
    await expect.element(card('washing')).toMatchTextContent('Turns on the water')
    await taps(hand, 'washing', '+ + + V + G + +')
    await expect.element(card('washing')).toMatchTextContent('6/8')
    await expect.element(card('washing')).toMatchTextContent('75% alone')
    await card('washing').getByRole('button', { name: 'Finish', exact: true }).click()
    const [state] = sessions(hand, school.programs.washing)
    expect(state?.summary).toMatchObject({ numerator: 6, denominator: 8, validity: 'valid' })
  })

  test('a step can be gone to, and one that is not part of today leaves the denominator', async () => {
    const { school, hand } = await maya()
    await card('washing').getByRole('button', { name: 'Go to step 3' }).click()
    await expect.element(card('washing')).toMatchTextContent('Takes one pump of soap')
    await taps(hand, 'washing', '+')
    await expect.element(card('washing')).toMatchTextContent('Step 1 of 8')
    hand.clock.advance(1000)
    await card('washing')
      .getByRole('button', { name: /^More for/ })
      .click()
    await page.getByRole('dialog').getByRole('button', { name: 'not today' }).click()
    const [state] = sessions(hand, school.programs.washing)
    expect(state?.items.map(({ n, code }) => `${n} ${code}`)).toEqual(['1 N/A', '3 +'])
    expect(state?.summary).toMatchObject({ numerator: 1, denominator: 1 })
  })
})

describe('a count and its observation clock', () => {
  const more = () => card('seat').getByRole('button', { name: /\+1/ })

  test('one tap an occurrence; the rate is over the time that was watched', async () => {
    const { school, hand } = await maya()
    await card('seat').getByRole('button', { name: 'Start watching' }).click()
    hand.clock.advance(5 * 60_000)
    await more().click()
    hand.clock.advance(5 * 60_000)
    await more().click()
    hand.clock.advance(10 * 60_000)
    await expect.element(card('seat')).toMatchTextContent('watching 20:00')
    // 2 in 20 min = 0.1 a minute, the least that is shown per minute (domain C.2, C4)
    await expect.element(card('seat')).toMatchTextContent('0.1 a minute')
    await card('seat').getByRole('button', { name: 'Finish', exact: true }).click()
    const [state] = sessions(hand, school.programs.seat)
    expect(state).toMatchObject({
      observedMs: 20 * 60_000,
      summary: { numerator: 2, denominator: 1_200_000 },
    })
  })

  test('G10 watched and none seen is a real 0', async () => {
    const { school, hand } = await maya()
    await card('seat').getByRole('button', { name: 'Start watching' }).click()
    hand.clock.advance(20 * 60_000)
    await card('seat').getByRole('button', { name: 'Finish', exact: true }).click()
    expect(sessions(hand, school.programs.seat)[0]?.summary).toMatchObject({
      numerator: 0,
      validity: 'valid',
    })
  })

  test('while the clock stands still there is nothing to tap but Go on', async () => {
    const { school, hand } = await maya()
    await more().click()
    hand.clock.advance(60_000)
    await card('seat')
      .getByRole('button', { name: /^Pause/ })
      .click()
    await expect.element(card('seat')).toMatchTextContent('paused at 1:00')
    expect(more().query()).toBeNull()
    hand.clock.advance(60_000)
    await card('seat').getByRole('button', { name: 'Go on' }).click()
    hand.clock.advance(60_000)
    await more().click()
    const [state] = sessions(hand, school.programs.seat)
    expect(state?.items.map((item) => item.clock)).toEqual([0, 120_000])
  })

  test('the second of two taps within 200 ms is kept and set aside', async () => {
    const { school, hand } = await maya()
    await more().click()
    hand.clock.advance(1000)
    await more().click()
    hand.clock.advance(100)
    await more().click()
    const [state] = sessions(hand, school.programs.seat)
    expect(state?.items).toHaveLength(2)
    expect(state?.aside.map((item) => item.why)).toEqual(['double_tap'])
    await expect.element(status()).toMatchTextContent('C.D. Leaves seat: 2')
  })

  test('one occurrence is taken out of the list', async () => {
    const { school, hand } = await maya()
    for (let n = 0; n < 3; n++) {
      hand.clock.advance(60_000)
      await more().click()
    }
    await card('seat')
      .getByRole('button', { name: /^More for/ })
      .click()
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /Number 2/ })
      .click()
    await page.getByRole('button', { name: 'Take it out' }).click()
    await expect.poll(() => sessions(hand, school.programs.seat)[0]?.items.length).toBe(2)
  })
})

describe('ends', () => {
  test('not run asks why and is no zero (domain C.0 rule 9, G10)', async () => {
    const { school, hand } = await maya()
    await card('requesting')
      .getByRole('button', { name: /^More for/ })
      .click()
    await page.getByRole('button', { name: /^Not run/ }).click()
    const reasons = page.getByRole('dialog').getByRole('button')
    // the eleven reasons and the way out
    expect(reasons.elements()).toHaveLength(12)
    await page.getByRole('button', { name: 'Materials missing' }).click()
    await expect.element(card('requesting')).toMatchTextContent('Not run. Materials missing')
    const [state] = sessions(hand, school.programs.requesting)
    expect(state).toMatchObject({ status: 'not_run', reason: 'materials_missing' })
    expect(state?.summary).toMatchObject({ numerator: null, denominator: null, validity: 'not_run' })
  })

  test('an absent student’s goals are said at once, and it can be taken back', async () => {
    const { school, hand } = await maya()
    await card('requesting')
      .getByRole('button', { name: /^More for/ })
      .click()
    await page.getByRole('button', { name: /^Not run/ }).click()
    await page.getByRole('switch', { name: 'All goals of A.M. in this block' }).click()
    await page.getByRole('button', { name: 'Student absent' }).click()
    for (const goal of ['requesting', 'washing'] as const)
      await expect.poll(() => sessions(hand, school.programs[goal])[0]?.reason).toBe('student_absent')
    expect(sessions(hand, school.programs.seat)).toEqual([])

    await card('washing')
      .getByRole('button', { name: /^More for/ })
      .click()
    await page.getByRole('button', { name: /^It is run after all/ }).click()
    await expect.poll(() => sessions(hand, school.programs.washing)).toEqual([])
    await taps(hand, 'washing', '+')
    expect(codes(sessions(hand, school.programs.washing)[0])).toBe('+')
  })

  test('stopped early says what broke it off', async () => {
    const { school, hand } = await maya()
    await taps(hand, 'requesting', '+ + -')
    await card('requesting')
      .getByRole('button', { name: /^More for/ })
      .click()
    await page.getByRole('button', { name: /^Stop early/ }).click()
    await page.getByRole('button', { name: 'Behavior crisis' }).click()
    await expect.element(card('requesting')).toMatchTextContent('Stopped early at 8:52. Behavior crisis')
    expect(sessions(hand, school.programs.requesting)[0]).toMatchObject({
      status: 'partial',
      reason: 'behavior_crisis',
      summary: { numerator: 2, denominator: 3, validity: 'below_min' },
    })
  })

  test('an ended session goes on, or the goal is run again as a point of its own', async () => {
    const { school, hand } = await maya()
    await taps(hand, 'requesting', '+ -')
    const finish = async () => {
      await card('requesting')
        .getByRole('button', { name: /^More for/ })
        .click()
      await page
        .getByRole('dialog')
        .getByRole('button', { name: /^Finish/ })
        .click()
    }
    await finish()
    await card('requesting')
      .getByRole('button', { name: /^More for/ })
      .click()
    await page.getByRole('button', { name: /^Go on with it/ }).click()
    await taps(hand, 'requesting', '+')
    await expect.poll(() => codes(sessions(hand, school.programs.requesting)[0])).toBe('+ - +')
    await finish()
    await card('requesting')
      .getByRole('button', { name: /^More for/ })
      .click()
    await page.getByRole('button', { name: /^Run it again/ }).click()
    await taps(hand, 'requesting', 'NR')
    expect(sessions(hand, school.programs.requesting).map(codes)).toEqual(['+ - +', 'NR'])
  })

  test('a session of an earlier day that nobody ended is ended at its last trial', async () => {
    const { school, hand } = await maya()
    const id = school.programs.requesting
    const partition = partitionOfProgram(hand.device, id, [school.students.am])
    const program = partition === null ? null : programOf(hand.device.records(partition), '2026-11-02')
    if (!program) throw new Error('no plan')
    hand.clock.wall -= 86_400_000
    const ref = { session: uuidv7(hand.clock.now()), program: id, student: program.student }
    hand.device.capture(startDraft(program, ref.session, { setting: 'Room 12', tags: [] }))
    hand.clock.wall += 60_000
    const { record } = hand.device.capture(tapDraft(ref, { noun: 'trial', n: 1, result: '+' }))
    hand.clock.wall += 86_340_000
    await expect.element(card('requesting')).toMatchTextContent('Your session of Nov 2 was never finished.')
    await card('requesting').getByRole('button', { name: 'Finish it' }).click()
    const [monday] = sessions(hand, id)
    expect(monday).toMatchObject({ status: 'partial', ended: record.at, day: '2026-11-02' })
    await taps(hand, 'requesting', '-')
    expect(sessions(hand, id).map(codes)).toEqual(['+', '-'])
  })

  test('a block that is over ends what still runs where it ended, and leads to the one that runs', async () => {
    const { school, hand } = await maya()
    await card('seat').getByRole('button', { name: 'Start watching' }).click()
    const block = hand.me.boards[0]?.blocks[0]
    hand.clock.advance(at('09:40') - hand.clock.now())
    await page.getByRole('button', { name: 'Finish what runs' }).click()
    const [state] = sessions(hand, school.programs.seat)
    expect(state).toMatchObject({ status: 'complete', ended: block?.end, observedMs: 28 * 60_000 })
    await expect.element(page.getByText('This block is over. Now: Independent work')).toBeVisible()
    await expect.element(page.getByRole('link', { name: 'Go there' })).toBeVisible()
  })
})

describe('the device', () => {
  test('F1 a session goes on after a reload and after a killed browser', async () => {
    const school = smallSchool()
    const hand = await school.open('maya')
    const place = stage(
      <Screen hand={hand}>
        <Pad />
      </Screen>,
    )
    await show(<place.Stage />)
    await taps(hand, 'requesting', '+ - +G')
    place.put(null)
    await expect.poll(() => page.getByRole('article').elements()).toEqual([])
    const reborn = await hand.restart()
    place.put(
      <Screen hand={reborn}>
        <Pad />
      </Screen>,
    )
    await expect.element(card('requesting')).toMatchTextContent('1/3')
    await taps(reborn, 'requesting', '+')
    const all = sessions(reborn, school.programs.requesting)
    expect(all.map(codes)).toEqual(['+ - +G +'])
  })

  test('an act is kept on the device, then with the team; offline it stays kept', async () => {
    const { school, hand } = await maya()
    school.offline = true
    await taps(hand, 'requesting', '+ -')
    await expect.element(card('requesting')).toMatchTextContent('3 kept here')
    await hand.sync()
    await expect.element(card('requesting')).toMatchTextContent('3 kept here')
    school.offline = false
    await hand.sync()
    await expect.element(card('requesting')).toMatchTextContent('with the team')
    expect(
      school.server.rows.filter(
        (row) =>
          row.envelope.refs['program'] === school.programs.requesting &&
          row.envelope.kind !== 'sessions.program',
      ),
    ).toHaveLength(3)
  })

  test('F21 what the server refuses says that it needs you, on the card', async () => {
    const { school, hand } = await maya()
    school.server.judge = ({ body }) => (body['n'] === 2 ? 'record.not_permitted' : null)
    await taps(hand, 'requesting', '+ -')
    await hand.sync()
    await expect.element(card('requesting')).toMatchTextContent('1 needs you')
    // what the team does not have is not shown as if it had it
    await expect.element(card('requesting')).toMatchTextContent('1/1')
    await expect
      .element(card('requesting').getByRole('link', { name: '1 needs you' }))
      .toHaveAttribute('href', '/unsent')
  })

  test('F12 no new version of the program takes over while a session runs', async () => {
    const { hand } = await maya()
    const held = async () =>
      (await navigator.locks.query()).held?.some((lock) => lock.name === 'session-running')
    expect(await held()).toBe(false)
    await taps(hand, 'requesting', '+')
    await expect.poll(held).toBe(true)
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect.poll(held).toBe(false)
  })

  test('nothing moves under the thumb from the first tap to the last trial', async () => {
    const { hand } = await maya()
    const top = () => card('seat').getByRole('button', { name: /\+1/ }).element().getBoundingClientRect().top
    const before = top()
    await taps(hand, 'requesting', '+ + +G + - + + +V + NR')
    await hand.sync()
    await expect
      .element(card('requesting').getByRole('button', { name: 'Finish', exact: true }))
      .toBeVisible()
    await expect.element(card('requesting')).toMatchTextContent('with the team')
    expect(top()).toBe(before)
  })

  test('a tap changes the card it was made on and no other', async () => {
    const { hand } = await maya()
    await taps(hand, 'requesting', '+')
    await expect.element(card('requesting')).toMatchTextContent('with the team')
    const changed: string[] = []
    const observer = new MutationObserver((list) => changed.push(...list.map((one) => one.type)))
    for (const goal of ['washing', 'seat'] as const)
      observer.observe(card(goal).element(), {
        subtree: true,
        childList: true,
        characterData: true,
        attributes: true,
      })
    await taps(hand, 'requesting', '- G NR')
    await hand.sync()
    expect(changed).toEqual([])
    observer.disconnect()
  })
})

describe('two adults', () => {
  async function both() {
    const school = smallSchool()
    const [mayas, danas] = [await school.open('maya'), await school.open('dana')]
    await show(
      <>
        <Screen hand={mayas} name="maya">
          <Pad />
        </Screen>
        <Screen hand={danas} name="dana">
          <Pad />
        </Screen>
      </>,
    )
    await expect.element(card('requesting', 'dana')).toBeVisible()
    const exchange = async () => {
      for (const hand of [mayas, danas, mayas]) await hand.sync()
    }
    return { school, mayas, danas, exchange }
  }

  test('AW-8: the case manager observes the same session, blind, and they agree on 9 of 10 trials = 90 %', async () => {
    const { mayas, danas, exchange } = await both()
    await card('requesting', 'maya')
      .getByRole('button', { name: /^More for/ })
      .click()
    await page.getByRole('button', { name: /^Begin together/ }).click()
    await exchange()
    await expect
      .element(card('requesting', 'dana'))
      .toMatchTextContent('Already being recorded by Maya Ortiz, since 8:52')
    await card('requesting', 'dana').getByRole('button', { name: 'Observe with' }).click()

    await taps(mayas, 'requesting', '+ + +G + - + + +V + NR', 'maya')
    await exchange()
    await expect.element(card('requesting', 'maya')).toMatchTextContent('Dana Reyes observes')
    await expect.element(card('requesting', 'dana')).toMatchTextContent('You observe Maya Ortiz')
    // nothing of what the other recorded
    await expect.element(card('requesting', 'dana')).not.toMatchTextContent('6/10')
    expect(
      card('requesting', 'dana')
        .getByRole('button', { name: /^Trial/ })
        .elements(),
    ).toHaveLength(0)

    await taps(danas, 'requesting', '+ + +G + - + + +V + -', 'dana')
    await card('requesting', 'dana').getByRole('button', { name: 'Finish', exact: true }).click()
    await exchange()
    await expect
      .element(card('requesting', 'dana'))
      .toMatchTextContent('Agreement shows when Maya Ortiz has finished too')
    await expect.element(card('requesting', 'maya')).not.toMatchTextContent('Agreement')

    await card('requesting', 'maya').getByRole('button', { name: 'Finish', exact: true }).click()
    await exchange()
    for (const screen of ['maya', 'dana']) {
      await expect.element(card('requesting', screen)).toMatchTextContent('Agreement 9/10 = 90%')
      const rows = card('requesting', screen).getByRole('table').getByRole('row')
      expect(rows.elements()).toHaveLength(2)
    }
    const [, row] = card('requesting', 'dana').getByRole('table').getByRole('row').elements()
    expect(row?.textContent).toBe('10NR no answer– not yet')
  })

  test('an observer who comes late numbers alike, and may go back to a trial that was seen', async () => {
    const { school, mayas, danas, exchange } = await both()
    await taps(mayas, 'requesting', '+ -', 'maya')
    await exchange()
    danas.clock.advance(10_000)
    await card('requesting', 'dana').getByRole('button', { name: 'Observe with' }).click()
    await taps(danas, 'requesting', '+', 'dana')
    await card('requesting', 'dana').getByRole('button', { name: 'Go to trial 2' }).click()
    await taps(danas, 'requesting', '-', 'dana')
    const second = sessions(danas, school.programs.requesting).find((state) => state.observer === 'ioa')
    expect(second?.items.map(({ n, code }) => `${n} ${code}`)).toEqual(['2 -', '3 +'])
  })

  test('recording too is possible, both are kept and each is told (domain C.0 rule 8)', async () => {
    const { school, mayas, danas, exchange } = await both()
    await taps(mayas, 'requesting', '+ +', 'maya')
    await exchange()
    await card('requesting', 'dana').getByRole('button', { name: 'Record it too' }).click()
    await taps(danas, 'requesting', '-', 'dana')
    await exchange()
    await expect.element(card('requesting', 'maya')).toMatchTextContent('Dana Reyes records this too')
    expect(sessions(mayas, school.programs.requesting).map(codes).toSorted()).toEqual(['+ +', '-'])
    await expect.element(card('requesting', 'maya')).toMatchTextContent('2/2')
  })
})

describe('for everyone', () => {
  test('axe finds nothing: before, while running, ended, in every sheet, light and dark', async () => {
    const { hand } = await maya()
    expect(await axeFindings()).toEqual([])
    await taps(hand, 'requesting', '+ G - NR')
    await taps(hand, 'washing', '+ +')
    await card('seat').getByRole('button', { name: /\+1/ }).click()
    for (const theme of ['light', 'dark']) {
      document.documentElement.dataset['theme'] = theme
      // colors change softly
      await vi.waitFor(async () => expect(await axeFindings()).toEqual([]))
    }
    delete document.documentElement.dataset['theme']
    const opened = [
      () => card('requesting').getByRole('button', { name: 'Requesting', exact: true }),
      () => card('requesting').getByRole('button', { name: /^More for/ }),
      () => card('seat').getByRole('button', { name: /^More for/ }),
      () => card('requesting').getByRole('button', { name: /^Trial 2/ }),
    ]
    for (const open of opened) {
      await open().click()
      await expect.element(page.getByRole('dialog')).toBeVisible()
      // the fade of the backdrop is no color of the sheet
      await vi.waitFor(async () => expect(await axeFindings()).toEqual([]))
      await userEvent.keyboard('{Escape}')
      await expect.poll(() => page.getByRole('dialog').query()).toBeNull()
    }
    await card('seat').getByRole('button', { name: 'Finish', exact: true }).click()
    expect(await axeFindings()).toEqual([])
  })

  test('by keyboard: a key held down is one tap', async () => {
    const { school, hand } = await maya()
    hand.clock.advance(1000)
    const alone = key('requesting', 'alone').element() as HTMLElement
    alone.focus()
    await userEvent.keyboard('{Enter>5/}')
    expect(codes(sessions(hand, school.programs.requesting)[0])).toBe('+')
    expect(document.activeElement).toBe(alone)
  })

  test('initials only: no student’s name and no goal text on the pad', async () => {
    await maya()
    const text = page.getByTestId('screen').element().textContent
    for (const { name } of (await smallSchool().open('maya')).me.students) expect(text).not.toContain(name)
    expect(text).not.toContain('in the words of the IEP')
  })

  test('thumbs find their targets: keys are 56 px and more on a phone', async () => {
    await page.viewport(390, 844)
    const { hand } = await maya()
    await taps(hand, 'requesting', '+')
    await card('seat').getByRole('button', { name: 'Start watching' }).click()
    const small = page
      .getByTestId('screen')
      .getByRole('button')
      .elements()
      .map((button) => ({
        name: button.textContent || button.getAttribute('aria-label'),
        box: button.getBoundingClientRect(),
      }))
    const keys = small.filter(
      ({ name }) =>
        /alone|not yet|gesture|verbal|model|no answer|\+1/.test(name ?? '') &&
        !/Correct|Trial/.test(name ?? ''),
    )
    expect(keys.length).toBeGreaterThan(8)
    for (const { name, box } of keys) expect(box.height, name ?? '').toBeGreaterThanOrEqual(56)
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(390)
    await page.viewport(414, 896)
  })
})
