/** What this person is asked to observe, as the device holds it. */
import type { Day } from '../../../platform/core/days.ts'
import type { Device } from '../../../platform/web/store/device.ts'
import { useFromDevice } from '../../../platform/web/store/hooks.ts'
import { behaviorView } from '../../behavior/rules.ts'
import { careView } from '../../care/rules.ts'
import { planView } from '../../progress/plan.ts'
import type { Me } from '../../schedule/model.ts'
import { isOpen } from '../goal.ts'
import { isOfCare } from '../measures.ts'
import { observationsView, plannedNow, watchesIn, watchesOf, type PlannedNow } from '../observations.ts'
import { sessionView } from '../rules.ts'

export interface Asked extends PlannedNow {
  readonly program: string
  readonly student: string
  /** Null for personal care, which lists call by a neutral word. */
  readonly title: string | null
  /** Somebody whom this is about records now. */
  readonly runs: boolean
}

/** Observations of mine that are not done yet, and those of today that are; the earliest due first. */
export function useAsked(me: Me, today: Day): readonly Asked[] {
  const text = useFromDevice((device) => JSON.stringify(askedIn(device, me, today)))
  return JSON.parse(text) as readonly Asked[]
}

function askedIn(device: Device, me: Me, today: Day): Asked[] {
  const plans = me.students.flatMap(({ id }) => device.statesOf(planView, `student:${id}`))
  const asked = plans.flatMap(({ state: { program, student, versions } }): Asked[] => {
    const planned = device
      .statesOf(observationsView, `program:${program}`)
      .flatMap(({ state }) => state.planned.filter(({ observer }) => observer === device.person))
    const body = versions.at(-1)?.body
    if (planned.length === 0 || !body) return []
    const sessions = device.statesOf(sessionView, `program:${program}`).map(({ state }) => state)
    const open = sessions.filter((one) => one.observer === 'primary' && one.day === today && isOpen(one))
    const logs = [
      ...device.statesOf(behaviorView, `program:${program}`),
      ...device.statesOf(careView, `program:${program}`),
    ]
    const watches = [...watchesIn(sessions), ...watchesOf(logs.map(({ state }) => state))]
    return plannedNow(planned, watches, today).map((one) => ({
      ...one,
      program,
      student,
      title: isOfCare(body.measure.system) ? null : body.title,
      runs: open.some(({ by }) => by !== device.person && (one.adult === null || by === one.adult)),
    }))
  })
  return asked
    .filter(({ is }) => is !== 'done')
    .toSorted((a, b) => (a.due < b.due ? -1 : a.due > b.due ? 1 : a.program < b.program ? -1 : 1))
}
