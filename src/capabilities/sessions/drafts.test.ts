import { expect, test } from 'vitest'
import type { Envelope, StoredRecord } from '../../platform/records/envelope.ts'
import { sessionAgreesWithProgram } from './agreement.ts'
import {
  correctionDraft,
  endDraft,
  observeDraft,
  restoreDraft,
  startDraft,
  tapDraft,
  undoDrafts,
  voidDraft,
  type SessionDraft,
} from './drafts.ts'
import type { Program } from './program.ts'
import { kinds } from './records.ts'
import { codesOf, device, fold, PROGRAM, SESSION, STUDENT, TRIALS, VERSION } from './testing.ts'

const program: Program = {
  id: PROGRAM,
  student: STUDENT,
  version: VERSION,
  body: {
    title: 'Requesting',
    goal: 'Asks.',
    definition: 'Asks.',
    direction: 'increase',
    measure: TRIALS,
    criterion: '80 %',
    number: 2,
  },
  phase: null,
}
const ref = { session: SESSION, program: PROGRAM, student: STUDENT }
const now = '2026-11-03T15:00:00.000Z'
const where = { setting: 'Room 12', tags: [] }

/** Makes a draft into a record on a device of the tests, after checking it against its kind. */
function maker() {
  const hand = device()
  const make = (draft: SessionDraft): StoredRecord => {
    const kind = kinds.find((one) => one.kind === draft.kind)
    expect(kind?.bodies[1]?.safeParse(draft.body).success, draft.kind).toBe(true)
    for (const name of kind?.refs ?? []) if (!name.endsWith('?')) expect(draft.refs).toHaveProperty(name)
    const { kind: name, body, ...over } = draft
    return hand.wait(1000).make(name.replace('sessions.', ''), body, over)
  }
  return { hand, make, all: () => fold(hand.made) }
}

test('a first tap is a start with the version’s own measurement, and the tap', () => {
  const { make, all } = maker()
  const start = make(startDraft(program, SESSION, where))
  make(tapDraft(ref, { noun: 'trial', n: 1, result: '+', level: 'G' }))
  const version = {
    kind: 'sessions.program',
    student: STUDENT,
    refs: { program: PROGRAM },
    body: program.body,
  }
  expect(sessionAgreesWithProgram(start, version as unknown as Envelope)).toBeNull()
  expect(all()).toMatchObject({
    session: SESSION,
    version: VERSION,
    condition: 'intervention',
    setting: 'Room 12',
  })
  expect(codesOf(all())).toBe('+G')
})

test('a long place name is cut to what a record may hold', () => {
  const { make } = maker()
  const start = make(startDraft(program, SESSION, { ...where, setting: 'x'.repeat(200) }))
  expect(String(start.body['setting'])).toHaveLength(80)
})

test('a second observer runs under the watched session’s version and condition, and names it', () => {
  const { make, all } = maker()
  make(
    startDraft(
      { ...program, phase: { label: '', condition: 'baseline', from: '2026-11-01', major: true, why: '' } },
      SESSION,
      where,
    ),
  )
  const second = observeDraft(all(), '00000000-0000-7000-8000-00000000eeee')
  expect(second.refs).toMatchObject({ of: SESSION, version: VERSION })
  expect(second.body).toMatchObject({ observer: 'ioa', condition: 'baseline', measure: TRIALS })
})

test('undo of a first tap takes the start with it; of a later one it does not', () => {
  const { make, all, hand } = maker()
  const first = [
    make(startDraft(program, SESSION, where)),
    make(tapDraft(ref, { noun: 'trial', n: 1, result: '+' })),
  ]
  const second = [make(tapDraft(ref, { noun: 'trial', n: 2, result: '-' }))]
  for (const draft of undoDrafts(ref, second, all())) make(draft)
  expect(codesOf(all())).toBe('+')
  for (const draft of undoDrafts(ref, first, all())) make(draft)
  expect(hand.made.filter((record) => record.kind === 'sessions.void')).toHaveLength(3)
  expect(() => all()).toThrow('no session')
})

test('undo of a first tap after a second one leaves the session', () => {
  const { make, all } = maker()
  const first = [
    make(startDraft(program, SESSION, where)),
    make(tapDraft(ref, { noun: 'trial', n: 1, result: '+' })),
  ]
  make(tapDraft(ref, { noun: 'trial', n: 2, result: '-' }))
  for (const draft of undoDrafts(ref, first, all())) make(draft)
  expect(codesOf(all())).toBe('-')
})

test('a correction stands in the place and time of what it corrects', () => {
  const { make, all } = maker()
  make(startDraft(program, SESSION, where))
  const wrong = make(tapDraft(ref, { noun: 'trial', n: 1, result: '+' }))
  make(tapDraft(ref, { noun: 'trial', n: 2, result: '+' }))
  make(correctionDraft(ref, wrong, { noun: 'trial', n: 1, result: 'NR' }, 'mis_tap', now))
  expect(codesOf(all())).toBe('NR +')
  expect(all().items[0]?.at).toBe(wrong.at)
})

test('what was taken out comes back where and when it was, also when the session has ended', () => {
  const { make, all } = maker()
  make(startDraft(program, SESSION, where))
  make(tapDraft(ref, { noun: 'trial', n: 1, result: '-', level: 'G' }))
  make(endDraft(ref, 'complete'))
  const [item] = all().items
  if (!item) throw new Error('no item')
  make(voidDraft(ref, item.id, 'wrong_student'))
  expect(codesOf(all())).toBe('')
  make(restoreDraft(ref, item, 'trial', now))
  expect(all().items[0]).toMatchObject({ code: '-G', n: 1, at: item.at })
  expect(all().flags).not.toContain('after_end')
})
