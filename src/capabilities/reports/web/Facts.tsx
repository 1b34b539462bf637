/** The numbers of a goal in a report: baseline, now, goal, sessions, who collected. */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { valueIn } from '../language.ts'
import type { GoalReport, Language } from '../records.ts'
import styles from './reports.module.css'

type Numbers = Pick<GoalReport, 'baseline' | 'current' | 'target' | 'sessions' | 'by' | 'direction'> & {
  readonly graph: Pick<NonNullable<GoalReport['graph']>, 'unit'> | null
}

export function Facts({ goal }: { goal: Numbers }) {
  const { t, i18n } = useLingui()
  const lang: Language = i18n.locale === 'es' ? 'es' : 'en'
  const { baseline, current, target, sessions, by, graph, direction } = goal
  const say = (value: number | null, missing: string) =>
    value === null ? missing : graph ? valueIn(lang, value, graph.unit) : String(value)
  const wanted = say(target, t`not set`)
  const atMost = target !== null && direction === 'decrease'
  return (
    <dl className={styles.facts}>
      <div>
        <dt>
          <Trans>Baseline</Trans>
        </dt>
        <dd>{say(baseline, t`under 3 valid`)}</dd>
      </div>
      <div>
        <dt>
          <Trans>Now, median of 3</Trans>
        </dt>
        <dd>{say(current, t`under 3 valid`)}</dd>
      </div>
      <div>
        <dt>
          <Trans>Goal</Trans>
        </dt>
        <dd>{atMost ? t`${wanted} or less` : wanted}</dd>
      </div>
      <div>
        <dt>
          <Trans>In the period</Trans>
        </dt>
        <dd>
          <Plural value={sessions.held} one="# session" other="# sessions" />
          {sessions.valid < sessions.held && (
            <>
              , <Trans>{sessions.valid} valid</Trans>
            </>
          )}
        </dd>
      </div>
      {by.length > 0 && (
        <div className={styles.wide}>
          <dt>
            <Trans>Collected by</Trans>
          </dt>
          <dd>{by.join(', ')}</dd>
        </div>
      )}
    </dl>
  )
}
