/**
 * Reads assessment exports of vendors into score sets: one fact a student, assessment and time, with every score of it
 * as the file has it. Not points of a goal: a score has no fraction, and what its scale means is the vendor's. Pure.
 *
 * Layouts are told apart by their column names. A cell that holds no score (blank, a word for missing) gives none; a
 * score set without any score is left out, never taken as zero.
 */
import { said } from '../../platform/core/said.ts'
import type { Json } from '../../platform/core/canonical.ts'
import { readCsv, type Finding } from '../../platform/core/csv.ts'
import type { Day } from '../../platform/core/days.ts'
import type { Uuid } from '../../platform/core/ids.ts'
import type { StudentFact } from './model.ts'
import { dayFrom } from './oneroster-days.ts'
import { headersOf } from './plain.ts'
import { slashed } from './sds.ts'

/** Where a layout keeps what. Columns are named exactly. */
interface Layout {
  readonly name: string
  /** Columns that only this layout has. */
  readonly sign: readonly string[]
  /** The student's number, the first of these that is not blank. */
  readonly student: readonly string[]
  /** The assessment, from columns or as a word. */
  readonly assessment: readonly string[] | string
  /** Column of the day it was taken. */
  readonly taken: string
  /** Time of year, where a column says it. */
  readonly period?: string
  /** Columns with scores. */
  readonly scores: RegExp
  /** Who reads it. Default T2, as other scores; what rates behavior or feeling is restricted. */
  readonly tier?: StudentFact['tier']
  /** One row holds several times of the year: what begins the names of a time's columns. */
  readonly seasons?: readonly string[]
}

const LAYOUTS: readonly Layout[] = [
  {
    name: 'BASC-3 BESS',
    sign: ['BERI', 'BERI Percentile'],
    student: ['Student Number'],
    assessment: ['Form'],
    taken: 'Submitted',
    scores: /^(BERI|ERI|IRI|ARI|PRI|SRI)\b/,
    tier: 'T5',
  },
  {
    name: 'DIBELS 8',
    sign: ['Benchmark Period', 'Composite Score'],
    student: ['Student Primary ID', 'Secondary Student ID'],
    assessment: ['Assessment', 'Assessment Edition'],
    taken: 'Client Date',
    period: 'Benchmark Period',
    scores: /- (Score|Level|National Norm Percentile)$|^Composite (Score|Level)$/,
  },
  {
    name: 'FastBridge',
    sign: ['FAST ID', 'Assessment Language'],
    student: ['Local ID', 'State ID'],
    assessment: ['Assessment'],
    taken: 'Final Date',
    scores: /^(Fall|Winter|Spring) /,
    seasons: ['Fall', 'Winter', 'Spring'],
  },
  {
    name: 'MAP Fluency',
    sign: ['AssignedTestType', 'TestCompletionDate'],
    student: ['StudentID'],
    assessment: ['AssignedTestType'],
    taken: 'TestCompletionDate',
    period: 'TermName',
    scores: /(Correct|Attempted|Score|Percentile|Level|Scaled|Measure|Outcome|ZPDName)$/,
  },
  {
    name: 'PALS',
    sign: ['ASSESSDATE', 'SCORESID'],
    student: ['STD_STI', 'STD_PID'],
    assessment: 'PALS',
    taken: 'ASSESSDATE',
    period: 'SEMESTER',
    scores: /^(NAMEWRI|ALPHA_UC|ALPHA_LC|LETTERSND|BEGSOUND|PRNTWORD|RHYME|NURRHYME)$/,
  },
  {
    name: 'SC-Alt',
    sign: ['ELASS', 'MathSS', 'SciSS'],
    student: ['StateID', 'PermID'],
    assessment: 'SC Alternate Assessment',
    taken: 'ELAStart_TimeStamp',
    period: 'TestAdmin',
    scores: /^(ELA|Math|Sci|Soc)_?(SS|Lev|SSP|SSH|SSB|SSSEM)|^Level(ELA|Math|Sci|Soc)$/,
  },
  {
    name: 'STAR by standard',
    sign: ['StandardName', 'StandardPercentMastery'],
    student: ['StudentSourcedID', 'StudentIdentifier'],
    assessment: ['DomainGroup', 'DomainName', 'StandardName'],
    taken: 'CompletedDateLocal',
    scores: /^(Domain|Standard)(PercentMastery|ConfidenceLevel|MasteryLevel)$/,
  },
  {
    name: 'STAR by skill area',
    sign: ['SkillAreaName', 'SkillAreaMasteryScore'],
    student: ['StudentSourcedID', 'StudentIdentifier'],
    assessment: ['DomainName', 'SkillAreaName'],
    taken: 'CompletedDateLocal',
    scores: /^(DomainScore|SkillAreaMasteryScore)$/,
  },
  {
    name: 'STAR',
    sign: ['ScaledScore', 'GradeEquivalent', 'RenaissanceClientID'],
    student: ['StudentSourcedID', 'StudentIdentifier'],
    assessment: ['AssessmentType'],
    taken: 'CompletedDateLocal',
    scores:
      /^(ScaledScore|StandardErrorOfMeasurement|RaschScore|UnifiedScore|GradeEquivalent|PercentileRank|NormalCurveEquivalent|InstructionalReadingLevel|EstimatedOralReadingFluency|Lexile|TotalCorrect|TotalPossible|.*BenchmarkCategory.*)$/,
  },
  {
    name: 'scores',
    sign: ['studentId', 'adminDate', 'scaleScore'],
    student: ['studentId'],
    assessment: 'scores',
    taken: 'adminDate',
    period: 'schoolYear',
    scores: /(Score|Level|Percentage|Met|sem)$/,
  },
]

export interface ScoresReading {
  readonly fit: boolean
  readonly facts: readonly StudentFact[]
  readonly findings: readonly Finding[]
  /** By file: its layout and rows. */
  readonly files: Readonly<Record<string, { readonly rows: number; readonly layout: string }>>
}

/**
 * The score sets of some files. `students`: the district's students by the ids and numbers they go by; a score of
 * nobody there is an error, and with one error nothing goes in. No message quotes a number or a name.
 */
export function readScores(
  files: ReadonlyMap<string, Uint8Array>,
  options: {
    readonly students: ReadonlyMap<string, Uuid>
    readonly ids: (type: string, source: string) => Uuid
  },
): ScoresReading {
  const findings: Finding[] = []
  const facts = new Map<Uuid, StudentFact>()
  const reports: Record<string, { rows: number; layout: string }> = {}
  for (const [path, bytes] of files) {
    const file = path.split(/[\\/]/).at(-1) ?? path
    const headers = headersOf(bytes)
    const layout = LAYOUTS.find((one) => one.sign.every((column) => headers.includes(column)))
    if (!layout) {
      findings.push({
        file,
        row: 1,
        field: null,
        code: 'scores.unknown_layout',
        severity: 'error',
        ...said(
          /*i18n*/ {
            id: 'finding.scores.unknown_layout',
            message: 'The columns are those of no assessment export that is known ({layouts}).',
          },
          { layouts: LAYOUTS.map(({ name }) => name).join(', ') },
        ),
      })
      continue
    }
    const [first = ''] = layout.student.filter((column) => headers.includes(column))
    const csv = readCsv(bytes, {
      file,
      expected: [{ name: first || (layout.student[0] ?? ''), required: true }],
      extension: /^/,
    })
    // a column without a name is how these exports separate blocks
    findings.push(...csv.findings.filter(({ code }) => code !== 'csv.blank_header'))
    reports[file] = { rows: csv.facts.records, layout: layout.name }
    for (const { line, values } of csv.rows) {
      const get = (column: string): string => (values[column] ?? '').trim()
      const number = layout.student.map(get).find((text) => text !== '') ?? ''
      const student = options.students.get(number)
      if (student === undefined) {
        const message =
          number === ''
            ? said(/*i18n*/ { id: 'finding.scores.no_student', message: 'The row names no student.' })
            : said(
                /*i18n*/ {
                  id: 'finding.scores.unknown_student',
                  message:
                    'No student of the district goes by this number. Import the roster first, or correct the number.',
                },
              )
        findings.push({
          file,
          row: line,
          field: first,
          code: 'scores.unknown_student',
          severity: 'error',
          ...message,
        })
        continue
      }
      for (const set of setsOf(layout, get, headers)) {
        const key = JSON.stringify([layout.name, number, set.assessment, set.period, set.taken])
        const id = options.ids('scores', key)
        const detail: { [name: string]: Json } = {
          layout: layout.name,
          assessment: set.assessment,
          ...(set.period === '' ? {} : { period: set.period }),
          scores: set.scores,
        }
        facts.set(id, {
          id,
          student,
          kind: 'scores',
          tier: layout.tier ?? 'T2',
          from: set.taken,
          to: null,
          detail,
        })
      }
    }
  }
  const fit = findings.every(({ severity }) => severity !== 'error')
  return { fit, facts: fit ? [...facts.values()] : [], findings, files: reports }
}

interface ScoreSet {
  readonly assessment: string
  readonly period: string
  readonly taken: Day | null
  readonly scores: { [name: string]: string }
}

function setsOf(layout: Layout, get: (column: string) => string, headers: readonly string[]): ScoreSet[] {
  const assessment =
    typeof layout.assessment === 'string'
      ? layout.assessment
      : layout.assessment.map(get).filter(Boolean).join(' · ')
  return (layout.seasons ?? ['']).flatMap((season) => {
    const mine = headers.filter((header) => layout.scores.test(header) && header.startsWith(season))
    const taken = season === '' ? layout.taken : (mine.find((header) => header.endsWith(layout.taken)) ?? '')
    const scores = Object.fromEntries(
      mine
        .filter((header) => header !== taken && !MISSING.test(get(header)))
        .map((header) => [header, get(header)]),
    )
    if (Object.keys(scores).length === 0) return []
    const period = season || (layout.period === undefined ? '' : get(layout.period))
    return [{ assessment, period, taken: dayOf(get(taken)), scores }]
  })
}

/** What stands in these files where there is no score. */
const MISSING = /^(|n\/?a\*?|no score|null|-|--)$/i

function dayOf(text: string): Day | null {
  return dayFrom(slashed(text.split(' ')[0] ?? '').slice(0, 10))
}
