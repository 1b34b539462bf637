/** Two recordings of one time: what counts as such, and what the owner's choice makes of them (domain C.0 rule 8). */
import { describe, expect, it } from 'vitest'
import { canonical } from '../../platform/core/canonical.ts'
import { aggregateDay } from './day.ts'
import { recordedAtOnce } from './at-once.ts'
import { hiddenFrom } from './goal.ts'
import { ioaOfSessions } from './rules.ts'
import type { SessionState } from './state.ts'
import { device, fold, PROGRAM, SAMPLES, TRIALS } from './testing.ts'

const START = Date.parse('2026-11-03T14:52:00.000Z')

const NAMES = { session: 'of kim', program: PROGRAM, of: 'of maya' }

/** Maya from 8:52 on, a trial every 20 s; Kim five seconds after Maya's third, and so five seconds after each of hers. */
function recorded() {
  const maya = device({ name: 'maya', person: 'maya', session: 'of maya' })
  const kim = device({ name: 'kim', person: 'kim', session: 'of kim', at: at(65) })
  maya.start(TRIALS)
  maya.trials('+ + +G + - + + +V + NR').end()
  kim.start(TRIALS)
  kim.trials('+ NR + + +V').end()
  return { maya: maya.made, kim: kim.made }
}

/** Dana, in the afternoon, on a desk of her own. */
const dana = () => device({ name: 'desk', person: 'dana', session: 'of kim', at: '2026-11-03T21:00:00.000Z' })
const at = (seconds: number) => new Date(START + seconds * 1000).toISOString()

describe('recorded at once', () => {
  it('C.0.8 finds who recorded while another did, and nobody who came after, observed or did not run it', () => {
    const one = fold(recorded().maya)
    const during = { ...one, session: 'b', by: 'kim', device: 'kim', started: at(100), ended: at(400) }
    const third = { ...during, session: 'c', by: 'lee', device: 'lee', started: at(390), ended: at(500) }
    const after = { ...third, session: 'd', started: at(600), ended: at(700) }
    const groups = (...states: SessionState[]) =>
      recordedAtOnce(states).map((group) => group.map(({ session }) => session))
    // the third touches the second only, and still all three are of one time
    expect(groups(after, third, one, during)).toEqual([['of maya', 'b', 'c']])
    expect(groups(one, { ...during, observer: 'ioa', of: 'of maya' })).toEqual([])
    expect(groups(one, { ...during, status: 'not_run' })).toEqual([])
    expect(groups(one, { ...during, started: one.ended ?? '' })).toEqual([])
    expect(groups(one, { ...during, by: one.by, device: one.device })).toEqual([])
  })

  it('C.0.8 the owner makes one the second observation: only whose it stands beside changes', () => {
    const { kim } = recorded()
    const before = fold(kim)
    const choice = dana().make('second', { reason: 'Kim was called away' }, { refs: NAMES })
    expect(fold([...kim, choice])).toEqual({
      ...before,
      observer: 'ioa',
      of: 'of maya',
      chosen: { id: choice.id, by: 'dana', at: choice.at, reason: 'Kim was called away' },
    })
  })

  it('G9 C.0.8 in whatever order it arrives, and taken back it is what it was to the byte', () => {
    const { kim } = recorded()
    const desk = dana()
    const choice = desk.make('second', {}, { refs: NAMES })
    const chosen = canonical(fold([...kim, choice]))
    expect(canonical(fold([choice, ...kim.toReversed()]))).toBe(chosen)
    const back = desk.make('void', {}, { replaces: choice.id, reason: 'mis_tap' })
    expect(canonical(fold([back, ...kim, choice]))).toBe(canonical(fold(kim)))
  })

  it('leaves who observed from the start with the session that they watched', () => {
    const reyes = device({ name: 'reyes', person: 'reyes', session: 'of kim' })
    reyes.start(TRIALS, { observer: 'ioa' }, { refs: { ...NAMES, version: 'v', of: 'of another' } })
    const choice = dana().make('second', {}, { refs: NAMES })
    const state = fold([...reyes.trials('+').made, choice])
    expect(state).toMatchObject({ observer: 'ioa', of: 'of another' })
    expect(state.chosen).toBeUndefined()
  })

  it('C.0.8 D.8 compares trials over the time in which both recorded: 4 of 5', () => {
    const { maya, kim } = recorded()
    const second = fold([...kim, dana().make('second', {}, { refs: NAMES })])
    const agreement = ioaOfSessions(fold(maya), second)
    // Maya's trials 4 to 8 were + – + + +V; Kim had + NR + + +V
    expect(agreement).toMatchObject({ formula: 'trial_by_trial', agreed: 4, total: 5 })
    expect(agreement?.items.map(({ primary, second: other }) => [primary, other])).toEqual([
      ['+', '+'],
      ['-', 'NR'],
      ['+', '+'],
      ['+', '+'],
      ['+V', '+V'],
    ])
  })

  it('C.0.8 never adds the two: the day is the one that stands, and nothing is hidden any more', () => {
    const { maya, kim } = recorded()
    const second = fold([...kim, dana().make('second', {}, { refs: NAMES })])
    const day = aggregateDay([second, fold(maya)])
    expect(day?.summary).toMatchObject({ numerator: 6, denominator: 10 })
    expect(day?.leftOut).toEqual([{ session: 'of kim', why: 'second_observer' }])
    expect(hiddenFrom([fold(maya), second], 'kim').size).toBe(0)
  })

  it('D.8 compares intervals of two who began apart by the clock, not by their numbers', () => {
    const hand = (name: string, from: number, codes: string) => {
      const one = device({ name, person: name, session: `of ${name}`, at: at(from) })
      one.start(SAMPLES)
      for (const [index, code] of codes.split(' ').entries()) one.wait(120_000).mark(index + 1, code)
      return one.end() && one.made
    }
    const maya = fold(hand('maya', 0, '1 0 1 1 0 1'))
    // begun one interval later: the first of these is Maya's second
    const kim = hand('kim', 120, '0 1 1 0 1')
    const second = fold([...kim, dana().make('second', {}, { refs: NAMES })])
    expect(ioaOfSessions(maya, second, { formula: 'interval_by_interval' })).toMatchObject({
      agreed: 5,
      total: 5,
    })
  })
})
