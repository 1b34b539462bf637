/**
 * What each phase says (median, range, number of points), with its full name where the drawing cut it; below the
 * stretches between major lines, their trend and variability, what changed at the line, and how much of it a second
 * observer saw.
 */
import { useLingui } from '@lingui/react/macro'
import { coverageOf } from '../coverage.ts'
import type { GraphModel } from '../rules.ts'
import { immediacies, type Stretch } from '../stretches.ts'
import type { Lines } from './GoalGraph.tsx'
import { useStretchWords } from './stretch-words.ts'
import type { GraphWords } from './words.ts'
import styles from './GoalGraph.module.css'

interface PhaseLevelsProps {
  model: GraphModel
  words: GraphWords
  stretches: readonly Stretch[]
  lines: Lines
}

export function PhaseLevels({ model, words, stretches, lines }: PhaseLevelsProps) {
  const { t } = useLingui()
  const say = useStretchWords(words)
  const { unit } = model.axis.y
  const changes = immediacies(model)
  const phases = model.phases.map((phase, index) => {
    const nth = stretches.findIndex((one) => one.first === index)
    const stretch = stretches[nth]
    const change = changes.find((one) => one.stretch === nth)
    const coverage = stretch && coverageOf(model, stretch)
    return {
      name: words.phase(phase) || (model.phases.length > 1 ? t`Before the first phase` : t`All sessions`),
      level: words.level(phase, unit) || t`no points that count`,
      more: [
        stretch && lines.trend !== null && say.trend(stretch, lines.trend, model),
        stretch && lines.spread && say.spread(stretch, model),
        change && say.immediacy(change, unit),
        coverage && coverage.watched > 0 && say.coverage(coverage),
        phase.why,
      ].filter((part) => typeof part === 'string' && part !== ''),
    }
  })
  if (model.points.length === 0) return null
  return (
    <dl className={styles.levels}>
      {phases.map(({ name, level, more }, index) => (
        <div key={index}>
          <dt>{name}</dt>
          <dd>
            {level}
            {more.map((part) => (
              <small key={String(part)}>{part}</small>
            ))}
          </dd>
        </div>
      ))}
    </dl>
  )
}
