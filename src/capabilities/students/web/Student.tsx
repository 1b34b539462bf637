/**
 * One student for who is with them: the safety card first, then what other capabilities add (sections). The only
 * screen that shows the first name, for whoever must call the student by it.
 */
import { Trans, useLingui } from '@lingui/react/macro'
import { RefreshCw, ShieldCheck, UserX } from 'lucide-react'
import type { ComponentType } from 'react'
import { EmptyState } from '../../../platform/web/kit/EmptyState.tsx'
import { Notice } from '../../../platform/web/kit/Notice.tsx'
import { PageHeader } from '../../../platform/web/kit/PageHeader.tsx'
import { Who } from '../../../platform/web/kit/Who.tsx'
import { useScreenParams } from '../../../platform/web/router/screen.ts'
import { Page } from '../../../platform/web/shell/Page.tsx'
import { useMyStudents, useSafety } from './hooks.ts'
import { SafetySheet } from './SafetySheet.tsx'
import styles from './Student.module.css'

export interface StudentProps {
  sections: readonly ComponentType<{ student: string }>[]
}

export function Student({ sections }: StudentProps) {
  const { t } = useLingui()
  const { student: id } = useScreenParams<'student'>()
  const student = useMyStudents().find((one) => one.id === id)
  if (!student)
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
  const grade = student.grade
  return (
    <Page width="wide">
      <PageHeader
        title={student.name}
        subtitle={grade === null ? undefined : grade === 'K' ? t`Kindergarten` : t`Grade ${grade}`}
        before={<Who initials={student.initials} color={student.color} />}
        back="/students"
      />
      <div className={styles.columns}>
        <div className={styles.column}>
          <Safety student={id} />
        </div>
        <div className={styles.column}>
          {sections.map((Section, n) => (
            <Section key={n} student={id} />
          ))}
        </div>
      </div>
    </Page>
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
