/** How a new program begins: empty, from a template, or from another of my programs without its student's identity. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useNavigate } from '@tanstack/react-router'
import { ChevronRight, Copy, FilePlus } from 'lucide-react'
import { useState } from 'react'
import { Card } from '../../../platform/web/kit/Card.tsx'
import { cx } from '../../../platform/web/kit/cx.ts'
import { EmptyState } from '../../../platform/web/kit/EmptyState.tsx'
import { PageHeader } from '../../../platform/web/kit/PageHeader.tsx'
import { Who } from '../../../platform/web/kit/Who.tsx'
import { useScreenParams } from '../../../platform/web/router/screen.ts'
import { Page } from '../../../platform/web/shell/Page.tsx'
import { useDevice } from '../../../platform/web/store/hooks.ts'
import rows from '../../../platform/web/kit/Rows.module.css'
import type { MyStudent } from '../../schedule/model.ts'
import { isOfCare } from '../../sessions/measures.ts'
import { choiceOf } from '../fields.ts'
import { templatesIn } from '../templates.ts'
import { readWorking, type Working } from '../working.ts'
import { CopySheet } from './CopySheet.tsx'
import { startProgram } from './start.ts'
import { useOwned, usePlansOf } from './useMine.ts'
import { CHOICE } from './words.ts'
import styles from './lists.module.css'

export default function NewProgram() {
  const { student } = useScreenParams<'student'>()
  return <New student={student} />
}

export function New({ student: id }: { student: string }) {
  const { t, i18n } = useLingui()
  const device = useDevice()
  const navigate = useNavigate()
  const owned = useOwned()
  const student = owned.find((one) => one.id === id)
  const [copied, setCopied] = useState<{ working: Working; from: string } | null>(null)
  if (!student)
    return (
      <Page>
        <PageHeader title={t`New goal`} back="/programs" />
        <EmptyState icon={FilePlus} title={t`Nobody is here`}>
          <p>
            <Trans>The link may be old, or somebody else decides about this student’s goals.</Trans>
          </p>
        </EmptyState>
      </Page>
    )
  const begin = (working: Working) => {
    const program = startProgram(device, student.id, working)
    void navigate({ to: '/programs/$program', params: { program } })
  }
  const way = (working: Working) => {
    const name = CHOICE[choiceOf(working.measure)?.id ?? '']?.[0]
    return name ? i18n._(name) : ''
  }
  return (
    <Page>
      <PageHeader
        title={t`New goal`}
        before={<Who initials={student.initials} color={student.color} />}
        back="/programs"
      />
      <button type="button" className={cx(rows.row, styles.start)} onClick={() => begin(readWorking({}))}>
        <FilePlus size={22} aria-hidden className={rows.icon} />
        <span className={rows.words}>
          <strong>
            <Trans>Start empty</Trans>
          </strong>
          <span className={rows.quiet}>
            <Trans>With the words of the IEP in front of you.</Trans>
          </span>
        </span>
      </button>
      <h2>
        <Trans>From a template</Trans>
      </h2>
      <Card as="div" flush>
        <ul className={rows.list}>
          {templatesIn(i18n.locale).map((template) => (
            <li key={template.id}>
              <button type="button" className={rows.row} onClick={() => begin(template.working)}>
                <span className={rows.words}>
                  <strong>{template.working.title}</strong>
                  <span className={rows.quiet}>{way(template.working)}</span>
                </span>
                <ChevronRight size={20} aria-hidden className={rows.chevron} />
              </button>
            </li>
          ))}
        </ul>
      </Card>
      <h2>
        <Trans>From another of my programs</Trans>
      </h2>
      <Card as="div" flush>
        <ul className={rows.list}>
          {owned.map((one) => (
            <Sources
              key={one.id}
              student={one}
              way={way}
              onCopy={(working) => setCopied({ working, from: one.id })}
            />
          ))}
        </ul>
      </Card>
      {copied && (
        <CopySheet
          working={copied.working}
          from={copied.from}
          students={[student]}
          onClose={() => setCopied(null)}
          onCopied={(program) => void navigate({ to: '/programs/$program', params: { program } })}
        />
      )}
    </Page>
  )
}

function Sources({
  student,
  way,
  onCopy,
}: {
  student: MyStudent
  way: (working: Working) => string
  onCopy: (working: Working) => void
}) {
  const { t } = useLingui()
  return usePlansOf(student.id).map((plan) => {
    const working = readWorking(plan.versions.at(-1)?.body)
    const system = working.measure?.system ?? ''
    if (system === 'imported') return null
    // whoever looks over the shoulder sees that there is care, and not of what
    const isCare = isOfCare(system)
    return (
      <li key={plan.program}>
        <button type="button" className={rows.row} onClick={() => onCopy(working)}>
          <Who initials={student.initials} color={student.color} size="s" />
          <span className={rows.words}>
            <strong>{isCare ? t`Personal routine` : working.title}</strong>
            {!isCare && <span className={rows.quiet}>{way(working)}</span>}
          </span>
          <Copy size={18} aria-hidden className={rows.icon} />
        </button>
      </li>
    )
  })
}
