/** What Today reads from the device. */
import type { Day } from '../../../platform/core/days.ts'
import type { Uuid } from '../../../platform/core/ids.ts'
import type { StoredRecord } from '../../../platform/records/envelope.ts'
import { settle } from '../../../platform/records/settle.ts'
import { useDevice, useFromDevice, useRecords, useValue } from '../../../platform/web/store/hooks.ts'
import { partitionOfProgram, programOf, type Program } from '../../sessions/program.ts'
import { SafetyBody } from '../../students/records.ts'
import type { RunIs } from '../due.ts'
import { meOf } from '../me.ts'
import type { DayBoard, Me } from '../model.ts'
import { outcomeIn, runsIn, runsOf, type Outcome, type Run } from './outcome.ts'

export function useMe(): Me | null {
  return meOf(useValue('me'))
}

/** Every planned run of a board that something is due for, in the order of the day. */
export function useRuns(board: DayBoard): readonly Run[] {
  const key = (run: Run) => `${run.block.assignment}/${run.program}`
  const text = useFromDevice((device) => runsIn(device, board).map(key).join(' '))
  const due = new Set(text.split(' '))
  return runsOf(board).filter((run) => due.has(key(run)))
}

/** Where each run stands, in the same order. */
export function useStandings(runs: readonly Run[], board: DayBoard): readonly RunIs[] {
  const text = useFromDevice((device) => runs.map((run) => outcomeIn(device, run, board).is).join(' '))
  return text === '' ? [] : (text.split(' ') as RunIs[])
}

/** Where one run stands and what it came to. */
export function useOutcome(run: Run, board: DayBoard): Outcome {
  const text = useFromDevice((device) => JSON.stringify(outcomeIn(device, run, board)))
  return JSON.parse(text) as Outcome
}

/** A program as it stands on a day; null while its plan is not on this device. */
export function useProgram(id: Uuid, students: readonly Uuid[], day: Day): Program | null {
  const partition = useFromDevice((device) => partitionOfProgram(device, id, students))
  return programOf(useRecords(partition ?? ''), day)
}

export interface SafetyCard {
  readonly body: SafetyBody
  readonly record: StoredRecord
}

/** The safety card that stands for a student; null when there is none on this device. */
export function useSafety(student: Uuid): SafetyCard | null {
  const device = useDevice()
  const partition = device.partitionOf({ kind: 'students.safety', student, refs: {} })
  const { live } = settle(useRecords(partition ?? ''))
  const record = live.findLast((one) => one.kind === 'students.safety')
  const body = record && SafetyBody.safeParse(record.body).data
  return record && body ? { body, record } : null
}
