/**
 * Duration (C5): one key that starts and stops, with the time that runs inside it. Several of these may run at once;
 * each is its own card. What runs longer than it ever did is asked about, and stops by itself a while after the block.
 */
import { Trans, useLingui } from '@lingui/react/macro'
import { Play, Repeat, Square } from 'lucide-react'
import { Button } from '../../../platform/web/kit/Button.tsx'
import type { SessionItem } from '../state.ts'
import { BigKey } from './BigKey.tsx'
import { clockText } from './clock-text.ts'
import type { PadProps } from './pads.ts'
import { StillOn } from './StillOn.tsx'
import { useRunningSeconds } from './useRunning.ts'
import { Watched } from './Watched.tsx'
import styles from './Pads.module.css'

export default function DurationPad({
  measure,
  state,
  recorder,
  program,
  place,
  onFinish,
}: PadProps<'duration'>) {
  const { t } = useLingui()
  const { title } = program.body
  const running = state?.items.findLast(isRunning) ?? null
  const seconds = useRunningSeconds(state, running)
  const isPaused = state !== null && state.runningSince === null
  const done = (state?.items ?? []).filter((item) => !isRunning(item))
  const total = clockText(done.reduce((sum, item) => sum + (item.ms ?? 0), 0))
  const elapsed = clockText(seconds * 1000)
  const start = () => recorder.put([{ noun: 'moment', body: { code: 'on' } }], { said: t`started` })
  const stop = () =>
    recorder.put([{ noun: 'moment', body: { code: 'off' } }], { said: t`stopped after ${elapsed}` })
  return (
    <div className={styles.pad}>
      {isPaused ? (
        <BigKey of={title} look="paused" onTap={() => recorder.goOn()}>
          <span className={styles.verb}>
            <Play size={22} aria-hidden />
            <Trans>Go on</Trans>
          </span>
        </BigKey>
      ) : running ? (
        <BigKey of={title} look="running" onTap={stop}>
          <span className={styles.elapsed} aria-hidden>
            {elapsed}
          </span>
          <span className={styles.verb}>
            <Square size={18} fill="currentColor" aria-hidden />
            <Trans>Stop</Trans>
          </span>
        </BigKey>
      ) : (
        <BigKey of={title} onTap={start}>
          <span className={styles.verb}>
            <Play size={22} fill="currentColor" aria-hidden />
            <Trans>Start</Trans>
          </span>
        </BigKey>
      )}
      {running && measure.second_start === 'new_episode' && (
        <Button size="pad" icon={Repeat} onClick={start}>
          <Trans>A new one begins</Trans>
        </Button>
      )}
      {state && running && (
        <StillOn state={state} item={running} seconds={seconds} place={place} recorder={recorder} />
      )}
      <Watched state={state} title={title} recorder={recorder} onFinish={onFinish}>
        {done.length > 0 && (
          <span>
            <strong>{total}</strong> {t`in ${done.length}`}
          </span>
        )}
      </Watched>
    </div>
  )
}

/** An episode without a length goes on. */
export function isRunning(item: SessionItem): boolean {
  return item.ms === undefined
}
