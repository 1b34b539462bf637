/** The programs one decides about: what one works on first, then each student's, and the way to a new one. */
import { Trans, useLingui } from '@lingui/react/macro'
import { ChevronRight, DraftingCompass, Plus } from 'lucide-react'
import type { Uuid } from '../../../platform/core/ids.ts'
import { Card } from '../../../platform/web/kit/Card.tsx'
import { EmptyState } from '../../../platform/web/kit/EmptyState.tsx'
import { ButtonLink, Link } from '../../../platform/web/kit/Link.tsx'
import { PageHeader } from '../../../platform/web/kit/PageHeader.tsx'
import { Tag } from '../../../platform/web/kit/Tag.tsx'
import { Who } from '../../../platform/web/kit/Who.tsx'
import { useFormats } from '../../../platform/web/i18n/format.ts'
import { Page } from '../../../platform/web/shell/Page.tsx'
import { useDevice } from '../../../platform/web/store/hooks.ts'
import rows from '../../../platform/web/kit/Rows.module.css'
import type { MyStudent } from '../../schedule/model.ts'
import { isOfCare } from '../../sessions/measures.ts'
import { choiceOf, type LooseMeasure } from '../fields.ts'
import { readWorking } from '../working.ts'
import { useDraftsOf, useMe, useOwned, usePlansOf } from './useMine.ts'
import { CHOICE } from './words.ts'
import styles from './lists.module.css'

export default function Programs() {
  const { t } = useLingui()
  const owned = useOwned()
  return (
    <Page>
      <PageHeader title={t`Programs`} />
      {owned.length === 0 ? (
        <EmptyState icon={DraftingCompass} title={t`No student of yours yet`}>
          <p>
            <Trans>Here you write and change the programs of students whose goals you decide about.</Trans>
          </p>
        </EmptyState>
      ) : (
        owned.map((student) => <OfStudent key={student.id} student={student} />)
      )}
    </Page>
  )
}

function OfStudent({ student }: { student: MyStudent }) {
  const { t, i18n } = useLingui()
  const wayOf = (measure: LooseMeasure | null) => {
    const name = CHOICE[choiceOf(measure)?.id ?? '']?.[0]
    return name ? i18n._(name) : ''
  }
  const me = useMe()
  const { person } = useDevice()
  const formats = useFormats(me?.district.tz ?? 'UTC')
  const drafts = useDraftsOf(student.id)
  const plans = usePlansOf(student.id)
  const drafting = drafts.flatMap(({ program, drafts: open }) => open.map((draft) => ({ program, draft })))
  const untouched = plans
    .filter(({ program }) => drafts.every((one) => one.program !== program))
    .filter(({ versions }) => versions.at(-1)?.body.measure.system !== 'imported')
    .map((plan) => ({ program: plan.program, body: plan.versions.at(-1)?.body }))
  // whoever looks over the shoulder sees that there is care, and not of what
  const isCare = (program: Uuid) =>
    plans.some(
      (plan) => plan.program === program && isOfCare(plan.versions.at(-1)?.body.measure.system ?? ''),
    )
  return (
    <section className={styles.student} aria-label={student.initials}>
      <div className={styles.head}>
        <Who initials={student.initials} color={student.color} />
        <ButtonLink to="/programs/new/$student" params={{ student: student.id }} icon={Plus}>
          <Trans>New goal</Trans>
        </ButtonLink>
      </div>
      <Card as="div" flush>
        <ul className={rows.list}>
          {drafting.map(({ program, draft }) => {
            const author = me?.people.find(({ id }) => id === draft.author)?.name ?? ''
            const when = formats.dateTime(draft.at)
            const base = draft.base
            return (
              <li key={draft.id}>
                <Link to="/programs/$program" params={{ program }} className={rows.row}>
                  <span className={rows.words}>
                    <strong>
                      {isCare(program) ? t`Personal routine` : draft.title.trim() || t`Without a name`}
                    </strong>
                    <span className={rows.quiet}>
                      {base === 0 ? t`new, not published` : t`change of version ${base}`}
                      {' · '}
                      {draft.author === person ? when : `${author}, ${when}`}
                    </span>
                  </span>
                  <Tag tone="wait">
                    <Trans>Draft</Trans>
                  </Tag>
                  <ChevronRight size={20} aria-hidden className={rows.chevron} />
                </Link>
              </li>
            )
          })}
          {untouched.map(({ program, body }) => {
            const number = body?.number ?? 1
            return (
              <li key={program}>
                <Link to="/programs/$program" params={{ program }} className={rows.row}>
                  <span className={rows.words}>
                    <strong>{isCare(program) ? t`Personal routine` : body?.title}</strong>
                    <span className={rows.quiet}>
                      {[t`version ${number}`, isCare(program) ? '' : wayOf(readWorking(body).measure)]
                        .filter(Boolean)
                        .join(' · ')}
                    </span>
                  </span>
                  <ChevronRight size={20} aria-hidden className={rows.chevron} />
                </Link>
              </li>
            )
          })}
          {drafting.length + untouched.length === 0 && (
            <li className={styles.none}>
              <Trans>No goal yet.</Trans>
            </li>
          )}
        </ul>
      </Card>
    </section>
  )
}
