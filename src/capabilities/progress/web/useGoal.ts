/** One goal from wherever it can be had: this device if it holds the student, else the server. */
import { useStudentChips } from '../../../platform/web/auth/students.ts'
import { useDevice } from '../../../platform/web/store/hooks.ts'
import { goalOfData, type Goal } from '../goal.ts'
import { GoalData } from '../online.ts'
import { useHeldGoal, useMe } from './held.ts'
import { useOnline, type Online } from '../../../platform/web/online.ts'

export interface FoundGoal {
  readonly goal: Goal
  readonly who: { readonly initials: string; readonly color: number }
  /** Whether this device holds it: then corrections can be shown too, and it works without a network. */
  readonly held: boolean
}

export interface GoalAnswer {
  readonly found: FoundGoal | null
  readonly status: Online<unknown>['status']
}

export function useGoal(program: string): GoalAnswer {
  const me = useMe()
  const device = useDevice()
  const chips = useStudentChips()
  const held = useHeldGoal(program)
  const { value, status } = useOnline(GoalData, held ? null : `/api/goals/${program}`)
  const who = held && chips.get(held.student)
  if (held && who) return { found: { goal: held, who, held: true }, status: 'fresh' }
  const goal = value && goalOfData(value, { schoolDays: me?.schoolDays ?? [], viewer: device.person })
  return { found: goal && value && { goal, who: value.student, held: false }, status }
}
