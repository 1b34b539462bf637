/**
 * Official attendance out of a file: which columns and codes it has, what would change and every doubt by its row, before
 * anything is taken in. All of it or nothing.
 */
import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { CheckCheck, TriangleAlert } from 'lucide-react'
import { useState } from 'react'
import { uuidv7 } from '../../../platform/core/ids.ts'
import { useSession } from '../../../platform/web/auth/session.tsx'
import { ask, Refused } from '../../../platform/web/http.ts'
import { findingWords } from '../../../platform/web/i18n/finding.ts'
import { useFormats } from '../../../platform/web/i18n/format.ts'
import { Button } from '../../../platform/web/kit/Button.tsx'
import { Dialog } from '../../../platform/web/kit/Dialog.tsx'
import { FilePick } from '../../../platform/web/desk/FilePick.tsx'
import { Notice } from '../../../platform/web/kit/Notice.tsx'
import { Select } from '../../../platform/web/kit/Select.tsx'
import { base64Of } from '../../../platform/web/files.ts'
import { OFFICIAL, type Official } from '../official.ts'
import {
  FILE_FIELDS,
  ImportedOfficial,
  type FileField,
  type ImportOfficial,
  type OfficialMapping,
} from '../official-import.ts'
import { OFFICIAL_WORDS } from './words.ts'
import styles from './Official.module.css'

interface Props {
  readonly onClose: () => void
  /** With the last day of what was taken in. */
  readonly onDone: (day: string | null) => void
}

// here and not in words.ts, which every phone loads
const FILE_FIELD_WORDS: Readonly<Record<FileField, MessageDescriptor>> = {
  student: msg`Number of the student`,
  day: msg`Day`,
  code: msg`Code`,
}

/** A year of a large school is read and compared in a minute at most. */
const PATIENCE_MS = 120_000
const SHOWN = 40

export function OfficialSheet({ onClose, onDone }: Props) {
  const { t, i18n } = useLingui()
  const { district } = useSession()
  const formats = useFormats(district.tz)
  const [chosen, setChosen] = useState<Pick<ImportOfficial, 'id' | 'file' | 'base64'> | null>(null)
  const [answer, setAnswer] = useState<ImportedOfficial | null>(null)
  // codes that were unknown when the file was chosen stay to be corrected
  const [codes, setCodes] = useState<readonly string[]>([])
  const [busy, setBusy] = useState(false)
  const [failed, setFailed] = useState<string | null>(null)
  const send = async (
    file: NonNullable<typeof chosen>,
    mapping: OfficialMapping | undefined,
    dry: boolean,
  ) => {
    setBusy(true)
    setFailed(null)
    try {
      const next = await ask(ImportedOfficial, '/api/attendance/import', {
        method: 'POST',
        body: { ...file, dry_run: dry, ...(mapping ? { mapping } : {}) },
        patienceMs: PATIENCE_MS,
      })
      setAnswer(next)
      setCodes((known) => [...new Set([...known, ...next.unknown])])
      if (next.imported) onDone(next.to)
    } catch (error) {
      setFailed(
        error instanceof Refused ? error.message : t`The server could not be reached. Nothing was changed.`,
      )
    }
    setBusy(false)
  }
  const choose = async (file: File | undefined) => {
    if (!file) return
    const next = { id: uuidv7(Date.now()), file: file.name.slice(0, 200), base64: await base64Of(file) }
    setChosen(next)
    setAnswer(null)
    setCodes([])
    await send(next, undefined, true)
  }
  const remap = (mapping: OfficialMapping) => chosen && void send(chosen, mapping, true)
  const news = answer ? answer.added + answer.changed : 0
  return (
    <Dialog
      open
      onClose={onClose}
      title={t`Attendance out of a file`}
      actions={
        <Button
          variant="primary"
          busy={busy}
          disabled={!answer?.ok || news === 0}
          onClick={() => chosen && answer && void send(chosen, answer.mapping, false)}
        >
          {answer?.ok ? (
            <Plural value={news} one="Take in # code" other="Take in # codes" />
          ) : (
            <Trans>Take it in</Trans>
          )}
        </Button>
      }
    >
      <div className={styles.form}>
        <FilePick
          label={t`List with a student, a day and a code in each row (CSV)`}
          accept=".csv,.txt,.tsv"
          disabled={busy}
          chosen={chosen ? [chosen.file] : []}
          onChoose={([file]) => void choose(file)}
        />
        {answer && (
          <div className={styles.columns}>
            {FILE_FIELDS.map((field: FileField) => (
              <Select
                key={field}
                label={i18n._(FILE_FIELD_WORDS[field])}
                placeholder={t`Choose a column`}
                value={answer.mapping.columns[field] ?? null}
                options={[...new Set(answer.headers)].map((header) => ({ value: header, label: header }))}
                onChange={(header) =>
                  remap({
                    ...answer.mapping,
                    columns: { ...answer.mapping.columns, [field]: header },
                  })
                }
              />
            ))}
            {codes.map((code) => (
              <Select
                key={code}
                label={t`“${code}” means`}
                placeholder={t`Choose`}
                value={answer.mapping.codes[code] ?? null}
                options={OFFICIAL.map((one) => ({ value: one, label: i18n._(OFFICIAL_WORDS[one]) }))}
                onChange={(meaning: Official) =>
                  remap({ ...answer.mapping, codes: { ...answer.mapping.codes, [code]: meaning } })
                }
              />
            ))}
          </div>
        )}
        {answer?.ok && (
          <Notice icon={CheckCheck} announce>
            {answer.from !== null && answer.to !== null && (
              <Trans>
                {formats.dateShort(`${answer.from}T17:00:00Z`)} to{' '}
                {formats.dateShort(`${answer.to}T17:00:00Z`)}:
              </Trans>
            )}{' '}
            <Trans>
              {answer.added} new, {answer.changed} changed, {answer.same} as before. Nothing has changed yet.
            </Trans>
          </Notice>
        )}
        {answer && !answer.ok && (
          <Notice tone="wait" icon={TriangleAlert} announce>
            <Trans>Nothing can be taken in until this is mended.</Trans>
          </Notice>
        )}
        {answer && answer.findings.length > 0 && (
          <ul className={styles.findings}>
            {answer.findings.slice(0, SHOWN).map((one) => (
              <li key={`${one.row} ${one.field ?? ''} ${one.code}`} data-severity={one.severity}>
                {one.row > 0 && (
                  <strong>
                    <Trans>Row {one.row}</Trans>
                  </strong>
                )}{' '}
                {findingWords(i18n, one)}
              </li>
            ))}
            {answer.findings.length > SHOWN && (
              <li>
                <Trans>and {answer.findings.length - SHOWN} more</Trans>
              </li>
            )}
          </ul>
        )}
        {failed !== null && <p role="alert">{failed}</p>}
      </div>
    </Dialog>
  )
}
