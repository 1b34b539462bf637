/**
 * Names and dice of the demo school. Everything in src/demo is a pure function of a seed: ids come from names,
 * chance from a seeded generator, time from a fixed calendar. No clock, no Math.random, and only integer and
 * basic floating-point arithmetic, so that every machine makes the same bytes.
 */
import { sha256Hex } from '../platform/core/canonical.ts'
import type { Uuid } from '../platform/core/ids.ts'

/** The id of a named thing of the demo school: a version-8 UUID (RFC 9562, "custom") from the SHA-256 of its name. */
export function nameId(sort: string, name: string): Uuid {
  const hex = sha256Hex(`cedar-bend/${sort}/${name}`)
  const variant = ((parseInt(hex.slice(16, 17), 16) & 0x3) | 0x8).toString(16)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

export interface Random {
  /** In [0, 1). */
  next(): number
  /** A whole number from `low` to `high`, both included. */
  int(low: number, high: number): number
  chance(probability: number): boolean
  /** One of the options, each with its weight (> 0). */
  weighted<T>(options: readonly (readonly [T, number])[]): T
  /** Mean 0, standard deviation 1, never beyond ±3.5: a sum of uniforms, so that no Math function is asked. */
  spread(): number
  /** Fills and returns the bytes. */
  bytes(into: Uint8Array): Uint8Array
}

/**
 * A generator that always gives the same numbers for the same key.
 * Algorithm: sfc32 of Chris Doty-Humphrey's PractRand (public domain), seeded with 96 bits of SHA-256.
 */
export function seeded(key: string): Random {
  const hex = sha256Hex(key)
  let a = parseInt(hex.slice(0, 8), 16) | 0
  let b = parseInt(hex.slice(8, 16), 16) | 0
  let c = parseInt(hex.slice(16, 24), 16) | 0
  let counter = 1

  function word(): number {
    const out = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (c << 21) | (c >>> 11)
    c = (c + out) | 0
    return out >>> 0
  }
  for (let i = 0; i < 12; i++) word()

  const next = () => word() / 2 ** 32
  return {
    next,
    int: (low, high) => low + Math.floor(next() * (high - low + 1)),
    chance: (probability) => next() < probability,
    weighted(options) {
      let left = next() * options.reduce((sum, [, weight]) => sum + weight, 0)
      for (const [option, weight] of options) if ((left -= weight) < 0) return option
      const last = options.at(-1)
      if (!last) throw new RangeError('nothing to choose from')
      return last[0]
    },
    // Irwin–Hall with n = 4: variance 4/12, so the sum is scaled by the square root of 3.
    spread: () => (next() + next() + next() + next() - 2) * 1.7320508075688772,
    bytes(into) {
      for (let i = 0; i < into.length; i++) into[i] = word() & 0xff
      return into
    },
  }
}
