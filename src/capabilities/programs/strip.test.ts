import { describe, expect, test } from 'vitest'
import { stripIdentity } from './strip.ts'
import { readWorking } from './working.ts'

const AMARI = { id: '0190a000-0000-7000-8000-000000000001', name: 'Amari', initials: 'A.M.' }
const BELLA = { id: '0190a000-0000-7000-8000-000000000002', name: 'Bella', initials: 'B.K.' }
const strip = (json: object) => stripIdentity(readWorking(json), [AMARI, BELLA], 'the student')

describe('a copy for another student', () => {
  test.each([
    ['Amari will ask for help.', 'The student will ask for help.'],
    [
      'When Amari’s device is charged, Amari asks.',
      'When the student’s device is charged, the student asks.',
    ],
    ['A.M. and B.K. take turns', 'The student and the student take turns'],
    ['A. M. points', 'The student points'],
    ['Give it to AM at 9 AM', 'Give it to the student at 9 AM'],
    [`record ${AMARI.id}`, 'record the student'],
  ])('%s', (before, after) => {
    const { working, stripped } = strip({ goal: before })
    expect(working.goal).toBe(after)
    expect(stripped).toEqual([{ key: 'goal', before, after }])
  })

  test('whoever of the team must have run it stays behind; a role, a place and a material go along', () => {
    const who = '0190a000-0000-7000-8000-000000000009'
    const { working, stripped } = strip({
      mastery: {
        cells: [
          { who, setting: 'Gym' },
          { who: 'substitute', material: 'Cards' },
        ],
      },
    })
    expect(working.mastery?.cells).toEqual([
      { who: '', setting: 'Gym', material: '' },
      { who: 'substitute', setting: '', material: 'Cards' },
    ])
    expect(stripped).toEqual([{ key: 'mastery', before: who, after: '' }])
  })

  test('words that only contain a name stay', () => {
    const goal = 'The Amarillo team reads. Examples of same and dam. Bellamy.'
    expect(strip({ goal })).toEqual({ working: readWorking({ goal }), stripped: [] })
  })

  test('every text is looked at: lists, steps, passages, the rubric', () => {
    const { working, stripped } = strip({
      examples: ['Points', 'Amari nods'],
      forms: [{ id: 'a', title: 'Amari 1', text: 'Once Bella ran.' }],
      measure: {
        system: 'rubric',
        value: 'total',
        items: [{ text: 'Helps Bella', anchors: ['no', 'Amari helps'] }],
      },
    })
    expect(JSON.stringify(working)).not.toMatch(/Amari|Bella/)
    expect(stripped.map(({ key }) => key)).toEqual([
      'examples',
      'measure.items',
      'measure.items',
      'forms.title',
      'forms.text',
    ])
  })

  test('how far the first student is does not go along', () => {
    const { working, stripped } = strip({
      measure: { system: 'steps', steps: ['a', 'b'], chaining: 'backward', current_step: 2, skipped: [1] },
    })
    expect(working.measure).toEqual({ system: 'steps', steps: ['a', 'b'], chaining: 'backward' })
    expect(stripped).toEqual([
      { key: 'measure.current_step', before: '2', after: '' },
      { key: 'measure.skipped', before: '1', after: '' },
    ])
  })

  test('a feeding plan, visits and own behaviors are the first student’s', () => {
    const feeding = {
      system: 'feeding',
      plan: 'Plan 3',
      signed_by: 'P. N.',
      valid_until: '2027-06-30',
      texture: '5',
    }
    expect(strip({ measure: feeding }).working.measure).toEqual({
      system: 'feeding',
      plan: '',
      signed_by: '',
      valid_until: '',
      texture: '',
    })
    const toileting = { system: 'toileting', times: ['10:15'], tolerance_min: 10, second_adult: true }
    expect(strip({ measure: toileting }).working.measure).toMatchObject({ times: [], tolerance_min: 10 })
  })
})
