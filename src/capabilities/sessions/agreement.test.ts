import { describe, expect, it } from 'vitest'
import type { StoredRecord } from '../../platform/records/envelope.ts'
import { sessionAgreesWithProgram } from './agreement.ts'
import { device, PROGRAM, STUDENT, TRIALS } from './testing.ts'

const published = (over: Partial<StoredRecord> = {}) =>
  device().make(
    'program',
    { title: 'Requesting', measure: TRIALS, number: 1 },
    { refs: { program: PROGRAM }, ...over },
  )

describe('a start and the version it names', () => {
  it('agree when the start carries the measure of the version', () => {
    expect(sessionAgreesWithProgram(device().start(TRIALS), published())).toBeNull()
  })

  it('agree whatever the order of the fields', () => {
    const { min_opportunities, planned, prompts, system } = TRIALS
    const start = device().start({ planned, prompts, min_opportunities, system })
    expect(sessionAgreesWithProgram(start, published())).toBeNull()
  })

  it('differ when the start measures otherwise', () => {
    const start = device().start({ ...TRIALS, min_opportunities: 0 })
    expect(sessionAgreesWithProgram(start, published())).toBe('session.measure_differs')
  })

  it('differ when the version is of another program or student, or no version at all', () => {
    const start = device().start(TRIALS)
    expect(sessionAgreesWithProgram(start, published({ refs: { program: 'other' } }))).toBe(
      'record.ref_program',
    )
    expect(sessionAgreesWithProgram(start, published({ student: `${STUDENT.slice(0, -1)}1` }))).toBe(
      'record.ref_student',
    )
    expect(sessionAgreesWithProgram(start, device().pause())).toBe('record.ref_kind')
  })
})
