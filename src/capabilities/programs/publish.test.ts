/** B.4: what a para's device sends of a program is refused by the real ingest, on every engine. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Json } from '../../platform/core/canonical.ts'
import { testEngines } from '../../platform/server/testing.ts'
import { DAY, device, MEASURE, NOW, openSchool, type TestSchool } from '../../guarantees/school.ts'
import { draftOf, readWorking, toBody } from './working.ts'

const read = toBody(
  readWorking({
    title: 'Requesting',
    goal: 'Asks for what is needed.',
    definition: 'Any form.',
    criterion: '90 % across 3 sessions',
    measure: MEASURE,
  }),
  2,
)
if (!('body' in read)) throw new Error('not complete')
const { body } = read

const ACTS: readonly (readonly [act: string, kind: string, body: object])[] = [
  ['AW-42 changes the criterion', 'sessions.program', body],
  ['B.4 works on a draft', 'sessions.draft', { program: draftOf(readWorking(body)), base: 1 }],
  [
    'B.4 moves a phase line',
    'sessions.phase',
    { label: 'Teaching', condition: 'intervention', from: '2026-11-03', major: true, why: 'x' },
  ],
  [
    'B.4 draws an aim line',
    'progress.aim',
    { from: '2026-11-03', from_value: 20, to: '2027-05-18', to_value: 90, basis: 'entered by the owner' },
  ],
]

describe.each(testEngines())('$name', ({ name: engine }) => {
  let school: TestSchool
  beforeAll(async () => {
    school = await openSchool(engine)
  })
  afterAll(() => school.close())

  const sent = async (who: 'maya' | 'kim' | 'dana', kind: string, content: object) => {
    school.setNow(NOW + DAY / 24)
    const actor = school.people[who]
    const record = device(actor, NOW, `${who} ${kind}`).record(kind, {
      student: school.students.amari,
      refs: { program: school.program },
      body: content as { [key: string]: Json },
    })
    const { acks } = await school.push(actor, [record])
    return acks[0]
  }

  test.each(ACTS)(
    '%s: refused for a para and a substitute, taken from the owner',
    async (_, kind, content) => {
      expect(await sent('maya', kind, content)).toMatchObject({ status: 'refused' })
      expect(await sent('kim', kind, content)).toMatchObject({ status: 'refused' })
      expect(await sent('dana', kind, content)).toMatchObject({ status: 'accepted' })
    },
  )
})
