/** Sessions of the small school for the browser tests of goals: made on real devices, at any time. Tests only. */
import { uuidv7, type Uuid } from '../../../platform/core/ids.ts'
import type { Json } from '../../../platform/core/canonical.ts'
import type { StoredRecord } from '../../../platform/records/envelope.ts'
import { at, DAY, GOALS, type GoalName, type Hand, type School } from '../../../platform/web/testing-day.tsx'
import type { Me } from '../../schedule/model.ts'
import { weekdays } from '../testing.ts'

export interface Played {
  readonly session: Uuid
  /** The next trials or counts. */
  go(codes: string): StoredRecord[]
  end(): void
}

export interface PlayOptions {
  /** An earlier day: typed in now. Without it the session runs now. */
  readonly day?: string
  /** The session that this one observes. */
  readonly of?: Uuid
}

/** A school year as far as the tests need one. */
export const withYear = (me: Me): Me => ({ ...me, schoolDays: weekdays('2026-08-25', DAY) })

/** Starts a session of a goal on somebody's device, ten seconds between its acts; an earlier one begins at 8:45. */
export function play(school: School, hand: Hand, goal: GoalName, { day, of }: PlayOptions = {}): Played {
  const { student, measure } = GOALS[goal]
  const program = school.programs[goal]
  const version = school.server.rows.find(
    ({ envelope }) => envelope.kind === 'sessions.program' && envelope.refs['program'] === program,
  )?.envelope.id
  if (!version) throw new Error(`${goal} is not published`)
  let then = day === undefined ? null : at('08:45', day)
  let n = 0
  const session = uuidv7(then ?? hand.device.clock.now())
  const capture = (
    kind: string,
    body: Readonly<Record<string, unknown>>,
    more: Record<string, Uuid> = {},
  ) => {
    if (then === null) hand.clock.advance(10_000)
    else then += 10_000
    const entered = new Date(hand.device.clock.now()).toISOString()
    const { record } = hand.device.capture({
      kind: `sessions.${kind}`,
      body: body as Readonly<Record<string, Json>>,
      student: school.students[student],
      refs: { session, program, ...more },
      ...(then === null ? {} : { at: new Date(then).toISOString(), entered }),
    })
    return record
  }
  const start = {
    measure,
    condition: 'intervention',
    observer: of === undefined ? 'primary' : 'ioa',
    setting: 'Room 12',
    tags: [],
  }
  capture('start', start, { version, ...(of === undefined ? {} : { of }) })
  return {
    session,
    go: (codes) =>
      codes.split(' ').map((code) => {
        n += 1
        if (measure.system === 'count') return capture('occurrence', {})
        const [, result = code, level] = /^([+-])(\w+)$/.exec(code) ?? []
        const coded = { result, ...(level === undefined ? {} : { level }) }
        return measure.system === 'steps'
          ? capture('step', { step: n, ...coded })
          : capture('trial', { n, ...coded })
      }),
    end: () => void capture('end', { status: 'complete' }),
  }
}
