/** The words of the builder for what the pure files name by code: choices, fields, options, problems. */
import type { I18n, MessageDescriptor } from '@lingui/core'
import { msg, plural } from '@lingui/core/macro'
import type { Json } from '../../../platform/core/canonical.ts'
import { personOrRole } from '../../../platform/web/i18n/roles.ts'
import { cellLine, type MasteryRule } from '../../sessions/mastery.ts'
import type { Names } from '../../sessions/mastery-text.ts'
import { choiceOf, FIELDS, type LooseMeasure, type Question } from '../fields.ts'
import type { Unsound } from '../soundness.ts'
import type { FieldProblem } from '../working.ts'

export const QUESTION: { readonly [Q in Question]: MessageDescriptor } = {
  often: msg`How often?`,
  long: msg`How long?`,
  soon: msg`How soon?`,
  share: msg`Which share of the time?`,
  right: msg`Which trial or step was right?`,
  well: msg`How well?`,
  around: msg`What was around it?`,
  care: msg`What care was given?`,
}

/** The name in the field's words, and what is tapped. */
export const CHOICE: { readonly [id: string]: readonly [name: MessageDescriptor, what: MessageDescriptor] } =
  {
    count: [msg`Frequency`, msg`One tap each time it happens. Sessions of the same length.`],
    rate: [msg`Rate`, msg`One tap each time; divided by the minutes watched.`],
    duration: [msg`Duration`, msg`Start and stop of each episode.`],
    latency: [msg`Latency`, msg`From the instruction to the first response.`],
    irt: [msg`Time between responses`, msg`From the end of one response to the start of the next.`],
    momentary: [msg`Momentary time sampling`, msg`At each cue: is it happening right now?`],
    partial: [msg`Partial interval`, msg`Did it happen at any time in the interval?`],
    whole: [msg`Whole interval`, msg`Did it last the whole interval?`],
    self: [msg`Self-monitoring`, msg`The student marks; the adult marks the same interval.`],
    trials: [msg`Discrete trials`, msg`A planned number of trials, each with the help it took.`],
    opportunities: [
      msg`Percent of opportunities`,
      msg`Natural chances, as they come, each with the help it took.`,
    ],
    steps: [msg`Task analysis`, msg`The steps of a routine, each with the help it took.`],
    product: [msg`Finished work`, msg`Items right and wrong on work that is done.`],
    checklist: [msg`Checklist`, msg`Yes, no or not today, for each item.`],
    probe: [msg`Cold probe`, msg`The first trial of the day, before teaching: yes or no.`],
    rubric: [msg`Rubric`, msg`A level for each item; every level is described.`],
    intensity: [msg`Intensity`, msg`How strong each occurrence was; every level is described.`],
    reading: [msg`Reading aloud, timed`, msg`Words correct in a minute.`],
    math: [msg`Math facts, timed`, msg`Digits correct.`],
    writing: [msg`Writing, timed`, msg`Words or sequences in a timed sample.`],
    spelling: [msg`Spelling, timed`, msg`Letter sequences correct.`],
    letter_sounds: [msg`Letter sounds, timed`, msg`Sounds correct in a minute.`],
    maze: [msg`Maze, timed`, msg`The right word of three, in a passage.`],
    abc: [msg`ABC record`, msg`What came before, what happened, what came after.`],
    scatterplot: [msg`Scatterplot`, msg`None, some or many in each part of the day.`],
    toileting: [msg`Toileting`, msg`Visits, and how each one went.`],
    feeding: [msg`Feeding`, msg`Meals under a signed feeding plan.`],
  }

/** What the owner should know before choosing (domain C.2). */
export const TIP: { readonly [id: string]: MessageDescriptor } = {
  partial: msg`Shows more time than it really took. Mainly for behavior to reduce. Shorter intervals, less error.`,
  whole: msg`Shows less time than it really took. For behavior to increase. Shorter intervals, less error.`,
  momentary: msg`Errs both ways, and least of the three for how long something lasts. 1 to 3 minutes fit while teaching.`,
  count: msg`Compares only sessions of the same length. If they differ, choose the rate.`,
  abc: msg`Counts show what happened together, not why.`,
}

/** `system.field`, or the field alone where all systems say the same. */
const FIELD: { readonly [key: string]: MessageDescriptor } = {
  'trials.planned': msg`Trials a session`,
  'interval.planned': msg`Intervals a session`,
  'self.planned': msg`Intervals a session`,
  min_opportunities: msg`At least this many, or the session does not count`,
  min_observed_s: msg`Minutes to watch, at least`,
  'steps.steps': msg`Steps, one a line`,
  'steps.chaining': msg`How the steps are taught`,
  'steps.current_step': msg`Step taught now`,
  'steps.skipped': msg`Steps left out because a probe showed them (numbers)`,
  value: msg`Value of a session`,
  'count.rapid_tap': msg`Two taps within a fifth of a second are two`,
  'duration.second_start': msg`A second start while it still runs`,
  'latency.limit_s': msg`Longest wait`,
  'irt.instant': msg`Responses have no length: one tap each`,
  'interval.method': msg`Method`,
  interval_s: msg`Length of an interval`,
  'interval.tolerance_s': msg`An answer counts for this long after the cue`,
  cue: msg`Cue`,
  'interval.max_missed': msg`More missed than this makes the session partial`,
  'rubric.items': msg`Items and their levels`,
  'product.items': msg`Items on the work`,
  'product.photo': msg`The work may be photographed (only with the family’s consent)`,
  'cbm.kind': msg`Kind of probe`,
  'cbm.seconds': msg`Length of the probe`,
  'cbm.unit': msg`What is scored`,
  'cbm.rules': msg`Scoring rules`,
  'abc.behaviors': msg`This student’s own behaviors, one a line`,
  'abc.perceived_function': msg`Whoever records may also say what it seemed to be for`,
  'scatterplot.from': msg`From`,
  'scatterplot.to': msg`To`,
  'scatterplot.cell_min': msg`Length of a cell`,
  'scatterplot.many_from': msg`“Many” begins at`,
  'intensity.anchors': msg`What each level looks like, from 1 up, one a line`,
  'checklist.items': msg`Items, one a line`,
  'toileting.times': msg`Times of the scheduled visits, one a line (like 10:15)`,
  'toileting.tolerance_min': msg`Due this long before and after`,
  'toileting.second_adult': msg`A second adult is present`,
  'feeding.plan': msg`Feeding plan`,
  'feeding.signed_by': msg`Signed by`,
  'feeding.valid_until': msg`Valid until`,
  'feeding.texture': msg`Texture of food (IDDSI)`,
  'feeding.liquid': msg`Thickness of drinks (IDDSI)`,
  'feeding.position': msg`Position`,
  'feeding.equipment': msg`Equipment`,
  'imported.unit': msg`Unit`,
  prompts: msg`Prompts`,
  'trials.target': msg`Prompt level taught now`,
  measure: msg`How it is measured`,
  title: msg`Short name`,
  goal: msg`Goal in the IEP`,
  criterion: msg`Criterion in the IEP`,
  definition: msg`What counts`,
  examples: msg`Examples`,
  non_examples: msg`Does not count`,
  direction: msg`Direction`,
  instruction: msg`What the adult says or shows`,
  response_window_s: msg`Wait for an answer`,
  error_correction: msg`After an error`,
  reinforcement: msg`After a correct answer`,
  materials: msg`Materials`,
  settings: msg`Settings`,
  competency: msg`Training needed`,
  schedule: msg`How often it is run`,
  mastery: msg`Mastery rule`,
  fidelity: msg`Steps of running it right`,
  forms: msg`Passages and forms`,
  trend: msg`Trend line of the graph`,
  decision_rules: msg`Decision rules`,
}

export function fieldName(i18n: I18n, key: string, measure?: LooseMeasure | null): string {
  const name = key.replace(/^measure\./, '')
  const found = (measure && FIELD[`${measure.system}.${name}`]) ?? FIELD[name]
  return found ? i18n._(found) : name
}

const OPTION: { readonly [key: string]: MessageDescriptor } = {
  'steps.total': msg`Total task: every step, every time`,
  'steps.forward': msg`Forward: from the first step on`,
  'steps.backward': msg`Backward: from the last step back`,
  'steps.backward_leap': msg`Backward with leaps: steps already known are left out`,
  'count.count': msg`Count`,
  'count.rate': msg`Rate`,
  'duration.total': msg`Total time`,
  'duration.mean': msg`Mean time of an episode`,
  'duration.percent': msg`Share of the time watched`,
  'duration.ignored': msg`is ignored`,
  'duration.new_episode': msg`begins a new episode`,
  'irt.median': msg`Median`,
  'irt.mean': msg`Mean`,
  'interval.partial': msg`Partial interval`,
  'interval.whole': msg`Whole interval`,
  'interval.momentary': msg`Momentary`,
  vibration: msg`Vibration`,
  sound: msg`Sound`,
  both: msg`Both`,
  none: msg`None`,
  'rubric.total': msg`Total of the levels`,
  'rubric.median': msg`Median level`,
  'product.percent': msg`Percent correct`,
  'product.rate': msg`Correct a minute`,
  'cbm.reading': msg`Reading`,
  'cbm.math': msg`Math`,
  'cbm.writing': msg`Writing`,
  'cbm.spelling': msg`Spelling`,
  'cbm.letter_sounds': msg`Letter sounds`,
  'cbm.maze': msg`Maze`,
  'cbm.per_minute': msg`A minute`,
  'cbm.per_probe': msg`A probe`,
  'self.yes': msg`The student’s yes`,
  'self.match': msg`Match with the adult`,
  increase: msg`More is better`,
  decrease: msg`Less is better`,
  least_to_most: msg`Least to most`,
  most_to_least: msg`Most to least`,
  graduated: msg`Graduated guidance`,
  time_delay: msg`Time delay`,
}

export function optionName(i18n: I18n, value: string, measure?: LooseMeasure | null): string {
  const found = (measure && OPTION[`${measure.system}.${value}`]) ?? OPTION[value]
  return found ? i18n._(found) : value
}

/** The metric in the sentence of a mastery rule: “[80] % independent”. */
const METRIC: { readonly [metric: string]: MessageDescriptor } = {
  pct_independent: msg`% of trials independent`,
  pct_opportunities: msg`% of opportunities independent`,
  pct_steps_independent: msg`% of steps independent`,
  count: msg`occurrences a session`,
  rate: msg`occurrences a minute`,
  duration_total: msg`seconds in all`,
  duration_mean: msg`seconds an episode`,
  pct_duration: msg`% of the time`,
  latency_median: msg`seconds to the response`,
  irt_median: msg`seconds between responses`,
  irt_mean: msg`seconds between responses`,
  pct_intervals: msg`% of intervals`,
  rubric_total: msg`points in all`,
  rubric_median: msg`as the median level`,
  pct_correct: msg`% correct`,
  correct_rate: msg`correct a minute`,
  cbm_rate: msg`correct a minute`,
  cbm_score: msg`correct a probe`,
  probe: msg`on the cold probe (1 = yes)`,
  intensity_max: msg`as the highest level`,
  pct_yes: msg`% yes`,
  pct_self_yes: msg`% yes by the student`,
  pct_self_match: msg`% match with the adult`,
}

export function metricName(i18n: I18n, metric: string): string {
  const found = METRIC[metric]
  return found ? i18n._(found) : metric
}

/** A rule as one plain sentence. */
export function ruleWords(i18n: I18n, rule: MasteryRule, names: Names = {}): string {
  const { cmp, threshold, metric } = rule
  const { k, of, unit } = rule.run
  const name = metricName(i18n, metric)
  const days = unit === 'days'
  const parts = [
    cmp === '>=' ? i18n._(msg`at least ${threshold} ${name}`) : i18n._(msg`at most ${threshold} ${name}`),
    of === undefined
      ? days
        ? i18n._(msg`on ${k} school days in a row`)
        : i18n._(msg`for ${k} sessions in a row`)
      : days
        ? i18n._(msg`on ${k} of ${of} school days`)
        : i18n._(msg`in ${k} of ${of} sessions`),
    ...said(rule.min_trials, (n) => msg`at least ${n} trials each`),
    ...said(rule.min_staff, (n) => msg`${n} different people`),
    ...said(rule.min_settings, (n) => msg`${n} different settings`),
    ...said(rule.min_days, (n) => msg`${n} different days`),
    ...said(rule.min_observed, (n) => msg`at least ${n} % of the day watched`),
    ...said(rule.at_prompt, (level) => msg`correct at ${level} or with less help`),
    ...said(rule.within_days, (n) => msg`within ${n} school days`),
    ...(rule.cold_probe ? [i18n._(msg`one of them a cold probe`)] : []),
    ...(rule.count_subs ? [i18n._(msg`substitutes count as different people`)] : []),
    ...(rule.cells ?? []).map((cell) => also(cell)),
  ]
  return parts.join(', ')

  function also(cell: NonNullable<MasteryRule['cells']>[number]): string {
    const line = cellLine(cell, (who) => personOrRole(i18n, who, names))
    return i18n._(msg`also shown: ${line}`)
  }
  function said<T>(value: T | undefined, words: (value: T) => MessageDescriptor): string[] {
    return value === undefined ? [] : [i18n._(words(value))]
  }
}

const FIELD_PROBLEM: { readonly [K in FieldProblem['kind']]: MessageDescriptor } = {
  missing: msg`still needed`,
  too_long: msg`too long`,
  too_many: msg`too many entries`,
  out_of_range: msg`outside of what is possible`,
  wrong: msg`cannot be read`,
}

export function fieldProblemWords(i18n: I18n, kind: FieldProblem['kind']): string {
  return i18n._(FIELD_PROBLEM[kind])
}

/** What cannot work, and what to do about it. */
export function unsoundWords(i18n: I18n, one: Unsound): string {
  switch (one.kind) {
    case 'min_over_planned':
      return i18n._(
        msg`A session is planned to have ${one.planned} and needs at least ${one.min} to count: no session would ever count.`,
      )
    case 'level_twice':
      return i18n._(msg`Two prompt levels have the code ${one.code}. Each needs its own.`)
    case 'target_unknown':
      return i18n._(msg`The level taught now, ${one.code}, is not on the ladder.`)
    case 'no_step_taught':
      return i18n._(msg`Say which step is taught now, or teach the total task.`)
    case 'step_outside':
      return i18n._(msg`Step ${one.step} is named, and there are ${one.steps} steps.`)
    case 'tolerance_over_interval':
      return i18n._(
        msg`An answer would still count after ${one.tolerance} s, when the next interval of ${one.interval} s is over.`,
      )
    case 'hours_reversed':
      return i18n._(msg`The day’s grid ends before it begins.`)
    case 'cell_over_hours':
      return i18n._(msg`One cell is longer than the whole grid.`)
    case 'visit_twice':
      return i18n._(msg`The visit at ${one.time} is there twice.`)
    case 'plan_expired':
      return i18n._(msg`The feeding plan has ended. Nobody feeds without a current plan.`)
    case 'form_empty':
      return i18n._(msg`The passage “${one.title}” has no words.`)
    case 'form_twice':
      return i18n._(msg`Two passages are called “${one.title}”.`)
    case 'rule_without_sessions':
      return i18n._(msg`This is a log without sessions: a mastery rule cannot be met. Take the rule out.`)
    case 'too_large':
      return i18n._(
        msg`The program is too large to be sent (${one.kilobytes} kB; 60 is the most). Take out a passage or two.`,
      )
    case 'rule':
      return ruleProblemWords(i18n, one.problem)
  }
}

type RuleProblem = Extract<Unsound, { kind: 'rule' }>['problem']

export function ruleProblemWords(i18n: I18n, problem: RuleProblem): string {
  switch (problem.kind) {
    case 'run_over_window':
      return i18n._(msg`${problem.k} of the last ${problem.of} cannot be: there are only ${problem.of}.`)
    case 'threshold_over_100':
      return i18n._(msg`More than 100 % cannot be reached.`)
    case 'always_met':
      return i18n._(msg`Every session meets this rule: it says nothing.`)
    case 'trials_over_planned':
      return i18n._(
        msg`The rule asks for ${problem.trials} trials, and a session is planned to have ${problem.planned}.`,
      )
    case 'staff_over_run':
      return i18n._(msg`${problem.needed} different people cannot run ${problem.run} sessions.`)
    case 'settings_over_run':
      return i18n._(msg`${problem.needed} different settings do not fit into ${problem.run} sessions.`)
    case 'days_over_run':
      return i18n._(msg`${problem.needed} different days do not fit into ${problem.run}.`)
    case 'days_over_within':
      return i18n._(msg`It takes ${problem.needed} school days, and only ${problem.within} are given.`)
    case 'observed_without_days':
      return i18n._(msg`The share of the day watched fits school days, not sessions.`)
    case 'unknown_metric':
      return i18n._(msg`The rule asks for something that this measurement does not give.`)
    case 'unknown_prompt':
      return i18n._(msg`The prompt level ${problem.level} is not on the ladder.`)
    case 'unknown_material':
      return i18n._(msg`“${problem.material}” is not among the materials: no session could be run with it.`)
    case 'cell_twice':
      return i18n._(msg`The same place and person are asked for twice.`)
  }
}

/** A value of the program in words, for the list of changes. */
export function valueWords(
  i18n: I18n,
  key: string,
  value: Json,
  measure: LooseMeasure,
  names: Names = {},
): string {
  if (value === null) return i18n._(msg`nothing`)
  if (key === 'measure') {
    const id = choiceOf(value as LooseMeasure)?.id
    const name = id === undefined ? undefined : CHOICE[id]?.[0]
    return name ? i18n._(name) : (value as LooseMeasure).system
  }
  if (key === 'mastery') return ruleWords(i18n, value as MasteryRule, names)
  if (typeof value === 'boolean') return value ? i18n._(msg`yes`) : i18n._(msg`no`)
  if (typeof value === 'number') {
    const kind = FIELDS[measure.system].find((field) => `measure.${field.key}` === key)
    if (kind?.kind === 'minutes') return i18n._(msg`${value / 60} min`)
    const unit = kind && 'unit' in kind ? kind.unit : key === 'response_window_s' ? 's' : undefined
    return unit === undefined ? String(value) : `${value} ${unit}`
  }
  if (typeof value === 'string') return optionName(i18n, value, measure)
  if (key === 'measure.prompts') {
    const {
      direction,
      wait_s: wait,
      levels,
    } = value as unknown as {
      direction: string
      wait_s: number
      levels: { code: string; label: string }[]
    }
    const ladder = levels.map((level) => `${level.label} (${level.code})`).join(' → ')
    return `${optionName(i18n, direction)}: ${ladder}, ${i18n._(msg`wait ${wait} s`)}`
  }
  if (key === 'schedule') {
    const { times, per } = value as unknown as { times: number; per: 'day' | 'week' }
    return scheduleWords(i18n, times, per)
  }
  if (Array.isArray(value))
    return value.map((one) => (typeof one === 'object' ? nameIn(one) : String(one))).join(' · ')
  return nameIn(value)
}

function scheduleWords(i18n: I18n, times: number, per: 'day' | 'week'): string {
  return per === 'day'
    ? i18n._(msg`${plural(times, { one: '# time a day', other: '# times a day' })}`)
    : i18n._(msg`${plural(times, { one: '# time a week', other: '# times a week' })}`)
}

/** What a form, a rubric's item or a rule set is called. */
function nameIn(value: Json): string {
  const { title, text, name } = value as { title?: string; text?: string; name?: string }
  return title ?? name ?? text ?? ''
}
