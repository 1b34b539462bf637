/** Rows of numbers for a person to read. */

/** One line a row below a line of names. Lists within a row are left to --json. */
export function table(rows: readonly object[]): string {
  const read = rows.map((row) => new Map<string, unknown>(Object.entries(row)))
  const columns = [...(read[0] ?? [])].flatMap(([column, value]) => (Array.isArray(value) ? [] : [column]))
  const cells = [columns, ...read.map((row) => columns.map((column) => shown(row.get(column))))]
  const widths = columns.map((_, i) => Math.max(...cells.map((line) => line[i]?.length ?? 0)))
  const lineOf = (line: readonly string[]) => line.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join('  ')
  return cells.map((line) => lineOf(line).trimEnd()).join('\n')
}

/** One line a row, each with what it has: its id first. */
export function list(rows: readonly { readonly id: string }[]): string {
  return rows
    .map(({ id, ...rest }) => {
      const parts = Object.entries(rest).map(([key, value]) => `${key} ${shown(value)}`)
      return `${id}: ${parts.join(', ')}`
    })
    .join('\n')
}

export function shown(value: unknown): string {
  if (value === null || value === undefined) return '–'
  if (typeof value === 'number') return String(Math.round(value * 1e4) / 1e4)
  return String(value)
}
