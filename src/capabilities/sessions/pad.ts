/** What the capture pad needs to know of a session: the next place, its buttons, its running clock. */
import type { Measure, PromptScheme, StepBody, System, TrialBody } from './records.ts'
import type { SessionState } from './state.ts'
import type { z } from 'zod'

/** Two taps closer than this are one (domain C.3), ms. */
const RAPID_MS = 200

/** A button: what a tap on it records, and what to write on it. */
export interface Button<Result extends string> {
  /** `+`, `+G`, `-` …: as in the data. */
  readonly code: string
  readonly result: Result
  /** Absent for a result without a prompt, as in the record's body. */
  readonly level?: string
  /** Which word of the catalogue names the result. */
  readonly label:
    | 'independent'
    | 'prompted'
    | 'incorrect'
    | 'incorrect_prompted'
    | 'no_response'
    | 'refused'
    | 'interrupted'
    | 'adult'
    | 'not_applicable'
  /** The program's own words for the prompt. */
  readonly levelLabel?: string
}
export type TrialButton = Button<TrialBody['result']>
export type StepButton = Button<StepBody['result']>

/**
 * The first place without a result: a trial number (also past the planned ones), a step, an item. Null when every one
 * has a result, and for what has no places, or places by the clock. A voided trial's place is free again.
 */
export function nextTrial(state: Pick<SessionState, 'measure' | 'items'>): number | null {
  const { measure, items } = state
  if (!PLACED.includes(measure.system)) return null
  const taken = new Set(items.map((item) => item.n))
  let n = 1
  while (taken.has(n)) n++
  return n > placesOf(measure) ? null : n
}

const PLACED: readonly string[] = [
  'trials',
  'opportunities',
  'steps',
  'rubric',
  'product',
  'checklist',
  'probe',
] satisfies System[]

/** How many places a session of this measurement has: steps, items, intervals; without an end for trials and counts. */
export function placesOf(measure: Measure | SessionState['measure']): number {
  switch (measure.system) {
    case 'steps':
      return measure.steps.length
    case 'rubric':
    case 'checklist':
      return measure.items.length
    case 'product':
      return measure.items
    case 'interval':
    case 'self':
      return measure.planned
    case 'probe':
      return 1
    default:
      return Infinity
  }
}

/**
 * Whether a tap is the bounce of the last counted tap. For a count both are recorded and the fold sets the second
 * aside (undo then voids the counted one); a trial or a step names its place, so the pad takes no second tap.
 * @param previous and @param at: ms on the same clock, best the monotonic one; null = no tap before.
 */
export function isRapid(previous: number | null, at: number, measure: Measure): boolean {
  if (previous === null || (measure.system === 'count' && measure.rapid_tap)) return false
  return Math.abs(at - previous) < RAPID_MS
}

/** Buttons of a trial, in the order of the program's own ladder. Empty for other systems. */
export function buttonsOf(
  measure: Extract<Measure, { system: 'trials' | 'opportunities' }>,
): readonly TrialButton[]
export function buttonsOf(measure: Extract<Measure, { system: 'steps' }>): readonly StepButton[]
export function buttonsOf(measure: Measure): readonly (TrialButton | StepButton)[]
export function buttonsOf(measure: Measure): readonly (TrialButton | StepButton)[] {
  if (!('prompts' in measure)) return []
  const scheme = measure.prompts
  const common = [
    { code: '+', result: '+', label: 'independent' },
    ...prompted(scheme, '+', 'prompted'),
    { code: '-', result: '-', label: 'incorrect' },
    // Where the prompt is given before the answer, a wrong answer after it is a result of its own (domain C.1).
    ...(isPromptFirst(scheme) ? prompted(scheme, '-', 'incorrect_prompted') : []),
    { code: 'NR', result: 'NR', label: 'no_response' },
    { code: 'R', result: 'R', label: 'refused' },
  ] as const
  if (measure.system !== 'steps') return [...common, { code: 'X', result: 'X', label: 'interrupted' }]
  const notApplicable = { code: 'N/A', result: 'N/A', label: 'not_applicable' } as const
  if (measure.chaining === 'total') return [...common, notApplicable]
  return [...common, { code: 'A', result: 'A', label: 'adult' }, notApplicable]
}

/**
 * Milliseconds that the observation clock shows now.
 * @param nowMono the device's counter, so that a clock set back does not stop the display.
 */
export function observedMs(
  state: Pick<SessionState, 'observedMs' | 'runningSince' | 'runningMono'>,
  nowWall: number,
  nowMono?: { readonly boot: string; readonly ms: number },
): number {
  if (state.runningSince === null) return state.observedMs
  const wall = nowWall - Date.parse(state.runningSince)
  const sameRun = nowMono !== undefined && nowMono.boot === state.runningMono?.boot
  const mono = sameRun ? Math.round(nowMono.ms - (state.runningMono?.ms ?? 0)) : 0
  return state.observedMs + Math.max(wall, mono, 0)
}

function prompted<Result extends '+' | '-', Label extends 'prompted' | 'incorrect_prompted'>(
  scheme: z.infer<typeof PromptScheme>,
  result: Result,
  label: Label,
) {
  return scheme.levels.map((level) => ({
    code: result + level.code,
    result,
    level: level.code,
    label,
    levelLabel: level.label,
  }))
}

function isPromptFirst(scheme: z.infer<typeof PromptScheme>): boolean {
  return scheme.direction === 'time_delay' || scheme.direction === 'most_to_least'
}
