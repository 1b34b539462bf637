/**
 * The goals of all my students that this device holds, made anew only where something changed: a trial that arrives
 * makes its own goal again and no other. One reader a device; the screens of progress ask it through these hooks.
 */
import type { Device } from '../../../platform/web/store/device.ts'
import { useFromDevice, useValue } from '../../../platform/web/store/hooks.ts'
import { meOf } from '../../schedule/me.ts'
import type { Me } from '../../schedule/model.ts'
import { behaviorView, type BehaviorLog } from '../../behavior/rules.ts'
import { careView, type CareLog } from '../../care/rules.ts'
import { firstHand } from '../../sessions/log.ts'
import { sessionView } from '../../sessions/rules.ts'
import { goalOf, type Goal } from '../goal.ts'
import { logAgreements } from '../log-agreement.ts'
import { watchesOf } from '../../sessions/observations.ts'
import { planView, type Plan } from '../plan.ts'
import { checksView, decisionsView, importedPointsView, type Checks } from '../views.ts'

export function useMe(): Me | null {
  return meOf(useValue('me'))
}

/** Every goal of my students, by student and plan. The same list until one of them changes. */
export function useHeldGoals(): readonly Goal[] {
  return useFromDevice((device) => readerOf(device).goals())
}

/** The same, read now; the goals of other programs are not made for it. */
export function goalOn(device: Device, program: string): Goal | null {
  return readerOf(device).goal(program)
}

/** Null when this device does not hold it. */
export function useHeldGoal(program: string): Goal | null {
  return useFromDevice((device) => readerOf(device).goal(program))
}

interface Reader {
  goals(): readonly Goal[]
  goal(program: string): Goal | null
}

const readers = new WeakMap<Device, Reader>()

function readerOf(device: Device): Reader {
  const known = readers.get(device)
  if (known) return known
  const made = createReader(device)
  readers.set(device, made)
  return made
}

function createReader(device: Device): Reader {
  const kept = new Map<string, { readonly from: readonly unknown[]; readonly goal: Goal }>()
  let list: readonly Goal[] = []

  return {
    goals() {
      const me = meOf(device.value('me'))
      const next = me ? plansOf(me).map((plan) => goalFrom(me, plan)) : []
      if (next.length !== list.length || next.some((goal, n) => goal !== list[n])) list = next
      return list
    },
    goal(program) {
      const me = meOf(device.value('me'))
      const plan = me && plansOf(me).find((one) => one.program === program)
      return plan ? goalFrom(me, plan) : null
    },
  }

  function plansOf(me: Me): Plan[] {
    return me.students.flatMap(({ id }) =>
      device.statesOf(planView, `student:${id}`).map(({ state }) => state),
    )
  }

  function goalFrom(me: Me, plan: Plan): Goal {
    const parent = `program:${plan.program}`
    const sessions = device.statesOf(sessionView, parent)
    const points = device.statesOf(importedPointsView, parent)
    const decisions = device.statesOf(decisionsView, parent)
    const checks = device.statesOf(checksView, parent)
    const behavior = device.statesOf(behaviorView, parent).map(({ state }) => state)
    const care = device.statesOf(careView, parent).map(({ state }) => state)
    const logs = [...behavior, ...care]
    const from = [me, plan, sessions, points, decisions, checks, ...logs]
    const before = kept.get(plan.program)
    const isSame = before?.from.length === from.length && before.from.every((part, n) => part === from[n])
    if (isSame) return before.goal
    const goal = goalOf({
      plan,
      sessions,
      imported: points.flatMap(({ state }) => state.points),
      decisions: decisions.flatMap(({ state }) => state.decisions),
      checks: [...checks.map(({ state }) => state), ...ownChecks(me, plan.program)].flatMap(
        (one) => one.checks,
      ),
      seesChecks: seesChecks(me, plan),
      schoolDays: me?.schoolDays ?? [],
      names: namesOf(me),
      roles: rolesOf(me, plan.student),
      tz: me?.district.tz ?? 'UTC',
      viewer: device.person,
      logged: firstHand<BehaviorLog | CareLog>(logs, device.person).flatMap(({ entries }) =>
        entries.map(({ day }) => day),
      ),
      logAgreements: logAgreements(plan.versions.at(-1)?.body.measure.system ?? '', behavior, care),
      watches: watchesOf(logs),
      notRun: (me?.notRun ?? []).filter((one) => one.program === plan.program),
      doubts: (me?.doubts ?? []).filter((one) => one.program === plan.program),
    })
    kept.set(plan.program, { from, goal })
    return goal
  }
}

/** Of a program that I own: told by the server, where no tier of mine holds them. */
function ownChecks(me: Me | null, program: string): readonly Checks[] {
  return (me?.checks ?? []).flatMap((one) =>
    one.program === program ? (one.state as unknown as Checks) : [],
  )
}

/** Who reads T5 on their device, and who owns the program (docs/adr/0014). */
function seesChecks(me: Me | null, plan: Plan): boolean {
  const role = me?.students.find(({ id }) => id === plan.student)?.role ?? ''
  return ['case_manager', 'counselor'].includes(role) || plan.versions.at(-1)?.author === me?.person.id
}

/** What a colleague is to their team, I to this student. */
function rolesOf(me: Me | null, student: string): Readonly<Record<string, string>> {
  if (!me) return {}
  const mine = me.students.find(({ id }) => id === student)?.role
  return Object.fromEntries([
    ...me.people.map(({ id, role }) => [id, role] as const),
    ...(mine === undefined ? [] : [[me.person.id, mine] as const]),
  ])
}

function namesOf(me: Me | null): Readonly<Record<string, string>> {
  if (!me) return {}
  return Object.fromEntries([...me.people, me.person].map(({ id, name }) => [id, name]))
}
