/**
 * Canonical JSON (core/canonical.ts) at the price of a plain JSON.stringify, for what nearly every value is: objects and
 * arrays of finite numbers and ordinary texts, not deep. Of anything else it says so, and `canonical` has the last word.
 * Ingest writes each record once with it. For the server alone: a page has few records to write, and no bytes to spare.
 */

/** No kind of record nests deeper; what does could overflow the stack of whoever walks it. */
export const MAX_LEVELS = 32
const NOT_PLAIN = Symbol('not plain')

/**
 * The very text of `canonical(value)`, or undefined where that takes more care (or throws). Never throws. What has a text
 * here nests no deeper than MAX_LEVELS, and holds neither U+0000 nor half of a pair.
 */
export function plainCanonical(value: unknown): string | undefined {
  const ordered = inOrder(value, MAX_LEVELS)
  if (ordered === NOT_PLAIN) return undefined
  const text = JSON.stringify(ordered)
  // a control character, or half of a pair
  return text.includes('\\u') ? undefined : text
}

/** A copy whose names come in the order of their UTF-16 code units. */
function inOrder(value: unknown, levels: number): unknown {
  if (typeof value === 'string' || typeof value === 'boolean' || value === null) return value
  if (typeof value === 'number') return Number.isFinite(value) ? value : NOT_PLAIN
  if (typeof value !== 'object' || levels === 0) return NOT_PLAIN
  if (Array.isArray(value)) return elementsOf(value, levels)
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype) return NOT_PLAIN
  const copy: Record<string, unknown> = {}
  for (const name of inPlace(Object.keys(value))) {
    // an object puts names of digits first, and takes this one for something else
    if (DIGIT.test(name) || name === '__proto__') return NOT_PLAIN
    const inner = inOrder((value as Record<string, unknown>)[name], levels - 1)
    if (inner === NOT_PLAIN) return NOT_PLAIN
    copy[name] = inner
  }
  return copy
}
const DIGIT = /^\d/

/** By insertion, for the few names of most objects: `sort` makes four times the garbage. */
function inPlace(names: string[]): string[] {
  if (names.length > 24) return names.sort()
  for (let i = 1; i < names.length; i++) {
    const name = names[i] ?? ''
    let to = i
    for (let before = names[to - 1]; before !== undefined && before > name; before = names[to - 1])
      names[to--] = before
    names[to] = name
  }
  return names
}

function elementsOf(values: readonly unknown[], levels: number): unknown {
  const copy: unknown[] = []
  for (const value of values) {
    const inner = inOrder(value, levels - 1)
    if (inner === NOT_PLAIN) return NOT_PLAIN
    copy.push(inner)
  }
  return copy
}
