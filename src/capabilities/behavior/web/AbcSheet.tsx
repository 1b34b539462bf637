/** The sheet of one ABC record: before, what, after; the rest below, for whoever has the time. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import type { Json } from '../../../platform/core/canonical.ts'
import { Button } from '../../../platform/web/kit/Button.tsx'
import { Chips } from '../../../platform/web/kit/Chips.tsx'
import { Details } from '../../../platform/web/kit/Details.tsx'
import { Dialog } from '../../../platform/web/kit/Dialog.tsx'
import { TextField } from '../../../platform/web/kit/TextField.tsx'
import type { MeasureOf } from '../../sessions/measures.ts'
import { ANTECEDENTS, BEHAVIORS, CONSEQUENCES, SETTING_EVENTS } from '../abc.ts'
import { ANTECEDENT, CONSEQUENCE, FUNCTION, SETTING_EVENT, wordOfBehavior } from './words.ts'
import styles from './Behavior.module.css'

const MOST = 6
const LEVELS = ['1', '2', '3', '4', '5'] as const
const FUNCTIONS = ['escape', 'attention', 'tangible', 'sensory', 'pain'] as const

export interface AbcSheetProps {
  readonly measure: MeasureOf<'abc'>
  readonly initials: string
  readonly setting: string
  readonly onClose: () => void
  readonly onKeep: (body: { readonly [key: string]: Json }, said: string) => void
}

export function AbcSheet({ measure, initials, setting, onClose, onKeep }: AbcSheetProps) {
  const { t, i18n } = useLingui()
  const own = measure.behaviors.map((_, index) => `own:${index + 1}`)
  const [before, setBefore] = useState<readonly (typeof ANTECEDENTS)[number][]>([])
  // where there is one behavior it is the one
  const [what, setWhat] = useState<readonly string[]>(own.length === 1 ? own : [])
  const [after, setAfter] = useState<readonly (typeof CONSEQUENCES)[number][]>([])
  const [isWide, setWide] = useState(own.length === 0)
  const [events, setEvents] = useState<readonly (typeof SETTING_EVENTS)[number][]>([])
  const [people, setPeople] = useState('')
  const [level, setLevel] = useState<readonly (typeof LEVELS)[number][]>([])
  const [seemed, setSeemed] = useState<readonly (typeof FUNCTIONS)[number][]>([])
  const [behavior] = what
  const isWhole = before.length > 0 && behavior !== undefined && after.length > 0
  const count = /^\d{1,3}$/.test(people) && Number(people) <= 500 ? Number(people) : null
  const keep = () => {
    if (!isWhole) return
    const word = wordOfBehavior(i18n, behavior, measure.behaviors)
    onKeep(
      {
        setting_events: events,
        antecedents: before,
        behavior,
        consequences: after,
        setting: setting.slice(0, 80),
        ...(count === null ? {} : { people: count }),
        ...(level[0] === undefined ? {} : { intensity: Number(level[0]) }),
        ...(seemed[0] === undefined ? {} : { perceived_function: seemed[0] }),
      },
      t`${initials}: ${word} recorded`,
    )
    onClose()
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={t`${initials}: what happened`}
      actions={
        <Button variant="primary" size="pad" disabled={!isWhole} onClick={keep}>
          <Trans>Keep it</Trans>
        </Button>
      }
    >
      <Chips
        legend={t`Just before`}
        options={ANTECEDENTS.map((value) => ({ value, label: i18n._(ANTECEDENT[value]) }))}
        chosen={before}
        onChange={setBefore}
        max={MOST}
      />
      <Chips
        legend={t`What was seen`}
        single
        options={[...own, ...(isWide ? BEHAVIORS : [])].map((value) => ({
          value,
          label: wordOfBehavior(i18n, value, measure.behaviors),
        }))}
        chosen={what}
        onChange={setWhat}
      />
      {!isWide && (
        <Button onClick={() => setWide(true)}>
          <Trans>Something else …</Trans>
        </Button>
      )}
      <Chips
        legend={t`What came next`}
        options={CONSEQUENCES.map((value) => ({ value, label: i18n._(CONSEQUENCE[value]) }))}
        chosen={after}
        onChange={setAfter}
        max={MOST}
      />
      <Details className={styles.more} summary={<Trans>More, if you know it</Trans>}>
        <div className={styles.pad}>
          <Chips
            legend={t`Already so today`}
            options={SETTING_EVENTS.map((value) => ({ value, label: i18n._(SETTING_EVENT[value]) }))}
            chosen={events}
            onChange={setEvents}
            max={MOST}
          />
          <Chips
            legend={t`How strong, 1 to 5`}
            single
            options={LEVELS.map((value) => ({ value, label: value }))}
            chosen={level}
            onChange={setLevel}
          />
          <TextField
            label={t`People around`}
            inputMode="numeric"
            value={people}
            onChange={setPeople}
            error={people !== '' && count === null ? t`A whole number.` : undefined}
          />
          {measure.perceived_function && (
            <Chips
              legend={t`It seemed to be for`}
              single
              options={FUNCTIONS.map((value) => ({ value, label: i18n._(FUNCTION[value]) }))}
              chosen={seemed}
              onChange={setSeemed}
            />
          )}
        </div>
      </Details>
    </Dialog>
  )
}
