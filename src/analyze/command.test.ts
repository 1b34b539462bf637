/**
 * `handrail analyze` on small data whose numbers are published or counted by hand: two articles' single-case data,
 * Reed & Azulay (2011), a stream on a drawn time line, progress-monitoring guides.
 */
import { spawn } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CheckReport } from './check.ts'
import { analyze } from './command.ts'

const SERIES = join(import.meta.dirname, '../capabilities/progress/fixtures/singlecase')

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'handrail-analyze-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

type Rows = Record<string, unknown>[]

function write(name: string, content: unknown): string {
  const path = join(folder, name)
  mkdirSync(join(path, '..'), { recursive: true })
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
  return path
}

function rows<T = Rows>(...words: string[]): T {
  const answer = analyze(words, { json: true })
  expect(answer).toMatchObject({ code: 0, err: '' })
  return JSON.parse(answer?.out ?? '') as T
}

/** What is said of input that cannot be taken: nothing on standard output, and a line a problem. */
function problems(...words: string[]): string[] {
  const answer = analyze(words, { json: true })
  expect(answer).toMatchObject({ code: 2, out: '' })
  return answer?.err.split('\n') ?? []
}

const observers = (type: string, observer1: unknown, observer2: unknown) => ({
  id: type,
  input: { type, observer1, observer2 },
})

describe('analyze singlecase', () => {
  it('gives each A phase and the B phase after it, with the indices that the articles print', () => {
    const pairs = rows('singlecase', join(SERIES, 'sound'))
    expect(pairs.map((row) => [row['dataset'], row['case'], row['phase_A'], row['phase_B']])).toEqual([
      ['CrozierTincani2005', 'Case 1', 'A1', 'B1'],
      ['CrozierTincani2005', 'Case 1', 'A2', 'B2'],
      ['ParkerVannestDavis2011', 'Example 1', 'A', 'B'],
      ['ParkerVannestDavis2011', 'Example 2', 'A', 'B'],
    ])
    // Parker, Vannest & Davis (2011): NAP .92, PND 71 %, PEM 100 %, Tau .83; and Tau .80, Tau-U .55
    expect(pairs[2]).toMatchObject({ n_A: 6, n_B: 7, improvement: 'increase', pnd: 5 / 7, pem: 1 })
    expect(pairs[2]?.['nap']).toBeCloseTo(11 / 12, 12)
    expect(pairs[2]?.['tau']).toBeCloseTo(10 / 12, 12)
    expect(pairs[3]?.['tau']).toBeCloseTo(0.8, 12)
    expect(pairs[3]?.['tau_u']).toBeCloseTo(0.55, 12)
  })

  it('turns the indices around where a decrease is wanted, and never the slopes', () => {
    const [first] = rows('singlecase', join(SERIES, 'sound', 'CrozierTincani2005.csv'))
    // Talk-outs 9, 12, 10, 8, 12, 16 and 0, 6, 1, 5, 1, 1: no overlap. Trend of A: 9 up, 5 down, 1 tie.
    // OLS: Σ(x−x̄)(y−ȳ) = 16.5, Σ(x−x̄)² = 17.5. Halves: (2, 10) and (5, 12).
    expect(first).toMatchObject({ nap: 1, pnd: 1, pem: 1, tau: 1, tau_bc: 1, theil_sen_slope_A: 1 })
    expect(first?.['tau_u']).toBeCloseTo((36 + 6) / 36, 12)
    expect(first?.['ols_slope_A']).toBeCloseTo(16.5 / 17.5, 12)
    expect(first?.['split_middle_slope_A']).toBeCloseTo(2 / 3, 12)
    expect(first?.['split_middle_slope_B']).toBe(0)
    // Outer thirds: (1.5, 10.5) and (5.5, 14); (7.5, 3) and (11.5, 1).
    expect(first).toMatchObject({ tukey_slope_A: 0.875, tukey_slope_B: -0.5 })
  })

  const header = 'dataset,case,series,session,phase,condition,value,measurement_type,improvement'
  const csv = (name: string, ...points: string[]) =>
    write(name, [header, ...points.map((point) => `D,C,s,${point},count,increase`)].join('\n'))

  it('G10 drops blank values first, keeps the gaps of the session numbers, and pairs neighbors only', () => {
    const path = csv(
      'gaps.csv',
      '1,A,A,2',
      '2,A,A,',
      '5,A,A,10',
      '6,B,B,11',
      '7,C,C,3',
      '8,A2,A,',
      '9,B2,B,4',
      '10,B3,B,5',
    )
    const pairs = rows('singlecase', path)
    // Nothing is said of A2, which has no value, and B2 and B3 follow no baseline.
    expect(pairs).toHaveLength(1)
    expect(pairs[0]).toMatchObject({ phase_B: 'B', n_A: 2, n_B: 1, theil_sen_slope_A: 2, ols_slope_B: null })
    expect(pairs[0]).toMatchObject({ tukey_slope_A: null, median_A: 6, median_B: 11, tau: 1 })
  })

  it('reads a file that is named as one whatever its name, and a folder by its CSV files', () => {
    const path = write('points.txt', `${header}\nD,C,s,1,A,A,1,count,increase\nD,C,s,2,B,B,2,count,increase`)
    expect(rows('singlecase', path)).toHaveLength(1)
    expect(problems('singlecase', write('no-csv/readme.txt', '').replace(/\/readme\.txt$/, ''))).toEqual([
      expect.stringMatching(/^error no-csv:0 - analyze\.no_file /),
    ])
  })

  it('says file, row and field of what cannot be read, and prints nothing', () => {
    expect(problems('singlecase', csv('bad.csv', '1,A,A,2', '2,A,A,2.x'))).toEqual([
      expect.stringMatching(/^error bad\.csv:3 value singlecase\.bad_number /),
    ])
    expect(problems('singlecase', join(SERIES, 'messy', 'errors.csv')).length).toBeGreaterThan(3)
    expect(problems('singlecase', join(folder, 'none.csv'))).toEqual([
      expect.stringMatching(/^error none\.csv:0 - analyze\.unreadable /),
    ])
  })

  it('without --json it is a table that names its definitions', () => {
    const out = analyze(['singlecase', join(SERIES, 'sound')], { json: false })?.out ?? ''
    expect(out).toMatch(/^ParkerVannestDavis2011 \/ Example 2 \/ score +A → B +4 → 5 +increase /m)
    expect(out).toContain('tau_u a_vs_b_minus_trend_a_parker_tau_a')
    expect(out).toContain('tukey thirds_of_x_one_iteration')
    expect(out).not.toMatch(/effective|significant|proven/)
  })
})

describe('analyze ioa', () => {
  it('gives every formula that applies, in percent', () => {
    const path = write('ioa.json', [
      observers('count_per_interval', [3, 0, 2, 1, 4], [2, 0, 2, 2, 4]),
      // Reed & Azulay (2011), figure 2: 71.4 %, 50 %
      observers('interval', [1, 0, 0, 0, 1, 1, 0], [0, 0, 0, 0, 1, 1, 1]),
      observers('trial', ['+', '-', '+', '+', '+'], ['+', '-', '+', '+', '-']),
      observers('duration_s', [120, 45, 60], [110, 50, 60]),
      observers('latency_s', [4, 10, 8], [5, 10, 6]),
      observers('irt_s', [4, 10], [5, 10]),
      observers('rating', [0, 1, 2, 3, 4], [0, 2, 4, 3, 3]),
      observers('step', ['+', null], ['+', null]),
    ])
    const [counts, intervals, trials, durations, latencies, irts, ratings, steps] = rows('ioa', path)
    expect(counts).toEqual({
      id: 'count_per_interval',
      total_count: 100,
      mean_count_per_interval: expect.closeTo(250 / 3, 10),
      exact_count_per_interval: 60,
    })
    expect(intervals).toMatchObject({
      interval_by_interval: expect.closeTo(500 / 7, 10),
      scored_interval: 50,
      unscored_interval: 60,
    })
    expect(trials).toMatchObject({ trial_by_trial: 80 })
    expect(durations).toMatchObject({
      total_duration: expect.closeTo(22000 / 225, 10),
      mean_duration_per_occurrence: expect.closeTo((110 / 120 + 45 / 50 + 1) / 0.03, 10),
    })
    expect(latencies).toMatchObject({ mean_latency_per_occurrence: expect.closeTo(85, 10) })
    expect(irts).toMatchObject({ mean_irt_per_occurrence: expect.closeTo(90, 10) })
    expect(ratings).toMatchObject({ exact: 40, within_one: 80, kappa: expect.any(Number) })
    expect(steps).toMatchObject({ step_by_step: 100, kappa: null })
  })

  it('both saw nothing: 100 %, and said to be agreement on non-occurrence', () => {
    const path = write('quiet.json', [observers('interval', [0, 0], [0, 0]), observers('duration', [], [])])
    expect(rows('ioa', path)).toEqual([
      {
        id: 'interval',
        interval_by_interval: 100,
        scored_interval: null,
        unscored_interval: 100,
        kappa: null,
        non_occurrence: true,
      },
      { id: 'duration', total_duration: 100, mean_duration_per_occurrence: 100, non_occurrence: true },
    ])
  })

  it('reads ratings of two, weighted where they are ordered', () => {
    const [names, levels, weighted] = rows(
      'ioa',
      write('kappa.json', {
        cases: [
          // p_o = 3/4, p_e = 1/2
          { id: 'names', observer1: ['x', 'x', 'y', 'y'], observer2: ['x', 'x', 'y', 'x'] },
          { id: 'levels', observer1: [1, 2, 3, 1, 2, 3], observer2: [1, 2, 3, 2, 2, 1] },
        ],
        weighted: [{ id: 'levels', observer1: [1, 2, 3, 1, 2, 3], observer2: [1, 2, 3, 2, 2, 1] }],
      }),
    )
    expect(names).toEqual({ id: 'names', n: 4, percent_agreement: 75, kappa: 0.5 })
    expect(levels?.['weighted_equal']).toBeCloseTo(0.4, 12)
    expect(weighted).toEqual({
      id: 'levels',
      weighted_equal: levels?.['weighted_equal'],
      weighted_squared: expect.closeTo(1 - 30 / 42, 12),
    })
  })

  it('says entry and field of what cannot be', () => {
    const path = write('bad-ioa.json', [
      observers('interval', [0, 1], [0, 1]),
      observers('interval', [0, 2], [0, 1]),
      observers('count_per_interval', [1, -1], [1, 1]),
      observers('trial', ['+'], ['+', '-']),
      observers('telepathy', [1], [1]),
      { input: { type: 'trial', observer1: ['+'], observer2: ['+'] } },
    ])
    expect(problems('ioa', path).map((line) => line.split(' ').slice(1, 3).join(' '))).toEqual([
      'bad-ioa.json:2 input.observer1[1]',
      'bad-ioa.json:3 input.observer1[1]',
      'bad-ioa.json:4 input.observer2',
      'bad-ioa.json:5 input.type',
      'bad-ioa.json:6 id',
    ])
    expect(problems('ioa', write('no.json', '{'))).toEqual([
      expect.stringMatching(/^error no\.json:0 - analyze\.not_json /),
    ])
    expect(problems('ioa', write('other.json', { streams: [] }))).toHaveLength(1)
  })
})

describe('analyze streams', () => {
  /** On from 0 to 3, 12 to 14, 18 to 20, and from 25 on. */
  const stream = {
    seed: 1,
    index: 1,
    stream_length_s: 60,
    start_state: 1,
    transition_times_s: [3, 12, 14, 18, 20, 25],
    interval_length_s: 10,
    rest_length_s: 5,
  }

  it('reads one stream by every way of recording', () => {
    expect(rows('streams', write('streams.json', { streams: [stream] }))).toEqual([
      {
        seed: 1,
        index: 1,
        stream_length_s: 60,
        interval_length_s: 10,
        rest_length_s: 5,
        duration_s: 42,
        continuous_duration_proportion: 0.7,
        event_count: 3,
        mts_proportion: 4 / 6,
        pir_proportion: 5 / 6,
        wir_proportion: 0.5,
        mts_raw: [1, 0, 0, 1, 1, 1, 1],
        pir_raw: [1, 1, 0, 1, 1, 1],
        wir_raw: [0, 0, 0, 1, 1, 1],
      },
    ])
  })

  it('takes a single change without brackets, as some programs write it, and none', () => {
    const streams = [30, []].map((times) => ({ ...stream, start_state: 0, transition_times_s: times }))
    expect(rows('streams', write('one.json', { streams })).map((row) => row['duration_s'])).toEqual([30, 0])
  })

  it('says what of a stream cannot be', () => {
    const streams = [
      { ...stream, transition_times_s: [5, 3] },
      { ...stream, transition_times_s: [5, 61] },
      { ...stream, rest_length_s: 10 },
      { ...stream, interval_length_s: 90 },
      { ...stream, start_state: 2 },
    ]
    expect(
      problems('streams', write('bad-streams.json', { streams })).map((line) => line.split(' ')[2]),
    ).toEqual([
      'streams[0].transition_times_s',
      'streams[1].transition_times_s',
      'streams[2].rest_length_s',
      'streams[3].interval_length_s',
      'streams[4].start_state',
    ])
  })
})

describe('analyze decisions', () => {
  const four = (direction: string, line: number[], values: number[]) => ({
    id: direction,
    input: { direction, goal_line_at_points: line, values },
  })

  it('gives what each rule says of its numbers', () => {
    const path = write('decisions.json', [
      { id: 'iris', input: { scores: [7, 5, 8] } },
      { id: 'aimsweb', input: { initial: 58, goal: 92, weeks: 15 } },
      { id: 'growth', input: { baseline: 42, current: 58, weeks: 8, goal: 72 } },
      { id: 'section', input: { weeks: [1, 2, 3, 4, 5], values: [30, 49, 23, 41, 59] } },
      { id: 'split', input: { remainder: [1, 2] } },
      four('ascending', [20, 22, 24, 26], [18, 21, 23, 25]),
      four('descending', [12, 11, 10, 9], [11, 10, 9, 8]),
      { id: 'words', input: {} },
    ])
    expect(rows('decisions', path)).toEqual([
      { id: 'iris', baseline: 7, median: 7 },
      { id: 'aimsweb', roi: expect.closeTo(34 / 15, 12) },
      { id: 'growth', roi: 2, total_growth: 16, weeks_to_goal: 7 },
      { id: 'section', median_value: 41, median_week: 3 },
      {
        id: 'split',
        remainder_1: 'extra point goes to the middle group',
        remainder_2: 'one extra point in each outer group',
      },
      { id: 'ascending', decision: 'instructional_change' },
      { id: 'descending', decision: 'change_goal_more_ambitious' },
      { id: 'words', note: 'a rule without numbers' },
    ])
    expect(analyze(['decisions', path], { json: false })?.out).toContain('aimsweb: roi 2.2667\n')
  })

  it('says what it cannot make sense of', () => {
    const path = write('bad-decisions.json', [
      { id: 'no time', input: { initial: 58, goal: 92, weeks: 0 } },
      { id: 'short', input: { direction: 'ascending', goal_line_at_points: [1, 2], values: [1] } },
      { id: 'unknown', input: { moon: 'full' } },
    ])
    expect(problems('decisions', path).map((line) => line.split(' ').slice(1, 3).join(' '))).toEqual([
      'bad-decisions.json:1 input.weeks',
      'bad-decisions.json:2 input.values',
      'bad-decisions.json:3 input',
    ])
  })
})

describe('analyze check', () => {
  /** Values printed in Parker, Vannest & Davis (2011) beside their data. */
  const printed = (nap: number) => ({
    dataset: 'ParkerVannestDavis2011',
    series: [
      {
        case: 'Example 1',
        series: 'score',
        phases: [
          {
            phase: 'A',
            condition: 'A',
            n_rows: 6,
            n: 6,
            first_session: 1,
            last_session: 6,
            min: 20,
            max: 26,
            median: 22.5,
          },
          {
            phase: 'B',
            condition: 'B',
            n_rows: 7,
            n: 7,
            first_session: 7,
            last_session: 13,
            min: 24,
            max: 30,
            median: 28,
          },
        ].map((phase) => ({ ...phase, mad_raw: phase.phase === 'A' ? 2.5 : 2 })),
        pairs: [
          {
            phase_A: 'A',
            phase_B: 'B',
            A: [20, 20, 26, 25, 22, 23],
            B: [28, 25, 24, 27, 30, 30, 29],
            SingleCaseES: { NAP: { Est: nap }, PND: { Est: 5 / 7 }, PAND: { Est: 11 / 13 } },
          },
        ],
      },
    ],
  })

  function reference(name: string, nap: number): string {
    cpSync(join(SERIES, 'sound'), join(folder, name, 'data'), { recursive: true })
    write(`${name}/reference/pvd.json`, printed(nap))
    return join(folder, name)
  }

  const fieldsOf = (report: CheckReport) => new Map(report.fields.map((field) => [field.field, field]))

  it('compares what is defined alike and names what is not', () => {
    const home = reference('alike', 11 / 12)
    write('alike/more/published_expectations.json', [
      { id: 'second', A: [3, 3, 4, 5], B: [4, 5, 6, 7, 7], improvement: 'increase', published: { Tau: 0.8 } },
    ])
    const fields = fieldsOf(rows<CheckReport>('check', home))
    expect(fields.get('pairs.SingleCaseES.NAP.Est')).toMatchObject({ agreed: 1, differing: 0 })
    expect(fields.get('phases.mad_raw')).toMatchObject({ agreed: 2, differing: 0 })
    expect(fields.get('pairs.SingleCaseES.PAND')).toMatchObject({ agreed: 0, not_comparable: 1 })
    expect(fields.get('published_expectations.json.Tau')).toMatchObject({ agreed: 1 })
    const text = analyze(['check', home], { json: false })?.out ?? ''
    expect(text).toMatch(/^pairs\.SingleCaseES\.NAP\.Est +1 +0 +0 /m)
  })

  it('one number that differs is named, with both values, and the exit code is 1', () => {
    const home = reference('other', 0.92)
    const answer = analyze(['check', home], { json: false })
    expect(answer?.code).toBe(1)
    expect(answer?.out).toContain('ParkerVannestDavis2011 / Example 1 / score / A–B: 0.92 there, 0.91666')
    const report = JSON.parse(analyze(['check', home], { json: true })?.out ?? '') as CheckReport
    expect(report).toMatchObject({ ok: false, differing: 1 })
    // A billionth less is still the same number.
    expect(analyze(['check', reference('near', 11 / 12 + 5e-10)], { json: true })?.code).toBe(0)
  })

  it('compares lists by the name of their file: agreement, streams and decisions', () => {
    const home = join(folder, 'lists')
    write('lists/ioa_worked_examples.json', [
      { ...observers('interval', [1, 0, 0], [1, 0, 1]), expected: { interval_by_interval: 200 / 3 } },
    ])
    write('lists/kappa_reference.json', {
      cases: [
        {
          id: 'names',
          observer1: ['x', 'x', 'y', 'y'],
          observer2: ['x', 'x', 'y', 'x'],
          expected: { kappa_psych: 0.5, percent_agreement_irr_agree: 75, kappa_z: 1 },
        },
      ],
    })
    write('lists/recording_methods_reference.json', {
      streams: [
        {
          stream_length_s: 20,
          start_state: 0,
          transition_times_s: [5, 15],
          interval_length_s: 10,
          continuous_duration_proportion: 0.5,
          event_count: 1,
          mts_proportion: 0.5,
          pir_proportion: 1,
          wir_proportion: 0,
          mts_raw: [0, 1, 0],
          pir_raw: [1, 1],
          wir_raw: [0, 0],
        },
      ],
    })
    write('lists/progress_monitoring.json', [
      { id: 'iris', input: { scores: [7, 5, 8] }, expected: { baseline: 7 } },
      { id: 'wrong', input: { scores: [1, 2, 3] }, expected: { baseline: 3 } },
    ])
    const answer = analyze(['check', home], { json: true })
    const report = JSON.parse(answer?.out ?? '') as CheckReport
    expect(report).toMatchObject({ files: 4, agreed: 12, differing: 1, not_comparable: 1 })
    expect(fieldsOf(report).get('progress_monitoring.json.baseline')?.differences).toEqual([
      { where: 'wrong', theirs: 3, ours: 2 },
    ])
  })

  it('a tie that came about when the values were printed is no disagreement', () => {
    // Computed from 0.1 + 0.2, which is larger than 0.3 in the last bit and is printed as 0.3.
    const vector = (nap: number) => ({
      cases: [
        { id: 'printed', A: [0.1, 0.3], B: [0.3], improvement: 'increase', expected: { NAP: { Est: nap } } },
      ],
    })
    write('tie/edge_cases.json', vector(1))
    const report = rows<CheckReport>('check', join(folder, 'tie'))
    expect(report).toMatchObject({ agreed: 0, differing: 0, not_comparable: 1 })
    write('tie/edge_cases.json', vector(0.8))
    expect(analyze(['check', join(folder, 'tie')], { json: true })?.code).toBe(1)
  })

  it('says so when there is nothing to compare, or no data to a reference', () => {
    const [line] = problems('check', write('empty/readme.txt', '').replace(/\/readme\.txt$/, ''))
    expect(line).toMatch(/^error empty:0 - analyze\.no_file /)
    cpSync(join(SERIES, 'sound'), join(folder, 'orphan', 'data'), { recursive: true })
    const orphan = write('orphan/reference/x.json', { ...printed(1), dataset: 'Elsewhere' })
    expect(problems('check', join(orphan, '../..'))).toEqual([
      expect.stringMatching(/^error x\.json:0 series analyze\.no_data /),
    ])
    expect(problems('check', join(folder, 'nowhere'))[0]).toMatch(/analyze\.unreadable/)
  })
})

describe('as a process', { timeout: 60_000 }, () => {
  const run = async (...words: string[]) => {
    const data = mkdtempSync(join(folder, 'data-'))
    const child = spawn(process.execPath, [join(import.meta.dirname, '../cli.ts'), 'analyze', ...words], {
      env: { ...process.env, HANDRAIL_DATA: data, DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' },
    })
    let [out, err] = ['', '']
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => (out += chunk))
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => (err += chunk))
    const code = await new Promise<number | null>((resolve) => child.on('close', resolve))
    return { code, out, err, left: readdirSync(data) }
  }

  it('needs no database and leaves nothing behind', async () => {
    const { code, out, err, left } = await run('singlecase', join(SERIES, 'sound'), '--json')
    expect([code, err, left]).toEqual([0, '', []])
    expect((JSON.parse(out) as Rows).length).toBe(4)
  })

  it('exit code 2 and nothing on standard output for bad input and for words it does not know', async () => {
    const bad = await run('singlecase', join(SERIES, 'messy', 'errors.csv'))
    expect([bad.code, bad.out]).toEqual([2, ''])
    expect(bad.err).toContain('error errors.csv:3 value ')
    const wrong = [['tea', 'leaves'], ['ioa'], ['ioa', 'a.json', 'b.json']]
    for (const { code, out, err } of await Promise.all(wrong.map((words) => run(...words)))) {
      expect([code, out]).toEqual([2, ''])
      expect(err).toContain('analyze singlecase <csv or folder>')
    }
  })
})
