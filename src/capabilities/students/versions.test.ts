import { expect, test } from 'vitest'
import { z } from 'zod'
import type { StoredRecord } from '../../platform/records/envelope.ts'
import { agreesWithTarget, answersQuestion } from './agrees.ts'
import { acksOf, hasRead, headsOf, lastRead, receiptsOf, versionsOf } from './versions.ts'

const Body = z.object({ line: z.string() })
const KIND = 'students.glance'

let made = 0
function record(kind: string, id: string, fields: Partial<StoredRecord> = {}): StoredRecord {
  made += 1
  return {
    id,
    kind,
    v: 1,
    body: { line: id },
    student: 'cody',
    refs: {},
    at: new Date(Date.UTC(2026, 10, 3, 13, made)).toISOString(),
    tz: 'America/Chicago',
    device: 'desk',
    seq: made,
    ord: made,
    mono: { boot: 'b', ms: made },
    digest: '',
    author: 'sam',
    received: null,
    aud: null,
    pos: null,
    ...fields,
  }
}
const plan = (id: string, base?: string, fields: Partial<StoredRecord> = {}) =>
  record(KIND, id, { refs: base === undefined ? {} : { base }, ...fields })
const ack = (author: string, of: string) =>
  record('students.ack', `${author} read ${of}`, { author, refs: { of }, body: { what: 'glance' } })
const numbers = (records: readonly StoredRecord[]) =>
  versionsOf(records, KIND, Body).map(({ id, number }) => [id, number])
const heads = (records: readonly StoredRecord[]) =>
  headsOf(records, KIND, Body).map(({ id, disputed }) => [id, disputed])

test('versions are counted along what each one names as its base, in whatever order they arrive', () => {
  const chain = [plan('a'), plan('b', 'a'), plan('c', 'b'), plan('d', 'c')]
  for (const records of [chain, chain.toReversed()]) {
    expect(numbers(records)).toEqual([
      ['a', 1],
      ['b', 2],
      ['c', 3],
      ['d', 4],
    ])
    expect(heads(records)).toEqual([['d', false]])
  }
})

test('two that follow the same one both stand, as version 2 both, and say so', () => {
  const records = [plan('a'), plan('b', 'a'), plan('c', 'a')]
  expect(numbers(records)).toEqual([
    ['a', 1],
    ['b', 2],
    ['c', 2],
  ])
  expect(heads(records)).toEqual([
    ['c', true],
    ['b', true],
  ])
})

test('a version that was corrected after it was followed is followed still', () => {
  const records = [plan('a'), plan('b', 'a'), plan('a2', undefined, { replaces: 'a', reason: 'other' })]
  expect(heads(records)).toEqual([['b', false]])
  expect(numbers(records)).toEqual([
    ['a2', 1],
    ['b', 2],
  ])
})

test('one of an unknown shape shows nothing and is not taken for the one that stands', () => {
  expect(heads([plan('a'), plan('b', 'a', { body: { other: 1 } })])).toEqual([])
})

test('AW-2 who has read which version: the last one, and nobody for the one that stands until they say so', () => {
  const records = [plan('a'), plan('b', 'a'), plan('c', 'b')]
  const acks = acksOf([ack('maya', 'a'), ack('andre', 'b')])
  const versions = versionsOf(records, KIND, Body)
  const [head] = headsOf(records, KIND, Body)
  if (!head) throw new Error('none stands')
  expect(lastRead(versions, acks, 'maya')?.id).toBe('a')
  expect(hasRead(head, acks, 'andre')).toBe(false)
  expect(hasRead(head, acks, 'sam')).toBe(true)
  expect(receiptsOf(versions, head, acks, ['maya', 'andre', 'kim', 'sam'])).toEqual([
    { person: 'maya', at: null, number: 1 },
    { person: 'andre', at: null, number: 2 },
    { person: 'kim', at: null, number: 0 },
  ])
  const later = ack('maya', 'c')
  expect(receiptsOf(versions, head, acksOf([later]), ['maya'])).toEqual([
    { person: 'maya', at: later.at, number: 3 },
  ])
})

test('an acknowledgement is of the same student and of the kind that it says', () => {
  const of = { student: 'cody', body: { what: 'glance' } }
  expect(agreesWithTarget(of, { student: 'cody', kind: KIND })).toBeNull()
  expect(agreesWithTarget(of, { student: 'bella', kind: KIND })).toBe('record.ref_student')
  expect(agreesWithTarget(of, { student: 'cody', kind: 'students.health' })).toBe('record.ref_kind')
})

test('an answer is to a question about the same student', () => {
  const answer = { student: 'cody' }
  expect(answersQuestion(answer, { student: 'cody', kind: 'students.question' })).toBeNull()
  expect(answersQuestion(answer, { student: 'bella', kind: 'students.question' })).toBe('record.ref_student')
  expect(answersQuestion(answer, { student: 'cody', kind: 'students.ack' })).toBe('record.ref_kind')
})
