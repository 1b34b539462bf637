/** Dice that a seed repeats. Each tab and the world throw their own, so that one's timing moves no other's throws. */
import { seeded } from '../src/platform/web/store/testing.ts'

export interface Dice {
  /** In [0, 1). */
  readonly next: () => number
  chance(p: number): boolean
  /** 0 … n − 1. */
  below(n: number): number
  pick<T>(items: readonly T[]): T
  /** By weight. */
  weighted<T extends string>(weights: Readonly<Record<T, number>>): T
  /** Dice of one's own, named. */
  fork(name: string): Dice
}

export function diceOf(seed: number): Dice {
  const next = seeded(seed)
  const dice: Dice = {
    next,
    chance: (p) => next() < p,
    below: (n) => Math.floor(next() * n),
    pick: (items) => {
      if (items.length === 0) throw new Error('nothing to pick from')
      return items[Math.floor(next() * items.length)] as (typeof items)[number]
    },
    weighted: <T extends string>(weights: Readonly<Record<T, number>>) => {
      const entries = Object.entries(weights) as [T, number][]
      let left = next() * entries.reduce((sum, [, weight]) => sum + weight, 0)
      for (const [name, weight] of entries) if ((left -= weight) < 0) return name
      return (entries.at(-1) as [T, number])[0]
    },
    fork: (name) => {
      let hash = seed >>> 0
      for (const letter of name) hash = (Math.imul(hash, 31) + letter.charCodeAt(0)) >>> 0
      return diceOf(hash)
    },
  }
  return dice
}

/** Lets everything that is under way in this process go on for a few turns of the loop. */
export async function turns(n: number): Promise<void> {
  for (let i = 0; i < n; i++) await new Promise((resolve) => setImmediate(resolve))
}
