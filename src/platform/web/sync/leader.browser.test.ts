import { afterEach, describe, expect, it } from 'vitest'
import { electByLock, type Election } from './leader.ts'
import { openTabs, type Tabs } from './tabs.ts'

const BEAT_MS = 20
let count = 0
const elections: Election[] = []
const channels: Tabs[] = []

afterEach(() => {
  for (const election of elections.splice(0)) election.stop()
  for (const tabs of channels.splice(0)) tabs.close()
})

function stand(name: string) {
  const tabs = openTabs(name)
  channels.push(tabs)
  const seen: boolean[] = []
  const elect = electByLock({ name, tabs, locks: navigator.locks, beatMs: BEAT_MS })
  const election = elect((isLeading) => seen.push(isLeading))
  elections.push(election)
  return { stop: () => election.stop(), seen, leads: () => seen.at(-1) === true }
}

const fresh = () => `handrail-test-lock-${++count}`
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

describe('election', () => {
  it('F5 one tab leads, the other waits, and takes over when the first is gone', async () => {
    const name = fresh()
    const first = stand(name)
    await expect.poll(first.leads).toBe(true)
    const second = stand(name)
    await pause(20 * BEAT_MS)
    expect(second.seen).toEqual([])
    first.stop()
    await expect.poll(second.leads).toBe(true)
    expect(first.leads()).toBe(false)
  })

  it('F6 takes the lead from a tab that holds the lock and is silent', async () => {
    const name = fresh()
    let wasRobbed = false
    const frozen = navigator.locks.request(name, () => new Promise<void>(() => {}))
    frozen.catch(() => {
      wasRobbed = true
    })
    await expect
      .poll(async () => (await navigator.locks.query()).held?.some((lock) => lock.name === name))
      .toBe(true)
    const second = stand(name)
    await expect.poll(second.leads).toBe(true)
    expect(wasRobbed).toBe(true)
  })

  it('F6 a tab that was robbed knows it, and leads again when its turn comes', async () => {
    const name = fresh()
    const first = stand(name)
    await expect.poll(first.leads).toBe(true)
    const release = Promise.withResolvers<void>()
    void navigator.locks.request(name, { steal: true }, () => release.promise)
    await expect.poll(() => first.seen).toEqual([true, false])
    release.resolve()
    await expect.poll(() => first.seen).toEqual([true, false, true])
  })

  it('stands down while it waits', async () => {
    const name = fresh()
    const first = stand(name)
    await expect.poll(first.leads).toBe(true)
    const second = stand(name)
    second.stop()
    first.stop()
    await pause(10 * BEAT_MS)
    expect(second.seen).toEqual([])
    expect((await navigator.locks.query()).held?.some((lock) => lock.name === name)).toBe(false)
  })
})
