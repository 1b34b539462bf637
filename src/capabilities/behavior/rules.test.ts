/** Entries of behavior that stand alone, and what they come to (domain C.4, C14, C15). */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonical } from '../../platform/core/canonical.ts'
import type { StoredRecord } from '../../platform/records/envelope.ts'
import { settle } from '../../platform/records/settle.ts'
import { shownPercent } from '../sessions/ioa/score.ts'
import { device } from '../sessions/testing.ts'
import { ANTECEDENTS, BEHAVIORS, CONSEQUENCES, SETTING_EVENTS } from './abc.ts'
import { cellByCell, codeByCode } from './agreement.ts'
import { gridOf, timesOf } from './grid.ts'
import { AbcBody, kinds, type CellBody } from './records.ts'
import { behaviorView, type BehaviorLog } from './rules.ts'
import { abcTables } from './tables.ts'

const abc = (over: Partial<AbcBody> = {}): AbcBody => ({
  setting_events: [],
  antecedents: ['demand_academic'],
  behavior: 'own:1',
  consequences: ['task_reduced'],
  setting: 'Room 12',
  ...over,
})

/** A device's log of one program, from this instant on (UTC; Chicago is 6 hours behind). */
function hand(at = '2026-11-03T14:52:00.000Z', person = 'maya', name = 'tablet') {
  const tablet = device({ at, person, name, session: `log-${name}-${at.slice(8, 10)}` })
  const make = (noun: string, body: object, over: Partial<StoredRecord> = {}) =>
    tablet.make(noun, body as StoredRecord['body'], {
      kind: `behavior.${noun}`,
      refs: { log: `${name} ${at}`, program: 'program' },
      ...over,
    })
  return { ...tablet, make }
}
function logOf(records: readonly StoredRecord[]): BehaviorLog {
  const state = behaviorView.fold(settle(records))
  if (!state) throw new Error('no log')
  return state
}

describe('a log', () => {
  it('has what stands, in order of time, with who saw it and when', () => {
    const maya = hand()
    const first = maya.make('abc', abc())
    maya.wait(60_000)
    const wrong = maya.make('abc', abc({ behavior: 'property' }))
    maya.wait(60_000)
    maya.make('void', {}, { replaces: wrong.id, reason: 'mis_tap' })
    maya.make('abc', abc({ behavior: 'elopement' }), { at: '2026-11-03T14:00:00.000Z', onBehalfOf: 'sub' })
    const log = logOf(maya.made)
    expect(log).toMatchObject({
      program: 'program',
      device: 'tablet',
      tz: 'America/Chicago',
      undecided: false,
    })
    expect(log.entries.map((entry) => [entry.noun, entry.day, entry.by])).toEqual([
      ['abc', '2026-11-03', 'sub'],
      ['abc', '2026-11-03', 'maya'],
    ])
    expect(log.entries[1]).toMatchObject({
      id: first.id,
      antecedents: ['demand_academic'],
      setting: 'Room 12',
    })
    expect(behaviorView.parent(log)).toBe('program:program')
  })

  it('is nothing when all of it was taken out', () => {
    const maya = hand()
    const one = maya.make('abc', abc())
    maya.make('void', {}, { replaces: one.id, reason: 'mis_tap' })
    expect(behaviorView.fold(settle(maya.made))).toBeNull()
  })

  it('G9 comes to the same bytes in whatever order its records arrive', () => {
    const act = fc.record({
      what: fc.constantFrom('abc', 'cell', 'void', 'correct'),
      n: fc.integer({ min: 1, max: 6 }),
      target: fc.nat({ max: 12 }),
      by: fc.boolean(),
    })
    const made = fc.array(act, { minLength: 1, maxLength: 14 }).map((acts) => {
      const [maya, andre] = [hand(), hand('2026-11-03T14:52:00.000Z', 'andre', 'phone')]
      const all: StoredRecord[] = []
      for (const { what, n, target, by } of acts) {
        const one = by ? maya : andre
        one.wait(n * 1000)
        const replaces = all[target % Math.max(1, all.length)]
        const over = { refs: { log: 'one', program: 'program' } }
        if (what === 'abc' || !replaces) all.push(one.make('abc', abc({ people: n }), over))
        else if (what === 'cell') all.push(one.make('cell', { cell: n, code: 'some' }, over))
        else if (what === 'void') all.push(one.make('void', {}, { ...over, replaces: replaces.id }))
        else all.push(one.make('abc', abc({ people: n }), { ...over, replaces: replaces.id }))
      }
      return all
    })
    const shuffled = made.chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
    )
    fc.assert(
      fc.property(shuffled, ([all, other]) => {
        const bytes = canonical(behaviorView.fold(settle(all)))
        expect(canonical(behaviorView.fold(settle(other)))).toBe(bytes)
        expect(canonical(behaviorView.fold(settle([...all, ...other])))).toBe(bytes)
      }),
    )
  })

  it('folds every kind of this capability', () => {
    expect([...behaviorView.kinds].sort()).toEqual(kinds.map(({ kind }) => kind).sort())
  })
})

it('C.4 the codes of the picklists fit the record', () => {
  for (const code of BEHAVIORS) expect(AbcBody.safeParse(abc({ behavior: code })).success).toBe(true)
  for (const code of ANTECEDENTS) expect(AbcBody.safeParse(abc({ antecedents: [code] })).success).toBe(true)
  for (const code of CONSEQUENCES) expect(AbcBody.safeParse(abc({ consequences: [code] })).success).toBe(true)
  for (const code of SETTING_EVENTS)
    expect(AbcBody.safeParse(abc({ setting_events: [code] })).success).toBe(true)
})

describe('what happened together', () => {
  /** Four a day on so many days: two of throwing after a demand, which then ended; one ignored; one of leaving. */
  const days = (n: number) =>
    Array.from({ length: n }, (_, index) => {
      const maya = hand(`2026-11-0${index + 2}T15:05:00.000Z`)
      maya.make('abc', abc({ behavior: 'property' }))
      maya.wait(600_000)
      maya.make('abc', abc({ behavior: 'property', antecedents: ['demand_academic', 'corrected'] }))
      maya.wait(3_600_000)
      maya.make(
        'abc',
        abc({ behavior: 'property', antecedents: ['wait'], consequences: ['planned_ignoring'] }),
      )
      maya.wait(60_000)
      maya.make('abc', abc({ behavior: 'elopement', setting_events: ['poor_sleep'] }))
      return logOf(maya.made)
    })

  it('C.4 counts, and shares of the events of one behavior', () => {
    const tables = abcTables(days(5))
    expect(tables).toMatchObject({ events: 20, days: 5, enough: true })
    expect(tables.given[0]).toEqual({
      behavior: 'property',
      count: 15,
      antecedents: [
        { code: 'demand_academic', count: 10, of: 15 },
        { code: 'corrected', count: 5, of: 15 },
        { code: 'wait', count: 5, of: 15 },
      ],
      consequences: [
        { code: 'task_reduced', count: 10, of: 15 },
        { code: 'planned_ignoring', count: 5, of: 15 },
      ],
    })
    expect(tables.settingEvents).toEqual([{ code: 'poor_sleep', count: 5, of: 20 }])
    // 9:05 and 9:15, 10:15 and 10:16 in Chicago
    expect(tables.hours).toEqual([
      { hour: 9, count: 10 },
      { hour: 10, count: 10 },
    ])
  })

  it('C.4 from fewer than 20 events, or fewer than 5 days, nothing is drawn', () => {
    expect(abcTables(days(4)).enough).toBe(false)
    const crowded = days(1).map((log) => ({
      ...log,
      entries: Array.from({ length: 30 }, () => log.entries[0]).flatMap((entry) => entry ?? []),
    }))
    expect(abcTables(crowded)).toMatchObject({ events: 30, days: 1, enough: false })
    expect(abcTables([])).toMatchObject({ events: 0, days: 0, enough: false, given: [] })
  })
})

describe('the grid', () => {
  const PLOT = {
    system: 'scatterplot',
    from: '08:30',
    to: '10:10',
    cell_min: 30,
    many_from: 5,
  } as const
  const filled = (cells: readonly CellBody[], person = 'maya', name = 'tablet') => {
    const one = hand('2026-11-03T14:52:00.000Z', person, name)
    for (const cell of cells) {
      one.wait(1000)
      one.make('cell', cell)
    }
    return logOf(one.made)
  }

  it('G10 a cell that nobody filled in was not observed, which is not 0', () => {
    expect(timesOf(PLOT)).toEqual(['08:30', '09:00', '09:30', '10:00'])
    const log = filled([
      { cell: 1, code: '0' },
      { cell: 2, code: 'many' },
      { cell: 2, code: 'some' },
    ])
    const grid = gridOf(PLOT, [log], ['2026-11-02', '2026-11-03'])
    expect(grid.cells.map((row) => row.map((cell) => cell.code))).toEqual([
      [null, '0'],
      [null, 'some'],
      [null, null],
      [null, null],
    ])
  })

  it('two observers are never added: where they differ, it is said', () => {
    const maya = filled([{ cell: 1, code: 'some' }])
    const andre = filled([{ cell: 1, code: 'many' }], 'andre', 'phone')
    expect(gridOf(PLOT, [maya, andre], ['2026-11-03']).cells[0]).toMatchObject([{ differs: true }])
    expect(gridOf(PLOT, [maya, maya], ['2026-11-03']).cells[0]).toEqual([{ code: 'some', differs: false }])
  })

  it('two observers agree on 4 of the 5 cells that both watched', () => {
    const cells = (...codes: readonly CellBody['code'][]) =>
      codes.map((code, index) => ({ cell: index + 1, code }))
    const score = cellByCell(
      filled(cells('0', 'some', 'many', '0', '0', 'some')),
      filled(cells('0', 'some', 'some', '0', '0'), 'andre', 'phone'),
    )
    expect(score).toMatchObject({ agreed: 4, total: 5 })
    expect(score && shownPercent(score)).toEqual({ numerator: 4, denominator: 5 })
  })
})

it('C14 code by code: both gave 3 of the 7 codes that either gave', () => {
  const seen = (person: string, name: string, later: number, codes: Partial<AbcBody>[]) => {
    const one = hand('2026-11-03T14:52:00.000Z', person, name)
    one.wait(later)
    for (const over of codes) {
      one.make('abc', abc(over))
      one.wait(900_000)
    }
    return logOf(one.made)
  }
  // first event: demand, own:1, task reduced by both, and "corrected" by one; then an event that one saw alone
  const maya = seen('maya', 'tablet', 0, [{ antecedents: ['demand_academic', 'corrected'] }])
  const andre = seen('andre', 'phone', 20_000, [{}, { behavior: 'property' }])
  expect(codeByCode(maya, andre)).toMatchObject({ agreed: 3, total: 7 })
  expect(codeByCode(andre, maya)).toMatchObject({ agreed: 3, total: 7 })
})
