/**
 * Reads an XML file that came from outside into its top-level elements, each a tree with the line on which it begins.
 * Streaming: a file is never a whole tree at once. Entities of a document's own are not expanded, a document type is
 * refused (it is how a small file becomes a huge one). Never throws; see edfi.ts.
 */
import { said, type Said } from '../../platform/core/said.ts'
import { SaxesParser } from 'saxes'
import type { Finding } from '../../platform/core/csv.ts'
import { decodeText } from '../../platform/core/csv-decode.ts'

export interface Element {
  readonly name: string
  readonly line: number
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly Element[]
  /** The text directly in it, without white space around it. */
  readonly text: string
}

export interface XmlFile {
  /** Name of the outermost element; '' when the file could not be read. */
  readonly root: string
  /** How many top-level elements there were. */
  readonly elements: number
  readonly findings: readonly Finding[]
  readonly usable: boolean
}

const MAX_BYTES = 256 * 1024 * 1024
const MAX_DEPTH = 64
const PIECE = 64 * 1024

/** Hands each top-level element to `take`, in order. Findings: `xml.too_large`, `xml.not_well_formed`, `xml.doctype`. */
export function readXml(
  bytes: Uint8Array,
  file: string,
  take: (element: Element, root: string) => void,
): XmlFile {
  const findings: Finding[] = []
  const fail = (row: number, code: string, words: Said): void => {
    if (findings.length === 0) findings.push({ file, row, field: null, code, severity: 'error', ...words })
  }
  if (bytes.length > MAX_BYTES) {
    fail(
      0,
      'xml.too_large',
      said(
        /*i18n*/ {
          id: 'finding.csv.too_large',
          message: 'The file has {bytes} bytes; the most that is read is {most}.',
        },
        { bytes: bytes.length, most: MAX_BYTES },
      ),
    )
    return { root: '', elements: 0, findings, usable: false }
  }
  const parser = new SaxesParser({ position: true, xmlns: false })
  const open: { element: Element & { children: Element[] }; text: string }[] = []
  let root = ''
  let elements = 0
  parser.on('doctype', () => {
    fail(
      parser.line,
      'xml.doctype',
      said(
        /*i18n*/ {
          id: 'finding.xml.doctype',
          message: 'The file brings a document type of its own; such a file is not read.',
        },
      ),
    )
  })
  parser.on('error', (error) => {
    // the words of the parser name tags only, never the text between them
    const what = error.message.replace(/^\S*:?\d+:\d+: /, '').replace(/\.$/, '')
    fail(
      parser.line,
      'xml.not_well_formed',
      said(
        /*i18n*/ { id: 'finding.xml.not_well_formed', message: 'This is no well-formed XML: {what}.' },
        { what },
      ),
    )
  })
  parser.on('opentag', ({ name, attributes }) => {
    if (root === '') {
      root = name
      return
    }
    if (open.length >= MAX_DEPTH)
      fail(
        parser.line,
        'xml.not_well_formed',
        said(/*i18n*/ { id: 'finding.xml.too_deep', message: 'The elements are nested too deeply.' }),
      )
    open.push({ element: { name, attributes, line: parser.line, children: [], text: '' }, text: '' })
  })
  parser.on('text', (text) => {
    const innermost = open.at(-1)
    if (innermost) innermost.text += text
  })
  parser.on('closetag', () => {
    const closed = open.pop()
    if (!closed || findings.length > 0) return
    const element: Element = { ...closed.element, text: closed.text.trim() }
    const parent = open.at(-1)
    if (parent) parent.element.children.push(element)
    else {
      elements += 1
      take(element, root)
    }
  })
  const { text } = decodeText(bytes)
  for (let at = 0; at < text.length && findings.length === 0; at += PIECE)
    parser.write(text.slice(at, at + PIECE))
  if (findings.length === 0) parser.close()
  return { root, elements, findings, usable: findings.length === 0 }
}

/** The first element down a path of names. */
export function at(element: Element, ...path: readonly string[]): Element | undefined {
  let here: Element | undefined = element
  for (const name of path) here = here?.children.find((child) => child.name === name)
  return here
}

/** The text of the first element down a path; '' when there is none. */
export function textAt(element: Element, ...path: readonly string[]): string {
  return at(element, ...path)?.text ?? ''
}

export function all(element: Element, name: string): Element[] {
  return element.children.filter((child) => child.name === name)
}
