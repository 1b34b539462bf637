/**
 * Self-monitoring (C20): at the cue the student marks first, on a screen with symbols and nothing else; then the adult
 * marks the same interval. How far both match is a figure of its own, not the agreement of observers.
 */
import { Trans, useLingui } from '@lingui/react/macro'
import { Check, Play, UserRound } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../../../platform/web/kit/Button.tsx'
import { BigKey } from './BigKey.tsx'
import { allowSound, useCue } from '../../../platform/web/kit/cue.ts'
import { useIntervals } from './intervals.ts'
import { PadKey } from './PadKey.tsx'
import type { PadProps } from './pads.ts'
import { Ring } from '../../../platform/web/kit/Ring.tsx'
import { StudentView } from './StudentView.tsx'
import { useAwake } from '../../../platform/web/kit/useAwake.ts'
import { Watched } from './Watched.tsx'
import styles from './Pads.module.css'

export default function SelfPad({ measure, state, recorder, program, onFinish }: PadProps<'self'>) {
  const { t } = useLingui()
  const [isTheirs, setTheirs] = useState(false)
  const now = useIntervals(state, measure)
  const isRunning = state !== null && state.runningSince !== null
  useCue(measure.cue, isRunning ? now : null, measure.interval_s * 1000, measure.planned)
  useAwake(isRunning)
  const { title } = program.body
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
          <span className={styles.small}>{t`The student marks at each cue`}</span>
        </BigKey>
      </div>
    )
  // asked about until the next one is over
  const n = Math.min(measure.planned, now.k - 1)
  const markOf = (who: 'student' | 'adult', at = n) =>
    state.items.find((item) => item.n === at && item.who === who)
  const both = state.items.filter((item) => item.who === 'student' && markOf('adult', item.n))
  const match = both.filter((item) => markOf('adult', item.n)?.code === item.code).length
  const isDone = now.isOver && markOf('student') !== undefined && markOf('adult') !== undefined
  const mark = (who: 'student' | 'adult', code: '1' | '0') => {
    allowSound(measure.cue)
    if (n < 1 || markOf(who)) return
    const word = code === '1' ? t`yes` : t`not yet`
    recorder.put([{ noun: 'mark', body: { n, code, who } }], {
      said: who === 'student' ? t`student, ${n}: ${word}` : t`you, ${n}: ${word}`,
    })
    if (who === 'student') setTheirs(false)
  }
  const adults = markOf('adult')
  return (
    <div className={styles.pad}>
      <div className={styles.timed}>
        <Ring left={now.isOver ? 0 : now.left} of={measure.interval_s} due={n >= 1 && !markOf('student')} />
        <div className={styles.beside}>
          <p className={styles.asked} aria-live="assertive">
            <small>{t`Interval ${Math.min(now.k, measure.planned)} of ${measure.planned}`}</small>
            <strong>
              {n < 1
                ? t`Wait for the cue`
                : !markOf('student')
                  ? t`Cue ${n}: the student’s turn`
                  : !adults
                    ? t`Cue ${n}: now you`
                    : t`Both marked. Next one at the cue`}
            </strong>
          </p>
          {both.length > 0 && (
            <p className={styles.figures}>
              <span>
                <Trans>
                  <strong>
                    {match}/{both.length}
                  </strong>{' '}
                  the same
                </Trans>
              </span>
            </p>
          )}
        </div>
      </div>
      {isDone ? (
        <Button variant="primary" size="pad" wide icon={Check} onClick={onFinish}>
          <Trans>Finish</Trans>
        </Button>
      ) : (
        <>
          <Button
            size="pad"
            wide
            variant={n >= 1 && !markOf('student') ? 'primary' : 'secondary'}
            icon={UserRound}
            onClick={() => setTheirs(true)}
          >
            <Trans>Hand it to the student</Trans>
          </Button>
          <div className={styles.two}>
            <PadKey
              sign="+"
              word={t`you: yes`}
              tone="yes"
              disabled={n < 1 || adults !== undefined}
              onTap={() => mark('adult', '1')}
            />
            <PadKey
              sign="–"
              word={t`you: not yet`}
              tone="no"
              disabled={n < 1 || adults !== undefined}
              onTap={() => mark('adult', '0')}
            />
          </div>
        </>
      )}
      <Watched state={state} title={title} recorder={recorder} onFinish={onFinish} />
      {isTheirs && (
        <StudentView
          isAsked={n >= 1 && !markOf('student')}
          left={now.left}
          of={measure.interval_s}
          onMark={(code) => mark('student', code)}
          onClose={() => setTheirs(false)}
        />
      )}
    </div>
  )
}
