/** A length typed in minutes and seconds, for whoever read it off a stopwatch or knows better than the clock. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Button } from '../../../platform/web/kit/Button.tsx'
import { TextField } from '../../../platform/web/kit/TextField.tsx'
import { clockText } from './clock-text.ts'
import styles from './sheets.module.css'

export interface LengthFieldProps {
  readonly label: string
  /** What stands now. */
  readonly ms: number
  /** Milliseconds, and the same as text. */
  readonly onLength: (ms: number, text: string) => void
}

export function LengthField({ label, ms, onLength }: LengthFieldProps) {
  const { t } = useLingui()
  const [minutes, setMinutes] = useState(`${Math.floor(ms / 60_000)}`)
  const [seconds, setSeconds] = useState(`${Math.floor(ms / 1000) % 60}`)
  const isSound = /^\d{1,3}$/.test(minutes) && /^[0-5]?\d$/.test(seconds)
  const length = isSound ? (Number(minutes) * 60 + Number(seconds)) * 1000 : 0
  return (
    <fieldset className={styles.section}>
      <legend>{label}</legend>
      <div className={styles.length}>
        <TextField label={t`Minutes`} inputMode="numeric" value={minutes} onChange={setMinutes} />
        <TextField label={t`Seconds`} inputMode="numeric" value={seconds} onChange={setSeconds} />
        <Button size="pad" disabled={!isSound} onClick={() => onLength(length, clockText(length))}>
          <Trans>Keep it</Trans>
        </Button>
      </div>
    </fieldset>
  )
}
