/** What two observers recorded of one act: paired by time, nearest first, each once. */

/** Pairs whose instants lie no further apart than `within`, in the unit of `timeOf`. */
export function pairNearest<T>(
  a: readonly T[],
  b: readonly T[],
  timeOf: (one: T) => number,
  within: number,
): [T, T][] {
  const candidates = a
    .flatMap((x) => b.map((y) => ({ x, y, apart: Math.abs(timeOf(x) - timeOf(y)) })))
    .filter(({ apart }) => apart <= within)
    .toSorted((one, other) => one.apart - other.apart)
  const taken = new Set<T>()
  return candidates.flatMap(({ x, y }): [T, T][] => {
    if (taken.has(x) || taken.has(y)) return []
    taken.add(x).add(y)
    return [[x, y]]
  })
}
