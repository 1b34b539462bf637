/** Reports and paper on a student's page: the report that is being written, past ones with their flags, data sheets. */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { ChevronRight, FileText, Keyboard, Printer, TriangleAlert } from 'lucide-react'
import { Card } from '../../../platform/web/kit/Card.tsx'
import { ButtonLink, Link } from '../../../platform/web/kit/Link.tsx'
import { Tag } from '../../../platform/web/kit/Tag.tsx'
import rows from '../../../platform/web/kit/Rows.module.css'
import { amendmentsOf } from '../amended.ts'
import { dayIn } from '../language.ts'
import type { FinalBody, Language } from '../records.ts'
import type { ReportState } from '../rules.ts'
import { useGoals, useReports, useStudent } from './held.ts'
import styles from './reports.module.css'

export default function StudentReports({ student }: { student: string }) {
  const held = useStudent(student)
  const goals = useGoals(student)
  const reports = useReports(student)
  if (!held || goals.length === 0) return null
  const drafting = reports.some(({ draft }) => draft !== null)
  const finals = reports.filter(({ final }) => final !== null)
  return (
    <section className={styles.section}>
      <h2>
        <Trans>Reports and paper</Trans>
      </h2>
      <div className={styles.actions}>
        <ButtonLink to="/report/$student" params={{ student }} icon={FileText}>
          {!held.owner ? (
            <Trans>Sentences for the report</Trans>
          ) : drafting ? (
            <Trans>Go on with the report</Trans>
          ) : (
            <Trans>Report</Trans>
          )}
        </ButtonLink>
        <ButtonLink to="/sheets/$student" params={{ student }} icon={Printer}>
          <Trans>Print sheets</Trans>
        </ButtonLink>
        <ButtonLink to="/sheet" icon={Keyboard}>
          <Trans>Key in a sheet</Trans>
        </ButtonLink>
      </div>
      {finals.length > 0 && (
        <Card flush>
          <ul className={rows.list}>
            {finals.map((report) => (
              <li key={report.report}>
                <PastReport report={report} goals={goals} />
              </li>
            ))}
          </ul>
        </Card>
      )}
    </section>
  )
}

function PastReport({ report, goals }: { report: ReportState; goals: ReturnType<typeof useGoals> }) {
  const { i18n } = useLingui()
  const lang: Language = i18n.locale === 'es' ? 'es' : 'en'
  const body = report.final?.body as FinalBody | undefined
  if (!body) return null
  const from = dayIn(lang, body.period.from)
  const to = dayIn(lang, body.period.to)
  const amended = amendmentsOf(body, goals).length
  const { student, report: id } = report
  return (
    <Link to="/reports/$student/$report" params={{ student, report: id }} className={rows.row}>
      <span className={rows.words}>
        <strong>
          {from} – {to}
        </strong>
        <span className={rows.quiet}>
          <Plural value={body.goals.length} one="# goal" other="# goals" />
        </span>
      </span>
      {amended > 0 && (
        <Tag tone="wait" icon={TriangleAlert}>
          <Trans>Data amended since</Trans>
        </Tag>
      )}
      {report.releases.length > 0 ? (
        <Tag tone="ok">
          <Trans>Given to the family</Trans>
        </Tag>
      ) : (
        <Tag>
          <Trans>Final</Trans>
        </Tag>
      )}
      <ChevronRight size={20} aria-hidden />
    </Link>
  )
}
