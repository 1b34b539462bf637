/**
 * Time without duty: when it ends and what comes then, and nothing else. Nothing is asked of anybody here, and nothing is
 * pushed (domain H.2).
 */
import { Trans, useLingui } from '@lingui/react/macro'
import { Coffee } from 'lucide-react'
import { useFormats } from '../../../platform/web/i18n/format.ts'
import { Card } from '../../../platform/web/kit/Card.tsx'
import type { BoardBlock, Me } from '../model.ts'
import styles from './NowCard.module.css'

export function OffCard({ block, next, me }: { block: BoardBlock; next: BoardBlock | null; me: Me }) {
  const { t } = useLingui()
  const formats = useFormats(me.district.tz)
  const until = formats.clock(block.end)
  const at = next ? formats.clock(next.start) : ''
  return (
    <Card as="section" className={styles.between} aria-labelledby={`off-${block.assignment}`}>
      <Coffee size={28} aria-hidden />
      <div>
        <h2 id={`off-${block.assignment}`}>{t`${block.title}, until ${until}`}</h2>
        <p>
          <Trans>This time is yours. Nothing is asked of you.</Trans>
        </p>
        {next && (
          <p>
            {t`Then, at ${at}:`} {next.title} · {next.place}
          </p>
        )}
      </div>
    </Card>
  )
}
