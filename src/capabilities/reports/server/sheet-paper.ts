/**
 * Data sheets on paper: one a program, fit for how it is measured, to be filled in by hand and keyed in later. A sheet
 * bears initials only; sheets of personal care stand apart, at the end. What the boxes are is said by sheets/form.ts.
 */
import type { Day } from '../../../platform/core/days.ts'
import type { Uuid } from '../../../platform/core/ids.ts'
import type { Block, Paper } from '../../../platform/server/paper.ts'
import type { Measure } from '../../sessions/measures.ts'
import { dayIn } from '../language.ts'
import type { Language } from '../records.ts'
import { sheetCode } from '../sheets/code.ts'
import { formOf, type Marks, type Option, type SheetForm } from '../sheets/form.ts'
import { wordsOf, type SheetWords } from '../sheets/words.ts'

export interface PrintedSheet {
  readonly title: string
  readonly initials: string
  readonly version: Uuid
  readonly measure: Measure
}

export interface SheetPrint {
  readonly lang: Language
  readonly day: Day
  /** Where the app is: `https://school.test`. */
  readonly origin: string
  readonly footer: string
}

/** Height of a box to write into by hand, points. */
const HAND = 28
const TALLY = 70

export function sheetsPaper(sheets: readonly PrintedSheet[], print: SheetPrint): Paper {
  const made = sheets.flatMap((sheet) => {
    const form = formOf(sheet.measure, print.lang)
    return form ? [{ sheet, form }] : []
  })
  const ordered = [
    ...made.filter(({ form }) => !form.isPrivate),
    ...made.filter(({ form }) => form.isPrivate),
  ]
  return {
    lang: print.lang === 'en' ? 'en-US' : 'es-US',
    title: print.lang === 'en' ? 'Data sheets' : 'Hojas de datos',
    footer: print.footer,
    blocks: ordered.flatMap(({ sheet, form }, index): Block[] => [
      ...(index === 0 ? [] : [{ is: 'page' } as const]),
      ...sheetBlocks(sheet, form, print),
    ]),
  }
}

function sheetBlocks(sheet: PrintedSheet, form: SheetForm, { lang, day, origin }: SheetPrint): Block[] {
  const words = wordsOf(lang)
  const code = sheetCode(sheet.version, day)
  const span = form.isLog ? [] : [words.from, words.to]
  return [
    ...(form.isPrivate ? [{ is: 'text', text: words.private, tone: 'strong' } as const] : []),
    { is: 'heading', level: 1, text: sheet.title },
    {
      is: 'table',
      about: sheet.title,
      head: [words.student, words.day, words.who, ...span],
      widths: [2, 3, 4, ...span.map(() => 2)],
      rows: [[sheet.initials, dayIn(lang, day), '', ...span.map(() => '')]],
      rowHeight: HAND,
    },
    { is: 'text', text: form.hint },
    ...form.marks.flatMap((marks) => marksBlocks(marks, sheet.measure, words)),
    ...rowsBlocks(form),
    ...numbersBlocks(form, sheet.measure, words),
    {
      is: 'code',
      content: `${origin}/sheet/${code}`,
      alt: `${words.code}: ${code}`,
      text: `${words.code}: ${code}\n${words.keyIn}`,
    },
  ]
}

function marksBlocks({ title, places, look }: Marks, measure: Measure, words: SheetWords): Block[] {
  const options = places[0]?.options ?? []
  const legend: Block = { is: 'text', text: `${words.codesHere}: ${listed(options, measure)}`, tone: 'quiet' }
  if (look === 'lines') {
    const inLine = measure.system === 'steps'
    const rows = places.map((place) => [
      `${place.n}. ${place.label}`,
      inLine
        ? place.options.map(({ code }) => written(code)).join('    ')
        : listed(place.options, measure, '    '),
    ])
    const table: Block = {
      is: 'table',
      about: title,
      head: [title, words.codesHere],
      widths: [3, 4],
      rows,
      rowHeight: 22,
    }
    return inLine ? [legend, table] : [table]
  }
  const wide = places.length > 60 ? 20 : 10
  const tables = Array.from({ length: Math.ceil(places.length / wide) }, (_, n): Block => {
    const row = places.slice(n * wide, (n + 1) * wide)
    const head = Array.from({ length: wide }, (_one, at) => row[at]?.label ?? '')
    return {
      is: 'table',
      about: title,
      head,
      widths: head.map(() => 1),
      rows: [head.map(() => '')],
      rowHeight: HAND,
    }
  })
  return [{ is: 'text', text: title, tone: 'strong' }, legend, ...tables]
}

function rowsBlocks({ rows }: SheetForm): Block[] {
  if (!rows) return []
  // several columns share their options, as the help with each step does
  const shared = new Map<string, string[]>()
  for (const { label, options } of rows.columns) {
    const said = options?.map((one, n) => `${n + 1} ${one.label}`).join(' · ')
    if (said) shared.set(said, [...(shared.get(said) ?? []), label])
  }
  const legends = [...shared].map(([said, labels]): Block => ({
    is: 'text',
    text: `${labels.join(', ')}: ${said}`,
    tone: 'quiet',
  }))
  return [
    { is: 'text', text: rows.title, tone: 'strong' },
    ...legends,
    {
      is: 'table',
      about: rows.title,
      head: ['', ...rows.columns.map(({ label }) => label)],
      widths: [0.9, ...rows.columns.map(({ kind }) => (kind === 'many' ? 3 : 2))],
      rows: Array.from({ length: rows.count }, (_, n) => [String(n + 1), ...rows.columns.map(() => '')]),
      rowHeight: HAND,
    },
  ]
}

function numbersBlocks({ numbers }: SheetForm, measure: Measure, words: SheetWords): Block[] {
  if (numbers.length === 0) return []
  const strokes: Block[] =
    measure.system === 'count'
      ? [
          {
            is: 'table',
            about: words.tallies,
            head: [words.tallies],
            widths: [1],
            rows: [['']],
            rowHeight: TALLY,
          },
        ]
      : []
  return [
    ...strokes,
    {
      is: 'table',
      about: words.count,
      head: numbers.map(({ label }) => label),
      widths: numbers.map(() => 1),
      rows: [numbers.map(() => '')],
      rowHeight: HAND,
    },
  ]
}

/** `+ alone · +G gesture`; where the code is a word already, the word. */
function listed(options: readonly Option[], { system }: Measure, between = ' · '): string {
  const said = system === 'checklist' || system === 'probe' || system === 'scatterplot'
  return options.map(({ code, label }) => (said ? label : `${written(code)} ${label}`)).join(between)
}

const written = (code: string): string => code.replace(/^-/, '–')
