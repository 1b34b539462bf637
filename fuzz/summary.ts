/** What a run of many worlds came to. */
import { Tally } from './tally.ts'
import type { Outcome } from './world.ts'

const KINDS = ['lost', 'doubled', 'changed', 'view differs', 'leaked']

export class Summary {
  worlds = 0
  captured = 0
  readonly #began = performance.now()
  readonly #acts = new Tally()
  readonly #faults = new Tally()
  readonly #answers = new Tally()
  readonly #wrong = new Tally()

  get acts(): number {
    return this.#acts.sum()
  }

  get wrong(): number {
    return this.#wrong.sum()
  }

  add(outcome: Outcome): void {
    this.worlds += 1
    this.captured += outcome.captured
    this.#acts.addAll(outcome.acts)
    this.#faults.addAll(outcome.faults)
    this.#answers.addAll(outcome.answers)
    for (const line of outcome.wrong)
      this.#wrong.add(KINDS.find((kind) => line.startsWith(kind)) ?? 'anything else')
  }

  /** How far it is. */
  line(): string {
    const seconds = (performance.now() - this.#began) / 1000
    const memory = Math.round(process.memoryUsage().rss / 1024 / 1024)
    return `${this.acts} acts, ${this.worlds} worlds, ${this.captured} records, ${this.wrong} wrong, ${Math.round(this.acts / seconds)} acts/s, ${memory} MB`
  }

  text(errors: Tally): string {
    const table = (title: string, tally: Tally) => [
      `${title} (${tally.sum()})`,
      ...tally.entries().map(([name, n]) => `  ${String(n).padStart(9)}  ${name}`),
    ]
    return [
      ...table('acts', this.#acts),
      ...table('faults', this.#faults),
      ...table('answers of the server', this.#answers),
      ...table('failures in the server', errors),
      this.line(),
      ...[...KINDS, 'anything else'].map((kind) => `${kind}: ${this.#wrong.get(kind)}`),
    ].join('\n')
  }
}
