/** The level of each phase (median, range, number of points), with the phase's full name where the drawing cut it. */
import { useLingui } from '@lingui/react/macro'
import type { GraphModel } from '../rules.ts'
import type { GraphWords } from './words.ts'
import styles from './GoalGraph.module.css'

export function PhaseLevels({ model, words }: { model: GraphModel; words: GraphWords }) {
  const { t } = useLingui()
  const { unit } = model.axis.y
  const phases = model.phases.map((phase) => ({
    name: words.phase(phase) || (model.phases.length > 1 ? t`Before the first phase` : t`All sessions`),
    level: words.level(phase, unit) || t`no points that count`,
    why: phase.why,
  }))
  if (model.points.length === 0) return null
  return (
    <dl className={styles.levels}>
      {phases.map(({ name, level, why }, index) => (
        <div key={index}>
          <dt>{name}</dt>
          <dd>
            {level}
            {why !== null && why !== '' && <small>{why}</small>}
          </dd>
        </div>
      ))}
    </dl>
  )
}
