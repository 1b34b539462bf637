/** Who has looked at a concern, and when. */
import { Trans } from '@lingui/react/macro'
import { Check } from 'lucide-react'
import { useFormats } from '../../../platform/web/i18n/format.ts'
import { useValue } from '../../../platform/web/store/hooks.ts'
import { meOf } from '../../schedule/me.ts'
import type { OpenConcern } from '../wire.ts'
import styles from './Concerns.module.css'

export function SeenBy({ seen }: { seen: OpenConcern['seen'] }) {
  const formats = useFormats(meOf(useValue('me'))?.district.tz ?? 'UTC')
  return seen.map(({ name, at }) => {
    const when = formats.dateTime(at)
    return (
      <p key={`${name} ${at}`} className={styles.seen}>
        <Check size={16} aria-hidden />
        <span>
          <Trans>
            {name} has seen it, {when}
          </Trans>
        </span>
      </p>
    )
  })
}
