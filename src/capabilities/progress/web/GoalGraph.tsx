/**
 * The graph of a goal with everything that belongs to it: the drawing, what it says about the point under the
 * cursor, its key, the levels of its phases and its table. The geometry is chart.ts's; this file only shows it.
 *
 * By keyboard the points are a slider: arrows, Home and End move, a live line says where one is. `title` names the
 * goal, never the student.
 */
import { Trans, useLingui } from '@lingui/react/macro'
import { useRef, useState, type KeyboardEvent, type PointerEvent } from 'react'
import { chart, type Chart } from '../chart.ts'
import type { GraphModel } from '../rules.ts'
import { Drawing } from './Drawing.tsx'
import { Key } from './Key.tsx'
import { PhaseLevels } from './PhaseLevels.tsx'
import { PointTable } from './PointTable.tsx'
import { useWidth } from './useWidth.ts'
import { useGraphWords } from './words.ts'
import styles from './GoalGraph.module.css'

export interface GoalGraphProps {
  model: GraphModel
  /** Names the goal. */
  title: string
  /** For dates and numbers; the page's language when not given. */
  locale?: string | undefined
  /** Whether the table is open at first. */
  table?: boolean | undefined
}

export function GoalGraph({ model, title, locale, table = true }: GoalGraphProps) {
  const { t } = useLingui()
  const words = useGraphWords(locale)
  const canvas = useRef<HTMLDivElement>(null)
  const width = useWidth(canvas)
  const [chosen, setChosen] = useState<number | null>(null)
  const last = model.points.length - 1
  const active = chosen === null || last < 0 ? null : Math.min(chosen, last)
  const point = active === null ? undefined : model.points[active]
  const newest = model.points.findLast((one) => one.y !== null)
  const latest = newest && words.describe(newest)
  const [place, total] = [(active ?? last) + 1, last + 1]
  const drawn = width > 0 ? chart(model, frameOf(width), words) : null

  return (
    <figure className={styles.graph} aria-label={title}>
      <p className={styles.readout}>
        <output aria-live="polite">{point && words.describe(point)}</output>
        {!point && latest && (
          <span className={styles.latest}>
            <Trans>Latest: {latest}</Trans>
          </span>
        )}
      </p>
      <div className={styles.canvas} ref={canvas}>
        {drawn && <Drawing chart={drawn} label={words.summary(model, title)} active={active} />}
        {drawn && last >= 0 && (
          <div
            className={styles.slider}
            role="slider"
            tabIndex={0}
            aria-label={t`Points of the graph`}
            aria-valuemin={1}
            aria-valuemax={total}
            aria-valuenow={place}
            aria-valuetext={t`${place} of ${total}`}
            onFocus={() => setChosen((before) => before ?? last)}
            onBlur={() => setChosen(null)}
            onKeyDown={(event) => {
              const next = moved(event, active ?? last, last)
              if (next === undefined) return
              event.preventDefault()
              setChosen(next)
            }}
            onPointerDown={(event) => setChosen(nearest(drawn, event))}
            onPointerMove={(event) => setChosen(nearest(drawn, event))}
            onPointerLeave={(event) => {
              if (document.activeElement !== event.currentTarget) setChosen(null)
            }}
          />
        )}
      </div>
      <Key model={model} />
      <PhaseLevels model={model} words={words} />
      <PointTable model={model} words={words} title={title} open={table} />
    </figure>
  )
}

/** Sizes in px; the text follows the reader's own font size. */
function frameOf(width: number) {
  const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16
  const narrow = width < 30 * rem
  return {
    width,
    height: narrow
      ? Math.round(16.5 * rem)
      : Math.round(Math.min(26 * rem, Math.max(20 * rem, width * 0.42))),
    text: (narrow ? 0.75 : 0.8125) * rem,
  }
}

/** The point that a key leads to; undefined for keys that are not ours. */
function moved(event: KeyboardEvent, from: number, last: number): number | undefined {
  switch (event.key) {
    case 'ArrowRight':
    case 'ArrowUp':
      return Math.min(last, from + 1)
    case 'ArrowLeft':
    case 'ArrowDown':
      return Math.max(0, from - 1)
    case 'Home':
      return 0
    case 'End':
      return last
    default:
      return undefined
  }
}

/** Spots ascend by x, so the nearest is one of two neighbors. */
function nearest({ spots }: Chart, event: PointerEvent): number | null {
  const x = event.clientX - event.currentTarget.getBoundingClientRect().left
  const after = spots.findIndex((spot) => spot.x >= x)
  if (after <= 0) return after === 0 ? 0 : spots.length - 1
  const [left, right] = [spots[after - 1]?.x ?? 0, spots[after]?.x ?? 0]
  return x - left < right - x ? after - 1 : after
}
