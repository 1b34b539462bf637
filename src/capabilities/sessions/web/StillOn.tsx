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
import type { SessionItem, SessionState } from '../state.ts'
import { EndedAbout } from './EndedAbout.tsx'
import type { Place } from './hooks.ts'
import { clockText } from './clock-text.ts'
import type { Recorder } from './recorder.ts'
import styles from './Pads.module.css'

const MINUTE = 60_000
/** Never asked before this. */
const ASK_FROM_MS = 20 * MINUTE
/** It stops by itself this long after its block. */
export const STOP_AFTER_BLOCK_MS = 15 * MINUTE
/** Asked again this long after somebody said that it goes on. */
const AGAIN_MS = 10 * MINUTE

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
  const end = Date.parse(place.block.end)
  const stopAt = end + STOP_AFTER_BLOCK_MS
  const isOver = useClock((clock) => clock.now() >= end)
  const isForgotten = useClock((clock) => clock.now() >= stopAt) && Date.parse(item.at) < end
  const isQuiet = useClock((clock) => clock.now() < quietUntil)

  const longest = states
    .flatMap(({ state: one }) => one.items)
    .reduce((most, one) => (one.id === item.id ? most : Math.max(most, one.ms ?? 0)), 0)
  const isLong = seconds * 1000 >= Math.max(2 * longest, ASK_FROM_MS)

  const stopItself = useEffectEvent(() => recorder.stopForgotten(state, new Date(stopAt).toISOString()))
  useEffect(() => {
    if (isForgotten) stopItself()
  }, [isForgotten])

  if (isForgotten || isQuiet || (!isLong && !isOver)) return null
  const elapsed = clockText(seconds * 1000)
  return (
    <>
      <Notice tone="wait" icon={CircleHelp} announce>
        {isOver && !isLong ? (
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
