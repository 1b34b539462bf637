/**
 * Which column of a file is which. Names are compared exactly first, then by the other names a column goes by,
 * then without regard to case, spaces and underscores; what is left over and nearly spelled like a missing
 * column is reported as its misspelling, because taking it for an unknown column would lose its data in silence.
 * Used by csv.ts only.
 */
import { said, type Said } from './said.ts'
import type { Finding } from './csv.ts'

export interface ColumnSpec {
  /** The name that the rows of the result carry. */
  readonly name: string
  /** Without it the file cannot be read. Default: no. */
  readonly required?: boolean
  /** Other names of the same column, e.g. in an earlier version of the format. */
  readonly aliases?: readonly string[]
  /** What each value of it looks like; tells whether the values of a ragged row stand in their own columns. */
  readonly shape?: RegExp
}

export interface HeaderMatch {
  /** One name a column, in the order of the file: the expected name, the file's own for an extension, '' for none. */
  readonly headers: readonly string[]
  readonly findings: readonly Finding[]
}

/** Matches the header cells of `file`, found at `row`, with what is expected. */
export function matchHeader(
  cells: readonly string[],
  expected: readonly ColumnSpec[],
  place: { readonly file: string; readonly row: number },
  extension: RegExp | null,
): HeaderMatch {
  const raw = cells.map((cell) => cell.replaceAll(/[\u200b\ufeff]/g, '').trim())
  const find = (field: string | null, code: string, severity: Finding['severity'], words: Said): Finding => ({
    ...place,
    field,
    code,
    severity,
    ...words,
  })
  if (countKnown(raw, expected) === 0) {
    const names = expected.filter((column) => column.required).map((column) => `“${column.name}”`)
    const message = said(
      /*i18n*/ {
        id: 'finding.csv.no_header',
        message:
          'The first line holds none of the expected column names. The file needs a header line with {names}.',
      },
      { names: names.join(', ') },
    )
    return { headers: [], findings: [find(null, 'csv.no_header', 'error', message)] }
  }

  const findings: Finding[] = []
  const headers: (string | null)[] = raw.map(() => null)
  const taken = new Set<string>()
  const give = (column: number, name: string): void => {
    headers[column] = name
    taken.add(name)
  }

  for (const fits of [exactly, byAlias, loosely]) {
    for (const [column, cell] of raw.entries()) {
      if (headers[column] !== null || cell === '') continue
      const spec = expected.find((candidate) => fits(candidate, cell))
      if (!spec) continue
      if (!taken.has(spec.name)) {
        give(column, spec.name)
        if (fits === loosely) {
          findings.push(
            find(
              spec.name,
              'csv.header_case',
              'warning',
              said(
                /*i18n*/ {
                  id: 'finding.csv.header_case',
                  message: '“{cell}” is taken as the column “{name}”.',
                },
                { cell, name: spec.name },
              ),
            ),
          )
        }
      } else if (loose(cell) === loose(spec.name)) {
        headers[column] = ''
        findings.push(
          find(
            spec.name,
            'csv.duplicate_header',
            'error',
            said(
              /*i18n*/ {
                id: 'finding.csv.duplicate_header',
                message: 'There is more than one column named “{cell}”.',
              },
              { cell },
            ),
          ),
        )
      }
    }
  }

  const others = new Set<string>()
  for (const [column, cell] of raw.entries()) {
    if (headers[column] !== null) continue
    if (cell === '') {
      headers[column] = ''
      findings.push(
        find(
          null,
          'csv.blank_header',
          'warning',
          said(
            /*i18n*/ {
              id: 'finding.csv.blank_header',
              message: 'Column {column} has no name; it is left out.',
            },
            { column: column + 1 },
          ),
        ),
      )
      continue
    }
    if (others.has(cell)) {
      headers[column] = ''
      findings.push(
        find(
          cell,
          'csv.duplicate_header',
          'error',
          said(
            /*i18n*/ {
              id: 'finding.csv.duplicate_header',
              message: 'There is more than one column named “{cell}”.',
            },
            { cell },
          ),
        ),
      )
      continue
    }
    others.add(cell)
    headers[column] = cell
    if (extension?.test(cell)) continue
    const meant = nearest(
      cell,
      expected.filter((candidate) => !taken.has(candidate.name)),
    )
    if (meant) {
      taken.add(meant.name)
      findings.push(
        find(
          cell,
          'csv.misspelt_header',
          'error',
          said(
            /*i18n*/ {
              id: 'finding.csv.misspelt_header',
              message:
                'There is no column “{cell}” in this file’s format. It looks like “{name}” misspelt; correct the name or remove the column.',
            },
            { cell, name: meant.name },
          ),
        ),
      )
    } else {
      findings.push(
        find(
          cell,
          'csv.unknown_header',
          'warning',
          said(
            /*i18n*/ {
              id: 'finding.csv.unknown_header',
              message: '“{cell}” is not a column of this format; it is not used.',
            },
            { cell },
          ),
        ),
      )
    }
  }

  for (const column of expected) {
    if (!column.required || taken.has(column.name)) continue
    findings.push(
      find(
        column.name,
        'csv.missing_header',
        'error',
        said(
          /*i18n*/ { id: 'finding.csv.missing_header', message: 'The column “{name}” is missing.' },
          { name: column.name },
        ),
      ),
    )
  }
  return { headers: headers.map((name) => name ?? ''), findings }
}

/** How many of these cells name an expected column: tells the right delimiter, and a header from a row of data. */
export function countKnown(cells: readonly string[], expected: readonly ColumnSpec[]): number {
  const known = new Set(expected.flatMap((column) => [column.name, ...(column.aliases ?? [])]).map(loose))
  return cells.filter((cell) => known.has(loose(cell))).length
}

function exactly(column: ColumnSpec, cell: string): boolean {
  return column.name === cell
}

function byAlias(column: ColumnSpec, cell: string): boolean {
  return column.aliases?.includes(cell) ?? false
}

function loosely(column: ColumnSpec, cell: string): boolean {
  return [column.name, ...(column.aliases ?? [])].some((name) => loose(name) === loose(cell))
}

function loose(name: string): string {
  return name.toLowerCase().replaceAll(/[\s_-]/g, '')
}

function nearest(cell: string, columns: readonly ColumnSpec[]): ColumnSpec | null {
  let best: ColumnSpec | null = null
  let least = Infinity
  for (const column of columns) {
    for (const name of [column.name, ...(column.aliases ?? [])]) {
      const wanted = loose(name)
      const distance = editDistance(loose(cell), wanted)
      const allowed = wanted.length <= 3 ? 0 : wanted.length <= 5 ? 1 : 2
      if (distance <= allowed && distance < least) {
        best = column
        least = distance
      }
    }
  }
  return best
}

/**
 * Optimal string alignment distance: the fewest insertions, deletions, substitutions and swaps of neighbors
 * (Damerau 1964, restricted form).
 */
function editDistance(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 2) return Infinity
  let before: number[] = []
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const current = [i]
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1
      let least = Math.min((previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1, (previous[j - 1] ?? 0) + cost)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, (before[j - 2] ?? 0) + 1)
      current.push(least)
    }
    before = previous
    previous = current
  }
  return previous[b.length] ?? Infinity
}
