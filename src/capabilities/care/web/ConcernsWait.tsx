/** On Today, for who looks at what was marked for the nurse: that something waits in the inbox, and not a word more. */
import { Plural } from '@lingui/react/macro'
import { ChevronRight, Inbox } from 'lucide-react'
import { Card } from '../../../platform/web/kit/Card.tsx'
import { Link } from '../../../platform/web/kit/Link.tsx'
import { useOnline } from '../../../platform/web/online.ts'
import { useValue } from '../../../platform/web/store/hooks.ts'
import { meOf } from '../../schedule/me.ts'
import { Concerns, LOOKING } from '../wire.ts'
import styles from './Concerns.module.css'

/** Who leads the school looks where a student has nobody. */
const ASKED = [...LOOKING, 'coordinator', 'administrator']

export default function ConcernsWait() {
  const me = meOf(useValue('me'))
  const isAsked = me?.roles.some((role) => ASKED.includes(role)) === true
  const { value } = useOnline(Concerns, isAsked ? '/api/care/concerns?seen=false' : null)
  const count = value?.concerns.length ?? 0
  if (count === 0) return null
  return (
    <Card as="div" flush>
      <Link to="/inbox" className={styles.link}>
        <Inbox size={20} aria-hidden />
        <span className={styles.words}>
          <Plural
            value={count}
            one="# thing in your inbox waits for you"
            other="# things in your inbox wait for you"
          />
        </span>
        <ChevronRight size={20} aria-hidden />
      </Link>
    </Card>
  )
}
