/**
 * What stood at Cedar Bend on each day: published program versions, phases, aim lines and safety cards, each
 * authored by its owner (case manager, nurse). history.ts plays the sessions that were run under them.
 */
import { uuidv7, type Uuid } from '../platform/core/ids.ts'
import type { Day } from '../platform/core/days.ts'
import type { AimBody } from '../capabilities/progress/records.ts'
import { parseRule } from '../capabilities/sessions/mastery-text.ts'
import type { MasteryRule } from '../capabilities/sessions/mastery.ts'
import type { Measure, PhaseBody, ProgramBody } from '../capabilities/sessions/records.ts'
import { timeOf } from './calendar.ts'
import { managerOf, type StudentKey } from './people.ts'
import { FIDELITY } from './checks.ts'
import { notes } from './asked.ts'
import { glances } from './glances.ts'
import { PROGRAMS } from './programs.ts'
import { CONSENTS, SAFETY } from './safety.ts'
import { seeded } from './seed.ts'
import { programId, type PhaseSpec, type ProgramSpec } from './spec.ts'
import { act, deskOf, type Act } from './tape.ts'

/** The version of a program that holds on a day: what a session of that day names and carries. */
export function versionOn(spec: ProgramSpec, day: Day): { id: Uuid; measure: Measure } {
  const n = spec.versions.findLastIndex(({ from }) => from <= day)
  const version = spec.versions[n]
  if (!version) throw new RangeError(`${spec.key} has no version on ${day}`)
  return { id: versionId(spec, n), measure: version.measure }
}

export function phaseOn(spec: ProgramSpec, day: Day): PhaseSpec {
  const phase = spec.phases.findLast(({ from }) => from <= day)
  if (!phase) throw new RangeError(`${spec.key} has no phase on ${day}`)
  return phase
}

/** Every program version, phase, safety card, glance and consent. */
export function plans(): Act[] {
  const safety = safetyCards()
  return [
    ...PROGRAMS.flatMap((spec) => [...versionsOf(spec), ...phasesOf(spec)]),
    ...safety,
    ...glances(safety),
    ...notes(),
    ...consents(),
  ]
}

/** A point of a finished baseline session: school day and value on the graph's axis. */
export interface BaselinePoint {
  readonly day: Day
  readonly value: number
}

/**
 * The aim lines of a program, each published on the first day after its baseline. From the last baseline day,
 * at the median of the last three baseline points (domain D.1), to the value and day of the plan.
 */
export function aimsOf(spec: ProgramSpec, points: readonly BaselinePoint[]): Act[] {
  return spec.aims.flatMap((aim) => {
    const next = spec.phases.find(({ from }) => from > aim.baseline)
    const last = points.filter(({ day }) => aim.baseline <= day && (!next || day < next.from)).slice(-3)
    const [, middle] = last.map(({ value }) => value).toSorted((a, b) => a - b)
    const from = last.at(-1)?.day
    if (!next || middle === undefined || !from || last.length < 3)
      throw new RangeError(`${spec.key} lacks the three baseline points of its aim line`)
    const body: AimBody = {
      from,
      from_value: Math.round(middle * 100) / 100,
      to: aim.to,
      to_value: aim.value,
      basis: 'median of the last 3 baseline points',
    }
    return publish(spec, 'progress.aim', next.from, 60, body)
  })
}

function versionsOf(spec: ProgramSpec): Act[] {
  return spec.versions.map(({ from, measure, definition, goal, criterion }, n) => {
    const fidelity = FIDELITY[measure.system]
    const body: ProgramBody = {
      title: spec.title,
      goal: goal ?? spec.goal,
      definition: definition ?? spec.definition,
      direction: spec.direction,
      measure,
      criterion: criterion ?? spec.criterion,
      number: n + 1,
      ...(spec.mastery === undefined ? {} : { mastery: ruleOf(spec.mastery) }),
      ...(spec.weekdays.length > 0 ? { schedule: { times: spec.weekdays.length, per: 'week' } } : {}),
      ...(fidelity ? { fidelity: [...fidelity] } : {}),
      ...spec.more,
    }
    const base: { base?: Uuid } = n === 0 ? {} : { base: versionId(spec, n - 1) }
    return { ...publish(spec, 'sessions.program', from, 0, body, base), id: versionId(spec, n) }
  })
}

function ruleOf(text: string): MasteryRule {
  const read = parseRule(text)
  if ('problem' in read) throw new RangeError(`no mastery rule: ${text}`)
  return read.rule
}

function phasesOf(spec: ProgramSpec): Act[] {
  return spec.phases.map(({ from, label, condition, major, why }) => {
    const body: PhaseBody = { label, condition, from, major, why }
    return publish(spec, 'sessions.phase', from, 20, body)
  })
}

function versionId(spec: ProgramSpec, n: number): Uuid {
  const from = spec.versions[n]?.from
  if (!from) throw new RangeError(`${spec.key} has no version ${n + 1}`)
  return uuidv7(publishedAt(spec, from, 0), seeded(`version/${spec.key}/${n}`).bytes)
}

function publish(
  spec: ProgramSpec,
  kind: string,
  from: Day,
  seconds: number,
  body: object,
  refs: { base?: Uuid } = {},
): Act {
  const author = managerOf(spec.student)
  return act(seeded(`${kind}/${spec.key}/${from}`), {
    author,
    device: deskOf(author),
    kind,
    student: spec.student,
    refs: { program: programId(spec.key), ...refs },
    body,
    at: publishedAt(spec, from, seconds),
  })
}

/** Plans are published before school on the first day they hold, one program after the other. */
function publishedAt(spec: ProgramSpec, day: Day, seconds: number): number {
  return timeOf(day, '07:10') + PROGRAMS.indexOf(spec) * 45_000 + seconds * 1000
}

function safetyCards(): Act[] {
  const latest = new Map<StudentKey, Uuid>()
  return SAFETY.map(({ student, from, card }, n) => {
    const base = latest.get(student)
    const published = act(seeded(`safety/${student}/${from}`), {
      author: 'ellen',
      device: deskOf('ellen'),
      kind: 'students.safety',
      student,
      refs: base ? { base } : {},
      body: card,
      at: timeOf(from, '13:05') + n * 180_000,
    })
    latest.set(student, published.id)
    return published
  })
}

/** Asked of each family at the beginning of the year, for all uses one by one. */
function consents(): Act[] {
  return CONSENTS.map(({ student, from, consent }, n) => {
    const author = managerOf(student)
    return act(seeded(`consent/${student}/${from}`), {
      author,
      device: deskOf(author),
      kind: 'students.consent',
      student,
      refs: {},
      body: consent,
      at: timeOf(from, '14:05') + n * 60_000,
    })
  })
}
