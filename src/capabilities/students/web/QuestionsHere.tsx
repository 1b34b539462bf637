/**
 * On a student's page: questions about the plan to whoever manages it, each ready one in one tap, and what was answered.
 * Recorded like everything else: it is asked without a network, and reaches the inbox when there is one.
 */
import { Trans, useLingui } from '@lingui/react/macro'
import { MessageCircleQuestion, Send } from 'lucide-react'
import { useState } from 'react'
import { useAct } from '../../../platform/web/act.ts'
import { useFormats } from '../../../platform/web/i18n/format.ts'
import { Button } from '../../../platform/web/kit/Button.tsx'
import { Card } from '../../../platform/web/kit/Card.tsx'
import { TextArea } from '../../../platform/web/kit/TextArea.tsx'
import type { Me, MyStudent } from '../../schedule/model.ts'
import { IMPLEMENTERS } from '../plans.ts'
import type { Question } from '../questions.ts'
import type { QuestionBody } from '../records.ts'
import { nameOf, useMe, useQuestions } from './hooks.ts'
import { QuestionAnswers } from './QuestionAnswers.tsx'
import { asked, READY } from './QuestionWords.ts'
import styles from './questions.module.css'

/** What is older is read in the inbox of who answered it. */
const SHOWN = 3
const MANAGES = 'case_manager'

export function QuestionsHere({ student }: { student: MyStudent }) {
  const { t } = useLingui()
  const me = useMe()
  const questions = useQuestions(student.id)
  if (!me) return null
  const asks = IMPLEMENTERS.includes(student.role) && student.role !== MANAGES
  const mine = questions.filter(({ by }) => student.role === MANAGES || by === me.person.id)
  const manager = me.people.find(
    (one) => one.role === MANAGES && (one.with === undefined || one.with.includes(student.id)),
  )
  if (mine.length === 0 && !(asks && manager)) return null
  return (
    <Card as="section" className={styles.here} aria-label={t`Questions about the plan`}>
      <h2>
        <MessageCircleQuestion size={20} aria-hidden />
        <Trans>Questions about the plan</Trans>
      </h2>
      {asks && manager && <Ask student={student} manager={manager.name} />}
      {mine.length > 0 && (
        <ul className={styles.list}>
          {mine.slice(0, SHOWN).map((question) => (
            <li key={question.id}>
              <Asked question={question} me={me} />
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}

function Ask({ student, manager }: { student: MyStudent; manager: string }) {
  const { t, i18n } = useLingui()
  const act = useAct()
  const [own, setOwn] = useState<string | null>(null)
  const send = (body: QuestionBody) => {
    act({
      drafts: [{ kind: 'students.question', student: student.id, refs: {}, body }],
      said: t`Asked: it waits in the inbox of ${manager}`,
    })
    setOwn(null)
  }
  return (
    <div className={styles.ask}>
      <p className={styles.quiet}>
        <Trans>To {manager}. One tap asks.</Trans>
      </p>
      {(['what_changed', 'does_not_fit', 'talk'] as const).map((ask) => (
        <Button key={ask} wide onClick={() => send({ ask, text: '' })}>
          {i18n._(READY[ask])}
        </Button>
      ))}
      {own === null ? (
        <Button variant="ghost" wide onClick={() => setOwn('')}>
          <Trans>In my own words</Trans>
        </Button>
      ) : (
        <>
          <TextArea label={t`Your question`} value={own} maxLength={300} onChange={setOwn} />
          <Button
            variant="primary"
            icon={Send}
            disabled={own.trim() === ''}
            onClick={() => send({ ask: 'own', text: own.trim() })}
          >
            <Trans>Ask</Trans>
          </Button>
        </>
      )}
    </div>
  )
}

function Asked({ question, me }: { question: Question; me: Me }) {
  const { i18n } = useLingui()
  const formats = useFormats(me.district.tz)
  const { by, at, body, answers } = question
  return (
    <div className={styles.asked}>
      <p>{asked(i18n, body)}</p>
      <p className={styles.quiet}>
        {by === me.person.id ? <Trans>You</Trans> : nameOf(me, by)} · {formats.dateTime(at)}
        {answers.length === 0 && (
          <>
            {' · '}
            <Trans>waits for an answer</Trans>
          </>
        )}
      </p>
      <QuestionAnswers question={question} me={me} />
    </div>
  )
}
