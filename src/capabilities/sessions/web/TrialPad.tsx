/** Trial by trial (C1): the trail of the session and the keys of the next trial; the end of it when all are there. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Check } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../../../platform/web/kit/Button.tsx'
import { nextPlace } from '../goal.ts'
import type { Measure } from '../records.ts'
import type { SessionItem, SessionState } from '../state.ts'
import { Keys } from './Keys.tsx'
import type { Recorder } from './recorder.ts'
import { Trail } from './Trail.tsx'
import styles from './GoalCard.module.css'

export interface TrialPadProps {
  readonly measure: Extract<Measure, { system: 'trials' }>
  /** Null: nothing recorded yet. */
  readonly state: SessionState | null
  /** The session that this one observes. */
  readonly watched: SessionState | null
  readonly baseline: boolean
  readonly recorder: Recorder
  readonly onItem: (item: SessionItem) => void
  readonly onFinish: () => void
}

export function TrialPad({ measure, state, watched, baseline, recorder, onItem, onFinish }: TrialPadProps) {
  const { t } = useLingui()
  /** Trials that the adult wants beyond the planned ones. */
  const [wanted, setWanted] = useState<number | null>(null)
  const next = state ? nextPlace(state, watched) : 1
  const done = state?.items.length ?? 0
  const full = done >= measure.planned && (wanted ?? 0) <= done
  return (
    <>
      <Trail state={state} measure={measure} next={full ? null : next} onItem={onItem} />
      {full ? (
        <div className={styles.full}>
          <Button variant="primary" size="pad" icon={Check} onClick={onFinish}>
            <Trans>Finish</Trans>
          </Button>
          <Button size="pad" onClick={() => setWanted(done + 1)}>
            {t`One more trial`}
          </Button>
        </div>
      ) : (
        <Keys measure={measure} baseline={baseline} onTap={(button) => recorder.tap(button)} />
      )}
    </>
  )
}
