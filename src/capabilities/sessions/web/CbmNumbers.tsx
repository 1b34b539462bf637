/** A probe from paper: the timer if it is wanted, and the numbers typed. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Play } from 'lucide-react'
import { useState } from 'react'
import type { StoredRecord } from '../../../platform/records/envelope.ts'
import { Button } from '../../../platform/web/kit/Button.tsx'
import { TextField } from '../../../platform/web/kit/TextField.tsx'
import { BigKey } from './BigKey.tsx'
import { useCbmClock } from './cbm-clock.ts'
import { clockText } from './clock-text.ts'
import type { PadProps } from './pads.ts'
import { LimitBar } from './LimitBar.tsx'
import pads from './Pads.module.css'

export interface CbmNumbersProps extends PadProps<'cbm'> {
  readonly records: readonly StoredRecord[]
}

export function CbmNumbers({ measure, recorder, records, program }: CbmNumbersProps) {
  const { t } = useLingui()
  const clock = useCbmClock(records, measure.seconds)
  const [attempted, setAttempted] = useState('')
  const [wrong, setWrong] = useState('')
  const [seconds, setSeconds] = useState(`${measure.seconds}`)
  const [count, errors, time] = [numberOf(attempted), numberOf(wrong === '' ? '0' : wrong), numberOf(seconds)]
  const isSound = count !== null && errors !== null && errors <= count && time !== null && time > 0
  const keep = () => {
    if (count === null || errors === null || time === null || !isSound) return
    recorder.put([{ noun: 'tally', body: { count, errors, seconds: time } }], {
      said: t`${count} attempted, ${errors} wrong`,
    })
  }
  return (
    <div className={pads.pad}>
      {clock.is === 'ready' ? (
        <BigKey
          of={program.body.title}
          onTap={() =>
            recorder.put([{ noun: 'moment', body: { code: 'begin' } }], { said: t`timer started` })
          }
        >
          <span className={pads.verb}>
            <Play size={22} fill="currentColor" aria-hidden />
            <Trans>Start the timer</Trans>
          </span>
          <span className={pads.small}>{clockText(measure.seconds * 1000)}</span>
        </BigKey>
      ) : (
        <p className={pads.asked} aria-live="assertive">
          <small>{clock.is === 'over' ? t`Time is up` : t`Time left`}</small>
          <strong>{clockText(Math.max(0, clock.leftMs))}</strong>
        </p>
      )}
      <LimitBar part={clock.is === 'ready' ? 0 : 1 - clock.leftMs / (measure.seconds * 1000)} />
      <div className={pads.three}>
        <TextField
          label={t`Attempted`}
          inputMode="numeric"
          value={attempted}
          onChange={setAttempted}
          error={attempted !== '' && count === null ? t`A whole number.` : undefined}
        />
        <TextField
          label={t`Wrong`}
          inputMode="numeric"
          value={wrong}
          onChange={setWrong}
          error={count !== null && errors !== null && errors > count ? t`More than attempted.` : undefined}
        />
        <TextField label={t`Seconds`} inputMode="numeric" value={seconds} onChange={setSeconds} />
      </div>
      <Button variant="primary" size="pad" wide disabled={!isSound} onClick={keep}>
        <Trans>Keep the numbers</Trans>
      </Button>
    </div>
  )
}

/** A whole number as typed; null for anything else. */
export function numberOf(typed: string): number | null {
  return /^\d{1,5}$/.test(typed.trim()) ? Number(typed) : null
}
