/** How the program is run, step by step: which step fails, and nobody's name (domain D.9). For whoever may read checks. */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { Card } from '../../../platform/web/kit/Card.tsx'
import panel from '../../../platform/web/kit/Panel.module.css'
import { byStep } from '../fidelity.ts'
import type { Goal } from '../goal.ts'

export function StepChecks({ goal }: { goal: Goal }) {
  const { t, i18n } = useLingui()
  const percent = new Intl.NumberFormat(i18n.locale, { style: 'percent', maximumFractionDigits: 1 })
  const steps = byStep(goal.checks)
  if (steps.length === 0) return null
  return (
    <Card as="section" aria-label={t`How the program is run`}>
      <table className={panel.counts}>
        <caption>
          <Trans>How the program is run, by step</Trans> ·{' '}
          <Plural value={goal.checks.length} one="# check" other="# checks" />
        </caption>
        <tbody>
          {steps.map(({ step, correct, scored }) => (
            <tr key={step}>
              <th scope="row">{step}</th>
              <td>
                {correct}/{scored}
              </td>
              <td>{percent.format(correct / scored)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  )
}
