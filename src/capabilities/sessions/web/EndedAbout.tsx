/** About when something ended that nobody stopped: a few likely answers, or a time of the day. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { useSession } from '../../../platform/web/auth/session.tsx'
import { useFormats } from '../../../platform/web/i18n/format.ts'
import { Button } from '../../../platform/web/kit/Button.tsx'
import { Dialog } from '../../../platform/web/kit/Dialog.tsx'
import { TextField } from '../../../platform/web/kit/TextField.tsx'
import { instantAt, wallClock } from '../../../platform/web/shell/wall-clock.ts'
import { useNow } from '../../../platform/web/store/now.ts'
import styles from './sheets.module.css'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

export interface EndedAboutProps {
  readonly title: string
  /** Instant at which it began. */
  readonly from: string
  /** End of the block that it began in, where that is known: the likeliest answer. */
  readonly blockEnd?: string
  readonly onClose: () => void
  /** The instant that was chosen. */
  readonly onEnd: (at: string) => void
}

export function EndedAbout({ title, from, blockEnd, onClose, onEnd }: EndedAboutProps) {
  const { t } = useLingui()
  const { district } = useSession()
  const formats = useFormats(district.tz)
  const now = useNow(MINUTE)
  const [typed, setTyped] = useState('')
  const begun = Date.parse(from)
  const answers = [now - MINUTE, now - 5 * MINUTE, now - 10 * MINUTE, Date.parse(blockEnd ?? '')]
    .filter((at, index, all) => at > begun && at <= now && at - begun < DAY && all.indexOf(at) === index)
    .toSorted((a, b) => b - a)
  // a time of the day it began on; it ended after it began
  const day = wallClock(begun, district.tz).slice(0, 10)
  const at = /^\d\d:\d\d$/.test(typed) ? instantAt(`${day}T${typed}`, district.tz) : null
  const isPossible = at !== null && at >= begun - (begun % MINUTE) && at <= now + MINUTE
  const choose = (ms: number) => {
    onEnd(new Date(Math.max(ms, begun)).toISOString())
    onClose()
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={title}
      actions={
        <Button variant="primary" size="pad" disabled={!isPossible} onClick={() => at !== null && choose(at)}>
          <Trans>It ended at that time</Trans>
        </Button>
      }
    >
      <p className={styles.lead}>
        <Trans>
          It began at {formats.time(from)}. An end that nobody saw is kept as an estimate and marked on the
          graph.
        </Trans>
      </p>
      <div className={styles.choices}>
        {answers.map((one) => (
          <button key={one} type="button" className={styles.choice} onClick={() => choose(one)}>
            {one === Date.parse(blockEnd ?? '')
              ? t`At the end of the block, ${formats.time(one)}`
              : t`About ${formats.time(one)}`}
          </button>
        ))}
      </div>
      <TextField
        label={t`Another time`}
        type="time"
        value={typed}
        onChange={setTyped}
        error={typed !== '' && !isPossible ? t`Between its beginning and now.` : undefined}
      />
    </Dialog>
  )
}
