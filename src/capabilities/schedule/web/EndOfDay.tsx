/**
 * Before going home (domain 4.1, 5.4): what of today has neither data nor a reason, one tap for the reason of each. Nothing
 * is left without one. The honest last reason is among them. Nothing is sent from here.
 */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { CheckCheck, CloudDownload, Grid2x2 } from 'lucide-react'
import { useState } from 'react'
import { uuidv7 } from '../../../platform/core/ids.ts'
import { useAct } from '../../../platform/web/act.ts'
import { useFormats } from '../../../platform/web/i18n/format.ts'
import { Button } from '../../../platform/web/kit/Button.tsx'
import { Card } from '../../../platform/web/kit/Card.tsx'
import { EmptyState } from '../../../platform/web/kit/EmptyState.tsx'
import { ButtonLink } from '../../../platform/web/kit/Link.tsx'
import { Notice } from '../../../platform/web/kit/Notice.tsx'
import { PageHeader } from '../../../platform/web/kit/PageHeader.tsx'
import { Who } from '../../../platform/web/kit/Who.tsx'
import { Page } from '../../../platform/web/shell/Page.tsx'
import { useDevice } from '../../../platform/web/store/hooks.ts'
import { useNow } from '../../../platform/web/store/now.ts'
import { endDraft, startDraft, undoDrafts } from '../../sessions/drafts.ts'
import { titleInLists } from '../../sessions/measures.ts'
import { NOT_RUN_REASONS } from '../../sessions/records.ts'
import { momentOf } from '../day.ts'
import { completenessOf } from '../due.ts'
import type { DayBoard, Me } from '../model.ts'
import { useMe, useOutcome, useProgram, useRuns, useStandings } from './hooks.ts'
import type { Run } from './outcome.ts'
import { REASONS, wordOfReason, type Reason } from './reasons.ts'
import styles from './EndOfDay.module.css'

const MINUTE = 60_000
/** What it mostly is; one tap. The others are one tap further. */
const FREQUENT: readonly Reason[] = ['not_enough_time', 'no_opportunity', 'materials_missing', 'refused']
const RARE = NOT_RUN_REASONS.filter((reason) => !FREQUENT.includes(reason))

export default function EndOfDay() {
  const { t } = useLingui()
  const me = useMe()
  const now = useNow(MINUTE)
  const board = me && momentOf(me, now).today
  if (me && board) return <Check me={me} board={board} now={now} />
  return (
    <Page>
      <PageHeader title={t`Before you go`} back="/today" />
      <EmptyState icon={CloudDownload} title={t`The plan of today is not on this device`}>
        <p>
          <Trans>
            It comes by itself as soon as this device reaches the school’s server. Recording works.
          </Trans>
        </p>
      </EmptyState>
    </Page>
  )
}

function Check({ me, board, now }: { me: Me; board: DayBoard; now: number }) {
  const { t } = useLingui()
  const formats = useFormats(me.district.tz)
  const all = useRuns(board)
  const runs = all.filter(({ block }) => Date.parse(block.end) <= now)
  const standings = useStandings(runs, board)
  const { numerator, denominator, reasons, left } = completenessOf(standings)
  const toCome = all.length - runs.length
  return (
    <Page width="wide">
      <PageHeader title={t`Before you go`} back="/today" />
      <Card as="section" aria-label={t`Data of today`} className={styles.sum}>
        <p className={styles.figure}>
          {denominator === 0 ? (
            <Trans>Nothing was due so far.</Trans>
          ) : (
            <>
              <strong>
                {numerator}/{denominator}
              </strong>{' '}
              = {formats.number((100 * numerator) / denominator, 1)} %
            </>
          )}
        </p>
        <p>
          {denominator > 0 && <Trans>goals of today with data</Trans>}
          {reasons > 0 && (
            <>
              {denominator > 0 && ' · '}
              <Plural
                value={reasons}
                one="# not run, with its reason"
                other="# not run, each with its reason"
              />
            </>
          )}
          {toCome > 0 && (
            <>
              {denominator + reasons > 0 && ' · '}
              <Plural value={toCome} one="# still to come" other="# still to come" />
            </>
          )}
        </p>
      </Card>
      {left === 0 ? (
        <Notice tone="ok" icon={CheckCheck} announce>
          <Trans>Nothing is left without a reason.</Trans>
        </Notice>
      ) : (
        <h2 className={styles.heading}>
          <Plural
            value={left}
            one="# has neither data nor a reason"
            other="# have neither data nor a reason"
          />
        </h2>
      )}
      <ul className={styles.list}>
        {runs.map((run, index) => {
          const is = standings[index]
          return (
            (is === 'due' || is === 'open') && (
              <Left
                key={`${run.block.assignment}/${run.program}`}
                run={run}
                board={board}
                me={me}
                isOpen={is === 'open'}
              />
            )
          )
        })}
      </ul>
      <Given runs={runs} board={board} me={me} />
    </Page>
  )
}

function Left({ run, board, me, isOpen }: { run: Run; board: DayBoard; me: Me; isOpen: boolean }) {
  const { t, i18n } = useLingui()
  const formats = useFormats(me.district.tz)
  const device = useDevice()
  const act = useAct()
  const [isWhole, setWhole] = useState(false)
  const { block } = run
  const program = useProgram(run.program, [...block.students, ...me.students.map((one) => one.id)], board.day)
  const student = me.students.find((one) => one.id === program?.student)
  const title = program
    ? titleInLists(program.body, t`Personal routine`)
    : t`A goal whose plan is not here yet`
  const say = (reason: Reason) => {
    if (!program) return
    const now = device.clock.now()
    const ref = { session: uuidv7(now), program: program.id, student: program.student }
    const tags = student?.role === 'substitute' ? (['substitute'] as const).slice() : []
    // it was not run in its block; it is said now
    const when = {
      at: new Date(Date.parse(block.end) - 1000).toISOString(),
      entered: new Date(now).toISOString(),
    }
    const word = i18n._(REASONS[reason])
    act({
      drafts: [
        { ...startDraft(program, ref.session, { setting: block.place, tags }), ...when },
        { ...endDraft(ref, 'not_run', reason), ...when },
      ],
      said: t`${student?.initials ?? ''} ${title}: not run. ${word}`,
      undo: (made) => undoDrafts(ref, made, null),
    })
  }
  return (
    <Card as="li" className={styles.left}>
      <div className={styles.what}>
        {student && <Who initials={student.initials} color={student.color} size="s" />}
        <p>
          <strong>{title}</strong>
          <small>
            {formats.clock(block.start)} · {block.title}
          </small>
        </p>
        <ButtonLink to="/pad/$block" params={{ block: block.assignment }} variant="ghost" icon={Grid2x2}>
          {isOpen ? <Trans>Still running: finish it</Trans> : <Trans>Record it</Trans>}
        </ButtonLink>
      </div>
      {!isOpen && program && (
        <div className={styles.reasons} role="group" aria-label={t`Why was it not run? ${title}`}>
          {[...FREQUENT, ...(isWhole ? RARE : [])].map((reason) => (
            <button key={reason} type="button" className={styles.reason} onClick={() => say(reason)}>
              {i18n._(REASONS[reason])}
            </button>
          ))}
          {!isWhole && (
            <Button variant="ghost" onClick={() => setWhole(true)}>
              <Trans>Another reason</Trans>
            </Button>
          )}
        </div>
      )}
    </Card>
  )
}

/** What was not run, and why: said by somebody or known by itself. */
function Given({ runs, board, me }: { runs: readonly Run[]; board: DayBoard; me: Me }) {
  const standings = useStandings(runs, board)
  const given = runs.filter((_, index) => standings[index] === 'not_run')
  if (given.length === 0) return null
  return (
    <section aria-labelledby="given">
      <h2 id="given" className={styles.heading}>
        <Trans>Not run, and why</Trans>
      </h2>
      <ul className={styles.given}>
        {given.map((run) => (
          <GivenRow key={`${run.block.assignment}/${run.program}`} run={run} board={board} me={me} />
        ))}
      </ul>
    </section>
  )
}

function GivenRow({ run, board, me }: { run: Run; board: DayBoard; me: Me }) {
  const { t, i18n } = useLingui()
  const { block } = run
  const program = useProgram(run.program, [...block.students, ...me.students.map((one) => one.id)], board.day)
  const student = me.students.find((one) => one.id === program?.student)
  const { reason } = useOutcome(run, board)
  return (
    <li>
      {student && <Who initials={student.initials} color={student.color} size="s" />}
      <span>{program ? titleInLists(program.body, t`Personal routine`) : ''}</span>
      <span>{reason === null ? t`not run` : wordOfReason(i18n, reason)}</span>
    </li>
  )
}
