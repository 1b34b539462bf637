import { describe, expect, it } from 'vitest'
import type { StoredRecord } from '../../platform/records/envelope.ts'
import { CheckBody, type CheckBody as Body } from './records.ts'
import type { Exact } from '../sessions/state.ts'
import { checksFrom, isLow, itemsOn, openOf } from './rules.ts'

const TZ = 'America/Chicago'
const AAC = 'Speech device'
let made = 0

function record(at: string, body: Partial<Exact<Body>>, more: Partial<StoredRecord> = {}): StoredRecord {
  made += 1
  const time = Date.parse(at)
  return {
    id: `id-${made}`,
    kind: 'equipment.check',
    v: 1,
    body: { item: AAC, result: 'ok', ...body },
    student: 'am',
    refs: {},
    at,
    tz: TZ,
    device: 'phone',
    seq: made,
    ord: time,
    mono: { boot: 'b', ms: made },
    digest: '',
    author: 'maya',
    received: time,
    aud: 1,
    pos: made,
    ...more,
  }
}

describe('checks of a day', () => {
  it('AW-5 a speech device with 34 % is charged: below the mark of 40, and open until it is found in order', () => {
    expect(isLow(34, 40)).toBe(true)
    expect(isLow(40, 40)).toBe(false)
    expect(isLow(null, 40)).toBe(false)
    expect(isLow(34, null)).toBe(false)
    const low = record('2026-11-03T13:52:00.000Z', { result: 'attention', battery_pct: 34, note: 'charge' })
    expect(openOf(checksFrom([low]))).toMatchObject([{ item: AAC, battery_pct: 34, note: 'charge' }])
    const charged = record('2026-11-03T15:40:00.000Z', { battery_pct: 80 })
    expect(openOf(checksFrom([low, charged]))).toEqual([])
    // in whatever order they arrive
    expect(openOf(checksFrom([charged, low]))).toEqual([])
  })

  it('each item is due once on a school day, by the day at the school', () => {
    // 23:30 of November 2 at the school is November 3 in UTC
    const evening = record('2026-11-03T05:30:00.000Z', {})
    const splints = record('2026-11-03T14:00:00.000Z', { item: 'Hand splints' })
    const items = itemsOn([AAC, 'Hand splints', AAC], checksFrom([evening, splints]), {
      day: '2026-11-03',
      tz: TZ,
    })
    expect(items).toMatchObject([
      { item: AAC, check: null },
      { item: 'Hand splints', check: { id: splints.id } },
    ])
  })

  it('a check that was taken back was not made, and what was open before is open again', () => {
    const low = record('2026-11-03T13:52:00.000Z', { result: 'missing', note: 'left_at_home' })
    const wrong = record('2026-11-03T13:53:00.000Z', {})
    const back = record(
      '2026-11-03T13:53:02.000Z',
      {},
      {
        kind: 'equipment.void',
        body: {},
        replaces: wrong.id,
        reason: 'mis_tap',
      },
    )
    expect(openOf(checksFrom([low, wrong, back]))).toMatchObject([{ id: low.id }])
  })

  it('an item that is open since yesterday is open, and due again today', () => {
    const broken = record('2026-11-02T14:00:00.000Z', { result: 'attention', note: 'broken' })
    const checks = checksFrom([broken])
    expect(openOf(checks)).toHaveLength(1)
    expect(itemsOn([AAC], checks, { day: '2026-11-03', tz: TZ })).toEqual([{ item: AAC, check: null }])
  })
})

it.each([
  [{ item: AAC, result: 'ok', note: 'charge' }, false],
  [{ item: AAC, result: 'attention', note: 'charge', battery_pct: 34 }, true],
  [{ item: AAC, result: 'attention', battery_pct: 101 }, false],
  [{ item: '', result: 'ok' }, false],
  [{ item: AAC, result: 'attention', note: 'looks bad today' }, false],
])('takes %o: %s', (body, taken) => {
  expect(CheckBody.safeParse(body).success).toBe(taken)
})
