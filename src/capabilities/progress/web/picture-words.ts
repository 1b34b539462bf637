/** Words of the drawings beside the goal graph. */
import { useLingui } from '@lingui/react/macro'
import type { CelerationWords } from '../celeration-chart.ts'
import type { LadderWords } from '../ladder-chart.ts'
import type { Rung } from '../ladder.ts'
import type { StepWords } from '../step-chart.ts'
import type { StepResult } from '../stepwise.ts'
import { useGraphWords, type GraphWords } from './words.ts'

export function useLadderWords(): { words: GraphWords & LadderWords; rung: (rung: Rung) => string } {
  const { t } = useLingui()
  const words = useGraphWords()
  return {
    words: {
      ...words,
      share: t`Share of results, by prompt level`,
      percent: (value) => words.value(100 * value, { kind: 'percent' }),
    },
    rung(rung) {
      switch (rung.kind) {
        case 'independent':
          return t`alone`
        case 'prompt':
          return rung.label
        case 'not_yet':
          return t`not yet`
        case 'no_response':
          return t`no answer`
        case 'refused':
          return t`refused`
      }
    },
  }
}

export function useStepWords(): {
  words: GraphWords & StepWords
  results: Readonly<Record<Exclude<StepResult, null>, string>>
} {
  const { t } = useLingui()
  const words = useGraphWords()
  return {
    words: { ...words, steps: t`Steps, session by session` },
    results: {
      alone: t`alone`,
      helped: t`with help`,
      not: t`not yet`,
      adult: t`done by adult`,
      not_applicable: t`not part of the day`,
    },
  }
}

export function useCelerationWords(): GraphWords & CelerationWords {
  const { t } = useLingui()
  const words = useGraphWords()
  return {
    ...words,
    perMinute: t`Per minute`,
    celeration(perWeek) {
      const factor = words.number(Math.round(100 * (perWeek >= 1 ? perWeek : 1 / perWeek)) / 100)
      return perWeek >= 1 ? t`×${factor} per week` : t`÷${factor} per week`
    },
  }
}
