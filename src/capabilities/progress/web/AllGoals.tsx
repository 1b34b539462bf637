/**
 * Every goal in reach of a role that holds no students on its device: read from the server, by student, searched by
 * initials or title. Never by name.
 */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { CloudOff, SearchX, Target } from 'lucide-react'
import { useState } from 'react'
import { Card } from '../../../platform/web/kit/Card.tsx'
import { EmptyState } from '../../../platform/web/kit/EmptyState.tsx'
import { Notice } from '../../../platform/web/kit/Notice.tsx'
import { PageHeader } from '../../../platform/web/kit/PageHeader.tsx'
import { TextField } from '../../../platform/web/kit/TextField.tsx'
import { Who } from '../../../platform/web/kit/Who.tsx'
import { useOnline } from '../../../platform/web/online.ts'
import { useScreenParams } from '../../../platform/web/router/screen.ts'
import { Page } from '../../../platform/web/shell/Page.tsx'
import { GoalList } from '../online.ts'
import { GoalPage } from './GoalPage.tsx'
import { GoalLink } from './GoalRow.tsx'
import { Panes } from './Panes.tsx'
import { useWide } from './useWide.ts'
import styles from './AllGoals.module.css'

type Listed = GoalList['goals'][number]

export default function AllGoals() {
  const { t } = useLingui()
  const { program } = useScreenParams<'program'>()
  const wide = useWide()
  const { value, status } = useOnline(GoalList, wide || program === undefined ? '/api/goals' : null)
  const [sought, setSought] = useState('')
  const found = (value?.goals ?? []).filter((goal) => isSought(goal, sought, t`Personal routine`))
  const chosen = program ?? (wide ? found[0]?.program : undefined)

  const list = (
    <>
      <TextField label={t`Search by initials or title`} type="search" value={sought} onChange={setSought} />
      {status === 'offline' && (
        <Notice icon={CloudOff}>
          <Trans>No connection right now. The goals of your school are read from its server.</Trans>
        </Notice>
      )}
      {status === 'asking' && (
        <p className={styles.quiet} role="status">
          <Trans>Asking the school’s server …</Trans>
        </p>
      )}
      {value && <Students goals={found} total={value.goals.length} chosen={chosen} framed={!wide} />}
    </>
  )
  if (wide)
    return (
      <Panes
        label={t`All goals`}
        list={
          <>
            <div className={styles.head}>
              <h2>
                <Trans>All goals</Trans>
              </h2>
              {value && <Count goals={found} />}
            </div>
            {list}
          </>
        }
      >
        {chosen !== undefined && <GoalPage key={chosen} program={chosen} />}
      </Panes>
    )
  if (chosen !== undefined) return <GoalPage key={chosen} program={chosen} back="/all-goals" />
  return (
    <Page>
      <PageHeader title={t`All goals`} subtitle={value && <Count goals={found} />} />
      {list}
    </Page>
  )
}

function Count({ goals }: { goals: readonly Listed[] }) {
  const students = new Set(goals.map((goal) => goal.student.id)).size
  return (
    <span className={styles.quiet}>
      <Plural value={goals.length} one="# goal" other="# goals" />,{' '}
      <Plural value={students} one="# student" other="# students" />
    </span>
  )
}

interface StudentsProps {
  goals: readonly Listed[]
  total: number
  chosen: string | undefined
  framed: boolean
}

/** The server lists goals by student and title. */
function Students({ goals, total, chosen, framed }: StudentsProps) {
  const { t } = useLingui()
  if (total === 0)
    return (
      <EmptyState icon={Target} title={t`No goals here yet`} level={3}>
        <p>
          <Trans>Goals appear here once a case manager of your school publishes a plan.</Trans>
        </p>
      </EmptyState>
    )
  if (goals.length === 0)
    return (
      <EmptyState icon={SearchX} title={t`Nothing found`} level={3}>
        <p>
          <Trans>Search by a student’s initials, like A.M., or by words of the goal’s title.</Trans>
        </p>
      </EmptyState>
    )
  const byStudent = [...Map.groupBy(goals, (goal) => goal.student.id)]
  return byStudent.map(([id, own]) => {
    const student = own[0]?.student
    if (!student) return null
    const rows = (
      <ul className={styles.rows}>
        {own.map(({ program, title }) => (
          <li key={program}>
            <GoalLink
              to="/all-goals/$program"
              program={program}
              title={title ?? t`Personal routine`}
              chosen={program === chosen}
            />
          </li>
        ))}
      </ul>
    )
    return (
      <section key={id} className={styles.student} aria-label={student.initials}>
        <Who initials={student.initials} color={student.color} />
        {framed ? (
          <Card flush className={styles.framed}>
            {rows}
          </Card>
        ) : (
          rows
        )}
      </section>
    )
  })
}

/** By initials with or without dots, or by words of the title. */
function isSought({ title, student }: Listed, sought: string, neutral: string): boolean {
  const plain = (text: string) =>
    text
      .toLocaleLowerCase()
      .replaceAll(/[.\s]+/g, ' ')
      .trim()
  const wanted = plain(sought)
  if (wanted === '') return true
  const initials = student.initials.toLocaleLowerCase()
  const close = (text: string) => text.replaceAll(/[.\s]/g, '')
  return plain(title ?? neutral).includes(wanted) || close(initials).startsWith(close(wanted))
}
