/** Writes a person's blocks as an iCalendar file (RFC 5545). It goes to programs that are not ours: no word about a child. */
import type { DayBoard } from './model.ts'

/**
 * The calendar of somebody's boards. Each block has its code and its place, and nothing else: titles and notes may name
 * children. `now` is when it was made, ms.
 */
export function icalOf(name: string, boards: readonly DayBoard[], now: number): string {
  const events = boards.flatMap(({ blocks }) =>
    blocks.map((block) => [
      'BEGIN:VEVENT',
      `UID:${block.assignment}-${block.start.slice(0, 10)}@handrail`,
      `DTSTAMP:${utc(new Date(now).toISOString())}`,
      `DTSTART:${utc(block.start)}`,
      `DTEND:${utc(block.end)}`,
      `SUMMARY:${escaped(block.code)}`,
      ...(block.place === '' ? [] : [`LOCATION:${escaped(block.place)}`]),
      'END:VEVENT',
    ]),
  )
  return [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Handrail//Calendar//EN',
    'CALSCALE:GREGORIAN',
    `X-WR-CALNAME:${escaped(name)}`,
    ...events.flat(),
    'END:VCALENDAR',
  ]
    .map(folded)
    .join('')
}

function utc(iso: string): string {
  return `${iso.slice(0, 19).replaceAll(/[-:]/g, '')}Z`
}

function escaped(text: string): string {
  return text.replaceAll(/[\\;,]/g, (char) => `\\${char}`).replaceAll(/\r\n|\r|\n/g, '\\n')
}

/** Lines end with CRLF and have 75 bytes at most; what is longer goes on after a space. No character is cut in two. */
function folded(line: string): string {
  const encoder = new TextEncoder()
  let out = ''
  let bytes = 0
  for (const char of line) {
    const size = encoder.encode(char).length
    if (bytes + size > 75) {
      out += '\r\n '
      bytes = 1
    }
    out += char
    bytes += size
  }
  return `${out}\r\n`
}
