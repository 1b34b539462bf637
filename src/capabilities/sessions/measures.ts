/**
 * How a program is measured: every system of domain C.2, complete enough to fold a session without its program. A
 * published version carries one, each session copies it. What is tapped is in records.ts, what it comes to in
 * summary.ts. New optional fields and new systems may be added here; what is there never changes its meaning.
 */
import { z } from 'zod'
import { text } from '../../platform/records/envelope.ts'

/** A prompt level: its code on the button and in the data, and the words beside it. */
export const PromptLevel = z.strictObject({
  code: text(4),
  label: text(40),
  /** Touches the student: offered only where the plan says that it may (domain C.1). */
  physical: z.literal(true).optional(),
})

/**
 * The program's own ladder of prompts (domain C.1). `levels` are the prompts the adult may give, from least to
 * most intrusive for `least_to_most`, the other way round for `most_to_least`; independence is not among them.
 */
export const PromptScheme = z.strictObject({
  direction: z.enum(['least_to_most', 'most_to_least', 'graduated', 'time_delay']),
  wait_s: z.number().min(0).max(60),
  levels: z.array(PromptLevel).max(8),
  /** Time delay: seconds before the prompt, step by step; one number = constant. */
  delays_s: z.array(z.number().min(0).max(60)).min(1).max(10).optional(),
})
export type PromptScheme = z.infer<typeof PromptScheme>

const opportunities = z.int().min(0).max(200)

/** C1. Value: independent ÷ scored trials. */
const Trials = z.strictObject({
  system: z.literal('trials'),
  prompts: PromptScheme,
  min_opportunities: opportunities,
  /** How many trials the plan asks for; the Pad shows that many places. */
  planned: z.int().min(1).max(200),
  /** The prompt level that is taught now; correct there, or with less help, is shown beside the value. */
  target: text(4).optional(),
})
/** C2. Value: independent ÷ presented steps. */
const Steps = z.strictObject({
  system: z.literal('steps'),
  prompts: PromptScheme,
  min_opportunities: opportunities,
  chaining: z.enum(['total', 'forward', 'backward', 'backward_leap']),
  /** All but total-task chaining: the step taught now, 1-based. */
  current_step: z.int().min(1).optional(),
  /** Leap-ahead: steps that a probe showed as independent and that are not taught. */
  skipped: z.array(z.int().min(1).max(60)).max(60).optional(),
  steps: z.array(text(120)).min(1).max(60),
})
/** C3, C4. */
const Count = z.strictObject({
  system: z.literal('count'),
  /** `rate` divides by the observed minutes; `count` does so only when sessions differ in length (C3, C4). */
  value: z.enum(['count', 'rate']),
  /** Accept two taps within 200 ms as two (domain C.3). */
  rapid_tap: z.boolean(),
  /** Sessions observed for less are below minimum. */
  min_observed_s: z.int().min(0),
})
/** C5. Episodes with a start and an end. */
const Duration = z.strictObject({
  system: z.literal('duration'),
  /** Total time, mean time per episode, or share of the observed time. */
  value: z.enum(['total', 'mean', 'percent']),
  /** What a second start means while an episode runs: a new episode, or nothing (domain C.3). */
  second_start: z.enum(['ignored', 'new_episode']),
  min_observed_s: z.int().min(0),
})
/** C6. From the cue to the onset. Value: the median; no onset within the limit counts as "at least the limit". */
const Latency = z.strictObject({
  system: z.literal('latency'),
  limit_s: z.number().min(1).max(3600),
  min_opportunities: opportunities,
})
/** C7. From the end of one response to the start of the next. */
const Irt = z.strictObject({
  system: z.literal('irt'),
  value: z.enum(['median', 'mean']),
  /** Responses without a length of their own: one tap each. */
  instant: z.boolean(),
  /** Intervals between responses, not responses. */
  min_opportunities: opportunities,
})
/** C8. Value: scored ÷ observed intervals; an interval without an answer was not observed. */
const Interval = z.strictObject({
  system: z.literal('interval'),
  method: z.enum(['partial', 'whole', 'momentary']),
  interval_s: z.int().min(1).max(3600),
  planned: z.int().min(1).max(2000),
  /** How long after the cue, or after the interval, an answer still counts (domain C.2: 5). */
  tolerance_s: z.int().min(1).max(120),
  cue: z.enum(['vibration', 'sound', 'both', 'none']),
  /** More missed intervals than this share make the session partial, in percent (domain C.3: 20). */
  max_missed: z.int().min(0).max(100),
  min_opportunities: opportunities,
})
/** C9. Natural chances, taken as they come. Value: independent ÷ opportunities. */
const Opportunities = z.strictObject({
  system: z.literal('opportunities'),
  prompts: PromptScheme,
  min_opportunities: opportunities,
})
/** C10. Anchored levels, 0 for the first anchor. Value: the total, or the median item (no decimals implied). */
const Rubric = z.strictObject({
  system: z.literal('rubric'),
  value: z.enum(['total', 'median']),
  items: z
    .array(z.strictObject({ text: text(120), anchors: z.array(text(160)).min(2).max(10) }))
    .min(1)
    .max(20),
})
/** C11. Items of finished work, right or wrong. Value: correct ÷ items, or correct a minute of work. */
const Product = z.strictObject({
  system: z.literal('product'),
  value: z.enum(['percent', 'rate']),
  items: z.int().min(1).max(200),
  min_opportunities: opportunities,
  /** The work may be photographed, where the student's consent allows it (domain N.6). */
  photo: z.boolean(),
})
/** A named, versioned way of scoring, because publishers differ (domain C.2). */
export const ScoringRules = z.strictObject({
  name: text(80),
  version: z.int().min(1),
  /** Reading: each word of a skipped line is an error, or the line is one error and its words were not attempted. */
  skipped_line: z.enum(['each_word', 'one_error']).optional(),
  /** Reading: seconds of hesitation after which the word is told and counts as an error. */
  hesitation_s: z.int().min(1).max(10).optional(),
  /** Maze: half of the wrong choices is taken off, or nothing. */
  wrong_choices: z.enum(['ignored', 'half_off']).optional(),
  /** Stop after so many errors in a row at the beginning; the score is then 0. */
  discontinue: z.int().min(1).max(50).optional(),
})
/** C12. Timed curriculum-based measurement. */
const Cbm = z.strictObject({
  system: z.literal('cbm'),
  kind: z.enum(['reading', 'math', 'writing', 'spelling', 'letter_sounds', 'maze']),
  /** What is scored, in the words of the rule set: words correct, digits correct, correct writing sequences … */
  unit: text(40),
  value: z.enum(['per_minute', 'per_probe']),
  seconds: z.int().min(10).max(1800),
  rules: ScoringRules,
})
/** C13. The first trial of the day without teaching: yes or no. */
const Probe = z.strictObject({ system: z.literal('probe') })
/** C14 (tier T3): what came before, what happened, what came after. */
const Abc = z.strictObject({
  system: z.literal('abc'),
  /** The student's own defined behaviors, before the general list. */
  behaviors: z.array(text(80)).max(12),
  /** Whoever records may also say what it seemed to be for; off by default (domain C.4). */
  perceived_function: z.boolean(),
})
/** C15 (tier T3): a grid of time cells by days. */
const Scatterplot = z.strictObject({
  system: z.literal('scatterplot'),
  /** Local time of the first cell and of the end of the last, `HH:MM`. */
  from: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/),
  to: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/),
  cell_min: z.int().min(5).max(120),
  /** From so many occurrences on a cell says "many". */
  many_from: z.int().min(2).max(100),
})
/** C16. How strong each occurrence was. Value: the highest of the session. */
const Intensity = z.strictObject({
  system: z.literal('intensity'),
  /** What each level looks like, from 1 on. */
  anchors: z.array(text(120)).min(2).max(5),
  min_observed_s: z.int().min(0),
})
/** C17. Value: yes ÷ (yes + no). */
const Checklist = z.strictObject({
  system: z.literal('checklist'),
  items: z.array(text(120)).min(1).max(60),
  min_opportunities: opportunities,
})
/** C18 (tier T4). */
const Toileting = z.strictObject({
  system: z.literal('toileting'),
  /** Scheduled visits, `HH:MM` at the school; each is due for `tolerance_min` before and after. */
  times: z.array(z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)).max(24),
  tolerance_min: z.int().min(1).max(60),
  second_adult: z.boolean(),
})
/** C19 (tier T4). Only under a current feeding plan (domain C.5). */
const Feeding = z.strictObject({
  system: z.literal('feeding'),
  plan: text(120),
  /** Who signed it and until when it holds: without both nobody feeds. */
  signed_by: text(120),
  valid_until: z.iso.date(),
  /** IDDSI codes of food and drink. */
  texture: text(40),
  liquid: text(40),
  position: text(160),
  equipment: text(160),
})
/** C20. The student marks, the adult marks the same; their match is not agreement of observers. */
const SelfMonitoring = z.strictObject({
  system: z.literal('self'),
  interval_s: z.int().min(10).max(3600),
  planned: z.int().min(1).max(200),
  cue: z.enum(['vibration', 'sound', 'both', 'none']),
  /** The student's own yes, or how often both say the same. */
  value: z.enum(['yes', 'match']),
  min_opportunities: opportunities,
})
/** Points that came from elsewhere: a number without its fraction. */
const Imported = z.strictObject({
  system: z.literal('imported'),
  unit: text(40),
})

export const Measure = z.discriminatedUnion('system', [
  Trials,
  Steps,
  Count,
  Duration,
  Latency,
  Irt,
  Interval,
  Opportunities,
  Rubric,
  Product,
  Cbm,
  Probe,
  Abc,
  Scatterplot,
  Intensity,
  Checklist,
  Toileting,
  Feeding,
  SelfMonitoring,
  Imported,
])
export type Measure = z.infer<typeof Measure>
export type System = Measure['system']
export type MeasureOf<S extends System> = Extract<Measure, { system: S }>

/** Systems that have no sessions: each entry stands alone, in a tier of its own, in a log of the day. */
export const LOGGED = ['abc', 'scatterplot', 'toileting', 'feeding'] as const satisfies readonly System[]

/** Personal care (domain G.1): in lists that others may see it has a neutral name, its own stands inside its pad only. */
export function isOfCare(system: string): boolean {
  return system === 'toileting' || system === 'feeding'
}

/** What lists that others may see call a program: by its title, or by the neutral word where it is personal care. */
export function titleInLists(
  { title, measure }: { readonly title: string; readonly measure: { readonly system: string } },
  neutral: string,
): string {
  return isOfCare(measure.system) ? neutral : title
}
