/**
 * With whom and where a skill was shown (domain D.7): a square a person and a place, with how many of its sessions met
 * the threshold of the rule of mastery. One is enough to be shown; a square that was never tried stays empty.
 */
import { Trans, useLingui } from '@lingui/react/macro'
import { Check } from 'lucide-react'
import { Card } from '../../../platform/web/kit/Card.tsx'
import panel from '../../../platform/web/kit/Panel.module.css'
import { VisuallyHidden } from '../../../platform/web/kit/VisuallyHidden.tsx'
import { MasteryRule } from '../../sessions/mastery.ts'
import type { Goal } from '../goal.ts'
import { generalizationGrid, type GridCell } from '../maintenance.ts'
import styles from './ShownWhere.module.css'

export function ShownWhere({ goal }: { goal: Goal }) {
  const { t } = useLingui()
  const rule = MasteryRule.safeParse(goal.version.body.mastery).data
  if (!rule) return null
  const cells = generalizationGrid(
    rule,
    goal.sessions.map(({ state }) => state),
  )
  const people = [...new Set(cells.map(({ person }) => person))]
  const places = [...new Set(cells.map(({ setting }) => setting))].sort()
  // one person in one place is no grid
  if (people.length * places.length < 2) return null
  const at = (person: string, place: string) =>
    cells.find((cell) => cell.person === person && cell.setting === place)
  return (
    <Card as="section" aria-label={t`With whom and where it was shown`}>
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
            {people.map((person) => (
              <tr key={person}>
                <th scope="row">{goal.names[person] ?? t`Somebody else`}</th>
                {places.map((place) => (
                  <td key={place}>
                    <Square cell={at(person, place)} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Card>
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
