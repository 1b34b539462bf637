/** An iCalendar file: what it holds and what is wrong with it, before anything is taken in. All of it or nothing. */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { addDays } from '../../../platform/core/days.ts'
import { useSession } from '../../../platform/web/auth/session.tsx'
import { findingWords } from '../../../platform/web/i18n/finding.ts'
import { useFormats } from '../../../platform/web/i18n/format.ts'
import { Button } from '../../../platform/web/kit/Button.tsx'
import { Dialog } from '../../../platform/web/kit/Dialog.tsx'
import { FilePick } from '../../../platform/web/desk/FilePick.tsx'
import { Tag } from '../../../platform/web/kit/Tag.tsx'
import { yearOf } from '../periods.ts'
import { EventsAnswer, type CalendarPage } from '../wire.ts'
import { variantName } from './calendar-words.ts'
import styles from './Calendar.module.css'
import { useChange } from './useChange.ts'

interface Props {
  readonly page: CalendarPage
  readonly onClose: () => void
  readonly onDone: () => void
}

const SHOWN = 40

export function CalendarImportSheet({ page, onClose, onDone }: Props) {
  const { t, i18n } = useLingui()
  const { district } = useSession()
  const formats = useFormats(district.tz)
  const [file, setFile] = useState<{ file: string; text: string } | null>(null)
  const change = useChange(EventsAnswer, `/api/schools/${page.school.id}/events`)
  const from = yearOf(page.today)
  const bounds = { from, to: addDays(yearOf(addDays(from, 366)), -1) }
  const look = async (chosen: File | undefined) => {
    if (!chosen) return
    const next = { file: chosen.name.slice(0, 200), text: await chosen.text() }
    setFile(next)
    await change.send({ ...next, ...bounds, preview: true })
  }
  const take = async () => {
    const answer = file && (await change.send({ ...file, ...bounds, preview: false }))
    if (answer?.saved) onDone()
  }
  const answer = change.answer
  const sound = answer !== null && !answer.findings.some(({ severity }) => severity === 'error')
  return (
    <Dialog
      open
      onClose={onClose}
      title={t`Take in a calendar file`}
      actions={
        <Button
          variant="primary"
          busy={change.busy}
          disabled={!sound || answer.events.length === 0}
          onClick={() => void take()}
        >
          <Trans>Take it in</Trans>
        </Button>
      }
    >
      <div className={styles.form}>
        <FilePick
          label={t`Calendar file (.ics)`}
          accept=".ics,text/calendar"
          chosen={file ? [file.file] : []}
          onChoose={([chosen]) => void look(chosen)}
        />
        {answer && answer.findings.length > 0 && (
          <div role="status">
            <ul className={styles.findings}>
              {answer.findings.slice(0, SHOWN).map((one) => (
                <li key={`${one.row} ${one.code}`}>
                  <Tag tone={one.severity === 'error' ? 'wait' : 'neutral'}>
                    <Trans>
                      Line {one.row} {one.field}
                    </Trans>
                  </Tag>{' '}
                  {findingWords(i18n, one)}
                </li>
              ))}
            </ul>
          </div>
        )}
        {answer && !sound && (
          <p role="alert">
            <Trans>Nothing can be taken in until this is mended in the file.</Trans>
          </p>
        )}
        {answer && (
          <>
            <p>
              <Plural
                value={answer.events.length}
                one="# entry this school year"
                other="# entries this school year"
              />
            </p>
            <ul className={styles.entries}>
              {answer.events.slice(0, SHOWN).map((one, n) => (
                <li key={n}>
                  <span>{formats.dateShort(`${one.day}T17:00:00Z`)}</span>
                  <span>{one.title}</span>
                  {one.kind === 'closed' && (
                    <Tag tone="info">
                      <Trans>Closed</Trans>
                    </Tag>
                  )}
                  {one.type !== null && <Tag tone="info">{one.type}</Tag>}
                  {one.variant !== null && <Tag tone="info">{variantName(i18n, one.variant)}</Tag>}
                </li>
              ))}
            </ul>
          </>
        )}
        {change.failed !== null && <p role="alert">{change.failed}</p>}
      </div>
    </Dialog>
  )
}
