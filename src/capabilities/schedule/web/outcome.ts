/**
 * What has come of a planned run, from all that this device knows: the sessions of the goal, the log of what has no
 * sessions, and who was not there. Nobody has to say a reason that is known by itself, and none is invented: an absent
 * student, an absent adult (me.notRun), nothing else. Data always come first.
 */
import type { Day } from '../../../platform/core/days.ts'
import type { Uuid } from '../../../platform/core/ids.ts'
import type { StoredRecord } from '../../../platform/records/envelope.ts'
import type { Device } from '../../../platform/web/store/device.ts'
import { awayIn, dayView, rollOf, type StudentDay } from '../../attendance/rules.ts'
import { behaviorView } from '../../behavior/rules.ts'
import { careView } from '../../care/rules.ts'
import { hiddenFrom, standingOf } from '../../sessions/goal.ts'
import type { System } from '../../sessions/measures.ts'
import { partitionOfProgram, programOf, type Program } from '../../sessions/program.ts'
import { sessionView } from '../../sessions/rules.ts'
import type { SessionState, Summary } from '../../sessions/state.ts'
import { loggedIn, type RunIs } from '../due.ts'
import { meOf } from '../me.ts'
import type { BoardBlock, DayBoard } from '../model.ts'

/** One goal planned in one block. */
export interface Run {
  readonly program: Uuid
  readonly block: BoardBlock
}

export interface Outcome {
  readonly is: RunIs
  /** What the session that says so comes to; null while there is none, or while it must not be seen. */
  readonly summary: Summary | null
  /** Why it was not run: said by somebody, or known by itself. */
  readonly reason: string | null
}

/** Every planned run of a board that something is due for, in the order of the day. */
export function runsIn(device: Device, board: DayBoard): readonly Run[] {
  return (
    runsOf(board)
      // what is noted when it happens is not due: a day without it owes nothing
      .filter((run) => planIn(device, run, board.day)?.body.measure.system !== 'abc')
  )
}

export function runsOf(board: DayBoard): readonly Run[] {
  return board.blocks
    .toSorted((a, b) => Date.parse(a.start) - Date.parse(b.start))
    .flatMap((block) => block.programs.map((program) => ({ program, block })))
}

export function outcomeIn(device: Device, run: Run, board: DayBoard): Outcome {
  const { program: id, block } = run
  const blocks = board.blocks.filter((one) => one.programs.includes(id))
  const states = statesOf(device, id)
  const { is, session } = standingOf({ states, day: board.day, block, blocks })
  if (is !== 'due') {
    const isHidden = session !== null && hiddenFrom(states, device.person).has(session.session)
    return {
      is,
      summary: isHidden ? null : (session?.summary ?? null),
      reason: is === 'not_run' ? (session?.reason ?? null) : null,
    }
  }
  const plan = planIn(device, run, board.day)
  if (plan && isLogged(device, plan, run, board, blocks))
    return { is: 'recorded', summary: null, reason: null }
  const seen = plan && dayOn(device, plan.student, board.day)
  const reason = awayIn(seen, block) ?? knownReason(device, id, board.day, seen !== null)
  return { is: reason === null ? 'due' : 'not_run', summary: null, reason }
}

export function statesOf(device: Device, program: Uuid): readonly SessionState[] {
  return device.statesOf(sessionView, `program:${program}`).map(({ state }) => state)
}

/** By the records of a plan, which are the same list until one of them changes: asked at every tap. */
const plans = new WeakMap<readonly StoredRecord[], Map<Day, Program | null>>()

/** The plan of a run as it stands on a day; null while it is not on this device. */
export function planIn(device: Device, { program, block }: Run, day: Day): Program | null {
  const students = meOf(device.value('me'))?.students.map(({ id }) => id) ?? []
  const partition = partitionOfProgram(device, program, [...block.students, ...students])
  if (partition === null) return null
  const records = device.records(partition)
  const known = plans.get(records) ?? new Map<Day, Program | null>()
  plans.set(records, known)
  const before = known.get(day)
  if (before !== undefined) return before
  const found = programOf(records, day)
  known.set(day, found)
  return found
}

const LOGS: { readonly [system in System]?: 'behavior' | 'care' } = {
  scatterplot: 'behavior',
  toileting: 'care',
  feeding: 'care',
}

function isLogged(
  device: Device,
  { body }: Program,
  { program, block }: Run,
  { day }: DayBoard,
  blocks: readonly BoardBlock[],
): boolean {
  const log = LOGS[body.measure.system]
  if (!log) return false
  const states =
    log === 'care'
      ? device.statesOf(careView, `program:${program}`)
      : device.statesOf(behaviorView, `program:${program}`)
  const entries = states
    .flatMap(({ state }): readonly { at: string; day: string }[] => (state.watch ? [] : state.entries))
    .filter((entry) => entry.day === day)
  return loggedIn(entries, block, blocks)
}

function dayOn(device: Device, student: Uuid, day: Day): StudentDay | null {
  const refs = { roll: rollOf(student, day) }
  const partition = device.partitionOf({ kind: 'attendance.presence', student, refs })
  return partition === null ? null : device.state(dayView, partition)
}

/** What the house told. Of who was there it knows no more than the marks on this device, which may be newer: a late arrival. */
function knownReason(device: Device, program: Uuid, day: Day, isMarked: boolean): string | null {
  const facts = meOf(device.value('me'))?.notRun ?? []
  const known = facts.find((one) => one.program === program && one.day === day)?.reason ?? null
  return known === 'student_absent' && isMarked ? null : known
}
