/** Words of reports on paper, in both languages. */
import type { ChartWords } from '../../progress/chart.ts'
import type { Metric, Unit } from '../../progress/graph.ts'
import type { DayStyle } from '../../progress/ticks.ts'
import { dayIn, numberIn, valueIn } from '../language.ts'
import type { FrozenGraph, Language, Rating } from '../records.ts'

export interface ReportWords {
  readonly title: string
  readonly student: string
  readonly period: string
  readonly span: (from: string, to: string) => string
  readonly final: string
  readonly finalOn: (name: string, day: string) => string
  readonly goal: string
  readonly criterion: string
  readonly baseline: string
  readonly now: string
  readonly target: string
  readonly atMost: (value: string) => string
  readonly tooLittle: string
  readonly none: string
  readonly sessions: string
  readonly counted: (held: number, valid: number, notRun: number) => string
  readonly by: string
  readonly nobody: string
  readonly rating: string
  readonly change: string
  readonly ratings: Readonly<Record<Rating, string>>
  readonly howToRead: string
  readonly addenda: string
  readonly addendumOf: (name: string, day: string) => string
  readonly graph: (axis: string, points: number, from: string, to: string) => string
  readonly printed: (name: string, when: string) => string
}

export function reportWords(lang: Language): ReportWords {
  return WORDS[lang]
}

/** Labels of a graph on paper. */
export function chartWords(lang: Language): ChartWords {
  const es = lang === 'es'
  return {
    valueAxis: (unit, metric, text) => axisWord(lang, unit, metric, text),
    sessionAxis: es ? 'Sesión' : 'Session',
    number: (value, unit) =>
      unit?.kind === 'yes_no' ? valueIn(lang, value, 'yes_no') : numberIn(lang, value),
    day: (day, style) => dayIn(lang, day, DAY_STYLES[style]),
    phase: ({ label, version }) =>
      label ?? (version === null ? '' : es ? `Versión ${version}` : `Version ${version}`),
    aim({ goal, to }, unit) {
      const value = valueIn(lang, goal, unit.kind as FrozenGraph['unit'])
      const day = dayIn(lang, to, DAY_STYLES.month_day)
      return es ? `meta ${value} para el ${day}` : `aim ${value} by ${day}`
    },
    gap: () => '',
    empty: es ? 'Sin datos' : 'No data yet',
  }
}

const DAY_STYLES: { readonly [style in DayStyle]: Intl.DateTimeFormatOptions } = {
  day: { day: 'numeric' },
  month_day: { month: 'short', day: 'numeric' },
  month: { month: 'short' },
  month_year: { month: 'short', year: 'numeric' },
  year: { year: 'numeric' },
}

function axisWord(lang: Language, unit: Unit, metric: Metric, text: string | null): string {
  const es = lang === 'es'
  if (text !== null)
    return unit.kind !== 'per_minute' ? text : es ? `${text} por minuto` : `${text} per minute`
  const [english, spanish] = METRICS[metric]
  const word = es ? spanish : english
  const times = { seconds: es ? ', segundos' : ', seconds', minutes: es ? ', minutos' : ', minutes' }
  if (unit.kind === 'seconds' || unit.kind === 'minutes') return word + times[unit.kind]
  return metric === 'rate'
    ? word +
        (unit.kind === 'per_hour' ? (es ? ' por hora' : ' per hour') : es ? ' por minuto' : ' per minute')
    : word
}

const METRICS: { readonly [metric in Metric]: readonly [english: string, spanish: string] } = {
  pct_independent: ['Percent of trials independent', 'Porcentaje de ensayos independientes'],
  pct_opportunities: ['Percent of opportunities independent', 'Porcentaje de oportunidades independientes'],
  pct_steps_independent: ['Percent of steps independent', 'Porcentaje de pasos independientes'],
  count: ['Count', 'Cantidad'],
  imported: ['Count', 'Cantidad'],
  rate: ['Times', 'Veces'],
  duration_total: ['Total time', 'Tiempo total'],
  duration_mean: ['Time per episode', 'Tiempo por episodio'],
  pct_duration: ['Percent of the time observed', 'Porcentaje del tiempo observado'],
  latency_median: ['Time until it began (median)', 'Tiempo hasta que empezó (mediana)'],
  irt_median: ['Time between responses (median)', 'Tiempo entre respuestas (mediana)'],
  irt_mean: ['Time between responses (mean)', 'Tiempo entre respuestas (promedio)'],
  pct_intervals: ['Percent of intervals', 'Porcentaje de intervalos'],
  rubric_total: ['Points', 'Puntos'],
  rubric_median: ['Level (median item)', 'Nivel (punto mediano)'],
  pct_correct: ['Percent correct', 'Porcentaje correcto'],
  correct_rate: ['Correct per minute', 'Correctos por minuto'],
  cbm_rate: ['Per minute', 'Por minuto'],
  cbm_score: ['Score', 'Puntuación'],
  probe: ['First trial of the day', 'Primer ensayo del día'],
  intensity_max: ['Highest level', 'Nivel más alto'],
  pct_yes: ['Percent yes', 'Porcentaje de «sí»'],
  pct_self_yes: ['Percent yes, by the student', 'Porcentaje de «sí», según el estudiante'],
  pct_self_match: ['Percent of marks that match', 'Porcentaje de marcas que coinciden'],
}

const WORDS: Readonly<Record<Language, ReportWords>> = {
  en: {
    title: 'Progress report',
    student: 'Student',
    period: 'Period',
    span: (from, to) => `${from} to ${to}`,
    final: 'Final',
    finalOn: (name, day) => `${day}, ${name}`,
    goal: 'Goal',
    criterion: 'Criterion in the IEP',
    baseline: 'Baseline',
    now: 'Now',
    target: 'Goal value',
    atMost: (value) => `${value} or less`,
    tooLittle: 'fewer than 3 valid sessions',
    none: 'not set',
    sessions: 'Sessions',
    counted: (held, valid, notRun) =>
      `${held} in the period, ${valid} valid${notRun > 0 ? `, ${notRun} not run` : ''}`,
    by: 'Collected by',
    nobody: 'nobody in this period',
    rating: 'Rating',
    change: 'What will change',
    ratings: {
      mastered: 'Mastered',
      sufficient: 'Sufficient progress',
      insufficient: 'Insufficient progress',
      not_introduced: 'Not introduced yet',
    },
    howToRead:
      '“Now” and “Baseline” are each the middle (median) of three valid sessions. Hollow points were recorded and do not count for decisions. The rating is the decision of the person who made this report final.',
    addenda: 'Added later',
    addendumOf: (name, day) => `${day}, ${name}`,
    graph: (axis, points, from, to) => `Graph. ${axis}: ${points} points, ${from} to ${to}`,
    printed: (name, when) => `Printed by ${name}, ${when}. Return or shred.`,
  },
  es: {
    title: 'Informe de progreso',
    student: 'Estudiante',
    period: 'Período',
    span: (from, to) => `del ${from} al ${to}`,
    final: 'Versión final',
    finalOn: (name, day) => `${day}, ${name}`,
    goal: 'Meta',
    criterion: 'Criterio del IEP',
    baseline: 'Línea base',
    now: 'Ahora',
    target: 'Valor de la meta',
    atMost: (value) => `${value} o menos`,
    tooLittle: 'menos de 3 sesiones válidas',
    none: 'sin fijar',
    sessions: 'Sesiones',
    counted: (held, valid, notRun) =>
      `${held} en el período, ${valid} válidas${notRun > 0 ? `, ${notRun} no realizadas` : ''}`,
    by: 'Quién registró',
    nobody: 'nadie en este período',
    rating: 'Valoración',
    change: 'Qué va a cambiar',
    ratings: {
      mastered: 'Dominada',
      sufficient: 'Progreso suficiente',
      insufficient: 'Progreso insuficiente',
      not_introduced: 'Todavía no se ha trabajado',
    },
    howToRead:
      '«Ahora» y «Línea base» son cada una el valor central (mediana) de tres sesiones válidas. Los puntos huecos se registraron y no cuentan para decidir. La valoración es decisión de quien dio por final este informe.',
    addenda: 'Añadido después',
    addendumOf: (name, day) => `${day}, ${name}`,
    graph: (axis, points, from, to) => `Gráfica. ${axis}: ${points} puntos, del ${from} al ${to}`,
    printed: (name, when) => `Impreso por ${name}, ${when}. Devolver o triturar.`,
  },
}
