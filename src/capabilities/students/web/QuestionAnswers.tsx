/** What was answered to a question about a plan, with who and when: under the question, wherever it stands. */
import { MessageSquareReply } from 'lucide-react'
import { useFormats } from '../../../platform/web/i18n/format.ts'
import type { Me } from '../../schedule/model.ts'
import type { Question } from '../questions.ts'
import { nameOf } from './hooks.ts'
import styles from './questions.module.css'

export function QuestionAnswers({ question: { answers }, me }: { question: Question; me: Me }) {
  const formats = useFormats(me.district.tz)
  return answers.map(({ id, text, by, at }) => (
    <div key={id} className={styles.answer}>
      <MessageSquareReply size={18} aria-hidden />
      <div>
        <p>{text}</p>
        <p className={styles.quiet}>
          {nameOf(me, by)} · {formats.dateTime(at)}
        </p>
      </div>
    </div>
  ))
}
