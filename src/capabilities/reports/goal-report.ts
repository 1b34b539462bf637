/**
 * One goal of a progress report, made from its data as they stood on the last day of the period (domain D.11): the
 * numbers, the sessions they rest on, the graph. What the owner adds (rating, sentence, change) comes from elsewhere.
 * Pure; nothing here reads a language.
 */
import type { Goal } from '../progress/goal.ts'
import type { GraphInput, GraphModel, GraphPoint } from '../progress/graph.ts'
import { aimStart, baselineOf, buildGraph } from '../progress/rules.ts'
import { median } from '../progress/stats/median.ts'
import type { ProgramBody } from '../sessions/records.ts'
import { LOGGED } from '../sessions/measures.ts'
import type { SessionState } from '../sessions/state.ts'
import type { FrozenGraph, GoalReport, Period, Rating, Rest } from './records.ts'

/** What the data say of a goal, before anybody rates it. */
export interface GoalFacts extends Omit<GoalReport, 'rating' | 'sentence' | 'change'> {
  /** The sessions of the median now, the oldest first: at most three, all valid. */
  readonly last: readonly GraphPoint[]
  /** What the data suggest; the owner rates. Null: they do not say. */
  readonly suggested: Rating | null
}

/** The median now, and the baseline, are of so many valid sessions. */
const MEDIAN_OF = 3

/** Null for what has no sessions of its own: imported points, and logs of other tiers. */
export function factsOf(
  goal: Pick<Goal, 'program' | 'version' | 'input' | 'decisions'>,
  period: Period,
): GoalFacts | null {
  const { body } = goal.version
  if (body.measure.system === 'imported' || isLogged(body.measure.system)) return null
  const input: GraphInput = {
    ...goal.input,
    sessions: goal.input.sessions.filter((one) => one.day <= period.to && one.status !== 'open'),
  }
  const model = buildGraph(input)
  const inPeriod = model.points.filter(({ day }) => day !== null && day >= period.from && day <= period.to)
  const valid = model.points.filter((point) => point.decides && point.y !== null)
  const last = valid.slice(-MEDIAN_OF)
  const baseline = baselineOf(model)
  const first = baseline.filter(({ decides }) => decides).slice(-MEDIAN_OF)
  const states = new Map(input.sessions.map((state) => [state.session, state]))
  const current = last.length < MEDIAN_OF ? null : median(last.flatMap(({ y }) => y ?? []))
  const target = targetOf(model, goal.input.program)
  return {
    program: goal.program,
    version: goal.version.id,
    title: body.title,
    goal: body.goal,
    criterion: body.criterion,
    direction: body.direction,
    baseline: short(aimStart(baseline)?.value ?? null),
    current: short(current),
    target: short(target),
    sessions: {
      held: inPeriod.filter(({ y }) => y !== null).length,
      valid: inPeriod.filter(({ y, decides }) => y !== null && decides).length,
      not_run: inPeriod.filter(({ validity }) => validity === 'not_run').length,
    },
    by: [...new Set(inPeriod.filter(({ y }) => y !== null).flatMap((point) => point.by))],
    rests: restsOf([...new Set([...first, ...last, ...inPeriod])], states),
    graph: frozen(model),
    last,
    suggested: suggestedOf(),
  }

  function suggestedOf(): Rating | null {
    const confirmed = goal.decisions.some(
      ({ body }) => body.proposal === 'mastery' && body.verdict === 'confirm',
    )
    if (confirmed) return 'mastered'
    if (valid.length === 0) return inPeriod.length === 0 ? 'not_introduced' : null
    if (current === null) return null
    const sign = body.direction === 'increase' ? 1 : -1
    const line = aimAt(model, last.at(-1)?.x)
    const wanted = line ?? target
    return wanted === null ? null : sign * (current - wanted) >= 0 ? 'sufficient' : 'insufficient'
  }
}

/** The sessions that a goal's numbers rest on, by the records as they stand now: to be set beside what was frozen. */
export function restsNow(
  goal: Pick<Goal, 'program' | 'version' | 'input' | 'decisions'>,
  period: Period,
): Rest[] {
  return factsOf(goal, period)?.rests ?? []
}

function restsOf(points: readonly GraphPoint[], states: ReadonlyMap<string, SessionState>): Rest[] {
  return points
    .toSorted((a, b) => a.x - b.x)
    .flatMap(({ sessionId, day, decides }): Rest[] => {
      const state = states.get(sessionId ?? '')
      if (!state || day === null) return []
      const { numerator, denominator, validity } = state.summary
      // valid, and still out of decisions: recorded under a definition that no longer holds
      const counts = validity === 'valid' && !decides ? 'older' : validity
      return [[state.session, day, numerator, denominator, counts]]
    })
}

/** Where the current aim line ends; without one, the threshold of the mastery rule where it is the same quantity. */
function targetOf({ aims, axis }: GraphModel, { mastery }: ProgramBody): number | null {
  const aim = aims.find(({ current }) => current)
  if (aim) return aim.goal
  if (!mastery || mastery.at_prompt !== undefined || mastery.metric !== axis.y.metric) return null
  const [top = '', under = '1'] = mastery.threshold.split('/')
  const { kind } = axis.y.unit
  const scale = kind === 'per_hour' ? 60 : kind === 'minutes' ? 1 / 60 : 1
  return (Number(top) / Number(under)) * scale
}

function aimAt({ aims }: GraphModel, x: number | undefined): number | null {
  const aim = aims.find(({ current }) => current)
  if (!aim || x === undefined || aim.x2 === aim.x1 || x < aim.x1 || x > aim.x2) return null
  return aim.y1 + ((aim.y2 - aim.y1) * (x - aim.x1)) / (aim.x2 - aim.x1)
}

function frozen({ axis, points, segments, phases, phaseLines, aims }: GraphModel): FrozenGraph | null {
  const { unit, metric, text, min, max } = axis.y
  if (unit.kind === 'source' || !points.some(({ y }) => y !== null)) return null
  const aim = aims.find(({ current }) => current)
  return {
    unit: unit.kind,
    metric,
    text,
    x: [thin(axis.x.min), thin(axis.x.max)],
    y: [thin(min), thin(max)],
    points: points.map(({ x, y, hollow, phase }) => [thin(x), short(y), hollow, phase]),
    joined: segments.map((segment) => [...segment]),
    phases: phases.map(({ label, version, major }) => ({ label, version, major })),
    lines: phaseLines.map(({ phase, x, major, before, after }) => ({
      phase,
      x: thin(x),
      major,
      before: short(before),
      after: short(after),
    })),
    aim: aim
      ? {
          from: aim.from,
          to: aim.to,
          goal: thin(aim.goal),
          x1: aim.x1,
          y1: thin(aim.y1),
          x2: aim.x2,
          y2: thin(aim.y2),
        }
      : null,
  }
}

const isLogged = (system: string): boolean => LOGGED.some((one) => one === system)

/** For drawing and reading; the pairs of whole numbers stand in `rests`. */
const thin = (value: number): number => Math.round(value * 1000) / 1000
const short = (value: number | null): number | null => (value === null ? null : thin(value))
