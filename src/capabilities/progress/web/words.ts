/**
 * The goal graph in words: labels of the drawing, the description of a point, its cells in the table. One hook, so
 * that what is drawn, read aloud and listed says the same.
 */
import { plural } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import type { Day } from '../../../platform/core/days.ts'
import type { Flag } from '../../sessions/state.ts'
import type { ChartWords } from '../chart.ts'
import type { Gap, GraphModel, GraphPhase, GraphPoint, Metric, Note, Unit } from '../rules.ts'
import type { DayStyle } from '../ticks.ts'

export type GraphWords = ChartWords & {
  /** `71%`, `0.2 per min`, `45` */
  readonly value: (value: number, unit: Unit) => string
  /** The value of a point; null when nothing was measured. */
  readonly valueAt: (point: GraphPoint) => string | null
  /** `5/7`, `4 in 20 min`; null where there is none */
  readonly fraction: (point: GraphPoint) => string | null
  /** `Nov 3, 8:52 AM`, `Session 12` */
  readonly when: (point: GraphPoint, withYear?: boolean) => string
  /** The facts beside a point; what needs no word has none. */
  readonly notes: (point: GraphPoint) => string[]
  /** One sentence of facts about a point. */
  readonly describe: (point: GraphPoint) => string
  /** What a picture of the whole graph says. */
  readonly summary: (model: GraphModel, title: string) => string
  readonly level: (phase: Pick<GraphPhase, 'level' | 'share'>, unit: Unit) => string
}

const DAY_STYLES: { readonly [style in DayStyle]: Intl.DateTimeFormatOptions } = {
  day: { day: 'numeric' },
  month_day: { month: 'short', day: 'numeric' },
  month: { month: 'short' },
  month_year: { month: 'short', year: 'numeric' },
  year: { year: 'numeric' },
}

/** Metrics whose opportunities are milliseconds of observation. */
const OBSERVED: readonly Metric[] = [
  'count',
  'rate',
  'duration_total',
  'duration_mean',
  'pct_duration',
  'intensity_max',
]

export function useGraphWords(locale?: string): GraphWords {
  const { t, i18n } = useLingui()
  const language = locale ?? i18n.locale
  const { numbers, ticks, percent, dayIn, momentIn } = writersIn(language)

  const words: GraphWords = {
    valueAxis(unit, metric, text) {
      if (unit.kind === 'source') return unit.text
      if (text !== null) return unit.kind === 'per_minute' ? t`${text} per minute` : text
      return metricWord(metric, unit)
    },
    sessionAxis: t`Session`,
    number(value, unit) {
      if (unit?.kind !== 'yes_no') return ticks.format(value)
      return value >= 0.5 ? t`yes` : t`no`
    },
    day(day, style) {
      return dayIn(style).format(dateOf(day))
    },
    phase({ label, version }) {
      return label ?? (version === null ? '' : t`Version ${version}`)
    },
    aim(aim, unit) {
      const goal = words.value(aim.goal, unit)
      const day = words.day(aim.to, 'month_day')
      return t`aim ${goal} by ${day}`
    },
    gap(gap) {
      const word = gapWord(gap)
      return gap.count > 1 && gap.kind !== 'break' && gap.kind !== 'no_data' ? `${word} ×${gap.count}` : word
    },
    empty: t`No data yet`,

    value(value, unit) {
      const number = numbers.format(value)
      switch (unit.kind) {
        case 'percent':
          return percent.format(value / 100)
        case 'per_minute':
          return t`${number} per min`
        case 'per_hour':
          return t`${number} per hour`
        case 'seconds':
          return t`${number} s`
        case 'minutes':
          return t`${number} min`
        case 'yes_no':
          return value >= 0.5 ? t`yes` : t`no`
        case 'count':
        case 'points':
        case 'source':
          return number
      }
    },
    valueAt({ value, unit, atLeast }) {
      if (value === null) return null
      const written = words.value(value, unit)
      return atLeast ? t`${written} or more` : written
    },
    fraction({ numerator, denominator, unit, metric }) {
      if (metric === 'imported') return t`not in source`
      if (numerator === null || denominator === null) return null
      if (metric === 'pct_duration') {
        const part = numbers.format(numerator / 60_000)
        const whole = numbers.format(denominator / 60_000)
        return t`${part} of ${whole} min`
      }
      if (unit.kind === 'percent') return `${numbers.format(numerator)}/${numbers.format(denominator)}`
      if (unit.kind !== 'per_minute' && unit.kind !== 'per_hour') return null
      const minutes = numbers.format(denominator / 60_000)
      const count = numbers.format(numerator)
      return t`${count} in ${minutes} min`
    },
    when({ day, time, session }, withYear = false) {
      if (day === null) {
        const number = ticks.format(session ?? 0)
        return t`Session ${number}`
      }
      return momentIn(withYear, time !== null).format(dateOf(day, time))
    },
    notes(point) {
      return point.notes.flatMap((note) => noteWord(note) ?? [])
    },
    describe(point) {
      const value = words.valueAt(point) ?? t`no data`
      const fraction = point.metric === 'imported' ? null : words.fraction(point)
      return [words.when(point), fraction, value, point.by.join(', '), ...words.notes(point)]
        .filter((part) => part !== null && part !== '')
        .join(' · ')
    },
    summary(model, title) {
      const isMeasured = ({ y }: GraphPoint) => y !== null
      const [first, last] = [model.points.find(isMeasured), model.points.findLast(isMeasured)]
      if (!first || !last) return `${title}. ${words.empty}.`
      const { unit, metric, text } = model.axis.y
      const axis = words.valueAxis(unit, metric, text)
      const n = model.points.filter(isMeasured).length
      const points = plural(n, { one: '# point', other: '# points' })
      const from = words.when({ ...first, time: null }, true)
      const to = words.when({ ...last, time: null }, true)
      const parts = [title, axis, t`${points} from ${from} to ${to}`]
      for (const phase of model.phases) {
        const label = words.phase(phase)
        const level = words.level(phase, unit)
        if (level !== '') parts.push(label === '' ? level : `${label}: ${level}`)
      }
      const aim = model.aims.find((one) => one.current)
      if (aim) parts.push(words.aim(aim, unit))
      const latest = words.describe(last)
      parts.push(t`Latest: ${latest}`)
      return `${parts.join('. ')}.`
    },
    level({ level, share }, unit) {
      if (share) {
        const yes = percent.format(share.yes / share.of)
        return t`yes ${share.yes} of ${share.of} = ${yes}`
      }
      if (!level) return ''
      const { n } = level
      const points = plural(n, { one: '# point', other: '# points' })
      const middle = words.value(level.median, unit)
      if (n === 1) return `${middle}, ${points}`
      const low = words.value(level.min, unit)
      const high = words.value(level.max, unit)
      return t`median ${middle}, ${low} to ${high}, ${points}`
    },
  }
  return words

  function metricWord(metric: Metric, unit: Unit): string {
    const hourly = unit.kind === 'per_hour'
    const minutes = unit.kind === 'minutes'
    switch (metric) {
      case 'pct_independent':
        return t`Percent of trials independent`
      case 'pct_opportunities':
        return t`Percent of opportunities independent`
      case 'pct_steps_independent':
        return t`Percent of steps independent`
      case 'count':
      case 'imported':
        return t`Count`
      case 'rate':
        return hourly ? t`Times per hour` : t`Times per minute`
      case 'duration_total':
        return minutes ? t`Total time, minutes` : t`Total time, seconds`
      case 'duration_mean':
        return minutes ? t`Minutes per episode` : t`Seconds per episode`
      case 'pct_duration':
        return t`Percent of the time observed`
      case 'latency_median':
        return minutes ? t`Minutes until it began (median)` : t`Seconds until it began (median)`
      case 'irt_median':
        return minutes ? t`Minutes between responses (median)` : t`Seconds between responses (median)`
      case 'irt_mean':
        return minutes ? t`Minutes between responses (mean)` : t`Seconds between responses (mean)`
      case 'pct_intervals':
        return t`Percent of intervals`
      case 'rubric_total':
        return t`Points`
      case 'rubric_median':
        return t`Level (median item)`
      case 'pct_correct':
        return t`Percent correct`
      case 'correct_rate':
        return t`Correct per minute`
      case 'cbm_rate':
        return t`Per minute`
      case 'cbm_score':
        return t`Score`
      case 'probe':
        return t`First trial of the day`
      case 'intensity_max':
        return t`Highest level`
      case 'pct_yes':
        return t`Percent yes`
      case 'pct_self_yes':
        return t`Percent yes, by the student`
      case 'pct_self_match':
        return t`Percent of marks that match`
    }
  }

  /** Short: it stands under the axis, in the width of a few days. */
  function gapWord(gap: Gap): string {
    switch (gap.kind) {
      case 'not_run':
        return reasons().short[gap.reason ?? ''] ?? t`not run`
      case 'no_opportunity':
        return t`no chance`
      case 'blank':
        return t`blank`
      case 'break':
        return t`school break`
      case 'no_data':
        return t`no data`
    }
  }

  function noteWord(note: Note): string | null {
    switch (note.kind) {
      case 'below_min': {
        const inTime = OBSERVED.includes(note.metric)
        const n = numbers.format(inTime ? note.n / 60_000 : note.n)
        const min = numbers.format(inTime ? note.min / 60_000 : note.min)
        return inTime ? t`below minimum (${n} of ${min} min)` : t`below minimum (${n} of ${min})`
      }
      case 'not_run': {
        const reason = reasons().long[note.reason ?? '']
        const n = note.count
        if (n > 1) return plural(n, { one: '# session not run', other: '# sessions not run' })
        return reason ?? t`not run`
      }
      case 'agreement': {
        const share = note.percent === null ? null : percent.format(note.percent / 100)
        const pair = `${note.agreed}/${note.total}`
        if (share === null) return t`agreement ${pair}, too few for a percent`
        if (!note.whole) return t`agreement ${share}`
        return note.low ? t`agreement ${share} (${pair}), under 80%` : t`agreement ${share} (${pair})`
      }
      case 'fidelity': {
        const share = percent.format(note.correct / note.scored)
        const pair = `${note.correct}/${note.scored}`
        return note.low ? t`fidelity ${share} (${pair}), under 80%` : t`fidelity ${share} (${pair})`
      }
      case 'pooled': {
        const n = note.count
        return plural(n, { one: '# session', other: '# sessions together' })
      }
      case 'tag':
        return tags()[note.tag] ?? note.tag.replaceAll('_', ' ')
      case 'flag':
        return flags()[note.flag]
      case 'partial':
        return t`interrupted`
      case 'no_opportunity':
        return t`no opportunity came up`
      case 'running':
        return t`running now`
      case 'older_version':
        return t`recorded under an earlier definition`
      case 'other_measure':
        return t`measured another way, not drawn`
      case 'overlap':
        return t`another adult recorded at the same time`
      case 'second_observer':
        return t`second observer`
      case 'no_fraction':
        return null
      case 'blank':
        return t`blank in source`
    }
  }

  function reasons() {
    const short: { readonly [reason: string]: string } = {
      student_absent: t`absent`,
      student_left_early: t`left early`,
      no_opportunity: t`no chance`,
      refused: t`refused`,
      staff_absent: t`no staff`,
      schedule_event: t`event`,
      behavior_crisis: t`crisis`,
      health: t`health`,
      materials_missing: t`no materials`,
      program_on_hold: t`on hold`,
      not_enough_time: t`no time`,
    }
    const long: { readonly [reason: string]: string } = {
      student_absent: t`student absent`,
      student_left_early: t`student left early`,
      no_opportunity: t`no opportunity came up`,
      refused: t`refused`,
      staff_absent: t`staff absent`,
      schedule_event: t`assembly, trip or drill`,
      behavior_crisis: t`behavior crisis`,
      health: t`health`,
      materials_missing: t`materials missing`,
      program_on_hold: t`program on hold`,
      not_enough_time: t`not enough time`,
    }
    return { short, long }
  }

  function tags(): { readonly [tag: string]: string } {
    return {
      substitute: t`substitute`,
      illness: t`illness`,
      drill: t`drill`,
      schedule_change: t`schedule change`,
      new_setting: t`new setting`,
      medication_reported: t`medication change reported`,
    }
  }

  /** An interruption is already said by the note `partial`. */
  function flags(): { readonly [flag in Flag]: string | null } {
    return {
      coded_twice: t`one item coded twice`,
      conflict: t`two corrections disagree`,
      two_devices: t`another device recorded too`,
      double_tap: t`a double tap was left out`,
      outside_clock: t`taps while the clock stood still were left out`,
      after_end: t`recorded after the end`,
      not_of_measure: t`entries that do not fit were left out`,
      suspended_or_clock_changed: t`device slept or its clock changed`,
      clock_changed: t`clock was changed`,
      interrupted: null,
      reopened: t`reopened`,
      ended_twice: t`ended twice`,
      closed_elsewhere: t`closed on another device`,
      started_twice: t`started twice`,
      two_people: t`two people used one device`,
      unknown_level: t`prompt level not in the plan`,
      not_run_with_data: t`marked not run, but has data`,
      too_late: t`answers too late after the cue were left out`,
      overlap: t`a start while it already ran was left out`,
      unpaired: t`an end without its start, or an onset without its cue, was left out`,
      estimated: t`an end was estimated`,
      approximate: t`a count was approximate`,
      many_missed: t`many intervals were missed`,
      closed_at_end: t`still going on at the end`,
      from_paper: t`typed in from paper`,
      times_moved: t`times put right: the device’s clock was wrong`,
      unreadable: t`one record could not be read`,
    }
  }
}

/** What writes numbers and days in a language. To make one takes as long as drawing a hundred points. */
interface Writers {
  readonly numbers: Intl.NumberFormat
  readonly ticks: Intl.NumberFormat
  readonly percent: Intl.NumberFormat
  readonly dayIn: (style: DayStyle) => Intl.DateTimeFormat
  readonly momentIn: (withYear: boolean, withTime: boolean) => Intl.DateTimeFormat
}

const writers = new Map<string, Writers>()

function writersIn(language: string): Writers {
  const known = writers.get(language)
  if (known) return known
  const dates = new Map<string, Intl.DateTimeFormat>()
  const dated = (key: string, options: Intl.DateTimeFormatOptions) => {
    const format = dates.get(key) ?? new Intl.DateTimeFormat(language, { timeZone: 'UTC', ...options })
    dates.set(key, format)
    return format
  }
  const made: Writers = {
    numbers: new Intl.NumberFormat(language, { maximumFractionDigits: 2 }),
    ticks: new Intl.NumberFormat(language, { maximumSignificantDigits: 6 }),
    percent: new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 }),
    dayIn: (style) => dated(style, DAY_STYLES[style]),
    momentIn: (withYear, withTime) =>
      dated(`moment ${withYear} ${withTime}`, {
        month: 'short',
        day: 'numeric',
        ...(withYear ? { year: 'numeric' } : {}),
        ...(withTime ? { hour: 'numeric', minute: '2-digit' } : {}),
      }),
  }
  writers.set(language, made)
  return made
}

/** The calendar day as an instant in UTC, in which all formats of this file write. */
function dateOf(day: Day, time: string | null = null): Date {
  return new Date(`${day}T${time ?? '12:00'}:00Z`)
}
