/** What the screens of equipment read from the device, and how they record. */
import { useLingui } from '@lingui/react/macro'
import type { Day } from '../../../platform/core/days.ts'
import { useAct } from '../../../platform/web/act.ts'
import type { Device } from '../../../platform/web/store/device.ts'
import { useFromDevice } from '../../../platform/web/store/hooks.ts'
import { dayView, rollOf, seenOn } from '../../attendance/rules.ts'
import type { DayBoard, Me, MyStudent } from '../../schedule/model.ts'
import type { Exact } from '../../sessions/state.ts'
import { plansIn } from '../../students/plans.ts'
import type { CheckBody } from '../records.ts'
import { checksFrom, itemsOn, openOf, type Check, type Item } from '../rules.ts'

export interface StudentItems {
  readonly student: MyStudent
  readonly items: readonly Item[]
}

/** Of the students of my blocks on a day, in the order of the day, what is to be looked at. Who is absent has brought nothing. */
export function useItemsOn(me: Me, board: DayBoard): readonly StudentItems[] {
  const ids = [...new Set(board.blocks.flatMap(({ students }) => students))]
  const at = { day: board.day, tz: me.district.tz }
  const text = useFromDevice((device) =>
    JSON.stringify(
      ids
        .filter((id) => !isAbsent(device, id, board.day))
        .map((id) => [id, itemsOn(itemsOf(device, id), checksIn(device, id), at)]),
    ),
  )
  return (JSON.parse(text) as [string, Item[]][]).flatMap(([id, items]) => {
    const student = me.students.find((one) => one.id === id)
    return student && items.length > 0 ? [{ student, items }] : []
  })
}

/** What is not in order of students whose plans I manage, the oldest first. */
export function useOpenToMe(me: Me | null): readonly { student: MyStudent; check: Check }[] {
  const mine = me?.students.filter(({ role }) => role === 'case_manager') ?? []
  const text = useFromDevice((device) =>
    JSON.stringify(
      mine
        .flatMap((student) => openOf(checksIn(device, student.id)).map((check) => ({ student, check })))
        .toSorted((a, b) => (a.check.at < b.check.at ? -1 : 1)),
    ),
  )
  return JSON.parse(text) as { student: MyStudent; check: Check }[]
}

/** Records checks of one student, to be taken back for five seconds. */
export function useCheck(): (student: MyStudent, checks: readonly Exact<CheckBody>[], said: string) => void {
  const { t } = useLingui()
  const act = useAct()
  return (student, checks, said) => {
    const { initials } = student
    act({
      drafts: checks.map((body) => ({ kind: 'equipment.check', student: student.id, refs: {}, body })),
      said: t`${initials}: ${said}`,
      undo: (made) =>
        made.map(({ id }) => ({
          kind: 'equipment.void',
          student: student.id,
          refs: {},
          body: {},
          replaces: id,
          reason: 'mis_tap',
        })),
    })
  }
}

/** The mark under which a battery is charged at once; null: the day on this device does not say. */
export function lowMarkOf(me: Me): number | null {
  const mark = me.rules?.['equipment.battery_low_pct']
  return typeof mark === 'number' ? mark : null
}

function checksIn(device: Device, student: string): Check[] {
  const partition = device.partitionOf({ kind: 'equipment.check', student, refs: {} })
  return partition === null ? [] : checksFrom(device.records(partition))
}

function itemsOf(device: Device, student: string): readonly string[] {
  return plansIn(device, student).profile.heads[0]?.body.equipment ?? []
}

function isAbsent(device: Device, student: string, day: Day): boolean {
  const refs = { roll: rollOf(student, day) }
  const partition = device.partitionOf({ kind: 'attendance.presence', student, refs })
  return partition !== null && seenOn(device.state(dayView, partition)) === 'absent'
}
