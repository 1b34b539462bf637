import { expect, test } from 'vitest'
import { readableOf } from './refused.ts'

const envelope = {
  id: '01900000-0000-7000-8000-000000000001',
  kind: 'sessions.trial',
  v: 1,
  body: { n: 4, result: '+', level: 'G' },
  student: '01900000-0000-7000-8000-0000000000b1',
  refs: {},
  at: '2026-11-03T14:52:00.000Z',
}

test('a record is read with its kind, student, time and fields', () => {
  expect(readableOf(JSON.stringify(envelope))).toEqual({
    kind: 'sessions.trial',
    student: envelope.student,
    at: envelope.at,
    fields: [
      ['n', '4'],
      ['result', '+'],
      ['level', 'G'],
    ],
    reason: null,
  })
})

test('nested content is listed by its path, and a missing body is no content', () => {
  const nested = { ...envelope, body: { measure: { system: 'trials', levels: [{ code: 'G' }] }, note: null } }
  expect(readableOf(JSON.stringify(nested))?.fields).toEqual([
    ['measure.system', 'trials'],
    ['measure.levels.0.code', 'G'],
    ['note', 'null'],
  ])
  expect(readableOf('{"kind":"x.y","at":"2026-11-03T14:52:00.000Z"}')).toMatchObject({
    student: null,
    fields: [],
  })
})

test('what is no record, or was cut off, has no readable form', () => {
  expect(readableOf('')).toBeNull()
  expect(readableOf('[1, 2]')).toBeNull()
  expect(readableOf(JSON.stringify(envelope).slice(0, 80))).toBeNull()
  expect(readableOf(JSON.stringify({ ...envelope, at: 'soon' }))).toBeNull()
})
