/** The way to the check before going home, once nothing with students comes any more: how much has no reason yet. */
import { Plural, Trans } from '@lingui/react/macro'
import { CheckCheck, ListChecks } from 'lucide-react'
import { Card } from '../../../platform/web/kit/Card.tsx'
import { ButtonLink } from '../../../platform/web/kit/Link.tsx'
import { completenessOf } from '../due.ts'
import type { DayBoard } from '../model.ts'
import { useRuns, useStandings } from './hooks.ts'
import styles from './NowCard.module.css'

export function GoHome({ board, now }: { board: DayBoard; now: number }) {
  const runs = useRuns(board).filter(({ block }) => Date.parse(block.end) <= now)
  const { denominator, left } = completenessOf(useStandings(runs, board))
  if (denominator === 0) return null
  return (
    <Card as="section" aria-labelledby="go-home" className={styles.now}>
      <h2 id="go-home">
        <Trans>Before you go</Trans>
      </h2>
      <p>
        {left === 0 ? (
          <Trans>Nothing is left without a reason.</Trans>
        ) : (
          <Plural
            value={left}
            one="# has neither data nor a reason"
            other="# have neither data nor a reason"
          />
        )}
      </p>
      <div className={styles.start}>
        <ButtonLink
          to="/end-of-day"
          size="pad"
          wide
          variant={left === 0 ? 'secondary' : 'primary'}
          icon={left === 0 ? CheckCheck : ListChecks}
        >
          {left === 0 ? <Trans>Look at the day</Trans> : <Trans>Say why</Trans>}
        </ButtonLink>
      </div>
    </Card>
  )
}
