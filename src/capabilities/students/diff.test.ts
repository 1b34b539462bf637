import { expect, test } from 'vitest'
import { diffOf, glanceLines, healthLines, profileLines } from './diff.ts'
import type { GlanceBody, HealthBody } from './records.ts'

const GLANCE: GlanceBody = {
  accommodations: ['Directions one at a time', 'Seat near the door'],
  behavior: { see: 'Sighs.', do: 'Offer the break card at 10 minutes.', dont: 'Argue.' },
  help: [],
  must_do: [],
  release: { to: 'office_first', note: '' },
}

test('AW-2 tells what was added, taken out and changed; what stayed is not told', () => {
  const after: GlanceBody = {
    ...GLANCE,
    accommodations: ['Directions one at a time', 'Answers aloud'],
    behavior: { see: 'Sighs.', do: 'Offer the break card at 5 minutes.', dont: 'Argue.' },
    must_do: ['Check-in with points'],
  }
  expect(diffOf(glanceLines(GLANCE), glanceLines(after))).toEqual([
    { is: 'added', at: 'must_do', text: 'Check-in with points' },
    {
      is: 'changed',
      at: 'behavior.do',
      text: 'Offer the break card at 5 minutes.',
      before: 'Offer the break card at 10 minutes.',
    },
    { is: 'added', at: 'accommodations', text: 'Answers aloud' },
    { is: 'removed', at: 'accommodations', text: 'Seat near the door' },
  ])
  expect(diffOf(glanceLines(after), glanceLines(after))).toEqual([])
})

test('a behavior plan that is new adds its lines, and one that ended takes them out', () => {
  const none = { ...GLANCE, behavior: null }
  expect(diffOf(glanceLines(none), glanceLines(GLANCE)).map(({ is, at }) => [is, at])).toEqual([
    ['added', 'behavior.see'],
    ['added', 'behavior.do'],
    ['added', 'behavior.dont'],
  ])
  expect(diffOf(glanceLines(GLANCE), glanceLines(none)).map(({ is, at }) => [is, at])).toEqual([
    ['removed', 'behavior.see'],
    ['removed', 'behavior.do'],
    ['removed', 'behavior.dont'],
  ])
})

test('a health plan that was renewed changes its date and nothing else', () => {
  const plan = {
    condition: 'seizure' as const,
    see: 'Stares.',
    do: 'Time it.',
    call: '911 at 5 min.',
    dont: 'Hold down.',
    kit: 'On the chair.',
    valid_until: '2026-10-01',
  }
  const before: HealthBody = { plans: [plan] }
  const after: HealthBody = { plans: [{ ...plan, valid_until: '2027-10-01' }] }
  expect(diffOf(healthLines(before), healthLines(after))).toEqual([
    { is: 'changed', at: 'health.seizure.valid_until', text: '2027-10-01', before: '2026-10-01' },
  ])
})

test('a name that is recorded anew is a change', () => {
  const body = { communicates: [], likes: [], equipment: [], people: [] }
  const sound = (data: string) => ({
    ...body,
    say: 'ah-MAH-ree',
    sound: { type: 'audio/webm' as const, data },
  })
  expect(
    diffOf(profileLines(sound('AAAA')), profileLines(sound('BBBB'))).map(({ is, at }) => [is, at]),
  ).toEqual([['changed', 'sound']])
})
