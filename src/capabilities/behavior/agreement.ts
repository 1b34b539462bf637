/**
 * Whether two people who watched the same independently recorded the same (domain C14, C15, D.8): code by code, and
 * cell by cell. The formula and the rule when a percentage is shown are those of sessions/ioa.
 */
import { itemByItem } from '../sessions/ioa/items.ts'
import type { Score } from '../sessions/ioa/score.ts'
import { pairNearest } from '../sessions/nearest.ts'
import { cellsOf } from './grid.ts'
import type { AbcEntry, BehaviorLog } from './rules.ts'
import { isAbc } from './tables.ts'

/** Two records are of one event when they were made within so long of each other, ms. */
const SAME_EVENT_MS = 120_000

/**
 * Codes that both gave ÷ codes that either gave, over antecedents, behavior and consequences. Events are paired by
 * time, nearest first; the codes of an event that only one of them recorded are disagreements. Null without codes.
 */
export function codeByCode(primary: BehaviorLog, second: BehaviorLog): Score | null {
  const [a, b] = [primary.entries.filter(isAbc), second.entries.filter(isAbc)]
  const pairs = pairNearest(a, b, (entry) => Date.parse(entry.at), SAME_EVENT_MS)
  const taken = new Set(pairs.flat())
  const alone = [...a, ...b].filter((entry) => !taken.has(entry)).flatMap(codesOf)
  const said: (readonly [boolean, boolean])[] = pairs.flatMap(([x, y]) => {
    const [one, other] = [codesOf(x), codesOf(y)]
    return [...new Set([...one, ...other])].map((code) => [one.includes(code), other.includes(code)] as const)
  })
  said.push(...alone.map(() => [true, false] as const))
  return itemByItem(
    said.map(([one]) => one || null),
    said.map(([, other]) => other || null),
  )
}

/** Cells that both observed and coded alike ÷ cells that both observed. Null without one. */
export function cellByCell(primary: BehaviorLog, second: BehaviorLog): Score | null {
  const [a, b] = [cellsOf(primary), cellsOf(second)]
  const both = [...a.keys()].filter((place) => b.has(place))
  const coded = (cells: ReturnType<typeof cellsOf>) => both.map((place) => cells.get(place) ?? null)
  return itemByItem(coded(a), coded(b))
}

function codesOf({ antecedents, behavior, consequences }: AbcEntry): string[] {
  return [
    ...new Set([
      ...antecedents.map((code) => `a ${code}`),
      `b ${behavior}`,
      ...consequences.map((code) => `c ${code}`),
    ]),
  ]
}
