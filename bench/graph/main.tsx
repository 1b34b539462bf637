/**
 * The page of B7: the product's goal graph, with phases, trend and aim, and its floor, a bare SVG path through as many
 * points. Each is drawn anew, and the clock stops when the frame with it has been made.
 */
import { I18nProvider } from '@lingui/react'
import { i18n } from '@lingui/core'
import { createElement } from 'react'
import { flushSync } from 'react-dom'
import { createRoot } from 'react-dom/client'
import { addDays } from '../../src/platform/core/days.ts'
import { speak } from '../../src/platform/web/i18n/language.ts'
import { buildGraph } from '../../src/capabilities/progress/rules.ts'
import { input, program, session } from '../../src/capabilities/progress/testing.ts'
import { GoalGraph } from '../../src/capabilities/progress/web/GoalGraph.tsx'
import '../../src/platform/web/theme/base.css'

declare global {
  /** Each draws `points` points once and answers with the work of the main thread until the frame, ms. */
  var benchGraph: {
    /** From sessions to the frame. */
    ours(points: number): Promise<number>
    /** A session more on the graph that stands. */
    next(points: number): Promise<number>
    /** The next point by keyboard. */
    step(): Promise<number>
    floor(points: number): Promise<number>
  }
}

const place = document.getElementById('place') as HTMLElement
await speak('en')

/** A third of a point a day, four phases, an aim line: 25 school days a phase for the trend, the rest in the last. */
function inputOf(points: number) {
  const perDay = Math.max(1, Math.ceil(points / 365))
  const first = '2025-09-01'
  const days = Math.ceil(points / perDay)
  const phase = (n: number) => ({
    id: `phase ${n}`,
    author: 'reyes',
    body: {
      label: `Phase ${n + 1}`,
      condition: 'intervention' as const,
      from: addDays(first, Math.floor((days * n) / 4)),
      major: true,
      why: '',
    },
  })
  const sessions = Array.from({ length: points }, (_, n) => {
    const day = addDays(first, Math.floor(n / perDay))
    const minute = (n % perDay) * 15
    const clock = `${String(13 + Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
    return session(day, (n * 7 + (n >> 3)) % 21, 20, {
      session: `s${n}`,
      started: `${day}T${clock}:00.000Z`,
    })
  })
  return input(sessions, {
    program: program(),
    phases: [0, 1, 2, 3].map(phase),
    aims: [{ from: first, from_value: 20, to: addDays(first, days), to_value: 80, basis: 'bench' }],
  })
}

let root: ReturnType<typeof createRoot> | null = null

globalThis.benchGraph = {
  async ours(points) {
    const made = inputOf(points)
    root?.unmount()
    root = createRoot(place)
    return untilFrame(() => draw(made))
  },
  async next(points) {
    const made = inputOf(points + 1)
    return untilFrame(() => draw(made))
  },
  async step() {
    const slider = document.querySelector<HTMLElement>('[role=slider]')
    slider?.focus()
    return untilFrame(() => {
      const event = new KeyboardEvent('keydown', { key: 'ArrowLeft', bubbles: true })
      flushSync(() => slider?.dispatchEvent(event))
    })
  },
  async floor(points) {
    root?.unmount()
    root = null
    const heights = Array.from({ length: points }, (_, n) => ((n * 7 + (n >> 3)) % 21) * 18)
    return untilFrame(() => {
      const d = heights.map((y, n) => `${n === 0 ? 'M' : 'L'}${(n * 1000) / points},${y}`).join('')
      place.innerHTML = `<svg width="1000" height="400"><path fill="none" stroke="black" d="${d}"/></svg>`
    })
  },
}

function draw(made: ReturnType<typeof inputOf>): void {
  flushSync(() =>
    root?.render(
      createElement(
        I18nProvider,
        { i18n },
        createElement(GoalGraph, { model: buildGraph(made), title: 'Bench', table: false }),
      ),
    ),
  )
}

/** Runs the work at the beginning of a frame and waits for the end of it: what the main thread did, without idling. */
function untilFrame(work: () => void): Promise<number> {
  return new Promise((resolve) => {
    requestAnimationFrame(() => {
      const began = performance.now()
      work()
      // the width of the place is known after the layout, and the drawing follows in the same frame
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = () => resolve(performance.now() - began)
      requestAnimationFrame(() => port2.postMessage(null))
    })
  })
}
