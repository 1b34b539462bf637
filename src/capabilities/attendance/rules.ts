/**
 * A student's day of attendance, folded from its records: marks of presence, participation, looks at a cue. Pure. Read by
 * the roll, by Today (what is due of somebody who is absent was not run), by the server (days_not_run in its migration
 * reads `absent`) and by the comparison with the official attendance.
 *
 * What must stay true: nothing marked is nothing known, never present and never absent; what two adults counted is never
 * added; a look that nobody took is in no denominator.
 */
import type { Day } from '../../platform/core/days.ts'
import { uuidOf, type Uuid } from '../../platform/core/ids.ts'
import type { View } from '../../platform/records/registry.ts'
import { linesOf } from '../sessions/lines.ts'
import { ParticipationBody, PresenceBody, SampleBody, type Participation, type Presence } from './records.ts'

export type Mark = {
  readonly id: string
  readonly block: string
  readonly state: Presence
  readonly minutes: number | null
  readonly at: string
  readonly by: string
}

export type StudentDay = {
  readonly roll: string
  readonly student: string
  readonly day: Day
  /** In order of time; of a block the last one holds. */
  readonly marks: readonly Mark[]
  /** Every block that was marked was marked absent. */
  readonly absent: boolean
  /** One an adult and block: two who count the same minutes are two observers. */
  readonly participation: readonly ({
    readonly block: string
    readonly by: string
  } & { readonly [what in Participation]: number })[]
  /** One a round: looks at which the student was on task ÷ looks taken. */
  readonly rounds: readonly {
    readonly act: string
    readonly block: string
    readonly by: string
    readonly numerator: number
    readonly denominator: number
  }[]
}

/** The partition of a student's day: the same on every device. */
export function rollOf(student: Uuid, day: Day): Uuid {
  return uuidOf(`roll/${student}/${day}`)
}

export const dayView: View<StudentDay> = {
  name: 'attendance.day',
  version: 1,
  kinds: ['attendance.presence', 'attendance.participation', 'attendance.sample', 'attendance.void'],
  parent: (state) => `student:${state.student}`,
  fold(settled) {
    const { standing } = linesOf(settled)
    const [first] = standing
    const student = first?.record.student
    const roll = first?.record.refs['roll']
    if (!first || !student || !roll) return null
    // whoever names the partition of another day says nothing about this one
    const isOfDay = (day: Day) => rollOf(student, day) === roll
    const marks: Mark[] = []
    const participation = new Map<string, StudentDay['participation'][number]>()
    const rounds = new Map<string, { round: StudentDay['rounds'][number]; seen: Set<number> }>()
    let day: Day | null = null
    for (const { record, origin } of standing) {
      const by = origin.onBehalfOf ?? origin.author
      const { id, at, kind, body } = record
      const said = { presence: PresenceBody, participation: ParticipationBody, sample: SampleBody }[
        kind.slice('attendance.'.length)
      ]?.safeParse(body).data
      if (!said || !isOfDay(said.day)) continue
      day = said.day
      const { block } = said
      if ('state' in said) marks.push({ id, block, state: said.state, minutes: said.minutes ?? null, at, by })
      else if ('what' in said) {
        const before = participation.get(`${block} ${by}`) ?? {
          block,
          by,
          responded: 0,
          asked: 0,
          offered: 0,
        }
        participation.set(`${block} ${by}`, { ...before, [said.what]: before[said.what] + 1 })
      } else {
        const act = record.refs['act'] ?? ''
        const { round, seen } = rounds.get(act) ?? {
          round: { act, block, by, numerator: 0, denominator: 0 },
          seen: new Set<number>(),
        }
        // one look a cue: the second tap for the same one is no second look
        if (seen.has(said.n)) continue
        rounds.set(act, {
          round: {
            ...round,
            numerator: round.numerator + Number(said.code),
            denominator: round.denominator + 1,
          },
          seen: seen.add(said.n),
        })
      }
    }
    if (day === null) return null
    marks.sort((a, b) => Date.parse(a.at) - Date.parse(b.at))
    const last = lastOfBlocks(marks)
    return {
      roll,
      student,
      day,
      marks,
      absent: last.length > 0 && last.every(({ state }) => state === 'absent'),
      participation: [...participation.values()],
      rounds: [...rounds.values()].map(({ round }) => round),
    }
  },
}

/** Of each block the mark that holds, in the order in which the blocks were marked first. */
function lastOfBlocks(marks: readonly Mark[]): readonly Mark[] {
  return [...new Map(marks.map((mark) => [mark.block, mark])).values()]
}

/** What was last said of a student in a block; null when nobody said anything of it. */
export function markIn(day: Pick<StudentDay, 'marks'> | null, block: string): Mark | null {
  return day?.marks.findLast((mark) => mark.block === block) ?? null
}

/**
 * Why nothing could be done with a student in a block: its own mark says so, else the last mark before its end, for who
 * was not there and who went home stays away until somebody says otherwise. Who comes late opens what is planned from
 * then on again; what was over by then stays not run (domain C.3). Null: nothing is known against it. The house says the
 * same in SQL (days_not_run).
 */
export function awayIn(
  day: Pick<StudentDay, 'marks'> | null,
  block: { readonly code: string; readonly start: string; readonly end: string },
): 'student_absent' | 'student_left_early' | null {
  const own = markIn(day, block.code)
  // who went home during the block was in it
  if (own) return own.state === 'absent' || cameAfter(own, block) ? 'student_absent' : null
  const before = day?.marks.findLast((mark) => Date.parse(mark.at) < Date.parse(block.end))
  if (before?.state === 'absent') return 'student_absent'
  return before?.state === 'left' && Date.parse(before.at) <= Date.parse(block.start)
    ? 'student_left_early'
    : null
}

/** Late for a block by as long as it lasts, or longer: it was over when they came. */
function cameAfter(
  { state, minutes }: Mark,
  block: { readonly start: string; readonly end: string },
): boolean {
  const missedMs = (minutes ?? 0) * 60_000
  return state === 'late' && Date.parse(block.start) + missedMs >= Date.parse(block.end)
}

/** What an adult saw of the day, in one word, for the comparison with the office: null when nobody marked anything. */
export function seenOn(day: Pick<StudentDay, 'marks' | 'absent'> | null): 'here' | 'absent' | null {
  if (!day || day.marks.length === 0) return null
  return day.absent ? 'absent' : 'here'
}
