/** The health card, as the nurse writes it: five lines a plan, and the day on which it runs out. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Plus, Trash2 } from 'lucide-react'
import { addDays, dayOf } from '../../../platform/core/days.ts'
import { Button } from '../../../platform/web/kit/Button.tsx'
import { Select } from '../../../platform/web/kit/Select.tsx'
import { TextField } from '../../../platform/web/kit/TextField.tsx'
import { useNow } from '../../../platform/web/store/now.ts'
import { CONDITIONS, type HealthBody, type HealthPlan } from '../records.ts'
import { useMe } from './hooks.ts'
import { CONDITION, HEALTH_FIELD } from './plan-words.ts'
import styles from './publish.module.css'

const MINUTE = 60_000
/** Reviewed yearly (domain F.8). */
const YEAR_DAYS = 365

export function HealthForm({ body, onChange }: { body: HealthBody; onChange: (body: HealthBody) => void }) {
  const { t, i18n } = useLingui()
  const now = useNow(MINUTE)
  const tz = useMe()?.district.tz ?? 'UTC'
  const { plans } = body
  const change = (n: number, part: Partial<HealthPlan>) =>
    onChange({ plans: plans.map((plan, at) => (at === n ? { ...plan, ...part } : plan)) })
  const free = CONDITIONS.filter((condition) => plans.every((plan) => plan.condition !== condition))
  const add = () => {
    const [condition] = free
    if (!condition) return
    const valid_until = addDays(dayOf(now, tz), YEAR_DAYS)
    onChange({ plans: [...plans, { condition, see: '', do: '', call: '', dont: '', kit: '', valid_until }] })
  }
  return (
    <>
      {plans.map((plan, n) => {
        const name = i18n._(CONDITION[plan.condition])
        return (
          <fieldset key={plan.condition} className={styles.group}>
            <legend>{name}</legend>
            <Select
              label={t`Condition`}
              options={CONDITIONS.filter((one) => one === plan.condition || free.includes(one)).map(
                (one) => ({ value: one, label: i18n._(CONDITION[one]) }),
              )}
              value={plan.condition}
              onChange={(condition) => change(n, { condition })}
              placeholder={t`Choose`}
            />
            {(['see', 'do', 'call', 'dont', 'kit'] as const).map((field) => (
              <TextField
                key={field}
                label={i18n._(HEALTH_FIELD[field])}
                value={plan[field]}
                onChange={(text) => change(n, { [field]: text })}
              />
            ))}
            <TextField
              label={i18n._(HEALTH_FIELD.valid_until)}
              type="date"
              value={plan.valid_until}
              onChange={(valid_until) => change(n, { valid_until })}
            />
            <Button
              icon={Trash2}
              variant="ghost"
              onClick={() => onChange({ plans: plans.filter((one) => one !== plan) })}
            >
              <Trans>Take {name} out</Trans>
            </Button>
          </fieldset>
        )
      })}
      {free.length > 0 && plans.length < 6 && (
        <Button icon={Plus} onClick={add}>
          <Trans>Another plan</Trans>
        </Button>
      )}
    </>
  )
}
