/**
 * Intervals (C8): a countdown, a cue, and yes or no. In a partial interval yes can be said as soon as it happens, in a
 * whole one no as soon as it stops; a momentary sample is answered at the cue. What nobody answered in time was not
 * observed, and is shown as missed.
 */
import { Trans, useLingui } from '@lingui/react/macro'
import { Check, Play } from 'lucide-react'
import { Button } from '../../../platform/web/kit/Button.tsx'
import { useDevice } from '../../../platform/web/store/hooks.ts'
import { BigKey } from './BigKey.tsx'
import { allowSound, useCue } from '../../../platform/web/kit/cue.ts'
import { Figures } from './Figures.tsx'
import { askedAbout, beatOf, intervalsAt, missedCount, useIntervals } from './intervals.ts'
import { IntervalStrip } from './IntervalStrip.tsx'
import { PadKey } from './PadKey.tsx'
import type { PadProps } from './pads.ts'
import { Ring } from '../../../platform/web/kit/Ring.tsx'
import { useAwake } from '../../../platform/web/kit/useAwake.ts'
import { Watched } from './Watched.tsx'
import { useIntervalWords } from './interval-words.ts'
import styles from './Pads.module.css'

export default function IntervalPad(props: PadProps<'interval'>) {
  const { measure, state, watched, recorder, program, onItem, onFinish } = props
  const { t } = useLingui()
  const device = useDevice()
  const words = useIntervalWords(measure.method)
  const beat = beatOf(state, watched)
  const now = useIntervals(beat, measure)
  const isRunning = state !== null && state.runningSince !== null
  useCue(measure.cue, isRunning ? now : null, measure.interval_s * 1000, measure.planned)
  useAwake(isRunning)
  const { title, direction } = program.body
  const isWanted = direction === 'increase'
  if (!state || !now)
    return (
      <div className={styles.pad}>
        <BigKey
          of={title}
          onTap={() => {
            allowSound(measure.cue)
            recorder.watch()
          }}
        >
          <span className={styles.verb}>
            <Play size={22} fill="currentColor" aria-hidden />
            <Trans>Start</Trans>
          </span>
          <span className={styles.small}>
            {t`${measure.planned} intervals of ${words.length(measure.interval_s)}`}
          </span>
        </BigKey>
      </div>
    )

  const answered = new Set(state.items.map((item) => item.n))
  const scored = state.items.filter((item) => item.code === '1').length
  const asked = isRunning ? askedAbout(measure, now, answered) : null
  const missed = missedCount(measure, now, answered)
  const isDone = now.isOver && asked === null
  const answer = (code: '1' | '0', word: string) => {
    allowSound(measure.cue)
    // the clock as it is at the tap: a second may have passed since this was drawn
    const fresh = intervalsAt(device.clock, beat, measure)
    const n = fresh && askedAbout(measure, fresh, answered)?.n
    if (n) recorder.put([{ noun: 'mark', body: { n, code } }], { said: t`interval ${n}: ${word}` })
  }
  return (
    <div className={styles.pad}>
      <div className={styles.timed}>
        <Ring left={isDone ? 0 : now.left} of={measure.interval_s} due={asked?.isEnded ?? false} />
        <div className={styles.beside}>
          <p className={styles.asked} aria-live="assertive">
            <small>
              {isDone
                ? t`All ${measure.planned} intervals are over`
                : t`Interval ${Math.min(now.k, measure.planned)} of ${measure.planned}`}
            </small>
            <strong>
              {isDone
                ? t`Finish it when you are ready`
                : asked
                  ? asked.isEnded
                    ? words.asks(asked.n)
                    : words.early
                  : answered.has(now.k)
                    ? t`Recorded. Next one at the cue`
                    : t`Wait for the cue`}
            </strong>
          </p>
          <Figures scored={scored} observed={state.items.length} missed={missed} />
        </div>
      </div>
      {isDone ? (
        <Button variant="primary" size="pad" wide icon={Check} onClick={onFinish}>
          <Trans>Finish</Trans>
        </Button>
      ) : (
        <div className={styles.two}>
          <PadKey
            sign="+"
            word={words.yes}
            tone={isWanted ? 'yes' : 'no'}
            disabled={asked === null || (measure.method === 'whole' && !asked.isEnded)}
            onTap={() => answer('1', words.yes)}
          />
          <PadKey
            sign="–"
            word={words.no}
            tone={isWanted ? 'no' : undefined}
            disabled={asked === null || (measure.method === 'partial' && !asked.isEnded)}
            onTap={() => answer('0', words.no)}
          />
        </div>
      )}
      <IntervalStrip
        state={state}
        planned={measure.planned}
        over={Math.min(measure.planned, now.k - 1)}
        asked={asked?.n ?? null}
        onItem={onItem}
        yes={words.yes}
        no={words.no}
        wanted={isWanted}
      />
      <Watched state={state} title={title} recorder={recorder} onFinish={onFinish} />
    </div>
  )
}
