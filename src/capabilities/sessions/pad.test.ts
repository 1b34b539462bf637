import { describe, expect, it } from 'vitest'
import { buttonsOf, isRapid, nextTrial, observedMs } from './rules.ts'
import { device, fold, RATE, STEPS, TRIALS } from './testing.ts'

describe('the next place', () => {
  it('is the first trial without a result, past the planned ones too', () => {
    const maya = device()
    maya.start({ ...TRIALS, planned: 2 })
    expect(nextTrial(fold(maya.made))).toBe(1)
    maya.trials('+ - NR')
    expect(nextTrial(fold(maya.made))).toBe(4)
  })

  it('is the place of a voided trial', () => {
    const maya = device()
    maya.start(TRIALS)
    maya.trials('+ - NR')
    maya.void(maya.made[2]!)
    expect(nextTrial(fold(maya.made))).toBe(2)
  })

  it('is the first step without a code, and none when all have one', () => {
    const maya = device()
    maya.start(STEPS)
    maya.steps('+ +')
    expect(nextTrial(fold(maya.made))).toBe(3)
    maya.steps('+ + + + + + + +')
    expect(nextTrial(fold(maya.made))).toBeNull()
  })

  it('does not exist for counts', () => {
    const maya = device()
    maya.start(RATE)
    expect(nextTrial(fold(maya.made))).toBeNull()
  })
})

describe('a rapid tap', () => {
  it.each([
    [null, 1000, RATE, false],
    [1000, 1199, RATE, true],
    [1000, 1200, RATE, false],
    [1000, 1010, { ...RATE, rapid_tap: true }, false],
    [1000, 1010, TRIALS, true],
    [1000, 1010, STEPS, true],
    // The wall clock was set back by 100 ms between two taps.
    [1000, 900, RATE, true],
  ] as const)('after %s at %s', (previous, at, measure, rapid) => {
    expect(isRapid(previous, at, measure)).toBe(rapid)
  })
})

describe('buttons', () => {
  const codes = (buttons: readonly { code: string }[]) => buttons.map((button) => button.code).join(' ')

  it("follow the program's own ladder", () => {
    expect(codes(buttonsOf(TRIALS))).toBe('+ +G +V +M +PP - NR R X')
    const reversed = { ...TRIALS.prompts, levels: TRIALS.prompts.levels.toReversed() }
    expect(codes(buttonsOf({ ...TRIALS, prompts: reversed }))).toBe('+ +PP +M +V +G - NR R X')
  })

  it('say what a tap records, and in which words', () => {
    expect(buttonsOf(TRIALS).slice(0, 2)).toEqual([
      { code: '+', result: '+', label: 'independent' },
      { code: '+G', result: '+', level: 'G', label: 'prompted', levelLabel: 'Gesture' },
    ])
  })

  it('tell prompted errors apart where the prompt comes before the answer', () => {
    const levels = [{ code: 'M', label: 'Model' }]
    const delay = { ...TRIALS, prompts: { direction: 'time_delay' as const, wait_s: 4, levels } }
    expect(codes(buttonsOf(delay))).toBe('+ +M - -M NR R X')
    const fading = { ...TRIALS, prompts: { direction: 'most_to_least' as const, wait_s: 4, levels } }
    expect(codes(buttonsOf(fading))).toBe('+ +M - -M NR R X')
    const guided = { ...TRIALS, prompts: { direction: 'graduated' as const, wait_s: 0, levels } }
    expect(codes(buttonsOf(guided))).toBe('+ +M - NR R X')
  })

  it('of a step know the adult only where the chain is taught in parts', () => {
    expect(codes(buttonsOf(STEPS))).toBe('+ +G +V +M +PP - NR R N/A')
    expect(codes(buttonsOf({ ...STEPS, chaining: 'backward', current_step: 8 }))).toBe(
      '+ +G +V +M +PP - NR R A N/A',
    )
  })

  it('are none for a count', () => {
    expect(buttonsOf(RATE)).toEqual([])
  })
})

describe('the running clock', () => {
  const running = {
    observedMs: 60_000,
    runningSince: '2026-11-03T15:00:00.000Z',
    runningMono: { boot: 'a', ms: 5000 },
  }
  const at = (seconds: number) => Date.parse(running.runningSince) + seconds * 1000

  it('adds the span that goes on', () => {
    expect(observedMs(running, at(30))).toBe(90_000)
  })

  it('F16 goes on by the counter when the wall clock is set back', () => {
    expect(observedMs(running, at(-600), { boot: 'a', ms: 35_000 })).toBe(90_000)
    expect(observedMs(running, at(-600), { boot: 'b', ms: 35_000 })).toBe(60_000)
    expect(observedMs({ ...running, runningMono: null }, at(-600), { boot: 'a', ms: 35_000 })).toBe(60_000)
  })

  it('stands still when nothing runs', () => {
    expect(observedMs({ ...running, runningSince: null }, at(600))).toBe(60_000)
  })
})
