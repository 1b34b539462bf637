/** The same points as a table, the newest first: every chart has its table. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Button } from '../../../platform/web/kit/Button.tsx'
import type { GraphModel, Unit } from '../rules.ts'
import { TableSheet } from './TableSheet.tsx'
import type { GraphWords } from './words.ts'
import styles from './GoalGraph.module.css'

/** Rows shown before one asks for all. */
const FEW = 50

interface PointTableProps {
  model: GraphModel
  words: GraphWords
  title: string
  open: boolean
}

export function PointTable({ model, words, title, open }: PointTableProps) {
  const { t } = useLingui()
  const [all, setAll] = useState(false)
  const total = model.points.length
  if (total === 0) return null

  const shown = all ? total : Math.min(FEW, total)
  const caption = t`${title}, newest first`
  return (
    <TableSheet
      caption={caption}
      open={open}
      after={
        shown < total && (
          <Button variant="ghost" onClick={() => setAll(true)}>
            <Trans>Show all {total} rows</Trans>
          </Button>
        )
      }
    >
      <Rows model={model} words={words} shown={shown} />
    </TableSheet>
  )
}

interface RowsProps {
  model: GraphModel
  words: GraphWords
  /** How many, from the newest on. */
  shown: number
}

function Rows({ model, words, shown }: RowsProps) {
  const own = model.axis.x.kind === 'day'
  const { unit } = model.axis.y
  const fractions = FRACTIONS.includes(unit.kind)
  const points = model.points.slice(-shown).toReversed()
  const lastYear = points[0]?.day?.slice(0, 4)
  return (
    <>
      <thead>
        <tr>
          <th scope="col">{own ? <Trans>Date</Trans> : <Trans>Session</Trans>}</th>
          {own ? (
            <th scope="col">
              <Trans>By</Trans>
            </th>
          ) : (
            <th scope="col">
              <Trans>Phase</Trans>
            </th>
          )}
          {fractions && (
            <th scope="col" className={styles.number}>
              <Trans>Fraction</Trans>
            </th>
          )}
          <th scope="col" className={styles.number}>
            <ValueHeading unit={unit} />
          </th>
          <th scope="col">
            <Trans>Notes</Trans>
          </th>
        </tr>
      </thead>
      <tbody>
        {points.map((point) => {
          const phase = model.phases[point.phase]
          const value = words.valueAt(point)
          return (
            <tr key={point.key} data-missing={value === null || undefined}>
              <th scope="row">{words.when(point, own && point.day?.slice(0, 4) !== lastYear)}</th>
              <td>{own ? point.by.join(', ') : phase && words.phase(phase)}</td>
              {fractions && <td className={styles.number}>{value !== null && words.fraction(point)}</td>}
              <td className={styles.number}>{value ?? <Trans>no data</Trans>}</td>
              <td>{words.notes(point).join(', ')}</td>
            </tr>
          )
        })}
      </tbody>
    </>
  )
}

/** Units whose values are a part of something, which then stands beside them. */
const FRACTIONS: readonly Unit['kind'][] = ['percent', 'per_minute', 'per_hour', 'source']

function ValueHeading({ unit }: { unit: Unit }) {
  if (unit.kind === 'percent') return <Trans>Percent</Trans>
  if (unit.kind === 'count') return <Trans>Count</Trans>
  if (unit.kind === 'seconds' || unit.kind === 'minutes') return <Trans>Time</Trans>
  if (unit.kind === 'yes_no') return <Trans>Answer</Trans>
  if (unit.kind === 'points') return <Trans>Points</Trans>
  return unit.kind === 'source' ? <Trans>Value</Trans> : <Trans>Rate</Trans>
}
