/**
 * One item at a time, with the strip of all of them: rubrics and checklists. An answer leads to the next open item;
 * any item can be gone to, and an answer given again takes the place of the one before.
 */
import { Trans } from '@lingui/react/macro'
import { Check, CircleCheck } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { Button } from '../../../platform/web/kit/Button.tsx'
import type { SessionState } from '../state.ts'
import type { Recorder } from './recorder.ts'
import { Strip } from './Strip.tsx'
import styles from './Pads.module.css'

export interface Answer {
  readonly code: string
  /** As it stands in the strip. */
  readonly mark: string
  readonly tone: 'alone' | 'prompted' | 'not' | 'out'
  readonly word: string
}

export interface ItemPadProps {
  readonly state: SessionState | null
  readonly recorder: Recorder
  readonly onFinish: () => void
  /** What each item asks. */
  readonly items: readonly string[]
  /** The answers to an item, 1-based. */
  readonly answersTo: (n: number) => readonly Answer[]
  /** The keys of an item; `standing` is the code that stands there. */
  readonly keys: (n: number, standing: string | undefined, choose: (answer: Answer) => void) => ReactNode
  readonly words: {
    readonly strip: string
    place(n: number): string
    of(n: number, total: number): string
    given(n: number, word: string): string
    done(total: number): string
  }
}

export function ItemPad({ state, recorder, onFinish, items, answersTo, keys, words }: ItemPadProps) {
  const [chosen, setChosen] = useState<number | null>(null)
  const standing = new Map((state?.items ?? []).map((item) => [item.n, item]))
  const total = items.length
  const open = Array.from({ length: total }, (_, i) => i + 1).find((n) => !standing.has(n)) ?? null
  const n = chosen ?? open
  const choose = (answer: Answer) => {
    if (n === null) return
    const before = standing.get(n)
    const put = { noun: 'mark', body: { n, code: answer.code } } as const
    const said = words.given(n, answer.word)
    if (!before) recorder.put([put], { said })
    else if (state && before.code !== answer.code) recorder.change(state, before.id, put, 'mis_tap', said)
    setChosen(null)
  }
  return (
    <div className={styles.pad}>
      <Strip
        label={words.strip}
        places={items.map((_, index) => {
          const place = index + 1
          const item = standing.get(place)
          const answer = item && answersTo(place).find(({ code }) => code === item.code)
          return {
            n: place,
            mark: answer?.mark ?? `${place}`,
            tone: answer?.tone,
            label: answer ? `${words.place(place)}: ${answer.word}` : words.place(place),
            isNext: place === n,
            onPress: () => setChosen(place),
          }
        })}
      />
      {n === null ? (
        <>
          <p className={styles.allDone}>
            <CircleCheck size={20} aria-hidden />
            {words.done(total)}
          </p>
          <Button variant="primary" size="pad" wide icon={Check} onClick={onFinish}>
            <Trans>Finish</Trans>
          </Button>
        </>
      ) : (
        <>
          <p className={styles.asked}>
            <small>{words.of(n, total)}</small>
            <strong>{items[n - 1]}</strong>
          </p>
          {keys(n, standing.get(n)?.code, choose)}
        </>
      )}
    </div>
  )
}
