import { expect, test } from 'vitest'
import { device, TRIALS } from '../sessions/testing.ts'
import { correctionsOf } from './corrections.ts'

test('an undone tap and a later correction say who, when, why, from what to what', () => {
  const hand = device({ person: 'maya' })
  hand.start(TRIALS)
  const slip = hand.wait(20_000).trial(1, '-')
  const undo = hand.wait(3_000).void(slip)
  hand.wait(1_000).trial(1, '+')
  const second = hand.wait(20_000).trial(2, '+G')
  hand.wait(20_000).end()
  const corrected = hand.trial(2, '+', {
    replaces: second.id,
    reason: 'mis_tap',
    at: second.at,
    entered: '2026-11-03T21:14:00.000Z',
    author: 'reyes',
  })
  expect(correctionsOf(hand.made)).toEqual([
    {
      id: undo.id,
      act: 'withdrawn',
      kind: 'sessions.trial',
      n: 1,
      from: '-',
      to: null,
      author: 'maya',
      // 20 s for the trial, 3 s until it was undone
      at: '2026-11-03T14:52:23.000Z',
      reason: 'mis_tap',
    },
    {
      id: corrected.id,
      act: 'changed',
      kind: 'sessions.trial',
      n: 2,
      from: '+G',
      to: '+',
      author: 'reyes',
      at: '2026-11-03T21:14:00.000Z',
      reason: 'mis_tap',
    },
  ])
})

test('what is no trial has no code, and what corrects something that is not here is left out', () => {
  const hand = device()
  hand.start(TRIALS)
  const end = hand.wait(60_000).end()
  hand.end('partial', undefined, { replaces: end.id, reason: 'other' })
  hand.trial(1, '+', { replaces: 'elsewhere', reason: 'mis_tap' })
  expect(correctionsOf(hand.made)).toMatchObject([
    { kind: 'sessions.end', n: null, from: null, to: null, reason: 'other' },
  ])
})

test('the order is that of the acts, however the records arrived', () => {
  const hand = device()
  hand.start(TRIALS)
  const first = hand.wait(1_000).trial(1, '+')
  const second = hand.wait(1_000).trial(2, '+')
  hand.wait(1_000).void(second)
  hand.wait(1_000).void(first)
  expect(correctionsOf(hand.made.toReversed()).map((one) => one.n)).toEqual([2, 1])
})
