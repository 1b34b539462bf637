import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createRunner, type Runner } from './runner.ts'
import type { CycleResult } from './sync.ts'

let started: number[]
let looked: boolean[]
let result: CycleResult
let seen: CycleResult[]
let runner: Runner
let cycle: (signal: AbortSignal) => Promise<CycleResult>

beforeEach(() => {
  vi.useFakeTimers()
  started = []
  looked = []
  seen = []
  result = 'done'
  cycle = async () => result
  runner = createRunner({
    cycle: (signal, look) => {
      started.push(performance.now())
      looked.push(look)
      return cycle(signal)
    },
    onResult: (one) => seen.push(one),
    random: () => 1,
    mono: () => performance.now(),
  })
})
afterEach(() => {
  runner.stop()
  vi.useRealTimers()
})

/** When cycles began, ms after the first, to ten: a timer of 0 takes 1. */
const beginnings = () => started.map((ms) => Math.round((ms - (started[0] ?? 0)) / 10) * 10)

describe('when to sync', () => {
  it('at once when something happened', async () => {
    runner.want()
    await vi.advanceTimersByTimeAsync(0)
    expect(started).toHaveLength(1)
  })

  it('once a second however much happens', async () => {
    for (let n = 0; n < 25; n++) {
      runner.want()
      await vi.advanceTimersByTimeAsync(100)
    }
    expect(beginnings()).toEqual([0, 1000, 2000])
  })

  it('sends a burst of taps in one go: at the first pause, or after four seconds', async () => {
    runner.want()
    await vi.advanceTimersByTimeAsync(10_000)
    started = []
    looked = []
    const began = performance.now()
    for (let n = 0; n < 40; n++) {
      runner.send()
      await vi.advanceTimersByTimeAsync(300)
    }
    await vi.advanceTimersByTimeAsync(5_000)
    // 40 taps in 12 s: the last of them 600 ms after it
    expect(started.map((ms) => Math.round((ms - began) / 100) / 10)).toEqual([4, 8.2, 12.3])
    expect(looked).toEqual([false, false, false])
  })

  it('sends a single tap after a short pause, without asking for news', async () => {
    runner.want()
    await vi.advanceTimersByTimeAsync(10_000)
    const tapped = performance.now()
    runner.send()
    await vi.advanceTimersByTimeAsync(5_000)
    expect([(started[1] ?? 0) - tapped, started.length]).toEqual([600, 2])
    expect(looked).toEqual([true, false])
  })

  it('asks for news with what is sent when there may be some, when told, after a failure and now and then', async () => {
    runner.send()
    runner.want()
    await vi.advanceTimersByTimeAsync(0)
    await runner.runNow()
    result = 'offline'
    runner.send()
    await vi.advanceTimersByTimeAsync(1_000)
    result = 'done'
    await vi.advanceTimersByTimeAsync(2_000)
    await vi.advanceTimersByTimeAsync(300_000)
    expect(looked).toEqual([true, true, false, true, true])
  })

  it('once more when something happened during a cycle', async () => {
    cycle = () => new Promise((resolve) => setTimeout(() => resolve('done'), 3000))
    runner.want()
    await vi.advanceTimersByTimeAsync(1000)
    runner.want()
    runner.want()
    await vi.advanceTimersByTimeAsync(10_000)
    expect(beginnings()).toEqual([0, 3000])
  })

  it('every five minutes when nothing happens', async () => {
    runner.want()
    await vi.advanceTimersByTimeAsync(601_000)
    expect(beginnings()).toEqual([0, 300_000, 600_000])
  })

  it('ever more rarely while it does not work, up to five minutes', async () => {
    result = 'offline'
    runner.want()
    await vi.advanceTimersByTimeAsync(700_000)
    expect(beginnings()).toEqual([0, 2, 6, 14, 30, 62, 126, 254, 510].map((s) => s * 1000))
  })

  it('F25 at once in spite of the backoff when something happens', async () => {
    result = 'offline'
    runner.want()
    await vi.advanceTimersByTimeAsync(20_000)
    started = started.slice(0, 1)
    runner.want()
    await vi.advanceTimersByTimeAsync(0)
    expect(beginnings()).toEqual([0, 20_000])
  })

  it('goes on when the device itself fails, and says that something is left', async () => {
    cycle = async () => {
      throw new Error('disk')
    }
    await runner.runNow()
    expect(seen).toEqual(['later'])
  })

  it('runs when told, after the cycle that runs', async () => {
    cycle = () => new Promise((resolve) => setTimeout(() => resolve('done'), 50))
    runner.want()
    await vi.advanceTimersByTimeAsync(10)
    const told = runner.runNow()
    await vi.advanceTimersByTimeAsync(100)
    await told
    expect(beginnings()).toEqual([0, 50])
  })

  it('stops for good, and tells the cycle that runs', async () => {
    let wasAborted = false
    cycle = (signal) =>
      new Promise((resolve) => {
        signal.addEventListener('abort', () => {
          wasAborted = true
          resolve('offline')
        })
      })
    runner.want()
    await vi.advanceTimersByTimeAsync(0)
    runner.stop()
    await vi.advanceTimersByTimeAsync(600_000)
    runner.want()
    await vi.advanceTimersByTimeAsync(600_000)
    expect([wasAborted, started.length, seen.length]).toEqual([true, 1, 0])
  })
})
