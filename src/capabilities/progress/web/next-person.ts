/** Of a program that this device holds: whether its criterion waits for another person, and for whom. */
import { dayOf } from '../../../platform/core/days.ts'
import type { Device } from '../../../platform/web/store/device.ts'
import type { Me } from '../../schedule/model.ts'
import type { Goal } from '../goal.ts'
import { nextPersonOf, type NextPerson } from '../next-person.ts'
import type { Plan } from '../plan.ts'
import { suggestedFor } from '../proposals.ts'
import { goalOn } from './held.ts'

export function nextPersonOn(
  device: Device,
  me: Me,
  { program }: Pick<Plan, 'program'>,
): { readonly goal: Goal; readonly who: NextPerson } | null {
  const goal = goalOn(device, program)
  const today = dayOf(device.clock.now(), me.district.tz)
  const who = goal && nextPersonOf(goal, suggestedFor(goal, me.rules, today), me)
  return who ? { goal, who } : null
}
