/**
 * Bringing a roster in: choose files, see what they are taken for and what would become of every row, mend the columns
 * of a list, then import, all or nothing. Below, the imports so far. The files stay in the browser until they are sent;
 * what the preview shows is gone with the page.
 */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { CheckCheck, CircleAlert, CloudOff, TriangleAlert } from 'lucide-react'
import { useEffect, useState } from 'react'
import { uuidv7 } from '../../../platform/core/ids.ts'
import { useSession } from '../../../platform/web/auth/session.tsx'
import { base64Of } from '../../../platform/web/files.ts'
import { ask, Refused } from '../../../platform/web/http.ts'
import { useFormats } from '../../../platform/web/i18n/format.ts'
import { Button } from '../../../platform/web/kit/Button.tsx'
import { FilePick } from '../../../platform/web/desk/FilePick.tsx'
import { Notice } from '../../../platform/web/kit/Notice.tsx'
import { PageHeader } from '../../../platform/web/kit/PageHeader.tsx'
import { Select } from '../../../platform/web/kit/Select.tsx'
import { Switch } from '../../../platform/web/kit/Switch.tsx'
import { useOnline } from '../../../platform/web/online.ts'
import { Page } from '../../../platform/web/shell/Page.tsx'
import { FORMATS, type Format } from '../formats-list.ts'
import { ImportAnswer, ImportProgress, ImportRuns, type ImportRequest } from '../people.ts'
import type { PlainMapping } from '../plain-mapping.ts'
import { Columns } from './Columns.tsx'
import { Preview } from './Preview.tsx'
import { FORMAT_WORDS } from './words.ts'
import styles from './Roster.module.css'

/** A roster of a large district is read and rehearsed in a minute at most. */
const PATIENCE_MS = 300_000

const EVERY_MS = 500

type Step = 'idle' | 'reading' | 'checking' | 'importing'

export default function Imports() {
  const { t, i18n } = useLingui()
  const [files, setFiles] = useState<ImportRequest['files']>([])
  const [step, setStep] = useState<Step>('idle')
  const [format, setFormat] = useState<Format | null>(null)
  const [mapping, setMapping] = useState<PlainMapping | null>(null)
  const [leavers, setLeavers] = useState(false)
  const [answer, setAnswer] = useState<ImportAnswer | null>(null)
  const [error, setError] = useState<string | null>(null)
  const [runs, setRuns] = useState(0)
  const [sending, setSending] = useState<string | null>(null)

  const send = async (request: Partial<ImportRequest>, chosen = files) => {
    const dry = request.dry_run !== false
    setStep(dry ? 'checking' : 'importing')
    setError(null)
    const body: ImportRequest = {
      id: uuidv7(Date.now()),
      files: chosen,
      dry_run: true,
      accept_leavers: leavers,
      ...(format === null ? {} : { format }),
      ...(mapping === null ? {} : { mapping }),
      ...request,
    }
    setSending(body.id)
    try {
      const next = await ask(ImportAnswer, '/api/roster/imports', {
        method: 'POST',
        body,
        patienceMs: PATIENCE_MS,
      })
      setAnswer(next)
      if (next.imported) {
        setFiles([])
        setRuns(runs + 1)
      }
    } catch (failed) {
      setAnswer(null)
      setError(
        failed instanceof Refused
          ? failed.message
          : t`The server could not be reached. Nothing was imported; try again in a moment.`,
      )
    }
    setSending(null)
    setStep('idle')
  }
  const choose = async (list: readonly File[]) => {
    setStep('reading')
    setAnswer(null)
    const read = await Promise.all(
      list.map(async (file) => ({ name: file.name, base64: await base64Of(file) })),
    )
    setFiles(read)
    setFormat(null)
    setMapping(null)
    setLeavers(false)
    await send({ format: undefined, mapping: undefined, accept_leavers: false }, read)
  }
  const many = answer?.findings.some(({ code }) => code === 'roster.many_leave') === true
  const words: Record<Step, string> = {
    idle: '',
    reading: t`Reading the files …`,
    checking: t`Looking at every row: what would be new, changed or ended …`,
    importing: t`Importing, all or nothing …`,
  }

  return (
    <Page width="wide">
      <PageHeader
        title={t`Import a roster`}
        subtitle={t`Students, adults and classes from your student information system`}
      />
      <div className={styles.pick}>
        <h2>
          <Trans>Choose all files of one export</Trans>
        </h2>
        <p className={styles.quiet}>
          <Trans>
            OneRoster, School Data Sync, Ed-Fi, UCS@school, or lists of your own as CSV. Nothing is imported
            before you have seen what would change.
          </Trans>
        </p>
        <FilePick
          label={t`Files of one export`}
          hideLabel
          multiple
          accept=".csv,.xml,.txt,.tsv"
          disabled={step !== 'idle'}
          chosen={files.map(({ name }) => name)}
          onChoose={(list) => void choose(list)}
        />
      </div>
      {step !== 'idle' && (
        <div className={styles.section} role="status">
          <Far id={sending} words={words[step]} />
        </div>
      )}
      {error !== null && (
        <Notice tone="danger" icon={CircleAlert} announce>
          {error}
        </Notice>
      )}
      {answer && step === 'idle' && (
        <section className={styles.section} aria-labelledby="found">
          <h2 id="found">
            {answer.imported ? <Trans>What was imported</Trans> : <Trans>What these files hold</Trans>}
          </h2>
          <Verdict answer={answer} />
          {!answer.imported && (
            <div className={styles.narrow}>
              <Select
                label={t`Taken for`}
                placeholder={t`Choose a format`}
                value={answer.format}
                options={FORMATS.map((one) => ({ value: one, label: i18n._(FORMAT_WORDS[one]) }))}
                onChange={(chosen) => {
                  setFormat(chosen)
                  void send({ format: chosen })
                }}
              />
            </div>
          )}
          {!answer.imported && Object.keys(answer.columns).length > 0 && (
            <Columns
              columns={answer.columns}
              onChange={(next) => {
                setMapping(next)
                void send({ mapping: next, format: 'csv' })
              }}
            />
          )}
          <Preview answer={answer} />
          {many && (
            <Switch
              label={t`The files are whole, and they may leave`}
              description={t`They end with today’s date. Nobody is deleted.`}
              on={leavers}
              onChange={(on) => {
                setLeavers(on)
                void send({ accept_leavers: on })
              }}
            />
          )}
          {!answer.imported && (
            <Button
              variant="primary"
              icon={CheckCheck}
              disabled={!answer.ok}
              onClick={() => void send({ dry_run: false })}
            >
              {t`Import`}
            </Button>
          )}
        </section>
      )}
      <Runs key={runs} />
    </Page>
  )
}

/** How far the server is, asked twice a second: rows of the files that are in. */
function Far({ id, words }: { id: string | null; words: string }) {
  const [far, setFar] = useState<ImportProgress | null>(null)
  useEffect(() => {
    if (id === null) return undefined
    const asking = setInterval(() => {
      // before it begins and when it is over there is nothing to tell
      ask(ImportProgress, `/api/roster/imports/${id}/progress`).then(setFar, () => undefined)
    }, EVERY_MS)
    return () => {
      clearInterval(asking)
      setFar(null)
    }
  }, [id])
  const counted = far !== null && far.of !== null && far.of > 0
  return (
    <>
      <progress
        className={styles.bar}
        aria-label={words}
        {...(counted ? { value: far.done, max: far.of ?? 0 } : {})}
      />
      <p>
        {words}{' '}
        {counted && (
          <span className={styles.quiet}>
            <Trans>
              {far.done} of {far.of} rows
            </Trans>
          </span>
        )}
      </p>
    </>
  )
}

function Verdict({ answer }: { answer: ImportAnswer }) {
  const errors = answer.findings.filter(({ severity }) => severity === 'error').length
  const rows = Object.values(answer.files).reduce((sum, file) => sum + file.rows, 0)
  if (answer.imported)
    return (
      <Notice tone="ok" icon={CheckCheck} announce>
        <Plural value={rows} one="# row is in." other="# rows are in." />
      </Notice>
    )
  if (answer.ok)
    return (
      <Notice icon={CheckCheck} announce>
        <Plural
          value={rows}
          one="# row can go in. Nothing has changed yet."
          other="# rows can go in. Nothing has changed yet."
        />
      </Notice>
    )
  return (
    <Notice tone="wait" icon={TriangleAlert} announce>
      <Plural
        value={errors}
        one="# row or file has an error, so nothing can go in. Mend it and choose the files again."
        other="# errors, so nothing can go in. Mend them and choose the files again."
      />
    </Notice>
  )
}

/** The imports so far, latest first. */
function Runs() {
  const { t } = useLingui()
  const { district } = useSession()
  const formats = useFormats(district.tz)
  const { value, status } = useOnline(ImportRuns, '/api/roster/imports')
  const runs = value?.runs ?? []
  return (
    <section className={styles.section} aria-labelledby="runs">
      <h2 id="runs">
        <Trans>Imports so far</Trans>
      </h2>
      {status === 'offline' && (
        <Notice icon={CloudOff}>
          <Trans>No connection right now. Imports are read from the school’s server.</Trans>
        </Notice>
      )}
      {value && runs.length === 0 && (
        <p className={styles.quiet}>
          <Trans>None yet.</Trans>
        </p>
      )}
      {runs.length > 0 && (
        <ul className={styles.rows}>
          {runs.map((run) => {
            const sum = (what: 'added' | 'changed' | 'ended') =>
              Object.values(run.changes).reduce((all, count) => all + count[what], 0)
            const [added, changed, ended] = [sum('added'), sum('changed'), sum('ended')]
            return (
              <li key={run.id} className={styles.row}>
                <span className={styles.grow}>
                  <strong>{run.source}</strong>
                  <span className={styles.quiet}>
                    {formats.dateTime(run.at)} · {run.by ?? t`by the system`}
                  </span>
                </span>
                <span className={styles.quiet}>{t`${added} added, ${changed} changed, ${ended} ended`}</span>
              </li>
            )
          })}
        </ul>
      )}
    </section>
  )
}
