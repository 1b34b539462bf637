/**
 * A task analysis (C2): the strip of its steps, the step that is on now, and its keys. Any step without a result can
 * be gone to; one with a result is corrected. Steps that are not taught yet are the adult's, in one tap.
 */
import { Trans, useLingui } from '@lingui/react/macro'
import { Check, HandHelping } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../../../platform/web/kit/Button.tsx'
import { adultSteps } from '../chain.ts'
import { nextPlace } from '../goal.ts'
import type { Measure } from '../records.ts'
import { Keys, KeysDone } from './Keys.tsx'
import type { TrialPadProps } from './TrialPad.tsx'
import { Trail } from './Trail.tsx'
import styles from './GoalCard.module.css'

export interface StepPadProps extends Omit<TrialPadProps, 'measure'> {
  readonly measure: Extract<Measure, { system: 'steps' }>
}

export function StepPad({ measure, state, watched, baseline, recorder, onItem, onFinish }: StepPadProps) {
  const { t } = useLingui()
  const [chosen, setChosen] = useState<number | null>(null)
  const items = state?.items ?? []
  const free = state ? nextPlace(state, watched) : 1
  const isFree = chosen !== null && !items.some((item) => item.n === chosen)
  const step = isFree ? chosen : free
  const total = measure.steps.length
  const adult = step === null ? [] : adultSteps(measure, items, step)
  const [first = 0, last = first] = [adult[0], adult.at(-1)]
  return (
    <>
      <Trail state={state} measure={measure} next={step} onItem={onItem} onPlace={setChosen} />
      {step === null ? (
        <>
          <p className={styles.step} aria-hidden />
          <KeysDone measure={measure} baseline={baseline} words={t`All ${total} steps recorded`}>
            <span />
            <Button variant="primary" size="pad" icon={Check} onClick={onFinish}>
              <Trans>Finish</Trans>
            </Button>
          </KeysDone>
        </>
      ) : (
        <>
          <p className={styles.step}>
            <small>
              {t`Step ${step} of ${total}`}
              {measure.skipped?.includes(step) && (
                <>
                  {' · '}
                  <Trans>known from a probe, not taught</Trans>
                </>
              )}
            </small>
            <span key={step} className={styles.stepText}>
              {measure.steps[step - 1]}
            </span>
          </p>
          {adult.length > 0 && (
            <Button size="pad" wide icon={HandHelping} onClick={() => recorder.adult(adult)}>
              {first === last ? t`Adult does step ${first}` : t`Adult does steps ${first} to ${last}`}
            </Button>
          )}
          {adult.length === 0 && (
            <Keys
              measure={measure}
              baseline={baseline}
              onTap={(button) => {
                recorder.tap(button, step)
                setChosen(null)
              }}
            />
          )}
        </>
      )}
    </>
  )
}
