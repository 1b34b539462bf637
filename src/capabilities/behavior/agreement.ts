/**
 * Whether two people who watched the same independently recorded the same (domain C14, C15, D.8): code by code, and
 * cell by cell. The formula and the rule when a percentage is shown are those of sessions/ioa.
 */
import { itemByItem } from '../sessions/ioa/items.ts'
import { isWithin, NOTHING_SEEN, type Score, type Span } from '../sessions/ioa/score.ts'
import { pairNearest } from '../sessions/nearest.ts'
import { cellsOf } from './grid.ts'
import type { AbcEntry, BehaviorLog } from './rules.ts'
import { isAbc } from './tables.ts'

/** Two records are of one event when they were made within so long of each other, ms. */
const SAME_EVENT_MS = 120_000

type Entries = Pick<BehaviorLog, 'entries'>

/**
 * Codes that both gave ÷ codes that either gave, over antecedents, behavior and consequences. Events are paired by
 * time, nearest first; the codes of an event that only one of them recorded are disagreements. Of a span that the second
 * observed, what the first recorded before or after it counts only where it pairs; nothing from both is agreement on
 * non-occurrence. Null without codes, where nobody said for how long it was observed.
 */
export function codeByCode(primary: Entries, second: Entries, span?: Span): Score | null {
  const [a, b] = [primary.entries.filter(isAbc), second.entries.filter(isAbc)]
  const pairs = pairNearest(a, b, (entry) => Date.parse(entry.at), SAME_EVENT_MS)
  const taken = new Set(pairs.flat())
  const alone = [...a.filter((entry) => isWithin(entry.at, span)), ...b]
    .filter((entry) => !taken.has(entry))
    .flatMap(codesOf)
  const said: (readonly [boolean, boolean])[] = pairs.flatMap(([x, y]) => {
    const [one, other] = [codesOf(x), codesOf(y)]
    return [...new Set([...one, ...other])].map((code) => [one.includes(code), other.includes(code)] as const)
  })
  said.push(...alone.map(() => [true, false] as const))
  if (span && said.length === 0) return NOTHING_SEEN
  return itemByItem(
    said.map(([one]) => one || null),
    said.map(([, other]) => other || null),
  )
}

/**
 * Cells that both observed and coded alike ÷ cells that both observed; all of them “none” from both is agreement on
 * non-occurrence. Null without one.
 */
export function cellByCell(primary: Entries, second: Entries): Score | null {
  const [a, b] = [cellsOf(primary), cellsOf(second)]
  const both = [...a.keys()].filter((place) => b.has(place))
  const coded = (cells: ReturnType<typeof cellsOf>) => both.map((place) => cells.get(place) ?? null)
  const score = itemByItem(coded(a), coded(b))
  const isNone = [...coded(a), ...coded(b)].every((code) => code === '0')
  return score && { ...score, nonOccurrence: isNone }
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
