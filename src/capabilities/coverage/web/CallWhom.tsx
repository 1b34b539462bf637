/**
 * On a student's card, for who is not trained for something the student needs: whom to call, by name, who is trained and
 * here now (domain L.3). Who is at school changes by the hour, so it is asked when the card is opened; without a network
 * the card still says that somebody trained must be called.
 */
import { Trans, useLingui } from '@lingui/react/macro'
import { PhoneCall } from 'lucide-react'
import { taskName } from '../../../platform/web/desk/tasks.ts'
import { Card } from '../../../platform/web/kit/Card.tsx'
import { useOnline } from '../../../platform/web/online.ts'
import { Able } from '../wire.ts'
import styles from './cover.module.css'

export default function CallWhom({ student }: { student: string }) {
  const { i18n } = useLingui()
  const { value } = useOnline(Able, `/api/coverage/able/${student}`)
  if (!value || value.tasks.length === 0) return null
  return (
    <Card as="section" className={styles.stack} aria-labelledby="call-whom">
      <h2 id="call-whom" className={styles.row}>
        <PhoneCall size={20} aria-hidden /> <Trans>You are not trained for this: call</Trans>
      </h2>
      <ul className={styles.lines}>
        {value.tasks.map(({ task, people, beside }) => (
          <li key={task} className={styles.row}>
            <span className={`${styles.task} ${styles.long}`}>{taskName(i18n, task)}</span>
            <span dir="auto">
              {beside.length > 0 ? (
                <Trans>today you may, only beside {beside.join(', ')}</Trans>
              ) : people.length > 0 ? (
                people.join(', ')
              ) : (
                <Trans>nobody trained is here now: call the office</Trans>
              )}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  )
}
