/**
 * How one session goes: which trials, steps or occurrences are tapped, how long after its start, and what it
 * comes to. Pure chance around the student's curve; who and when is history.ts.
 */
import type {
  MarkBody,
  Measure,
  MomentBody,
  StepBody,
  TallyBody,
  TrialBody,
} from '../capabilities/sessions/records.ts'
import { playChecklist, playIntervals, playProbe, playProduct, playRubric, playSelf } from './play-marks.ts'
import { playDuration, playIntensity, playIrt, playLatency, playReading } from './play-moments.ts'
import type { Random } from './seed.ts'

/** A tap, `after` milliseconds into the session. */
export type Tap =
  | { readonly noun: 'trial'; readonly after: number; readonly body: TrialBody }
  | { readonly noun: 'step'; readonly after: number; readonly body: StepBody }
  | { readonly noun: 'mark'; readonly after: number; readonly body: MarkBody }
  | { readonly noun: 'moment'; readonly after: number; readonly body: MomentBody }
  | { readonly noun: 'tally'; readonly after: number; readonly body: TallyBody }
  | { readonly noun: 'occurrence' | 'pause' | 'resume'; readonly after: number; readonly body: object }

export interface Played {
  readonly taps: readonly Tap[]
  /** Length of the session, ms. */
  readonly length: number
  readonly status: 'complete' | 'partial'
  /** In the unit of an aim; null when nothing was scored or the session is below its minimum. */
  readonly value: number | null
}

export interface Situation {
  /** Where the curve is today, in the unit that its measure gives it (spec.ts). */
  readonly level: number
  /** Baseline: no prompts are given, and all that was planned is offered. */
  readonly baseline: boolean
  /** Chances come by themselves, few or many. */
  readonly natural: boolean
  readonly minutes: number
  /** Something breaks it off: a drill, a crisis, an early pick-up. */
  readonly interrupted: boolean
}

export function play(measure: Measure, situation: Situation, random: Random): Played {
  switch (measure.system) {
    case 'trials':
    case 'opportunities':
      return playTrials(measure, situation, random)
    case 'interval':
      return playIntervals(measure, situation, random)
    case 'checklist':
      return playChecklist(measure, situation, random)
    case 'probe':
      return playProbe(situation, random)
    case 'product':
      return playProduct(measure, situation, random)
    case 'rubric':
      return playRubric(measure, situation, random)
    case 'self':
      return playSelf(measure, situation, random)
    case 'duration':
      return playDuration(measure, situation, random)
    case 'latency':
      return playLatency(measure, situation, random)
    case 'irt':
      return playIrt(measure, situation, random)
    case 'intensity':
      return playIntensity(measure, situation, random)
    case 'cbm':
      return playReading(measure, situation, random)
    case 'steps':
      return playSteps(measure, situation, random)
    case 'count':
      return playCount(measure, situation, random)
    default:
      throw new RangeError(`the demo year has no sessions of ${measure.system}`)
  }
}

/** What a second observer taps at the same time: mostly the same. */
export function secondObserver(taps: readonly Tap[], random: Random, differing = 0.07): Tap[] {
  return taps.flatMap((tap): Tap[] => {
    const after = tap.after + random.int(300, 1900)
    const differs = random.chance(differing)
    if (!differs) return [{ ...tap, after }]
    switch (tap.noun) {
      case 'trial':
        return [{ noun: 'trial', after, body: { n: tap.body.n, result: other(tap.body.result) } }]
      case 'step':
        return [{ noun: 'step', after, body: { step: tap.body.step, result: other(tap.body.result) } }]
      case 'mark':
        return otherMark({ ...tap, after })
      case 'occurrence':
        return []
      default:
        return [{ ...tap, after }]
    }
  })
}

/** Natural chances that an hour of play or work brings. */
const CHANCES = 6

function playTrials(
  measure: Extract<Measure, { system: 'trials' | 'opportunities' }>,
  situation: Situation,
  random: Random,
): Played {
  const planned = measure.system === 'trials' ? measure.planned : CHANCES
  const offered = situation.baseline
    ? planned
    : situation.natural
      ? Math.max(1, planned + random.int(-3, 1))
      : random.chance(0.03)
        ? random.int(2, measure.min_opportunities - 1)
        : planned
  const done = situation.interrupted ? random.int(1, offered) : offered
  const gap = situation.natural ? (situation.minutes * 60_000) / (planned + 2) : 26_000
  const taps: Tap[] = []
  let after = 0
  for (let n = 1; n <= done; n++) {
    after += Math.round(gap * (0.6 + 0.7 * random.next()))
    const broken = (situation.interrupted && n === done) || random.chance(0.008)
    const body = broken
      ? { result: 'X' as const }
      : respond(measure.prompts, situation, situation.level, random)
    taps.push({ noun: 'trial', after, body: { n, ...body } })
  }
  const scored = taps.filter((tap) => resultOf(tap) !== 'X')
  return {
    taps,
    length: after + random.int(4_000, 15_000),
    status: situation.interrupted ? 'partial' : 'complete',
    value: scored.length < measure.min_opportunities ? null : percent(scored.filter(isIndependent), scored),
  }
}

function playSteps(
  measure: Extract<Measure, { system: 'steps' }>,
  situation: Situation,
  random: Random,
): Played {
  const count = measure.steps.length
  const done = situation.interrupted ? random.int(1, count) : count
  const taps: Tap[] = []
  let after = 0
  for (let step = 1; step <= done; step++) {
    after += random.int(8_000, 30_000)
    // The steps in the middle of a chain stay hard longest: the same ones every day.
    const level = situation.level + 0.7 * (Math.abs(step - 1 - count * 0.55) / count - 0.27)
    const body = !isTaught(measure, step)
      ? { result: 'A' as const }
      : random.chance(0.006)
        ? { result: 'N/A' as const }
        : respond(measure.prompts, situation, level, random)
    taps.push({ noun: 'step', after, body: { step, ...body } })
  }
  const presented = taps.filter((tap) => !['A', 'N/A', 'X'].includes(resultOf(tap)))
  return {
    taps,
    length: after + random.int(3_000, 12_000),
    status: situation.interrupted ? 'partial' : 'complete',
    value:
      presented.length < measure.min_opportunities
        ? null
        : percent(presented.filter(isIndependent), presented),
  }
}

function playCount(
  measure: Extract<Measure, { system: 'count' }>,
  situation: Situation,
  random: Random,
): Played {
  const planned = situation.minutes * 60_000
  const short = measure.value === 'rate' && !situation.baseline && random.chance(0.03)
  const cut = situation.interrupted || short
  const length = Math.round(planned * (cut ? 0.25 + 0.5 * random.next() : 0.97 + 0.03 * random.next()))
  const pause =
    measure.value === 'rate' && !cut && random.chance(0.08)
      ? { from: Math.round(length * 0.4), to: Math.round(length * (0.46 + 0.1 * random.next())) }
      : null
  const taps: Tap[] = []
  const slice = 12_000
  for (let from = 0; from + slice <= length; from += slice) {
    const watched = !pause || from + slice <= pause.from || from >= pause.to
    if (watched && random.chance((Math.max(0, situation.level) * slice) / 60_000))
      taps.push({ noun: 'occurrence', after: from + random.int(200, slice - 200), body: {} })
  }
  const occurrences = taps.length
  if (pause) {
    taps.push({ noun: 'pause', after: pause.from, body: {} }, { noun: 'resume', after: pause.to, body: {} })
    taps.sort((a, b) => a.after - b.after)
  }
  const observed = length - (pause ? pause.to - pause.from : 0)
  return {
    taps,
    length,
    status: situation.interrupted ? 'partial' : 'complete',
    value:
      observed < measure.min_observed_s * 1000
        ? null
        : measure.value === 'rate'
          ? (occurrences * 60_000) / observed
          : occurrences,
  }
}

/** One response: independent, right at a prompt of the ladder, wrong, none, or refused (domain C.1). */
function respond(
  prompts: Extract<Measure, { system: 'trials' }>['prompts'],
  situation: Situation,
  level: number,
  random: Random,
): { result: '+' | '-' | 'NR' | 'R'; level?: string } {
  const chance = Math.min(0.99, Math.max(0.01, level))
  if (random.chance(chance)) return { result: '+' }
  if (situation.baseline) return { result: random.chance(0.65) ? '-' : 'NR' }
  if (random.chance(0.14)) return { result: '-' }
  if (random.chance(0.04)) return { result: 'R' }
  for (const prompt of prompts.levels)
    if (random.chance(0.45 + 0.3 * chance)) return { result: '+', level: prompt.code }
  return { result: 'NR' }
}

/** Forward: steps up to the current one are taught; backward: from the current one on. */
function isTaught(measure: Extract<Measure, { system: 'steps' }>, step: number): boolean {
  if (measure.chaining === 'total' || measure.current_step === undefined) return true
  return measure.chaining === 'forward' ? step <= measure.current_step : step >= measure.current_step
}

/** Another code at the same place; of a rating its neighbor; of a word read wrong that it was right. */
function otherMark(tap: Extract<Tap, { noun: 'mark' }>): Tap[] {
  const { code } = tap.body
  if (code === 'err') return []
  const digit = /^[2-9]$/.test(code) ? `${Number(code) - 1}` : undefined
  return [{ ...tap, body: { ...tap.body, code: digit ?? OPPOSITE[code] ?? code } }]
}

const OPPOSITE: { readonly [code: string]: string } = {
  '1': '0',
  '0': '1',
  Y: 'N',
  N: 'Y',
  yes: 'no',
  no: 'yes',
}

function other(result: string): '+' | '-' {
  return result === '+' ? '-' : '+'
}

function resultOf(tap: Tap): string {
  return tap.noun === 'trial' || tap.noun === 'step' ? tap.body.result : ''
}

function isIndependent(tap: Tap): boolean {
  return (
    (tap.noun === 'trial' || tap.noun === 'step') && tap.body.result === '+' && tap.body.level === undefined
  )
}

function percent(part: readonly Tap[], whole: readonly Tap[]): number | null {
  return whole.length === 0 ? null : (100 * part.length) / whole.length
}
