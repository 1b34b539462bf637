/** Widths of text without a screen: the chart must come out the same in a browser and on a server. */

/** Widths in em of a humanist sans with tabular figures, rounded up so that what is said to fit does fit. */
const NARROW = /[ijl.,:;'’|!()\s·]/
const WIDE = /[mwMW%@—…]/
const UPPER = /[A-Z]/
const FULL = /[\u1100-\u11ff\u2e80-\uffdc]/

/** Estimated width in px of one line of text at a font size in px. */
export function widthOf(text: string, size: number): number {
  let em = 0
  for (const char of text)
    em += NARROW.test(char)
      ? 0.31
      : FULL.test(char)
        ? 1
        : WIDE.test(char)
          ? 0.9
          : UPPER.test(char)
            ? 0.68
            : 0.58
  return em * size
}

/** The text cut to a width, with an ellipsis where something was cut; empty where not even two letters fit. */
export function fitted(text: string, width: number, size: number): string {
  if (widthOf(text, size) <= width) return text
  let kept = [...text]
  while (kept.length > 0 && widthOf(`${kept.join('')}…`, size) > width) kept = kept.slice(0, -1)
  const short = kept.join('').trimEnd()
  return [...short].length < 2 ? '' : `${short}…`
}

/** The text broken at spaces into at most `most` lines of a width; the last line is cut where it must be. */
export function wrapped(text: string, width: number, size: number, most: number): string[] {
  const lines: string[] = []
  let line = ''
  const words = text.split(/\s+/).filter((word) => word !== '')
  for (const [index, word] of words.entries()) {
    const longer = line === '' ? word : `${line} ${word}`
    if (widthOf(longer, size) <= width) {
      line = longer
      continue
    }
    if (lines.length === most - 1 || line === '') {
      const rest = [line, ...words.slice(index)].filter((part) => part !== '').join(' ')
      return [...lines, fitted(rest, width, size)].filter((part) => part !== '')
    }
    lines.push(line)
    line = word
  }
  return line === '' ? lines : [...lines, fitted(line, width, size)].filter((part) => part !== '')
}
