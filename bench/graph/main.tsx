/**
 * The page of B7: the product's goal graph, with phases, trend and aim, and its floors: a bare SVG path through as many
 * points, and the graph's own elements ready made, which no program can be faster than. Each is drawn anew; what the
 * main thread does until it is seen is counted, and no waiting for the screen.
 */
import { I18nProvider } from '@lingui/react'
import { i18n } from '@lingui/core'
import { createElement } from 'react'
import { flushSync } from 'react-dom'
import { createRoot } from 'react-dom/client'
import { addDays } from '../../src/platform/core/days.ts'
import { speak, speakAtDesk } from '../../src/platform/web/i18n/language.ts'
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
    /** The elements of the graph that stands, ready made: what the browser alone takes for them. */
    ready(): Promise<number>
    floor(points: number): Promise<number>
  }
}

const place = document.getElementById('place') as HTMLElement
await speak('en')
// the screens with graphs bring these words; without them each word would be a warning
await speakAtDesk()

type Input = ReturnType<typeof inputOf>

const inputs = new Map<number, Input>()

/** Sessions lie on a device long before a graph is made of them: what it takes to make those is no part of the figure. */
function heldInput(points: number): Input {
  const held = inputs.get(points) ?? inputOf(points)
  inputs.set(points, held)
  return held
}

/** A point a day, or as many a day as one year needs; four phases, an aim line. */
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
    const made = heldInput(points)
    root?.unmount()
    root = createRoot(place)
    return untilShown(() => draw(made))
  },
  async next(points) {
    const made = heldInput(points + 1)
    return untilShown(() => draw(made))
  },
  async step() {
    const slider = document.querySelector<HTMLElement>('[role=slider]')
    slider?.focus()
    return untilShown(() => {
      const event = new KeyboardEvent('keydown', { key: 'ArrowLeft', bubbles: true })
      flushSync(() => slider?.dispatchEvent(event))
    })
  },
  async ready() {
    const markup = place.innerHTML
    root?.unmount()
    root = null
    return untilShown(() => (place.innerHTML = markup))
  },
  async floor(points) {
    root?.unmount()
    root = null
    const heights = Array.from({ length: points }, (_, n) => ((n * 7 + (n >> 3)) % 21) * 18)
    return untilShown(() => {
      const d = heights.map((y, n) => `${n === 0 ? 'M' : 'L'}${(n * 1000) / points},${y}`).join('')
      place.innerHTML = `<svg width="1000" height="400"><path fill="none" stroke="black" d="${d}"/></svg>`
    })
  },
}

function draw(made: Input): void {
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

/**
 * What the main thread did to show the work, ms: script, style, layout and paint, from the beginning of a frame until it
 * has been made. Does the page change once more after that, all the time until that frame has been made counts as well.
 */
async function untilShown(work: () => unknown): Promise<number> {
  let isChanged = false
  const watching = new MutationObserver(() => (isChanged = true))
  watching.observe(place, { subtree: true, childList: true, attributes: true, characterData: true })
  const { began, ended } = await frame(work)
  let last = ended
  for (;;) {
    isChanged = false
    const after = await frame(() => undefined)
    if (!isChanged) break
    last = after.ended
  }
  watching.disconnect()
  return last - began
}

/** Does the work at the beginning of a frame; a message sent from there is taken up when the frame has been made. */
function frame(work: () => unknown): Promise<{ began: number; ended: number }> {
  return new Promise((resolve) => {
    requestAnimationFrame(() => {
      const began = performance.now()
      work()
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = () => resolve({ began, ended: performance.now() })
      port2.postMessage(null)
    })
  })
}
