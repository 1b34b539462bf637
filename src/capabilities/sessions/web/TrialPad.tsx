/** Trial by trial (C1): the trail of the session and the keys of the next trial; the end of it when all are there. */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { Check } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../../../platform/web/kit/Button.tsx'
import { nextPlace } from '../goal.ts'
import type { Measure } from '../records.ts'
import type { SessionItem, SessionState } from '../state.ts'
import { Keys, KeysDone } from './Keys.tsx'
import type { Recorder } from './recorder.ts'
import { Trail } from './Trail.tsx'

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
  /** An observer who came late may go back to a trial that was seen. */
  const [chosen, setChosen] = useState<number | null>(null)
  const items = state?.items ?? []
  const isFree = chosen !== null && !items.some((item) => item.n === chosen)
  const next = isFree ? chosen : state ? nextPlace(state, watched) : 1
  const done = items.length
  const last = next === null ? 0 : next - 1
  // an observer who came late is through at the last planned trial, not after as many
  const full = Math.max(done, last) >= measure.planned && (wanted ?? 0) <= Math.max(done, last)
  return (
    <>
      <Trail
        state={state}
        measure={measure}
        next={full ? null : next}
        onItem={onItem}
        onPlace={state?.observer === 'ioa' ? setChosen : undefined}
      />
      {full ? (
        <KeysDone
          measure={measure}
          baseline={baseline}
          words={<Plural value={Math.max(done, last)} one="# trial recorded" other="All # trials recorded" />}
        >
          <Button size="pad" onClick={() => setWanted(Math.max(done, last) + 1)}>
            {t`One more trial`}
          </Button>
          <Button variant="primary" size="pad" icon={Check} onClick={onFinish}>
            <Trans>Finish</Trans>
          </Button>
        </KeysDone>
      ) : (
        <Keys
          measure={measure}
          baseline={baseline}
          onTap={(button) => {
            recorder.tap(button, isFree ? chosen : undefined)
            setChosen(null)
          }}
        />
      )}
    </>
  )
}
