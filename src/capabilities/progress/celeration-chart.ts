/**
 * Frequencies on the standard chart (domain D.5): per minute from 0.001 to 1,000 on a scale where equal distances are
 * equal factors, 140 calendar days that begin on a Sunday. Dots to increase and for corrects, crosses to decrease and
 * for errors, a dash at the record floor, a mark below it for what did not occur. Pure geometry.
 */
import { addDays, weekday } from '../../platform/core/days.ts'
import type { Chart, ChartWords, Frame, Plot, Primitive } from './chart.ts'
import { dayAt, dayNumber } from './calendar.ts'
import type { Frequencies, Series } from './frequencies.ts'
import type { GraphModel } from './graph.ts'
import { fitted, widthOf } from './text.ts'

export interface CelerationWords extends ChartWords {
  readonly perMinute: string
  /** `×1.35 a week`, `÷1.2 a week` */
  readonly celeration: (perWeek: number) => string
}

export interface CelerationChart {
  readonly chart: Chart
  /** Every point of the days shown, in order of day. */
  readonly points: readonly (Series['points'][number] & { readonly kind: Series['kind'] })[]
  readonly from: number
  readonly to: number
}

/** Calendar days of the chart, and the exponents of ten at its ends. */
const DAYS = 140
const LOW = -3
const HIGH = 3

/** The first Sunday-to-Saturday window that holds the oldest data, or the one that ends with the newest. */
export function windowOf(first: number, last: number): { readonly from: number; readonly to: number } {
  const sunday = (day: number) => dayNumber(addDays(dayAt(day), -(weekday(dayAt(day)) % 7)))
  const from = last - sunday(first) < DAYS ? sunday(first) : sunday(last) - DAYS + 7
  return { from, to: from + DAYS }
}

export function celerationChart(
  model: GraphModel,
  { series, floors }: Frequencies,
  frame: Frame,
  words: CelerationWords,
): CelerationChart {
  const days = series.flatMap((one) => one.points.map((point) => point.day))
  const { from, to } = windowOf(Math.min(...days), Math.max(...days))
  const { width, height, text } = frame
  const row = Math.round(text * 1.4)
  const decades = Array.from({ length: HIGH - LOW + 1 }, (_, nth) => 10 ** (LOW + nth))
  const left = Math.ceil(Math.max(...decades.map((at) => widthOf(words.number(at), text))) + 10)
  const plot: Plot = { left, right: width - 12, top: row * 2 + 8, bottom: height - row - 8 }
  const px = (day: number) => plot.left + ((day - from) / DAYS) * (plot.right - plot.left)
  const py = (perMinute: number) => {
    const share = (Math.log10(perMinute) - LOW) / (HIGH - LOW)
    return plot.bottom - Math.min(1, Math.max(0, share)) * (plot.bottom - plot.top)
  }
  const within = (day: number) => day >= from && day <= to
  const shown = series
    .flatMap((one) => one.points.map((point) => ({ ...point, kind: one.kind })))
    .filter((point) => within(point.day))
    .sort((a, b) => a.day - b.day)

  return {
    chart: {
      ...frame,
      plot,
      radius: 4,
      primitives: [...raster(), ...phaseLines(), ...floorMarks(), ...lines(), ...marks()],
      spots: shown.map((point) => ({ x: round(px(point.day)), y: round(py(point.perMinute)) })),
    },
    points: shown,
    from,
    to,
  }

  function raster(): Primitive[] {
    const found: Primitive[] = []
    for (const at of decades) {
      const y = round(py(at))
      found.push(
        { kind: 'line', role: 'grid-strong', x1: plot.left, y1: y, x2: plot.right, y2: y },
        {
          kind: 'text',
          role: 'tick-label',
          x: plot.left - 7,
          y: round(y + text * 0.35),
          text: words.number(at),
          anchor: 'end',
          size: text,
        },
      )
    }
    const between = decades
      .slice(0, -1)
      .flatMap((at) => [2, 5].map((n) => `M${plot.left},${round(py(n * at))}H${plot.right}`))
    found.push({ kind: 'path', role: 'grid', d: between.join('') })
    let end = -Infinity
    for (let day = from; day <= to; day += 7) {
      const x = round(px(day))
      const fourth = (day - from) % 28 === 0
      found.push({
        kind: 'line',
        role: fourth ? 'grid-strong' : 'grid',
        x1: x,
        y1: plot.top,
        x2: x,
        y2: plot.bottom,
      })
      const label = words.day(dayAt(day), 'month_day')
      const half = widthOf(label, text) / 2
      if (!fourth || x - half < end || x + half > plot.right + 12) continue
      end = x + half + 8
      found.push({
        kind: 'text',
        role: 'tick-label',
        x,
        y: plot.bottom + 4 + row,
        text: label,
        anchor: 'middle',
        size: text,
      })
    }
    const heading = fitted(words.perMinute, plot.right, text)
    found.push({
      kind: 'text',
      role: 'axis-label',
      x: 0,
      y: round(text),
      text: heading,
      anchor: 'start',
      size: text,
    })
    return found
  }

  function phaseLines(): Primitive[] {
    const inView = model.phaseLines.filter(({ x }) => x > from && x < to)
    return [
      ...firstLabel(inView),
      ...inView.flatMap(({ x, major, phase }, nth): Primitive[] => {
        const at = round(px(x))
        const own = model.phases[phase]
        const end = px(inView[nth + 1]?.x ?? to)
        const label = own ? fitted(words.phase(own), end - at - 6, text, true) : ''
        const stroke: Primitive = {
          kind: 'line',
          role: major ? 'phase-major' : 'phase-minor',
          x1: at,
          y1: plot.top - 4,
          x2: at,
          y2: plot.bottom,
        }
        if (label === '') return [stroke]
        return [
          stroke,
          {
            kind: 'text',
            role: major ? 'phase-label' : 'minor-label',
            x: at + 3,
            y: row * 2,
            text: label,
            anchor: 'start',
            size: text,
          },
        ]
      }),
    ]
  }

  /** The phase in which the chart begins. */
  function firstLabel(inView: GraphModel['phaseLines']): Primitive[] {
    const own = model.phases[(inView[0]?.phase ?? model.phases.length) - 1]
    const label = own ? fitted(words.phase(own), px(inView[0]?.x ?? to) - plot.left - 6, text, true) : ''
    if (label === '') return []
    return [
      {
        kind: 'text',
        role: 'phase-label',
        x: plot.left + 3,
        y: row * 2,
        text: label,
        anchor: 'start',
        size: text,
      },
    ]
  }

  function floorMarks(): Primitive[] {
    const d = floors
      .filter(({ day }) => within(day))
      .map(({ day, perMinute }) => `M${round(px(day) - 3.5)},${round(py(perMinute))}h7`)
      .join('')
    return d === '' ? [] : [{ kind: 'path', role: 'floor', d }]
  }

  function lines(): Primitive[] {
    return series.flatMap(({ runs }) =>
      runs.flatMap(({ from: first, to: last, line }): Primitive[] => {
        const [a, b] = [Math.max(first, from), Math.min(last, to)]
        if (a >= b) return []
        const height = (day: number) => round(py(10 ** (line.intercept + line.slope * day)))
        const [x1, y1, x2, y2] = [round(px(a)), height(a), round(px(b)), height(b)]
        const label = words.celeration(line.perWeek)
        const half = widthOf(label, text, true) / 2
        return [
          { kind: 'line', role: 'trend', x1, y1, x2, y2 },
          {
            kind: 'text',
            role: 'aim-label',
            x: round(Math.min(plot.right - half, Math.max(plot.left + half, (x1 + x2) / 2))),
            y: round(Math.max(plot.top + text, Math.min(y1, y2) - 10)),
            text: label,
            anchor: 'middle',
            size: text,
          },
        ]
      }),
    )
  }

  /** Dots and crosses; hollow where a session does not count; an arrow down where nothing occurred. */
  function marks(): Primitive[] {
    const parts = { point: '', hollow: '', error: '', floor: '' }
    for (const { day, perMinute, kind, decides, belowFloor } of shown) {
      const [x, y] = [round(px(day)), round(py(perMinute))]
      if (belowFloor) parts.floor += `M${x - 3.5},${y + 5}l3.5,5l3.5,-5`
      else if (kind === 'down') parts.error += `M${x - 3.5},${y - 3.5}l7,7M${x + 3.5},${y - 3.5}l-7,7`
      else parts[decides ? 'point' : 'hollow'] += `M${x - 3.5},${y}a3.5,3.5 0 1,0 7,0a3.5,3.5 0 1,0 -7,0Z`
    }
    return (['point', 'hollow', 'error', 'floor'] as const).flatMap((role): Primitive[] =>
      parts[role] === '' ? [] : [{ kind: 'path', role, d: parts[role] }],
    )
  }
}

const round = (value: number): number => Math.round(value * 100) / 100
