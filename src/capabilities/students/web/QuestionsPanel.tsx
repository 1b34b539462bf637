/**
 * In the inbox of a case manager: questions about the plans of their students that wait for an answer, or were answered.
 * Read from the device, so they are here without a network too; the answer goes back as a record of the student.
 */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { MessageSquareReply, Send } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { useAct } from '../../../platform/web/act.ts'
import { useFormats } from '../../../platform/web/i18n/format.ts'
import { Button } from '../../../platform/web/kit/Button.tsx'
import { Card } from '../../../platform/web/kit/Card.tsx'
import { Dialog } from '../../../platform/web/kit/Dialog.tsx'
import { TextArea } from '../../../platform/web/kit/TextArea.tsx'
import { Who } from '../../../platform/web/kit/Who.tsx'
import type { Me, MyStudent } from '../../schedule/model.ts'
import type { Question } from '../questions.ts'
import { nameOf, useMe, useQuestionsToMe } from './hooks.ts'
import { QuestionAnswers } from './QuestionAnswers.tsx'
import { asked } from './QuestionWords.ts'
import styles from './questions.module.css'

interface QuestionsPanelProps {
  /** Those that were answered instead of those that wait. */
  readonly seen: boolean
  /** What comes below; `some`: there is something here. */
  readonly below: (some: boolean) => ReactNode
}

/** Answered ones that are looked through. */
const SHOWN = 20

export default function QuestionsPanel({ seen, below }: QuestionsPanelProps) {
  const { t } = useLingui()
  const me = useMe()
  const all = useQuestionsToMe(me)
  const [answering, setAnswering] = useState<(typeof all)[number] | null>(null)
  const shown = all.filter(({ question }) => question.answers.length > 0 === seen).slice(0, SHOWN)
  return (
    <>
      {me && shown.length > 0 && (
        <section className={styles.list} aria-label={t`Questions about plans`}>
          {!seen && (
            <p className={styles.quiet}>
              <Plural
                value={shown.length}
                one="# question about a plan waits for your answer."
                other="# questions about plans wait for your answer."
              />
            </p>
          )}
          <ul className={styles.list}>
            {shown.map((one) => (
              <li key={one.question.id}>
                <Asked {...one} me={me} onAnswer={() => setAnswering(one)} />
              </li>
            ))}
          </ul>
        </section>
      )}
      {below(shown.length > 0)}
      {answering && <AnswerSheet {...answering} onClose={() => setAnswering(null)} />}
    </>
  )
}

interface AskedProps {
  readonly student: MyStudent
  readonly question: Question
  readonly me: Me
  readonly onAnswer: () => void
}

function Asked({ student, question, me, onAnswer }: AskedProps) {
  const { i18n, t } = useLingui()
  const formats = useFormats(me.district.tz)
  const { by, at, body, answers } = question
  const name = nameOf(me, by) ?? t`Somebody of the team`
  return (
    <Card as="article" className={styles.asked}>
      <div className={styles.head}>
        <Who initials={student.initials} color={student.color} />
        <div>
          <h2>{asked(i18n, body)}</h2>
          <p className={styles.quiet}>
            {name} · {formats.dateTime(at)}
          </p>
        </div>
      </div>
      <QuestionAnswers question={question} me={me} />
      {answers.length === 0 && (
        <Button icon={MessageSquareReply} onClick={onAnswer}>
          <Trans context="to answer a question">Answer</Trans>
        </Button>
      )}
    </Card>
  )
}

interface AnswerSheetProps {
  readonly student: MyStudent
  readonly question: Question
  readonly onClose: () => void
}

function AnswerSheet({ student, question, onClose }: AnswerSheetProps) {
  const { t, i18n } = useLingui()
  const act = useAct()
  const [text, setText] = useState('')
  const { initials } = student
  const send = () => {
    act({
      drafts: [
        {
          kind: 'students.answer',
          student: student.id,
          refs: { of: question.id },
          body: { text: text.trim() },
        },
      ],
      said: t`${initials}: answered`,
    })
    onClose()
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={t`Answer about ${initials}`}
      actions={
        <Button variant="primary" icon={Send} disabled={text.trim() === ''} onClick={send}>
          <Trans>Send the answer</Trans>
        </Button>
      }
    >
      <p>{asked(i18n, question.body)}</p>
      <TextArea label={t`Your answer`} value={text} maxLength={500} onChange={setText} />
    </Dialog>
  )
}
