/**
 * Agreement on logs (domain C14, C15, C18, D.8), from the records of two devices to what is said of it. Expected numbers
 * are counted by hand beside each case.
 */
import { describe, expect, it } from 'vitest'
import { canonical } from '../../platform/core/canonical.ts'
import type { StoredRecord } from '../../platform/records/envelope.ts'
import { settle } from '../../platform/records/settle.ts'
import { behaviorView } from '../behavior/rules.ts'
import { careView } from '../care/rules.ts'
import { firstHand } from '../sessions/log.ts'
import { watchesOf } from '../sessions/observations.ts'
import { device } from '../sessions/testing.ts'
import { logAgreements } from './log-agreement.ts'

const DAY = '2026-11-03'
const instant = (time: string) => new Date(`${DAY}T${time}:00.000-06:00`).toISOString()

type Entry = readonly [time: string, noun: string, body: object]

/** What one person recorded, in the log of that name; a second observer's begins and ends. */
function recorded(
  capability: 'behavior' | 'care',
  person: string,
  entries: readonly Entry[],
): StoredRecord[] {
  const hand = device({ name: `of ${person}`, person })
  for (const [time, noun, body] of entries)
    hand.make(noun, body as StoredRecord['body'], {
      kind: `${capability}.${noun}`,
      refs: { log: `log of ${person}`, program: 'program', ...(noun === 'watch' ? { adult: 'maya' } : {}) },
      at: instant(time),
    })
  return hand.made
}

const begin = (time: string): Entry => [time, 'watch', { is: 'begin' }]
const end = (time: string): Entry => [time, 'watch', { is: 'end' }]

function behaviorLog(person: string, entries: readonly Entry[]) {
  const log = behaviorView.fold(settle(recorded('behavior', person, entries)))
  if (!log) throw new Error('no log')
  return log
}
function careLog(person: string, entries: readonly Entry[]) {
  const log = careView.fold(settle(recorded('care', person, entries)))
  if (!log) throw new Error('no log')
  return log
}

const abc = (time: string, antecedent: string, consequence: string): Entry => [
  time,
  'abc',
  {
    setting_events: [],
    antecedents: [antecedent],
    behavior: 'own:1',
    consequences: [consequence],
    setting: 'Room 12',
  },
]
const cell = (time: string, n: number, code: '0' | 'some' | 'many'): Entry => [
  time,
  'cell',
  { cell: n, code },
]
const visit = (time: string, result: string, kind = 'scheduled'): Entry => [
  time,
  'toileting',
  { visit: kind, result, clothing: 'dry', steps: {}, changed: false, skin_concern: false },
]

describe('ABC, code by code', () => {
  const maya = behaviorLog('maya', [
    // before Dana came: nothing that Dana could have seen
    abc('08:40', 'wait', 'redirected'),
    abc('09:05', 'wait', 'redirected'),
    abc('09:20', 'denied', 'item_given'),
  ])

  it('C14 D.8 counts codes of events of the time that both watched: 5 of 7', () => {
    // 9:05 alike: 3 of 3; 9:20 seen as “wait” and not “denied”: behavior and consequence 2 of 4 codes
    const dana = behaviorLog('dana', [
      begin('09:00'),
      abc('09:06', 'wait', 'redirected'),
      abc('09:20', 'wait', 'item_given'),
      end('09:30'),
    ])
    expect(logAgreements('abc', [maya, dana], [])).toEqual([
      {
        key: 'log of dana',
        day: DAY,
        watch: { observer: 'dana', adult: 'maya', day: DAY, from: instant('09:00'), to: instant('09:30') },
        formula: 'code_by_code',
        agreed: 5,
        total: 7,
        percent: { numerator: 5, denominator: 7 },
        nonOccurrence: false,
        low: true,
      },
    ])
  })

  it('D.8 says nothing before the observer has ended', () => {
    const dana = behaviorLog('dana', [begin('09:00'), abc('09:06', 'wait', 'redirected')])
    expect(logAgreements('abc', [maya, dana], [])).toEqual([])
    expect(watchesOf([maya, dana])).toEqual([
      { observer: 'dana', beside: 'maya', at: instant('09:00'), over: false },
    ])
  })

  it('D.8 nothing from both is 100 %, said to be of what did not happen, and never low', () => {
    const dana = behaviorLog('dana', [begin('10:00'), end('10:20')])
    expect(logAgreements('abc', [maya, dana], [])).toMatchObject([
      { agreed: 0, total: 0, percent: { numerator: 1, denominator: 1 }, nonOccurrence: true, low: false },
    ])
  })

  it('D.8 fewer than five codes give the fraction and no percentage', () => {
    const dana = behaviorLog('dana', [begin('09:00'), abc('09:06', 'wait', 'redirected'), end('09:10')])
    expect(logAgreements('abc', [maya, dana], [])).toMatchObject([
      { agreed: 3, total: 3, percent: null, low: false },
    ])
  })
})

describe('scatterplot, cell by cell', () => {
  const maya = behaviorLog('maya', [
    cell('09:00', 1, '0'),
    cell('09:30', 2, 'some'),
    cell('10:00', 3, 'many'),
    cell('10:30', 4, '0'),
    cell('11:00', 5, '0'),
  ])

  it('C15 D.8 counts cells that both filled in: 4 of 5, a sixth that one of them saw is none', () => {
    const dana = behaviorLog('dana', [
      begin('08:30'),
      cell('09:00', 1, '0'),
      cell('09:30', 2, 'some'),
      cell('10:00', 3, 'some'),
      cell('10:30', 4, '0'),
      cell('11:00', 5, '0'),
      cell('11:30', 6, '0'),
      end('11:40'),
    ])
    expect(logAgreements('scatterplot', [maya, dana], [])).toMatchObject([
      { formula: 'cell_by_cell', agreed: 4, total: 5, nonOccurrence: false, low: false },
    ])
  })

  it('D.8 cells that both filled in with none are agreement on non-occurrence', () => {
    const dana = behaviorLog('dana', [
      begin('10:20'),
      cell('10:30', 4, '0'),
      cell('11:00', 5, '0'),
      end('11:10'),
    ])
    expect(logAgreements('scatterplot', [maya, dana], [])).toMatchObject([
      { agreed: 2, total: 2, nonOccurrence: true, percent: { numerator: 1, denominator: 1 }, low: false },
    ])
  })
})

describe('toileting, visit by visit', () => {
  const maya = careLog('maya', [
    visit('08:45', 'urine'),
    visit('09:45', 'dry'),
    visit('10:45', 'urine'),
    visit('11:15', 'urine', 'accident'),
    visit('11:45', 'refused'),
    visit('13:45', 'urine'),
  ])

  it('C18 D.8 pairs visits within ten minutes, and agrees on the result: 2 of 6', () => {
    const dana = careLog('dana', [
      begin('08:30'),
      visit('08:55', 'urine'), // 10 minutes: the same visit, alike
      visit('09:45', 'urine'), // another result
      visit('10:56', 'urine'), // 11 minutes: another visit, and Maya’s stands alone
      visit('11:16', 'urine'), // an accident to one of them only
      visit('11:45', 'refused'), // alike
      end('12:00'),
    ])
    // 13:45 is after the observation; 8:45, 9:45, 10:45, 10:56, 11:15 and 11:45 are six
    expect(logAgreements('toileting', [], [maya, dana])).toMatchObject([
      {
        formula: 'visit_by_visit',
        agreed: 2,
        total: 6,
        low: true,
        percent: { numerator: 2, denominator: 6 },
      },
    ])
  })

  it('D.8 no visit from both is agreement on non-occurrence', () => {
    const dana = careLog('dana', [begin('12:30'), end('13:00')])
    expect(logAgreements('toileting', [], [maya, dana])).toMatchObject([
      { total: 0, nonOccurrence: true, low: false },
    ])
  })
})

describe('a second observer’s log', () => {
  const maya = behaviorLog('maya', [abc('09:05', 'wait', 'redirected')])
  const dana = (...more: Entry[]) => behaviorLog('dana', [begin('09:00'), ...more])

  it('D.8 adds to nothing that is counted, for nobody', () => {
    const over = dana(abc('09:06', 'wait', 'redirected'), end('09:30'))
    for (const person of ['maya', 'dana', 'reyes']) expect(firstHand([maya, over], person)).toEqual([maya])
  })

  it('D.8 while it goes on, its observer does not see what the other recorded that day', () => {
    expect(firstHand([maya, dana()], 'dana')).toEqual([])
    expect(firstHand([maya, dana()], 'maya')).toEqual([maya])
    expect(firstHand([maya, dana(end('09:30'))], 'dana')).toEqual([maya])
  })

  it('nobody agrees with themself', () => {
    const own = behaviorLog('maya', [begin('09:00'), end('09:30')])
    expect(logAgreements('abc', [maya, own], [])).toEqual([])
  })

  it('G9 leaves every other log as it was, to the byte', () => {
    expect(canonical(maya)).not.toContain('watch')
    expect(Object.keys(maya).sort()).toEqual(
      ['device', 'entries', 'log', 'program', 'student', 'tz', 'undecided'].sort(),
    )
  })
})
