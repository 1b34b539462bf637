/**
 * Exports that hold only what changed (OneRoster's `delta`). They are laid over the rows of the last whole export: a row
 * of a known id takes the place of the one before, a new one is added, a row to be deleted ends what it tells of, and
 * whoever is not in the file stays as they were. So the roster is always read from all its rows. Pure.
 */
import { said } from '../../platform/core/said.ts'
import type { Day } from '../../platform/core/days.ts'
import { dayFrom } from './oneroster-days.ts'
import { COLUMNS, statusOf, type FileName } from './oneroster-format.ts'
import type { Item, Say } from './oneroster-tables.ts'

/** Rows of files as they were read before, by the name of the file. */
export type KeptRows = ReadonlyMap<FileName, readonly Readonly<Record<string, string>>[]>

/** What is not kept: nobody needs it to read a roster again. */
const LEFT_OUT: readonly string[] = ['password', 'sms', 'phone', 'pronouns', 'userMasterIdentifier']

/** Files of which nothing is kept. */
export const UNKEPT: readonly FileName[] = ['demographics']

/** The columns of a file that are kept. */
export function keptColumns(name: FileName): string[] {
  return COLUMNS[name].map((column) => column.name).filter((column) => !LEFT_OUT.includes(column))
}

/** A row from before, in what is said of it. */
const BEFORE = ' (read before)'

/** True of a finding in a row of an earlier export: it was said then. */
export function saidBefore({
  file,
  severity,
}: {
  readonly file: string
  readonly severity: string
}): boolean {
  return severity === 'warning' && file.endsWith(BEFORE)
}

/** Rows of an earlier export as if they came in a file of that name. */
export function itemsBefore(file: string, rows: readonly Readonly<Record<string, string>>[]): Item[] {
  return rows.map((values, n) => ({ file: `${file}${BEFORE}`, line: n + 2, values }))
}

/** All rows of a file: those from before, each in its place, with what changed laid over them. */
export function laidOver(
  file: string,
  before: readonly Readonly<Record<string, string>>[],
  changed: readonly Item[],
  say: Say,
): Item[] {
  const items = new Map(itemsBefore(file, before).map((item) => [idOf(item), item]))
  const doubled: Item[] = []
  const seen = new Set<string>()
  for (const item of changed) {
    const id = idOf(item)
    // the reader says what is wrong with a row without an id, or with the second row of an id
    if (id === '' || seen.has(id)) {
      doubled.push(item)
      continue
    }
    seen.add(id)
    if ((item.values['status'] ?? '').trim() === '') {
      const message = said(
        /*i18n*/ {
          id: 'finding.oneroster.delta_without_status',
          message: 'A file of changes must say the status of each row; this one is taken as active.',
        },
      )
      say(item.file, item.line, 'status', 'oneroster.delta_without_status', 'warning', message)
    }
    const known = items.get(id)
    if (known && isOlder(item, known)) {
      const message = said(
        /*i18n*/ {
          id: 'finding.oneroster.delta_stale',
          message: 'What was read before is newer than this row, so the row is not used.',
        },
      )
      say(item.file, item.line, 'dateLastModified', 'oneroster.delta_stale', 'warning', message)
      continue
    }
    // told again without saying when: it has ended then, not now
    if (known && hasEnded(known) && hasEnded(item) && changedAt(item) === null) continue
    items.set(id, item)
  }
  return [...items.values(), ...doubled]
}

function idOf({ values }: Item): string {
  return (values['sourcedId'] ?? '').trim()
}

function hasEnded({ values }: Item): boolean {
  return statusOf((values['status'] ?? '').trim()) === 'ended'
}

/** Only where both rows say when they were changed, and an order can be seen. */
function isOlder(item: Item, known: Item): boolean {
  const [one, other] = [changedAt(item), changedAt(known)]
  if (one === null || other === null) return false
  return one.at !== null && other.at !== null ? one.at < other.at : one.day < other.day
}

function changedAt({ values }: Item): { readonly day: Day; readonly at: number | null } | null {
  const text = (values['dateLastModified'] ?? '').trim()
  const day = dayFrom(text)
  if (day === null) return null
  const at = /T.*(Z|[+-]\d\d:?\d\d)$/.test(text) ? Date.parse(text) : NaN
  return { day, at: Number.isNaN(at) ? null : at }
}
