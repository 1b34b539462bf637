/** Planned observations: what stands of them, and when one is done (domain D.8). */
import { describe, expect, it } from 'vitest'
import { settle } from '../../platform/records/settle.ts'
import { observationsView, plannedNow, watchesIn, type Planned } from './observations.ts'
import type { SessionState } from './state.ts'
import { device, fold, PROGRAM, STUDENT, TRIALS } from './testing.ts'

const MONDAY = '2026-11-02T15:00:00.000Z'
const plan = (part: Partial<Planned> = {}): Planned => ({
  id: 'plan',
  observer: 'reyes',
  adult: 'maya',
  due: '2026-11-06',
  by: 'dana',
  at: MONDAY,
  ...part,
})

function ran(name: string, part: Partial<SessionState> = {}): SessionState {
  const hand = device({ name, person: name, session: `of ${name}` })
  hand.start(TRIALS)
  hand.trials('+ +').end()
  return { ...fold(hand.made), ...part }
}
const maya = (part: Partial<SessionState> = {}) => ran('maya', part)
const reyes = (part: Partial<SessionState> = {}) => ran('reyes', { observer: 'ioa', of: 'of maya', ...part })
const is = (planned: readonly Planned[], states: readonly SessionState[], today = '2026-11-03') =>
  plannedNow(planned, watchesIn(states), today).map((one) => one.is)

describe('planned observations', () => {
  it('D.8 stands until it is called off, as who planned it said', () => {
    const desk = device({ name: 'desk', person: 'dana' })
    const refs = { program: PROGRAM, observer: 'reyes', adult: 'maya' }
    const first = desk.make('observation', { due: '2026-11-06' }, { refs })
    const other = desk.make(
      'observation',
      { due: '2026-11-09' },
      { refs: { program: PROGRAM, observer: 'kim' } },
    )
    const { id: planned, at } = first
    expect(observationsView.fold(settle(desk.made))).toEqual({
      program: PROGRAM,
      student: STUDENT,
      planned: [
        { id: planned, observer: 'reyes', adult: 'maya', due: '2026-11-06', by: 'dana', at },
        { id: other.id, observer: 'kim', adult: null, due: '2026-11-09', by: 'dana', at: other.at },
      ],
    })
    desk.make(
      'observation',
      { due: '2026-11-06', called_off: true },
      { refs, replaces: planned, reason: 'other: called off' },
    )
    expect(observationsView.fold(settle(desk.made))?.planned.map(({ observer }) => observer)).toEqual(['kim'])
  })

  it('D.8 is due, runs while one of the two has not ended, and is done once both have', () => {
    const open = { status: 'open', ended: null } as const
    expect(is([plan()], [maya()])).toEqual(['due'])
    expect(is([plan()], [maya(open), reyes(open)])).toEqual(['running'])
    expect(is([plan()], [maya(), reyes(open)])).toEqual(['running'])
    expect(is([plan()], [maya(), reyes()])).toEqual(['done'])
    expect(is([plan()], [], '2026-11-06')).toEqual(['due'])
    expect(is([plan()], [], '2026-11-07')).toEqual(['overdue'])
  })

  it('D.8 is not done by somebody else, beside somebody else, before it was planned, or by what was not run', () => {
    const both = [maya(), reyes()]
    expect(is([plan({ observer: 'kim' })], both)).toEqual(['due'])
    expect(is([plan({ adult: 'kim' })], both)).toEqual(['due'])
    expect(is([plan({ adult: null })], both)).toEqual(['done'])
    expect(is([plan({ at: '2026-11-03T20:00:00.000Z' })], both)).toEqual(['due'])
    expect(is([plan()], [maya({ status: 'not_run' }), reyes()])).toEqual(['due'])
    expect(is([plan({ observer: 'maya', adult: null })], [maya(), reyes({ by: 'maya' })])).toEqual(['due'])
  })

  it('D.8 one observation does for one plan', () => {
    expect(is([plan(), plan({ id: 'again' })], [maya(), reyes()])).toEqual(['done', 'due'])
  })
})
