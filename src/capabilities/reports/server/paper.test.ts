/** Reports and sheets on paper, read back by another library (pdf.js). */
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { describe, expect, test } from 'vitest'
import { uuidOf } from '../../../platform/core/ids.ts'
import { printed, type Paper } from '../../../platform/server/paper.ts'
import type { Measure } from '../../sessions/measures.ts'
import type { GoalReport, Language } from '../records.ts'
import { sheetCode } from '../sheets/code.ts'
import { reportPaper } from './report-paper.ts'
import { sheetsPaper, type PrintedSheet } from './sheet-paper.ts'

const GOAL: GoalReport = {
  program: uuidOf('program'),
  version: uuidOf('version'),
  title: 'Requesting',
  goal: 'Will ask for a needed item.',
  criterion: '80 % over 3 sessions',
  direction: 'increase',
  baseline: 40,
  current: 60,
  target: 80,
  sessions: { held: 4, valid: 4, not_run: 1 },
  by: ['Maya Ortiz'],
  rating: 'insufficient',
  sentence: '18 of the last 30 trials were independent.',
  change: 'A picture card beside the door.',
  rests: [],
  graph: {
    unit: 'percent',
    metric: 'pct_independent',
    text: null,
    x: [20710, 20760],
    y: [0, 100],
    points: [
      [20711, 30, false, 0],
      [20720, 50, false, 1],
      [20730, 70, true, 1],
    ],
    joined: [[1, 2]],
    phases: [
      { label: 'Baseline', version: null, major: true },
      { label: 'Teaching', version: null, major: true },
    ],
    lines: [{ phase: 1, x: 20715, major: true, before: 20711, after: 20720 }],
    aim: { from: '2026-09-16', to: '2027-06-01', goal: 80, x1: 20712, y1: 40, x2: 20760, y2: 46 },
  },
}

describe('a report on paper', () => {
  test('holds every fact of the goal, its graph in words, and who printed it', async () => {
    const { text, alts, roles, lang } = await read(reportIn('en'))
    expect(lang).toBe('en-US')
    for (const words of [
      'Progress report',
      'A.M.',
      'Oct 1, 2026 to Nov 3, 2026',
      'Insufficient progress',
      'A picture card beside the door.',
      '80 % over 3 sessions',
      '18 of the last 30 trials were independent.',
      'Maya Ortiz',
      'Dana Reyes',
      'Printed by Dana Reyes',
    ])
      expect(text).toContain(words)
    expect(alts).toEqual([
      'Graph. Percent of trials independent: 3 points, Sep 15, 2026 to Oct 4, 2026. 18 of the last 30 trials were independent.',
    ])
    expect(roles).toEqual(
      expect.arrayContaining(['Document', 'H1', 'H2', 'P', 'Table', 'TH', 'TD', 'Figure']),
    )
  })

  test('speaks Spanish around the words that people wrote', async () => {
    const { text, lang } = await read(reportIn('es'))
    expect(lang).toBe('es-US')
    for (const words of ['Informe de progreso', 'Progreso insuficiente', 'Qué va a cambiar', 'Línea base'])
      expect(text).toContain(words)
    expect(text).not.toContain('Progress report')
  })

  test('tells what was added later', async () => {
    const addenda = [
      { id: 'a', by: 'dana', at: '2026-11-20T15:00:00.000Z', text: 'One session was corrected.' },
    ]
    const { text } = await read(reportIn('en', addenda))
    expect(text).toContain('Added later')
    expect(text).toContain('One session was corrected.')
  })
})

const prompts = { direction: 'least_to_most' as const, wait_s: 4, levels: [{ code: 'G', label: 'gesture' }] }
const TRIALS: Measure = { system: 'trials', prompts, min_opportunities: 5, planned: 10 }
const TOILETING: Measure = { system: 'toileting', times: [], tolerance_min: 10, second_adult: false }

describe('data sheets on paper', () => {
  const sheet = (title: string, measure: Measure): PrintedSheet => ({
    title,
    initials: 'A.M.',
    version: uuidOf(title),
    measure,
  })
  const print = {
    lang: 'en' as const,
    day: '2026-11-04',
    origin: 'https://school.test',
    footer: 'Printed by M',
  }

  test('are one a program: initials, day, boxes with the codes of the program, the code of the sheet', async () => {
    const { pages, alts, text } = await read(
      sheetsPaper([sheet('Requesting', TRIALS), sheet('Switch', TRIALS)], print),
    )
    expect(pages).toBe(2)
    const codes = ['Requesting', 'Switch'].map((title) => sheetCode(uuidOf(title), print.day))
    expect(alts).toEqual(codes.map((code) => `Code of this sheet: ${code}`))
    for (const words of ['A.M.', 'Nov 4, 2026', 'Watched from', '+G gesture', ...codes])
      expect(text).toContain(words)
  })

  test('of personal care stand apart, behind the others, and say that they are private', async () => {
    const paper = sheetsPaper([sheet('Bathroom', TOILETING), sheet('Requesting', TRIALS)], print)
    const headings = paper.blocks.flatMap((block) => (block.is === 'heading' ? block.text : []))
    expect(headings).toEqual(['Requesting', 'Bathroom'])
    const { text } = await read(paper)
    expect(text).toContain('Private: personal care.')
  })

  test('open the form by an address that holds the code and nothing else', () => {
    const { blocks } = sheetsPaper([sheet('Requesting', TRIALS)], print)
    const contents = blocks.flatMap((block) => (block.is === 'code' ? block.content : []))
    expect(contents).toEqual([`https://school.test/sheet/${sheetCode(uuidOf('Requesting'), print.day)}`])
  })
})

function reportIn(lang: Language, addenda: Parameters<typeof reportPaper>[0]['addenda'] = []): Paper {
  const body = {
    stage: 'final' as const,
    period: { from: '2026-10-01', to: '2026-11-03' },
    lang: 'en' as const,
    goals: [GOAL],
  }
  return reportPaper(
    { addenda },
    { id: 'f', by: 'dana', at: '2026-11-04T15:00:00.000Z', body },
    {
      lang,
      student: 'A.M.',
      names: { dana: 'Dana Reyes' },
      tz: 'America/Chicago',
      footer: 'Printed by Dana Reyes',
    },
  )
}

interface Node {
  role?: string
  alt?: string
  children?: Node[]
}

async function read(paper: Paper) {
  const pdf = await getDocument({ data: new Uint8Array(await printed(paper)), verbosity: 0 }).promise
  const { info } = await pdf.getMetadata()
  const nodes: Node[] = []
  const walk = (node: Node) => {
    nodes.push(node)
    node.children?.forEach(walk)
  }
  let text = ''
  for (let n = 1; n <= pdf.numPages; n++) {
    const page = await pdf.getPage(n)
    walk((await page.getStructTree()) as Node)
    const { items } = await page.getTextContent()
    text += ` ${items.map((item) => ('str' in item ? item.str : '')).join(' ')}`
  }
  return {
    pages: pdf.numPages,
    lang: (info as { Language?: string }).Language,
    text: text.replace(/\s+/g, ' '),
    roles: nodes.flatMap(({ role }) => role ?? []),
    alts: nodes.flatMap(({ alt }) => alt ?? []),
  }
}
