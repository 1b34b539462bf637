/** What the parts of the pad read from the device. Each gives the same object until what it shows changes. */
import type { Day } from '../../../platform/core/days.ts'
import type { Uuid } from '../../../platform/core/ids.ts'
import type { StoredRecord } from '../../../platform/records/envelope.ts'
import {
  useDevice,
  useFromDevice,
  useRecords,
  useStates,
  useValue,
} from '../../../platform/web/store/hooks.ts'
import type { Device } from '../../../platform/web/store/device.ts'
import { meOf } from '../../schedule/me.ts'
import type { BoardBlock, Me } from '../../schedule/model.ts'
import { goalOf, type Goal } from '../goal.ts'
import { partitionOfProgram, programOf, type Program } from '../program.ts'
import { sessionView } from '../rules.ts'
import type { SessionState } from '../state.ts'

/** Where a goal is run: one block of one day's board. */
export interface Place {
  readonly day: Day
  readonly block: BoardBlock
  /** All blocks of that day. */
  readonly blocks: readonly BoardBlock[]
}

export function useMe(): Me | null {
  return meOf(useValue('me'))
}

/** A program as it stands on a day; null while its plan is not on this device. */
export function useProgram(id: Uuid, students: readonly Uuid[], day: Day): Program | null {
  const partition = useFromDevice((device) => partitionOfProgram(device, id, students))
  return programOf(useRecords(partition ?? ''), day)
}

/** A goal as this person's pad shows it. */
export function useGoal(program: Uuid, place: Place): Goal {
  const device = useDevice()
  const states = useStates(sessionView, `program:${program}`)
  return goalIn(device, states, program, place)
}

/** The same, read now: for a tap that must not trust what was last drawn. */
export function goalNow(device: Device, program: Uuid, place: Place): Goal {
  return goalIn(device, device.statesOf(sessionView, `program:${program}`), program, place)
}

/** The records of a session that stand, in order; none without a session. */
export function useSessionRecords(state: SessionState | null): readonly StoredRecord[] {
  return useFromDevice((device) => {
    if (!state) return NOTHING
    const { session, program, student } = state
    const partition = device.partitionOf({ kind: 'sessions.start', student, refs: { session, program } })
    return partition === null ? NOTHING : device.settled(partition).live
  })
}

const NOTHING: readonly StoredRecord[] = []

function goalIn(
  device: Device,
  states: ReturnType<typeof useStates<Goal['others'][number]>>,
  program: Uuid,
  { day, block, blocks }: Place,
): Goal {
  return goalOf({
    states: states.map(({ state }) => state),
    day,
    block,
    blocks: blocks.filter((one) => one.programs.includes(program)),
    device: device.id,
    person: device.person,
  })
}

/** How many records of a session are where: the truth about saving, for one card. */
export interface Saved {
  readonly state: 'saving' | 'kept' | 'team' | 'needs_you'
  readonly count: number
}

/** Null while the session has no record here. */
export function useSaved(session: Uuid | null, partition: string | null): Saved | null {
  const text = useFromDevice((device) => savedText(device, session, partition))
  if (text === '') return null
  const [state, count] = text.split(' ')
  return { state: state as Saved['state'], count: Number(count) }
}

function savedText(device: Device, session: Uuid | null, partition: string | null): string {
  if (session === null || partition === null) return ''
  // what needs you is in no view, so it is counted where it is listed
  const asking = device
    .outbox()
    .filter((entry) => entry.state === 'needs_you' && entry.record.refs['session'] === session).length
  if (asking > 0) return `needs_you ${asking}`
  const states = device.records(partition).map((record) => device.stateOf(record.id))
  if (states.length === 0) return ''
  const saving = states.filter((state) => state === 'saving').length
  if (saving > 0) return `saving ${saving}`
  const kept = states.filter((state) => state === 'kept').length
  return kept > 0 ? `kept ${kept}` : `team ${states.length}`
}
