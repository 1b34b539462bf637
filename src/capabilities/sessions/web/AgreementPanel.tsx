/** How far two observers agree (domain D.8), once both have closed; until then only that the other still records. */
import { Trans, useLingui } from '@lingui/react/macro'
import { EyeOff, Scale } from 'lucide-react'
import { Notice } from '../../../platform/web/kit/Notice.tsx'
import { useDevice } from '../../../platform/web/store/hooks.ts'
import type { Me } from '../../schedule/model.ts'
import { ioaOfSessions } from '../rules.ts'
import type { SessionState } from '../state.ts'
import { percentText } from './score.ts'
import { markOf, schemeOf, wordOfItem } from './words.ts'
import styles from './AgreementPanel.module.css'

export interface AgreementPanelProps {
  readonly own: SessionState
  readonly partner: SessionState
  /** The other has not closed yet. */
  readonly hidden: boolean
  readonly me: Me
}

export default function AgreementPanel({ own, partner, hidden, me }: AgreementPanelProps) {
  const { t, i18n } = useLingui()
  const { person } = useDevice()
  const nameOf = (id: string) =>
    id === person ? t`You` : (me.people.find((one) => one.id === id)?.name ?? t`Another adult`)
  const other = nameOf(partner.by)
  if (hidden)
    return (
      <Notice tone="info" icon={EyeOff}>
        <Trans>Agreement shows when {other} has finished too.</Trans>
      </Notice>
    )
  const [primary, second] = own.observer === 'ioa' ? [partner, own] : [own, partner]
  const agreement = ioaOfSessions(primary, second)
  if (!agreement)
    return (
      <Notice tone="info" icon={Scale}>
        <Trans>These two sessions cannot be compared.</Trans>
      </Notice>
    )
  const { formula, agreed, total, percent, nonOccurrence, items } = agreement
  const differing = items.filter((item) => !item.agrees)
  const scheme = schemeOf(own.measure)
  const isCount = own.measure.system === 'count'
  const isTimed = ['duration', 'latency', 'irt'].includes(own.measure.system)
  const isMean = formula.startsWith('mean_')
  const said = (code: string | null) => {
    if (code === null) return t`nothing`
    if (isCount) return code
    if (isTimed) return wordOfItem(i18n, { code: '', ms: Number(code) }, own.measure)
    const [, result = code, level] = /^([+-])(.+)$/.exec(code) ?? []
    const word = wordOfItem(i18n, { code }, own.measure)
    // other codes are no signs: their word says all
    return scheme || result === '+' || result === '-' ? `${markOf({ result, level }, scheme)} ${word}` : word
  }
  const placeName = () => {
    switch (own.measure.system) {
      case 'count':
        return t`Minute`
      case 'steps':
        return t`Step`
      case 'trials':
        return t`Trial`
      case 'interval':
        return t`Interval`
      case 'rubric':
      case 'product':
      case 'checklist':
        return t`Item`
      case 'cbm':
        return t`Word`
      case 'opportunities':
        return t`Chance`
      default:
        return t`Number`
    }
  }
  const [first, another] = [nameOf(primary.by), nameOf(second.by)]
  return (
    <section className={styles.panel} aria-label={t`Agreement`}>
      <p className={styles.value}>
        <Scale size={20} aria-hidden />
        <span>
          {nonOccurrence ? (
            <Trans>Agreement: both saw nothing</Trans>
          ) : percent && isMean ? (
            // a mean of fractions: its one fraction says nothing to anybody
            <Trans>
              Agreement{' '}
              <strong>{percentText(i18n.locale, (percent.numerator * 100) / percent.denominator)}</strong>
            </Trans>
          ) : percent ? (
            <Trans>
              Agreement {agreed}/{total} ={' '}
              <strong>{percentText(i18n.locale, (percent.numerator * 100) / percent.denominator)}</strong>
            </Trans>
          ) : isMean ? (
            <Trans>Agreement: too few times for a percentage</Trans>
          ) : (
            <Trans>
              Agreement {agreed}/{total}: too few items for a percentage
            </Trans>
          )}
        </span>
      </p>
      {differing.length > 0 && (
        <table className={styles.table}>
          <caption>
            <Trans>Where you differ</Trans>
          </caption>
          <thead>
            <tr>
              <th scope="col">{placeName()}</th>
              <th scope="col">{first}</th>
              <th scope="col">{another}</th>
            </tr>
          </thead>
          <tbody>
            {differing.map((item) => (
              <tr key={item.n}>
                <th scope="row">{item.n}</th>
                <td>{said(item.primary)}</td>
                <td>{said(item.second)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}
