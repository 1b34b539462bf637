/** The ladder of prompts as stacked bars, one a session: alone at the bottom, not yet on top. Pure geometry. */
import type { Chart, ChartWords, Frame } from './chart.ts'
import { columnsOf, pictureOf } from './columns.ts'
import type { GraphModel } from './graph.ts'
import { FILLINGS, filled, type Filling, type Rect } from './hatch.ts'
import type { Ladder, Rung } from './ladder.ts'

export interface LadderWords extends ChartWords {
  readonly share: string
  readonly percent: (value: number) => string
}

/** What fills a rung: black for alone, lighter and looser with more help, white for not yet. */
export function fillingOf(rungs: readonly Rung[], rung: number): Filling {
  switch (rungs[rung]?.kind) {
    case 'independent':
      return 'solid'
    case 'prompt':
      return PROMPTS[(rung - 1) % PROMPTS.length] ?? 'level'
    case 'no_response':
      return 'dots'
    case 'refused':
      return 'sparse'
    default:
      return 'empty'
  }
}

const PROMPTS: readonly Filling[] = FILLINGS.filter(
  (one) => one !== 'solid' && one !== 'dots' && one !== 'sparse' && one !== 'empty',
)

export interface LadderChart {
  readonly chart: Chart
  /** Sessions of the ladder that are shown, and how many older ones are not. */
  readonly shown: Ladder['sessions']
  readonly leftOut: number
}

export function ladderChart(
  model: GraphModel,
  ladder: Ladder,
  frame: Frame,
  words: LadderWords,
): LadderChart {
  const points = new Map(model.points.map((point, index) => [point.sessionId, index]))
  const sessions = ladder.sessions
    .filter((one) => points.has(one.session))
    .toSorted((a, b) => (points.get(a.session) ?? 0) - (points.get(b.session) ?? 0))
  const columns = columnsOf(
    model,
    sessions.map((one) => points.get(one.session) ?? 0),
    frame,
    words,
    {
      heading: words.share,
      rows: [0, 25, 50, 75, 100].map((at) => ({ at: at / 100, label: words.percent(at / 100) })),
      least: 11,
    },
  )
  const shown = sessions.slice(columns.leftOut)
  const { top, bottom } = columns.plot
  const rects = ladder.rungs.map((): Rect[] => [])
  for (const [nth, { counts, total }] of shown.entries()) {
    const slot = columns.slots[nth]
    if (!slot) continue
    const width = Math.max(4, Math.min(30, slot.width * 0.72))
    let below = 0
    for (const [rung, count] of counts.entries()) {
      const height = ((bottom - top) * count) / total
      const y = bottom - ((bottom - top) * below) / total - height
      rects[rung]?.push({ x: slot.x - width / 2, y, width, height })
      below += count
    }
  }
  const bars = rects.flatMap((some, rung) => filled(some, fillingOf(ladder.rungs, rung)))
  return { chart: pictureOf(frame, columns, bars), shown, leftOut: columns.leftOut }
}
