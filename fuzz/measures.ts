/**
 * How the programs of a world are measured, every system once or more, and what a person taps under each. Used by
 * work.ts, which makes drafts of it.
 */
import type { MeasureOf, System } from '../src/capabilities/sessions/measures.ts'
import type { Json } from '../src/platform/core/canonical.ts'
import type { Draft } from '../src/platform/web/store/draft.ts'
import type { Dice } from './random.ts'

type Body = Draft['body']
/** What a session can be run under; imported points have none. */
type Measured = Exclude<System, 'imported'>
/** A measure as the body of a record holds it. */
export type Measuring = { readonly [key: string]: Json } & { readonly system: Measured }

const prompts = {
  direction: 'least_to_most' as const,
  wait_s: 4,
  levels: [
    { code: 'G', label: 'gesture' },
    { code: 'PP', label: 'partial physical', physical: true as const },
  ],
}

export const MEASURES: readonly Measuring[] = [
  { system: 'trials', planned: 10, min_opportunities: 5, prompts },
  {
    system: 'steps',
    min_opportunities: 1,
    chaining: 'total',
    steps: ['Water on', 'Wet hands', 'Soap', 'Rinse'],
    prompts,
  },
  { system: 'count', value: 'count', rapid_tap: false, min_observed_s: 0 },
  { system: 'count', value: 'rate', rapid_tap: true, min_observed_s: 60 },
  { system: 'opportunities', min_opportunities: 2, prompts },
  { system: 'duration', value: 'percent', second_start: 'new_episode', min_observed_s: 0 },
  { system: 'latency', limit_s: 10, min_opportunities: 1 },
  { system: 'irt', value: 'median', instant: true, min_opportunities: 2 },
  { system: 'irt', value: 'mean', instant: false, min_opportunities: 2 },
  {
    system: 'interval',
    method: 'momentary',
    interval_s: 60,
    planned: 9,
    tolerance_s: 5,
    cue: 'none',
    max_missed: 20,
    min_opportunities: 1,
  },
  {
    system: 'rubric',
    value: 'total',
    items: [
      { text: 'Capital letter', anchors: ['never', 'with a reminder', 'alone'] },
      { text: 'Full stop', anchors: ['never', 'with a reminder', 'alone'] },
    ],
  },
  { system: 'product', value: 'percent', items: 20, min_opportunities: 5, photo: true },
  {
    system: 'cbm',
    kind: 'reading',
    unit: 'words correct',
    value: 'per_minute',
    seconds: 60,
    rules: { name: 'School reading', version: 1 },
  },
  { system: 'probe' },
  { system: 'abc', behaviors: ['Throws'], perceived_function: true },
  { system: 'scatterplot', from: '08:00', to: '15:00', cell_min: 30, many_from: 5 },
  { system: 'intensity', anchors: ['whines', 'cries', 'screams'], min_observed_s: 0 },
  {
    system: 'checklist',
    items: ['Folder out', 'Name on it', 'Pencil sharp', 'Eyes on the page'],
    min_opportunities: 1,
  },
  { system: 'toileting', times: ['09:00'], tolerance_min: 10, second_adult: true },
  {
    system: 'feeding',
    plan: 'Feeding plan 1',
    signed_by: 'Speech therapist',
    valid_until: '2099-12-31',
    texture: '5',
    liquid: '2',
    position: 'upright',
    equipment: '',
  },
  // a plan that has run out: its meals are refused, in plain sight
  {
    system: 'feeding',
    plan: 'Feeding plan 0',
    signed_by: 'Speech therapist',
    valid_until: '2020-06-30',
    texture: '5',
    liquid: '2',
    position: 'upright',
    equipment: '',
  },
  { system: 'self', interval_s: 60, planned: 9, cue: 'none', value: 'match', min_opportunities: 1 },
] satisfies readonly MeasureOf<Measured>[]

type Tap = readonly [kind: string, body: Body]

/** The next tap under a measure. `n` = how many came before in this session, 1-based. */
export function tapUnder(system: Measured, n: number, dice: Dice): Tap {
  return TAPS[system](n, dice)
}

const TAPS: { readonly [S in Measured]: (n: number, dice: Dice) => Tap } = {
  trials: (n, dice) => ['sessions.trial', { n, result: dice.pick(['+', '-', 'NR']), ...prompted(dice) }],
  opportunities: (n, dice) => ['sessions.trial', { n, result: dice.pick(['+', '-']), ...prompted(dice) }],
  steps: (_, dice) => [
    'sessions.step',
    { step: 1 + dice.below(4), result: dice.pick(['+', '-', 'A', 'N/A']), ...prompted(dice) },
  ],
  count: (_, dice) =>
    dice.chance(0.1)
      ? ['sessions.tally', { count: dice.below(20), ...(dice.chance(0.5) ? { approximate: true } : {}) }]
      : ['sessions.occurrence', {}],
  duration: (_, dice) => moment(dice, ['on', 'off']),
  latency: (_, dice) => moment(dice, ['cue', 'on']),
  irt: (_, dice) => moment(dice, ['on', 'off']),
  intensity: (_, dice) => moment(dice, ['1', '2', '3']),
  interval: (n, dice) => ['sessions.mark', { n: 1 + (n % 9), code: dice.pick(['1', '0']) }],
  rubric: (n, dice) => ['sessions.mark', { n: 1 + (n % 2), code: dice.pick(['0', '1', '2']) }],
  product: (n, dice) =>
    dice.chance(0.1)
      ? ['sessions.photo', { jpeg: photo(dice), purpose: 'instruction_record' }]
      : dice.chance(0.1)
        ? ['sessions.tally', { count: 20, errors: dice.below(20), seconds: 60 + dice.below(600) }]
        : ['sessions.mark', { n: 1 + (n % 20), code: dice.pick(['+', '-']) }],
  checklist: (n, dice) => ['sessions.mark', { n: 1 + (n % 4), code: dice.pick(['yes', 'no', 'NA']) }],
  probe: (_, dice) => ['sessions.mark', { n: 1, code: dice.pick(['Y', 'N']) }],
  cbm: (n, dice) =>
    dice.chance(0.3)
      ? ['sessions.moment', { code: dice.pick(['begin', 'stop']) }]
      : dice.chance(0.2)
        ? ['sessions.moment', { code: 'last', n: 10 + n }]
        : ['sessions.mark', { n, code: dice.pick(['err', 'sc', 'skip']) }],
  self: (n, dice) => [
    'sessions.mark',
    { n: 1 + (n % 9), code: dice.pick(['1', '0']), who: dice.pick(['student', 'adult']) },
  ],
  abc: (_, dice) => [
    'behavior.abc',
    {
      setting_events: [],
      antecedents: [dice.pick(['wait', 'denied'])],
      behavior: dice.pick(['own:1', 'yells']),
      consequences: ['redirected'],
      setting: 'Room 12',
      ...(dice.chance(0.3) ? { people: dice.below(30), seconds: dice.below(600) } : {}),
      ...(dice.chance(0.3) ? { intensity: 1 + dice.below(5), perceived_function: 'escape' } : {}),
    },
  ],
  scatterplot: (n, dice) => ['behavior.cell', { cell: 1 + (n % 14), code: dice.pick(['0', 'some', 'many']) }],
  toileting: (_, dice) => [
    'care.toileting',
    {
      visit: dice.pick(['scheduled', 'initiated', 'noticed', 'accident', 'dry_check']),
      result: dice.pick(['urine', 'bm', 'dry', 'refused']),
      clothing: dice.pick(['dry', 'wet']),
      steps: dice.chance(0.5) ? { sit: 'independent', wash: dice.pick(['verbal', 'physical']) } : {},
      changed: dice.chance(0.2),
      skin_concern: dice.chance(0.1),
      ...(dice.chance(0.5) ? { second_adult: dice.chance(0.5), minutes: dice.below(20) } : {}),
    },
  ],
  feeding: (_, dice) =>
    dice.chance(0.2)
      ? // stopped: nothing is known yet but why
        ['care.feeding', { meal: 'lunch', safety: [dice.pick(['cough', 'gag', 'wet_voice'])] }]
      : [
          'care.feeding',
          {
            meal: dice.pick(['breakfast', 'snack', 'lunch']),
            minutes: dice.below(40),
            eaten: dice.pick([0, 50, 100]),
            fluid_ml: dice.below(400),
            help: 'verbal',
            refusals: dice.below(3),
            safety: [],
          },
        ],
}

/** Mostly when it was tapped; sometimes about when. */
function moment(dice: Dice, codes: readonly string[]): Tap {
  return ['sessions.moment', { code: dice.pick(codes), ...(dice.chance(0.1) ? { estimated: true } : {}) }]
}

function prompted(dice: Dice): Body {
  return dice.chance(0.3) ? { level: dice.pick(['G', 'PP']) } : {}
}

/** Mostly small; now and then so large that a proxy with a limit lets nothing else through with it. */
function photo(dice: Dice): string {
  return 'A'.repeat(4 * (1 + dice.below(dice.chance(0.1) ? 15_000 : 1_000)))
}
