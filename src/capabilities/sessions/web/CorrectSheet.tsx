/**
 * The correction of one item: another result or another length in its place, or taken out, each with a reason and by
 * a record of its own. What was recorded first stays in the history (domain B.8).
 */
import { Trans, useLingui } from '@lingui/react/macro'
import { Trash2 } from 'lucide-react'
import { useState } from 'react'
import { wordOfCorrection } from '../../../platform/web/i18n/results.ts'
import { Button } from '../../../platform/web/kit/Button.tsx'
import { Dialog } from '../../../platform/web/kit/Dialog.tsx'
import { TextField } from '../../../platform/web/kit/TextField.tsx'
import { useFormats } from '../../../platform/web/i18n/format.ts'
import { useSession } from '../../../platform/web/auth/session.tsx'
import { asWritten, CORRECTION_REASONS, nounOf, type CorrectionReason } from '../drafts.ts'
import type { Measure } from '../records.ts'
import { buttonsOf } from '../rules.ts'
import type { SessionItem, SessionState } from '../state.ts'
import { allowed, useConsent } from './consent.ts'
import { Key } from './Keys.tsx'
import { LengthField } from './LengthField.tsx'
import { PadKey } from './PadKey.tsx'
import type { Recorder } from './recorder.ts'
import { ActState } from './SavedChip.tsx'
import { placeOfItem, wordOfItem } from './words.ts'
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
  const measure = allowed(state.measure as Measure, useConsent(state.student))
  const noun = nounOf(measure)
  const { n } = item
  const heading =
    measure.system === 'trials'
      ? t`${initials} trial ${n}`
      : noun === 'step'
        ? t`${initials} step ${n}`
        : t`${initials} ${title}, number ${n}`
  const codes = codesOf(measure)
  const said = placeOfItem(i18n, item, measure)
  const takeOut = () => {
    const isPlain = noun !== 'occurrence' || (measure.system === 'count' && item.count === undefined)
    if (isPlain) recorder.remove(state, item, reason)
    else recorder.takeOut(state, [item.id, ...(item.endedBy ? [item.endedBy] : [])], reason, said)
    onClose()
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={heading}
      actions={
        <Button icon={Trash2} onClick={takeOut}>
          {noun === 'occurrence' ? t`Take it out` : t`Take this result out`}
        </Button>
      }
    >
      <p className={styles.state}>
        <span>
          {measure.system === 'count' && item.count === undefined ? (
            <Trans>Recorded at {formats.time(item.at)}</Trans>
          ) : (
            <Trans>
              Recorded: <strong>{wordOfItem(i18n, item, measure)}</strong>, {formats.time(item.at)}
            </Trans>
          )}
        </span>
        <ActState id={item.id} />
      </p>
      {measure.system === 'steps' && <p className={styles.lead}>{measure.steps[n - 1]}</p>}
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
              {wordOfCorrection(i18n, one)}
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
      {codes.length > 0 && (
        <div className={styles.section}>
          <h3>
            <Trans>It should be</Trans>
          </h3>
          <div className={styles.keys}>
            {codes.map((one) => {
              const word = wordOfItem(i18n, { code: one }, measure)
              return (
                <PadKey
                  key={one}
                  word={word}
                  pressed={one === item.code}
                  onTap={() => {
                    const put =
                      measure.system === 'intensity'
                        ? ({ noun: 'moment', body: { code: one } } as const)
                        : ({ noun: 'mark', body: { n, code: one } } as const)
                    if (one !== item.code) recorder.change(state, item.id, put, reason, word)
                    onClose()
                  }}
                />
              )
            })}
          </div>
        </div>
      )}
      {(measure.system === 'duration' || measure.system === 'latency') && item.endedBy !== undefined && (
        <LengthField
          label={t`How long it was`}
          ms={item.ms ?? 0}
          onLength={(ms, text) => {
            const at = asWritten(state, new Date(Date.parse(item.at) + ms).toISOString())
            const body = { code: measure.system === 'duration' ? 'off' : 'on' }
            if (item.endedBy) recorder.change(state, item.endedBy, { noun: 'moment', body, at }, reason, text)
            onClose()
          }}
        />
      )}
    </Dialog>
  )
}

/** Codes that one item of a pad without a ladder can have. */
function codesOf(measure: Measure): readonly string[] {
  if (measure.system === 'interval') return ['1', '0']
  if (measure.system === 'intensity') return measure.anchors.map((_, index) => `${index + 1}`)
  return []
}
