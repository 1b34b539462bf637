/**
 * The correction of one item: another result in its place, or taken out, each with a reason and by a record of its
 * own. What was recorded first stays in the history (domain B.8).
 */
import { Trans, useLingui } from '@lingui/react/macro'
import { Trash2 } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../../../platform/web/kit/Button.tsx'
import { Dialog } from '../../../platform/web/kit/Dialog.tsx'
import { TextField } from '../../../platform/web/kit/TextField.tsx'
import { useFormats } from '../../../platform/web/i18n/format.ts'
import { useSession } from '../../../platform/web/auth/session.tsx'
import { CORRECTION_REASONS, nounOf, type CorrectionReason } from '../drafts.ts'
import type { Measure } from '../records.ts'
import { buttonsOf } from '../rules.ts'
import type { SessionItem, SessionState } from '../state.ts'
import { Key } from './Keys.tsx'
import type { Recorder } from './recorder.ts'
import { ActState } from './SavedChip.tsx'
import { CORRECTIONS, wordOfItem } from './words.ts'
import styles from './sheets.module.css'

/** What a reason of the person's own may hold, so that the record's reason stays within its 200 characters. */
const WORDS_MAX = 160

export interface CorrectSheetProps {
  readonly state: SessionState
  readonly item: SessionItem
  readonly initials: string
  readonly title: string
  readonly recorder: Recorder
  readonly onClose: () => void
}

export function CorrectSheet({ state, item, initials, title, recorder, onClose }: CorrectSheetProps) {
  const { t, i18n } = useLingui()
  const { district } = useSession()
  const formats = useFormats(district.tz)
  const [code, setCode] = useState<CorrectionReason>('mis_tap')
  const [words, setWords] = useState('')
  const reason = code === 'other' && words.trim() !== '' ? `other: ${words.trim().slice(0, WORDS_MAX)}` : code
  const measure = state.measure as Measure
  const noun = nounOf(measure)
  const { n } = item
  const heading =
    noun === 'trial'
      ? t`${initials} trial ${n}`
      : noun === 'step'
        ? t`${initials} step ${n}`
        : t`${initials} ${title}, number ${n}`
  return (
    <Dialog
      open
      onClose={onClose}
      title={heading}
      actions={
        <Button
          icon={Trash2}
          onClick={() => {
            recorder.remove(state, item, reason)
            onClose()
          }}
        >
          {noun === 'occurrence' ? t`Take it out` : t`Take this result out`}
        </Button>
      }
    >
      <p className={styles.state}>
        <span>
          {noun === 'occurrence' ? (
            <Trans>Recorded at {formats.time(item.at)}</Trans>
          ) : (
            <Trans>
              Recorded: <strong>{wordOfItem(i18n, item, measure)}</strong>, {formats.time(item.at)}
            </Trans>
          )}
        </span>
        <ActState id={item.id} />
      </p>
      {noun === 'step' && measure.system === 'steps' && <p className={styles.lead}>{measure.steps[n - 1]}</p>}
      <fieldset className={styles.section}>
        <legend>
          <Trans>Why it changes</Trans>
        </legend>
        <div className={styles.reasons}>
          {CORRECTION_REASONS.map((one) => (
            <label key={one} className={styles.reason}>
              <input
                type="radio"
                name="reason"
                value={one}
                checked={one === code}
                onChange={() => setCode(one)}
              />
              {i18n._(CORRECTIONS[one])}
            </label>
          ))}
        </div>
      </fieldset>
      {code === 'other' && (
        <TextField label={t`In a few words, without a name`} value={words} onChange={setWords} />
      )}
      {noun !== 'occurrence' && (
        <div className={styles.section}>
          <h3>
            <Trans>It should be</Trans>
          </h3>
          <div className={styles.keys}>
            {buttonsOf(measure).map((button) => (
              <Key
                key={button.code}
                button={button}
                measure={measure}
                pressed={button.code === item.code}
                onTap={(chosen) => {
                  if (chosen.code !== item.code) recorder.correct(state, item, chosen, reason)
                  onClose()
                }}
              />
            ))}
          </div>
        </div>
      )}
    </Dialog>
  )
}
