/**
 * One goal: what is asked, who records now, the graph with its table, the sessions behind it. The same page for who
 * holds the student on this device, and by question to the server for who does not.
 */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { CloudOff, DraftingCompass, EyeOff, Signpost, Unplug } from 'lucide-react'
import { lazy, Suspense } from 'react'
import { EmptyState } from '../../../platform/web/kit/EmptyState.tsx'
import { ButtonLink } from '../../../platform/web/kit/Link.tsx'
import { Notice } from '../../../platform/web/kit/Notice.tsx'
import { PageHeader } from '../../../platform/web/kit/PageHeader.tsx'
import { Who } from '../../../platform/web/kit/Who.tsx'
import { useFormats } from '../../../platform/web/i18n/format.ts'
import { Page } from '../../../platform/web/shell/Page.tsx'
import type { Goal } from '../goal.ts'
import { lastDays } from '../last-days.ts'
import { ByBlock } from './ByBlock.tsx'
import { Decisions } from './Decisions.tsx'
import { GraphCard } from './GraphCard.tsx'
import { useMe } from './held.ts'
import { LiveSession } from './LiveSession.tsx'
import { decidesFor } from './owners.ts'
import { PlanDetails } from './PlanDetails.tsx'
import { SessionList } from './SessionList.tsx'
import { ShownWhere } from './ShownWhere.tsx'
import { StandingWords } from './StandingWords.tsx'
import { StepChecks } from './StepChecks.tsx'
import { useGoal, type GoalAnswer } from './useGoal.ts'
import { useGraphWords } from './words.ts'
import styles from './GoalPage.module.css'

const AtOnce = lazy(() => import('./AtOnce.tsx'))
const Observers = lazy(() => import('./Observers.tsx'))

interface GoalPageProps {
  program: string
  /** The way back; without it the page stands beside its list. */
  back?: string | undefined
  backParams?: Readonly<Record<string, string>> | undefined
}

export function GoalPage({ program, back, backParams }: GoalPageProps) {
  const { t } = useLingui()
  const { found, status } = useGoal(program)
  const words = useGraphWords()
  if (!found)
    return (
      <Page>
        <PageHeader title={t`Goal`} back={back} backParams={backParams} />
        <NotHere status={status} />
      </Page>
    )
  const { goal, who } = found
  const { title, number } = goal.version.body
  const phase = goal.phase ? words.phase(goal.phase) : ''
  const several = goal.plan.versions.length > 1
  return (
    <Page width="wide">
      <PageHeader
        title={title}
        subtitle={[phase, several ? t`version ${number}` : ''].filter((part) => part !== '').join(' · ')}
        before={<Who initials={who.initials} color={who.color} />}
        back={back}
        backParams={backParams}
        actions={<ChangeLink goal={goal} />}
      />
      <div className={styles.body}>
        {status === 'offline' && (
          <Notice icon={CloudOff}>
            <Trans>No connection right now. This is what was last read.</Trans>
          </Notice>
        )}
        {goal.hidden.map(({ session, by, started }) => (
          <Blind key={session} by={by} started={started} tz={goal.tz} />
        ))}
        {goal.open.map((session) => (
          <LiveSession key={session.state.session} goal={goal} session={session} />
        ))}
        <Asked goal={goal} />
        <Suspense>
          <AtOnce found={found} />
        </Suspense>
        <GraphCard goal={goal} />
        <Decisions found={found} />
        <Suspense>
          <Observers found={found} />
        </Suspense>
        <ShownWhere goal={goal} />
        <ByBlock goal={goal} />
        <StepChecks goal={goal} />
        <SessionList found={found} />
      </div>
    </Page>
  )
}

/** For whoever decides about this student's programs. */
function ChangeLink({ goal }: { goal: Goal }) {
  const decides = decidesFor(useMe(), goal.student)
  if (!decides || goal.version.body.measure.system === 'imported') return null
  return (
    <ButtonLink to="/programs/$program" params={{ program: goal.program }} icon={DraftingCompass}>
      <Trans>Change the program</Trans>
    </ButtonLink>
  )
}

/** Two observers of one session: each is told that the other records, and nothing more. */
function Blind({ by, started, tz }: { by: string; started: string; tz: string }) {
  const formats = useFormats(tz)
  const since = formats.time(started)
  return (
    <Notice icon={EyeOff}>
      <strong>
        <Trans>
          {by} records the same session, since {since}.
        </Trans>
      </strong>{' '}
      <Trans>
        What they record stays hidden from you until both of you have ended, so that each of you observes
        alone.
      </Trans>
    </Notice>
  )
}

/** The criterion as the IEP has it, where the newest points stand, and the plan behind it. */
function Asked({ goal }: { goal: Goal }) {
  const { criterion } = goal.version.body
  return (
    <section className={styles.asked}>
      <div className={styles.words}>
        <p>
          <span className={styles.label}>
            <Trans>Criterion</Trans>
          </span>
          {criterion}
        </p>
        {goal.standing && (
          <p className={styles.standing}>
            <StandingWords standing={goal.standing} />
          </p>
        )}
        {goal.version.body.measure.system === 'probe' && <Probes goal={goal} />}
      </div>
      <PlanDetails goal={goal} />
    </section>
  )
}

/** Cold probes of the newest days, with their fraction. */
function Probes({ goal }: { goal: Goal }) {
  const { i18n } = useLingui()
  const last = lastDays(goal.sessions)
  if (!last) return null
  const { days, numerator, denominator } = last
  const share = new Intl.NumberFormat(i18n.locale, { style: 'percent' }).format(numerator / denominator)
  return (
    <p className={styles.standing}>
      <Plural value={days} one="Yes on the last day:" other="Yes on the last # days:" /> {numerator}/
      {denominator} = {share}
    </p>
  )
}

function NotHere({ status }: { status: GoalAnswer['status'] }) {
  const { t } = useLingui()
  switch (status) {
    case 'asking':
    case 'fresh':
      return (
        <p className={styles.asking} role="status">
          <Trans>Asking the school’s server …</Trans>
        </p>
      )
    case 'offline':
      return (
        <EmptyState icon={Unplug} title={t`Not on this device`}>
          <p>
            <Trans>This goal is read from the school’s server, and there is no connection right now.</Trans>
          </p>
        </EmptyState>
      )
    case 'gone':
      return (
        <EmptyState icon={Signpost} title={t`Nothing is here`}>
          <p>
            <Trans>The link may be old, or the goal belongs to a student of others.</Trans>
          </p>
        </EmptyState>
      )
  }
}
