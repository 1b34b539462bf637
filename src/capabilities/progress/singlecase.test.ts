import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { ImportedPointBody } from './records.ts'
import { readSingleCase } from './singlecase.ts'

const HERE = new URL('./fixtures/singlecase/', import.meta.url)
const HEADER =
  'dataset,case,series,session,phase,condition,value,measurement_type,improvement,session_length_min,intervals,goal_level,source'

function folder(name: string): Map<string, Uint8Array> {
  const files = readdirSync(new URL(`${name}/`, HERE)).toSorted()
  return new Map(files.map((file) => [file, new Uint8Array(readFileSync(new URL(`${name}/${file}`, HERE)))]))
}

const only = (name: string) => new Map([...folder('messy')].filter(([file]) => file === name))

/** One file of one series; each row is `session,phase,condition,value` or the columns from `dataset` on. */
function file(...rows: readonly string[]): Map<string, Uint8Array> {
  const lines = rows.map((row) =>
    row.split(',').length > 4 ? row : `D,Case 1,talk-outs,${row},count,decrease,15,,,`,
  )
  return new Map([['d.csv', new TextEncoder().encode([HEADER, ...lines].join('\n'))]])
}

const found = (files: ReadonlyMap<string, Uint8Array>) =>
  readSingleCase(files).findings.map(
    ({ severity, code, row, field }) => `${severity} ${code} ${row} ${field ?? '-'}`,
  )

describe('published data', () => {
  const { fit, series, findings, files } = readSingleCase(folder('sound'))

  it('gives each series with its phases, in the order of the source', () => {
    expect(fit).toBe(true)
    expect(findings).toEqual([])
    expect(files).toEqual({
      'CrozierTincani2005.csv': { rows: 24, series: 1, missing: 0 },
      'ParkerVannestDavis2011.csv': { rows: 22, series: 2, missing: 0 },
    })
    // Crozier & Tincani (2005): talk-outs in baseline, story, baseline, story.
    expect(
      series[0]?.phases.map(({ label, condition, points }) => [
        label,
        condition,
        points.map((point) => point.value),
      ]),
    ).toEqual([
      ['A1', 'A', [9, 12, 10, 8, 12, 16]],
      ['B1', 'B', [0, 6, 1, 5, 1, 1]],
      ['A2', 'A', [2, 4, 12, 12, 7, 11]],
      ['B2', 'B', [1, 0, 0, 0, 0, 0]],
    ])
    expect(series[0]).toMatchObject({
      file: 'CrozierTincani2005.csv',
      dataset: 'CrozierTincani2005',
      case: 'Case 1',
      series: 'talking out',
      measurementType: 'count',
      improvement: 'decrease',
      sessionLengthMin: null,
      intervals: null,
      goalLevel: null,
    })
    expect(series[0]?.source).toMatch(/^Crozier, S\., & Tincani, M\. J\. \(2005\)\./)
    // Parker, Vannest & Davis (2011), the second worked example.
    expect(series[2]?.phases.map((phase) => phase.points.map((point) => point.value))).toEqual([
      [3, 3, 4, 5],
      [4, 5, 6, 7, 7],
    ])
  })

  it('every point fits the record it will become', () => {
    for (const { phases } of series) {
      for (const phase of phases) {
        for (const point of phase.points) {
          const body = { ...point, phase: phase.label, condition: phase.condition, synthetic_date: true }
          expect(ImportedPointBody.safeParse(body).success).toBe(true)
        }
      }
    }
  })
})

describe('a messy file that can be read', () => {
  const { fit, series, files } = readSingleCase(only('warnings.csv'))

  it('G10 a blank value is a missing point, a zero is a zero, and a gap in the sessions stays', () => {
    expect(fit).toBe(true)
    expect(series[0]?.phases[0]).toEqual({
      label: 'baseline',
      condition: 'A',
      sourceCondition: 'A',
      points: [
        { session: 1, value: 2, row: 1 },
        { session: 2, value: null, row: 2 },
        { session: 5, value: 0, row: 3 },
      ],
    })
    expect(files['warnings.csv']).toEqual({ rows: 7, series: 1, missing: 2 })
  })

  it('keeps two points of one session, and the order of the file', () => {
    expect(series[0]?.phases.slice(1).map(({ condition, points }) => [condition, points])).toEqual([
      [
        'B',
        [
          { session: 6, value: 7, row: 4 },
          { session: 6, value: 8, row: 5 },
        ],
      ],
      [
        'other',
        [
          { session: 9, value: null, row: 6 },
          { session: 8, value: 6, row: 7 },
        ],
      ],
    ])
  })
})

describe('phases', () => {
  it('are runs: a label that comes back is a new phase', () => {
    const { series } = readSingleCase(file('1,A,A,1', '2,B,B,2', '3,B,B,3', '4,A,A,1'))
    expect(series[0]?.phases.map(({ label, points }) => [label, points.length])).toEqual([
      ['A', 1],
      ['B', 2],
      ['A', 1],
    ])
  })

  it('a series may begin with treatment and hold conditions beyond A and B', () => {
    const { series } = readSingleCase(file('1,B1,B,1', '2,C1,C,2', '3,maintenance,follow-up,2'))
    expect(series[0]?.phases.map(({ condition, sourceCondition }) => [condition, sourceCondition])).toEqual([
      ['B', 'B'],
      ['other', 'C'],
      ['other', 'follow-up'],
    ])
  })

  it('rows of two series may take turns', () => {
    const { series } = readSingleCase(
      file('1,A,A,1', 'D,Case 2,talk-outs,1,A,A,5,count,decrease,15,,,', '2,A,A,2'),
    )
    expect(series.map((one) => [one.case, one.phases[0]?.points.map((point) => point.value)])).toEqual([
      ['Case 1', [1, 2]],
      ['Case 2', [5]],
    ])
  })
})

describe('findings', () => {
  it('one error and nothing goes in; allowPartial leaves out the bad rows only', () => {
    const errors = only('errors.csv')
    expect(readSingleCase(errors)).toMatchObject({ fit: false, series: [] })
    expect(found(errors)).toEqual([
      'error singlecase.bad_number 3 value',
      'error csv.ragged_row 4 measurement_type',
      'error singlecase.unknown_improvement 5 improvement',
      'error singlecase.blank_field 6 session',
      'error singlecase.contradiction 7 improvement',
    ])
    const partial = readSingleCase(errors, { allowPartial: true })
    expect(partial.fit).toBe(true)
    expect(
      partial.series[0]?.phases.map((phase) => phase.points.map(({ session, value }) => [session, value])),
    ).toEqual([[[1, 40]], [[7, 80]]])
  })

  it.each<[string, string[], string[]]>([
    ['bad_number: a word', ['1,A,A,many'], ['error singlecase.bad_number 2 value']],
    ['bad_number: infinity', ['1,A,A,1e999'], ['error singlecase.bad_number 2 value']],
    ['bad_number: a session', ['one,A,A,1'], ['error singlecase.bad_number 2 session']],
    [
      'bad_number: a decimal comma',
      ['D,Case 1,x,1,A,A,"4,5",count,decrease,,,,'],
      ['error singlecase.bad_number 2 value'],
    ],
    [
      'blank_field',
      [',,x,,,,1,count,decrease,,,,'],
      [
        'error singlecase.blank_field 2 dataset',
        'error singlecase.blank_field 2 case',
        'error singlecase.blank_field 2 session',
        'error singlecase.blank_field 2 phase',
        'error singlecase.blank_field 2 condition',
      ],
    ],
    ['text_too_long', [`1,${'x'.repeat(81)},A,1`], ['error singlecase.text_too_long 2 phase']],
    [
      'unknown_improvement',
      ['D,Case 1,x,1,A,A,1,count,,,,,'],
      ['error singlecase.unknown_improvement 2 improvement'],
    ],
    [
      'unknown_measurement',
      ['D,Case 1,x,1,A,A,1,duration,decrease,,,,'],
      ['warning singlecase.unknown_measurement 2 measurement_type'],
    ],
    ['missing_word', ['1,A,A,NA'], ['warning singlecase.missing_word 2 value']],
    [
      'out_of_range',
      [
        'D,Case 1,x,1,A,A,104,percentage,increase,,,,',
        'D,Case 1,x,2,A,A,840,percentage,increase,,,,',
        'D,Case 2,x,1,A,A,1.02,proportion,increase,,,,',
        'D,Case 2,x,2,A,A,45,proportion,increase,,,,',
        'D,Case 3,x,1,A,A,-0.003,count,increase,,,,',
        'D,Case 3,x,2,A,A,-4,count,increase,,,,',
      ],
      [
        'warning singlecase.out_of_range 3 value',
        'warning singlecase.out_of_range 5 value',
        'warning singlecase.out_of_range 7 value',
      ],
    ],
    [
      'contradiction',
      ['1,A,A,1', 'D,Case 1,talk-outs,2,A,A,1,count,decrease,20,,,'],
      ['error singlecase.contradiction 3 session_length_min'],
    ],
    ['duplicate_session', ['1,A,A,1', '1,A,A,2'], ['warning singlecase.duplicate_session 3 session']],
    ['session_order', ['2,A,A,1', '1,A,A,2'], ['warning singlecase.session_order 3 session']],
  ])('singlecase.%s', (_, rows, expected) => {
    expect(found(file(...rows))).toEqual(expected)
  })

  it('singlecase.duplicate_series: one series in two files', () => {
    const one = file('1,A,A,1').get('d.csv') ?? new Uint8Array()
    expect(
      readSingleCase(
        new Map([
          ['a.csv', one],
          ['b.csv', one],
        ]),
      ).findings.map(({ code, file: name, row }) => [code, name, row]),
    ).toEqual([['singlecase.duplicate_series', 'b.csv', 2]])
  })

  it('singlecase.no_file', () => {
    const { fit, findings } = readSingleCase(new Map([['README.md', new Uint8Array()]]))
    expect(fit).toBe(false)
    expect(findings.map((finding) => finding.code)).toEqual(['singlecase.no_file'])
  })

  it('a wrong header stops the import even with allowPartial', () => {
    const bad = new TextEncoder().encode(`${HEADER.replace('value', 'valeu')}\n`)
    const files = new Map([...file('1,A,A,1'), ['bad.csv', bad] as const])
    const result = readSingleCase(files, { allowPartial: true })
    expect(result).toMatchObject({ fit: false, series: [] })
    expect(result.findings.map(({ code, field }) => [code, field])).toEqual([
      ['csv.misspelt_header', 'valeu'],
    ])
  })

  it('reads what a spreadsheet in another encoding and with semicolons made of it', () => {
    const text = [HEADER, 'D,Zoë,Größe,1,A,A,2,count,increase,,,,'].join('\r\n').replaceAll(',', ';')
    const bytes = Uint8Array.from(text, (character) => character.charCodeAt(0))
    const { series, findings } = readSingleCase(new Map([['d.csv', bytes]]))
    expect(series[0]).toMatchObject({ case: 'Zoë', series: 'Größe' })
    expect(findings.map(({ code, severity, row, field }) => [code, severity, row, field])).toEqual([
      ['csv.encoding', 'warning', 2, 'case'],
    ])
  })
})
