import { describe, expect, test } from 'vitest'
import { lookAt, onTaskOf } from './round.ts'

const round = { everyMs: 30_000, students: ['am', 'bk', 'cd'] }

describe('looks that go round a class', () => {
  test('the first cue comes at the end of the first interval; each cue is the next student’s, and round again', () => {
    expect(lookAt(0, round)).toEqual({ n: 0, into: 0, left: 30, student: null })
    expect(lookAt(29_999, round).student).toBeNull()
    const asked = [1, 2, 3, 4].map((n) => lookAt(n * 30_000, round).student)
    expect(asked).toEqual(['am', 'bk', 'cd', 'am'])
  })

  test('a look counts for five seconds after its cue, then it is missed', () => {
    expect(lookAt(35_000, round)).toEqual({ n: 1, into: 5000, left: 25, student: 'am' })
    expect(lookAt(35_001, round).student).toBeNull()
  })
})

test('one adult’s rounds in a block are pooled, 2/3 and 3/3 are 5/6; another adult’s are not in it', () => {
  const part = { act: '', block: 'P2' }
  const rounds = [
    { ...part, by: 'maya', numerator: 2, denominator: 3 },
    { ...part, by: 'maya', numerator: 3, denominator: 3 },
    { ...part, by: 'dana', numerator: 0, denominator: 4 },
    { ...part, by: 'maya', block: 'P1', numerator: 0, denominator: 9 },
  ]
  expect(onTaskOf({ rounds }, 'P2', 'maya')).toEqual({ numerator: 5, denominator: 6 })
  expect(onTaskOf({ rounds }, 'P3', 'maya')).toBeNull()
  expect(onTaskOf(null, 'P2', 'maya')).toBeNull()
})
