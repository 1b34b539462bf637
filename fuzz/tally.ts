/** Counts by name: faults, acts, what was found. */
export class Tally {
  readonly #counts = new Map<string, number>()

  add(name: string, n = 1): void {
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + n)
  }

  get(name: string): number {
    return this.#counts.get(name) ?? 0
  }

  sum(): number {
    return [...this.#counts.values()].reduce((sum, n) => sum + n, 0)
  }

  addAll(other: Tally): void {
    for (const [name, n] of other.#counts) this.add(name, n)
  }

  /** By name. */
  entries(): (readonly [string, number])[] {
    return [...this.#counts].sort(([a], [b]) => (a < b ? -1 : 1))
  }
}
