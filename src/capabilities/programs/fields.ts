/**
 * What an owner can choose for measuring, grouped by the question it answers, and which fields each way has with
 * their limits: the same limits as the schema of measures.ts (fields.test.ts holds them to it). The forms of the
 * builder, the differences between versions and the reading of drafts are all made from these lists.
 */
import type { Json } from '../../platform/core/canonical.ts'
import { LOGGED } from '../sessions/measures.ts'
import type { Measure, MeasureOf, System } from '../sessions/records.ts'
import { metricOf as metricOfMeasure } from '../sessions/summary.ts'

/** A measurement that is being worked on: its system, and fields that may still be missing or wrong. */
export type LooseMeasure = { readonly system: System } & { readonly [field: string]: Json }

export type Field = { readonly key: string; readonly optional?: true } & (
  | {
      /** `minutes` shows minutes and keeps seconds; min and max are in what is kept. */
      readonly kind: 'whole' | 'number' | 'minutes'
      readonly min: number
      readonly max: number
      readonly unit?: 's' | 'min' | '%'
    }
  | { readonly kind: 'choice'; readonly of: readonly string[] }
  | { readonly kind: 'yes' }
  | { readonly kind: 'text'; readonly max: number }
  | { readonly kind: 'time' | 'times' | 'date' | 'rules' | 'items' | 'numbers' }
  | { readonly kind: 'lines'; readonly least: number; readonly most: number; readonly max: number }
)

const opportunities: Field = { key: 'min_opportunities', kind: 'whole', min: 0, max: 200 }
const observed: Field = { key: 'min_observed_s', kind: 'minutes', min: 0, max: 28_800, unit: 'min' }
const cue: Field = { key: 'cue', kind: 'choice', of: ['vibration', 'sound', 'both', 'none'] }

/** Every field of a system except `system` itself and the prompt ladder, which has a section of its own. */
export const FIELDS: { readonly [S in System]: readonly Field[] } = {
  trials: [{ key: 'planned', kind: 'whole', min: 1, max: 200 }, opportunities],
  steps: [
    { key: 'steps', kind: 'lines', least: 1, most: 60, max: 120 },
    { key: 'chaining', kind: 'choice', of: ['total', 'forward', 'backward', 'backward_leap'] },
    { key: 'current_step', kind: 'whole', min: 1, max: 60, optional: true },
    { key: 'skipped', kind: 'numbers', optional: true },
    opportunities,
  ],
  count: [
    { key: 'value', kind: 'choice', of: ['count', 'rate'] },
    observed,
    { key: 'rapid_tap', kind: 'yes' },
  ],
  duration: [
    { key: 'value', kind: 'choice', of: ['total', 'mean', 'percent'] },
    { key: 'second_start', kind: 'choice', of: ['ignored', 'new_episode'] },
    observed,
  ],
  latency: [{ key: 'limit_s', kind: 'number', min: 1, max: 3600, unit: 's' }, opportunities],
  irt: [
    { key: 'value', kind: 'choice', of: ['median', 'mean'] },
    { key: 'instant', kind: 'yes' },
    opportunities,
  ],
  interval: [
    { key: 'method', kind: 'choice', of: ['partial', 'whole', 'momentary'] },
    { key: 'interval_s', kind: 'whole', min: 1, max: 3600, unit: 's' },
    { key: 'planned', kind: 'whole', min: 1, max: 2000 },
    { key: 'tolerance_s', kind: 'whole', min: 1, max: 120, unit: 's' },
    cue,
    { key: 'max_missed', kind: 'whole', min: 0, max: 100, unit: '%' },
    opportunities,
  ],
  opportunities: [opportunities],
  rubric: [
    { key: 'items', kind: 'items' },
    { key: 'value', kind: 'choice', of: ['total', 'median'] },
  ],
  product: [
    { key: 'items', kind: 'whole', min: 1, max: 200 },
    { key: 'value', kind: 'choice', of: ['percent', 'rate'] },
    opportunities,
    { key: 'photo', kind: 'yes' },
  ],
  cbm: [
    { key: 'kind', kind: 'choice', of: ['reading', 'math', 'writing', 'spelling', 'letter_sounds', 'maze'] },
    { key: 'seconds', kind: 'whole', min: 10, max: 1800, unit: 's' },
    { key: 'value', kind: 'choice', of: ['per_minute', 'per_probe'] },
    { key: 'unit', kind: 'text', max: 40 },
    { key: 'rules', kind: 'rules' },
  ],
  probe: [],
  abc: [
    { key: 'behaviors', kind: 'lines', least: 0, most: 12, max: 80 },
    { key: 'perceived_function', kind: 'yes' },
  ],
  scatterplot: [
    { key: 'from', kind: 'time' },
    { key: 'to', kind: 'time' },
    { key: 'cell_min', kind: 'whole', min: 5, max: 120, unit: 'min' },
    { key: 'many_from', kind: 'whole', min: 2, max: 100 },
  ],
  intensity: [{ key: 'anchors', kind: 'lines', least: 2, most: 5, max: 120 }, observed],
  checklist: [{ key: 'items', kind: 'lines', least: 1, most: 60, max: 120 }, opportunities],
  toileting: [
    { key: 'times', kind: 'times' },
    { key: 'tolerance_min', kind: 'whole', min: 1, max: 60, unit: 'min' },
    { key: 'second_adult', kind: 'yes' },
  ],
  feeding: [
    { key: 'plan', kind: 'text', max: 120 },
    { key: 'signed_by', kind: 'text', max: 120 },
    { key: 'valid_until', kind: 'date' },
    { key: 'texture', kind: 'text', max: 40 },
    { key: 'liquid', kind: 'text', max: 40 },
    { key: 'position', kind: 'text', max: 160 },
    { key: 'equipment', kind: 'text', max: 160 },
  ],
  self: [
    { key: 'interval_s', kind: 'whole', min: 10, max: 3600, unit: 's' },
    { key: 'planned', kind: 'whole', min: 1, max: 200 },
    cue,
    { key: 'value', kind: 'choice', of: ['yes', 'match'] },
    opportunities,
  ],
  imported: [{ key: 'unit', kind: 'text', max: 40 }],
}

/** The ladder that a program starts with (domain C.1); its order is the program's own, to be changed. */
export const LADDER: MeasureOf<'trials'>['prompts'] = {
  direction: 'least_to_most',
  wait_s: 4,
  levels: [
    { code: 'G', label: 'Gesture' },
    { code: 'V', label: 'Verbal' },
    { code: 'M', label: 'Model' },
  ],
}

type Rules = MeasureOf<'cbm'>['rules']

/**
 * Ways of scoring that are ready to be taken (domain C.2: publishers differ, so each has a name and a version).
 * Self-corrections within 3 s, repetitions, insertions and dialect are no errors in any of them.
 */
export const RULE_SETS: { readonly [K in MeasureOf<'cbm'>['kind']]: readonly Rules[] } = {
  reading: [
    {
      name: 'Skipped line: every word',
      version: 1,
      skipped_line: 'each_word',
      hesitation_s: 3,
      discontinue: 10,
    },
    {
      name: 'Skipped line: one error',
      version: 1,
      skipped_line: 'one_error',
      hesitation_s: 3,
      discontinue: 10,
    },
  ],
  math: [{ name: 'Digits correct', version: 1 }],
  writing: [
    { name: 'Correct writing sequences', version: 1 },
    { name: 'Words written', version: 1 },
  ],
  spelling: [{ name: 'Correct letter sequences', version: 1 }],
  letter_sounds: [{ name: 'Letter sounds', version: 1, hesitation_s: 3, discontinue: 10 }],
  maze: [
    { name: 'Correct choices', version: 1, wrong_choices: 'ignored' },
    { name: 'Correct minus half of wrong', version: 1, wrong_choices: 'half_off' },
  ],
}

const timed = (
  kind: MeasureOf<'cbm'>['kind'],
  unit: string,
  seconds: number,
  value: 'per_minute' | 'per_probe',
): MeasureOf<'cbm'> => ({
  system: 'cbm',
  kind,
  unit,
  value,
  seconds,
  rules: RULE_SETS[kind][0] ?? { name: kind, version: 1 },
})
const sampled = (method: MeasureOf<'interval'>['method'], interval_s: number, planned: number) => ({
  system: 'interval' as const,
  method,
  interval_s,
  planned,
  tolerance_s: 5,
  cue: 'vibration' as const,
  max_missed: 20,
  min_opportunities: 10,
})

export interface Choice {
  readonly id: string
  /** What it starts with. Lists that only the owner can write are empty. */
  readonly start: LooseMeasure
  /** The field that tells it from the other choices of its system. */
  readonly by?: string
}

export const QUESTIONS = ['often', 'long', 'soon', 'share', 'right', 'well', 'around', 'care'] as const
export type Question = (typeof QUESTIONS)[number]

const chosen = (id: string, start: Measure | LooseMeasure, by?: string): Choice => ({
  id,
  start: start as LooseMeasure,
  ...(by === undefined ? {} : { by }),
})

/** Everything that can be chosen, under the question that it answers. */
export const CHOICES: { readonly [Q in Question]: readonly Choice[] } = {
  often: [
    chosen('count', { system: 'count', value: 'count', rapid_tap: false, min_observed_s: 600 }, 'value'),
    chosen('rate', { system: 'count', value: 'rate', rapid_tap: false, min_observed_s: 600 }, 'value'),
  ],
  long: [
    chosen('duration', { system: 'duration', value: 'total', second_start: 'ignored', min_observed_s: 600 }),
  ],
  soon: [
    chosen('latency', { system: 'latency', limit_s: 60, min_opportunities: 3 }),
    chosen('irt', { system: 'irt', value: 'median', instant: true, min_opportunities: 3 }),
  ],
  share: [
    chosen('momentary', sampled('momentary', 120, 20), 'method'),
    chosen('partial', sampled('partial', 15, 40), 'method'),
    chosen('whole', sampled('whole', 15, 40), 'method'),
    chosen('self', {
      system: 'self',
      interval_s: 120,
      planned: 15,
      cue: 'vibration',
      value: 'match',
      min_opportunities: 5,
    }),
  ],
  right: [
    chosen('trials', { system: 'trials', prompts: LADDER, planned: 10, min_opportunities: 5 }),
    chosen('opportunities', { system: 'opportunities', prompts: LADDER, min_opportunities: 5 }),
    chosen('steps', { system: 'steps', prompts: LADDER, chaining: 'total', steps: [], min_opportunities: 4 }),
    chosen('product', { system: 'product', value: 'percent', items: 10, photo: false, min_opportunities: 5 }),
    chosen('checklist', { system: 'checklist', items: [], min_opportunities: 3 }),
    chosen('probe', { system: 'probe' }),
  ],
  well: [
    chosen('rubric', {
      system: 'rubric',
      value: 'total',
      items: [{ text: '', anchors: ['', '', '', ''] }],
    }),
    chosen('intensity', { system: 'intensity', anchors: ['', '', '', '', ''], min_observed_s: 600 }),
    chosen('reading', timed('reading', 'words correct', 60, 'per_minute'), 'kind'),
    chosen('math', timed('math', 'digits correct', 120, 'per_minute'), 'kind'),
    chosen('writing', timed('writing', 'correct writing sequences', 180, 'per_probe'), 'kind'),
    chosen('spelling', timed('spelling', 'correct letter sequences', 120, 'per_probe'), 'kind'),
    chosen('letter_sounds', timed('letter_sounds', 'letter sounds', 60, 'per_minute'), 'kind'),
    chosen('maze', timed('maze', 'correct choices', 180, 'per_probe'), 'kind'),
  ],
  around: [
    chosen('abc', { system: 'abc', behaviors: [], perceived_function: false }),
    chosen('scatterplot', { system: 'scatterplot', from: '08:00', to: '15:00', cell_min: 30, many_from: 4 }),
  ],
  care: [
    chosen('toileting', { system: 'toileting', times: [], tolerance_min: 10, second_adult: true }),
    chosen('feeding', {
      system: 'feeding',
      plan: '',
      signed_by: '',
      valid_until: '',
      texture: '',
      liquid: '',
      position: '',
      equipment: '',
    }),
  ],
}

/** The choice that a measurement is; undefined for none, and for points from outside. */
export function choiceOf(measure: LooseMeasure | null): Choice | undefined {
  return Object.values(CHOICES)
    .flat()
    .find(
      ({ start, by }) => start.system === measure?.system && (by === undefined || start[by] === measure[by]),
    )
}

/** Another way of measuring; what both ways have in common stays as it was, as far as it means the same. */
export function switchTo(choice: Choice, from: LooseMeasure | null): LooseMeasure {
  const { start, by } = choice
  if (!from) return start
  if (start.system === 'cbm' && from.system === 'cbm') return start
  if (start.system !== from.system)
    return 'prompts' in start && 'prompts' in from ? { ...start, prompts: from['prompts'] ?? null } : start
  const own = by === undefined ? {} : { [by]: start[by] ?? null }
  // a quarter of a minute suits an interval that is watched, not one at whose end one looks up
  const timing =
    start.system === 'interval' && from['method'] !== start['method']
      ? { interval_s: start['interval_s'] ?? null, planned: start['planned'] ?? null }
      : {}
  return { ...start, ...from, ...own, ...timing }
}

/** What a session of this measurement comes to; null where there are no sessions: logs, and points from outside. */
export function metricOf(measure: LooseMeasure): string | null {
  const isLog = (LOGGED as readonly System[]).includes(measure.system)
  return isLog || measure.system === 'imported' ? null : metricOfMeasure(measure as unknown as Measure)
}
