/** A final report: as it was locked, what was corrected in its data since, what was added, and who has it. */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { FileText, TriangleAlert } from 'lucide-react'
import { useState } from 'react'
import { useAct } from '../../../platform/web/act.ts'
import { useFormats } from '../../../platform/web/i18n/format.ts'
import { Button } from '../../../platform/web/kit/Button.tsx'
import { Card } from '../../../platform/web/kit/Card.tsx'
import { Choice } from '../../../platform/web/kit/Choice.tsx'
import { EmptyState } from '../../../platform/web/kit/EmptyState.tsx'
import { Notice } from '../../../platform/web/kit/Notice.tsx'
import { PageHeader } from '../../../platform/web/kit/PageHeader.tsx'
import { Select } from '../../../platform/web/kit/Select.tsx'
import { Switch } from '../../../platform/web/kit/Switch.tsx'
import { Tag } from '../../../platform/web/kit/Tag.tsx'
import { Who } from '../../../platform/web/kit/Who.tsx'
import { useScreenParams } from '../../../platform/web/router/screen.ts'
import { Page } from '../../../platform/web/shell/Page.tsx'
import { amendmentsOf, type Amendment, type Pair } from '../amended.ts'
import { dayIn } from '../language.ts'
import type { FinalBody, Language, ReleaseBody } from '../records.ts'
import type { ReportState } from '../rules.ts'
import { Facts } from './Facts.tsx'
import { namesOf, useGoals, useReports, useStudent, type Held } from './held.ts'
import { TextArea } from './TextArea.tsx'
import { HOW_WORDS, RATING_WORDS } from './words.ts'
import { PaperLink } from './PaperLink.tsx'
import styles from './reports.module.css'

export default function FinalPage() {
  const { student, report } = useScreenParams<'student' | 'report'>()
  return <FinalReport student={student} report={report} />
}

export function FinalReport({ student, report }: { student: string; report: string }) {
  const { t } = useLingui()
  const held = useStudent(student)
  const found = useReports(student).find((one) => one.report === report)
  if (held && found?.final) return <Locked held={held} report={found} />
  return (
    <Page>
      <PageHeader title={t`Progress report`} back="/students" />
      <EmptyState icon={FileText} title={t`No final report here`}>
        <p>
          <Trans>It may still be a draft, or your time with this student has ended.</Trans>
        </p>
      </EmptyState>
    </Page>
  )
}

function Locked({ held, report }: { held: Held; report: ReportState }) {
  const { t, i18n } = useLingui()
  const lang: Language = i18n.locale === 'es' ? 'es' : 'en'
  const { student, owner, me } = held
  const formats = useFormats(me.district.tz)
  const goals = useGoals(student.id)
  const { final, addenda, releases } = report
  if (!final) return null
  const body = final.body as FinalBody
  const names = namesOf(me)
  const amended = amendmentsOf(body, goals)
  const from = dayIn(lang, body.period.from)
  const to = dayIn(lang, body.period.to)
  const who = names[final.by] ?? ''
  const when = formats.dateTime(final.at)
  return (
    <Page>
      <PageHeader
        title={t`Progress report`}
        before={<Who initials={student.initials} color={student.color} />}
        subtitle={t`${from} to ${to}`}
        back="/students/$student"
        backParams={{ student: student.id }}
      />
      <div className={styles.stack}>
        <p className={styles.quiet}>
          <Trans>
            Final {when}, {who}
          </Trans>
        </p>
        {amended.length > 0 && <Amended amended={amended} lang={lang} />}
        {body.goals.map((goal) => (
          <Card as="section" key={goal.program} className={styles.goal}>
            <div className={styles.row}>
              <h2 className={styles.grow}>{goal.title}</h2>
              <Tag tone="info">{i18n._(RATING_WORDS[goal.rating])}</Tag>
            </div>
            <p lang={body.lang}>{goal.sentence}</p>
            {goal.change !== '' && (
              <p>
                <b>
                  <Trans>What will change:</Trans>
                </b>{' '}
                <span lang={body.lang}>{goal.change}</span>
              </p>
            )}
            <Facts goal={goal} />
          </Card>
        ))}
        {addenda.map(({ id, at, by, text }) => (
          <Card key={id}>
            <p className={styles.quiet}>
              <Trans>Added later</Trans>, {formats.dateTime(at)}, {names[by]}
            </p>
            <p>{text}</p>
          </Card>
        ))}
        {releases.length > 0 && (
          <section className={styles.section}>
            <h2>
              <Trans>Given to the family</Trans>
            </h2>
            {releases.map(({ id, at, by, body: { how, named } }) => (
              <p key={id}>
                {formats.dateTime(at)}, {names[by]}: {i18n._(HOW_WORDS[how])}
                {named && (
                  <>
                    {', '}
                    <Trans>with the student’s name</Trans>
                  </>
                )}
              </p>
            ))}
          </section>
        )}
        {owner && <Paper report={report.report} student={student.id} final={final.id} written={body.lang} />}
        {owner && <Adding report={report.report} student={student.id} final={final.id} />}
      </div>
    </Page>
  )
}

function Amended({ amended, lang }: { amended: readonly Amendment[]; lang: Language }) {
  const { t } = useLingui()
  const say = (pair: Pair | null) =>
    pair === null || pair.numerator === null ? t`no value` : `${pair.numerator}/${pair.denominator}`
  return (
    <Notice tone="wait" icon={TriangleAlert}>
      <p>
        <b>
          <Trans>Data amended since</Trans>
        </b>
        {'. '}
        <Plural
          value={amended.length}
          one="# session behind this report is another one now. The report stays as it is; you can add to it."
          other="# sessions behind this report are others now. The report stays as it is; you can add to it."
        />
      </p>
      <ul>
        {amended.map(({ program, title, day, act, before, now }) => {
          const date = dayIn(lang, day)
          const then = say(before)
          const today = say(now)
          return (
            <li key={`${program}${day}${act}${then}${today}`}>
              {title}:{' '}
              {act === 'changed' ? (
                <Trans>
                  {date} was {then}, is {today}
                </Trans>
              ) : act === 'withdrawn' ? (
                <Trans>
                  {date}, {then}, was withdrawn
                </Trans>
              ) : (
                <Trans>
                  {date}, {today}, came in later
                </Trans>
              )}
            </li>
          )
        })}
      </ul>
    </Notice>
  )
}

interface OfFinal {
  readonly report: string
  readonly student: string
  readonly final: string
}

/** Printing, and noting that the family has it. */
function Paper({ report, student, final, written }: OfFinal & { written: Language }) {
  const { t, i18n } = useLingui()
  const act = useAct()
  const [lang, setLang] = useState<Language>(written)
  const [named, setNamed] = useState(false)
  const [how, setHow] = useState<ReleaseBody['how']>('handed')
  const options = (Object.keys(HOW_WORDS) as ReleaseBody['how'][]).map((value) => ({
    value,
    label: i18n._(HOW_WORDS[value]),
  }))
  const release = () => {
    const drafts = [{ kind: 'reports.release', body: { how, named }, student, refs: { report, final } }]
    act({ drafts, said: t`Noted: the family has it` })
  }
  return (
    <Card as="section" className={styles.stack} aria-label={t`Paper`}>
      <Choice
        legend={t`Language on paper`}
        options={[
          { value: 'en', label: 'English', lang: 'en' },
          { value: 'es', label: 'Español', lang: 'es' },
        ]}
        value={lang}
        onChange={setLang}
      />
      <Switch
        label={t`The student’s name instead of the initials`}
        description={t`For the family’s copy. What people wrote stays in its own language.`}
        on={named}
        onChange={setNamed}
      />
      <div className={styles.actions}>
        <PaperLink href={`/api/reports/${report}.pdf?lang=${lang}${named ? '&name=yes' : ''}`} />
      </div>
      <Select
        label={t`How the family gets it`}
        options={options}
        value={how}
        onChange={setHow}
        placeholder={t`Choose`}
      />
      <div className={styles.actions}>
        <Button onClick={release}>
          <Trans>The family has it</Trans>
        </Button>
      </div>
    </Card>
  )
}

function Adding({ report, student, final }: OfFinal) {
  const { t } = useLingui()
  const act = useAct()
  const [text, setText] = useState('')
  const add = () => {
    const body = { text: text.trim() }
    act({
      drafts: [{ kind: 'reports.addendum', body, student, refs: { report, final } }],
      said: t`Added to the report`,
    })
    setText('')
  }
  return (
    <Card className={styles.stack}>
      <TextArea
        label={t`Add to this report`}
        value={text}
        onChange={setText}
        below={
          <span className={styles.quiet}>
            <Trans>It stands behind the goals, with your name and the day. Nothing is scored again.</Trans>
          </span>
        }
      />
      <div className={styles.actions}>
        <Button disabled={text.trim() === ''} onClick={add}>
          <Trans>Add it</Trans>
        </Button>
      </div>
    </Card>
  )
}
