/**
 * With whom, where and with what a skill was shown (domain D.7): a square a person and a place, with how many of its
 * sessions met the threshold of the rule of mastery. One is enough to be shown; a square that was never tried stays
 * empty. Below it the cells that the rule asks for by name, and which of them are still missing.
 */
import { Trans, useLingui } from '@lingui/react/macro'
import { Check, CircleDashed } from 'lucide-react'
import { dayOf } from '../../../platform/core/days.ts'
import { personOrRole } from '../../../platform/web/i18n/roles.ts'
import { Card } from '../../../platform/web/kit/Card.tsx'
import panel from '../../../platform/web/kit/Panel.module.css'
import { VisuallyHidden } from '../../../platform/web/kit/VisuallyHidden.tsx'
import { useNow } from '../../../platform/web/store/now.ts'
import { cellLine, MasteryRule } from '../../sessions/mastery.ts'
import type { Goal } from '../goal.ts'
import { generalizationGrid, type GridCell } from '../maintenance.ts'
import type { MasteryResult } from '../mastery.ts'
import { suggestedFor } from '../proposals.ts'
import { useMe } from './held.ts'
import styles from './ShownWhere.module.css'

export function ShownWhere({ goal }: { goal: Goal }) {
  const { t } = useLingui()
  const me = useMe()
  const today = dayOf(useNow(60_000), goal.tz)
  const rule = MasteryRule.safeParse(goal.version.body.mastery).data
  if (!rule) return null
  const asked = suggestedFor(goal, me?.rules, today)?.mastery?.cells ?? []
  const cells = generalizationGrid(
    rule,
    goal.sessions.map(({ state }) => state),
  )
  const rows = cells.filter(
    (one, n) =>
      cells.findIndex((other) => other.person === one.person && other.material === one.material) === n,
  )
  const places = [...new Set(cells.map(({ setting }) => setting))].sort()
  // one person in one place is no grid
  const isGrid = rows.length * places.length > 1
  if (!isGrid && asked.length === 0) return null
  const at = (row: GridCell, place: string) =>
    cells.find(
      (cell) => cell.person === row.person && cell.material === row.material && cell.setting === place,
    )
  return (
    <Card as="section" aria-label={t`With whom and where it was shown`}>
      {isGrid && (
        <div className={styles.scroll}>
          <table className={panel.counts}>
            <caption>
              <Trans>With whom and where it was shown</Trans> ·{' '}
              <Trans>sessions that met the criterion of those that count</Trans>
            </caption>
            <thead>
              <tr>
                <th scope="col">
                  <Trans>By</Trans>
                </th>
                {places.map((place) => (
                  <th key={place} scope="col">
                    {place}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={`${row.person} ${row.material}`}>
                  <th scope="row">
                    {goal.names[row.person] ?? t`Somebody else`}
                    {row.material !== null && ` · ${row.material}`}
                  </th>
                  {places.map((place) => (
                    <td key={place}>
                      <Square cell={at(row, place)} />
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {asked.length > 0 && <Asked cells={asked} goal={goal} />}
    </Card>
  )
}

/** The cells that the rule names. */
function Asked({ cells, goal }: { cells: MasteryResult['cells']; goal: Goal }) {
  const { t, i18n } = useLingui()
  return (
    <div className={styles.asked}>
      <h3 className={styles.heading}>
        <Trans>The rule asks for</Trans>
      </h3>
      <ul className={styles.cells}>
        {cells.map(({ cell, shown }) => {
          const line = cellLine(cell, (who) => personOrRole(i18n, who, goal.names))
          return (
            <li key={line} className={styles.cell} data-shown={shown || undefined}>
              {shown ? <Check size={16} aria-hidden /> : <CircleDashed size={16} aria-hidden />}
              <span>
                {line}: {shown ? t`shown` : t`not yet`}
              </span>
            </li>
          )
        })}
      </ul>
    </div>
  )
}

function Square({ cell }: { cell: GridCell | undefined }) {
  const { t } = useLingui()
  if (!cell) return <VisuallyHidden>{t`not tried`}</VisuallyHidden>
  return (
    <span className={styles.square} data-shown={cell.met > 0 || undefined}>
      {cell.met}/{cell.tried}{' '}
      {cell.met > 0 && (
        <>
          <Check size={14} aria-hidden />
          <VisuallyHidden>{t`shown`}</VisuallyHidden>
        </>
      )}
    </span>
  )
}
