/**
 * Neighboring phases against each other by overlap indices: for whoever decides, closed until asked (domain D.10). An
 * index is shown only where its conditions hold; where they do not, the reason stands in its place.
 */
import { Trans, useLingui } from '@lingui/react/macro'
import { Scale } from 'lucide-react'
import { comparisonsOf, type Comparison } from '../comparisons.ts'
import { stretchesOf, type Stretch } from '../stretches.ts'
import type { Overlap } from '../stats/overlap.ts'
import type { Doubt, Showing } from '../stats/showing.ts'
import { Disclosure } from './Disclosure.tsx'
import type { Shown } from './GraphCard.tsx'
import { useGraphWords } from './words.ts'
import styles from './GraphCard.module.css'

export default function Comparisons({ shown }: { shown: Shown }) {
  const { t } = useLingui()
  return (
    <Disclosure icon={Scale} label={t`Change between phases`}>
      {() => <Numbers shown={shown} />}
    </Disclosure>
  )
}

function Numbers({ shown: { model, input } }: { shown: Shown }) {
  const stretches = stretchesOf(model, 'theil_sen')
  const comparisons = comparisonsOf(model, input, stretches)
  return (
    <>
      <p className={styles.note}>
        <Trans>
          How little the points of two neighboring phases overlap. The numbers describe a change between
          phases. They do not say what caused it.
        </Trans>
      </p>
      {comparisons.length === 0 && (
        <p className={styles.note}>
          <Trans>There are no two neighboring phases with points that count.</Trans>
        </p>
      )}
      {comparisons.map((one) => (
        <OneTable key={one.b} comparison={one} stretches={stretches} model={model} />
      ))}
    </>
  )
}

interface OneTableProps {
  comparison: Comparison
  stretches: readonly Stretch[]
  model: Shown['model']
}

/** In the order in which they are read: the one of the three usual ones first, corrected ones last. */
const INDICES = ['nap', 'pnd', 'tau', 'tau_u', 'tau_bc'] as const satisfies readonly (keyof Overlap)[]

function OneTable({ comparison, stretches, model }: OneTableProps) {
  const { t, i18n } = useLingui()
  const words = useGraphWords()
  const { a, b, n, overlap, showing } = comparison
  const name = (nth: number) => {
    const phase = model.phases[stretches[nth]?.first ?? 0]
    return (phase && words.phase(phase)) || t`Before the first phase`
  }
  const names: Readonly<Record<(typeof INDICES)[number], string>> = {
    nap: t`NAP (ties count half)`,
    pnd: t`PND (beyond the best point before)`,
    tau: t`Tau (A against B)`,
    tau_u: t`Tau-U (A against B minus the trend of A)`,
    tau_bc: t`Tau, baseline corrected (Theil–Sen)`,
  }
  const decimal = new Intl.NumberFormat(i18n.locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 })
  const percent = new Intl.NumberFormat(i18n.locale, { style: 'percent', maximumFractionDigits: 0 })
  const [before, after] = [name(a), name(b)]
  return (
    <div className={styles.scroll}>
      <table className={styles.numbers}>
        <caption>
          {before} → {after} ({n.a} / {n.b})
        </caption>
        <thead>
          <tr>
            <th scope="col">
              <Trans>Index</Trans>
            </th>
            <th scope="col">
              <Trans>Value</Trans>
            </th>
            <th scope="col">
              <Trans>Bear in mind</Trans>
            </th>
          </tr>
        </thead>
        <tbody>
          {INDICES.map((index) => {
            const value = overlap[index]
            const { show, because } = showing[index]
            const written = value === null ? null : (index === 'pnd' ? percent : decimal).format(value)
            return (
              <tr key={index}>
                <th scope="row">{names[index]}</th>
                <td className={styles.value}>{show && written !== null ? written : t`not shown`}</td>
                <td>
                  <Because because={because} />
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}

function Because({ because }: Pick<Showing, 'because'>) {
  const { t } = useLingui()
  const doubts: Readonly<Record<Doubt, string>> = {
    few_points: t`fewer than five points in a phase`,
    baseline_improving: t`the phase before was already moving in the wanted direction`,
    definition_changed: t`the definition changed`,
    measurement_changed: t`the measurement changed`,
    mixed_conditions: t`something else changed within a phase`,
    fidelity_unknown: t`nobody checked how the program was run in this phase`,
  }
  return because.map((doubt) => doubts[doubt]).join('; ')
}
