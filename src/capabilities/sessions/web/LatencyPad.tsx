/**
 * Latency (C6): a tap at the cue, a tap when the student begins. The limit is in sight; when it passes without a
 * beginning that stands as “the limit or more”, and the next cue can come.
 */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { BellRing, Play } from 'lucide-react'
import { cx } from '../../../platform/web/kit/cx.ts'
import { useFormats } from '../../../platform/web/i18n/format.ts'
import { BigKey } from './BigKey.tsx'
import { Foot } from './Foot.tsx'
import { LimitBar } from './LimitBar.tsx'
import type { PadProps } from './pads.ts'
import { useRunningSeconds } from './useRunning.ts'
import styles from './Pads.module.css'

export default function LatencyPad({ measure, state, recorder, program, onFinish }: PadProps<'latency'>) {
  const { t } = useLingui()
  const formats = useFormats('UTC')
  const { title } = program.body
  const limit = measure.limit_s
  const items = state?.items ?? []
  const waiting = items.findLast((item) => item.ms === undefined) ?? null
  const seconds = useRunningSeconds(state, waiting)
  const isPast = waiting !== null && seconds >= limit
  const times = items.filter((item) => item.ms !== undefined)
  const last = times.at(-1)
  const lastText = last && formats.number((last.ms ?? 0) / 1000, 1)
  const cue = () => recorder.put([{ noun: 'moment', body: { code: 'cue' } }], { said: t`cue given` })
  return (
    <div className={styles.pad}>
      {waiting && !isPast ? (
        <BigKey
          of={title}
          look="running"
          onTap={() =>
            recorder.put([{ noun: 'moment', body: { code: 'on' } }], { said: t`begun after ${seconds} s` })
          }
        >
          <span className={styles.elapsed} aria-hidden>
            {seconds} s
          </span>
          <span className={styles.verb}>
            <Play size={18} fill="currentColor" aria-hidden />
            <Trans>Begun</Trans>
          </span>
        </BigKey>
      ) : (
        <BigKey of={title} onTap={cue}>
          <span className={styles.verb}>
            <BellRing size={22} aria-hidden />
            <Trans>Cue given</Trans>
          </span>
          {isPast && (
            <span className={styles.small}>
              <Trans>
                No beginning within {limit} s: kept as {limit} s or more
              </Trans>
            </span>
          )}
        </BigKey>
      )}
      <LimitBar part={waiting && !isPast ? seconds / limit : 0} />
      <Foot onFinish={state ? onFinish : null}>
        <span className={cx(styles.hint)}>
          <Trans>Limit {limit} s</Trans>
        </span>
        {times.length > 0 && (
          <span>
            <strong>{last?.censored ? t`${lastText} s or more` : t`${lastText} s`}</strong>{' '}
            <Plural value={times.length} one="last of #" other="last of #" />
          </span>
        )}
      </Foot>
    </div>
  )
}
