import { expect, test } from 'vitest'
import type { StoredRecord } from '../../platform/records/envelope.ts'
import { settle } from '../../platform/records/settle.ts'
import { planView } from './plan.ts'
import { program } from './testing.ts'

let made = 0
function record(kind: string, body: unknown, over: Partial<StoredRecord> = {}): StoredRecord {
  made += 1
  return {
    id: `r${made}`,
    kind,
    v: 1,
    body: body as StoredRecord['body'],
    student: 'amari',
    refs: { program: 'p' },
    at: '2026-09-01T12:10:00.000Z',
    tz: 'America/Chicago',
    device: 'desk',
    seq: made,
    ord: made,
    mono: { boot: 'b', ms: made },
    digest: '',
    author: 'reyes',
    received: null,
    aud: null,
    pos: null,
    ...over,
  }
}

const fold = (...records: StoredRecord[]) => planView.fold(settle(records))
const phase = { label: 'Baseline', condition: 'baseline', from: '2026-09-01', major: true, why: 'Start.' }
const aim = { from: '2026-09-08', from_value: 20, to: '2027-06-01', to_value: 80, basis: 'test' }

test('versions stand by number, phases and aims as they were made, and the plan belongs to its student', () => {
  const second = record('sessions.program', program({ number: 2, title: 'Second' }))
  const first = record('sessions.program', program({ title: 'First' }), { at: '2026-09-02T03:00:00.000Z' })
  const plan = fold(second, first, record('sessions.phase', phase), record('progress.aim', aim))
  expect(plan?.versions.map(({ body, day }) => [body.title, day])).toEqual([
    // three in the morning in London is still the day before in Chicago
    ['First', '2026-09-01'],
    ['Second', '2026-09-01'],
  ])
  expect(plan).toMatchObject({ program: 'p', phases: [{ body: phase, author: 'reyes' }], aims: [aim] })
  expect(plan && planView.parent(plan)).toBe('student:amari')
})

test('a phase that was replaced stands once, corrected', () => {
  const wrong = record('sessions.phase', phase)
  const right = { ...phase, from: '2026-09-02' }
  const plan = fold(
    record('sessions.program', program()),
    wrong,
    record('sessions.phase', right, { replaces: wrong.id, reason: 'wrong_time' }),
  )
  expect(plan?.phases.map(({ body }) => body.from)).toEqual(['2026-09-02'])
})

test('phases without a program version are no plan, and what cannot be read is left out', () => {
  expect(fold(record('sessions.phase', phase))).toBeNull()
  expect(fold(record('sessions.program', { title: 'half' }))).toBeNull()
  expect(fold(record('sessions.program', program()), record('progress.aim', { from: 'soon' }))?.aims).toEqual(
    [],
  )
})
