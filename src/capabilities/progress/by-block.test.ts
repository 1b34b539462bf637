import { describe, expect, it } from 'vitest'
import { instantOf } from '../../platform/core/days.ts'
import { device, DURATION, fold } from '../sessions/testing.ts'
import { sharesByBlock, splitOver, type BlockSpan } from './by-block.ts'

const TZ = 'America/Chicago'
const MIN = 60_000
const at = (time: string, day = '2026-11-03') => Date.parse(instantOf(day, time, TZ))
const block = (code: string, from: string, to: string, day?: string): BlockSpan => ({
  code,
  name: code,
  from: at(from, day),
  to: at(to, day),
})
const TUESDAY = [block('P1', '08:30', '09:20'), block('P2', '09:25', '10:10')]

/** A session of a duration from one time to another, with episodes of so many minutes. */
function session(from: number, to: number, ...episodes: readonly (readonly [begin: number, end: number])[]) {
  const maya = device({ at: new Date(from).toISOString() })
  maya.start(DURATION)
  for (const [begin, end] of episodes) {
    maya.wait(begin - maya.now()).moment('on')
    maya.wait(end - maya.now()).moment('off')
  }
  maya.wait(to - maya.now()).end()
  return fold(maya.made)
}

describe('C.3 an episode that crosses the edge of a block', () => {
  it('is one episode, of the block in which it began; its minutes are split for the share of each', () => {
    // watched 9:00 to 9:40; crying 9:10 to 9:30: ten minutes in P1, five between the blocks, five in P2
    const state = session(at('09:00'), at('09:40'), [at('09:10'), at('09:30')])
    expect(state.items).toHaveLength(1)
    expect(sharesByBlock([state], TUESDAY)).toEqual([
      { code: 'P1', name: 'P1', ms: 10 * MIN, observedMs: 20 * MIN, episodes: 1, sessions: 1 },
      { code: 'P2', name: 'P2', ms: 5 * MIN, observedMs: 15 * MIN, episodes: 0, sessions: 0 },
      { code: null, name: '', ms: 5 * MIN, observedMs: 5 * MIN, episodes: 0, sessions: 0 },
    ])
    // nothing is lost and nothing is twice there
    const parts = splitOver(at('09:10'), at('09:30'), TUESDAY)
    expect(parts.map(({ span, ms }) => [span?.code ?? null, ms / MIN])).toEqual([
      ['P1', 10],
      [null, 5],
      ['P2', 5],
    ])
  })

  it('several days pool their minutes: numerators and denominators, never a mean of shares', () => {
    const monday = [block('P1', '08:30', '09:20', '2026-11-02')]
    const first = session(at('08:30', '2026-11-02'), at('08:40', '2026-11-02'), [
      at('08:30', '2026-11-02') + MIN,
      at('08:36', '2026-11-02'),
    ])
    const second = session(at('08:30'), at('09:10'))
    // 5 of 10 minutes and 0 of 40: 5 of 50, and not 25 %
    expect(sharesByBlock([first, second], [...monday, ...TUESDAY])).toMatchObject([
      { code: 'P1', ms: 5 * MIN, observedMs: 50 * MIN, episodes: 1, sessions: 2 },
    ])
  })

  it('exactly at the bell it is the next block’s', () => {
    const blocks = [block('A', '08:00', '09:00'), block('B', '09:00', '10:00')]
    const state = session(at('08:50'), at('09:20'), [at('09:00'), at('09:10')])
    expect(sharesByBlock([state], blocks)).toMatchObject([
      { code: 'A', ms: 0, observedMs: 10 * MIN, episodes: 0, sessions: 1 },
      { code: 'B', ms: 10 * MIN, observedMs: 20 * MIN, episodes: 1, sessions: 0 },
    ])
  })

  it('over midnight, and through the hour that comes twice: by instants, of the day on which it began', () => {
    // a camp: 1 November 2026, 1:30 comes twice in Chicago; evening block 23:00 to 0:00, night block 0:00 to 4:00
    const night = [
      block('EV', '23:00', '23:59', '2026-10-31'),
      { code: 'NI', name: 'NI', from: at('00:00', '2026-11-01'), to: at('04:00', '2026-11-01') },
    ]
    const begin = at('23:30', '2026-10-31')
    // by the wall clock 23:30 to 2:30 are three hours; four passed
    const end = at('02:30', '2026-11-01')
    const state = session(begin, end, [begin, end])
    expect(state.day).toBe('2026-10-31')
    expect(state.items.map(({ ms }) => ms)).toEqual([240 * MIN])
    expect(sharesByBlock([state], night)).toMatchObject([
      { code: 'EV', ms: 29 * MIN, observedMs: 29 * MIN, episodes: 1 },
      { code: 'NI', ms: 210 * MIN, observedMs: 210 * MIN, episodes: 0 },
      { code: null, ms: MIN },
    ])
  })

  it('a session with a pause is its first block’s, whole; what runs, was not run, or was a second look is not there', () => {
    const maya = device({ at: new Date(at('09:10')).toISOString() })
    maya.start(DURATION)
    maya.wait(MIN).moment('on')
    maya.wait(MIN).pause()
    maya.wait(20 * MIN).resume()
    maya.wait(MIN).moment('off')
    maya.end()
    expect(sharesByBlock([fold(maya.made)], TUESDAY)).toEqual([
      { code: 'P1', name: 'P1', ms: 2 * MIN, observedMs: 3 * MIN, episodes: 1, sessions: 1 },
    ])
    const open = device({ at: new Date(at('09:00')).toISOString() })
    open.start(DURATION)
    open.wait(MIN).moment('on')
    const gone = device({ at: new Date(at('09:00')).toISOString() })
    gone.start(DURATION)
    gone.end('not_run', 'student_absent')
    const dana = device({ at: new Date(at('09:00')).toISOString() })
    dana.start(DURATION, { observer: 'ioa' })
    dana.wait(MIN).end()
    expect(
      sharesByBlock(
        [open, gone, dana].map(({ made }) => fold(made)),
        TUESDAY,
      ),
    ).toEqual([])
  })
})
