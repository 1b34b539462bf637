/** The foot of a pad that watches for a while: how long so far, pausing, and the end. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Eye, Pause, Play } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button, IconButton } from '../../../platform/web/kit/Button.tsx'
import type { SessionState } from '../state.ts'
import { ObservedTime } from './ObservedTime.tsx'
import type { Recorder } from './recorder.ts'
import styles from './Pads.module.css'

export interface WatchedProps {
  readonly state: SessionState | null
  readonly title: string
  readonly recorder: Recorder
  readonly onFinish: () => void
  /** Figures beside the time. */
  readonly children?: ReactNode
}

export function Watched({ state, title, recorder, onFinish, children }: WatchedProps) {
  const { t } = useLingui()
  if (!state)
    return (
      <div className={styles.foot}>
        <p className={styles.hint}>
          <Trans>Start when you begin to watch.</Trans>
        </p>
        <Button icon={Eye} onClick={() => recorder.watch()}>
          <Trans>Start watching</Trans>
        </Button>
      </div>
    )
  const isPaused = state.runningSince === null
  return (
    <div className={styles.foot}>
      <div className={styles.figures}>
        {children}
        <ObservedTime state={state} withRate={false} />
      </div>
      <div className={styles.acts}>
        {isPaused ? (
          <IconButton
            icon={Play}
            variant="secondary"
            label={t`Go on with ${title}`}
            onClick={() => recorder.goOn()}
          />
        ) : (
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
    </div>
  )
}
