/**
 * The code on a printed sheet: what stands in its corner and in the address that its pattern opens. It says nothing by
 * itself; a device that holds the program finds which version and day it is by making the codes of those it holds. So
 * it needs no table, works without a network, and is of no use to whoever does not have the student. Pure.
 */
import { sha256Hex } from '../../../platform/core/canonical.ts'
import { addDays, type Day } from '../../../platform/core/days.ts'
import { uuidOf, type Uuid } from '../../../platform/core/ids.ts'

/** Without letters that a hand writes like a digit. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const LENGTH = 8
/** Sheets are found so many days after and before the day they are for. */
const BACK_DAYS = 120
const AHEAD_DAYS = 31

/** `7K3M-9QXA`: of a published version and the day the sheet is for. 40 bits. */
export function sheetCode(version: Uuid, day: Day): string {
  const hash = BigInt(`0x${sha256Hex(`sheet:${version}:${day}`).slice(0, 10)}`)
  let code = ''
  for (let place = 0; place < LENGTH; place++)
    code = (ALPHABET[Number((hash >> BigInt(5 * place)) & 31n)] ?? '') + code
  return `${code.slice(0, 4)}-${code.slice(4)}`
}

/** As it is printed, from what somebody typed; null when it can be none. O, I and L are read as the digits they look like. */
export function readCode(typed: string): string | null {
  const plain = typed
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1')
  const isCode = plain.length === LENGTH && [...plain].every((letter) => ALPHABET.includes(letter))
  return isCode ? `${plain.slice(0, 4)}-${plain.slice(4)}` : null
}

/** Which version and day a code is of, among the versions one holds; null when it is none of them. */
export function findSheet<Version extends { readonly id: Uuid }>(
  code: string,
  versions: readonly Version[],
  today: Day,
): { readonly version: Version; readonly day: Day } | null {
  for (let back = 0; back <= BACK_DAYS + AHEAD_DAYS; back++) {
    // the newest days first: most sheets are keyed in the day after
    const day = addDays(today, back <= BACK_DAYS ? -back : back - BACK_DAYS)
    for (const version of versions) if (sheetCode(version.id, day) === code) return { version, day }
  }
  return null
}

/** The log that a sheet of visits, meals or behaviors is keyed into: the same for whoever keys it in, so twice is seen. */
export function logOfSheet(version: Uuid, day: Day): Uuid {
  return uuidOf(`sheet-log:${version}:${day}`)
}
