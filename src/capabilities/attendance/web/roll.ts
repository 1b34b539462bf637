/** What the screens of attendance read from the device, and what their taps record. */
import type { Day } from '../../../platform/core/days.ts'
import type { Uuid } from '../../../platform/core/ids.ts'
import type { Device } from '../../../platform/web/store/device.ts'
import type { Draft } from '../../../platform/web/store/draft.ts'
import { useFromDevice } from '../../../platform/web/store/hooks.ts'
import type { BoardBlock, Me, MyStudent } from '../../schedule/model.ts'
import type { Participation, Presence } from '../records.ts'
import { dayView, markIn, rollOf, type Mark, type StudentDay } from '../rules.ts'
import { RECORDERS } from './recorders.ts'

/** Those of a block whom a person may mark. */
export function classOf(
  me: Me | null,
  block: Pick<BoardBlock, 'students'> | undefined,
): readonly MyStudent[] {
  return (me?.students ?? []).filter(
    ({ id, role }) => block?.students.includes(id) && RECORDERS.includes(role),
  )
}

/** A student's day as this device holds it; the same object until it changes. */
export function useStudentDay(student: Uuid, day: Day): StudentDay | null {
  return useFromDevice((device) => dayOn(device, student, day))
}

export function dayOn(device: Device, student: Uuid, day: Day): StudentDay | null {
  const refs = { roll: rollOf(student, day) }
  const partition = device.partitionOf({ kind: 'attendance.presence', student, refs })
  return partition === null ? null : device.state(dayView, partition)
}

/** The mark of each student in a block, in their order; null where nobody marked. */
export function useMarks(students: readonly Uuid[], day: Day, block: string): readonly (Mark | null)[] {
  const text = useFromDevice((device) =>
    JSON.stringify(students.map((student) => markIn(dayOn(device, student, day), block))),
  )
  return JSON.parse(text) as (Mark | null)[]
}

export interface Place {
  readonly day: Day
  readonly block: string
}

export function presenceDraft(
  student: Uuid,
  { day, block }: Place,
  state: Presence,
  more: { readonly minutes?: number; readonly act?: Uuid } = {},
): Draft {
  const { minutes, act } = more
  return {
    kind: 'attendance.presence',
    student,
    refs: { roll: rollOf(student, day), ...(act === undefined ? {} : { act }) },
    body: { day, block, state, ...(minutes === undefined ? {} : { minutes }) },
  }
}

export function participationDraft(student: Uuid, { day, block }: Place, what: Participation): Draft {
  return {
    kind: 'attendance.participation',
    student,
    refs: { roll: rollOf(student, day) },
    body: { day, block, what },
  }
}

export function sampleDraft(
  student: Uuid,
  { day, block }: Place,
  look: { readonly act: Uuid; readonly n: number; readonly code: '1' | '0' },
): Draft {
  return {
    kind: 'attendance.sample',
    student,
    refs: { roll: rollOf(student, day), act: look.act },
    body: { day, block, n: look.n, code: look.code },
  }
}

/** Takes back what was just recorded. */
export function backDrafts(
  made: readonly { readonly id: Uuid; readonly student: Uuid | null; readonly refs: Draft['refs'] }[],
): Draft[] {
  return made.map(({ id, student, refs }) => ({
    kind: 'attendance.void',
    student,
    refs: { ...refs },
    body: {},
    replaces: id,
    reason: 'mis_tap',
  }))
}

/** Whole minutes of a block that are over at an instant. */
export function minutesInto(block: { readonly start: string }, now: number): number {
  return Math.max(0, Math.floor((now - Date.parse(block.start)) / 60_000))
}
