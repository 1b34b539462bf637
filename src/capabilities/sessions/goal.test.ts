import { describe, expect, test } from 'vitest'
import { goalOf, hiddenFrom, nextPlace, standingOf, type PlannedSpan } from './goal.ts'
import type { Measure } from './records.ts'
import { CHANCES, CHECKLIST, device, fold, MEASURES, PROGRAM, RATE, TRIALS, VERSION } from './testing.ts'

const DAY = '2026-11-03'
const at = (time: string) => new Date(`${DAY}T${time}:00.000-06:00`).toISOString()
const P1: PlannedSpan = { start: at('08:30'), end: at('09:20') }
const P2: PlannedSpan = { start: at('09:20'), end: at('10:10') }

const session = (n: number) => `00000000-0000-7000-8000-00000000000${n}`
const mine = { device: 'tablet', person: 'maya' }
const ask = { day: DAY, block: P1, blocks: [P1, P2], ...mine }

/** A session on the para's tablet. */
function own(n: number, time: string, work: (hand: ReturnType<typeof device>) => void = () => {}) {
  const hand = device({ at: at(time), session: session(n) })
  hand.start(TRIALS)
  work(hand)
  return fold(hand.made)
}
/** Ms. Reyes' session on her Chromebook, watching session `of` or running it herself. */
function danas(
  n: number,
  time: string,
  of: number | null,
  work: (hand: ReturnType<typeof device>) => void = () => {},
) {
  const hand = device({ name: 'chromebook', person: 'dana', at: at(time), session: session(n) })
  if (of === null) hand.start(TRIALS)
  else
    hand.start(
      TRIALS,
      { observer: 'ioa' },
      {
        refs: {
          session: session(n),
          program: hand.made[0]?.refs['program'] ?? '00000000-0000-7000-8000-00000000b0b0',
          version: '00000000-0000-7000-8000-00000000c0c0',
          of: session(of),
        },
      },
    )
  work(hand)
  return fold(hand.made)
}

describe('which session is whose', () => {
  test('an own open session of the day goes on in whatever block it is looked at', () => {
    const open = own(1, '08:52', (hand) => hand.trials('+ +'))
    expect(goalOf({ ...ask, states: [open] }).own?.session).toBe(session(1))
    expect(goalOf({ ...ask, block: P2, states: [open] }).own?.session).toBe(session(1))
  })

  test('an ended session is shown in its own block and not in the next one with the same goal', () => {
    const ended = own(1, '08:52', (hand) => hand.trials('+ +').end())
    expect(goalOf({ ...ask, states: [ended] }).own?.session).toBe(session(1))
    expect(goalOf({ ...ask, block: P2, states: [ended] }).own).toBeNull()
  })

  test('a session that began early belongs to the nearest block', () => {
    const early = own(1, '08:20', (hand) => hand.end())
    expect(goalOf({ ...ask, states: [early] }).own?.session).toBe(session(1))
  })

  test('run again: the newer one is shown; a session left open on another day is apart', () => {
    const first = own(1, '08:40', (hand) => hand.trials('+').end())
    const again = own(2, '08:52')
    const hand = device({ at: '2026-11-02T15:00:00.000Z', session: session(3) })
    hand.start(TRIALS)
    const monday = fold(hand.made)
    const goal = goalOf({ ...ask, states: [monday, first, again] })
    expect(goal.own?.session).toBe(session(2))
    expect(goal.leftOpen.map((state) => state.session)).toEqual([session(3)])
  })

  test('another adult who records now is named; their finished session is told apart', () => {
    const running = danas(1, '08:50', null)
    expect(goalOf({ ...ask, states: [running] })).toMatchObject({ own: null, others: [{ by: 'dana' }] })
    const done = danas(1, '08:40', null, (hand) => hand.trials('+').end())
    expect(goalOf({ ...ask, states: [done] })).toMatchObject({ others: [], finished: [{ by: 'dana' }] })
  })

  test('the same person on another device is another recorder', () => {
    const phone = device({ name: 'phone', at: at('08:50'), session: session(1) })
    phone.start(TRIALS)
    expect(goalOf({ ...ask, states: [fold(phone.made)] })).toMatchObject({
      own: null,
      others: [{ by: 'maya' }],
    })
  })
})

describe('two observers stay independent until both have closed (semantics 2.7)', () => {
  const open = own(1, '08:52', (hand) => hand.trials('+ +'))
  const closed = own(1, '08:52', (hand) => hand.trials('+ +').end())
  const watching = danas(2, '08:53', 1)
  const watched = danas(2, '08:53', 1, (hand) => hand.trials('+ -').end())

  test.each([
    ['both open', open, watching],
    ['the observer open', closed, watching],
    ['the recorder open', open, watched],
  ])('%s: each is hidden from the other', (_name, primary, second) => {
    expect([...hiddenFrom([primary, second], 'dana')]).toEqual([session(1)])
    expect([...hiddenFrom([primary, second], 'maya')]).toEqual([session(2)])
    expect([...hiddenFrom([primary, second], 'andre')]).toEqual([])
  })

  test('both closed: nothing is hidden', () => {
    expect(hiddenFrom([closed, watched], 'dana').size).toBe(0)
    expect(goalOf({ ...ask, states: [closed, watched] })).toMatchObject({
      isHidden: false,
      partner: { session: session(2) },
    })
  })

  test('an observation whose other end has not arrived hides it when it does', () => {
    expect([...hiddenFrom([watched], 'dana')]).toEqual([session(1)])
  })
})

describe('the place of the next tap', () => {
  test('the first free one; a voided trial’s place is free again', () => {
    const state = own(1, '08:52', (hand) => {
      hand.trials('+ + +')
      const second = hand.made.find((record) => record.body['n'] === 2)
      if (second) hand.void(second)
    })
    expect(nextPlace(state, null)).toBe(2)
  })

  test('an observer who came after three trials numbers as the recorder does', () => {
    const primary = own(1, '08:52', (hand) => hand.trials('+ + -'))
    const late = danas(2, '08:54', 1)
    expect(nextPlace(late, primary)).toBe(4)
    expect(
      nextPlace(
        danas(2, '08:54', 1, (hand) => hand.trial(4, '+')),
        primary,
      ),
    ).toBe(5)
    expect(nextPlace(danas(2, '08:52', 1), primary)).toBe(1)
  })
})

describe('whether a planned run is done', () => {
  const standing = (...states: Parameters<typeof standingOf>[0]['states'][number][]) =>
    standingOf({ states, day: DAY, block: P1, blocks: [P1, P2] }).is

  test('due, running, recorded by anyone, or not run with a reason', () => {
    expect(standing()).toBe('due')
    expect(standing(own(1, '08:52'))).toBe('open')
    expect(standing(own(1, '08:52', (hand) => hand.trials('+').end()))).toBe('recorded')
    expect(standing(danas(1, '08:52', null, (hand) => hand.trials('+').end('partial', 'health')))).toBe(
      'recorded',
    )
    expect(standing(own(1, '08:52', (hand) => hand.end('not_run', 'student_absent')))).toBe('not_run')
  })

  test('G10 a second observer’s session does not make it done, nor does a run of another block', () => {
    expect(standing(danas(2, '08:53', 1, (hand) => hand.trials('+').end()))).toBe('due')
    expect(standing(own(1, '09:30', (hand) => hand.trials('+').end()))).toBe('due')
  })

  test('run after all: the result counts, not the reason before it', () => {
    const notRun = own(1, '08:40', (hand) => hand.end('not_run', 'materials_missing'))
    const run = own(2, '08:52', (hand) => hand.trials('+').end())
    expect(standing(notRun, run)).toBe('recorded')
  })
})

test('a count runs in two blocks: each has its own session', () => {
  const hand = device({ at: at('08:40'), session: session(1) })
  hand.start(RATE)
  hand.tapsAt(60, 120).end()
  const first = fold(hand.made)
  const question = { states: [first], day: DAY, blocks: [P1, P2] }
  expect(standingOf({ ...question, block: P1 }).is).toBe('recorded')
  expect(standingOf({ ...question, block: P2 }).is).toBe('due')
})

describe('every way of measuring', () => {
  const begin = (measure: Measure, name: string, person: string, n: number, time: string, of?: number) => {
    const hand = device({ name, person, at: at(time), session: session(n) })
    const refs = {
      session: session(n),
      program: PROGRAM,
      version: VERSION,
      ...(of ? { of: session(of) } : {}),
    }
    hand.start(measure, { observer: of ? 'ioa' : 'primary' }, { refs })
    return hand
  }

  test.each(MEASURES.map((measure) => [measure.system, measure] as const))(
    '%s: run twice a day, watched by two, and left open the day before',
    (_system, measure) => {
      const morning = begin(measure, 'tablet', 'maya', 1, '08:40')
      morning.wait(60_000).end()
      const again = begin(measure, 'tablet', 'maya', 2, '09:30')
      const watching = begin(measure, 'chromebook', 'dana', 3, '09:31', 2)
      const left = device({ at: '2026-11-02T20:00:00.000Z', session: session(4) })
      left.start(measure)
      const states = [morning, again, watching, left].map((hand) => fold(hand.made))
      expect(goalOf({ ...ask, states }).own?.session).toBe(session(2))
      const noon = goalOf({ ...ask, block: P2, states })
      expect(noon).toMatchObject({
        own: { session: session(2) },
        partner: { session: session(3) },
        isHidden: true,
        leftOpen: [{ session: session(4) }],
      })
      expect(standingOf({ ...ask, states })).toMatchObject({
        is: 'recorded',
        session: { session: session(1) },
      })
      expect(standingOf({ ...ask, block: P2, states }).is).toBe('open')
      again.wait(60_000).end()
      watching.wait(60_000).end()
      expect(
        hiddenFrom(
          [again, watching].map((hand) => fold(hand.made)),
          'maya',
        ).size,
      ).toBe(0)
    },
  )

  test('a second observer who came late takes the trial that runs now, and every item of a list', () => {
    const run = begin(CHANCES, 'tablet', 'maya', 1, '08:40').trials('+ + +')
    const late = fold(begin(CHANCES, 'chromebook', 'dana', 2, '08:45', 1).made)
    expect(nextPlace(late, fold(run.made))).toBe(4)
    const list = begin(CHECKLIST, 'tablet', 'maya', 1, '08:40')
    list.wait(1000).mark(1, 'yes')
    const other = fold(begin(CHECKLIST, 'chromebook', 'dana', 2, '08:45', 1).made)
    expect(nextPlace(other, fold(list.made))).toBe(1)
  })
})
