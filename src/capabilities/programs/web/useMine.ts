/** What the builder reads of the device: my students that I decide about, their drafts and their programs. */
import type { Uuid } from '../../../platform/core/ids.ts'
import { useFromDevice, useRecords, useStates, useValue } from '../../../platform/web/store/hooks.ts'
import { planView, type Plan } from '../../progress/plan.ts'
import { meOf } from '../../schedule/me.ts'
import type { Me, MyStudent } from '../../schedule/model.ts'
import { partitionOfProgram } from '../../sessions/program.ts'
import { draftsView, type Drafts } from '../drafts.ts'
import { historyOf, type History } from '../history.ts'
import { mayOwn } from '../owners.ts'

export function useMe(): Me | null {
  return meOf(useValue('me'))
}

/** Adults of my students' teams, with me: id → name. */
export function namesOf(me: Me | null): { readonly [person: string]: string } {
  return me ? Object.fromEntries([...me.people, me.person].map(({ id, name }) => [id, name])) : {}
}

/** The students whose programs this person decides about. */
export function useOwned(): readonly MyStudent[] {
  return useMe()?.students.filter(({ role }) => mayOwn(role)) ?? []
}

export function useDraftsOf(student: Uuid): readonly Drafts[] {
  return useStates(draftsView, `student:${student}`).map(({ state }) => state)
}

export function usePlansOf(student: Uuid): readonly Plan[] {
  return useStates(planView, `student:${student}`).map(({ state }) => state)
}

export interface Subject {
  readonly program: Uuid
  readonly student: MyStudent
  readonly history: History
  /** Everybody's open drafts of it. */
  readonly drafts: Drafts['drafts']
  /** What a draft's record says. */
  bodyOf(draft: Uuid): unknown
  /** The version that a draft's record starts from; null where it does not say. */
  versionOf(draft: Uuid): Uuid | null
}

/** Null when nothing of it is on this device, or this person does not decide about it. */
export function useSubject(program: Uuid): Subject | null {
  const owned = useOwned()
  const ids = owned.map(({ id }) => id)
  const partition = useFromDevice((device) => partitionOfProgram(device, program, ids))
  const records = useRecords(partition ?? '')
  const of = records[0]?.student ?? ''
  const drafts = useDraftsOf(of).find((one) => one.program === program)?.drafts ?? []
  const student = owned.find(({ id }) => id === of)
  if (!student) return null
  return {
    program,
    student,
    history: historyOf(records),
    drafts,
    bodyOf: (draft) => records.find(({ id }) => id === draft)?.body['program'],
    versionOf: (draft) => records.find(({ id }) => id === draft)?.refs['base'] ?? null,
  }
}
