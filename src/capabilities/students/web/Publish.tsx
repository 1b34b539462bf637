/**
 * Owners publish a new version of what they own: the case manager what to do and who the student is, the nurse the health
 * card, a behavior analyst what to do. What stands is the start; the team reads what changed.
 */
import { Trans, useLingui } from '@lingui/react/macro'
import { CircleAlert, Send, UserX } from 'lucide-react'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useAct } from '../../../platform/web/act.ts'
import { Button } from '../../../platform/web/kit/Button.tsx'
import { Card } from '../../../platform/web/kit/Card.tsx'
import { Choice } from '../../../platform/web/kit/Choice.tsx'
import { EmptyState } from '../../../platform/web/kit/EmptyState.tsx'
import { Notice } from '../../../platform/web/kit/Notice.tsx'
import { PageHeader } from '../../../platform/web/kit/PageHeader.tsx'
import { Who } from '../../../platform/web/kit/Who.tsx'
import { useScreenParams } from '../../../platform/web/router/screen.ts'
import { Page } from '../../../platform/web/shell/Page.tsx'
import type { Json } from '../../../platform/core/canonical.ts'
import type { MyStudent } from '../../schedule/model.ts'
import type { Plans, What } from '../plans.ts'
import { GlanceBody, HealthBody, ProfileBody } from '../records.ts'
import { GlanceForm } from './GlanceForm.tsx'
import { HealthForm } from './HealthForm.tsx'
import { useMyStudents, usePlans } from './hooks.ts'
import { publishes } from './owners.ts'
import { placeWords, WHAT } from './plan-words.ts'
import { ProfileForm } from './ProfileForm.tsx'
import styles from './publish.module.css'

type Own = Exclude<What, 'safety'>
const SCHEMA = { glance: GlanceBody, profile: ProfileBody, health: HealthBody } as const
const EMPTY = {
  glance: {
    accommodations: [],
    behavior: null,
    help: [],
    must_do: [],
    release: { to: 'listed_adult', note: '' },
  } satisfies GlanceBody,
  profile: { communicates: [], likes: [], equipment: [], people: [] } satisfies ProfileBody,
  health: { plans: [] } satisfies HealthBody,
}

export default function Publish() {
  const { t, i18n } = useLingui()
  const { student: id } = useScreenParams<'student'>()
  const student = useMyStudents().find((one) => one.id === id)
  const plans = usePlans(id)
  const mine = publishes(student?.role ?? '')
  const [chosen, setChosen] = useState<Own | null>(null)
  const what = chosen ?? mine[0]
  if (!student || !what)
    return (
      <Page>
        <PageHeader title={t`Publish`} back="/students" />
        <EmptyState icon={UserX} title={t`Nothing to publish here`}>
          <p>
            <Trans>Case managers, nurses and therapists publish for students of their own.</Trans>
          </p>
        </EmptyState>
      </Page>
    )
  return (
    <Page>
      <PageHeader
        title={t`Publish`}
        subtitle={t`The team reads what changed`}
        before={<Who initials={student.initials} color={student.color} />}
        back="/students/$student"
        backParams={{ student: id }}
      />
      {mine.length > 1 && (
        <Choice
          legend={t`What`}
          options={mine.map((one) => ({ value: one, label: i18n._(WHAT[one]) }))}
          value={what}
          onChange={setChosen}
        />
      )}
      <Draft key={what} student={student} what={what} plans={plans} />
    </Page>
  )
}

function Draft({ student, what, plans }: { student: MyStudent; what: Own; plans: Plans }) {
  const { t, i18n } = useLingui()
  const act = useAct()
  const navigate = useNavigate()
  const [head] = plans[what].heads
  const [base] = useState(head?.id)
  const [body, setBody] = useState<GlanceBody | ProfileBody | HealthBody>(head?.body ?? EMPTY[what])
  const [wrong, setWrong] = useState<string | null>(null)
  const publish = async () => {
    const checked = SCHEMA[what].safeParse(body)
    if (!checked.success) {
      setWrong(checked.error.issues[0]?.path.join('.') ?? '')
      return
    }
    act({
      drafts: [
        {
          kind: `students.${what}`,
          student: student.id,
          refs: base === undefined ? {} : { base },
          body: checked.data as unknown as { [key: string]: Json },
        },
      ],
      said: t`Published for ${student.initials}`,
    })
    await navigate({ to: '/students/$student', params: { student: student.id } })
  }
  const place = placeWords(i18n, wrong?.replace(/\.\d+.*$/, '') ?? '')
  return (
    <>
      <Card as="section" className={styles.form}>
        {what === 'glance' && <GlanceForm body={body as GlanceBody} onChange={setBody} />}
        {what === 'profile' && <ProfileForm body={body as ProfileBody} onChange={setBody} />}
        {what === 'health' && <HealthForm body={body as HealthBody} onChange={setBody} />}
      </Card>
      {wrong !== null && (
        <Notice tone="wait" icon={CircleAlert} announce>
          <Trans>Something is missing or too long: {place}.</Trans>
        </Notice>
      )}
      <Button variant="primary" size="pad" wide icon={Send} onClick={() => void publish()}>
        <Trans>Publish</Trans>
      </Button>
    </>
  )
}
