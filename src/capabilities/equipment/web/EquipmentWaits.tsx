/** On Today, for who manages plans: that equipment waits in the inbox. Names nobody. */
import { Plural } from '@lingui/react/macro'
import { ChevronRight, Inbox } from 'lucide-react'
import { Card } from '../../../platform/web/kit/Card.tsx'
import { Link } from '../../../platform/web/kit/Link.tsx'
import rows from '../../../platform/web/kit/Rows.module.css'
import { useValue } from '../../../platform/web/store/hooks.ts'
import { meOf } from '../../schedule/me.ts'
import { useOpenToMe } from './hooks.ts'

export default function EquipmentWaits() {
  const count = useOpenToMe(meOf(useValue('me'))).length
  if (count === 0) return null
  return (
    <Card as="div" flush>
      <Link to="/inbox" className={rows.row}>
        <Inbox size={20} aria-hidden />
        <span className={rows.words}>
          <Plural
            value={count}
            one="# piece of equipment in your inbox is not in order"
            other="# pieces of equipment in your inbox are not in order"
          />
        </span>
        <ChevronRight size={20} aria-hidden className={rows.chevron} />
      </Link>
    </Card>
  )
}
