/**
 * The mastery rule as one line of text (grammar of domain D.6), read and printed:
 *
 *   metric (>= | <=) number [%] FOR k (consecutive | of m) [sessions | school days]
 *   [MIN trials n] [MIN distinct staff s] [MIN distinct settings g] [MIN distinct days d] [MIN observed p %]
 *   [AT prompt <= level] [WITHIN w school days] [INCLUDING cold probe] [COUNTING subs]
 *
 * Clauses come in any order, each once; words in any case; `distinct`, `school` and `%` may be left out. What cannot
 * be read is told with its place. Pure; whether a rule can be met is checkRule's to say (mastery.ts).
 */
import { ExactNumber, type MasteryRule } from './mastery.ts'

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

/** Reads a rule. Of several problems the first is told: what follows it is anyone's guess. */
export function parseRule(text: string): { readonly rule: MasteryRule } | { readonly problem: TextProblem } {
  try {
    return { rule: read(new Words(text)) }
  } catch (error) {
    if (error instanceof Unreadable) return { problem: error.problem }
    throw error
  }
}

/** The rule as text that parseRule reads back as the same rule. */
export function printRule(rule: MasteryRule): string {
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
  ].join(' ')
}

const LEAST = { trials: 'min_trials', staff: 'min_staff', settings: 'min_settings' } as const
const OPENERS = ['MIN', 'AT', 'WITHIN', 'INCLUDING', 'COUNTING']

function read(words: Words): MasteryRule {
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
    this.#all = [...text.matchAll(/>=|<=|≥|≤|%|\d[\d./]*|[^\s<>=≥≤%]+|\S/gu)].map((match) => ({
      at: match.index,
      word: match[0],
    }))
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
    if (!expected.some((one) => this.#is(one))) return false
    this.#next += 1
    return true
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
