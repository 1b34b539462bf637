/** What a graph was asked to show, in words: on its card and in its files. */
import { useLingui } from '@lingui/react/macro'
import type { ChoiceOption } from '../../../platform/web/kit/Choice.tsx'
import type { Choices, Choosing, Range } from '../choose.ts'
import type { Goal } from '../goal.ts'
import { initialsOf } from '../table-file.ts'
import type { Picture } from './GraphCard.tsx'
import { useWeekdayName } from './useWeekdayName.ts'
import { useGraphWords } from './words.ts'

export function useChoiceWords(goal: Goal) {
  const { t } = useLingui()
  const words = useGraphWords()
  const weekdayName = useWeekdayName()
  const ranges: Readonly<Record<Exclude<Range['kind'], 'days'>, string>> = {
    all: t`All data`,
    year: t`This school year`,
    phase: t`This phase`,
    last_30: t`Last 30 days`,
  }
  /** In a row of a phone; the sentence above the graph has them whole. */
  const short: typeof ranges = {
    all: t`All`,
    year: t`School year`,
    phase: t`This phase`,
    last_30: t`30 days`,
  }
  const pictures: Readonly<Record<Picture, string>> = {
    graph: t`Graph`,
    ladder: t`Prompt levels`,
    steps: t`Steps`,
    celeration: t`Celeration`,
  }
  const rangeWord = (range: Range): string => {
    if (range.kind !== 'days') return ranges[range.kind]
    const [from, to] = [words.day(range.from, 'month_day'), words.day(range.to, 'month_day')]
    return t`${from} to ${to}`
  }
  return {
    ranges(choices: Choices, { range }: Choosing): ChoiceOption<Range['kind']>[] {
      const own: readonly Range['kind'][] = range.kind === 'days' ? ['days'] : []
      return (['all', ...choices.ranges, ...own] as const).map((value) => ({
        value,
        label: value === 'days' ? rangeWord(range) : short[value],
      }))
    },
    pictures: (found: readonly Picture[]): ChoiceOption<Picture>[] =>
      found.map((value) => ({ value, label: pictures[value] })),
    /** `initials`: for files, which name nobody. */
    chosen({ range, by, setting, substitutes, time, weekday, daily }: Choosing, initials = false): string[] {
      const name = by === null ? '' : (goal.names[by] ?? '')
      const person = initials ? initialsOf(name) : name
      return [
        range.kind === 'all' ? '' : rangeWord(range),
        by === null ? '' : t`run by ${person}`,
        setting === null ? '' : t`in ${setting}`,
        substitutes === 'with' ? '' : substitutes === 'only' ? t`substitutes only` : t`without substitutes`,
        time === 'any' ? '' : time === 'morning' ? t`mornings` : t`afternoons`,
        weekday === null ? '' : t`only ${weekdayName(weekday)}`,
        daily ? t`one point a day` : '',
      ].filter((part) => part !== '')
    },
  }
}
