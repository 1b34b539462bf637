/**
 * The keys of a trial or a step, in the program's own prompt levels: alone and not yet are large, the prompts and
 * “no answer” stand below. Plain buttons: anything heavier loses taps on a slow phone. In baseline no prompt is
 * given, so none can be tapped.
 */
import { useLingui } from '@lingui/react/macro'
import { cx } from '../../../platform/web/kit/cx.ts'
import { buttonsOf } from '../rules.ts'
import type { Measure } from '../records.ts'
import { markOf, schemeOf, wordOfButton, type PadButton } from './words.ts'
import styles from './Keys.module.css'

/** Keys that a thumb can tell apart on the narrowest phone. */
const IN_A_ROW = 4

export interface KeysProps {
  readonly measure: Measure
  readonly baseline: boolean
  readonly onTap: (button: PadButton) => void
}

export function Keys({ measure, baseline, onTap }: KeysProps) {
  const buttons = buttonsOf(measure)
  const labeled = (...labels: PadButton['label'][]) =>
    buttons.filter((button) => labels.includes(button.label))
  const [right, wrong, none] = [labeled('prompted'), labeled('incorrect_prompted'), labeled('no_response')]
  const below = right.length + wrong.length + none.length
  const rows = baseline
    ? [labeled('independent', 'incorrect', 'no_response')]
    : [
        labeled('independent', 'incorrect'),
        ...(wrong.length === 0 || below <= IN_A_ROW
          ? [[...right, ...wrong, ...none]]
          : [right, [...wrong, ...none]]),
      ]
  return (
    <div className={styles.keys}>
      {rows.map((row) => (
        <div key={row[0]?.code} className={styles.row}>
          {row.map((button) => (
            <Key key={button.code} button={button} measure={measure} onTap={onTap} />
          ))}
        </div>
      ))}
    </div>
  )
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
  return (
    <button
      type="button"
      className={cx(
        styles.key,
        button.label === 'independent' && styles.alone,
        button.label === 'incorrect' && styles.not,
      )}
      aria-pressed={pressed}
      onClick={() => onTap(button)}
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
