/** What reports read of the device: a student's goals, reports and proposed sentences, made anew only when one changes. */
import type { Uuid } from '../../../platform/core/ids.ts'
import type { Device } from '../../../platform/web/store/device.ts'
import { useFromDevice, useStates, useValue } from '../../../platform/web/store/hooks.ts'
import { mayOwn } from '../../programs/owners.ts'
import { goalOf, type Goal } from '../../progress/goal.ts'
import { planView, type Plan } from '../../progress/plan.ts'
import { decisionsView, importedPointsView } from '../../progress/views.ts'
import { meOf } from '../../schedule/me.ts'
import type { Me, MyStudent } from '../../schedule/model.ts'
import { sessionView } from '../../sessions/rules.ts'
import { reportView, sentencesView, type ReportState, type Sentences } from '../rules.ts'

export function useMe(): Me | null {
  return meOf(useValue('me'))
}

export interface Held {
  readonly me: Me
  readonly student: MyStudent
  /** I decide about this student's goals. */
  readonly owner: boolean
}

/** Null where the student is not mine. */
export function useStudent(id: Uuid): Held | null {
  const me = useMe()
  const student = me?.students.find((one) => one.id === id)
  return me && student ? { me, student, owner: mayOwn(student.role) } : null
}

/** By title. The same list until one of them changes. */
export function useGoals(student: Uuid): readonly Goal[] {
  return useFromDevice((device) => goalsOf(device, student))
}

/** The newest first. */
export function useReports(student: Uuid): readonly ReportState[] {
  const states = useStates(reportView, `student:${student}`).map(({ state }) => state)
  const endOf = ({ final, draft }: ReportState) => (final ?? draft)?.at ?? ''
  return states.toSorted((a, b) => (endOf(a) < endOf(b) ? 1 : -1))
}

export function useSentences(student: Uuid): readonly Sentences[] {
  return useStates(sentencesView, `student:${student}`).map(({ state }) => state)
}

/** Every plan of my students that is here. */
export function plansHere(device: Device): readonly Plan[] {
  const me = meOf(device.value('me'))
  return (me?.students ?? []).flatMap(({ id }) =>
    device.statesOf(planView, `student:${id}`).map(({ state }) => state),
  )
}

const kept = new WeakMap<Device, Map<string, { readonly from: readonly unknown[]; readonly made: unknown }>>()

/** What was made of these parts before, as long as they are the same. */
function once<T>(device: Device, key: string, from: readonly unknown[], make: () => T): T {
  const held = kept.get(device) ?? new Map<string, { from: readonly unknown[]; made: unknown }>()
  kept.set(device, held)
  const before = held.get(key)
  if (before?.from.length === from.length && before.from.every((part, n) => part === from[n]))
    return before.made as T
  const made = make()
  held.set(key, { from, made })
  return made
}

function goalsOf(device: Device, student: Uuid): readonly Goal[] {
  const value = device.value('me')
  const goals = device.statesOf(planView, `student:${student}`).map(({ state: plan }) => {
    const parent = `program:${plan.program}`
    const sessions = device.statesOf(sessionView, parent)
    const points = device.statesOf(importedPointsView, parent)
    const decisions = device.statesOf(decisionsView, parent)
    return once(device, parent, [value, plan, sessions, points, decisions], () => {
      const me = meOf(value)
      return goalOf({
        plan,
        sessions,
        imported: points.flatMap(({ state }) => state.points),
        decisions: decisions.flatMap(({ state }) => state.decisions),
        checks: [],
        schoolDays: me?.schoolDays ?? [],
        names: namesOf(me),
        tz: me?.district.tz ?? 'UTC',
        viewer: device.person,
      })
    })
  })
  return once(device, `student:${student}`, goals, () =>
    goals.toSorted((a, b) => (a.version.body.title < b.version.body.title ? -1 : 1)),
  )
}

/** Staff: id → name. */
export function namesOf(me: Me | null): Readonly<Record<string, string>> {
  if (!me) return {}
  return Object.fromEntries([...me.people, me.person].map(({ id, name }) => [id, name]))
}
