/** One meal, after it: how much, how long, with how much help. A safety event is not noted here, it stops the meal. */
import { Trans, useLingui } from '@lingui/react/macro'
import { OctagonX } from 'lucide-react'
import { useState } from 'react'
import type { Json } from '../../../platform/core/canonical.ts'
import { useSession } from '../../../platform/web/auth/session.tsx'
import { Button } from '../../../platform/web/kit/Button.tsx'
import { Chips } from '../../../platform/web/kit/Chips.tsx'
import { Dialog } from '../../../platform/web/kit/Dialog.tsx'
import { TextField } from '../../../platform/web/kit/TextField.tsx'
import { useDevice } from '../../../platform/web/store/hooks.ts'
import { minuteOf } from '../../sessions/log.ts'
import type { FeedingBody } from '../records.ts'
import { HELP, MEAL } from './words.ts'
import styles from './Care.module.css'

const keysOf = <K extends string>(words: Readonly<Record<K, unknown>>) => Object.keys(words) as K[]
const SHARES = ['0', '25', '50', '75', '100'] as const

export interface MealSheetProps {
  readonly initials: string
  /** The meal was stopped: the numbers say how far it had come. */
  readonly isStopped?: boolean
  readonly onClose: () => void
  readonly onKeep: (body: { readonly [key: string]: Json }) => void
  readonly onSafety: () => void
}

export function MealSheet({ initials, isStopped = false, onClose, onKeep, onSafety }: MealSheetProps) {
  const { t, i18n } = useLingui()
  const { district } = useSession()
  const device = useDevice()
  const [meal, setMeal] = useState<FeedingBody['meal']>(() =>
    mealAt(minuteOf(new Date(device.clock.now()).toISOString(), district.tz)),
  )
  const [eaten, setEaten] = useState<readonly (typeof SHARES)[number][]>([])
  const [help, setHelp] = useState<NonNullable<FeedingBody['help']>>('physical')
  const [minutes, setMinutes] = useState('')
  const [fluid, setFluid] = useState('')
  const [refusals, setRefusals] = useState('0')
  const [share] = eaten
  const numbers = [numberIn(minutes, 240), numberIn(fluid, 3000), numberIn(refusals, 100)] as const
  const [long, drunk, refused] = numbers
  const isWhole = share !== undefined && numbers.every((number) => number !== null)
  const keep = () => {
    if (!isWhole) return
    onKeep({
      meal,
      minutes: long,
      eaten: Number(share),
      fluid_ml: drunk,
      help,
      refusals: refused,
    })
    onClose()
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={isStopped ? t`${initials}: until it was stopped` : t`${initials}: care`}
      actions={
        <Button variant="primary" size="pad" disabled={!isWhole} onClick={keep}>
          <Trans>Keep it</Trans>
        </Button>
      }
    >
      {!isStopped && (
        <Button variant="danger" size="pad" wide icon={OctagonX} onClick={onSafety}>
          <Trans>Safety event: stop</Trans>
        </Button>
      )}
      <Chips
        legend={t`Meal`}
        single
        options={keysOf(MEAL).map((value) => ({ value, label: i18n._(MEAL[value]) }))}
        chosen={[meal]}
        onChange={([one]) => one && setMeal(one)}
      />
      <Chips
        legend={t`Eaten, percent`}
        single
        options={SHARES.map((value) => ({ value, label: value }))}
        chosen={eaten}
        onChange={setEaten}
      />
      <div className={styles.fields}>
        <TextField label={t`Minutes`} inputMode="numeric" value={minutes} onChange={setMinutes} />
        <TextField label={t`Drunk, mL`} inputMode="numeric" value={fluid} onChange={setFluid} />
        <TextField label={t`Refused`} inputMode="numeric" value={refusals} onChange={setRefusals} />
      </div>
      <Chips
        legend={t`Help`}
        single
        options={keysOf(HELP).map((value) => ({ value, label: i18n._(HELP[value]) }))}
        chosen={[help]}
        onChange={([one]) => one && setHelp(one)}
      />
    </Dialog>
  )
}

/** Which meal it is at that minute of the day. */
export function mealAt(minute: number): FeedingBody['meal'] {
  if (minute < 9 * 60 + 30) return 'breakfast'
  return minute >= 11 * 60 && minute < 13 * 60 ? 'lunch' : 'snack'
}

/** A whole number up to `most`; null for anything else. */
function numberIn(typed: string, most: number): number | null {
  return /^\d{1,4}$/.test(typed.trim()) && Number(typed) <= most ? Number(typed) : null
}
