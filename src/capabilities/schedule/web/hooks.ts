/** What Today reads from the device. */
import type { Day } from '../../../platform/core/days.ts'
import type { Uuid } from '../../../platform/core/ids.ts'
import type { StoredRecord } from '../../../platform/records/envelope.ts'
import { settle } from '../../../platform/records/settle.ts'
import { useDevice, useFromDevice, useRecords, useValue } from '../../../platform/web/store/hooks.ts'
import type { Device } from '../../../platform/web/store/device.ts'
import { hiddenFrom, standingOf, type Standing } from '../../sessions/goal.ts'
import { partitionOfProgram, programOf, type Program } from '../../sessions/program.ts'
import { sessionView } from '../../sessions/rules.ts'
import type { SessionState, Summary } from '../../sessions/state.ts'
import { SafetyBody } from '../../students/records.ts'
import { meOf } from '../me.ts'
import type { BoardBlock, DayBoard, Me } from '../model.ts'

/** One goal planned in one block. */
export interface Run {
  readonly program: Uuid
  readonly block: BoardBlock
}

export function useMe(): Me | null {
  return meOf(useValue('me'))
}

/** Every planned run of a board, in the order of the day. */
export function runsOf(board: DayBoard): readonly Run[] {
  return board.blocks
    .toSorted((a, b) => Date.parse(a.start) - Date.parse(b.start))
    .flatMap((block) => block.programs.map((program) => ({ program, block })))
}

/** Where each run stands, in the same order. */
export function useStandings(runs: readonly Run[], board: DayBoard): readonly Standing['is'][] {
  const text = useFromDevice((device) => runs.map((run) => standingIn(device, run, board).is).join(' '))
  return text === '' ? [] : (text.split(' ') as Standing['is'][])
}

export function standingIn(device: Device, { program, block }: Run, board: DayBoard): Standing {
  return standingOf({
    states: statesOf(device, program),
    day: board.day,
    block,
    blocks: board.blocks.filter((one) => one.programs.includes(program)),
  })
}

export function statesOf(device: Device, program: Uuid): readonly SessionState[] {
  return device.statesOf(sessionView, `program:${program}`).map(({ state }) => state)
}

export interface Outcome {
  readonly is: Standing['is']
  /** What the session that says so comes to; null while there is none, or while it must not be seen. */
  readonly summary: Summary | null
}

/** Where one run stands and what it came to. */
export function useOutcome(run: Run, board: DayBoard): Outcome {
  const text = useFromDevice((device) => {
    const { is, session } = standingIn(device, run, board)
    const isHidden =
      session !== null && hiddenFrom(statesOf(device, run.program), device.person).has(session.session)
    return JSON.stringify({ is, summary: isHidden ? null : (session?.summary ?? null) } satisfies Outcome)
  })
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
