/** Devices that made records which never came (F8): whose, how many, since when, and what helps. */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { TabletSmartphone } from 'lucide-react'
import type { Gap } from '../../../platform/records/inbox.ts'
import { Card } from '../../../platform/web/kit/Card.tsx'
import { useValue } from '../../../platform/web/store/hooks.ts'
import { meOf } from '../../schedule/me.ts'
import { useWhen } from './when.ts'
import styles from './InboxScreen.module.css'

export interface GapsProps {
  readonly gaps: readonly Gap[]
  readonly names: Readonly<Record<string, string>>
}

export function Gaps({ gaps, names }: GapsProps) {
  const { t } = useLingui()
  const when = useWhen(meOf(useValue('me'))?.district.tz ?? 'UTC')
  return (
    <Card as="section" className={styles.entry}>
      <div className={styles.head}>
        <TabletSmartphone size={24} aria-hidden />
        <h2 className={styles.words}>
          <Trans>Not arrived from these devices</Trans>
        </h2>
      </div>
      <p className={styles.quiet}>
        <Trans>
          These devices made records that have not come for more than a day. They come by themselves when
          their person signs in there with a connection.
        </Trans>
      </p>
      <ul className={styles.gaps}>
        {gaps.map(({ person, device, label, records, since, seen }) => (
          <li key={`${person} ${device}`}>
            <strong>{names[person] ?? t`Somebody of your school`}</strong>
            {label !== null && ` · ${label}`}
            <br />
            <Plural value={records} one="# record missing" other="# records missing" />
            {' · '}
            <span className={styles.quiet}>
              <Trans>
                since {when(since, seen)}, last heard of {when(seen, seen)}
              </Trans>
            </span>
          </li>
        ))}
      </ul>
    </Card>
  )
}
