/** Nothing of mine runs now: before the day, between two blocks, or after it. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Coffee, Moon, Sunrise } from 'lucide-react'
import { Card } from '../../../platform/web/kit/Card.tsx'
import { useFormats } from '../../../platform/web/i18n/format.ts'
import type { Moment } from '../day.ts'
import type { Me } from '../model.ts'
import styles from './NowCard.module.css'

export function Between({ moment, me }: { moment: Moment; me: Me }) {
  const { t } = useLingui()
  const formats = useFormats(me.district.tz)
  const [next] = moment.later
  const Icon = !next ? Moon : moment.earlier.length === 0 ? Sunrise : Coffee
  const at = next ? formats.clock(next.start) : ''
  return (
    <Card as="section" className={styles.between}>
      <Icon size={28} aria-hidden />
      <div>
        <h2>
          {!next
            ? t`Your blocks of today are over`
            : moment.earlier.length === 0
              ? t`Your day begins at ${at}`
              : t`Nothing until ${at}`}
        </h2>
        <p>
          {next ? (
            <>
              {next.title} · {next.place}
            </>
          ) : (
            <Trans>What is still due stands below; it can be recorded until you go.</Trans>
          )}
        </p>
      </div>
    </Card>
  )
}
