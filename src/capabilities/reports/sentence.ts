/**
 * The one factual sentence of a goal, drafted from its data, and what may not stand in a report instead of facts
 * (domain D.11: vague text without a number is blocked). English and Spanish. Pure.
 */
import type { GoalFacts } from './goal-report.ts'
import { dayIn, numberIn, valueIn } from './language.ts'
import type { Language, Rating } from './records.ts'

/** "18 of the last 30 trials were independent: median 60% over the last 3 valid sessions, 40% at baseline, goal 80%." */
export function draftSentence(facts: GoalFacts, lang: Language): string {
  const say = SAY[lang]
  const [unit, metric] = [facts.graph?.unit, facts.graph?.metric]
  if (!unit || !metric || facts.last.length === 0) return say.nothing(facts.sessions.held)
  const value = (one: number) => valueIn(lang, one, unit)
  const pooled = pooledOf(facts)
  const ran = pooled && say.counted[metric]?.(numberIn(lang, pooled[0]), numberIn(lang, pooled[1]))
  const tail = [
    facts.baseline === null ? say.noBaseline : say.baseline(value(facts.baseline)),
    ...(facts.target === null ? [] : [say.goal(value(facts.target), facts.direction)]),
  ]
  const now =
    facts.current === null
      ? say.tooFew(facts.last.length)
      : say.median(value(facts.current), facts.last.length)
  const until = facts.last.at(-1)?.day
  const since = facts.last[0]?.day
  const when = since && until ? say.span(dayIn(lang, since, SHORT), dayIn(lang, until, SHORT)) : ''
  // answers have no middle
  const first = unit === 'yes_no' && ran ? ran : ran ? `${ran}: ${now}` : capital(now)
  return `${[`${first}${when}`, ...tail].join(', ')}.`
}

/** Why a goal cannot be made final as it stands. */
export type Block = 'sentence_missing' | 'no_number' | 'vague' | 'rating_missing' | 'change_missing'

export function blocksOf(goal: {
  readonly sentence: string
  readonly rating: Rating | null
  readonly change: string
}): Block[] {
  const sentence = goal.sentence.trim()
  const blocks: Block[] = []
  if (sentence === '') blocks.push('sentence_missing')
  else if (isVague(sentence)) blocks.push('vague')
  else if (goal.rating !== 'not_introduced' && !/\d/.test(sentence)) blocks.push('no_number')
  if (goal.rating === null) blocks.push('rating_missing')
  if (goal.rating === 'insufficient' && goal.change.trim() === '') blocks.push('change_missing')
  return blocks
}

/** Whether a sentence of the text says "making progress" or the like and no number. */
export function isVague(words: string): boolean {
  // the point of a number ends no sentence
  return words.split(/[.!?;](?!\d)/).some((part) => !/\d/.test(part) && VAGUE.some((one) => one.test(part)))
}

/** Judgements that say nothing by themselves, in both languages whatever that of the report. */
const VAGUE: readonly RegExp[] = [
  /\bmak(?:e|es|ing|ed?)\s+(?:\w+\s+){0,2}(?:progress|gains|strides|improvements?)\b/i,
  /\bmade\s+(?:\w+\s+){0,2}(?:progress|gains|strides|improvements?)\b/i,
  /\b(?:shows?|showing|shown|good|great|some|steady|nice|adequate|little|limited)\s+(?:\w+\s+)?(?:progress|improvement)\b/i,
  /\bprogress(?:es|ing|ed)\b/i,
  /\bimprov(?:es|ing|ed)\b/i,
  /\b(?:is|are|was|has been)?\s*(?:doing|going)\s+(?:very\s+|so\s+)?(?:well|better|great|fine|good)\b/i,
  /\b(?:on track|coming along|getting better|working hard|working on)\b/i,
  /\bcontinu(?:es|ing)\s+to\s+(?:work|improve|progress|grow|develop)\b/i,
  /\bprogres(?:a|ando|ó|ado|an)(?![\p{L}])/iu,
  /\b(?:hace|haciendo|hizo|ha hecho|muestra|buen|buenos|algún|cierto)\s+(?:\p{L}+\s+){0,2}(?:progresos?|avances?)(?![\p{L}])/iu,
  /\bavanza(?:ndo|n|do)?(?![\p{L}])/iu,
  /\bmejor(?:a|ando|ó|ado|an)(?![\p{L}])/iu,
  /\bva\s+(?:muy\s+)?(?:bien|mejor|mejorando)(?![\p{L}])/iu,
  /\b(?:sigue|continúa)\s+(?:trabajando|mejorando|progresando|avanzando|esforzándose)(?![\p{L}])/iu,
  /\b(?:por|en)\s+(?:el\s+)?buen\s+camino(?![\p{L}])/iu,
]

/** Numerators and denominators of the last sessions together, where both are counts of one thing. */
function pooledOf({ last }: GoalFacts): readonly [number, number] | null {
  let top = 0
  let under = 0
  for (const { numerator, denominator } of last) {
    if (numerator === null || denominator === null) return null
    top += numerator
    under += denominator
  }
  return [top, under]
}

interface Say {
  /** What the pooled pair counts; metrics whose pair is no count of things have none. */
  readonly counted: { readonly [metric: string]: (top: string, under: string) => string }
  readonly median: (value: string, n: number) => string
  readonly tooFew: (n: number) => string
  readonly span: (from: string, to: string) => string
  readonly baseline: (value: string) => string
  readonly noBaseline: string
  readonly goal: (value: string, direction: 'increase' | 'decrease') => string
  readonly nothing: (held: number) => string
}

const SHORT = { month: 'short', day: 'numeric' } as const

const SAY: Readonly<Record<Language, Say>> = {
  en: {
    counted: {
      pct_independent: (top, under) => `${top} of the last ${under} trials were independent`,
      pct_opportunities: (top, under) => `${top} of the last ${under} opportunities were independent`,
      pct_steps_independent: (top, under) => `${top} of the last ${under} steps were independent`,
      pct_intervals: (top, under) => `${top} of the last ${under} intervals were scored`,
      pct_correct: (top, under) => `${top} of the last ${under} items were correct`,
      pct_yes: (top, under) => `${top} of the last ${under} checklist items were yes`,
      pct_self_yes: (top, under) => `${top} of the last ${under} marks by the student were yes`,
      pct_self_match: (top, under) => `${top} of the last ${under} marks matched those of the adult`,
      probe: (top, under) => `${top} of the last ${under} first trials of the day were yes`,
    },
    median: (value, n) => `median ${value} over the last ${n} valid sessions`,
    tooFew: (n) => `${n === 1 ? '1 valid session' : `${n} valid sessions`}, and a median needs 3`,
    span: (from, to) => (from === to ? ` (${from})` : ` (${from} to ${to})`),
    baseline: (value) => `${value} at baseline`,
    noBaseline: 'no baseline of 3 valid sessions',
    goal: (value, direction) => (direction === 'increase' ? `goal ${value}` : `goal ${value} or less`),
    nothing: (held) => `0 valid sessions so far; ${held} recorded in this period`,
  },
  es: {
    counted: {
      pct_independent: (top, under) => `${top} de los últimos ${under} ensayos fueron independientes`,
      pct_opportunities: (top, under) => `${top} de las últimas ${under} oportunidades fueron independientes`,
      pct_steps_independent: (top, under) => `${top} de los últimos ${under} pasos fueron independientes`,
      pct_intervals: (top, under) => `${top} de los últimos ${under} intervalos quedaron marcados`,
      pct_correct: (top, under) => `${top} de las últimas ${under} respuestas fueron correctas`,
      pct_yes: (top, under) => `${top} de los últimos ${under} puntos de la lista fueron «sí»`,
      pct_self_yes: (top, under) => `${top} de las últimas ${under} marcas del estudiante fueron «sí»`,
      pct_self_match: (top, under) => `${top} de las últimas ${under} marcas coincidieron con las del adulto`,
      probe: (top, under) => `${top} de los últimos ${under} primeros ensayos del día fueron «sí»`,
    },
    median: (value, n) => `mediana de ${value} en las últimas ${n} sesiones válidas`,
    tooFew: (n) =>
      `${n === 1 ? '1 sesión válida' : `${n} sesiones válidas`}, y para una mediana hacen falta 3`,
    span: (from, to) => (from === to ? ` (${from})` : ` (del ${from} al ${to})`),
    baseline: (value) => `${value} en la línea base`,
    noBaseline: 'sin línea base de 3 sesiones válidas',
    goal: (value, direction) => (direction === 'increase' ? `meta ${value}` : `meta ${value} o menos`),
    nothing: (held) => `0 sesiones válidas hasta ahora; ${held} registradas en este período`,
  },
}

const capital = (words: string): string => words.charAt(0).toLocaleUpperCase() + words.slice(1)
