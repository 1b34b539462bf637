/** What people do in the worlds: every way of measuring, and nothing that would be refused for its shape alone. */
import { expect, it } from 'vitest'
import { Measure } from '../src/capabilities/sessions/measures.ts'
import { uuidv7 } from '../src/platform/core/ids.ts'
import { registry } from '../src/registry.ts'
import type { Member } from './district.ts'
import type { People } from './plans.ts'
import { diceOf } from './random.ts'
import { Desk } from './work.ts'

const NOW = Date.parse('2026-11-17T15:00:00.000Z')
const MANY = 20_000

const id = () => uuidv7(NOW)
const member = (name: string, role: Member['role']): Member => ({
  name,
  role,
  district: id(),
  id: id(),
  user: id(),
})
const people: People = {
  students: [id(), id()],
  members: [member('maya', 'para'), member('dana', 'case_manager')],
}

it('every draft has the body and the refs that its kind asks for', () => {
  const wrong = new Set<string>()
  for (const { kind, body, refs } of drafts()) {
    const known = registry.kind(kind)
    const problem = known?.bodies[known.v]?.safeParse(body).error
    if (!known || problem) wrong.add(`${kind} ${problem?.message ?? 'is no kind'}`)
    const missing = known?.refs.filter((ref) => !ref.endsWith('?') && !refs[ref]) ?? []
    const unwanted = Object.keys(refs).filter(
      (ref) => !known?.refs.includes(ref) && !known?.refs.includes(`${ref}?`),
    )
    for (const ref of [...missing, ...unwanted]) wrong.add(`${kind} refs.${ref}`)
  }
  expect([...wrong]).toEqual([])
})

it('every way of measuring is there, and every kind of record of sessions, behavior and care', () => {
  const kinds = new Set<string>()
  const systems = new Set<string>()
  for (const { kind, body } of drafts()) {
    kinds.add(kind)
    const measure = Measure.safeParse(body['measure']).data
    if (measure) systems.add(measure.system)
  }
  const all = Measure.options.map((option) => option.shape.system.value)
  expect(all.filter((system) => !systems.has(system))).toEqual(['imported'])
  const wanted = registry.kinds
    .map(({ kind }) => kind)
    .filter((kind) => /^(sessions|behavior|care)\./.test(kind))
  expect(wanted.filter((kind) => !kinds.has(kind))).toEqual([])
})

function drafts() {
  const dice = diceOf(1)
  const desk = new Desk(people)
  return Array.from({ length: MANY }, () => {
    const { draft, remember } = desk.next(dice.pick(people.members), NOW, dice)
    remember(id())
    return draft
  })
}
