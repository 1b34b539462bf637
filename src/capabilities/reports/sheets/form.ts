/**
 * What stands on a data sheet for each way of measuring, and is keyed in later: the same parts on paper and on the form,
 * with the same names, in the language of the sheet. The boxes are those of the pad. Pure.
 */
import { ANTECEDENTS, BEHAVIORS, CONSEQUENCES } from '../../behavior/abc.ts'
import { timesOf } from '../../behavior/grid.ts'
import type { Measure, MeasureOf } from '../../sessions/measures.ts'
import { buttonsOf } from '../../sessions/rules.ts'
import type { Language } from '../records.ts'
import { wordsOf, type SheetWords } from './words.ts'

export interface Option {
  readonly code: string
  readonly label: string
}

/** One code at each of several places. */
export interface Marks {
  readonly key: string
  readonly title: string
  readonly places: readonly {
    readonly n: number
    readonly label: string
    readonly options: readonly Option[]
  }[]
  /** `boxes`: places have numbers only, and a code is written into each. `lines`: each has words, and a code is circled. */
  readonly look: 'boxes' | 'lines'
}

export interface Column {
  readonly key: string
  readonly label: string
  /** `time` is HH:MM, `instant` HH:MM:SS. */
  readonly kind: 'time' | 'instant' | 'number' | 'one' | 'many' | 'yes'
  readonly options?: readonly Option[]
  /** A row without it is no row yet. */
  readonly needed: boolean
  readonly max?: number
}

export interface SheetForm {
  /** How to fill it in, in a line. */
  readonly hint: string
  readonly marks: readonly Marks[]
  readonly rows: {
    readonly title: string
    readonly columns: readonly Column[]
    readonly count: number
  } | null
  readonly numbers: readonly {
    readonly key: string
    readonly label: string
    readonly max: number
    readonly needed: boolean
  }[]
  /** Personal care: printed apart, and left out with the others. */
  readonly isPrivate: boolean
  /** A log of a day has no observation with a beginning and an end. */
  readonly isLog: boolean
}

/** Trials and chances on one sheet where the plan names no number, and rows to write into. */
const CHANCES = 20
const ROWS = 12

/** Null for what nobody collects by hand: points of other sources. */
export function formOf(measure: Measure, lang: Language): SheetForm | null {
  const words = wordsOf(lang)
  const common = { hint: words.hint[measure.system] ?? '', isPrivate: false, isLog: false } as const
  const none = { marks: [], rows: null, numbers: [] } as const
  switch (measure.system) {
    case 'trials':
    case 'opportunities': {
      const options = buttonOptions(measure, words)
      const count = measure.system === 'trials' ? measure.planned : CHANCES
      const title = measure.system === 'trials' ? words.trials : words.chances
      return { ...common, ...none, marks: [boxes('trial', title, count, options)] }
    }
    case 'steps': {
      const options = buttonOptions(measure, words)
      return { ...common, ...none, marks: [lines('step', words.steps, measure.steps, () => options)] }
    }
    case 'interval':
      return { ...common, ...none, marks: [boxes('mark', words.intervals, measure.planned, yesNo(words))] }
    case 'self':
      return {
        ...common,
        ...none,
        marks: [
          boxes('student', words.byStudent, measure.planned, yesNo(words)),
          boxes('adult', words.byAdult, measure.planned, yesNo(words)),
        ],
      }
    case 'probe': {
      const options = [
        { code: 'Y', label: words.yes },
        { code: 'N', label: words.no },
      ]
      return { ...common, ...none, marks: [lines('mark', words.probe, [words.firstTrial], () => options)] }
    }
    case 'rubric': {
      const anchors = (n: number) =>
        (measure.items[n]?.anchors ?? []).map((label, level) => ({ code: String(level), label }))
      const items = measure.items.map(({ text }) => text)
      return { ...common, ...none, marks: [lines('mark', words.items, items, anchors)] }
    }
    case 'checklist': {
      const options = [
        { code: 'yes', label: words.yes },
        { code: 'no', label: words.no },
        { code: 'NA', label: words.notToday },
      ]
      return { ...common, ...none, marks: [lines('mark', words.items, measure.items, () => options)] }
    }
    case 'scatterplot': {
      const many = measure.many_from
      const options = [
        { code: '0', label: words.never },
        { code: 'some', label: words.some(many - 1) },
        { code: 'many', label: words.many(many) },
      ]
      const cells = timesOf(measure)
      return { ...common, ...none, isLog: true, marks: [lines('cell', words.cells, cells, () => options)] }
    }
    case 'count':
      return { ...common, ...none, numbers: [number('count', words.count, 10_000)] }
    case 'product':
      return {
        ...common,
        ...none,
        numbers: [
          number('count', words.workedOn, measure.items),
          number('errors', words.wrong, measure.items),
          number('seconds', words.seconds, 36_000, false),
        ],
      }
    case 'cbm':
      return {
        ...common,
        ...none,
        numbers: [
          number('count', words.attempted(measure.unit), 10_000),
          number('errors', words.errors, 10_000),
          number('seconds', words.secondsOf(measure.seconds), measure.seconds, false),
        ],
      }
    case 'duration':
      return {
        ...common,
        ...none,
        rows: rows(words.episodes, [instant('start', words.start), instant('stop', words.stop)]),
      }
    case 'irt': {
      const columns = measure.instant
        ? [instant('start', words.when)]
        : [instant('start', words.start), instant('stop', words.stop)]
      return { ...common, ...none, rows: rows(words.responses, columns) }
    }
    case 'latency':
      return {
        ...common,
        ...none,
        rows: rows(words.cues, [
          { key: 'seconds', label: words.secondsUntil, kind: 'number', needed: false, max: measure.limit_s },
          { key: 'none', label: words.noneBy(measure.limit_s), kind: 'yes', needed: false },
        ]),
      }
    case 'intensity': {
      const options = measure.anchors.map((label, n) => ({ code: String(n + 1), label }))
      return {
        ...common,
        ...none,
        rows: rows(words.occurrences, [time('at', words.when), one('level', words.level, options)]),
      }
    }
    case 'abc':
      return { ...common, ...none, isLog: true, rows: rows(words.events, abcColumns(measure, words), 8) }
    case 'toileting':
      return {
        ...common,
        ...none,
        isLog: true,
        isPrivate: true,
        rows: rows(words.visits, visitColumns(measure, words), 10),
      }
    case 'feeding':
      return {
        ...common,
        ...none,
        isLog: true,
        isPrivate: true,
        rows: rows(words.meals, mealColumns(words), 4),
      }
    case 'imported':
      return null
  }
}

function buttonOptions(
  measure: MeasureOf<'trials'> | MeasureOf<'opportunities'> | MeasureOf<'steps'>,
  words: SheetWords,
): Option[] {
  return buttonsOf(measure as Measure).map(({ code, label, level, levelLabel }) => {
    const prompt = levelLabel ?? level ?? ''
    return {
      code,
      label:
        label === 'prompted'
          ? prompt
          : label === 'incorrect_prompted'
            ? words.notYetAfter(prompt)
            : words.results[label],
    }
  })
}

function abcColumns(measure: MeasureOf<'abc'>, words: SheetWords): Column[] {
  const own = measure.behaviors.map((label, n) => ({ code: `own:${n + 1}`, label }))
  return [
    time('at', words.when),
    several('antecedents', words.before, coded(ANTECEDENTS, words.abc)),
    one('behavior', words.behavior, [...own, ...coded(BEHAVIORS, words.abc)]),
    several('consequences', words.after, coded(CONSEQUENCES, words.abc)),
  ]
}

function visitColumns(measure: MeasureOf<'toileting'>, words: SheetWords): Column[] {
  const help = coded(['independent', 'verbal', 'physical'], words.care)
  const steps = ['sit', 'wipe', 'dress', 'flush', 'wash'] as const
  return [
    time('at', words.when),
    one(
      'visit',
      words.kind,
      coded(['scheduled', 'initiated', 'noticed', 'accident', 'dry_check'], words.care),
    ),
    one('result', words.result, coded(['urine', 'bm', 'both', 'dry', 'refused'], words.care)),
    one('clothing', words.clothing, coded(['dry', 'wet', 'soiled'], words.care)),
    ...steps.map((step) => one(step, words.care[step] ?? step, help, false)),
    yes('changed', words.changed),
    yes('skin_concern', words.skin),
    ...(measure.second_adult ? [yes('second_adult', words.secondAdult)] : []),
  ]
}

function mealColumns(words: SheetWords): Column[] {
  const shares = ['0', '25', '50', '75', '100'].map((code) => ({ code, label: `${code} %` }))
  return [
    time('at', words.when),
    one('meal', words.meal, coded(['breakfast', 'snack', 'lunch'], words.care)),
    count('minutes', words.minutes, 240),
    one('eaten', words.eaten, shares),
    count('fluid_ml', words.fluid, 3000),
    one('help', words.help, coded(['independent', 'verbal', 'physical'], words.care)),
    count('refusals', words.refusals, 100),
    several(
      'safety',
      words.safety,
      coded(['cough', 'gag', 'wet_voice', 'color_change', 'choking'], words.care),
      false,
    ),
  ]
}

function boxes(key: string, title: string, count: number, options: readonly Option[]): Marks {
  const places = Array.from({ length: count }, (_, n) => ({ n: n + 1, label: String(n + 1), options }))
  return { key, title, places, look: 'boxes' }
}

function lines(
  key: string,
  title: string,
  labels: readonly string[],
  optionsOf: (index: number) => readonly Option[],
): Marks {
  const places = labels.map((label, index) => ({ n: index + 1, label, options: optionsOf(index) }))
  return { key, title, places, look: 'lines' }
}

const rows = (title: string, columns: readonly Column[], howMany = ROWS) => ({
  title,
  columns,
  count: howMany,
})
const number = (key: string, label: string, max: number, needed = true) => ({ key, label, max, needed })
const time = (key: string, label: string): Column => ({ key, label, kind: 'time', needed: true })
const instant = (key: string, label: string): Column => ({ key, label, kind: 'instant', needed: true })
const count = (key: string, label: string, max: number): Column => ({
  key,
  label,
  kind: 'number',
  needed: true,
  max,
})
const yes = (key: string, label: string): Column => ({ key, label, kind: 'yes', needed: false })
const one = (key: string, label: string, options: readonly Option[], needed = true): Column => ({
  key,
  label,
  kind: 'one',
  options,
  needed,
})
const several = (key: string, label: string, options: readonly Option[], needed = true): Column => ({
  key,
  label,
  kind: 'many',
  options,
  needed,
})

function coded(codes: readonly string[], labels: Readonly<Record<string, string>>): Option[] {
  return codes.map((code) => ({ code, label: labels[code] ?? code }))
}

function yesNo(words: SheetWords): Option[] {
  return [
    { code: '1', label: words.yes },
    { code: '0', label: words.no },
  ]
}
