/**
 * Files that somebody hands to `handrail analyze`, and what is wrong with them. Whatever cannot be read becomes
 * findings with file, row and field, and nothing is printed of a file that has one.
 */
import { readFileSync, statSync } from 'node:fs'
import { basename } from 'node:path'
import { z } from 'zod'
import type { Finding } from '../platform/core/csv.ts'

/** The input cannot be taken as it is. */
export class BadInput extends Error {
  readonly findings: readonly Finding[]
  constructor(findings: readonly Finding[]) {
    super(findings.map(lineOf).join('\n'))
    this.findings = findings
  }
}

export function lineOf({ severity, file, row, field, code, message }: Finding): string {
  return `${severity} ${file}:${row} ${field ?? '-'} ${code} ${message}`
}

/** One finding that stops everything. `row`: line of a CSV, entry of a list counted from 1, 0 = the file. */
export function problem(
  file: string,
  row: number,
  field: string | null,
  code: string,
  message: string,
): BadInput {
  return new BadInput([{ file, row, field, code: `analyze.${code}`, severity: 'error', message }])
}

export function readBytes(path: string): Uint8Array {
  try {
    return readFileSync(path)
  } catch {
    throw problem(basename(path), 0, null, 'unreadable', 'There is no such file, or it may not be read.')
  }
}

export function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false
}

/** The JSON of a file. */
export function readJson(path: string): unknown {
  const text = new TextDecoder().decode(readBytes(path))
  try {
    return JSON.parse(text)
  } catch {
    throw problem(basename(path), 0, null, 'not_json', 'The file is not JSON.')
  }
}

/**
 * A list of entries, each of one shape; findings name the entry and the field in it. `at` is where the list is in
 * the file, '' for the file itself.
 */
export function entriesOf<T>(file: string, list: unknown, shape: z.ZodType<T>, at = ''): T[] {
  if (!Array.isArray(list)) throw problem(file, 0, at || null, 'no_list', 'Here should be a list of entries.')
  const findings: Finding[] = []
  const entries = list.flatMap((entry: unknown, i) => {
    const read = shape.safeParse(entry)
    if (read.success) return [read.data]
    for (const issue of read.error.issues) {
      const field = z.core.toDotPath([...(at ? [at, i] : []), ...issue.path])
      findings.push({
        file,
        row: i + 1,
        field: field || null,
        code: 'analyze.shape',
        severity: 'error',
        message: issue.message,
      })
    }
    return []
  })
  if (findings.length > 0) throw new BadInput(findings)
  return entries
}

/** A list; a list of one may stand without its brackets, as some programs write it. */
export function listOf<T>(item: z.ZodType<T>) {
  return z.preprocess(
    (value) => (value === undefined || Array.isArray(value) ? value : [value]),
    z.array(item),
  )
}
