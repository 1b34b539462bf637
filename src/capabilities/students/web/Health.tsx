/**
 * Health plans: a sign and a name each, and on a tap the five lines of the nurse (domain F.8). One that ran out is still
 * shown, and says that the nurse must verify it.
 */
import { Trans, useLingui } from '@lingui/react/macro'
import { ChevronRight, CircleAlert, HeartPulse } from 'lucide-react'
import { useState } from 'react'
import { dayOf } from '../../../platform/core/days.ts'
import { useFormats } from '../../../platform/web/i18n/format.ts'
import { Card } from '../../../platform/web/kit/Card.tsx'
import { Dialog } from '../../../platform/web/kit/Dialog.tsx'
import { Notice } from '../../../platform/web/kit/Notice.tsx'
import { Tag } from '../../../platform/web/kit/Tag.tsx'
import { Written } from '../../../platform/web/kit/Written.tsx'
import { useNow } from '../../../platform/web/store/now.ts'
import rows from '../../../platform/web/kit/Rows.module.css'
import type { Plans } from '../plans.ts'
import type { HealthPlan } from '../records.ts'
import { nameOf, useMe } from './hooks.ts'
import { CONDITION, HEALTH_FIELD } from './plan-words.ts'
import styles from './plans.module.css'

const MINUTE = 60_000

export function Health({ plans: { health } }: { plans: Pick<Plans, 'health'> }) {
  const { t } = useLingui()
  const [head] = health.heads
  const [open, setOpen] = useState<HealthPlan | null>(null)
  const isExpired = useExpired()
  if (!head || head.body.plans.length === 0) return null
  return (
    <Card as="section" flush aria-label={t`Health`}>
      {head.disputed && (
        <Notice tone="wait" icon={CircleAlert}>
          <Trans>Two health cards contradict each other. Ask the nurse.</Trans>
        </Notice>
      )}
      <ul className={rows.list}>
        {head.body.plans.map((plan) => (
          <li key={plan.condition}>
            <HealthRow plan={plan} expired={isExpired(plan)} onOpen={() => setOpen(plan)} />
            <div className={styles.paper}>
              <FiveLines plan={plan} />
            </div>
          </li>
        ))}
      </ul>
      {open && (
        <HealthSheet
          plan={open}
          expired={isExpired(open)}
          author={head.author}
          at={head.at}
          onClose={() => setOpen(null)}
        />
      )}
    </Card>
  )
}

/** Whether a plan has run out, by the school's day. */
export function useExpired(): (plan: Pick<HealthPlan, 'valid_until'>) => boolean {
  const now = useNow(MINUTE)
  const tz = useMe()?.district.tz ?? 'UTC'
  return ({ valid_until }) => valid_until < dayOf(now, tz)
}

function HealthRow({ plan, expired, onOpen }: { plan: HealthPlan; expired: boolean; onOpen: () => void }) {
  const { i18n } = useLingui()
  return (
    <button type="button" className={rows.row} onClick={onOpen} aria-haspopup="dialog">
      <HeartPulse size={24} aria-hidden className={rows.icon} />
      <span className={rows.words}>
        <strong>{i18n._(CONDITION[plan.condition])}</strong>
        <span className={rows.quiet}>
          <Written>{plan.see}</Written>
        </span>
        {expired && <Expired />}
      </span>
      <ChevronRight size={20} aria-hidden className={rows.chevron} />
    </button>
  )
}

/** Red, because a plan that no longer holds is a danger to the child. */
export function Expired() {
  return (
    <span>
      <Tag tone="danger" icon={CircleAlert}>
        <Trans>verify with nurse</Trans>
      </Tag>
    </span>
  )
}

interface SheetProps {
  readonly plan: HealthPlan
  readonly expired: boolean
  readonly author: string
  readonly at: string
  readonly onClose: () => void
}

function HealthSheet({ plan, expired, author, at, onClose }: SheetProps) {
  const { i18n } = useLingui()
  const me = useMe()
  const formats = useFormats(me?.district.tz ?? 'UTC')
  const until = formats.dateLong(`${plan.valid_until}T18:00:00.000Z`)
  const name = nameOf(me, author)
  const day = formats.dateShort(at)
  return (
    <Dialog open onClose={onClose} title={i18n._(CONDITION[plan.condition])}>
      {expired && (
        <Notice tone="danger" icon={CircleAlert}>
          <Trans>This plan ran out on {until}. Verify it with the nurse; until then keep to it.</Trans>
        </Notice>
      )}
      <FiveLines plan={plan} />
      <p className={styles.source}>{name === null ? day : `${name}, ${day}`}</p>
    </Dialog>
  )
}

/** See, do now, call, do not, where the kit is. */
export function FiveLines({ plan }: { plan: HealthPlan }) {
  const { i18n } = useLingui()
  return (
    <dl className={styles.five}>
      {(['see', 'do', 'call', 'dont', 'kit'] as const).map((field) => (
        <div key={field} data-field={field}>
          <dt>{i18n._(HEALTH_FIELD[field])}</dt>
          <dd>
            <Written>{plan[field]}</Written>
          </dd>
        </div>
      ))}
    </dl>
  )
}
