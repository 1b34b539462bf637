/**
 * The office's attendance of a day, today unless another is chosen. On top what disagrees with the marks of the adults, each with what ends it: the other
 * code, or why both may stay; one tap. Below the codes of everybody. An aide's mark never changes the official code.
 */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { CheckCheck, CloudOff, FileUp, TriangleAlert, Unplug } from 'lucide-react'
import { useState } from 'react'
import { dayOf } from '../../../platform/core/days.ts'
import { uuidv7 } from '../../../platform/core/ids.ts'
import { useSession } from '../../../platform/web/auth/session.tsx'
import { ask } from '../../../platform/web/http.ts'
import { useFormats } from '../../../platform/web/i18n/format.ts'
import { Button } from '../../../platform/web/kit/Button.tsx'
import { Card } from '../../../platform/web/kit/Card.tsx'
import { cx } from '../../../platform/web/kit/cx.ts'
import { EmptyState } from '../../../platform/web/kit/EmptyState.tsx'
import { Notice } from '../../../platform/web/kit/Notice.tsx'
import { PageHeader } from '../../../platform/web/kit/PageHeader.tsx'
import { TextField } from '../../../platform/web/kit/TextField.tsx'
import { Tag } from '../../../platform/web/kit/Tag.tsx'
import { useToasts } from '../../../platform/web/kit/Toast.tsx'
import { Who } from '../../../platform/web/kit/Who.tsx'
import { useOnline } from '../../../platform/web/online.ts'
import { Page } from '../../../platform/web/shell/Page.tsx'
import { useNow } from '../../../platform/web/store/now.ts'
import {
  AttendanceDay,
  Said,
  SETTLED,
  type AttendanceRow,
  type Official as Code,
  type SayOfficial,
  type Settled,
  type SettleMismatch,
} from '../official.ts'
import { OfficialSheet } from './OfficialSheet.tsx'
import { OFFICIAL_WORDS, SETTLED_WORDS } from './words.ts'
import marks from './marks.module.css'
import styles from './Official.module.css'

const MINUTE = 60_000
/** Codes that the office gives every day; the others come from the list of a student's disagreement. */
const CODES: readonly Code[] = ['present', 'absent', 'late', 'left_early']

export default function Official() {
  const { t } = useLingui()
  const { district } = useSession()
  const toasts = useToasts()
  const formats = useFormats(district.tz)
  const now = useNow(MINUTE)
  const today = dayOf(now, district.tz)
  const [chosen, setChosen] = useState<string | null>(null)
  const [taking, setTaking] = useState(false)
  const day = chosen ?? today
  const { value, status, again } = useOnline(AttendanceDay, `/api/attendance?day=${day}`)
  const rows = value?.students ?? []
  const open = rows.filter((row) => row.mismatch && row.settled === null)
  const unsaid = rows.filter((row) => row.official === null)

  // shown when the server has it, and not before
  const send = async (
    path: '/api/attendance' | '/api/attendance/settle',
    body: SayOfficial | SettleMismatch,
  ) => {
    try {
      await ask(Said, path, { method: 'POST', body })
      await again()
    } catch {
      toasts.show({ text: t`The server could not be reached. Nothing was changed.` })
    }
  }
  const sayAll = (students: readonly string[], code: Code) =>
    void send('/api/attendance', {
      id: uuidv7(now),
      day,
      marks: students.map((student) => ({ student, code })),
    })
  const settle = (row: AttendanceRow, reason: Settled) => {
    if (row.official === null || row.seen === null) return
    const { student, official, seen } = row
    void send('/api/attendance/settle', { id: uuidv7(now), student, day, official, seen: seen.is, reason })
  }

  return (
    <Page width="wide">
      <PageHeader title={t`Attendance`} subtitle={formats.dateLong(`${day}T17:00:00Z`)} />
      <div className={styles.bar}>
        <TextField
          type="date"
          label={t`Day`}
          value={day}
          onChange={(next) => next !== '' && next <= today && setChosen(next)}
        />
        <Button icon={FileUp} onClick={() => setTaking(true)}>
          <Trans>Take in a file</Trans>
        </Button>
      </div>
      {taking && (
        <OfficialSheet
          onClose={() => setTaking(false)}
          onDone={(last) => {
            setTaking(false)
            setChosen(last)
            void again()
            toasts.show({ text: t`The codes are in.` })
          }}
        />
      )}
      {status === 'offline' && value && (
        <Notice icon={CloudOff}>
          <Trans>No connection right now. This is what was last read.</Trans>
        </Notice>
      )}
      {status === 'offline' && !value && (
        <EmptyState icon={Unplug} title={t`No connection right now`}>
          <p>
            <Trans>The official attendance is read from the school’s server.</Trans>
          </p>
        </EmptyState>
      )}
      {value && (
        <section className={styles.section} aria-labelledby="differ">
          <h2 id="differ">
            <Trans>Do the marks agree?</Trans> {open.length > 0 && <Tag tone="wait">{open.length}</Tag>}
          </h2>
          {open.length === 0 ? (
            <p className={styles.fine}>
              <CheckCheck size={20} aria-hidden />
              <Trans>The official attendance and the marks of the adults agree.</Trans>
            </p>
          ) : (
            <ul className={styles.list}>
              {open.map((row) => (
                <Mismatch
                  key={row.student}
                  row={row}
                  onCode={(code) => sayAll([row.student], code)}
                  onSettle={(reason) => settle(row, reason)}
                />
              ))}
            </ul>
          )}
        </section>
      )}
      {value && (
        <section className={styles.section} aria-labelledby="codes">
          <header className={styles.head}>
            <h2 id="codes">
              <Trans>Official attendance</Trans>
            </h2>
            {unsaid.length > 0 && (
              <Button
                icon={CheckCheck}
                onClick={() =>
                  sayAll(
                    unsaid.map(({ student }) => student),
                    'present',
                  )
                }
              >
                <Plural value={unsaid.length} one="The other one: present" other="The other #: present" />
              </Button>
            )}
          </header>
          <Codes rows={rows} onCode={(student, code) => sayAll([student], code)} />
        </section>
      )}
    </Page>
  )
}

function Mismatch({
  row,
  onCode,
  onSettle,
}: {
  row: AttendanceRow
  onCode: (code: Code) => void
  onSettle: (reason: Settled) => void
}) {
  const { t, i18n } = useLingui()
  const { district } = useSession()
  const formats = useFormats(district.tz)
  const { seen, official, initials } = row
  if (!seen || !official) return null
  const at = formats.clock(seen.at)
  const code = i18n._(OFFICIAL_WORDS[official])
  return (
    <Card as="li" className={styles.mismatch}>
      <div className={styles.who}>
        <Who initials={initials} color={row.color} />
        <p>
          <strong>
            <TriangleAlert size={16} aria-hidden />
            {seen.is === 'here' ? t`Here by the aide’s mark` : t`Absent by the aide’s mark`}
          </strong>
          <span>{t`${seen.by}, ${seen.block}, ${at}`}</span>
          <span>{t`Officially: ${code}`}</span>
        </p>
      </div>
      <div className={styles.acts} role="group" aria-label={t`${initials}: change the official code`}>
        <span>
          <Trans>Change the official code</Trans>
        </span>
        {(seen.is === 'here' ? (['late', 'present'] as const) : (['absent'] as const)).map((one) => (
          <Button key={one} onClick={() => onCode(one)}>
            {i18n._(OFFICIAL_WORDS[one])}
          </Button>
        ))}
      </div>
      <div className={styles.acts} role="group" aria-label={t`${initials}: both stay, because`}>
        <span>
          <Trans>Or both stay, because</Trans>
        </span>
        {SETTLED.map((reason) => (
          <Button key={reason} variant="ghost" onClick={() => onSettle(reason)}>
            {i18n._(SETTLED_WORDS[reason])}
          </Button>
        ))}
      </div>
    </Card>
  )
}

function Codes({
  rows,
  onCode,
}: {
  rows: readonly AttendanceRow[]
  onCode: (student: string, code: Code) => void
}) {
  const { t, i18n } = useLingui()
  const ordered = rows.toSorted(
    (a, b) =>
      gradeOrder(a.grade) - gradeOrder(b.grade) ||
      a.initials.localeCompare(b.initials) ||
      (a.student < b.student ? -1 : 1),
  )
  return (
    <ul className={styles.codes}>
      {ordered.map((row) => (
        <li key={row.student}>
          <Who initials={row.initials} color={row.color} size="s" />
          <span className={styles.grade}>{row.grade === null ? '' : t`Grade ${row.grade}`}</span>
          <div className={styles.keys} role="group" aria-label={row.initials}>
            {CODES.map((code) => (
              <button
                key={code}
                type="button"
                className={cx(marks.mark, styles.key)}
                aria-pressed={row.official === code}
                onClick={() => row.official !== code && onCode(row.student, code)}
              >
                {i18n._(OFFICIAL_WORDS[code])}
              </button>
            ))}
          </div>
          {row.mismatch && row.settled && <Tag>{i18n._(SETTLED_WORDS[row.settled.reason])}</Tag>}
        </li>
      ))}
    </ul>
  )
}

/** Kindergarten comes before the first grade. */
function gradeOrder(grade: string | null): number {
  const number = Number(grade)
  return grade === null ? Infinity : Number.isFinite(number) ? number : 0
}
