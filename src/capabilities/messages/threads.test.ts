import { expect, it } from 'vitest'
import type { StoredRecord } from '../../platform/records/envelope.ts'
import { kinds } from './records.ts'
import { isOpenTo, repliesTo, threadsFrom } from './threads.ts'

let made = 0
function record(kind: string, author: string, refs: Record<string, string>, text?: string): StoredRecord {
  made += 1
  return {
    id: `id-${made}`,
    kind: `messages.${kind}`,
    v: 1,
    body: text === undefined ? {} : { text },
    student: 'am',
    refs,
    at: new Date(made * 1000).toISOString(),
    tz: 'UTC',
    device: author,
    seq: made,
    ord: made * 1000,
    mono: { boot: 'b', ms: made },
    digest: '',
    author,
    received: made * 1000,
    aud: 1,
    pos: made,
  }
}

it('a message to the team is open to each until they have read or answered it, and never to who wrote it', () => {
  const note = record('note', 'dana', {}, 'The picture schedule is on the desk.')
  const answer = record('reply', 'maya', { of: note.id }, 'Used it in P1.')
  const [thread] = threadsFrom([answer, note, record('read', 'andre', { of: note.id })])
  if (!thread) throw new Error('no thread')
  expect(thread).toMatchObject({ text: 'The picture schedule is on the desk.', to: null, read: ['andre'] })
  const open = (person: string) => isOpenTo(thread, person)
  expect(['dana', 'maya', 'andre', 'kim'].filter(open)).toEqual(['kim'])
  expect(repliesTo(thread, 'dana')).toMatchObject([{ text: 'Used it in P1.', by: 'maya' }])
  expect(repliesTo(thread, 'andre')).toEqual([])
})

it('a message to one adult is open to nobody else; an answer that was read waits no more', () => {
  const note = record('note', 'dana', { to: 'maya' }, 'Can you stay with the swings today?')
  const [first] = threadsFrom([note])
  if (!first) throw new Error('no thread')
  expect(['maya', 'andre'].filter((person) => isOpenTo(first, person))).toEqual(['maya'])
  const answer = record('reply', 'maya', { of: note.id }, 'Yes.')
  const [second] = threadsFrom([note, answer, record('read', 'dana', { of: answer.id })])
  if (!second) throw new Error('no thread')
  expect(repliesTo(second, 'dana')).toEqual([])
})

it('the newest stands first, in whatever order they arrived; a body that says nothing is none', () => {
  const older = record('note', 'dana', {}, 'First.')
  const newer = record('note', 'dana', {}, 'Second.')
  const empty = record('note', 'dana', {}, '   ')
  expect(threadsFrom([newer, empty, older]).map(({ text }) => text)).toEqual(['Second.', 'First.'])
})

it('an answer is to a message about the same student, and what is read is a message or an answer', () => {
  const agrees = (kind: string, target: { student: string; kind: string }) => {
    const found = kinds.find((one) => one.kind === kind)?.agrees
    const made = record(kind.slice(9), 'maya', { of: 'x' }, 'Yes.')
    return found?.with(made as never, target as never) ?? null
  }
  const note = { student: 'am', kind: 'messages.note' }
  const reply = { student: 'am', kind: 'messages.reply' }
  expect(agrees('messages.reply', note)).toBeNull()
  expect(agrees('messages.reply', reply)).toBe('record.ref_kind')
  expect(agrees('messages.read', reply)).toBeNull()
  expect(agrees('messages.read', { ...note, student: 'bk' })).toBe('record.ref_student')
})
