/**
 * Documents on paper: blocks in reading order become a tagged PDF (PDF/UA-1, with an embedded font) that prints well in
 * black and white. Reports and data sheets are made of it; what stands in them is decided elsewhere. Pictures and code
 * patterns are drawn as lines and carry their words for whoever does not see them.
 */
import { createRequire } from 'node:module'
import PDFDocument from 'pdfkit'
import { encode } from 'uqr'

/** A line, path or word of a picture, in its own coordinates. */
export type Stroke =
  | {
      readonly kind: 'path'
      readonly d: string
      readonly fill: string | null
      readonly stroke: string | null
      readonly width: number
      readonly dash: readonly number[] | null
    }
  | {
      readonly kind: 'text'
      readonly x: number
      /** Baseline. */
      readonly y: number
      readonly text: string
      readonly size: number
      readonly anchor: 'start' | 'middle' | 'end'
      readonly color: string
      readonly bold: boolean
    }

export type Block =
  | { readonly is: 'heading'; readonly level: 1 | 2 | 3; readonly text: string }
  | { readonly is: 'text'; readonly text: string; readonly tone?: 'quiet' | 'strong' }
  | { readonly is: 'facts'; readonly pairs: readonly (readonly [name: string, value: string])[] }
  | {
      readonly is: 'table'
      /** Said before the table by a screen reader; not printed. */
      readonly about: string
      readonly head: readonly string[]
      /** Widths relative to each other. */
      readonly widths: readonly number[]
      readonly rows: readonly (readonly string[])[]
      /** Height of a row to write into by hand, points. */
      readonly rowHeight?: number
    }
  | {
      readonly is: 'picture'
      /** What it shows, in words. */
      readonly alt: string
      readonly width: number
      readonly height: number
      readonly strokes: readonly Stroke[]
    }
  /** A pattern that a camera reads, beside a text. */
  | { readonly is: 'code'; readonly content: string; readonly alt: string; readonly text: string }
  | { readonly is: 'page' }

export interface Paper {
  /** BCP 47. */
  readonly lang: string
  readonly title: string
  /** On every page, before the page's number: who printed it and when, "return or shred". No name of a student. */
  readonly footer: string
  readonly blocks: readonly Block[]
}

const MARGIN = 48
const INK = '#111111'
const QUIET = '#444444'
const SIZES = { 1: 18, 2: 14, 3: 12 } as const
const TEXT = 10.5
const SMALL = 8.5
const CODE = 84

/** The PDF's bytes. Rejects when a text holds something the PDF cannot. */
export async function printed(paper: Paper): Promise<Buffer> {
  const pdf = new PDFDocument({
    size: 'LETTER',
    margin: MARGIN,
    pdfVersion: '1.7',
    // written by the library since its 0.15, not yet in its types
    ...({ subset: 'PDF/UA' } as object),
    tagged: true,
    lang: paper.lang,
    displayTitle: true,
    bufferPages: true,
    font: REGULAR,
    info: { Title: paper.title },
  })
  pdf.registerFont('regular', REGULAR)
  pdf.registerFont('bold', BOLD)
  const bytes = collected(pdf)
  const root = pdf.struct('Document')
  pdf.addStructure(root)
  for (const block of paper.blocks) draw(pdf, root, block)
  root.end()
  footers(pdf, paper)
  pdf.end()
  return bytes
}

type Pdf = PDFKit.PDFDocument
type Parent = PDFKit.PDFStructureElement

function draw(pdf: Pdf, parent: Parent, block: Block): void {
  switch (block.is) {
    case 'heading': {
      room(pdf, SIZES[block.level] * 4)
      pdf.moveDown(block.level === 1 ? 0 : 0.6)
      tagged(pdf, parent, `H${block.level}`, () => {
        pdf.font('bold').fontSize(SIZES[block.level]).fillColor(INK).text(block.text, MARGIN, pdf.y)
      })
      pdf.moveDown(0.25)
      return
    }
    case 'text':
      tagged(pdf, parent, 'P', () => {
        pdf
          .font(block.tone === 'strong' ? 'bold' : 'regular')
          .fontSize(block.tone === 'quiet' ? SMALL : TEXT)
          .fillColor(block.tone === 'quiet' ? QUIET : INK)
          .text(block.text, MARGIN, pdf.y, { lineGap: 1.5 })
      })
      pdf.moveDown(0.5)
      return
    case 'facts':
      for (const [name, value] of block.pairs)
        tagged(pdf, parent, 'P', () => {
          pdf.fontSize(TEXT).fillColor(INK)
          pdf.font('bold').text(`${name}: `, MARGIN, pdf.y, { continued: true, lineGap: 1.5 })
          pdf.font('regular').text(value)
        })
      pdf.moveDown(0.5)
      return
    case 'table':
      return table(pdf, parent, block)
    case 'picture':
      return picture(pdf, parent, block)
    case 'code':
      return code(pdf, parent, block)
    case 'page':
      pdf.addPage()
  }
}

function table(pdf: Pdf, parent: Parent, block: Extract<Block, { is: 'table' }>): void {
  const whole = block.widths.reduce((sum, width) => sum + width, 0)
  const inside = pdf.page.width - 2 * MARGIN
  room(pdf, 48)
  pdf
    .font('regular')
    .fontSize(TEXT - 1)
    .fillColor(INK)
  pdf.table({
    position: { x: MARGIN, y: pdf.y },
    columnStyles: block.widths.map((width) => (inside * width) / whole),
    rowStyles: (row) =>
      row > 0 && block.rowHeight !== undefined ? { minHeight: block.rowHeight } : { minHeight: 16 },
    defaultStyle: { border: 0.5, borderColor: '#777777', padding: 3 },
    structParent: parent,
    title: block.about,
    data: [
      block.head.map((text) => ({
        text,
        type: 'TH' as const,
        backgroundColor: '#eeeeee',
        font: { src: BOLD, size: TEXT - 1 },
      })),
      ...block.rows.map((row) => row.map((text) => ({ text, font: { src: REGULAR, size: TEXT - 1 } }))),
    ],
  } as PDFKit.Mixins.TableOptionsWithData)
  pdf.x = MARGIN
  pdf.moveDown(0.8)
}

function picture(pdf: Pdf, parent: Parent, block: Extract<Block, { is: 'picture' }>): void {
  const inside = pdf.page.width - 2 * MARGIN
  const scale = Math.min(1, inside / block.width)
  const height = block.height * scale
  room(pdf, height)
  const top = pdf.y
  figure(pdf, parent, block.alt, () => {
    pdf.save()
    pdf.translate(MARGIN, top).scale(scale)
    for (const stroke of block.strokes) stroked(pdf, stroke)
    pdf.restore()
  })
  pdf.x = MARGIN
  pdf.y = top + height
  pdf.moveDown(0.6)
}

function stroked(pdf: Pdf, stroke: Stroke): void {
  if (stroke.kind === 'text') {
    const { text, size, x, y, anchor, color, bold } = stroke
    pdf
      .font(bold ? 'bold' : 'regular')
      .fontSize(size)
      .fillColor(color)
    const wide = pdf.widthOfString(text)
    const left = anchor === 'start' ? x : anchor === 'middle' ? x - wide / 2 : x - wide
    pdf.text(text, left, y, { lineBreak: false, baseline: 'alphabetic' })
    return
  }
  const { d, fill, stroke: line, width, dash } = stroke
  pdf.path(d)
  if (dash) pdf.dash(dash[0] ?? 1, { space: dash[1] ?? dash[0] ?? 1 })
  else pdf.undash()
  if (line) pdf.lineWidth(width).strokeColor(line)
  if (fill) pdf.fillColor(fill)
  if (fill && line) pdf.fillAndStroke()
  else if (fill) pdf.fill()
  else pdf.stroke()
}

function code(pdf: Pdf, parent: Parent, block: Extract<Block, { is: 'code' }>): void {
  room(pdf, CODE + 8)
  const top = pdf.y
  const { data, size } = encode(block.content, { ecc: 'M', border: 2 })
  const cell = CODE / size
  figure(pdf, parent, block.alt, () => {
    pdf.fillColor('#000000')
    data.forEach((row, y) => {
      row.forEach((dark, x) => {
        if (dark) pdf.rect(MARGIN + x * cell, top + y * cell, cell, cell)
      })
    })
    pdf.fill()
  })
  tagged(pdf, parent, 'P', () => {
    pdf
      .font('regular')
      .fontSize(TEXT)
      .fillColor(INK)
      .text(block.text, MARGIN + CODE + 12, top + 8, { width: pdf.page.width - 2 * MARGIN - CODE - 12 })
  })
  pdf.x = MARGIN
  pdf.y = Math.max(pdf.y, top + CODE)
  pdf.moveDown(0.6)
}

function tagged(pdf: Pdf, parent: Parent, tag: string, work: () => void): void {
  parent.add(pdf.struct(tag, {}, work))
}

function figure(pdf: Pdf, parent: Parent, alt: string, work: () => void): void {
  parent.add(pdf.struct('Figure', { alt }, work))
}

/** A new page when so much does not fit any more, points. */
function room(pdf: Pdf, height: number): void {
  if (pdf.y + height > pdf.page.height - MARGIN - 20 && pdf.y > MARGIN) pdf.addPage()
}

/** Of no meaning to whoever has the page read aloud, so marked as an artifact. */
function footers(pdf: Pdf, paper: Paper): void {
  const { start, count } = pdf.bufferedPageRange()
  for (let n = start; n < start + count; n++) {
    pdf.switchToPage(n)
    const { bottom } = pdf.page.margins
    // below the margin a text would begin a page of its own
    pdf.page.margins.bottom = 0
    pdf.markContent('Artifact', { type: 'Pagination' })
    pdf
      .font('regular')
      .fontSize(SMALL)
      .fillColor(QUIET)
      .text(`${paper.footer} · ${n - start + 1}/${count}`, MARGIN, pdf.page.height - MARGIN + 8, {
        lineBreak: false,
      })
    pdf.endMarkedContent()
    pdf.page.margins.bottom = bottom
  }
}

function collected(pdf: Pdf): Promise<Buffer> {
  const chunks: Buffer[] = []
  return new Promise((resolve, reject) => {
    pdf.on('data', (chunk: Buffer) => chunks.push(chunk))
    pdf.on('end', () => {
      resolve(Buffer.concat(chunks))
    })
    pdf.on('error', reject)
  })
}

const files = createRequire(import.meta.url)
const fontFile = (style: string) =>
  files.resolve(
    `@expo-google-fonts/atkinson-hyperlegible-next/${style}/AtkinsonHyperlegibleNext_${style}.ttf`,
  )
const REGULAR = fontFile('400Regular')
const BOLD = fontFile('700Bold')
