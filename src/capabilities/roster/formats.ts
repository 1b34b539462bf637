/**
 * Every format in which a roster can come, told apart by names of files and their first lines, read by one door.
 * Called by the import pipeline and by the screen's preview.
 */
import { decodeText } from '../../platform/core/csv-decode.ts'
import { readEdfi } from './edfi.ts'
import type { Format } from './formats-list.ts'
import type { RosterBatch, RosterExtras } from './model.ts'
import type { KeptRows } from './oneroster-delta.ts'
import { readOneRoster, type Read, type RosterOptions, type RosterReport } from './oneroster.ts'
import type { PlainMapping } from './plain-mapping.ts'
import { readPlain, readUcs } from './plain.ts'
import { readSds } from './sds.ts'

export interface Reading {
  readonly format: Format
  readonly batch: RosterBatch
  readonly extras: RosterExtras
  readonly report: RosterReport
  /** The files hold everybody: whoever is not in them any more has left. */
  readonly full: boolean
  /** All rows of the source as they count now, where a later export may hold only what changed. */
  readonly kept?: KeptRows
}

export type Files = ReadonlyMap<string, Uint8Array>

/** Which format these files are in. Anything unknown is a list with columns to be mapped. */
export function formatOf(files: Files): Format {
  const names = new Set([...files.keys()].map((path) => (path.split(/[\\/]/).at(-1) ?? path).toLowerCase()))
  if ([...names].some((name) => name.endsWith('.xml'))) return 'edfi'
  if (names.has('orgs.csv') && names.has('users.csv')) return 'oneroster'
  if (names.has('school.csv') && names.has('section.csv')) return 'sds'
  if (names.has('manifest.csv')) return 'oneroster'
  return [...files.values()].every(isUcs) ? 'ucs' : 'csv'
}

/** Each line begins with an action and a tab. */
function isUcs(bytes: Uint8Array): boolean {
  return /^[AMD]\t[^\t\r\n]+\t/.test(decodeText(bytes.subarray(0, 4096)).text)
}

/** Reads the files; an export of everybody unless the format is one of changes. */
export function readRoster(
  files: Files,
  format: Format,
  options: RosterOptions & {
    readonly mapping?: PlainMapping | undefined
    readonly before?: KeptRows | null
  },
): Reading {
  const full = format !== 'ucs'
  const plain = ({ terms, ...read }: Read & { readonly kept?: KeptRows }): Reading => ({
    format,
    full,
    extras: { facts: [], days: [], terms },
    ...read,
  })
  switch (format) {
    case 'oneroster':
      return plain(readOneRoster(files, options))
    case 'sds':
      return plain(readSds(files, options))
    case 'edfi':
      return { format, full, ...readEdfi(files, options) }
    case 'ucs':
      return plain(readUcs(files, options))
    case 'csv':
      return plain(readPlain(files, options.mapping ?? {}, options))
  }
}
