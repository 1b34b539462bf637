/** Rule packs: what is shipped, which pack holds on a day, and what a broken file says. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { readRulePacks, ruleOn, ruleValues } from './rulepacks.ts'

const base = { name: 'a', level: 'default', from: '2025-07-01', rules: {} }

it('ships packs whose every number has a unit and a source', () => {
  const packs = readRulePacks()
  expect(packs.length).toBeGreaterThan(0)
  for (const pack of packs)
    for (const [name, rule] of Object.entries(pack.rules)) {
      expect(rule.unit, name).not.toBe('')
      // a citation, or plainly none
      expect(rule.source, name).toMatch(/\d+ CFR|\d+ U\.?S\.?C|convention|product default/)
    }
})

it('says what the product and the law say today', () => {
  const packs = readRulePacks()
  const value = (rule: string) => ruleOn(packs, rule, '2026-11-03')?.value
  // an author corrects freely until the end of the shift plus 24 hours
  expect(value('edit.self_window_h')).toBe(24)
  // coverage begins 15 minutes before the block
  expect(value('coverage.access_grace_min')).toBe(15)
  // 34 CFR 99.10: records are shown within 45 days
  expect(value('records.inspect_max')).toBe(45)
  // 34 CFR 99.3: an eligible student has reached 18
  expect(value('ferpa.eligible_age')).toBe(18)
})

it('hands out the rules of a part by name, as they hold on the day', () => {
  const values = ruleValues(['decide.', 'maintenance.'], Date.parse('2026-11-03T12:00:00Z'))
  expect(values).toMatchObject({
    'decide.pack': 'school_default',
    'decide.three_six.worse': 3,
    'decide.three_six.better': 6,
    'maintenance.weeks': '1,2,4,8',
  })
  expect(Object.keys(values).filter((name) => !/^(decide|maintenance)\./.test(name))).toEqual([])
  expect(ruleValues(['decide.'], Date.parse('2020-01-01T12:00:00Z'))).toEqual({})
})

it('takes the newest pack that holds on the day and names the rule', () => {
  const packs = readRulePacks(
    folderWith({
      'b.json': pack('b', '2026-07-01', { 'edit.window': 48 }),
      'a.json': pack('a', '2025-07-01', { 'edit.window': 24, 'edit.other': 1 }),
      'notes.txt': 'not a pack',
    }),
  )
  expect(packs.map(({ name }) => name)).toEqual(['a', 'b'])
  expect(ruleOn(packs, 'edit.window', '2025-06-30')).toBeUndefined()
  expect(ruleOn(packs, 'edit.window', '2025-07-01')?.value).toBe(24)
  expect(ruleOn(packs, 'edit.window', '2026-06-30')?.value).toBe(24)
  expect(ruleOn(packs, 'edit.window', '2026-07-01')?.value).toBe(48)
  // a newer pack that does not name a rule leaves the older one in force
  expect(ruleOn(packs, 'edit.other', '2027-01-01')?.value).toBe(1)
  expect(ruleOn(packs, 'edit.unheard_of', '2027-01-01')).toBeUndefined()
})

it.each([
  ['no JSON', '{"name": "a",', /^pack\.json: /],
  ['no date', pack('a', 'July', {}), /^pack\.json: from: /],
  [
    'no source',
    JSON.stringify({ ...base, rules: { 'a.b': { value: 1, unit: 'days' } } }),
    /^pack\.json: rules\.a\.b\.source: /,
  ],
  ['a level that is none', JSON.stringify({ ...base, level: 'galaxy' }), /^pack\.json: level: /],
  ['a misspelt field', JSON.stringify({ ...base, ruels: {} }), /^pack\.json: .*ruels/],
])('names the file and the field of a pack with %s', (_what, text, expected) => {
  const folder = folderWith({ 'pack.json': text })
  expect(() => readRulePacks(folder)).toThrow(expected)
})

function pack(name: string, from: string, values: Record<string, number>): string {
  const rules = Object.fromEntries(
    Object.entries(values).map(([rule, value]) => [
      rule,
      { value, unit: 'hours', source: 'product default' },
    ]),
  )
  return JSON.stringify({ name, level: 'default', from, rules })
}

function folderWith(files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'handrail-packs-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  return folder
}
