/** What a probe came to: its score with how it is made, and how much of what was attempted was right. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Check } from 'lucide-react'
import { useFormats } from '../../../platform/web/i18n/format.ts'
import { Button } from '../../../platform/web/kit/Button.tsx'
import type { MeasureOf } from '../measures.ts'
import { displayValue } from '../rules.ts'
import type { SessionState } from '../state.ts'
import type { Recorder } from './recorder.ts'
import { percentText } from './score.ts'
import pads from './Pads.module.css'

export interface CbmResultProps {
  readonly measure: MeasureOf<'cbm'>
  readonly state: SessionState
  readonly recorder: Recorder
  readonly onFinish: (() => void) | null
}

export function CbmResult({ measure, state, onFinish }: CbmResultProps) {
  const { t, i18n } = useLingui()
  const formats = useFormats('UTC')
  const shown = displayValue(state.summary)
  const { attempted = 0, errors = 0 } = state.summary.parts ?? {}
  const correct = attempted - errors
  const value = shown ? formats.number(shown.value, 1) : ''
  const { unit } = measure
  return (
    <div className={pads.pad}>
      <p className={pads.result}>
        <strong>{value}</strong>
        <span>{measure.value === 'per_minute' ? t`${unit} a minute` : unit}</span>
      </p>
      <p className={pads.figures}>
        <span>
          <Trans>
            {attempted} attempted, {errors} wrong
          </Trans>
        </span>
        {attempted > 0 && (
          <span>
            <Trans>
              Accuracy {correct}/{attempted} = {percentText(i18n.locale, (correct * 100) / attempted, 1)}
            </Trans>
          </span>
        )}
      </p>
      {onFinish && (
        <Button variant="primary" size="pad" wide icon={Check} onClick={onFinish}>
          <Trans>Finish</Trans>
        </Button>
      )}
    </div>
  )
}
