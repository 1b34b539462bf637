/**
 * The keys of a trial or a step, in the program's own prompt levels: alone and not yet are large, the prompts and
 * “no answer” stand below. Plain buttons: anything heavier loses taps on a slow phone. In baseline no prompt is
 * given, so none can be tapped.
 */
import { useLingui } from '@lingui/react/macro'
import { CircleCheck } from 'lucide-react'
import type { ReactNode } from 'react'
import { wordOfButton } from '../../../platform/web/i18n/results.ts'
import { cx } from '../../../platform/web/kit/cx.ts'
import { useTap } from '../../../platform/web/tap.ts'
import { buttonsOf } from '../rules.ts'
import type { Measure } from '../records.ts'
import { markOf, schemeOf, type PadButton } from './words.ts'
import styles from './Keys.module.css'

/** Keys that a thumb can tell apart on the narrowest phone. */
const IN_A_ROW = 4

export interface KeysProps {
  readonly measure: Measure
  readonly baseline: boolean
  readonly onTap: (button: PadButton) => void
}

export function Keys({ measure, baseline, onTap }: KeysProps) {
  return (
    <div className={styles.keys}>
      {rowsOf(measure, baseline).map((row) => (
        <div key={row[0]?.code} className={styles.row}>
          {row.map((button) => (
            <Key key={button.code} button={button} measure={measure} onTap={onTap} />
          ))}
        </div>
      ))}
    </div>
  )
}

/**
 * What stands in the place of the keys when nothing is left to tap: as tall as they were, so that nothing moves under
 * the thumb, and with its buttons where the small keys were, so that one tap too many on a large key does nothing.
 */
export function KeysDone({
  measure,
  baseline,
  words,
  children,
}: Omit<KeysProps, 'onTap'> & { words: ReactNode; children: ReactNode }) {
  return (
    <div className={styles.done} data-rows={rowsOf(measure, baseline).length}>
      <p>
        <CircleCheck size={20} aria-hidden />
        {words}
      </p>
      <div className={styles.row}>{children}</div>
    </div>
  )
}

function rowsOf(measure: Measure, baseline: boolean): readonly (readonly PadButton[])[] {
  const buttons = buttonsOf(measure)
  const labeled = (...labels: PadButton['label'][]) =>
    buttons.filter((button) => labels.includes(button.label))
  if (baseline) return [labeled('independent', 'incorrect', 'no_response')]
  const large = labeled('independent', 'incorrect')
  const [right, wrong, none] = [labeled('prompted'), labeled('incorrect_prompted'), labeled('no_response')]
  const isOneRow = wrong.length === 0 || right.length + wrong.length + none.length <= IN_A_ROW
  return isOneRow ? [large, [...right, ...wrong, ...none]] : [large, right, [...wrong, ...none]]
}

/** One key. `pressed` marks the result that stands, where keys are choices. */
export function Key({
  button,
  measure,
  pressed,
  onTap,
}: {
  button: PadButton
  measure: Measure
  pressed?: boolean
  onTap: (button: PadButton) => void
}) {
  const { i18n } = useLingui()
  const word = wordOfButton(i18n, button)
  const tap = useTap(() => onTap(button))
  return (
    <button
      {...tap}
      type="button"
      className={cx(
        styles.key,
        button.label === 'independent' && styles.alone,
        button.label === 'incorrect' && styles.not,
      )}
      aria-pressed={pressed}
      // a key held down is one tap
      onKeyDown={(event) => {
        if (event.repeat) event.preventDefault()
      }}
    >
      <span className={styles.mark} aria-hidden>
        {markOf(button, schemeOf(measure))}
      </span>
      <span className={styles.word}>{word}</span>
    </button>
  )
}
