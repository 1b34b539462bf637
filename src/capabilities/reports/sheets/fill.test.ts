/** Every way of measuring gives a sheet, and what is keyed in from it comes to the value that the paper shows. */
import { describe, expect, test } from 'vitest'
import { settle } from '../../../platform/records/settle.ts'
import { registry } from '../../../registry.ts'
import type { Measure, System } from '../../sessions/measures.ts'
import { sessionView } from '../../sessions/rules.ts'
import { stamped, TZ } from '../testing.ts'
import { findSheet, logOfSheet, readCode, sheetCode } from './code.ts'
import { keyIn, NOTHING, type Filled, type Sheet } from './fill.ts'
import { formOf } from './form.ts'

const ID = (n: number) => `00000000-0000-7000-8000-00000000000${n}`
const DAY = '2026-11-03'
const NOW = '2026-11-04T15:00:00.000Z'

const prompts = {
  direction: 'least_to_most' as const,
  wait_s: 4,
  levels: [
    { code: 'G', label: 'Gesture' },
    { code: 'V', label: 'Verbal' },
  ],
}

const interval = { interval_s: 60, planned: 10, cue: 'none' as const, min_opportunities: 1 }

/** A plan of each system, without those that nobody collects by hand. */
const MEASURES: { readonly [S in Exclude<System, 'imported'>]: Extract<Measure, { system: S }> } = {
  trials: { system: 'trials', prompts, min_opportunities: 5, planned: 10 },
  steps: {
    system: 'steps',
    prompts,
    min_opportunities: 2,
    chaining: 'total',
    steps: ['Wet', 'Soap', 'Dry', 'Bin'],
  },
  count: { system: 'count', value: 'rate', rapid_tap: false, min_observed_s: 600 },
  duration: { system: 'duration', value: 'total', second_start: 'ignored', min_observed_s: 600 },
  latency: { system: 'latency', limit_s: 30, min_opportunities: 1 },
  irt: { system: 'irt', value: 'median', instant: true, min_opportunities: 1 },
  interval: { ...interval, system: 'interval', method: 'partial', tolerance_s: 5, max_missed: 20 },
  opportunities: { system: 'opportunities', prompts, min_opportunities: 1 },
  rubric: {
    system: 'rubric',
    value: 'total',
    items: [
      { text: 'Topic', anchors: ['none', 'some', 'clear'] },
      { text: 'Detail', anchors: ['none', 'some', 'rich'] },
    ],
  },
  product: { system: 'product', value: 'percent', items: 20, min_opportunities: 5, photo: false },
  cbm: {
    system: 'cbm',
    kind: 'reading',
    unit: 'words correct',
    value: 'per_minute',
    seconds: 60,
    rules: { name: 'School', version: 1 },
  },
  probe: { system: 'probe' },
  abc: { system: 'abc', behaviors: ['Throws'], perceived_function: false },
  scatterplot: { system: 'scatterplot', from: '08:30', to: '10:30', cell_min: 30, many_from: 3 },
  intensity: { system: 'intensity', anchors: ['low', 'middle', 'high'], min_observed_s: 600 },
  checklist: { system: 'checklist', items: ['Bag', 'Coat', 'Lunch', 'Book'], min_opportunities: 1 },
  toileting: { system: 'toileting', times: ['10:15'], tolerance_min: 10, second_adult: true },
  feeding: {
    system: 'feeding',
    plan: 'Plan',
    signed_by: 'SLP',
    valid_until: '2027-06-01',
    texture: '5',
    liquid: '2',
    position: 'upright',
    equipment: 'spoon',
  },
  self: { ...interval, system: 'self', value: 'match' },
}

/** What stands on the paper, and the pair it comes to by hand. */
const SESSIONS: readonly (readonly [System, Partial<Filled>, readonly [number, number]])[] = [
  // 3 alone of 5 scored; the interrupted one is none
  ['trials', { marks: coded('trial', ['+', '+G', '+', '-', '+', 'X']) }, [3, 5]],
  ['opportunities', { marks: coded('trial', ['+', 'NR', '+V']) }, [1, 3]],
  // one step is not part of today's chain
  ['steps', { marks: coded('step', ['+', '+V', 'N/A', '+']) }, [2, 3]],
  // 6 times in 30 minutes
  ['count', { numbers: { count: '6' } }, [6, 1_800_000]],
  // 90 s and 45 s
  [
    'duration',
    {
      rows: [
        { start: '09:01:00', stop: '09:02:30' },
        { start: '09:10:15', stop: '09:11:00' },
      ],
    },
    [135_000, 1],
  ],
  // 4, 8 and "not within 30": the median is 8
  ['latency', { rows: [{ seconds: '4' }, { seconds: '8' }, { none: 'yes' }] }, [8000, 1]],
  // 60 s, then 120 s: the median of two is their mean
  ['irt', { rows: [{ start: '09:01:00' }, { start: '09:02:00' }, { start: '09:04:00' }] }, [180_000, 2]],
  [
    'interval',
    { to: '09:10', marks: coded('mark', ['1', '0', '1', '0', '0', '1', '0', '', '0', '0']) },
    [3, 9],
  ],
  ['rubric', { marks: coded('mark', ['2', '1']) }, [3, 1]],
  ['product', { numbers: { count: '12', errors: '3' } }, [9, 12]],
  // 61 attempted, 5 errors, in 60 s
  ['cbm', { numbers: { count: '61', errors: '5' } }, [56, 60_000]],
  ['probe', { marks: coded('mark', ['Y']) }, [1, 1]],
  [
    'intensity',
    {
      rows: [
        { at: '09:05', level: '1' },
        { at: '09:05', level: '3' },
      ],
    },
    [3, 1],
  ],
  // two of three that applied
  ['checklist', { marks: coded('mark', ['yes', 'no', 'NA', 'yes']) }, [2, 3]],
  // both said the same in 2 of 3
  ['self', { marks: { ...coded('student', ['1', '0', '1']), ...coded('adult', ['1', '1', '1']) } }, [2, 3]],
]

describe('a sheet keyed in', () => {
  test.each(SESSIONS)(
    'of %s comes to what the paper shows, as from paper',
    (system, filled, [top, under]) => {
      const { drafts, problems } = keyIn(
        sheetOf(system),
        { ...NOTHING, from: '09:00', to: '09:30', ...filled },
        KEYED,
      )
      expect(problems).toEqual([])
      for (const { kind, body } of drafts)
        expect(registry.kind(kind)?.bodies[1]?.safeParse(body).error, kind).toBeUndefined()
      const state = sessionView.fold(settle(stamped(drafts)))
      expect([state?.summary.numerator, state?.summary.denominator]).toEqual([top, under])
      expect(state).toMatchObject({
        status: 'complete',
        day: DAY,
        aside: [],
        started: '2026-11-03T15:00:00.000Z',
      })
      expect(state?.flags).toContain('from_paper')
      expect(drafts[0]?.body).toMatchObject({ source: 'paper', sheet: sheetCode(ID(2), DAY) })
      expect(drafts.every(({ entered, at }) => entered === NOW && at < NOW)).toBe(true)
    },
  )

  test('holds a value for every system that has sessions, and a log entry for every one that has none', () => {
    const told = [...SESSIONS.map(([system]) => system), ...Object.keys(LOGS)]
    expect(told.toSorted()).toEqual(Object.keys(MEASURES).toSorted())
    expect(formOf({ system: 'imported', unit: 'words' }, 'en')).toBeNull()
  })

  const LOGS: { readonly [system: string]: readonly [Partial<Filled>, readonly object[]] } = {
    abc: [
      { rows: [{ at: '09:10', antecedents: ['wait'], behavior: 'own:1', consequences: ['redirected'] }] },
      [{ antecedents: ['wait'], behavior: 'own:1', consequences: ['redirected'] }],
    ],
    // nobody watched the third half hour
    scatterplot: [
      { marks: coded('cell', ['0', 'some', '', 'many']) },
      [{ cell: 1 }, { cell: 2 }, { cell: 4, code: 'many' }],
    ],
    toileting: [
      {
        rows: [
          {
            at: '10:15',
            visit: 'scheduled',
            result: 'urine',
            clothing: 'dry',
            wash: 'verbal',
            changed: 'yes',
          },
        ],
      },
      [
        {
          visit: 'scheduled',
          steps: { wash: 'verbal' },
          changed: true,
          skin_concern: false,
          second_adult: false,
        },
      ],
    ],
    feeding: [
      {
        rows: [
          {
            at: '11:30',
            meal: 'lunch',
            minutes: '20',
            eaten: '75',
            fluid_ml: '150',
            help: 'verbal',
            refusals: '0',
          },
        ],
      },
      [{ eaten: 75, fluid_ml: 150, refusals: 0, safety: [] }],
    ],
  }
  test.each(Object.entries(LOGS))('of %s becomes entries of its log', (system, [filled, bodies]) => {
    const { drafts, problems } = keyIn(sheetOf(system as System), { ...NOTHING, ...filled }, KEYED)
    expect(problems).toEqual([])
    expect(drafts).toHaveLength(bodies.length)
    for (const [n, { kind, body }] of drafts.entries()) {
      expect(registry.kind(kind)?.bodies[1]?.safeParse(body).error, kind).toBeUndefined()
      expect(body).toMatchObject(bodies[n] ?? {})
    }
  })

  test('takes what nobody watched for no answer, never for zero', () => {
    const { drafts } = keyIn(
      sheetOf('interval'),
      { ...NOTHING, from: '09:00', to: '09:10', marks: { 'mark:2': '0' } },
      KEYED,
    )
    expect(sessionView.fold(settle(stamped(drafts)))?.summary).toMatchObject({ numerator: 0, denominator: 1 })
  })

  test.each([
    ['an empty sheet', 'trials', {}, 'empty'],
    ['an end before the beginning', 'trials', { to: '08:30', marks: coded('trial', ['+']) }, 'span'],
    ['no beginning', 'count', { from: '', numbers: { count: '2' } }, 'span'],
    ['a count that is none', 'count', { numbers: { count: '-2' } }, 'number'],
    ['more wrong than worked on', 'product', { numbers: { count: '3', errors: '4' } }, 'more_wrong'],
    ['half a row', 'duration', { rows: [{ start: '09:01:00', stop: '' }] }, 'row'],
    ['a time after the end', 'duration', { rows: [{ start: '09:29:00', stop: '09:45:00' }] }, 'row_time'],
    ['a stop before its start', 'duration', { rows: [{ start: '09:05:00', stop: '09:04:30' }] }, 'row_time'],
    [
      'cues that lasted longer than somebody watched',
      'latency',
      { to: '09:01', rows: [{ none: 'yes' }, { none: 'yes' }] },
      'span',
    ],
  ] as const)('makes nothing of %s', (_what, system, filled, kind) => {
    const keyed = keyIn(sheetOf(system), { ...NOTHING, from: '09:00', to: '09:30', ...filled }, KEYED)
    expect(keyed.drafts).toEqual([])
    expect(keyed.problems.map((problem) => problem.kind)).toEqual([kind])
  })

  test('makes nothing of a day that has not come', () => {
    const filled = { ...NOTHING, from: '09:00', to: '09:30', marks: { 'trial:1': '+' } }
    const { problems } = keyIn({ ...sheetOf('trials'), day: '2026-11-05' }, filled, KEYED)
    expect(problems).toEqual([{ kind: 'future' }])
  })
})

describe('the code of a sheet', () => {
  test('is found by whoever holds the version, and by nobody else', () => {
    const code = sheetCode(ID(2), DAY)
    expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/)
    expect(findSheet(code, [{ id: ID(1) }, { id: ID(2) }], '2026-11-20')).toEqual({
      version: { id: ID(2) },
      day: DAY,
    })
    expect(findSheet(code, [{ id: ID(1) }], '2026-11-20')).toBeNull()
    // printed on Friday for Monday
    expect(findSheet(code, [{ id: ID(2) }], '2026-10-30')?.day).toBe(DAY)
  })

  test('is another one for each version and day, and says neither', () => {
    const codes = [sheetCode(ID(1), DAY), sheetCode(ID(2), DAY), sheetCode(ID(1), '2026-11-04')]
    expect(new Set(codes).size).toBe(3)
    expect(logOfSheet(ID(1), DAY)).not.toBe(logOfSheet(ID(1), '2026-11-04'))
  })

  test('is read as a hand types it', () => {
    expect(readCode('7k3m 9qxa')).toBe('7K3M-9QXA')
    expect(readCode('7K3M-9QXO')).toBe('7K3M-9QX0')
    expect(readCode('7K3M')).toBeNull()
    expect(readCode('7K3M-9QXU')).toBeNull()
  })
})

const KEYED = { id: ID(5), now: NOW }

function sheetOf(system: System): Sheet {
  const measure = MEASURES[system as keyof typeof MEASURES] as Measure
  const form = formOf(measure, 'en')
  if (!form) throw new Error(`no sheet for ${system}`)
  return {
    measure,
    form,
    program: ID(1),
    version: ID(2),
    student: ID(3),
    condition: 'intervention',
    day: DAY,
    tz: TZ,
    code: sheetCode(ID(2), DAY),
  }
}

function coded(key: string, codes: readonly string[]): { [place: string]: string } {
  return Object.fromEntries(codes.map((code, n) => [`${key}:${n + 1}`, code]))
}
