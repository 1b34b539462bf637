/**
 * A count and its observation clock (C3, C4): +1, and how long was watched. Watching can begin without an
 * occurrence, because none is a real zero only where somebody looked; while the clock stands still nothing counts.
 */
import { Trans, useLingui } from '@lingui/react/macro'
import { Eye, Pause, Play } from 'lucide-react'
import { Button, IconButton } from '../../../platform/web/kit/Button.tsx'
import { useTap } from '../../../platform/web/tap.ts'
import type { Measure } from '../records.ts'
import type { SessionState } from '../state.ts'
import { ObservedTime } from './ObservedTime.tsx'
import type { Recorder } from './recorder.ts'
import styles from './CountPad.module.css'

export interface CountPadProps {
  readonly measure: Extract<Measure, { system: 'count' }>
  readonly state: SessionState | null
  readonly recorder: Recorder
  readonly title: string
  readonly onFinish: () => void
}

export function CountPad({ measure, state, recorder, title, onFinish }: CountPadProps) {
  const { t } = useLingui()
  const plus = useTap(() => recorder.count())
  const isPaused = state !== null && state.runningSince === null
  return (
    <>
      <div className={styles.count}>
        <div className={styles.watch}>
          {state ? (
            <ObservedTime state={state} withRate={measure.value === 'rate'} />
          ) : (
            <p className={styles.hint}>
              <Trans>Start when you begin to watch.</Trans>
            </p>
          )}
          {state ? (
            <div className={styles.acts}>
              {!isPaused && (
                <IconButton
                  icon={Pause}
                  variant="secondary"
                  label={t`Pause ${title}`}
                  onClick={() => recorder.pause()}
                />
              )}
              <Button onClick={onFinish}>
                <Trans>Finish</Trans>
              </Button>
            </div>
          ) : (
            <Button icon={Eye} onClick={() => recorder.watch()}>
              <Trans>Start watching</Trans>
            </Button>
          )}
        </div>
        {isPaused ? (
          <button type="button" className={styles.plus} data-paused onClick={() => recorder.goOn()}>
            <Play size={24} aria-hidden />
            <span className={styles.word}>{t`Go on`}</span>
          </button>
        ) : (
          <button
            {...plus}
            type="button"
            className={styles.plus}
            aria-label={t`${title}: +1`}
            onKeyDown={(event) => {
              if (event.repeat) event.preventDefault()
            }}
          >
            +1
          </button>
        )}
      </div>
      {isFast(state) && (
        <p className={styles.hint}>
          <Trans>
            This is faster than anybody counts well. Tell the case manager: duration or intervals may fit
            better.
          </Trans>
        </p>
      )}
    </>
  )
}

/** The last occurrences followed each other faster than one a second. */
function isFast(state: SessionState | null): boolean {
  const last = (state?.items ?? []).slice(-FAST)
  const [first, end] = [last[0]?.clock, last.at(-1)?.clock]
  if (last.length < FAST || typeof first !== 'number' || typeof end !== 'number') return false
  return end - first < (FAST - 1) * 1000
}

/** So many in a row say that it is no burst of a moment. */
const FAST = 15
