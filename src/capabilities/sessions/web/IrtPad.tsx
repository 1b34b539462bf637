/**
 * Time between responses (C7): one tap a response, or a start and a stop where a response has a length. What is
 * measured runs in the key: the time since the last one.
 */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { Hand, Play, Square } from 'lucide-react'
import { BigKey } from './BigKey.tsx'
import { clockText } from './clock-text.ts'
import type { PadProps } from './pads.ts'
import { useSinceLast } from './useSinceLast.ts'
import { Watched } from './Watched.tsx'
import styles from './Pads.module.css'

export default function IrtPad({ measure, state, recorder, program, onFinish }: PadProps<'irt'>) {
  const { t } = useLingui()
  const { title } = program.body
  const { isOn, seconds, responses } = useSinceLast(state, measure.instant)
  const elapsed = clockText(seconds * 1000)
  const put = (code: string, said: string) => recorder.put([{ noun: 'moment', body: { code } }], { said })
  const isPaused = state !== null && state.runningSince === null
  return (
    <div className={styles.pad}>
      {isPaused ? (
        <BigKey of={title} look="paused" onTap={() => recorder.goOn()}>
          <span className={styles.verb}>
            <Play size={22} aria-hidden />
            <Trans>Go on</Trans>
          </span>
        </BigKey>
      ) : isOn ? (
        <BigKey of={title} look="running" onTap={() => put('off', t`response ended`)}>
          <span className={styles.elapsed} aria-hidden>
            {elapsed}
          </span>
          <span className={styles.verb}>
            <Square size={18} fill="currentColor" aria-hidden />
            <Trans>Response ends</Trans>
          </span>
        </BigKey>
      ) : (
        <BigKey of={title} onTap={() => put('on', t`response ${responses + 1}`)}>
          {responses > 0 && (
            <span className={styles.elapsed} aria-hidden>
              {elapsed}
            </span>
          )}
          <span className={styles.verb}>
            <Hand size={22} aria-hidden />
            {measure.instant ? <Trans>Response</Trans> : <Trans>Response begins</Trans>}
          </span>
        </BigKey>
      )}
      <Watched state={state} title={title} recorder={recorder} onFinish={onFinish}>
        <span>
          <strong>{responses}</strong> <Plural value={responses} one="response" other="responses" />
          {responses > 0 && !isOn && <Trans>, time since the last one</Trans>}
        </span>
      </Watched>
    </div>
  )
}
