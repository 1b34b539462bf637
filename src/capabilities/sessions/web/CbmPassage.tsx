/**
 * A passage as it is read: the time that is left stays in sight, a wrong word is one tap, a skipped line its first word
 * and its last, at the end the last word. What a skipped line costs is the rule set's (measures.ts).
 */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { Play, Square, TextSelect } from 'lucide-react'
import { useEffect, useEffectEvent, useRef, useState } from 'react'
import type { StoredRecord } from '../../../platform/records/envelope.ts'
import { VisuallyHidden } from '../../../platform/web/kit/VisuallyHidden.tsx'
import { Button } from '../../../platform/web/kit/Button.tsx'
import { BigKey } from './BigKey.tsx'
import { wordsOf, type CbmForm } from './CbmForms.tsx'
import { useCbmClock } from './cbm-clock.ts'
import { clockText } from './clock-text.ts'
import type { PadProps } from './pads.ts'
import pads from './Pads.module.css'
import styles from './CbmPassage.module.css'

/** Of the records of a reading those that stand at a word that was not read right, or was put right. */
const WORD_CODES = ['err', 'sc', 'skip']

export interface CbmPassageProps extends PadProps<'cbm'> {
  readonly form: CbmForm
  readonly records: readonly StoredRecord[]
  readonly onPaper: () => void
  /** Null once it has begun. */
  readonly onBack: (() => void) | null
}

export function CbmPassage(props: CbmPassageProps) {
  const { form, measure, state, recorder, records, program, onPaper, onBack } = props
  const { t } = useLingui()
  const words = wordsOf(form)
  const clock = useCbmClock(records, measure.seconds)
  const marks = new Map(
    (state?.items ?? []).filter(({ code }) => WORD_CODES.includes(code)).map((item) => [item.n, item]),
  )
  const marked = (code: string) => [...marks.values()].filter((item) => item.code === code).length
  const [errors, skipped] = [marked('err'), marked('skip')]
  const isAsking = clock.is === 'over'
  // a skipped line: its first word is asked for (0), then its last (the number of the first)
  const [skipping, setSkipping] = useState<number | null>(null)
  const isSkipping = skipping !== null && clock.is === 'running'

  const finish = (last: number) =>
    recorder.put(
      [
        // the time is the probe's own when it ran out, whenever the last word is tapped
        ...(clock.stopped ? [] : [{ noun: 'moment', body: { code: 'stop' }, at: clock.endsAt } as const]),
        { noun: 'moment', body: { code: 'last', n: last } },
      ],
      { said: t`last word ${last}` },
    )
  const skip = (n: number) => {
    if (skipping === 0) return setSkipping(n)
    setSkipping(null)
    const [from, to] = [skipping ?? n, n].toSorted((a, b) => a - b) as [number, number]
    const span = Array.from({ length: to - from + 1 }, (_, i) => from + i).filter((word) => !marks.has(word))
    if (span.length > 0)
      recorder.put(
        span.map((word) => ({ noun: 'mark', body: { n: word, code: 'skip' } }) as const),
        { said: t`words ${from} to ${to}: skipped` },
      )
  }
  const press = (n: number) => {
    if (isAsking) return finish(n)
    if (clock.is !== 'running') return
    if (isSkipping) return skip(n)
    const word = words[n - 1]
    const item = marks.get(n)
    if (!item) return recorder.put([{ noun: 'mark', body: { n, code: 'err' } }], { said: t`${word}: wrong` })
    if (!state) return
    if (item.code === 'err')
      recorder.change(
        state,
        item.id,
        { noun: 'mark', body: { n, code: 'sc' } },
        'mis_tap',
        t`${word}: self-corrected`,
      )
    else recorder.takeOut(state, [item.id], 'mis_tap', t`${word}: right`)
  }
  return (
    <div className={pads.pad}>
      {clock.is === 'ready' ? (
        <>
          <BigKey
            of={program.body.title}
            onTap={() =>
              recorder.put([{ noun: 'moment', body: { code: 'begin' } }], { said: t`reading`, form: form.id })
            }
          >
            <span className={pads.verb}>
              <Play size={22} fill="currentColor" aria-hidden />
              <Trans>Start at the first word</Trans>
            </span>
            <span className={pads.small}>
              {form.title} · {clockText(measure.seconds * 1000)}
            </span>
          </BigKey>
          <div className={pads.two}>
            {onBack && (
              <Button size="pad" onClick={onBack}>
                <Trans>Another passage</Trans>
              </Button>
            )}
            <Button size="pad" onClick={onPaper}>
              <Trans>Type the numbers</Trans>
            </Button>
          </div>
        </>
      ) : (
        <div className={styles.bar}>
          <p className={styles.left} aria-live="assertive">
            {isAsking ? <Trans>Tap the last word that was read</Trans> : <TimeLeft clock={clock} />}
          </p>
          <p className={styles.errors}>
            <Plural value={errors} one="# wrong" other="# wrong" />
            {/* whether they count as wrong is the program's to say: the result does */}
            {skipped > 0 && (
              <>
                {' · '}
                <Plural value={skipped} one="# skipped" other="# skipped" />
              </>
            )}
          </p>
          {isAsking ? (
            <Button size="pad" onClick={() => finish(words.length)}>
              <Trans>Read to the end</Trans>
            </Button>
          ) : (
            <Button
              size="pad"
              icon={Square}
              onClick={() => recorder.put([{ noun: 'moment', body: { code: 'stop' } }], { said: t`stopped` })}
            >
              <Trans>Stop</Trans>
            </Button>
          )}
        </div>
      )}
      {clock.is === 'running' && measure.kind === 'reading' && (
        <Button
          size="pad"
          icon={TextSelect}
          aria-pressed={isSkipping}
          onClick={() => setSkipping(isSkipping ? null : 0)}
        >
          {!isSkipping ? (
            <Trans>A line was skipped</Trans>
          ) : skipping === 0 ? (
            <Trans>Tap the first word that was skipped</Trans>
          ) : (
            <Trans>Now the last word that was skipped</Trans>
          )}
        </Button>
      )}
      <TimeUp isUp={isAsking} />
      <div
        className={styles.passage}
        role="group"
        aria-label={form.title}
        data-asking={isAsking || undefined}
      >
        {words.map((word, index) => {
          const n = index + 1
          const code = marks.get(n)?.code
          return (
            <button
              key={n}
              type="button"
              className={styles.word}
              data-code={code}
              disabled={clock.is === 'ready'}
              onClick={() => press(n)}
            >
              {word}
              {code === 'sc' && <sup aria-hidden>sc</sup>}
              {code !== undefined && (
                <VisuallyHidden>
                  {code === 'err' ? t`wrong` : code === 'skip' ? t`skipped` : t`self-corrected`}
                </VisuallyHidden>
              )}
            </button>
          )
        })}
      </div>
    </div>
  )
}

function TimeLeft({ clock }: { clock: { readonly leftMs: number } }) {
  const left = clockText(Math.max(0, clock.leftMs))
  // the words are for ears only at the end: a second hand that is read aloud would drown the child
  return (
    <strong className={styles.seconds} aria-hidden>
      {left}
    </strong>
  )
}

/** Felt once when the time is up. */
function TimeUp({ isUp }: { isUp: boolean }) {
  const before = useRef(isUp)
  const onUp = useEffectEvent(() => {
    if (isUp && !before.current) navigator.vibrate?.([250, 100, 250])
    before.current = isUp
  })
  useEffect(() => onUp(), [isUp])
  return null
}
