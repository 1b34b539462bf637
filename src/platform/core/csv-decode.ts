/**
 * From the bytes of a file to text. Schools send what their programs write: UTF-8 with and without a mark,
 * UTF-16 from "Unicode text" exports, Windows-1252 from older Windows programs. Used by csv.ts only.
 * Never throws; what could not be decoded stands as U+FFFD in the text and `damaged` is true.
 */

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252'

export interface Decoded {
  readonly text: string
  readonly encoding: Encoding
  /** The file began with a byte order mark; it is not part of `text`. */
  readonly bom: boolean
  /** Some bytes belong to no character of the encoding. */
  readonly damaged: boolean
}

export function decodeText(bytes: Uint8Array): Decoded {
  const mark = markOf(bytes)
  if (mark) return decodeAs(mark, bytes, true)
  const wide = unmarkedUtf16(bytes)
  if (wide) return decodeAs(wide, bytes, false)
  const utf8 = decodeAs('utf-8', bytes, false)
  if (!utf8.damaged || isMostlyUtf8(utf8.text)) return utf8
  const text = new TextDecoder('windows-1252').decode(bytes)
  return { text, encoding: 'windows-1252', bom: false, damaged: /[\u0080-\u009f]/.test(text) }
}

export type BinaryKind = 'zip' | 'xls' | 'pdf'

/** What the file is when it is no text at all, or null: a registrar often sends the workbook instead of its CSV. */
export function binaryKind(bytes: Uint8Array): BinaryKind | null {
  for (const [kind, magic] of MAGIC) if (magic.every((byte, i) => bytes[i] === byte)) return kind
  return null
}

const MAGIC: readonly (readonly [BinaryKind, readonly number[]])[] = [
  ['zip', [0x50, 0x4b, 0x03, 0x04]],
  ['xls', [0xd0, 0xcf, 0x11, 0xe0]],
  ['pdf', [0x25, 0x50, 0x44, 0x46]],
]

function markOf(bytes: Uint8Array): Encoding | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8'
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  return null
}

/** Latin text in UTF-16 has a zero in every other byte, always on the same side. */
function unmarkedUtf16(bytes: Uint8Array): Encoding | null {
  const pairs = Math.min(512, Math.floor(bytes.length / 2))
  let even = 0
  let odd = 0
  for (let i = 0; i < pairs; i++) {
    if (bytes[2 * i] === 0) even++
    if (bytes[2 * i + 1] === 0) odd++
  }
  if (pairs < 2) return null
  if (even === 0 && odd > pairs * 0.4) return 'utf-16le'
  if (odd === 0 && even > pairs * 0.4) return 'utf-16be'
  return null
}

function decodeAs(encoding: Encoding, bytes: Uint8Array, bom: boolean): Decoded {
  try {
    return { text: new TextDecoder(encoding, { fatal: true }).decode(bytes), encoding, bom, damaged: false }
  } catch {
    return { text: new TextDecoder(encoding).decode(bytes), encoding, bom, damaged: true }
  }
}

/**
 * Windows-1252 text almost never forms a valid UTF-8 sequence, so a file with more whole characters beyond
 * ASCII than broken ones is UTF-8 that was damaged on the way, not another encoding.
 */
function isMostlyUtf8(text: string): boolean {
  let whole = 0
  let broken = 0
  for (const character of text) {
    if (character === '\ufffd') broken++
    else if (character > '\u007f') whole++
  }
  return whole > broken
}
