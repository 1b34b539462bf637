/**
 * A final report as a document: one section a goal, with its graph. Everything stands in the record; nothing is scored
 * here. The language of its own words may be another than the one it was written in; what people wrote stays as it is.
 */
import { dayOf } from '../../../platform/core/days.ts'
import type { Block, Paper } from '../../../platform/server/paper.ts'
import { chart, type ChartWords } from '../../progress/chart.ts'
import type { GraphModel, GraphPoint, Unit } from '../../progress/graph.ts'
import { dayAt } from '../../progress/calendar.ts'
import { dayIn, valueIn } from '../language.ts'
import type { FrozenGraph, GoalReport, Language } from '../records.ts'
import type { ReportState } from '../rules.ts'
import { strokesOf } from './strokes.ts'
import { chartWords, reportWords, type ReportWords } from './words.ts'

export interface Print {
  readonly lang: Language
  /** Initials, or the name where the owner chose it. */
  readonly student: string
  /** Staff: id → name. */
  readonly names: { readonly [id: string]: string }
  readonly tz: string
  readonly footer: string
}

const FRAME = { width: 516, height: 200, text: 9 }

export function reportPaper(
  { addenda }: Pick<ReportState, 'addenda'>,
  final: NonNullable<ReportState['final']>,
  { lang, student, names, tz, footer }: Print,
): Paper {
  const words = reportWords(lang)
  const { period, goals } = final.body
  const day = (instant: string) => dayIn(lang, dayOf(instant, tz))
  const blocks: Block[] = [
    { is: 'heading', level: 1, text: words.title },
    {
      is: 'facts',
      pairs: [
        [words.student, student],
        [words.period, words.span(dayIn(lang, period.from), dayIn(lang, period.to))],
        [words.final, words.finalOn(names[final.by] ?? '', day(final.at))],
      ],
    },
    ...goals.flatMap((goal) => goalBlocks(goal as GoalReport, lang, words)),
    { is: 'text', text: words.howToRead, tone: 'quiet' },
  ]
  if (addenda.length > 0) blocks.push({ is: 'heading', level: 2, text: words.addenda })
  for (const { at, by, text } of addenda)
    blocks.push(
      { is: 'text', text: words.addendumOf(names[by] ?? '', day(at)), tone: 'quiet' },
      { is: 'text', text },
    )
  // the title of a window says nothing about anybody
  return { lang: lang === 'en' ? 'en-US' : 'es-US', title: words.title, footer, blocks }
}

function goalBlocks(goal: GoalReport, lang: Language, words: ReportWords): Block[] {
  const { graph, baseline, current, target, sessions, by, rating, sentence, change } = goal
  const value = (one: number | null, missing: string) =>
    one === null ? missing : graph ? valueIn(lang, one, graph.unit) : String(one)
  const wanted = value(target, words.none)
  const blocks: Block[] = [
    { is: 'heading', level: 2, text: goal.title },
    { is: 'text', text: sentence, tone: 'strong' },
    {
      is: 'facts',
      pairs: [
        [words.rating, words.ratings[rating]],
        ...(change.trim() === '' ? [] : ([[words.change, change]] as const)),
        [words.goal, goal.goal],
        [words.criterion, goal.criterion],
      ],
    },
    {
      is: 'table',
      about: goal.title,
      head: [words.baseline, words.now, words.target, words.sessions, words.by],
      widths: [2, 2, 2, 3, 3],
      rows: [
        [
          value(baseline, words.tooLittle),
          value(current, words.tooLittle),
          target !== null && goal.direction === 'decrease' ? words.atMost(wanted) : wanted,
          words.counted(sessions.held, sessions.valid, sessions.not_run),
          by.length === 0 ? words.nobody : by.join(', '),
        ],
      ],
    },
  ]
  if (graph) blocks.push(picture(graph, goal, lang, words))
  return blocks
}

function picture(graph: FrozenGraph, goal: GoalReport, lang: Language, words: ReportWords): Block {
  const model = modelOf(graph, goal)
  const labels: ChartWords = chartWords(lang)
  const drawn = chart(model, FRAME, labels)
  const measured = graph.points.filter(([, y]) => y !== null)
  const [first, last] = [measured[0]?.[0] ?? 0, measured.at(-1)?.[0] ?? 0]
  const { unit, metric, text } = model.axis.y
  const days = [first, last].map((x) => dayIn(lang, dayAt(Math.floor(x))))
  const about = words.graph(
    labels.valueAxis(unit, metric, text),
    measured.length,
    days[0] ?? '',
    days[1] ?? '',
  )
  return {
    is: 'picture',
    alt: `${about}. ${goal.sentence}`,
    width: drawn.width,
    height: drawn.height,
    strokes: strokesOf(drawn.primitives),
  }
}

/** As much of a graph as its drawing asks for. */
function modelOf(
  { unit, metric, text, x, y, points, joined, phases, lines, aim }: FrozenGraph,
  goal: GoalReport,
): GraphModel {
  const kind: Unit = { kind: unit }
  const drawn = points.map(([at, value, hollow, phase], index): GraphPoint => ({
    key: String(index),
    sessionId: null,
    x: at,
    day: null,
    time: null,
    session: null,
    y: value,
    value,
    atLeast: false,
    unit: kind,
    metric: metric as GraphPoint['metric'],
    numerator: null,
    denominator: null,
    validity: 'valid',
    decides: !hollow,
    hollow,
    shape: 'circle',
    by: [],
    tags: [],
    phase,
    condition: null,
    notes: [],
  }))
  return {
    axis: {
      x: { kind: 'day', min: x[0], max: x[1] },
      y: { unit: kind, metric: metric as GraphPoint['metric'], text, min: y[0], max: y[1] },
    },
    direction: goal.direction,
    points: drawn,
    segments: joined,
    phases: phases.map((phase) => ({
      ...phase,
      condition: null,
      from: null,
      by: null,
      why: null,
      records: [],
      level: null,
      share: null,
    })),
    phaseLines: lines,
    aims: aim ? [{ ...aim, current: true, basis: '' }] : [],
    gaps: [],
  }
}
