/**
 * The mastery rule as one line of text (grammar of domain D.6), read and printed:
 *
 *   metric (>= | <=) number [%] FOR k (consecutive | of m) [sessions | school days]
 *   [MIN trials n] [MIN distinct staff s] [MIN distinct settings g] [MIN distinct days d] [MIN observed p %]
 *   [AT prompt <= level] [WITHIN w school days] [INCLUDING cold probe] [COUNTING subs]
 *   [SHOWN [BY "who"] [IN "place"] [WITH "material"]] …
 *
 * Clauses come in any order, each once but SHOWN, which names one cell of domain D.7 each time; words in any case;
 * `distinct`, `school` and `%` may be left out. What is quoted is a JSON string; a person is named, or given by id or
 * role. What cannot be read is told with its place. Pure; whether a rule can be met is checkRule's to say (mastery.ts).
 */
import { ExactNumber, MOST_CELLS, type Cell, type MasteryRule } from './mastery.ts'

/** Where reading stopped, and what could have stood there. */
export interface TextProblem {
  /** Index into the text, 0-based, and how many characters it is about. */
  readonly at: number
  readonly length: number
  readonly kind: 'expected' | 'said_twice' | 'out_of_range'
  /** Words or kinds of words: `metric`, `number`, `FOR`, … Empty unless something else was expected. */
  readonly expected: readonly string[]
  /** What stands there; empty at the end. */
  readonly found: string
}

/** Id → name, where people are written by name. */
export type Names = { readonly [person: string]: string }

/** Reads a rule. Of several problems the first is told: what follows it is anyone's guess. */
export function parseRule(
  text: string,
  names: Names = {},
): { readonly rule: MasteryRule } | { readonly problem: TextProblem } {
  try {
    return { rule: read(new Words(text), names) }
  } catch (error) {
    if (error instanceof Unreadable) return { problem: error.problem }
    throw error
  }
}

/** The rule as text that parseRule reads back, with the same names, as the same rule. */
export function printRule(rule: MasteryRule, names: Names = {}): string {
  const { k, of, unit } = rule.run
  const days = unit === 'days'
  const clause = (words: string, value: number | string | undefined) =>
    value === undefined ? [] : [`${words} ${value}`]
  return [
    `${rule.metric} ${rule.cmp} ${rule.threshold}`,
    `FOR ${of === undefined ? `${k} consecutive` : `${k} of ${of}`}${days ? ' school days' : ''}`,
    ...clause('MIN trials', rule.min_trials),
    ...clause('MIN staff', rule.min_staff),
    ...clause('MIN settings', rule.min_settings),
    ...clause('MIN days', rule.min_days),
    ...clause('MIN observed', rule.min_observed),
    ...clause('AT prompt <=', rule.at_prompt),
    ...(rule.within_days === undefined ? [] : [`WITHIN ${rule.within_days} school days`]),
    ...(rule.cold_probe ? ['INCLUDING cold probe'] : []),
    ...(rule.count_subs ? ['COUNTING subs'] : []),
    ...(rule.cells ?? []).map((cell) => printCell(cell, names)),
  ].join(' ')
}

function printCell({ who, setting, material }: Cell, names: Names): string {
  const part = (word: string, value: string | undefined) =>
    value === undefined ? [] : [word, JSON.stringify(value)]
  // two people of one name are told apart by their ids
  const name = who === undefined ? undefined : names[who]
  const isPlain = name !== undefined && idOf(name, names) === who
  return [
    'SHOWN',
    ...part('BY', isPlain ? name : who),
    ...part('IN', setting),
    ...part('WITH', material),
  ].join(' ')
}

/** Whom a name stands for; itself where it names nobody, or several. */
function idOf(name: string, names: Names): string {
  const [id, ...more] = Object.keys(names).filter((one) => names[one] === name)
  return id === undefined || more.length > 0 ? name : id
}

const LEAST = { trials: 'min_trials', staff: 'min_staff', settings: 'min_settings' } as const
const OPENERS = ['MIN', 'AT', 'WITHIN', 'INCLUDING', 'COUNTING', 'SHOWN']

function read(words: Words, names: Names): MasteryRule {
  const metric = words.take('metric', (word) => (METRIC.test(word) ? word : undefined))
  const cmp = words.take('>= or <=', (word) => COMPARES[word])
  const threshold = words.take('number', (word) => ExactNumber.safeParse(word).data)
  words.skip('%')
  words.word('FOR')
  const run = readRun(words)
  const rule: MasteryRule = { metric, cmp, threshold, run, cold_probe: false, count_subs: false }
  const said = new Set<string>()
  const once = (what: string) => {
    if (said.has(what)) words.fail('said_twice')
    said.add(what)
  }
  while (!words.done()) {
    const opener = words.oneOf(OPENERS)
    if (opener === 'AT') {
      once('prompt')
      words.word('prompt')
      words.take('<=', (word) => (COMPARES[word] === '<=' ? word : undefined))
      rule.at_prompt = words.take('prompt level', (word) => (word.length <= 4 ? word : undefined))
    } else if (opener === 'WITHIN') {
      once('within')
      rule.within_days = words.number(400)
      words.skip('school')
      words.oneOf(['days', 'day'])
    } else if (opener === 'INCLUDING') {
      once('probe')
      words.word('cold')
      words.word('probe')
      rule.cold_probe = true
    } else if (opener === 'COUNTING') {
      once('subs')
      words.oneOf(['subs', 'substitutes'])
      rule.count_subs = true
    } else if (opener === 'SHOWN') {
      const cell = readCell(words, names)
      rule.cells = [...(rule.cells ?? []), cell]
      if (rule.cells.length > MOST_CELLS) words.fail('out_of_range', [`1–${MOST_CELLS}`])
    } else {
      words.skip('distinct')
      const what = words.oneOf(['trials', 'staff', 'settings', 'days', 'observed'])
      once(what)
      if (what === 'observed') {
        rule.min_observed = words.number(100)
        words.skip('%')
      } else if (what === 'days') rule.min_days = words.number(200)
      else rule[LEAST[what]] = words.number(what === 'trials' ? 500 : 20)
    }
  }
  return rule
}

/** At least one of who, where and with what. */
function readCell(words: Words, names: Names): Cell {
  const cell: Cell = {}
  const open = new Set(['BY', 'IN', 'WITH'])
  do {
    const word = words.oneOf([...open])
    open.delete(word)
    if (word === 'BY') cell.who = idOf(words.quoted(40), names)
    else if (word === 'IN') cell.setting = words.quoted(80)
    else cell.material = words.quoted(120)
  } while (words.sees([...open]))
  return cell
}

function readRun(words: Words): MasteryRule['run'] {
  const k = words.number(200)
  const shape = words.oneOf(['consecutive', 'of'])
  const of = shape === 'of' ? words.number(200) : undefined
  const school = words.skip('school')
  const unit = words.skip('sessions', 'session') && !school ? 'sessions' : words.skip('days', 'day')
  if (school && unit !== true) words.fail('expected', ['days'])
  return { k, ...(of === undefined ? {} : { of }), unit: unit === true ? 'days' : 'sessions' }
}

const METRIC = /^[a-z][a-z0-9_]{1,39}$/
const COMPARES: { readonly [word: string]: '>=' | '<=' | undefined } = {
  '>=': '>=',
  '≥': '>=',
  '<=': '<=',
  '≤': '<=',
}

function unquoted(word: string): string | undefined {
  if (!/^".*"$/su.test(word)) return undefined
  try {
    return String(JSON.parse(word))
  } catch {
    return undefined
  }
}

class Unreadable extends Error {
  readonly problem: TextProblem
  constructor(problem: TextProblem) {
    super(problem.kind)
    this.problem = problem
  }
}

/** The text word by word. Signs and numbers stand for themselves, with or without blanks around them. */
class Words {
  readonly #all: readonly { readonly at: number; readonly word: string }[]
  readonly #end: number
  #next = 0

  constructor(text: string) {
    this.#all = [...text.matchAll(/"(?:[^"\\]|\\.)*"|>=|<=|≥|≤|%|\d[\d./]*|[^\s<>=≥≤%"]+|\S/gu)].map(
      (match) => ({
        at: match.index,
        word: match[0],
      }),
    )
    this.#end = text.length
  }

  done(): boolean {
    return this.#next >= this.#all.length
  }

  /** The next word as `read` makes something of it. */
  take<T>(expected: string, read: (word: string) => T | undefined): T {
    const value = this.done() ? undefined : read(this.#word())
    if (value === undefined) this.fail('expected', [expected])
    this.#next += 1
    return value
  }

  oneOf<const T extends string>(expected: readonly T[]): T {
    const found = expected.find((one) => this.#is(one))
    if (found === undefined) this.fail('expected', expected)
    this.#next += 1
    return found
  }

  word(expected: string): void {
    this.oneOf([expected])
  }

  /** Passes over a word that may be left out. */
  skip(...expected: readonly string[]): boolean {
    if (!this.sees(expected)) return false
    this.#next += 1
    return true
  }

  /** Whether one of these stands here. */
  sees(expected: readonly string[]): boolean {
    return expected.some((one) => this.#is(one))
  }

  /** A text in quotes, of so many characters at most. */
  quoted(max: number): string {
    const value = this.take('"…"', unquoted)
    if (value !== '' && value.length <= max) return value
    this.#next -= 1
    this.fail('out_of_range', [`1–${max}`])
  }

  /** A whole number from 1 on. */
  number(max: number): number {
    const value = this.take('whole number', (word) => (/^\d{1,6}$/.test(word) ? Number(word) : undefined))
    if (value >= 1 && value <= max) return value
    this.#next -= 1
    this.fail('out_of_range', [`1–${max}`])
  }

  /** Tells of the word that stands here; of one said twice, that word. */
  fail(kind: TextProblem['kind'], expected: readonly string[] = []): never {
    const here = this.#all[kind === 'said_twice' ? this.#next - 1 : this.#next]
    const found = here?.word ?? ''
    throw new Unreadable({ at: here?.at ?? this.#end, length: found.length, kind, expected, found })
  }

  #word(): string {
    return this.#all[this.#next]?.word ?? ''
  }

  #is(expected: string): boolean {
    return this.#word().toLowerCase() === expected.toLowerCase()
  }
}
