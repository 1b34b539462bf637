/**
 * "What changed since you last worked with this child": two versions of a plan as lines, and what was added, taken out
 * or changed between them. Codes stay codes; the screens say them in words.
 */
import type { GlanceBody, HealthBody, ProfileBody, SafetyBody } from './records.ts'

/** A line of a plan: where it stands, and what it says. */
export interface Line {
  /** `likes`, `behavior.do`, `health.seizure.call` … */
  readonly at: string
  /** Words, or a code where the place has codes. */
  readonly text: string
}

export type Change =
  | { readonly is: 'added' | 'removed'; readonly at: string; readonly text: string }
  | { readonly is: 'changed'; readonly at: string; readonly text: string; readonly before: string }

/** Places that hold one line each: another text there is a change and not something new beside something gone. */
const SINGLE = /^(say|sound|communication|supervision|release\..*|behavior\..*|health\..*)$/

/** What became of the lines, in the order of the new version; what was taken out stands last. */
export function diffOf(before: readonly Line[], after: readonly Line[]): Change[] {
  const has = (lines: readonly Line[], line: Line) =>
    lines.some(({ at, text }) => at === line.at && text === line.text)
  const placed = (lines: readonly Line[], at: string) =>
    SINGLE.test(at) ? lines.find((line) => line.at === at) : undefined
  const news = after
    .filter((line) => !has(before, line))
    .map((line): Change => {
      const old = placed(before, line.at)
      return old ? { is: 'changed', ...line, before: old.text } : { is: 'added', ...line }
    })
  const gone = before
    .filter((line) => !has(after, line) && !placed(after, line.at))
    .map((line): Change => ({ is: 'removed', ...line }))
  return [...news, ...gone]
}

export function profileLines({ say, sound, communicates, likes, equipment, people }: ProfileBody): Line[] {
  return [
    ...one('say', say),
    ...one('sound', sound?.data),
    ...many('communicates', communicates),
    ...many('likes', likes),
    ...many('equipment', equipment),
    ...many(
      'people',
      people.map(({ name, does }) => `${name}: ${does}`),
    ),
  ]
}

export function healthLines({ plans }: HealthBody): Line[] {
  return plans.flatMap((plan) =>
    (['see', 'do', 'call', 'dont', 'kit', 'valid_until'] as const).flatMap((field) =>
      one(`health.${plan.condition}.${field}`, plan[field]),
    ),
  )
}

export function glanceLines({ accommodations, behavior, help, must_do, release }: GlanceBody): Line[] {
  return [
    ...many('must_do', must_do),
    ...one('behavior.see', behavior?.see),
    ...one('behavior.do', behavior?.do),
    ...one('behavior.dont', behavior?.dont),
    ...many('accommodations', accommodations),
    ...many('help', help),
    ...one('release.to', release.to),
    ...one('release.note', release.note),
  ]
}

export function safetyLines({ supervision, exceptions, flags, communicates, lines }: SafetyBody): Line[] {
  return [
    ...one('supervision', supervision),
    ...many('exceptions', exceptions),
    ...many('flags', flags),
    ...many('lines', lines),
    ...one('communication', communicates),
  ]
}

function one(at: string, text: string | undefined): Line[] {
  return text === undefined || text === '' ? [] : [{ at, text }]
}

function many(at: string, texts: readonly string[]): Line[] {
  return texts.map((text) => ({ at, text }))
}
