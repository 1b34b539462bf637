import { expect, test } from 'vitest'
import type { StoredRecord } from '../../../platform/records/envelope.ts'
import type { SafetyBody } from '../records.ts'
import { standingCards } from './card.ts'

const body: SafetyBody = {
  supervision: 'SV2',
  exceptions: ['SV4 near road or water'],
  flags: ['elopement'],
  communicates: 'Speech device',
  lines: ['Do: stay in sight.'],
}

let made = 0
function card(id: string, base?: string, over: Partial<StoredRecord> = {}): StoredRecord {
  made += 1
  return {
    id,
    kind: 'students.safety',
    v: 1,
    body,
    student: 'amari',
    refs: base === undefined ? {} : { base },
    at: `2026-11-0${made % 9}T14:00:00.000Z`,
    tz: 'America/Chicago',
    device: 'desk',
    seq: made,
    ord: made,
    mono: { boot: 'b', ms: made },
    digest: '',
    author: 'ellen',
    received: null,
    aud: null,
    pos: null,
    ...over,
  }
}

const idsOf = (records: readonly StoredRecord[]) =>
  standingCards(records).map((one) => [one.id, one.disputed])

test('the card that follows the others stands', () => {
  expect(idsOf([card('a'), card('b', 'a'), card('c', 'b')])).toEqual([['c', false]])
  expect(idsOf([])).toEqual([])
})

test('two cards that follow the same one are both shown, the newer first, and say so', () => {
  expect(idsOf([card('a'), card('b', 'a'), card('c', 'a')])).toEqual([
    ['c', true],
    ['b', true],
  ])
})

test('a corrected card stands once, in its corrected form', () => {
  const mended = { ...body, exceptions: [] }
  const [standing, ...others] = standingCards([
    card('a'),
    card('b', undefined, { replaces: 'a', reason: 'other', body: mended }),
  ])
  expect(others).toEqual([])
  expect(standing?.body.exceptions).toEqual([])
})
