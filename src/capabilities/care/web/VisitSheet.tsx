/** One visit. What is usual stands already; there is no place for words about a body. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import type { Json } from '../../../platform/core/canonical.ts'
import { Button } from '../../../platform/web/kit/Button.tsx'
import { Chips } from '../../../platform/web/kit/Chips.tsx'
import { Details } from '../../../platform/web/kit/Details.tsx'
import { Dialog } from '../../../platform/web/kit/Dialog.tsx'
import { Switch } from '../../../platform/web/kit/Switch.tsx'
import type { MeasureOf } from '../../sessions/measures.ts'
import type { ToiletingBody } from '../records.ts'
import { CLOTHING, HELP, RESULT, STEP, VISIT } from './words.ts'
import styles from './Care.module.css'

type Step = keyof ToiletingBody['steps']
type Help = NonNullable<ToiletingBody['steps'][Step]>

const keysOf = <K extends string>(words: Readonly<Record<K, unknown>>) => Object.keys(words) as K[]

export interface VisitSheetProps {
  readonly measure: MeasureOf<'toileting'>
  readonly initials: string
  /** A scheduled time is due now. */
  readonly isScheduled: boolean
  readonly onClose: () => void
  readonly onKeep: (body: { readonly [key: string]: Json }) => void
}

export function VisitSheet({ measure, initials, isScheduled, onClose, onKeep }: VisitSheetProps) {
  const { t, i18n } = useLingui()
  const [visit, setVisit] = useState<ToiletingBody['visit']>(isScheduled ? 'scheduled' : 'initiated')
  const [result, setResult] = useState<readonly ToiletingBody['result'][]>([])
  const [clothing, setClothing] = useState<ToiletingBody['clothing']>('dry')
  const [steps, setSteps] = useState<Partial<Record<Step, Help>>>({})
  const [changed, setChanged] = useState(false)
  const [skin, setSkin] = useState(false)
  const [second, setSecond] = useState(false)
  const [outcome] = result
  const keep = () => {
    if (outcome === undefined) return
    onKeep({
      visit,
      result: outcome,
      clothing,
      steps,
      changed,
      skin_concern: skin,
      ...(measure.second_adult ? { second_adult: second } : {}),
    })
    onClose()
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={t`${initials}: care`}
      actions={
        <Button variant="primary" size="pad" disabled={outcome === undefined} onClick={keep}>
          <Trans>Keep it</Trans>
        </Button>
      }
    >
      <Chips
        legend={t`Result`}
        single
        options={keysOf(RESULT).map((value) => ({ value, label: i18n._(RESULT[value]) }))}
        chosen={result}
        onChange={setResult}
      />
      <Chips
        legend={t`How it came about`}
        single
        options={keysOf(VISIT).map((value) => ({ value, label: i18n._(VISIT[value]) }))}
        chosen={[visit]}
        onChange={([one]) => one && setVisit(one)}
      />
      <Chips
        legend={t`Clothes before`}
        single
        options={keysOf(CLOTHING).map((value) => ({ value, label: i18n._(CLOTHING[value]) }))}
        chosen={[clothing]}
        onChange={([one]) => one && setClothing(one)}
      />
      <Switch label={t`Clothes or brief changed`} on={changed} onChange={setChanged} />
      <Switch
        label={t`Skin concern`}
        description={t`The nurse and the case manager see it in their inbox; tell the nurse as well.`}
        on={skin}
        onChange={setSkin}
      />
      {measure.second_adult && (
        <Switch label={t`A second adult was present`} on={second} onChange={setSecond} />
      )}
      <Details className={styles.more} summary={<Trans>Help with each step</Trans>}>
        <div className={styles.pad}>
          {keysOf(STEP).map((step) => (
            <Chips
              key={step}
              legend={i18n._(STEP[step])}
              single
              options={keysOf(HELP).map((value) => ({ value, label: i18n._(HELP[value]) }))}
              chosen={steps[step] ? [steps[step]] : []}
              onChange={([one]) => one && setSteps({ ...steps, [step]: one })}
            />
          ))}
        </div>
      </Details>
    </Dialog>
  )
}
