/** What the screens of students read from the device. */
import { useFromDevice, useRecords, useValue } from '../../../platform/web/store/hooks.ts'
import { meOf } from '../../schedule/me.ts'
import type { Me, MyStudent } from '../../schedule/model.ts'
import { standingCards, type SafetyCard } from './card.ts'

export function useMe(): Me | null {
  return meOf(useValue('me'))
}

/** My students now, by initials. Those whose time with me has ended are no longer among them. */
export function useMyStudents(): readonly MyStudent[] {
  return useMe()?.students ?? []
}

export interface Safety {
  /** The cards that stand: none, one, or several that contradict each other. */
  readonly cards: readonly SafetyCard[]
  /** A newer build of the app wrote something here that this one cannot read. */
  readonly needsUpdate: boolean
}

export function useSafety(student: string): Safety {
  const partition =
    useFromDevice((device) => device.partitionOf({ kind: 'students.safety', student, refs: {} })) ?? ''
  const records = useRecords(partition)
  const needsUpdate = useFromDevice((device) => device.needsUpdate(partition))
  return { cards: standingCards(records), needsUpdate }
}
