/** Widths of text without a screen: the chart must come out the same in a browser and on a server. */

/** Widths in em by class of letter, from Atkinson Hyperlegible Next with tabular figures, rounded up. */
const WIDTHS: readonly (readonly [RegExp, number])[] = [
  [/[ijl.,:;'’"`|!()\s·]/, 0.31],
  [/[frtI[\]{}/\\_-]/, 0.42],
  [/[cksvxyz?*]/, 0.53],
  [/[mw]/, 0.86],
  [/[a-zEFLTY\u00df-\u024f]/, 0.59],
  [/[%@&MW…—]/, 0.92],
  [/[\u1100-\u11ff\u2e80-\uffdc]/, 1],
]
const OTHERS = 0.69
/** Of letters that have been met. */
const known = new Map<string, number>()
/** Letters of weight 600 to 700 against those of weight 400. */
const BOLD = 1.06

/** Estimated width in px of one line of text at a font size in px. */
export function widthOf(text: string, size: number, bold = false): number {
  let em = 0
  for (const char of text) em += known.get(char) ?? emOf(char)
  return em * size * (bold ? BOLD : 1)
}

function emOf(char: string): number {
  const em = WIDTHS.find(([letters]) => letters.test(char))?.[1] ?? OTHERS
  known.set(char, em)
  return em
}

/** The text cut to a width, with an ellipsis where something was cut; empty where not even two letters fit. */
export function fitted(text: string, width: number, size: number, bold = false): string {
  if (widthOf(text, size, bold) <= width) return text
  let kept = [...text]
  while (kept.length > 0 && widthOf(`${kept.join('')}…`, size, bold) > width) kept = kept.slice(0, -1)
  const short = kept.join('').trimEnd()
  return [...short].length < 2 ? '' : `${short}…`
}

/** The text broken at spaces into at most `most` lines of a width; the last line is cut where it must be. */
export function wrapped(text: string, width: number, size: number, most: number, bold = false): string[] {
  const lines: string[] = []
  let line = ''
  const words = text.split(/\s+/).filter((word) => word !== '')
  for (const [index, word] of words.entries()) {
    const longer = line === '' ? word : `${line} ${word}`
    if (widthOf(longer, size, bold) <= width) {
      line = longer
      continue
    }
    if (lines.length === most - 1 || line === '') {
      const rest = [line, ...words.slice(index)].filter((part) => part !== '').join(' ')
      return [...lines, fitted(rest, width, size, bold)].filter((part) => part !== '')
    }
    lines.push(line)
    line = word
  }
  return line === '' ? lines : [...lines, fitted(line, width, size, bold)].filter((part) => part !== '')
}
