/**
 * What an entry of a school's calendar says about a day, by its title. Only a proposal: whoever keeps the calendar sees it
 * before it is taken in. Titles as districts publish them, in English and Spanish.
 */
export interface Meaning {
  readonly kind: 'event' | 'closed'
  /** Day type, e.g. `A`. */
  readonly type: string | null
  readonly variant: string | null
}

const CLOSED =
  /\b(no school|no classes|school closed|schools closed|holiday|break(?!-)|vacation|recess week|sin clases|no hay clases|feriado|vacaciones)\b/i
const TYPE = /^\s*(?:day\s+([A-F1-9])|([A-F1-9])[\s-]day)\s*$/i
const VARIANTS: readonly (readonly [RegExp, string])[] = [
  [/\b(early (release|dismissal|out)|half[- ]day|minimum day|salida temprana)\b/i, 'early_release'],
  [/\b(late start|delayed (start|opening)|(two|2)[- ]hour delay|entrada tard[ií]a)\b/i, 'delay'],
  [/\b(state|district|benchmark) (testing|assessments?)\b|\btesting day\b/i, 'testing'],
  [/\bassembly (day|schedule)\b/i, 'assembly'],
]

/** Only whole days say something about the day; a meeting at nine does not close a school. */
export function meaningOf(title: string, wholeDay: boolean): Meaning {
  const nothing: Meaning = { kind: 'event', type: null, variant: null }
  if (!wholeDay) return nothing
  const [, after, before] = TYPE.exec(title) ?? []
  const type = (after ?? before)?.toUpperCase()
  if (type !== undefined) return { ...nothing, type }
  // "no early release" closes nothing and shortens nothing
  const variant = VARIANTS.find(([words]) => words.test(title))?.[1]
  if (variant !== undefined && !/\bno (early|late|half)/i.test(title)) return { ...nothing, variant }
  return CLOSED.test(title) ? { ...nothing, kind: 'closed' } : nothing
}
