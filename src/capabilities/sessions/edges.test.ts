/** Rows of domain C.3 that are of no one system; the others are named in the titles beside theirs (systems/, day, running). */
import { describe, expect, it } from 'vitest'
import { settle } from '../../platform/records/settle.ts'
import { correctionDraft } from './drafts.ts'
import { aggregateDay, displayValue, sessionView } from './rules.ts'
import { durationWithin } from './sampling.ts'
import { CHANCES, device, DURATION, fold, received, SAMPLES, TRIALS } from './testing.ts'

const MINUTE = 60_000

it('AW-46 G10 C.3 Student absent: not run, with no value of any kind, and a late arrival opens it again', () => {
  for (const measure of [TRIALS, DURATION, SAMPLES, CHANCES]) {
    const maya = device()
    maya.start(measure)
    maya.end('not_run', 'student_absent')
    const absent = fold(maya.made)
    expect(absent).toMatchObject({ status: 'not_run', reason: 'student_absent' })
    expect(absent.summary).toMatchObject({ numerator: null, denominator: null, validity: 'not_run' })
    expect(displayValue(absent.summary)).toBeNull()
    maya.wait(20 * MINUTE).resume()
    expect(fold(maya.made)).toMatchObject({ status: 'open', reason: null, flags: ['reopened'] })
  }
})

it('G10 C.3 Refused: a refusal counts as not independent, a whole session refused as not run, never as 0 %', () => {
  const some = device()
  some.start(TRIALS)
  some.trials('+ R R + R').end()
  expect(fold(some.made).summary).toMatchObject({ numerator: 2, denominator: 5 })
  const none = device()
  none.start(TRIALS)
  none.end('not_run', 'refused')
  expect(fold(none.made).summary).toMatchObject({ numerator: null, validity: 'not_run' })
})

it('C.3 Interrupted: partial, the trial that was cut off not counted, valid from the minimum on', () => {
  const run = (codes: string) => {
    const maya = device()
    maya.start(TRIALS)
    maya.trials(codes).end('partial', 'schedule_event')
    return fold(maya.made)
  }
  expect(run('+ + - + + X')).toMatchObject({
    status: 'partial',
    flags: ['interrupted'],
    summary: { numerator: 4, denominator: 5, validity: 'valid' },
  })
  expect(run('+ + - + X').summary).toMatchObject({ denominator: 4, validity: 'below_min' })
})

it('C.3 Overlapping episodes: different behaviors are goals of their own, and may overlap', () => {
  const run = (session: string, seconds: number) => {
    const maya = device({ session })
    maya.start(DURATION)
    maya.wait(1000).moment('on')
    maya.wait(seconds * 1000).moment('off')
    maya.end()
    return fold(maya.made)
  }
  expect([run('out of seat', 60), run('crying', 45)].map(({ summary }) => summary.numerator)).toEqual([
    60_000, 45_000,
  ])
})

it('C.3 Episode crosses a block/class/day edge: the part of each block is the part within it', () => {
  const maya = device()
  maya.start(DURATION)
  maya.wait(20 * MINUTE).moment('on')
  maya.wait(15 * MINUTE).moment('off')
  maya.end()
  const episodes = fold(maya.made).items.map(({ clock, ms }) => ({
    onset: clock ?? 0,
    offset: (clock ?? 0) + (ms ?? 0),
  }))
  // the block lasts 30 minutes from the start; 20 to 35 are 10 minutes of it and 5 of the next
  expect(durationWithin(episodes, 30 * MINUTE)).toBe(10 * MINUTE)
  const rest = episodes.map(({ onset, offset }) => ({
    onset: onset - 30 * MINUTE,
    offset: offset - 30 * MINUTE,
  }))
  expect(durationWithin(rest, 30 * MINUTE)).toBe(5 * MINUTE)
})

it('C.3 Wrong student selected: all of it withdrawn, it is no session of theirs; what was is still in the records', () => {
  const maya = device()
  const start = maya.start(TRIALS)
  const trial = maya.wait(1000).trial(1, '+')
  for (const record of [trial, start]) maya.make('void', {}, { replaces: record.id, reason: 'wrong_student' })
  const settled = settle(maya.made)
  expect(sessionView.fold(settled)).toBeNull()
  expect(settled.all).toHaveLength(4)
})

it('C.3 Edited after lock: the owner’s correction stands in its place, and says so in the records', () => {
  const maya = device()
  maya.start(TRIALS)
  maya.trials('+ + + + -').end()
  const dana = device({ name: 'laptop', person: 'dana', at: '2026-11-12T15:00:00.000Z' })
  const wrong = maya.made[5]
  dana.trial(5, '+G', { replaces: wrong?.id ?? '', reason: 'other', ...dana.typed(0) })
  const state = fold([...maya.made, ...dana.made])
  expect(state.items[4]).toMatchObject({ n: 5, code: '+G', id: dana.made[0]?.id })
  expect(state).toMatchObject({ by: 'maya', summary: { numerator: 4, denominator: 5 }, aside: [] })
})

it('C.3 Substitute collected: a point like any other, tagged', () => {
  const kim = device({ person: 'kim' })
  kim.start(TRIALS, { tags: ['substitute'] })
  kim.trials('+ + + + -').end()
  expect(fold(kim.made)).toMatchObject({
    by: 'kim',
    tags: ['substitute'],
    flags: [],
    summary: { validity: 'valid' },
  })
})

it('C.3 Teacher changes the definition: a session keeps the version it began under, and two are never pooled', () => {
  const run = (version: string, session: string) => {
    const maya = device({ version, session })
    maya.start(version === 'new' ? { ...TRIALS, min_opportunities: 8 } : TRIALS)
    maya.trials('+ + + + -').end()
    return fold(maya.made)
  }
  const [before, after] = [run('old', 'one'), run('new', 'two')]
  expect(before).toMatchObject({ version: 'old', summary: { validity: 'valid' } })
  expect(after).toMatchObject({ version: 'new', summary: { validity: 'below_min' } })
  expect(aggregateDay([before, after])).toBeNull()
})

it('C.3 Group session: who leaves is measured on the chances while they were there', () => {
  const maya = device()
  maya.start(CHANCES)
  maya.trials('+ + - + +').end('partial', 'student_left_early')
  expect(fold(maya.made).summary).toMatchObject({ numerator: 4, denominator: 5, validity: 'valid' })
})

it('F1 C.3 Offline for hours: the device’s order stands, whenever and in whatever order it arrives', () => {
  const maya = device()
  maya.start(DURATION)
  maya.wait(1000).moment('on')
  maya.wait(30_000).moment('off')
  maya.wait(1000).end()
  const late = received(maya.made, '2026-11-03T22:00:00.000Z')
  expect(fold(late.toReversed())).toEqual(fold(maya.made))
  expect(fold(late).items[0]).toMatchObject({ ms: 30_000 })
})

it('C.3 Offline for hours: of two ends the later one stands, and both are told of', () => {
  const maya = device()
  maya.start(TRIALS)
  maya.trials('+ + + + +').end('complete')
  maya.wait(MINUTE).end('partial', 'health')
  expect(fold(maya.made)).toMatchObject({
    status: 'partial',
    reason: 'health',
    flags: ['ended_twice', 'interrupted'],
  })
})

it('F16 C.3 Clock wrong by hours: what lasted a minute lasts a minute, and somebody is asked', () => {
  for (const wrong of [-5, 5]) {
    const maya = device()
    maya.setClock(wrong * 60 * MINUTE)
    maya.start(DURATION)
    maya.wait(1000).moment('on')
    maya.wait(MINUTE).moment('off')
    maya.end()
    expect(fold(maya.made)).toMatchObject({ items: [{ ms: MINUTE }], flags: [] })
    const mended = device()
    mended.start(DURATION)
    mended.wait(1000).moment('on')
    mended.setClock(-5 * 60 * MINUTE)
    mended.wait(MINUTE).moment('off')
    mended.end()
    expect(fold(mended.made).flags).toContain('clock_changed')
    expect(fold(mended.made).items).toMatchObject([{ ms: MINUTE }])
  }
})

describe('C.3 Clock wrong by hours: somebody stands for the times', () => {
  // 23:52 at the school on the second, while the house had 8:52 on the third: nine hours behind
  const BEHIND = 9 * 60 * MINUTE
  const run = () => {
    const maya = device()
    maya.setClock(-BEHIND)
    maya.start(DURATION)
    maya.wait(1000).moment('on')
    maya.wait(MINUTE).moment('off')
    maya.end()
    return maya
  }

  it('put right by the estimate, day and all; how long it took stays, and so does what nobody answered for', () => {
    const maya = run()
    const before = fold(maya.made)
    expect(before).toMatchObject({ day: '2026-11-02', started: '2026-11-03T05:52:00.000Z' })
    expect(before.times).toBeUndefined()
    maya.make('times', { shift_ms: BEHIND })
    expect(fold(maya.made)).toEqual({
      ...before,
      day: '2026-11-03',
      started: '2026-11-03T14:52:00.000Z',
      ended: '2026-11-03T14:53:01.000Z',
      items: [{ ...before.items[0], at: '2026-11-03T14:52:01.000Z' }],
      flags: ['times_moved'],
      times: { shiftMs: BEHIND, by: 'maya' },
    })
  })

  it('right as recorded: nothing moves; the newest answer holds, and one that is taken back is none', () => {
    const maya = run()
    const before = fold(maya.made)
    maya.make('times', { shift_ms: 0 })
    expect(fold(maya.made)).toEqual({ ...before, times: { shiftMs: 0, by: 'maya' } })
    const later = maya.wait(MINUTE).make('times', { shift_ms: -60_000 })
    expect(fold(maya.made)).toMatchObject({
      started: '2026-11-03T05:51:00.000Z',
      times: { shiftMs: -60_000 },
    })
    maya.void(later)
    expect(fold(maya.made)).toEqual({ ...before, times: { shiftMs: 0, by: 'maya' } })
  })

  it('who answers on another device is no second observer', () => {
    const maya = run()
    const dana = device({ name: 'laptop', person: 'dana' })
    dana.make('times', { shift_ms: BEHIND })
    expect(fold([...maya.made, ...dana.made])).toMatchObject({
      flags: ['times_moved'],
      times: { by: 'dana' },
      aside: [],
    })
  })

  it('what is corrected after that is written as the device wrote it, and moved once', () => {
    const maya = device()
    maya.setClock(-BEHIND)
    maya.start(TRIALS)
    maya.trials('+ - + + +').end()
    maya.make('times', { shift_ms: BEHIND })
    const state = fold(maya.made)
    const second = state.items[1]!
    const { kind, body, replaces, reason, at, entered } = correctionDraft(
      state,
      second,
      { noun: 'trial', n: 2, result: '+' },
      'mis_tap',
      '2026-11-03T15:00:00.000Z',
    )
    maya.make(kind.slice('sessions.'.length), body, {
      replaces: replaces!,
      reason: reason!,
      at: at!,
      entered: entered!,
    })
    const after = fold(maya.made)
    expect(after.items.map((item) => item.result).join(' ')).toBe('+ + + + +')
    expect(after.items[1]?.at).toBe(second.at)
  })
})
