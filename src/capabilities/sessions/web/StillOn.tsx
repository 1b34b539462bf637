/**
 * A timer that nobody stopped (domain C.3): asked about when it runs longer than twice the longest one before, or 20
 * minutes, and when the block is over; a quarter of an hour after the block it stops by itself, as an estimate.
 */
import { Trans, useLingui } from '@lingui/react/macro'
import { CircleHelp } from 'lucide-react'
import { useEffect, useEffectEvent, useState } from 'react'
import { Button } from '../../../platform/web/kit/Button.tsx'
import { Notice } from '../../../platform/web/kit/Notice.tsx'
import { useDevice, useStates } from '../../../platform/web/store/hooks.ts'
import { useClock } from '../../../platform/web/store/now.ts'
import { sessionView } from '../rules.ts'
import { adviceOn, longestOf, STOP_AFTER_BLOCK_MS } from '../running.ts'
import type { SessionItem, SessionState } from '../state.ts'
import { EndedAbout } from './EndedAbout.tsx'
import type { Place } from './hooks.ts'
import { clockText } from './clock-text.ts'
import type { Recorder } from './recorder.ts'
import styles from './Pads.module.css'

/** Asked again this long after somebody said that it goes on. */
const AGAIN_MS = 600_000

export interface StillOnProps {
  readonly state: SessionState
  readonly item: SessionItem
  /** How long it has run. */
  readonly seconds: number
  readonly place: Place
  readonly recorder: Recorder
}

export function StillOn({ state, item, seconds, place, recorder }: StillOnProps) {
  const { t } = useLingui()
  const device = useDevice()
  const states = useStates(sessionView, `program:${state.program}`)
  const [asking, setAsking] = useState(false)
  /** Monotonic and wall time are one here: the person said so just now. */
  const [quietUntil, setQuietUntil] = useState(0)
  const blockEnd = Date.parse(place.block.end)
  const others = states.flatMap(({ state: one }) => one.items).filter(({ id }) => id !== item.id)
  const longest = longestOf([{ items: others }])
  const timer = { began: Date.parse(item.at), blockEnd, ms: seconds * 1000, longest }
  const advice = useClock((clock) => adviceOn(timer, clock.now()))
  const isQuiet = useClock((clock) => clock.now() < quietUntil)
  const isForgotten = advice === 'stop'
  const stopAt = blockEnd + STOP_AFTER_BLOCK_MS

  const stopItself = useEffectEvent(() => recorder.stopForgotten(state, new Date(stopAt).toISOString()))
  useEffect(() => {
    if (isForgotten) stopItself()
  }, [isForgotten])

  if (isForgotten || isQuiet || advice === 'let_run') return null
  const elapsed = clockText(seconds * 1000)
  return (
    <>
      <Notice tone="wait" icon={CircleHelp} announce>
        {advice === 'block_over' ? (
          <Trans>The block is over and this still runs. Still happening?</Trans>
        ) : (
          <Trans>This has run for {elapsed}. Still happening?</Trans>
        )}
      </Notice>
      <div className={styles.two}>
        <Button size="pad" onClick={() => setQuietUntil(device.clock.now() + AGAIN_MS)}>
          <Trans>Still happening</Trans>
        </Button>
        <Button size="pad" onClick={() => setAsking(true)}>
          <Trans>It ended about …</Trans>
        </Button>
      </div>
      {asking && (
        <EndedAbout
          title={t`When did it end?`}
          from={item.at}
          blockEnd={place.block.end}
          onClose={() => setAsking(false)}
          onEnd={(at) =>
            recorder.put([{ noun: 'moment', body: { code: 'off', estimated: true }, at }], {
              said: t`ended about then`,
            })
          }
        />
      )}
    </>
  )
}
