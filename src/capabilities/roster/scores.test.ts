import { describe, expect, it } from 'vitest'
import { readScores } from './scores.ts'

const students = new Map([
  ['605000', 'student:605000'],
  ['605001', 'student:605001'],
])
const read = (text: string) =>
  readScores(new Map([['export.csv', new TextEncoder().encode(text)]]), {
    students,
    ids: (type, source) => `${type}:${source}`,
  })
const sets = (text: string) =>
  read(text).facts.map(({ student, from, detail }) => [
    student,
    from,
    detail['assessment'],
    detail['period'],
    detail['scores'],
  ])

describe('score sets of assessment exports', () => {
  it('one set a student and time: what is blank or says that there is none is no score, and never zero', () => {
    expect(
      sets(
        'TermName,StudentID,Grade,AssignedTestType,TestCompletionDate,PhonologicalAwarenessDomainScore,OralReadingAccuracyScore,SentenceReadingFluencyCorrect\n' +
          'Fall 2026,605000,K,Foundational Skills,9/26/2026,483,,0\n' +
          'Fall 2026,605001,1,Adaptive Oral Reading,9/22/2026,,No Score,\n',
      ),
    ).toEqual([
      [
        'student:605000',
        '2026-09-26',
        'Foundational Skills',
        'Fall 2026',
        { PhonologicalAwarenessDomainScore: '483', SentenceReadingFluencyCorrect: '0' },
      ],
    ])
  })

  it('one row with three times of the year is three sets, each with its own date', () => {
    expect(
      sets(
        'Assessment,Assessment Language,Local ID,FAST ID,,Fall CBM Median WRC,Fall CBM Final Date,Winter CBM Median WRC,Winter CBM Final Date,Spring CBM Median WRC,Spring CBM Final Date\n' +
          'CBMR,English,605001,9,,101,9/22/2026,137,1/24/2027,,\n',
      ),
    ).toEqual([
      ['student:605001', '2026-09-22', 'CBMR', 'Fall', { 'Fall CBM Median WRC': '101' }],
      ['student:605001', '2027-01-24', 'CBMR', 'Winter', { 'Winter CBM Median WRC': '137' }],
    ])
  })

  it('what rates behavior is restricted', () => {
    const { facts } = read(
      'Student Number,Submitted,Form,BERI,BERI Percentile\n605000,10/20/2026,BESS-3 (Parent),64,90\n',
    )
    expect(facts.map(({ tier, from }) => [tier, from])).toEqual([['T5', '2026-10-20']])
  })

  it('the same file again gives the same ids', () => {
    const text = 'studentId,schoolYear,adminDate,scaleScore\n605000,2026,01/02/2026,100\n'
    expect(read(text).facts.map(({ id }) => id)).toEqual(read(text).facts.map(({ id }) => id))
  })

  it('brings nothing when one row names nobody of the district, and quotes no number', () => {
    const reading = read(
      'studentId,schoolYear,adminDate,scaleScore\n605000,2026,01/02/2026,100\n777123,2026,01/02/2026,9\n,2026,,1\n',
    )
    expect(reading).toMatchObject({ fit: false, facts: [] })
    expect(reading.findings.map(({ code, row, field }) => [code, row, field])).toEqual([
      ['scores.unknown_student', 3, 'studentId'],
      ['scores.unknown_student', 4, 'studentId'],
    ])
    expect(JSON.stringify(reading.findings)).not.toContain('777123')
  })

  it('says plainly that it does not know a layout', () => {
    expect(read('a,b\n1,2\n').findings.map(({ code, row }) => [code, row])).toEqual([
      ['scores.unknown_layout', 1],
    ])
  })
})
