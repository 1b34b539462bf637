/**
 * One student at a glance, for who is with them: what changed, how to say the name, the safety card, health, how they
 * communicate, then supports, what others add (goals: sections), behavior, equipment and people. The only screen that
 * shows the first name, for whoever must call the student by it; on paper there are initials.
 */
import { Trans, useLingui } from '@lingui/react/macro'
import { Pencil, Printer, RefreshCw, ShieldCheck, UserX } from 'lucide-react'
import { lazy, Suspense, type ComponentType } from 'react'
import { Button } from '../../../platform/web/kit/Button.tsx'
import { EmptyState } from '../../../platform/web/kit/EmptyState.tsx'
import { ButtonLink } from '../../../platform/web/kit/Link.tsx'
import { Notice } from '../../../platform/web/kit/Notice.tsx'
import { PageHeader } from '../../../platform/web/kit/PageHeader.tsx'
import { Who } from '../../../platform/web/kit/Who.tsx'
import { useScreenParams } from '../../../platform/web/router/screen.ts'
import { Page } from '../../../platform/web/shell/Page.tsx'
import type { MyStudent } from '../../schedule/model.ts'
import { Around, Behavior, Meeting, Support } from './Facts.tsx'
import { Health } from './Health.tsx'
import { useMyStudents, usePlans, useSafety } from './hooks.ts'
import { News } from './News.tsx'
import { publishes } from './owners.ts'
import { QuestionsHere } from './QuestionsHere.tsx'
import { SafetySheet } from './SafetySheet.tsx'
import { SayName } from './SayName.tsx'
import styles from './Student.module.css'

// for who decides, and no part of what a para opens
const Receipts = lazy(() => import('./Receipts.tsx'))

export interface StudentProps {
  /** What others add: the goals, and what comes last. */
  sections: readonly ComponentType<{ student: string }>[]
  /** Whom to call for what one is not trained for: beside the safety card. */
  call?: ComponentType<{ student: string }> | undefined
}

export function Student({ sections, call }: StudentProps) {
  const { t } = useLingui()
  const { student: id } = useScreenParams<'student'>()
  const student = useMyStudents().find((one) => one.id === id)
  if (student) return <AtAGlance student={student} sections={sections} call={call} />
  return (
    <Page>
      <PageHeader title={t`Student`} back="/students" />
      <EmptyState icon={UserX} title={t`Nobody is here`}>
        <p>
          <Trans>
            The link may be old, or your time with this student has ended. Their data has left this device.
          </Trans>
        </p>
      </EmptyState>
    </Page>
  )
}

function AtAGlance({ student, sections, call: Call }: StudentProps & { student: MyStudent }) {
  const { t } = useLingui()
  const { id, grade } = student
  const plans = usePlans(id)
  const profile = plans.profile.heads[0]?.body
  const glance = plans.glance.heads[0]?.body
  const [Goals, ...others] = sections
  const mine = publishes(student.role)
  return (
    <div className={styles.sheet}>
      <Page width="wide">
        <PageHeader
          title={student.name}
          subtitle={grade === null ? undefined : grade === 'K' ? t`Kindergarten` : t`Grade ${grade}`}
          before={<Who initials={student.initials} color={student.color} />}
          back="/students"
        />
        <div className={styles.columns}>
          <div className={styles.column}>
            <div className={styles.screen}>
              <News student={student} plans={plans} />
            </div>
            {profile && <SayName profile={profile} />}
            <Safety student={id} />
            {Call && <Call student={id} />}
            <Health plans={plans} />
            {profile && <Meeting profile={profile} />}
          </div>
          <div className={styles.column}>
            {glance && <Support student={student} glance={glance} />}
            {Goals && (
              <div className={styles.screen}>
                <Goals student={id} />
              </div>
            )}
            {glance && <Behavior behavior={glance.behavior} />}
            {profile && <Around profile={profile} />}
            <div className={styles.screen}>
              <QuestionsHere student={student} />
              {others.map((Section, n) => (
                <Section key={n} student={id} />
              ))}
              {mine.length > 0 && (
                <Suspense>
                  <Receipts student={id} plans={plans} />
                </Suspense>
              )}
              <Button icon={Printer} onClick={() => print()}>
                <Trans>Print without the name</Trans>
              </Button>
              {mine.length > 0 && (
                <ButtonLink to="/students/$student/publish" params={{ student: id }} icon={Pencil}>
                  <Trans>Publish a new version</Trans>
                </ButtonLink>
              )}
            </div>
          </div>
        </div>
      </Page>
    </div>
  )
}

function Safety({ student }: { student: string }) {
  const { t } = useLingui()
  const { cards, needsUpdate } = useSafety(student)
  return (
    <>
      {needsUpdate && (
        <Notice tone="wait" icon={RefreshCw}>
          <Trans>
            A newer safety card is here that this version of the app cannot read. Load the new version, and
            ask the nurse meanwhile.
          </Trans>
        </Notice>
      )}
      {cards.map((card) => (
        <SafetySheet key={card.id} card={card} />
      ))}
      {cards.length === 0 && !needsUpdate && (
        <EmptyState icon={ShieldCheck} title={t`No safety card on this device`}>
          <p>
            <Trans>
              The nurse or the case manager publishes it. Ask them before you are alone with the student.
            </Trans>
          </p>
        </EmptyState>
      )}
    </>
  )
}
