/**
 * Who is asked about at all. In a large school nearly everybody could take nearly everything, and almost none of it
 * matters: from the parts that nobody does, this goes to those who could do them and would leave least behind, to what
 * those leave, to who could do that, and so on. In a small school nobody is left out. Pure.
 */
import type { Uuid } from '../../platform/core/ids.ts'
import { LEVELS } from './model.ts'
import { besideOf, overlap, refusalOf, type Indexed, type Part } from './rules.ts'

/** For one part, this many who would leave least; and chains of this many steps where more than that could. */
const WIDTH = 8
const DEPTH = 2
/** With up to this many paras and substitutes nobody is left out. */
const SMALL = 13

export interface Reached {
  readonly person: Uuid
  /** Its place among the parts. */
  readonly part: number
}

/** Every pair of an adult and a part that is a choice; of the parts in question, their holder's too. */
export function reachOf(index: Indexed, parts: readonly Part[]): Reached[] {
  const able = index.day.adults.filter(({ moves, nurse }) => moves || nurse)
  const small = isSmall(index)
  const held = new Map<Uuid, number[]>()
  parts.forEach(({ holder }, n) => {
    if (holder !== null) held.set(holder, [...(held.get(holder) ?? []), n])
  })
  const ownAt = (person: Uuid, part: Part) =>
    (held.get(person) ?? []).filter((n) => overlap(parts[n] ?? part, part))
  const reached: Reached[] = []
  // whose adult needs another one beside them is in question too: that one may be needed more elsewhere
  let layer = parts.flatMap((part, n) =>
    part.holder === null || (besideOf(index, part.holder, part) ?? []).length > 0 ? [n] : [],
  )
  const seen = new Set(layer)
  for (let depth = 1; layer.length > 0; depth++) {
    const next: number[] = []
    for (const n of layer) {
      const part = parts[n]
      if (!part) continue
      if (part.holder !== null) reached.push({ person: part.holder, part: n })
      const others = able
        .filter(({ id }) => id !== part.holder)
        .filter(({ id }) => !refusalOf(index, id, part))
        .map(({ id }) => {
          const own = ownAt(id, part)
          return { id, own, loss: lossOf(own.flatMap((one) => parts[one] ?? [])) }
        })
      const asked = small
        ? others
        : depth > DEPTH
          ? others.filter(({ own }) => own.length === 0).slice(0, WIDTH)
          : others.toSorted((a, b) => a.loss - b.loss).slice(0, WIDTH)
      for (const { id, own } of asked) {
        reached.push({ person: id, part: n })
        for (const one of own)
          for (const sibling of siblings(parts, one))
            if (!seen.has(sibling)) {
              seen.add(sibling)
              next.push(sibling)
            }
      }
    }
    layer = next
  }
  return reached
}

/** So few that every plan there is can be considered. */
export function isSmall(index: Indexed): boolean {
  return index.day.adults.filter(({ moves }) => moves).length <= SMALL
}

/** The parts of the same task: one adult may take several of them. */
function siblings(parts: readonly Part[], n: number): number[] {
  const task = parts[n]?.task.id
  const found: number[] = []
  for (let i = n; parts[i]?.task.id === task; i--) found.push(i)
  for (let i = n + 1; parts[i]?.task.id === task; i++) found.push(i)
  return found
}

/** What is left behind, as a number: minutes, those of a better level before all minutes of a worse one. */
function lossOf(left: readonly Part[]): number {
  return left.reduce(
    (sum, { level, start, end }) =>
      sum + (end - start) * 1000 ** (LEVELS.length - 2 - Math.min(LEVELS.indexOf(level), LEVELS.length - 2)),
    0,
  )
}
