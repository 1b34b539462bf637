/** A folder of files handed to an import: their bytes by name, read with limits. */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** No roster or data set that a district hands over is larger than this. */
const MAX_BYTES = 512 * 1024 * 1024

/** Files directly in the folder whose name ends in one of these. Throws an Error in plain words when it cannot be read. */
export function readFolder(folder: string, ...endings: readonly string[]): Map<string, Uint8Array> {
  let names: string[]
  try {
    names = readdirSync(folder).sort()
  } catch {
    throw new Error(`The folder ${folder} cannot be read.`)
  }
  const files = new Map<string, Uint8Array>()
  let total = 0
  for (const name of names.filter((one) => endings.some((ending) => one.toLowerCase().endsWith(ending)))) {
    const path = join(folder, name)
    if (!statSync(path).isFile()) continue
    total += statSync(path).size
    if (total > MAX_BYTES)
      throw new Error(`The files in ${folder} are larger than ${MAX_BYTES / 1024 / 1024} MB together.`)
    files.set(name, readFileSync(path))
  }
  if (files.size === 0) throw new Error(`There is no ${endings.join(' or ')} file in ${folder}.`)
  return files
}
