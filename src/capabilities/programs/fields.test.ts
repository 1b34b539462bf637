import { describe, expect, test } from 'vitest'
import { Measure, type System } from '../sessions/records.ts'
import { CHOICES, choiceOf, FIELDS, metricOf, switchTo, type LooseMeasure } from './fields.ts'
import { templatesIn } from './templates.ts'
import { readWorking, toBody } from './working.ts'

const all = Object.values(CHOICES).flat()
const choice = (id: string) => {
  const found = all.find((one) => one.id === id)
  if (!found) throw new Error(id)
  return found
}
/** What only an owner can write, filled in. */
const written: { readonly [id: string]: object } = {
  steps: { steps: ['Turns on the water', 'Wets both hands'] },
  checklist: { items: ['Folder in the bag', 'Coat on'] },
  feeding: { plan: 'Feeding plan 3', signed_by: 'Priya Nair', valid_until: '2027-06-30' },
}
const whole = (id: string) => ({ ...choice(id).start, ...written[id] }) as LooseMeasure

describe('ways of measuring', () => {
  test('every system of domain C.2 can be chosen, and points from outside cannot', () => {
    const systems = new Set(all.map(({ start }) => start.system))
    expect([...systems].sort()).toEqual(
      Object.keys(FIELDS)
        .filter((one) => one !== 'imported')
        .sort(),
    )
  })

  test.each(all.map(({ id }) => id))('%s starts as the schema wants it and is found again', (id) => {
    const measure = whole(id)
    expect(Measure.safeParse(measure).success).toBe(true)
    expect(choiceOf(measure)?.id).toBe(id)
  })

  test.each(all.map(({ id }) => id))('%s: its form has exactly the fields of its schema', (id) => {
    const { system, prompts: _, ...fields } = whole(id)
    const known = FIELDS[system].filter((field) => !field.optional).map(({ key }) => key)
    expect(Object.keys(fields).sort()).toEqual(known.sort())
  })

  const bounded = all.flatMap(({ id, start }) =>
    FIELDS[start.system].flatMap((field) => ('min' in field ? [[id, field] as const] : [])),
  )
  test.each(bounded)('%s %s: the limits are those of the schema', (id, { key, min, max, kind }) => {
    const withValue = (value: number) => Measure.safeParse({ ...whole(id), [key]: value }).success
    expect([withValue(min), withValue(max)]).toEqual([true, true])
    expect(withValue(min - 1)).toBe(false)
    // how long one must watch has no upper limit in the schema: eight hours are a school day
    if (kind !== 'minutes' && key !== 'current_step') expect(withValue(max + 1)).toBe(false)
  })

  test('defaults of domain C.2: 15 s for an interval that is watched, 1 to 3 min for a momentary sample', () => {
    expect(choice('partial').start['interval_s']).toBe(15)
    expect(choice('whole').start['interval_s']).toBe(15)
    expect(choice('momentary').start['interval_s']).toBe(120)
    expect(choice('momentary').start['tolerance_s']).toBe(5)
  })

  test('another method keeps what means the same, and takes its own length of interval', () => {
    const own = { ...choice('momentary').start, cue: 'sound', interval_s: 180 } as LooseMeasure
    expect(switchTo(choice('partial'), own)).toMatchObject({
      method: 'partial',
      cue: 'sound',
      interval_s: 15,
    })
    expect(switchTo(choice('momentary'), own)).toEqual(own)
  })

  test('the ladder goes along from trials to a task analysis', () => {
    const prompts = {
      direction: 'most_to_least',
      wait_s: 3,
      levels: [{ code: 'FP', label: 'Full physical' }],
    }
    const trials = { ...choice('trials').start, prompts } as LooseMeasure
    expect(switchTo(choice('steps'), trials)['prompts']).toEqual(prompts)
  })

  test('a log has no value of a session', () => {
    expect(['abc', 'scatterplot', 'toileting', 'feeding'].map((id) => metricOf(whole(id)))).toEqual([
      null,
      null,
      null,
      null,
    ])
    expect(metricOf(whole('momentary'))).toBe('pct_intervals')
  })
})

describe('templates', () => {
  test.each(['en', 'es'])('each can be published once the IEP is written down: %s', (locale) => {
    for (const { working } of templatesIn(locale)) {
      const complete = { ...working, goal: 'The goal.', criterion: '80 % in 3 sessions' }
      expect(toBody(complete, 1)).toHaveProperty('body')
    }
  })

  test('they bring no words of an IEP, and their ways of measuring differ', () => {
    const templates = templatesIn('en')
    expect(templates.every(({ working }) => working.goal === '' && working.criterion === '')).toBe(true)
    const systems = new Set(templates.map(({ working }) => working.measure?.system as System))
    expect(systems.size).toBeGreaterThan(7)
  })

  test('a language without its own reads English', () => {
    expect(templatesIn('fr')[0]?.working.title).toBe('Requesting')
    expect(templatesIn('es-MX')[0]?.working.title).toBe('Pedir')
  })

  test('an empty program is none of them', () => {
    expect(toBody(readWorking({}), 1)).toHaveProperty('problems')
  })
})
