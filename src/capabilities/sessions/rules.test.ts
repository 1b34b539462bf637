/** What a session of trials or steps comes to: domain C.0, C.2, C.3 and the walkthrough P. */
import { describe, expect, it } from 'vitest'
import { settle } from '../../platform/records/settle.ts'
import { kinds } from './records.ts'
import { aggregateDay, displayValue, sessionView } from './rules.ts'
import { codesOf, device, fold, PROGRAM, SESSION, STEPS, STUDENT, TRIALS, VERSION } from './testing.ts'

describe('worked examples', () => {
  it('AW-8 ten requesting trials: 6 of 10 independent = 60 %', () => {
    const maya = device()
    maya.start(TRIALS)
    maya.trials('+ + +G + - + + +V + NR').end()
    const state = fold(maya.made)
    expect(codesOf(state)).toBe('+ + +G + - + + +V + NR')
    expect(state.summary).toEqual({
      metric: 'pct_independent',
      numerator: 6,
      denominator: 10,
      opportunities: 10,
      validity: 'valid',
    })
    expect(displayValue(state.summary)).toEqual({ value: 60, unit: 'percent', numerator: 6, denominator: 10 })
    expect(state.levels).toEqual({ '+': 6, '+G': 1, '+V': 1, '-': 1, NR: 1 })
    expect(state.flags).toEqual([])
  })

  it('AW-9 hand-washing in eight steps: 6 of 8 = 75 %', () => {
    const maya = device()
    maya.start(STEPS)
    maya.steps('+ + + +V + +G + +').end()
    const state = fold(maya.made)
    expect(state.summary).toMatchObject({
      metric: 'pct_steps_independent',
      numerator: 6,
      denominator: 8,
      validity: 'valid',
    })
    expect(displayValue(state.summary)).toMatchObject({ value: 75, unit: 'percent' })
    expect(state.levels).toEqual({ '+': 6, '+V': 1, '+G': 1 })
  })

  it('AW-17 four opportunities to greet, five needed: the value is there and below minimum', () => {
    const maya = device()
    maya.start(TRIALS)
    maya.trials('+ + +V -').end()
    expect(fold(maya.made).summary).toMatchObject({ numerator: 2, denominator: 4, validity: 'below_min' })
  })
})

describe('what the state says of its session', () => {
  it('D.7 what it was run with, when somebody said so later: all else as before', () => {
    const maya = device()
    const start = maya.start(TRIALS)
    maya.trials('+ + - + +')
    const before = fold(maya.made)
    const fix = { replaces: start.id, reason: 'other', at: start.at, entered: start.at }
    maya.start(TRIALS, { material: 'Real coins' }, fix)
    expect(before).not.toHaveProperty('material')
    expect(fold(maya.made)).toEqual({ ...before, material: 'Real coins', runningMono: null })
  })

  it('names who, where, when and under which version', () => {
    const maya = device({ at: '2026-11-04T04:30:00.000Z' })
    maya.start(TRIALS, { condition: 'baseline', setting: 'Recess', tags: ['substitute'] })
    maya.trials('+').end()
    const state = fold(maya.made)
    expect(state).toMatchObject({
      session: SESSION,
      program: PROGRAM,
      version: VERSION,
      student: STUDENT,
      observer: 'primary',
      of: null,
      by: 'maya',
      device: 'tablet',
      condition: 'baseline',
      setting: 'Recess',
      tags: ['substitute'],
      started: '2026-11-04T04:30:00.000Z',
      ended: '2026-11-04T04:30:20.000Z',
      status: 'complete',
      reason: null,
    })
    expect(sessionView.parent(state)).toBe(`program:${PROGRAM}`)
  })

  it('F18 belongs to the school day of its start', () => {
    const maya = device({ at: '2026-11-04T04:30:00.000Z' })
    maya.start(TRIALS)
    expect(fold(maya.made).day).toBe('2026-11-03')
  })

  it('is that of the person for whom it was entered', () => {
    const reyes = device({ person: 'reyes' })
    reyes.start(TRIALS, {}, { onBehalfOf: 'maya' })
    expect(fold(reyes.made).by).toBe('maya')
  })

  it('folds every kind of a session, all of one partition', () => {
    const ofSession = kinds.filter(
      (kind) => kind.partition({ id: 'x', student: null, refs: { session: 's' } }) === 'session:s',
    )
    // a photograph of the work stands beside the session and says nothing of its value
    expect([...sessionView.kinds, 'sessions.photo'].sort()).toEqual(ofSession.map(({ kind }) => kind).sort())
  })
})

describe('missing is never zero', () => {
  it('G10 no opportunity: no value, though the session was held', () => {
    const maya = device()
    maya.start(TRIALS)
    maya.wait(600_000).end()
    const { summary } = fold(maya.made)
    expect(summary).toMatchObject({ numerator: null, denominator: null, validity: 'no_opportunity' })
    expect(displayValue(summary)).toBeNull()
  })

  it('G10 only interrupted trials are no opportunity', () => {
    const maya = device()
    maya.start(TRIALS)
    maya.trials('X X').end()
    expect(fold(maya.made).summary).toMatchObject({ numerator: null, denominator: null, opportunities: 0 })
  })

  it('G10 only steps done by the adult or not part of today are no opportunity', () => {
    const maya = device()
    maya.start({ ...STEPS, chaining: 'forward', current_step: 1 })
    maya.steps('N/A A A A A A A A').end()
    expect(fold(maya.made).summary).toMatchObject({ numerator: null, validity: 'no_opportunity' })
  })

  it('G10 a session refused before trial 1 is not run, never 0 %', () => {
    const maya = device()
    maya.start(TRIALS)
    maya.wait(60_000).end('not_run', 'refused')
    const state = fold(maya.made)
    expect(state).toMatchObject({ status: 'not_run', reason: 'refused' })
    expect(state.summary).toMatchObject({ numerator: null, denominator: null, validity: 'not_run' })
  })

  it('G10 a session not run because no chance came is a missing opportunity', () => {
    const maya = device()
    maya.start(TRIALS)
    maya.end('not_run', 'no_opportunity')
    expect(fold(maya.made).summary).toMatchObject({ numerator: null, validity: 'no_opportunity' })
  })

  it('G10 refusals within a session are opportunities that were not independent: a real 0', () => {
    const maya = device()
    maya.start(TRIALS)
    maya.trials('R R R R R').end()
    expect(fold(maya.made).summary).toMatchObject({ numerator: 0, denominator: 5, validity: 'valid' })
  })

  it('G10 trials of a session that was called not run stay visible and give no value', () => {
    const maya = device()
    maya.start(TRIALS)
    maya.trials('+ +').end('not_run', 'behavior_crisis')
    const state = fold(maya.made)
    expect(codesOf(state)).toBe('+ +')
    expect(state.summary.numerator).toBeNull()
    expect(state.flags).toEqual(['not_run_with_data'])
  })

  it('G10 an open session without a trial has no value yet', () => {
    const maya = device()
    maya.start(TRIALS)
    expect(fold(maya.made).summary).toMatchObject({ numerator: null, denominator: null, validity: 'partial' })
  })
})

describe('which results count', () => {
  it('trials: +, +L, -, NR and R are scored, X is not', () => {
    const maya = device()
    maya.start(TRIALS)
    maya.trials('+ +M - NR R X').end()
    expect(fold(maya.made).summary).toMatchObject({ numerator: 1, denominator: 5 })
  })

  it('steps: N/A and A leave the denominator', () => {
    const maya = device()
    maya.start({ ...STEPS, chaining: 'backward', current_step: 8 })
    maya.steps('A A N/A + +G - R +').end()
    expect(fold(maya.made).summary).toMatchObject({ numerator: 2, denominator: 5 })
  })

  it('a wrong answer after a prompt keeps its prompt', () => {
    const maya = device()
    maya.start({ ...TRIALS, prompts: { ...TRIALS.prompts, direction: 'time_delay' } })
    maya.trials('+ - +PP -PP NR').end()
    const state = fold(maya.made)
    expect(codesOf(state)).toBe('+ - +PP -PP NR')
    expect(state.summary).toMatchObject({ numerator: 1, denominator: 5 })
  })

  it('a prompt level that the scheme lacks is kept and flagged', () => {
    const maya = device()
    maya.start(TRIALS)
    maya.trials('+Q').end()
    const state = fold(maya.made)
    expect(codesOf(state)).toBe('+Q')
    expect(state.flags).toEqual(['unknown_level'])
  })

  it('what the measure cannot hold is set aside', () => {
    const maya = device()
    maya.start(STEPS)
    maya.step(1, '+')
    maya.step(9, '+')
    maya.trial(2, '+')
    maya.tap()
    maya.end()
    const state = fold(maya.made)
    expect(state.summary).toMatchObject({ numerator: 1, denominator: 1 })
    expect(state.aside.map((item) => item.why)).toEqual([
      'not_of_measure',
      'not_of_measure',
      'not_of_measure',
    ])
    expect(state.flags).toEqual(['not_of_measure'])
  })
})

describe('undo, redo, correct', () => {
  it('a voided trial is gone and its place is free; the redone one stands there', () => {
    const maya = device()
    maya.start(TRIALS)
    maya.trials('+ + +')
    maya.void(maya.made[2]!)
    expect(fold(maya.made).summary).toMatchObject({ numerator: 2, denominator: 2 })
    maya.wait(900).trial(2, '-')
    expect(codesOf(fold(maya.made))).toBe('+ - +')
    expect(fold(maya.made).flags).toEqual([])
  })

  it('a correction by the case manager on her own device counts: it belongs to what it corrects', () => {
    const maya = device()
    const reyes = device({ name: 'laptop', person: 'reyes', at: '2026-11-03T21:00:00.000Z' })
    maya.start(TRIALS)
    const wrong = maya.wait(20_000).trial(1, '-')
    maya.wait(20_000).trial(2, '+')
    maya.end()
    reyes.trial(1, '+G', {
      replaces: wrong.id,
      reason: 'mis_tap',
      at: wrong.at,
      entered: '2026-11-03T21:00:00.000Z',
    })
    const state = fold([...maya.made, ...reyes.made])
    expect(codesOf(state)).toBe('+G +')
    expect(state.flags).toEqual([])
    expect(state.by).toBe('maya')
  })

  it('a step coded twice is one step: the later code stands and the other is shown', () => {
    const maya = device()
    maya.start(STEPS)
    maya.steps('+ +')
    const first = maya.made[2]!
    maya.wait(150).step(2, '+G')
    const state = fold(maya.made)
    expect(codesOf(state)).toBe('+ +G')
    expect(state.aside).toEqual([expect.objectContaining({ id: first.id, code: '+', why: 'coded_twice' })])
    expect(state.flags).toEqual(['coded_twice'])
  })

  it('a step coded twice and then corrected says what the correction says', () => {
    const maya = device()
    maya.start(STEPS)
    const first = maya.wait(20_000).step(1, '+')
    maya.wait(150).step(1, '-')
    const fix = maya.wait(9000).step(1, '+G', { replaces: first.id, reason: 'mis_tap' })
    expect(fold(maya.made).items).toEqual([expect.objectContaining({ id: fix.id, code: '+G' })])
  })

  it('two corrections of one trial are a conflict: the trial counts once, both are shown', () => {
    const maya = device()
    const reyes = device({ name: 'laptop', person: 'reyes', at: '2026-11-03T15:30:00.000Z' })
    maya.start(TRIALS)
    maya.trials('+ -').end()
    const target = maya.made[2]!
    const fix = { replaces: target.id, reason: 'mis_tap', at: target.at, entered: target.at }
    const mine = maya.wait(60_000).trial(2, 'NR', fix)
    const hers = reyes.trial(2, '+', fix)
    const state = fold([...maya.made, ...reyes.made])
    expect(codesOf(state)).toBe('+ +')
    expect(state.items[1]?.id).toBe(hers.id)
    expect(state.aside).toEqual([expect.objectContaining({ id: mine.id, code: 'NR', why: 'conflict' })])
    expect(state.summary.denominator).toBe(2)
    expect(state.flags).toEqual(['conflict'])
  })

  it('of contradicting corrections the one that was made last counts, however long its chain', () => {
    const maya = device()
    maya.start(TRIALS)
    const target = maya.trial(1, '-')
    const left = maya.trial(1, 'NR', { replaces: target.id })
    const right = maya.trial(1, 'R', { replaces: target.id })
    const again = maya.trial(1, '+', { replaces: left.id })
    const state = fold(maya.made)
    expect(state.items.map((item) => item.id)).toEqual([again.id])
    expect(state.aside.map((item) => item.id)).toEqual([right.id])
  })

  it('a conflict is over when all but one of its ends are voided', () => {
    const maya = device()
    maya.start(TRIALS)
    const target = maya.trial(1, '-')
    const one = maya.trial(1, '+', { replaces: target.id })
    maya.trial(1, 'NR', { replaces: target.id })
    maya.void(one)
    const state = fold(maya.made)
    expect(codesOf(state)).toBe('NR')
    expect(state.flags).toEqual([])
  })

  it('F36 a correction of a trial that was taken back meanwhile stands, and somebody has to decide', () => {
    const maya = device()
    const reyes = device({ name: 'laptop', person: 'reyes', at: '2026-11-03T15:30:00.000Z' })
    maya.start(TRIALS)
    const target = maya.trial(1, '-')
    const undo = maya.void(target)
    const fixed = reyes.trial(1, '+', { replaces: target.id, at: target.at, entered: target.at })
    const state = fold([...maya.made, ...reyes.made])
    expect(state.items.map((item) => item.id)).toEqual([fixed.id])
    expect(state.flags).toEqual(['conflict'])
    // taking the undo back decides for the correction, voiding the correction decides for the undo
    const kept = fold([...maya.made, maya.void(undo), ...reyes.made])
    expect(kept).toMatchObject({ items: [{ id: fixed.id }], flags: [] })
    const gone = fold([...maya.made.slice(0, 3), ...reyes.made, reyes.void(fixed)])
    expect(gone).toMatchObject({ items: [], flags: [] })
  })

  it('two undos of one tap leave nothing to decide', () => {
    const maya = device()
    maya.start(TRIALS)
    const tap = maya.trial(1, '+')
    maya.void(tap)
    maya.void(tap)
    expect(fold(maya.made)).toMatchObject({ items: [], flags: [] })
  })

  it('records that correct each other in a circle are flagged and hide nothing else', () => {
    const maya = device()
    maya.start(TRIALS)
    maya.trial(1, '+')
    maya.trial(2, '+', { id: 'a', replaces: 'b' })
    maya.trial(2, '-', { id: 'b', replaces: 'a' })
    const state = fold(maya.made)
    expect(codesOf(state)).toBe('+')
    expect(state.flags).toEqual(['conflict'])
  })

  it('F31 a correction that comes before its trial waits, then applies', () => {
    const maya = device()
    maya.start(TRIALS)
    const wrong = maya.trial(1, '-')
    const right = maya.trial(1, '+', { replaces: wrong.id })
    const [start] = maya.made
    expect(codesOf(fold([start!, right]))).toBe('')
    expect(codesOf(fold([right, wrong, start!]))).toBe('+')
  })

  it('F17 a correction from 2099 does not win over a later one', () => {
    const maya = device()
    const mad = device({ name: 'mad', person: 'reyes', at: '2099-01-01T00:00:00.000Z' })
    maya.start(TRIALS)
    const wrong = maya.trial(1, '-')
    const fromFuture = mad.trial(1, 'NR', {
      replaces: wrong.id,
      received: Date.parse('2026-11-03T15:00:00.000Z'),
    })
    const last = maya.wait(3_600_000).trial(1, '+', { replaces: wrong.id })
    const state = fold([...maya.made, fromFuture])
    expect(state.items[0]?.id).toBe(last.id)
    expect(state.aside[0]?.id).toBe(fromFuture.id)
  })

  it('a session whose start is voided is withdrawn', () => {
    const maya = device()
    const start = maya.start(TRIALS)
    maya.trials('+ +')
    maya.void(start)
    expect(sessionView.fold(settle(maya.made))).toBeNull()
  })
})

describe('how a session ends', () => {
  it('interrupted with enough trials: partial, valid, flagged', () => {
    const maya = device()
    maya.start(TRIALS)
    maya.trials('+ + + - + X').end('partial', 'schedule_event')
    const state = fold(maya.made)
    expect(state).toMatchObject({ status: 'partial', reason: 'schedule_event', flags: ['interrupted'] })
    expect(state.summary).toMatchObject({ numerator: 4, denominator: 5, validity: 'valid' })
  })

  it('interrupted with too few trials: below minimum', () => {
    const maya = device()
    maya.start(TRIALS)
    maya.trials('+ + X').end('partial')
    expect(fold(maya.made).summary).toMatchObject({ numerator: 2, denominator: 2, validity: 'below_min' })
  })

  it('app killed: without an end the session is open, its value what was recorded', () => {
    const maya = device()
    maya.start(TRIALS)
    maya.trials('+ + + - +')
    const state = fold(maya.made)
    expect(state).toMatchObject({ status: 'open', ended: null })
    expect(state.summary).toMatchObject({ numerator: 4, denominator: 5, validity: 'partial' })
    maya.restart().wait(900_000).trial(6, '+')
    maya.end()
    expect(fold(maya.made).summary).toMatchObject({ numerator: 5, denominator: 6, validity: 'valid' })
  })

  it('a resume after the end opens the session again', () => {
    const maya = device()
    maya.start(TRIALS)
    maya.trials('+').end('partial', 'schedule_event')
    maya.wait(600_000).resume()
    expect(fold(maya.made)).toMatchObject({ status: 'open', flags: ['reopened'] })
    maya.wait(20_000).trial(2, '-')
    maya.wait(20_000).end()
    const state = fold(maya.made)
    expect(state).toMatchObject({ status: 'complete', observedMs: 20_000 + 40_000, flags: ['reopened'] })
    expect(codesOf(state)).toBe('+ -')
  })

  it('a trial after the end counts and is flagged', () => {
    const maya = device()
    maya.start(TRIALS)
    maya.trials('+').end()
    maya.wait(5000).trial(2, '-')
    const state = fold(maya.made)
    expect(codesOf(state)).toBe('+ -')
    expect(state.flags).toEqual(['after_end'])
  })

  it('a trial typed in after the end for an instant before it is not after the end', () => {
    const maya = device()
    maya.start(TRIALS)
    maya.trials('+ +').end()
    const at = maya.made[1]!.at
    maya.wait(60_000)
    maya.trial(3, '-', { at, entered: new Date(maya.now()).toISOString() })
    expect(fold(maya.made).flags).toEqual([])
  })

  it('of two ends the later stands, and both are known', () => {
    const maya = device()
    maya.start(TRIALS)
    maya.trials('+ + + + +').end('partial')
    maya.wait(5000).end('complete')
    expect(fold(maya.made)).toMatchObject({ status: 'complete', flags: ['ended_twice'] })
  })

  it('another device may close what the own device never ended', () => {
    const maya = device()
    const reyes = device({ name: 'laptop', person: 'reyes', at: '2026-11-03T20:00:00.000Z' })
    maya.start(TRIALS)
    maya.trials('+ + + + +')
    reyes.end('partial', 'health')
    const closed = fold([...maya.made, ...reyes.made])
    expect(closed).toMatchObject({ status: 'partial', reason: 'health' })
    expect(closed.flags).toEqual(['closed_elsewhere', 'interrupted'])
    // The tablet was only offline: its own end arrives and is the one that was observed.
    maya.wait(1000).end()
    const own = fold([...maya.made, ...reyes.made])
    expect(own).toMatchObject({ status: 'complete', flags: ['ended_twice'], observedMs: 101_000 })
  })
})

describe('two observers', () => {
  it('what a second device records in the same session is never added', () => {
    const maya = device()
    const andre = device({ name: 'phone', person: 'andre', at: '2026-11-03T14:53:00.000Z' })
    maya.start(TRIALS)
    maya.trials('+ + - + +').end()
    andre.trials('- - - - - - -')
    const state = fold([...andre.made, ...maya.made])
    expect(codesOf(state)).toBe('+ + - + +')
    expect(state.summary).toMatchObject({ numerator: 4, denominator: 5 })
    expect(state.aside.map((item) => item.why)).toEqual(Array.from({ length: 7 }, () => 'two_devices'))
    expect(state.flags).toEqual(['two_devices'])
  })

  it('a second start, and a second pause, on another device change nothing but the flags', () => {
    const maya = device()
    const andre = device({ name: 'phone', person: 'andre', at: '2026-11-03T14:52:30.000Z' })
    maya.start(TRIALS)
    andre.start({ ...TRIALS, min_opportunities: 0 })
    andre.pause()
    maya.trials('+').end()
    const state = fold([...andre.made, ...maya.made])
    expect(state).toMatchObject({ device: 'tablet', by: 'maya', observedMs: 20_000 })
    expect(state.summary.validity).toBe('below_min')
    expect(state.flags).toEqual(['started_twice', 'two_devices'])
  })

  it('two people on one device are told apart by a flag', () => {
    const maya = device()
    maya.start(TRIALS)
    maya.trial(1, '+')
    maya.trial(2, '+', { author: 'andre' })
    expect(fold(maya.made).flags).toEqual(['two_people'])
  })

  it('a second observer has a session of their own, which names the one they watched', () => {
    const reyes = device({ name: 'laptop', person: 'reyes', session: 'second' })
    const refs = { session: 'second', program: PROGRAM, version: VERSION, of: SESSION }
    reyes.start(TRIALS, { observer: 'ioa' }, { refs })
    expect(fold(reyes.made)).toMatchObject({ observer: 'ioa', of: SESSION, session: 'second' })
  })
})

describe('a changed plan', () => {
  it('F14 a version published in the middle reaches the next session, not this one', () => {
    const maya = device()
    const stricter = { ...TRIALS, min_opportunities: 10 }
    maya.start(TRIALS)
    maya.trials('+ + - + +').end()
    const next = device({ session: 'next', version: 'v2', at: '2026-11-03T18:00:00.000Z' })
    next.start(stricter)
    next.trials('+ + - + +').end()
    expect(fold(maya.made)).toMatchObject({ version: VERSION, measure: TRIALS })
    expect(fold(maya.made).summary.validity).toBe('valid')
    expect(fold(next.made)).toMatchObject({ version: 'v2', measure: stricter })
    expect(fold(next.made).summary.validity).toBe('below_min')
  })
})

describe('the same goal twice a day', () => {
  const run = (session: string, at: string, codes: string, over = {}) => {
    const hand = device({ name: session, session, at, ...over })
    hand.start(TRIALS)
    hand.trials(codes).end()
    return fold(hand.made)
  }

  it('pools numerators and denominators and never averages percentages', () => {
    const morning = run('am', '2026-11-03T14:52:00.000Z', '+ + + + + + + + + +')
    const noon = run('noon', '2026-11-03T18:00:00.000Z', '- - - - -')
    const day = aggregateDay([noon, morning])
    // 10/15 = 66.7 %, where the mean of 100 % and 0 % would say 50 %.
    expect(day?.summary).toMatchObject({ numerator: 10, denominator: 15, validity: 'valid' })
    expect(day?.sessions).toEqual(['am', 'noon'])
  })

  it('two sessions that are too short alone may be enough together', () => {
    const one = run('am', '2026-11-03T14:52:00.000Z', '+ + -')
    const two = run('noon', '2026-11-03T18:00:00.000Z', '+ -')
    expect(aggregateDay([one, two])?.summary).toMatchObject({
      numerator: 3,
      denominator: 5,
      validity: 'valid',
    })
  })

  it('never adds two observers of the same minutes', () => {
    const maya = run('maya', '2026-11-03T14:52:00.000Z', '+ + + + +')
    const andre = run('andre', '2026-11-03T14:52:30.000Z', '+ + + + -')
    const second = device({ name: 'ioa', session: 'ioa', at: '2026-11-03T14:52:00.000Z' })
    second.start(TRIALS, { observer: 'ioa' })
    second.trials('- - - - -').end()
    const day = aggregateDay([andre, fold(second.made), maya])
    expect(day?.summary).toMatchObject({ numerator: 5, denominator: 5 })
    expect(day?.leftOut).toEqual([
      { session: 'ioa', why: 'second_observer' },
      { session: 'andre', why: 'same_time' },
    ])
  })

  it('G10 a day on which nothing was run has no value', () => {
    const hand = device()
    hand.start(TRIALS)
    hand.end('not_run', 'student_absent')
    expect(aggregateDay([fold(hand.made)])?.summary).toEqual({
      metric: 'pct_independent',
      numerator: null,
      denominator: null,
      opportunities: 0,
      validity: 'not_run',
    })
  })

  it('does not pool days, or versions of a plan', () => {
    const one = run('am', '2026-11-03T14:52:00.000Z', '+ + -')
    expect(aggregateDay([one, run('next', '2026-11-04T14:52:00.000Z', '+')])).toBeNull()
    expect(aggregateDay([one, run('v2', '2026-11-03T18:00:00.000Z', '+', { version: 'v2' })])).toBeNull()
    expect(aggregateDay([])).toBeNull()
  })
})
