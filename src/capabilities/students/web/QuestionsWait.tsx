/**
 * On Today: for who asked, the answer that came back, until it is read; for who manages a plan, that questions wait in the
 * inbox.
 */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { Check, ChevronRight, Inbox } from 'lucide-react'
import { useAct } from '../../../platform/web/act.ts'
import { useFormats } from '../../../platform/web/i18n/format.ts'
import { Button } from '../../../platform/web/kit/Button.tsx'
import { Card } from '../../../platform/web/kit/Card.tsx'
import { Link } from '../../../platform/web/kit/Link.tsx'
import rows from '../../../platform/web/kit/Rows.module.css'
import { Who } from '../../../platform/web/kit/Who.tsx'
import { useFromDevice } from '../../../platform/web/store/hooks.ts'
import type { Device } from '../../../platform/web/store/device.ts'
import type { Me } from '../../schedule/model.ts'
import { plansIn } from '../plans.ts'
import { questionsIn, type Answer, type Question } from '../questions.ts'
import { hasRead } from '../versions.ts'
import { nameOf, useMe, useQuestionsToMe } from './hooks.ts'
import { asked } from './QuestionWords.ts'
import styles from './questions.module.css'

interface CameBack {
  readonly student: string
  readonly question: Question
  readonly answer: Answer
}

export default function QuestionsWait() {
  const me = useMe()
  return me && <Parts me={me} />
}

function Parts({ me }: { me: Me }) {
  const waiting = useQuestionsToMe(me).filter(({ question }) => question.answers.length === 0).length
  const back = JSON.parse(useFromDevice((device) => JSON.stringify(cameBack(device, me)))) as CameBack[]
  return (
    <>
      {back.map((one) => (
        <Answered key={one.answer.id} me={me} {...one} />
      ))}
      {waiting > 0 && (
        <Card as="div" flush>
          <Link to="/inbox" className={rows.row}>
            <Inbox size={20} aria-hidden />
            <span className={rows.words}>
              <Plural
                value={waiting}
                one="# question about a plan waits in your inbox"
                other="# questions about plans wait in your inbox"
              />
            </span>
            <ChevronRight size={20} aria-hidden className={rows.chevron} />
          </Link>
        </Card>
      )}
    </>
  )
}

/** Answers to my questions that I have not read. */
function cameBack(device: Device, me: Me): CameBack[] {
  return me.students.flatMap(({ id }) =>
    questionsIn(device, id)
      .filter(({ by, answers }) => by === me.person.id && answers.length > 0)
      .flatMap((question) => question.answers.map((answer) => ({ student: id, question, answer })))
      .filter(
        ({ answer }) =>
          !hasRead({ id: answer.id, author: answer.by }, plansIn(device, id).acks, me.person.id),
      ),
  )
}

function Answered({ me, student, question, answer }: CameBack & { me: Me }) {
  const { t, i18n } = useLingui()
  const act = useAct()
  const formats = useFormats(me.district.tz)
  const who = me.students.find(({ id }) => id === student)
  if (!who) return null
  const { initials } = who
  const by = nameOf(me, answer.by)
  const read = () =>
    act({
      drafts: [{ kind: 'students.ack', student, refs: { of: answer.id }, body: { what: 'answer' } }],
      said: t`${initials}: read`,
    })
  return (
    <Card as="section" className={styles.asked} aria-label={t`Answer about ${initials}`}>
      <div className={styles.head}>
        <Who initials={initials} color={who.color} />
        <div>
          <h2>
            <Trans>{by} answered</Trans>
          </h2>
          <p className={styles.quiet}>{formats.dateTime(answer.at)}</p>
        </div>
      </div>
      <p className={styles.quiet}>{asked(i18n, question.body)}</p>
      <p>{answer.text}</p>
      <Button icon={Check} onClick={read}>
        <Trans>Read</Trans>
      </Button>
    </Card>
  )
}
