/**
 * The graph of a goal with everything that belongs to it: the drawing, what it says about the point under the
 * cursor, its key, what its phases say, its table. The geometry is chart.ts's; this file only shows it.
 * `title` names the goal, never the student.
 */
import { Trans } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import { chart, type Overlay } from '../chart.ts'
import type { GraphModel } from '../rules.ts'
import { stretchesOf } from '../stretches.ts'
import type { TrendMethod } from '../stats/trend.ts'
import { Canvas, type Zoom } from './Canvas.tsx'
import { PhaseLevels } from './PhaseLevels.tsx'
import { PointTable } from './PointTable.tsx'
import { Signs } from './Signs.tsx'
import { useKey } from './useKey.ts'
import { useGraphWords } from './words.ts'
import styles from './GoalGraph.module.css'

/** The lines that are drawn over the data. */
export interface Lines {
  /** Null: none. */
  readonly trend: TrendMethod | null
  readonly level: boolean
  readonly spread: boolean
}

export const USUAL_LINES: Lines = { trend: 'theil_sen', level: false, spread: false }

export interface GoalGraphProps {
  model: GraphModel
  /** Names the goal. */
  title: string
  lines?: Lines
  zoom?: Zoom | undefined
  /** For dates and numbers; the page's language when not given. */
  locale?: string | undefined
  /** Whether the table is open at first. */
  table?: boolean | undefined
  /** Stands between the drawing and what explains it. */
  under?: ReactNode
}

export function GoalGraph(props: GoalGraphProps) {
  const { model, title, lines = USUAL_LINES, zoom, locale, table = true, under } = props
  const words = useGraphWords(locale)
  const keyOf = useKey()
  const overlay = overlayOf(model, lines)
  const newest = model.points.findLast((one) => one.y !== null)
  const latest = newest && words.describe(newest)
  return (
    <figure className={styles.graph} aria-label={title}>
      <Canvas
        draw={(frame) => chart(model, frame, words, overlay)}
        label={words.summary(model, title)}
        total={model.points.length}
        describe={(index) => {
          const point = model.points[index]
          return point ? words.describe(point) : ''
        }}
        idle={
          latest !== undefined && (
            <span className={styles.latest}>
              <Trans>Latest: {latest}</Trans>
            </span>
          )
        }
        zoom={zoom}
      />
      {under}
      <Signs signs={keyOf(model, overlay)} />
      <PhaseLevels model={model} words={words} stretches={overlay.stretches} lines={lines} />
      <PointTable model={model} words={words} title={title} open={table} />
    </figure>
  )
}

/** What the lines come to on a graph. */
export function overlayOf(model: GraphModel, { trend, level, spread }: Lines): Overlay {
  const stretches = stretchesOf(model, trend ?? 'theil_sen')
  return { stretches, trend: trend !== null, level, spread }
}
