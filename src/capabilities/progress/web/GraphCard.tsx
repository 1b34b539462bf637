/** The graph of a goal on its card: this school year, or all of it where there is more. */
import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Card } from '../../../platform/web/kit/Card.tsx'
import { Choice } from '../../../platform/web/kit/Choice.tsx'
import type { Goal } from '../goal.ts'
import { buildGraph } from '../rules.ts'
import { inputSince, schoolYearStart } from '../window.ts'
import { GoalGraph } from './GoalGraph.tsx'
import styles from './GraphCard.module.css'

type Range = 'year' | 'all'

export function GraphCard({ goal }: { goal: Goal }) {
  const { t } = useLingui()
  const [range, setRange] = useState<Range>('year')
  const { title } = goal.version.body
  const { points } = goal.model
  const start = schoolYearStart(goal.input.schoolDays)
  const older = start !== null && points.some(({ day, y }) => y !== null && day !== null && day < start)
  const newer = start !== null && points.some(({ day, y }) => y !== null && day !== null && day >= start)
  const choose = older && newer
  const model = choose && range === 'year' ? buildGraph(inputSince(goal.input, start)) : goal.model
  return (
    <Card as="section" aria-label={t`Graph`} className={styles.card}>
      {choose && (
        <div className={styles.range}>
          <Choice<Range>
            legend={t`What the graph shows`}
            options={[
              { value: 'year', label: t`This school year` },
              { value: 'all', label: t`All data` },
            ]}
            value={range}
            onChange={setRange}
          />
        </div>
      )}
      <GoalGraph model={model} title={title} table={false} />
    </Card>
  )
}
