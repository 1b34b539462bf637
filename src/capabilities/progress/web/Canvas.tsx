/**
 * A drawing that can be read point by point: with a pointer, and by keyboard as a slider whose place a live line says
 * aloud. Where a part may be chosen, a mouse draws over it, or Shift and the arrows mark it and Enter takes it; plus,
 * minus and 0 go nearer, farther and to all. A finger only reads: it also scrolls the page.
 */
import { useLingui } from '@lingui/react/macro'
import { useRef, useState, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react'
import type { Chart, Frame } from '../chart.ts'
import { Drawing } from './Drawing.tsx'
import { useWidth } from './useWidth.ts'
import styles from './GoalGraph.module.css'

export interface CanvasProps {
  draw: (frame: Frame) => Chart
  /** What the picture says as a whole. */
  label: string
  /** How many places it has; the drawing gives as many spots, or the newest of them. */
  total: number
  /** One sentence about a place, counted from 0. */
  describe: (index: number) => string
  /** Said while no place is chosen. */
  idle?: ReactNode
  /** Height in px by width and text size; without it, that of a goal graph. */
  height?: ((width: number, rem: number) => number) | undefined
  zoom?: Zoom | undefined
}

export interface Zoom {
  /** Two places, ascending. */
  onPart: (first: number, last: number) => void
  /** `about`: the place that is chosen. */
  onStep: (step: 'in' | 'out' | 'all', about: number) => void
}

/** A shorter stroke of the mouse is a press, px. */
const STROKE = 12

export function Canvas({ draw, label, total, describe, idle, height, zoom }: CanvasProps) {
  const { t } = useLingui()
  const box = useRef<HTMLDivElement>(null)
  const width = useWidth(box)
  const [chosen, setChosen] = useState<number | null>(null)
  /** The other end of the part that is being marked. */
  const [mark, setMark] = useState<number | null>(null)
  const pressed = useRef<{ x: number; index: number } | null>(null)
  const drawn = width > 0 ? draw(frameOf(width, height)) : null
  const hidden = total - (drawn?.spots.length ?? total)
  const last = total - 1 - hidden
  const active = chosen === null || last < 0 ? null : Math.min(chosen, last)
  const other = mark === null || active === null || mark === active ? null : Math.min(mark, last)
  const [place, count] = [(active ?? last) + 1, last + 1]
  const part = other !== null && active !== null ? [Math.min(other, active), Math.max(other, active)] : null
  const size = part ? (part[1] ?? 0) - (part[0] ?? 0) + 1 : 0

  const take = () => {
    if (!part || !zoom) return
    setMark(null)
    setChosen(null)
    zoom.onPart((part[0] ?? 0) + hidden, (part[1] ?? 0) + hidden)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (zoom && ['+', '=', '-', '0'].includes(event.key)) {
      event.preventDefault()
      setMark(null)
      return zoom.onStep(
        event.key === '-' ? 'out' : event.key === '0' ? 'all' : 'in',
        (active ?? last) + hidden,
      )
    }
    if (event.key === 'Enter' && part) return take()
    if (event.key === 'Escape' && part) {
      event.stopPropagation()
      return setMark(null)
    }
    const next = moved(event, active ?? last, last)
    if (next === undefined) return
    event.preventDefault()
    if (!zoom || !event.shiftKey) setMark(null)
    else if (mark === null) setMark(active ?? last)
    setChosen(next)
  }
  const onPointerMove = (event: PointerEvent) => {
    const index = drawn && nearest(drawn, event)
    setChosen(index)
    const from = pressed.current
    if (zoom && from && Math.abs(event.clientX - from.x) >= STROKE) setMark(from.index)
  }

  return (
    <>
      <p className={styles.readout}>
        <output aria-live="polite">
          {part
            ? t`${size} points marked. Enter shows only these.`
            : active !== null && describe(active + hidden)}
        </output>
        {active === null && idle}
      </p>
      <div className={styles.canvas} data-own-height={height !== undefined} ref={box}>
        {drawn && <Drawing chart={drawn} label={label} active={active} part={part} />}
        {drawn && last >= 0 && (
          <div
            className={styles.slider}
            role="slider"
            tabIndex={0}
            aria-label={t`Points of the graph`}
            aria-valuemin={1}
            aria-valuemax={count}
            aria-valuenow={place}
            aria-valuetext={t`${place} of ${count}`}
            onFocus={() => setChosen((before) => before ?? last)}
            onBlur={() => {
              setChosen(null)
              setMark(null)
            }}
            onKeyDown={onKeyDown}
            onPointerDown={(event) => {
              const index = nearest(drawn, event)
              setChosen(index)
              setMark(null)
              if (event.pointerType !== 'mouse' || event.button !== 0 || index === null) return
              pressed.current = { x: event.clientX, index }
              event.currentTarget.setPointerCapture(event.pointerId)
            }}
            onPointerMove={onPointerMove}
            onPointerUp={() => {
              if (pressed.current && part) take()
              pressed.current = null
            }}
            onPointerCancel={() => {
              pressed.current = null
              setMark(null)
            }}
            onPointerLeave={(event) => {
              if (document.activeElement !== event.currentTarget) setChosen(null)
            }}
          />
        )}
      </div>
    </>
  )
}

/** Sizes in px; the text follows the reader's own font size. */
function frameOf(width: number, height: CanvasProps['height']): Frame {
  const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16
  const narrow = width < 30 * rem
  const usual = narrow ? 16.5 * rem : Math.min(26 * rem, Math.max(20 * rem, width * 0.42))
  return {
    width,
    height: Math.round(height?.(width, rem) ?? usual),
    text: (narrow ? 0.75 : 0.8125) * rem,
  }
}

/** The place that a key leads to; undefined for keys that are not ours. */
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
