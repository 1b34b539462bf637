/** Which goals of a block are looked at together: momentary samples of several students with one interval. */
import type { Uuid } from '../../../platform/core/ids.ts'
import type { StoredRecord } from '../../../platform/records/envelope.ts'
import type { Device } from '../../../platform/web/store/device.ts'
import type { MeasureOf } from '../measures.ts'
import { partitionOfProgram, programOf } from '../program.ts'
import type { Place } from './hooks.ts'

export interface GroupOfGoals {
  readonly ids: readonly Uuid[]
  readonly measure: MeasureOf<'interval'>
}

/** By the records of a program, which are the same list until one of them changes: read at every tap. */
const known = new WeakMap<readonly StoredRecord[], { measure: MeasureOf<'interval'>; student: Uuid } | null>()

/** JSON of the groups of the block, `[]` for none: a text, so that a tap elsewhere changes nothing. */
export function groupsText(device: Device, place: Place, students: readonly Uuid[]): string {
  const groups = new Map<string, { ids: Uuid[]; students: Set<Uuid>; measure: MeasureOf<'interval'> }>()
  for (const id of place.block.programs) {
    const partition = partitionOfProgram(device, id, students)
    const sampled = partition === null ? null : sampledIn(device.records(partition), place)
    if (!sampled) continue
    const { measure, student } = sampled
    const key = `${measure.interval_s} ${measure.planned} ${measure.tolerance_s}`
    const group = groups.get(key) ?? { ids: [], students: new Set(), measure }
    if (group.students.has(student)) continue
    group.ids.push(id)
    group.students.add(student)
    groups.set(key, group)
  }
  const several = [...groups.values()].filter((group) => group.ids.length > 1)
  return JSON.stringify(several.map(({ ids, measure }) => ({ ids, measure })))
}

function sampledIn(records: readonly StoredRecord[], place: Place) {
  const before = known.get(records)
  if (before !== undefined) return before
  const program = programOf(records, place.day)
  const measure = program?.body.measure
  const isSampled = measure?.system === 'interval' && measure.method === 'momentary'
  const found = program && isSampled ? { measure, student: program.student } : null
  known.set(records, found)
  return found
}
