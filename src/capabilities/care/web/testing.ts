/** For tests of care: one program of B.K.’s on Maya’s device, as a plan that the nurse published. */
import { uuidOf } from '../../../platform/core/ids.ts'
import { grantFor } from '../../../platform/web/sync/fake-server.ts'
import { DAY, smallSchool } from '../../../platform/web/testing-day.tsx'
import { partitionOfProgram, programOf } from '../../sessions/program.ts'
import type { Measure, ProgramBody } from '../../sessions/records.ts'

export async function carePlan(measure: Measure, number: number) {
  const school = smallSchool()
  const id = uuidOf(`${school.programs.switch}/care`)
  school.server.grants = [...school.server.grants, grantFor(school.students.bk, { tier: 'T4' })]
  const body = {
    title: 'Bathroom schedule',
    goal: 'The goal in the words of the plan.',
    definition: 'The plan of the nurse.',
    direction: 'increase',
    measure,
    criterion: 'as planned',
    number,
  } as const satisfies ProgramBody
  school.publish('sessions.program', 'bk', body, { program: id })
  const hand = await school.open('maya')
  const partition = partitionOfProgram(hand.device, id, [school.students.bk])
  const program = programOf(hand.device.records(partition ?? ''), DAY)
  if (!program) throw new Error('no plan')
  return { school, hand, program, body }
}
