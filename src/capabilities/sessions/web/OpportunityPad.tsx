/** Percent of opportunities (C9): natural chances as they come, with the program's own prompts, and their count. */
import { Trans, useLingui } from '@lingui/react/macro'
import { isScored } from '../summary.ts'
import { nextPlace } from '../goal.ts'
import { Foot } from './Foot.tsx'
import { Keys } from './Keys.tsx'
import type { PadProps } from './pads.ts'
import { Trail } from './Trail.tsx'
import styles from './Pads.module.css'

export default function OpportunityPad(props: PadProps<'opportunities'>) {
  const { measure, state, watched, baseline, recorder, onItem, onFinish } = props
  const { t } = useLingui()
  const scored = (state?.items ?? []).filter(isScored).length
  const missing = measure.min_opportunities - scored
  return (
    <div className={styles.pad}>
      <Trail state={state} measure={measure} next={state ? nextPlace(state, watched) : 1} onItem={onItem} />
      <Keys measure={measure} baseline={baseline} onTap={(button) => recorder.tap(button)} />
      <Foot onFinish={scored > 0 ? onFinish : null}>
        <span>
          {missing > 0 ? (
            <Trans>
              {scored} of at least {measure.min_opportunities} chances
            </Trans>
          ) : (
            t`${scored} chances`
          )}
        </span>
      </Foot>
    </div>
  )
}
