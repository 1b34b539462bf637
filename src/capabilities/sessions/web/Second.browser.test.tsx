/**
 * Two observers at every way of measuring that has a formula of domain D.8: neither sees what the other records until
 * both have ended, and then both read the same agreement, counted by hand. Trials: Pad.browser.test.tsx.
 */
import { describe, expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { show } from '../../../platform/web/kit/testing.tsx'
import { Screen, type Hand } from '../../../platform/web/testing-day.tsx'
import type { SessionState } from '../state.ts'
import { clockText } from './clock-text.ts'
import Pad from './Pad.tsx'
import { AGREED, cardOf, padSchool, sessionsOf, type PlanName } from './testing.tsx'

type Who = 'maya' | 'dana'

async function both(...goals: PlanName[]) {
  const { school, me } = padSchool(goals, { am: AGREED, bk: AGREED, cd: AGREED })
  const hands = { maya: await school.open('maya', { me }), dana: await school.open('dana', { me }) }
  await show(
    <>
      {(['maya', 'dana'] as const).map((who) => (
        <Screen key={who} hand={hands[who]} name={who}>
          <Pad />
        </Screen>
      ))}
    </>,
  )
  const exchange = async () => {
    for (const hand of [hands.maya, hands.dana, hands.maya]) await hand.sync()
  }
  const advance = (ms: number) => {
    for (const hand of Object.values(hands)) hand.clock.advance(ms)
  }
  return { school, hands, exchange, advance }
}
type Stage = Awaited<ReturnType<typeof both>>

const key = (goal: PlanName, who: Who, word: string | RegExp) =>
  cardOf(goal, who).getByRole('button', { name: word, ...(typeof word === 'string' && { exact: true }) })
const finish = async (goal: PlanName, who: Who) => {
  await key(goal, who, 'Finish').first().click()
}
/** A card as it reads, once it shows the time since the watching began. */
async function reads(goal: PlanName, who: Who, taps: Taps): Promise<string | null> {
  const text = () => cardOf(goal, who).element().textContent
  if (text()?.includes('watching')) await expect.poll(text).toContain(`watching ${clockText(lengthOf(taps))}`)
  const nth = Math.floor(lengthOf(taps) / 15_000) + 1
  if (text()?.includes('of 20')) await expect.poll(text).toContain(`Interval ${nth} of 20`)
  return text()
}

/** What is pressed; a number is a wait in ms (each press comes a second after what was before); what is seen first. */
type Taps = readonly (string | RegExp | number | { readonly sees: string })[]

interface Case {
  readonly goal: PlanName
  /** The first tap of whoever records; none: begun together under More. */
  readonly begin?: string | RegExp
  /** What a tap is for, of each of them: the same words at the same times, the last one apart. */
  readonly maya: Taps
  readonly dana: Taps
  /** Ends with its last tap. */
  readonly endsItself?: true
  /** What both read, and what neither reads before. */
  readonly agreement: string
}

const LAST = { sees: 'Tap the last word that was read' }
const cases: readonly Case[] = [
  {
    goal: 'greeting',
    maya: ['alone', 'gesture', 'alone', 'not yet', 'alone'],
    dana: ['alone', 'gesture', 'alone', 'not yet', 'model'],
    agreement: 'Agreement 4/5 = 80%',
  },
  {
    goal: 'writing',
    maya: ['3 Both, alone', '1 A part of a sentence', '2 Most words'],
    dana: ['3 Both, alone', '2 A sentence with help', '2 Most words'],
    agreement: 'Agreement 2/3: too few items for a percentage',
  },
  {
    goal: 'packing',
    maya: ['yes', 'no', 'not today', 'yes'],
    dana: ['yes', 'no', 'yes', 'yes'],
    agreement: 'Agreement 3/4: too few items for a percentage',
  },
  {
    goal: 'sheet',
    maya: ['Item 3', 'Item 11', 'Item 20', 'The other 17 are right'],
    dana: ['Item 3', 'Item 12', 'Item 20', 'The other 17 are right'],
    // items 11 and 12 differ
    agreement: 'Agreement 18/20 = 90%',
  },
  { goal: 'coins', maya: ['yes'], dana: ['not yet'], endsItself: true, agreement: 'Agreement 0/1' },
  {
    goal: 'screaming',
    begin: 'Start watching',
    maya: [1000, '2 Heard in the room', 20_000, '4 Heard in the hall'],
    dana: [1000, '2 Heard in the room', 20_000, '3 Work in the room stops'],
    agreement: 'Agreement 1/2: too few items for a percentage',
  },
  {
    goal: 'tray',
    maya: ['alone', 'alone', 'gesture', 'not yet', 'alone'],
    dana: ['alone', 'alone', 'gesture', 'alone', 'alone'],
    agreement: 'Agreement 4/5 = 80%',
  },
  {
    goal: 'tapping',
    begin: 'Start watching',
    // minutes with 2, 0, 1, 0, 1 and 1, 0, 1, 0, 1 taps
    maya: [/\+1/, 9000, /\+1/, 110_000, /\+1/, 120_000, /\+1/, 60_000],
    dana: [10_000, /\+1/, 110_000, /\+1/, 120_000, /\+1/, 60_000],
    agreement: 'Agreement 4/5 = 80%',
  },
  {
    goal: 'humming',
    begin: 'Start Humming',
    maya: [59_000, 'Stop Humming', 29_000, 'Start Humming', 19_000, 'Stop Humming', 60_000],
    // the first episode 48 of 60 s, the second 20 of 20 s: a mean of 0.8 and 1
    dana: ['Start Humming', 47_000, 'Stop Humming', 40_000, 'Start Humming', 19_000, 'Stop Humming', 60_000],
    agreement: 'Agreement: too few times for a percentage',
  },
  {
    goal: 'starting',
    maya: [/^Cue given/, 9000, /^Begun/, 30_000],
    dana: [/^Cue given/, 7000, /^Begun/, 32_000],
    agreement: 'Agreement: too few times for a percentage',
  },
  {
    goal: 'asking',
    begin: 'Start watching',
    maya: [/^Response/, 39_000, /^Response/, 30_000],
    dana: [/^Response/, 35_000, /^Response/, 34_000],
    agreement: 'Agreement: too few times for a percentage',
  },
  {
    goal: 'calling',
    begin: /^Start .*Calls out$/,
    maya: [3000, 'happened', 27_000, 'did not', 14_000, 'did not', 20_000],
    dana: [3000, 'happened', 27_000, 'did not', 4000, 'happened', 30_000],
    agreement: 'Agreement 2/3: too few items for a percentage',
  },
  {
    goal: 'reading',
    maya: [/^By the river/, /^Start at the first word/, 10_000, 'ran', 50_000, LAST, 'sat'],
    dana: [/^By the river/, /^Start at the first word/, 10_000, 'mill', 50_000, LAST, 'sat'],
    // words 3 and 7 of the eleven differ
    agreement: 'Agreement 9/11 = 82%',
  },
]

describe('two observers', () => {
  test.each(cases.map((one) => [one.goal, one] as const))(
    'D.8 %s: blind until both have ended, then the same agreement for both',
    async (goal, { begin, maya, dana, endsItself, agreement }) => {
      const stage = await both(goal)
      await start(stage, goal, begin)
      await join(stage, goal)
      await act(stage, goal, 'maya', maya, endsItself)
      // Dana's card at that moment, before anything of Maya's has come to her device, and after
      const blind = await reads(goal, 'dana', maya)
      await stage.exchange()
      expect(here(stage, goal, 'dana', 'primary')?.items.length).toBeGreaterThan(0)
      expect(await reads(goal, 'dana', maya)).toBe(blind)
      for (const hand of Object.values(stage.hands)) rewind(hand, maya)
      await act(stage, goal, 'dana', dana, endsItself)
      const own = await reads(goal, 'maya', dana)
      await stage.exchange()
      if (!endsItself) {
        expect(here(stage, goal, 'maya', 'ioa')?.items.length).toBeGreaterThan(0)
        expect(await reads(goal, 'maya', dana)).toBe(own)
        await finish(goal, 'dana')
        await stage.exchange()
        await expect.element(cardOf(goal, 'dana')).toMatchTextContent('when Maya Ortiz has finished too')
        await expect.element(cardOf(goal, 'maya')).not.toMatchTextContent('Agreement')
        await finish(goal, 'maya')
      }
      await stage.exchange()
      for (const who of ['maya', 'dana'] as const)
        await expect.element(cardOf(goal, who)).toMatchTextContent(agreement)
    },
    30_000,
  )
})

test('C11 finished work is scored again by another person, who sees nothing of the first scores until then', async () => {
  const stage = await both('sheet')
  const goal = 'sheet'
  await expect.element(key(goal, 'maya', 'Item 3')).toBeVisible()
  await act(stage, goal, 'maya', ['Item 3', 'Item 11', 'The other 18 are right'])
  await finish(goal, 'maya')
  await stage.exchange()
  await expect.element(cardOf(goal, 'dana')).toMatchTextContent('recorded by Maya Ortiz')
  await key(goal, 'dana', /^More for/).click()
  await page.getByRole('button', { name: /^Score it again, blind/ }).click()
  await expect.element(cardOf(goal, 'dana')).toMatchTextContent('You observe Maya Ortiz')
  expect(here(stage, goal, 'dana', 'primary')?.items).toHaveLength(20)
  expect(key(goal, 'dana', /wrong$/).elements()).toEqual([])
  await act(stage, goal, 'dana', ['Item 3', 'The other 19 are right'])
  await finish(goal, 'dana')
  await stage.exchange()
  for (const who of ['maya', 'dana'] as const)
    await expect.element(cardOf(goal, who)).toMatchTextContent('Agreement 19/20 = 95%')
})

test('C8c a group check is observed on its own cues: a row a student, blind, and each with its agreement', async () => {
  const stage = await both('onTask', 'engaged')
  const group = (who: Who) => page.getByTestId(who).getByRole('article', { name: 'Group check' })
  const press = (who: Who, name: string | RegExp) => group(who).getByRole('button', { name }).click()
  await press('maya', /^Start/)
  await stage.exchange()
  await expect.element(group('dana')).toMatchTextContent('Already being recorded by Maya Ortiz')
  stage.advance(100_000)
  await press('dana', 'Observe with')
  await stage.exchange()
  await expect.element(group('dana')).toMatchTextContent('You observe Maya Ortiz')
  await expect.element(group('maya')).toMatchTextContent('Dana Reyes observes')
  stage.advance(20_000)
  await expect.element(group('maya')).toMatchTextContent('Look now: sample 1')
  await press('maya', 'All yes')
  await stage.exchange()
  // the same cue, and nothing of what was answered
  await expect.element(group('dana')).toMatchTextContent('Look now: sample 1')
  expect(group('dana').getByRole('button', { pressed: true }).elements()).toEqual([])
  await press('dana', 'C.D.: yes')
  await press('dana', 'A.M.: no')
  expect(mine(stage, 'onTask', 'dana')?.items.map(({ n, code }) => `${n} ${code}`)).toEqual(['1 1'])
  stage.advance(60_000)
  await press('dana', 'Finish')
  await stage.exchange()
  await expect.element(group('dana')).toMatchTextContent('when Maya Ortiz has finished too')
  await press('maya', 'Finish')
  await stage.exchange()
  for (const who of ['maya', 'dana'] as const) {
    await expect.element(group(who)).toMatchTextContent('Agreement 1/1: too few items')
    await expect.element(group(who)).toMatchTextContent('Agreement 0/1: too few items')
  }
})

test('C8 whoever is watched may end first: the observer’s cues and numbers go on as they were', async () => {
  const stage = await both('onTask')
  await key('onTask', 'maya', /^Start .*On task$/).click()
  await stage.exchange()
  stage.advance(100_000)
  await join(stage, 'onTask')
  stage.advance(20_000)
  await key('onTask', 'dana', 'yes').click()
  await finish('onTask', 'maya')
  await stage.exchange()
  stage.advance(120_000)
  await expect.element(cardOf('onTask', 'dana')).toMatchTextContent('Look now: sample 2')
  await key('onTask', 'dana', 'no').click()
  expect(mine(stage, 'onTask', 'dana')?.items.map(({ n, code }) => `${n} ${code}`)).toEqual(['1 1', '2 0'])
})

/** Maya begins, so that Dana can join before anything is recorded. */
async function start(stage: Stage, goal: PlanName, begin: string | RegExp | undefined) {
  await expect.element(key(goal, 'maya', /^More for/)).toBeVisible()
  if (begin !== undefined) await key(goal, 'maya', begin).click()
  else {
    await key(goal, 'maya', /^More for/).click()
    await page.getByRole('button', { name: /^Begin together/ }).click()
  }
  await expect.poll(() => mine(stage, goal, 'maya')?.status).toBe('open')
  await stage.exchange()
}

async function join(stage: Stage, goal: PlanName) {
  await key(goal, 'dana', 'Observe with').click()
  await expect.element(cardOf(goal, 'dana')).toMatchTextContent('You observe Maya Ortiz')
  await stage.exchange()
  await expect.element(cardOf(goal, 'maya')).toMatchTextContent('Dana Reyes observes')
}

async function act(stage: Stage, goal: PlanName, who: Who, taps: Taps, endsItself = false) {
  for (const tap of taps)
    if (typeof tap === 'number') stage.advance(tap)
    else if (typeof tap === 'object' && 'sees' in tap)
      await expect.element(cardOf(goal, who)).toMatchTextContent(tap.sees)
    else {
      stage.advance(1000)
      await key(goal, who, tap).click()
    }
  if (endsItself) await expect.poll(() => mine(stage, goal, who)?.status).not.toBe('open')
}

/** The same stretch of time again, for the other observer. */
function rewind({ clock }: Hand, taps: Taps) {
  clock.advance(-lengthOf(taps))
}

function lengthOf(taps: Taps): number {
  const ms = taps.map((tap) =>
    typeof tap === 'number' ? tap : typeof tap === 'object' && 'sees' in tap ? 0 : 1000,
  )
  return ms.reduce((sum, one) => sum + one, 0)
}

/** The session of one of them, as a device has it. */
const here = ({ school, hands }: Stage, goal: PlanName, at: Who, of: SessionState['observer']) =>
  sessionsOf(hands[at], school.plans[goal]).find(({ observer }) => observer === of)
const mine = (stage: Stage, goal: PlanName, who: Who) =>
  here(stage, goal, who, who === 'maya' ? 'primary' : 'ioa')
