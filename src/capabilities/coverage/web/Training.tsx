/**
 * Who is trained for what with whom: what ends soon on top, then all of it by adult or by student. A nurse, a therapist or
 * whoever leads the school says so, and takes it back at once; cover asks for nothing else (domain L.3, G.5). Staff
 * records: never a part of a student's page, only reached from their team.
 */
import { Trans, useLingui } from '@lingui/react/macro'
import { CloudOff, GraduationCap, Plus, SearchX, Unplug, UsersRound } from 'lucide-react'
import { useState } from 'react'
import { addDays } from '../../../platform/core/days.ts'
import { taskName } from '../../../platform/web/desk/tasks.ts'
import { Button } from '../../../platform/web/kit/Button.tsx'
import { Card } from '../../../platform/web/kit/Card.tsx'
import { Choice } from '../../../platform/web/kit/Choice.tsx'
import { EmptyState } from '../../../platform/web/kit/EmptyState.tsx'
import { Notice } from '../../../platform/web/kit/Notice.tsx'
import { PageHeader } from '../../../platform/web/kit/PageHeader.tsx'
import { Select } from '../../../platform/web/kit/Select.tsx'
import { Switch } from '../../../platform/web/kit/Switch.tsx'
import { Tag } from '../../../platform/web/kit/Tag.tsx'
import { Who } from '../../../platform/web/kit/Who.tsx'
import { useOnline } from '../../../platform/web/online.ts'
import { useScreenParams } from '../../../platform/web/router/screen.ts'
import { Page } from '../../../platform/web/shell/Page.tsx'
import { ALERT_DAYS, expiryOf } from '../expiry.ts'
import { standingOf } from '../training.ts'
import { TrainingPage, type TrainingRow } from '../wire.ts'
import { TrainingAllow } from './TrainingAllow.tsx'
import { TrainingAllowed } from './TrainingAllowed.tsx'
import { TrainingLine } from './TrainingLine.tsx'
import { TrainingProof } from './TrainingProof.tsx'
import { TrainingRevoke } from './TrainingRevoke.tsx'
import { TrainingSheet, type Begun } from './TrainingSheet.tsx'
import styles from './cover.module.css'

type Open =
  | { readonly what: 'grant'; readonly begun: Begun }
  | { readonly what: 'revoke' | 'prove'; readonly row: TrainingRow }
  | { readonly what: 'allow' }

export default function Training() {
  const { student } = useScreenParams<'student'>()
  return <TrainingView student={student} />
}

/** Of all students, or of one. */
export function TrainingView({ student }: { student?: string | undefined }) {
  const { t } = useLingui()
  const [school, setSchool] = useState<string | null>(null)
  const [by, setBy] = useState<'adult' | 'student'>('adult')
  const [all, setAll] = useState(false)
  const [open, setOpen] = useState<Open | null>(null)
  const query = school === null ? '' : `?school=${school}`
  const { value: page, status, again } = useOnline(TrainingPage, `/api/coverage/training${query}`)
  const close = () => setOpen(null)
  const done = () => {
    close()
    void again()
  }
  const rows = (page?.rows ?? []).filter(
    (row) => student === undefined || row.student === null || row.student === student,
  )
  const isOver = (row: TrainingRow) => page !== null && standingOf(row, page.today, page.soonDays) === 'over'
  const shown = rows.filter((row) => all || !isOver(row))
  const one = page?.students.find(({ id }) => id === student)
  return (
    <Page width="wide">
      <PageHeader
        title={t`Training`}
        subtitle={<Trans>Who is trained for what, with whom, until when</Trans>}
        before={one && <Who initials={one.initials} color={one.color} />}
        back={student === undefined ? (page?.everybody ? '/coverage' : '/') : '/team/$student'}
        backParams={student === undefined ? undefined : { student }}
        actions={
          page && (
            <>
              {page.allowed !== null && (
                <Button icon={UsersRound} onClick={() => setOpen({ what: 'allow' })}>
                  <Trans>Allow for one day</Trans>
                </Button>
              )}
              <Button
                icon={Plus}
                onClick={() => setOpen({ what: 'grant', begun: { student: student ?? undefined } })}
              >
                <Trans>Add a training</Trans>
              </Button>
            </>
          )
        }
      />
      {page && page.schools.length > 1 && (
        <Select
          label={t`School`}
          options={page.schools.map(({ id, name }) => ({ value: id, label: name }))}
          value={page.school}
          onChange={setSchool}
          placeholder={t`Choose a school`}
        />
      )}
      {status === 'offline' && (
        <Notice icon={page ? CloudOff : Unplug}>
          <Trans>No connection right now. Training is kept on the school’s server.</Trans>
        </Notice>
      )}
      {status === 'gone' && (
        <EmptyState icon={SearchX} title={t`Nothing is here`}>
          <p>
            <Trans>Training is said by nurses, therapists and whoever leads the school.</Trans>
          </p>
        </EmptyState>
      )}
      {page && (
        <div className={styles.stack}>
          <TrainingAllowed page={page} student={student} onDone={done} />
          <Ending
            page={page}
            rows={rows}
            onRenew={(row) =>
              setOpen({
                what: 'grant',
                begun: {
                  person: row.person,
                  student: row.student ?? undefined,
                  everybody: row.student === null,
                  task: row.task,
                  from: row.to !== null && row.to >= page.today ? addDays(row.to, 1) : page.today,
                },
              })
            }
          />
          <div className={styles.row}>
            <Choice<'adult' | 'student'>
              legend={t`In which order`}
              options={[
                { value: 'adult', label: t`By adult` },
                { value: 'student', label: t`By student` },
              ]}
              value={by}
              onChange={setBy}
            />
            <Switch label={t`Show what is over`} on={all} onChange={setAll} />
          </div>
          {shown.length === 0 && (
            <EmptyState icon={GraduationCap} title={t`No training is said yet`}>
              <p>
                <Trans>
                  What somebody is trained for decides which work they may be given when somebody is away.
                </Trans>
              </p>
            </EmptyState>
          )}
          <ul className={styles.cards}>
            {groupsOf(page, shown, by).map((group) => (
              <li key={group.key}>
                <Card
                  as="section"
                  className={styles.stack}
                  aria-label={group.name ?? group.student?.initials ?? t`With all students`}
                >
                  <h2 className={styles.name}>
                    {group.student ? (
                      <Who initials={group.student.initials} color={group.student.color} />
                    ) : (
                      (group.name ?? <Trans>With all students</Trans>)
                    )}
                  </h2>
                  <ul className={styles.lines}>
                    {group.rows.map((row) => (
                      <li key={row.id}>
                        <TrainingLine
                          page={page}
                          row={row}
                          by={by}
                          onRevoke={
                            row.mine && !isOver(row) ? () => setOpen({ what: 'revoke', row }) : undefined
                          }
                          onProve={row.mine ? () => setOpen({ what: 'prove', row }) : undefined}
                        />
                      </li>
                    ))}
                  </ul>
                </Card>
              </li>
            ))}
          </ul>
        </div>
      )}
      {open?.what === 'grant' && page && (
        <TrainingSheet page={page} begun={open.begun} onClose={close} onDone={done} />
      )}
      {open?.what === 'prove' && page && (
        <TrainingProof page={page} row={open.row} onClose={close} onDone={done} />
      )}
      {open?.what === 'allow' && page && (
        <TrainingAllow page={page} student={student} onClose={close} onDone={done} />
      )}
      {open?.what === 'revoke' && <TrainingRevoke row={open.row} onClose={close} onDone={done} />}
    </Page>
  )
}

/** What ends within the days, and what has just ended with nothing in its place: to be renewed before somebody needs it. */
function Ending({
  page,
  rows,
  onRenew,
}: {
  page: TrainingPage
  rows: readonly TrainingRow[]
  onRenew: (row: TrainingRow) => void
}) {
  const { t, i18n } = useLingui()
  const ending = rows.filter(
    (row) => row.revoked === null && row.to !== null && isEnding(page, row) && !isRenewed(rows, row),
  )
  if (ending.length === 0) return null
  return (
    <Card as="section" className={styles.stack} aria-labelledby="ending">
      <h2 id="ending">
        <Trans>Ends within {ALERT_DAYS[0]} days, or has just ended</Trans>{' '}
        <Tag tone="wait">{ending.length}</Tag>
      </h2>
      <ul className={styles.lines}>
        {ending
          .toSorted((a, b) => ((a.to ?? '') < (b.to ?? '') ? -1 : 1))
          .map((row) => (
            <li key={row.id}>
              <TrainingLine page={page} row={row} by="both">
                {row.mine && page.tasks.includes(row.task) && (
                  <Button
                    aria-label={t`Renew: ${taskName(i18n, row.task)}, ${row.name}`}
                    onClick={() => onRenew(row)}
                  >
                    <Trans>Renew</Trans>
                  </Button>
                )}
              </TrainingLine>
            </li>
          ))}
      </ul>
    </Card>
  )
}

function isEnding({ today, soonDays }: TrainingPage, { to }: TrainingRow): boolean {
  return to !== null && to >= addDays(today, -soonDays) && expiryOf(to, today) !== null
}

function isRenewed(rows: readonly TrainingRow[], row: TrainingRow): boolean {
  return rows.some(
    (other) =>
      other.revoked === null &&
      other.person === row.person &&
      other.task === row.task &&
      (other.student === row.student || other.student === null) &&
      (other.to === null || other.to > (row.to ?? '')),
  )
}

interface Group {
  readonly key: string
  /** Of an adult; null: of a student, or of all of them. */
  readonly name: string | null
  readonly student: TrainingPage['students'][number] | undefined
  readonly rows: readonly TrainingRow[]
}

function groupsOf(page: TrainingPage, rows: readonly TrainingRow[], by: 'adult' | 'student'): Group[] {
  const groups = Map.groupBy(rows, (row) => (by === 'adult' ? row.person : (row.student ?? 'all')))
  return [...groups]
    .map(([key, some]): Group => ({
      key,
      name: by === 'adult' ? (some[0]?.name ?? '') : null,
      student: page.students.find(({ id }) => id === key),
      rows: some,
    }))
    .toSorted((a, b) => orderOf(a).localeCompare(orderOf(b), 'en'))
}

/** By name; students by their initials, and all of them last. */
function orderOf({ name, student }: Group): string {
  return name ?? student?.initials ?? '~'
}
