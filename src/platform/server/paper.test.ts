/** What lies in the PDF is read back by another library (pdf.js), never by what wrote it. */
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { describe, expect, test } from 'vitest'
import { printed, type Block, type Paper } from './paper.ts'

describe('a document on paper', () => {
  test('says its language and title, and that it is tagged (PDF/UA-1)', async () => {
    const bytes = await printed(paper([{ is: 'text', text: 'Six of ten = 60 %' }]))
    const pdf = await opened(bytes)
    const { info, metadata } = await pdf.getMetadata()
    expect(info).toMatchObject({ Title: 'Progress report', Language: 'en-US' })
    expect(String(metadata?.getRaw())).toContain('<pdfuaid:part>1</pdfuaid:part>')
    // a Map, whatever its types say
    expect([...((await pdf.getMarkInfo()) as unknown as Map<string, boolean>)]).toContainEqual([
      'Marked',
      true,
    ])
  })

  test('tells its parts in reading order: headings, paragraphs, tables with headers, pictures with their words', async () => {
    const blocks: Block[] = [
      { is: 'heading', level: 1, text: 'Requesting' },
      { is: 'facts', pairs: [['Now', '60 %']] },
      {
        is: 'table',
        about: 'Sessions',
        head: ['Day', 'Value'],
        widths: [1, 2],
        rows: [
          ['Nov 3', '6/10'],
          ['Nov 4', '7/10'],
        ],
      },
      {
        is: 'picture',
        alt: 'Two points, rising',
        width: 100,
        height: 40,
        strokes: [
          { kind: 'path', d: 'M 0 40 L 100 0', fill: null, stroke: '#111111', width: 1, dash: [4, 2] },
          {
            kind: 'text',
            x: 50,
            y: 20,
            text: 'aim',
            size: 8,
            anchor: 'middle',
            color: '#111111',
            bold: false,
          },
        ],
      },
      { is: 'code', content: 'https://school.test/sheet/AB12', alt: 'Code of this sheet', text: 'AB12' },
    ]
    const page = await (await opened(await printed(paper(blocks)))).getPage(1)
    const roles = rolesOf(await page.getStructTree())
    expect(roles.slice(0, 4)).toEqual(['Document', 'H1', 'P', 'Table'])
    expect(roles.filter((role) => role === 'TH')).toHaveLength(2)
    expect(roles.filter((role) => role === 'TD')).toHaveLength(4)
    expect(altsOf(await page.getStructTree())).toEqual(['Two points, rising', 'Code of this sheet'])
  })

  test('keeps its words as words: Spanish, percent, signs of the field', async () => {
    const text = 'El niño alcanzó ≥ 80 % en 3 sesiones – ×1.35 por semana “así”'
    const pdf = await opened(await printed(paper([{ is: 'text', text }])))
    expect(await wordsOf(pdf, 1)).toContain(text)
  })

  test('goes on over pages, and says on each which it is', async () => {
    const rows = Array.from({ length: 120 }, (_, n) => [`${n + 1}`, 'x'])
    const table: Block = { is: 'table', about: 'Long', head: ['n', 'v'], widths: [1, 1], rows }
    const pdf = await opened(await printed(paper([table])))
    expect(pdf.numPages).toBeGreaterThan(2)
    for (let n = 1; n <= pdf.numPages; n++)
      expect(await wordsOf(pdf, n)).toContain(`return or shred · ${n}/${pdf.numPages}`)
    expect(await wordsOf(pdf, pdf.numPages)).toContain('120')
  })
})

function paper(blocks: readonly Block[]): Paper {
  return { lang: 'en-US', title: 'Progress report', footer: 'D. Reyes, Nov 3, return or shred', blocks }
}

type Pdf = Awaited<ReturnType<typeof getDocument>['promise']>

function opened(bytes: Buffer): Promise<Pdf> {
  return getDocument({ data: new Uint8Array(bytes), verbosity: 0 }).promise
}

async function wordsOf(pdf: Pdf, n: number): Promise<string> {
  const { items } = await (await pdf.getPage(n)).getTextContent()
  return items
    .map((item) => ('str' in item ? item.str : ''))
    .join(' ')
    .replace(/\s+/g, ' ')
}

interface Node {
  readonly role?: string
  readonly alt?: string
  readonly children?: readonly object[]
}

function rolesOf(node: Node | null): string[] {
  if (!node) return []
  const own = node.role === undefined || node.role === 'Root' ? [] : [node.role]
  return [...own, ...(node.children ?? []).flatMap(rolesOf)]
}

function altsOf(node: Node | null): string[] {
  return [...(node?.alt === undefined ? [] : [node.alt]), ...(node?.children ?? []).flatMap(altsOf)]
}
