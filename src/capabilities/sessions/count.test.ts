/** Counts and rates: the observation clock, what a tap is, and clocks that lie (domain C.2, C.3; C3 and C4). */
import { describe, expect, it } from 'vitest'
import { displayValue, observedMs } from './rules.ts'
import { device, fold, RATE } from './testing.ts'

const COUNT = { ...RATE, value: 'count' as const }
const MINUTE = 60_000

describe('the value', () => {
  it('rate: 9 requests in 30 minutes are 0.3 a minute', () => {
    const kim = device()
    kim.start(RATE)
    kim.tapsAt(60, 200, 400, 600, 800, 1000, 1200, 1400, 1600).wait(200_000).end()
    const state = fold(kim.made)
    expect(state.summary).toEqual({
      metric: 'rate',
      numerator: 9,
      denominator: 30 * MINUTE,
      opportunities: 30 * MINUTE,
      validity: 'valid',
    })
    expect(displayValue(state.summary)).toMatchObject({ value: 0.3, unit: 'per_minute' })
  })

  it('count: occurrences by themselves, with the observed time beside them', () => {
    const maya = device()
    maya.start(COUNT)
    maya.tapsAt(60, 120, 180).wait(420_000).end()
    expect(fold(maya.made).summary).toEqual({
      metric: 'count',
      numerator: 3,
      denominator: 1,
      opportunities: 10 * MINUTE,
      validity: 'valid',
    })
  })

  it('G10 nothing happened in ten observed minutes: a real 0', () => {
    for (const measure of [RATE, COUNT]) {
      const maya = device()
      maya.start(measure)
      maya.wait(10 * MINUTE).end()
      expect(fold(maya.made).summary).toMatchObject({ numerator: 0, validity: 'valid' })
    }
  })

  it('G10 nothing was observed: no value', () => {
    for (const measure of [RATE, COUNT]) {
      const maya = device()
      maya.start(measure)
      maya.end()
      expect(fold(maya.made).summary).toMatchObject({
        numerator: null,
        denominator: null,
        validity: 'no_opportunity',
      })
    }
  })

  it('G10 not run: no value, with the reason', () => {
    const maya = device()
    maya.start(RATE)
    maya.wait(MINUTE).end('not_run', 'student_left_early')
    const state = fold(maya.made)
    expect(state.reason).toBe('student_left_early')
    expect(state.summary).toMatchObject({ numerator: null, denominator: null, validity: 'not_run' })
  })

  it('observed for less than the minimum: below minimum', () => {
    const maya = device()
    maya.start(RATE)
    maya
      .tapsAt(30)
      .wait(4 * MINUTE + 29_999)
      .end()
    expect(fold(maya.made).summary).toMatchObject({ denominator: 299_999, validity: 'below_min' })
  })

  it('interrupted: valid from the minimum on, else below minimum', () => {
    for (const [minutes, validity] of [
      [5, 'valid'],
      [4, 'below_min'],
    ] as const) {
      const maya = device()
      maya.start(RATE)
      maya.wait(minutes * MINUTE).end('partial', 'schedule_event')
      expect(fold(maya.made)).toMatchObject({ flags: ['interrupted'], summary: { validity } })
    }
  })
})

describe('the observation clock', () => {
  it('stands still between pause and resume', () => {
    const maya = device()
    maya.start(RATE)
    maya.wait(3 * MINUTE).pause()
    maya.wait(10 * MINUTE).resume()
    maya.wait(4 * MINUTE).end()
    expect(fold(maya.made)).toMatchObject({ observedMs: 7 * MINUTE, runningSince: null, runningMono: null })
  })

  it('takes a second pause or resume for none', () => {
    const maya = device()
    maya.start(RATE)
    maya.wait(MINUTE).resume()
    maya.wait(MINUTE).pause()
    maya.wait(MINUTE).pause()
    maya.wait(MINUTE).end()
    expect(fold(maya.made).observedMs).toBe(2 * MINUTE)
  })

  it('does not count what happened while it stood still, and shows it', () => {
    const maya = device()
    maya.start(RATE)
    maya.wait(5 * MINUTE).tap()
    maya.pause()
    const paused = maya.wait(1000).tap()
    maya.wait(1000).resume()
    maya.end()
    const late = maya.wait(1000).tap()
    const state = fold(maya.made)
    expect(state.summary.numerator).toBe(1)
    expect(state.aside).toEqual([
      expect.objectContaining({ id: paused.id, why: 'outside_clock' }),
      expect.objectContaining({ id: late.id, why: 'after_end' }),
    ])
    expect(state.flags).toEqual(['after_end', 'outside_clock'])
  })

  it('says where each occurrence fell, pauses removed', () => {
    const maya = device()
    maya.start(RATE)
    maya.tapsAt(10, 70).wait(20_000).pause()
    maya.wait(5 * MINUTE).resume()
    maya.tapsAt(5).end()
    expect(fold(maya.made).items.map((item) => [item.n, item.clock])).toEqual([
      [1, 10_000],
      [2, 70_000],
      [3, 95_000],
    ])
  })

  it('an open session is worth what its records prove', () => {
    const maya = device()
    maya.start(RATE)
    maya.tapsAt(60, 240)
    const state = fold(maya.made)
    expect(state).toMatchObject({
      status: 'open',
      observedMs: 0,
      runningSince: '2026-11-03T14:52:00.000Z',
      runningMono: { boot: 'tablet-1', ms: 1000 },
    })
    expect(state.summary).toMatchObject({ numerator: 2, denominator: 4 * MINUTE, validity: 'partial' })
    maya.wait(MINUTE)
    expect(observedMs(state, maya.now(), maya.counter())).toBe(5 * MINUTE)
  })

  it('a correction of the end with another time moves the end, and the taps after it', () => {
    const maya = device()
    maya.start(RATE)
    maya.tapsAt(60, 400).wait(200_000)
    const end = maya.end()
    maya.wait(MINUTE)
    const at = '2026-11-03T14:57:00.000Z'
    maya.end('complete', undefined, {
      replaces: end.id,
      reason: 'wrong_time',
      at,
      entered: new Date(maya.now()).toISOString(),
    })
    const state = fold(maya.made)
    expect(state).toMatchObject({ ended: at, observedMs: 5 * MINUTE, flags: ['after_end'] })
    expect(state.summary).toMatchObject({ numerator: 1, denominator: 5 * MINUTE })
  })

  it('an occurrence typed in later takes its place in time', () => {
    const maya = device()
    maya.start(RATE)
    maya.tapsAt(60, 300).wait(MINUTE).end()
    maya.wait(MINUTE)
    const entered = new Date(maya.now()).toISOString()
    const forgotten = maya.tap({ at: '2026-11-03T14:54:00.000Z', entered })
    const state = fold(maya.made)
    expect(state.items.map((item) => item.clock)).toEqual([60_000, 120_000, 300_000])
    expect(state.items[1]?.id).toBe(forgotten.id)
    expect(state.flags).toEqual([])
  })
})

describe('two taps within 200 ms', () => {
  const taps = (rapid_tap: boolean, ...gaps: number[]) => {
    const maya = device()
    maya.start({ ...RATE, rapid_tap })
    maya.wait(1000).tap()
    for (const gap of gaps) maya.wait(gap).tap()
    maya.wait(6 * MINUTE).end()
    return { state: fold(maya.made), maya }
  }

  it('are one: the second is set aside and stays in history', () => {
    const { state, maya } = taps(false, 199)
    expect(state.summary.numerator).toBe(1)
    expect(state.aside).toEqual([expect.objectContaining({ id: maya.made[2]!.id, why: 'double_tap' })])
    expect(state.flags).toEqual(['double_tap'])
  })

  it('are two at 200 ms', () => {
    expect(taps(false, 200).state.summary.numerator).toBe(2)
  })

  it('are two when the program counts rapid taps', () => {
    expect(taps(true, 80, 80).state.summary.numerator).toBe(3)
  })

  it('are measured from the tap that counted', () => {
    expect(taps(false, 150, 150).state.summary.numerator).toBe(2)
  })

  it('are one by the device counter, whatever the wall clock did between', () => {
    const maya = device()
    maya.start(RATE)
    maya.wait(MINUTE).tap()
    maya.setClock(-3_600_000).wait(100).tap()
    expect(fold(maya.made).items).toHaveLength(1)
    maya.setClock(-3_600_000).wait(900).tap()
    expect(fold(maya.made).items).toHaveLength(2)
  })

  it('are two on either side of a restart, where no clock can tell', () => {
    const maya = device()
    maya.start(RATE)
    maya.wait(MINUTE).tap()
    maya.restart().wait(100).tap()
    expect(fold(maya.made).items).toHaveLength(2)
  })

  it('undo of the tap does not bring its bounce to life', () => {
    const maya = device()
    maya.start(RATE)
    const tap = maya.wait(MINUTE).tap()
    maya.wait(90).tap()
    maya.wait(1500).void(tap)
    maya.wait(5 * MINUTE).end()
    expect(fold(maya.made).summary.numerator).toBe(0)
  })

  it('typed in for one instant are as many as were typed', () => {
    const maya = device()
    maya.start(RATE)
    maya.wait(6 * MINUTE)
    const typed = { at: '2026-11-03T14:54:00.000Z', entered: new Date(maya.now()).toISOString() }
    maya.tap(typed)
    maya.tap(typed)
    maya.end()
    expect(fold(maya.made).summary.numerator).toBe(2)
  })
})

describe('clocks that lie', () => {
  it('F15 ten minutes of sleep are observed time by the wall, and are asked about', () => {
    const maya = device()
    maya.start(RATE)
    maya
      .wait(10 * MINUTE)
      .sleep(10 * MINUTE)
      .wait(10 * MINUTE)
      .end()
    const state = fold(maya.made)
    expect(state.observedMs).toBe(30 * MINUTE)
    expect(state.flags).toEqual(['suspended_or_clock_changed'])
  })

  it('F15 two seconds of difference are not asked about, more are', () => {
    for (const [ms, flags] of [
      [2000, []],
      [2001, ['suspended_or_clock_changed']],
    ] as const) {
      const maya = device()
      maya.start(RATE)
      maya.wait(MINUTE).sleep(ms).end()
      expect(fold(maya.made).flags).toEqual(flags)
    }
  })

  it('F16 a clock set back in the middle: the counter gives the time, the device the order', () => {
    const maya = device()
    maya.start(RATE)
    maya.tapsAt(60).setClock(-3_600_000).wait(MINUTE).tap()
    maya.wait(4 * MINUTE).end()
    const state = fold(maya.made)
    expect(state.observedMs).toBe(6 * MINUTE)
    expect(state.items.map((item) => item.clock)).toEqual([60_000, 120_000])
    expect(state.items.map((item) => item.id)).toEqual([maya.made[1]!.id, maya.made[2]!.id])
    expect(state.flags).toEqual(['clock_changed'])
  })

  it('F16 a tap under a clock that was wrong for a moment does not fall outside the observed time', () => {
    const maya = device()
    maya.start(RATE)
    maya.wait(MINUTE).setClock(3_600_000).tap()
    maya
      .setClock(-3_600_000)
      .wait(5 * MINUTE)
      .end()
    const state = fold(maya.made)
    expect(state.observedMs).toBe(6 * MINUTE)
    expect(state.items.map((item) => item.clock)).toEqual([6 * MINUTE])
  })

  it('F16 a clock set on in the middle: the wall gives the time, and it is asked about', () => {
    const maya = device()
    maya.start(RATE)
    maya
      .wait(5 * MINUTE)
      .setClock(3_600_000)
      .end()
    expect(fold(maya.made)).toMatchObject({
      observedMs: 65 * MINUTE,
      flags: ['suspended_or_clock_changed'],
    })
  })

  it.each([-2, 2])('F16 a clock that is %i days off changes no value', (days) => {
    const at = new Date(Date.parse('2026-11-03T14:52:00.000Z') + days * 86_400_000).toISOString()
    const off = device({ at })
    off.start(RATE)
    off.tapsAt(60, 120).wait(180_000).pause()
    off.wait(MINUTE).resume()
    off.wait(MINUTE).end()
    const state = fold(
      off.made.map((record) => ({ ...record, received: Date.parse('2026-11-03T15:30:00.000Z') })),
    )
    expect(state).toMatchObject({ started: at, flags: [], observedMs: 6 * MINUTE })
    expect(state.summary).toMatchObject({ numerator: 2, denominator: 6 * MINUTE, validity: 'valid' })
  })

  it('F16 a fast clock and batches that arrive out of turn do not change the order on the device', () => {
    const fast = device({ at: '2026-11-05T14:52:00.000Z' })
    fast.start(RATE)
    fast.wait(2 * MINUTE).pause()
    fast.wait(MINUTE).resume()
    fast.wait(4 * MINUTE).end()
    const batches = ['15:30:00', '15:30:03', '15:30:01', '15:30:02'].map((time) =>
      Date.parse(`2026-11-03T${time}.000Z`),
    )
    const records = fast.made.map((record, index) => ({ ...record, received: batches[index] ?? 0 }))
    expect(fold(records)).toMatchObject({ observedMs: 6 * MINUTE, status: 'complete', flags: [] })
  })

  it('counters of two runs of the app are never compared', () => {
    const maya = device()
    maya.start(RATE)
    maya
      .wait(6 * MINUTE)
      .restart()
      .wait(1000)
      .end()
    expect(fold(maya.made)).toMatchObject({ observedMs: 6 * MINUTE + 1000, flags: [] })
  })

  it('G10 time that ran backwards across a restart is nothing observed, and is asked about', () => {
    const maya = device()
    maya.start(RATE)
    maya.wait(MINUTE).setClock(-3_600_000).restart().end()
    const state = fold(maya.made)
    expect(state.observedMs).toBe(0)
    expect(state.summary).toMatchObject({ numerator: null, validity: 'no_opportunity' })
    expect(state.flags).toEqual(['suspended_or_clock_changed'])
  })

  it('F18 a session across the end of daylight saving time is as long as it was', () => {
    // 1 November 2026, Chicago: 1:50 CDT to 1:10 CST is twenty minutes.
    const maya = device({ at: '2026-11-01T06:50:00.000Z' })
    maya.start(RATE)
    maya.wait(20 * MINUTE).end()
    expect(fold(maya.made)).toMatchObject({ observedMs: 20 * MINUTE, day: '2026-11-01', flags: [] })
  })
})
