/**
 * What today's plan asks for and what has come of it. A goal that was not run counts as done once its reason is
 * said; what was not recorded and has no reason stays in sight after its block is over.
 */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { CheckCheck, Circle, CircleCheck, CircleDot, CircleSlash } from 'lucide-react'
import { useContext } from 'react'
import { Card } from '../../../platform/web/kit/Card.tsx'
import { Link } from '../../../platform/web/kit/Link.tsx'
import { Who } from '../../../platform/web/kit/Who.tsx'
import { useFormats } from '../../../platform/web/i18n/format.ts'
import { displayValue } from '../../sessions/rules.ts'
import { titleInLists } from '../../sessions/measures.ts'
import type { Summary } from '../../sessions/state.ts'
import type { DayBoard, Me } from '../model.ts'
import { useOutcome, useProgram, useRuns, useStandings } from './hooks.ts'
import type { Run } from './outcome.ts'
import { TodayPartsContext } from './parts.ts'
import { wordOfReason } from './reasons.ts'
import styles from './DueToday.module.css'

export function DueToday({ board, me, now }: { board: DayBoard; me: Me; now: number }) {
  const { t } = useLingui()
  const runs = useRuns(board)
  const standings = useStandings(runs, board)
  const total = runs.length
  const done = standings.filter((is) => is === 'recorded' || is === 'not_run').length
  if (total === 0) return null
  return (
    <Card as="section" flush aria-labelledby="due">
      <header className={styles.head}>
        <h2 id="due">
          <Trans>Due today</Trans>
        </h2>
        <span>{t`${done} of ${total} done`}</span>
      </header>
      <div className={styles.bar} role="img" aria-label={t`${done} of ${total} done`}>
        {standings.map((is, index) => (
          <i key={index} data-is={is} />
        ))}
      </div>
      {done === total ? (
        <p className={styles.all}>
          <CheckCheck size={20} aria-hidden />
          <Plural
            value={total}
            one="The goal of today is recorded."
            other="All # goals of today are recorded."
          />
        </p>
      ) : null}
      <ul className={styles.list}>
        {runs.map((run) => (
          <Row key={`${run.block.assignment}/${run.program}`} run={run} board={board} me={me} now={now} />
        ))}
      </ul>
    </Card>
  )
}

function Row({ run, board, me, now }: { run: Run; board: DayBoard; me: Me; now: number }) {
  const { t, i18n } = useLingui()
  const formats = useFormats(me.district.tz)
  const { block } = run
  const { run: more } = useContext(TodayPartsContext)
  const program = useProgram(run.program, [...block.students, ...me.students.map((one) => one.id)], board.day)
  const { is, summary, reason } = useOutcome(run, board)
  const student = me.students.find((one) => one.id === program?.student)
  const at = formats.clock(block.start)
  const isOver = Date.parse(block.end) <= now
  const isNow = !isOver && Date.parse(block.start) <= now
  return (
    <li>
      <Link to="/pad/$block" params={{ block: block.assignment }} className={styles.row}>
        <Mark is={is} />
        {student && <Who initials={student.initials} color={student.color} size="s" />}
        <span className={styles.title}>
          {program ? titleInLists(program.body, t`Personal routine`) : t`A goal whose plan is not here yet`}
          {is === 'due' && more.map((Part, index) => <Part key={index} program={run.program} />)}
          {is === 'not_run' && reason !== null && <small>{wordOfReason(i18n, reason)}</small>}
        </span>
        <span className={styles.state} data-late={(isOver && (is === 'due' || is === 'open')) || undefined}>
          {is === 'due' ? (
            isOver ? (
              t`not recorded`
            ) : isNow ? (
              t`now`
            ) : (
              at
            )
          ) : is === 'open' ? (
            isOver ? (
              t`still running`
            ) : (
              t`running`
            )
          ) : is === 'not_run' ? (
            t`not run`
          ) : summary ? (
            <Value summary={summary} />
          ) : (
            t`recorded`
          )}
        </span>
      </Link>
    </li>
  )
}

function Mark({ is }: { is: 'due' | 'open' | 'recorded' | 'not_run' }) {
  const Icon =
    is === 'recorded' ? CircleCheck : is === 'open' ? CircleDot : is === 'not_run' ? CircleSlash : Circle
  return <Icon className={styles.mark} data-is={is} size={18} aria-hidden />
}

function Value({ summary }: { summary: Summary }) {
  const { t } = useLingui()
  const formats = useFormats('UTC')
  const value = displayValue(summary)
  if (!value) return <>{t`recorded`}</>
  switch (value.unit) {
    case 'percent':
      // of the observed time: its pair are milliseconds
      if (summary.metric === 'pct_duration') return <>{t`${formats.number(value.value, 0)} % of the time`}</>
      return (
        <>
          {value.numerator}/{value.denominator}
        </>
      )
    case 'points':
      return <>{formats.number(value.value, 1)}</>
    case 'seconds':
      return <>{t`${formats.number(value.value, 1)} s`}</>
    case 'minutes':
      return <>{t`${formats.number(value.value, 1)} min`}</>
    case 'yes_no':
      return <>{value.value === 1 ? t`yes` : t`no`}</>
    case 'count':
      return <>{t`${value.value} counted`}</>
    case 'per_minute':
      return <>{t`${formats.number(value.value, 2)} a minute`}</>
    case 'per_hour':
      return <>{t`${formats.number(value.value, 1)} an hour`}</>
  }
}
