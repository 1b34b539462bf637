import { describe, expect, test } from 'vitest'
import { uuidOf } from '../../platform/core/ids.ts'
import type { StoredRecord } from '../../platform/records/envelope.ts'
import { settle } from '../../platform/records/settle.ts'
import { disagree } from './official.ts'
import { awayIn, dayView, markIn, rollOf, seenOn } from './rules.ts'

const DAY = '2026-11-03'
const DINA = uuidOf('dina')
const at = (time: string) => `${DAY}T${time}:00.000Z`
let seq = 0

/** Maya's device unless another is named. */
function record(
  noun: string,
  time: string,
  body: Record<string, unknown>,
  more: { by?: string; act?: string; replaces?: string; day?: string } = {},
): StoredRecord {
  seq += 1
  const by = more.by ?? 'maya'
  return {
    id: uuidOf(`record ${seq}`),
    kind: `attendance.${noun}`,
    v: 1,
    body: noun === 'void' ? {} : ({ day: DAY, block: 'HR', ...body } as StoredRecord['body']),
    student: DINA,
    refs: {
      roll: rollOf(DINA, more.day ?? DAY),
      ...(more.act === undefined ? {} : { act: uuidOf(more.act) }),
    },
    at: at(time),
    tz: 'America/Chicago',
    device: uuidOf(`device of ${by}`),
    seq,
    ord: Date.parse(at(time)),
    mono: { boot: by, ms: seq },
    digest: '',
    author: uuidOf(by),
    received: null,
    aud: null,
    pos: null,
    ...(more.replaces === undefined ? {} : { replaces: more.replaces, reason: 'mis_tap' }),
  }
}

const fold = (...records: StoredRecord[]) => dayView.fold(settle(records))
const block = (code: string, start: string, end: string) => ({ code, start: at(start), end: at(end) })
const P1 = block('P1', '14:30', '15:20')

describe('a student’s day', () => {
  test('the last mark of a block holds, whoever made it and in whatever order they arrive', () => {
    const absent = record('presence', '14:10', { state: 'absent' })
    const late = record('presence', '14:25', { state: 'late', minutes: 15 }, { by: 'dana' })
    for (const day of [fold(absent, late), fold(late, absent)]) {
      expect(markIn(day, 'HR')).toMatchObject({ state: 'late', minutes: 15, by: uuidOf('dana') })
      expect(day?.absent).toBe(false)
      expect(seenOn(day)).toBe('here')
    }
  })

  test('nothing marked is nothing known, and a mark that was taken back is none', () => {
    const absent = record('presence', '14:10', { state: 'absent' })
    expect(fold(absent, record('void', '14:11', {}, { replaces: absent.id }))).toBeNull()
    expect(seenOn(null)).toBeNull()
    expect(markIn(fold(absent), 'P1')).toBeNull()
  })

  test('who was absent in each block that was marked is absent; one look at them is enough to be here', () => {
    const homeroom = record('presence', '14:10', { state: 'absent' })
    const first = record('presence', '14:31', { state: 'absent', block: 'P1' })
    expect(seenOn(fold(homeroom, first))).toBe('absent')
    const back = record('presence', '15:21', { state: 'present', block: 'P2' })
    expect(seenOn(fold(homeroom, first, back))).toBe('here')
  })

  test('a record that names the partition of another day says nothing about that day', () => {
    expect(fold(record('presence', '14:10', { state: 'absent' }, { day: '2026-11-02' }))).toBeNull()
  })
})

describe('why nothing could be run', () => {
  test('absent in homeroom is absent in period 1 as well, until somebody says otherwise', () => {
    const absent = record('presence', '14:10', { state: 'absent' })
    expect(awayIn(fold(absent), P1)).toBe('student_absent')
    // 9:00: on the late bus
    const late = record('presence', '15:00', { state: 'late', minutes: 30, block: 'P1' })
    expect(awayIn(fold(absent, late), P1)).toBeNull()
    expect(awayIn(fold(absent, late), block('P2', '15:20', '16:10'))).toBeNull()
    expect(awayIn(fold(absent, late), block('HR', '14:10', '14:30'))).toBe('student_absent')
  })

  test('C.3 who comes late opens what comes after: a block that was over by then stays not run', () => {
    const absent = record('presence', '14:10', { state: 'absent' })
    // marked at 9:00 on the roll of homeroom, which ended at 8:30: 50 of its 20 minutes were missed
    const late = record('presence', '15:00', { state: 'late', minutes: 50 })
    const homeroom = block('HR', '14:10', '14:30')
    expect(awayIn(fold(absent, late), homeroom)).toBe('student_absent')
    expect(awayIn(fold(absent, late), P1)).toBeNull()
    expect(awayIn(fold(absent, late), block('P2', '15:20', '16:10'))).toBeNull()
    // eight minutes late is there
    expect(awayIn(fold(record('presence', '14:18', { state: 'late', minutes: 8 })), homeroom)).toBeNull()
  })

  test('who went home was in that block, and in none after it', () => {
    const left = record('presence', '15:00', { state: 'left', minutes: 30, block: 'P1' })
    expect(awayIn(fold(left), P1)).toBeNull()
    expect(awayIn(fold(left), block('P2', '15:20', '16:10'))).toBe('student_left_early')
    expect(awayIn(fold(left), block('HR', '14:10', '14:30'))).toBeNull()
  })

  test('somewhere else in the house, or not marked, is no reason', () => {
    expect(awayIn(fold(record('presence', '14:31', { state: 'elsewhere', block: 'P1' })), P1)).toBeNull()
    expect(awayIn(null, P1)).toBeNull()
  })
})

describe('taking part and being on task', () => {
  test('what two adults counted in one block is never added', () => {
    const day = fold(
      record('participation', '14:31', { what: 'responded', block: 'P1' }),
      record('participation', '14:32', { what: 'responded', block: 'P1' }),
      record('participation', '14:33', { what: 'asked', block: 'P1' }),
      record('participation', '14:31', { what: 'responded', block: 'P1' }, { by: 'dana' }),
    )
    expect(day?.participation).toEqual([
      { block: 'P1', by: uuidOf('maya'), responded: 2, asked: 1, offered: 0 },
      { block: 'P1', by: uuidOf('dana'), responded: 1, asked: 0, offered: 0 },
    ])
  })

  test('AW-10 looks on task ÷ looks taken: 20 cues, 2 missed, 13 on task are 13/18', () => {
    const looks = Array.from({ length: 20 }, (_, n) => n + 1)
      .filter((n) => n !== 7 && n !== 15)
      .map((n, index) =>
        record('sample', '15:21', { n, code: index < 13 ? '1' : '0', block: 'P2' }, { act: 'round' }),
      )
    expect(fold(...looks)?.rounds).toEqual([
      { act: uuidOf('round'), block: 'P2', by: uuidOf('maya'), numerator: 13, denominator: 18 },
    ])
  })

  test('a second answer to the same cue is no second look', () => {
    const one = record('sample', '15:21', { n: 1, code: '1', block: 'P2' }, { act: 'round' })
    const two = record('sample', '15:21', { n: 1, code: '0', block: 'P2' }, { act: 'round' })
    expect(fold(one, two)?.rounds[0]).toMatchObject({ numerator: 1, denominator: 1 })
  })
})

test('AW-6 here by an aide’s mark and absent officially disagree; so do the reverse; late and present do not', () => {
  expect(disagree('absent', 'here')).toBe(true)
  expect(disagree('present', 'absent')).toBe(true)
  expect(disagree('late', 'here')).toBe(false)
  expect(disagree('absent', 'absent')).toBe(false)
  expect(disagree(null, 'here')).toBe(false)
  expect(disagree('absent', null)).toBe(false)
})
