/**
 * Holds what we are built on to docs/dependencies.md and to the lockfile: exact versions from a registry, each with the
 * hash of its content, no addresses of one registry, install scripts of the approved packages only, a line of
 * reasons for each that we chose. Those need no network. Then npm's advisories are asked for; when nobody answers,
 * that is said and is no failure, unless HANDRAIL_AUDIT=required. A step of `npm run check`.
 */
import { spawnSync } from 'node:child_process'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
  /** Packages whose install scripts npm may run. */
  readonly allowScripts?: Readonly<Record<string, boolean>>
}

export interface Lock {
  readonly packages: Readonly<Record<string, LockEntry & Manifest>>
}

interface LockEntry {
  readonly version?: string
  readonly resolved?: string
  readonly integrity?: string
  readonly link?: boolean
  readonly hasInstallScript?: boolean
}

if (import.meta.main) {
  const root = join(import.meta.dirname, '..')
  const read = (path: string) => readFileSync(join(root, path), 'utf8')
  const manifest = JSON.parse(read('package.json')) as Manifest
  const problems = [
    ...versionProblems(manifest),
    ...lockProblems(manifest, JSON.parse(read('package-lock.json')) as Lock),
    ...scriptProblems(manifest, installedScripts(root)),
    ...pageProblems(manifest, read('docs/dependencies.md')),
  ]
  const advisories = readAdvisories(askNpm(root))
  if (advisories.answered) problems.push(...advisories.problems)
  else if (process.env['HANDRAIL_AUDIT'] === 'required') problems.push(advisories.why)
  else console.log(`Not checked: ${advisories.why}`)
  for (const problem of problems) console.error(problem)
  process.exitCode = problems.length === 0 ? 0 : 1
}

/** Versions in package.json that are not one version of a registry: ranges, tags, addresses, folders, aliases. */
export function versionProblems(manifest: Manifest): string[] {
  return Object.entries(chosen(manifest))
    .filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))
    .map(
      ([name, version]) =>
        `package.json: ${name} is "${version}"; it must be one exact version of a registry.`,
    )
}

/** What is wrong with the lockfile: entries without a hash, from elsewhere, with scripts, or not as package.json has it. */
export function lockProblems(manifest: Manifest, lock: Lock): string[] {
  const problems: string[] = []
  const allowed = manifest.allowScripts ?? {}
  for (const [place, entry] of Object.entries(lock.packages)) {
    if (place === '') continue
    const name = nameOf(place)
    const say = (what: string) => problems.push(`package-lock.json: ${place} ${what}`)
    if (entry.link) say('is a link to a folder; packages come from a registry.')
    else if (!entry.integrity?.startsWith('sha512-')) say('has no sha512 of its content.')
    if (entry.resolved !== undefined) say('records a download address.')
    if (!/^\d+\.\d+\.\d+/.test(entry.version ?? '')) say('has no version of a registry.')
    if (entry.hasInstallScript && allowed[name] !== true)
      say('has an install script, and is not in allowScripts of package.json.')
  }
  const root = lock.packages['']
  for (const [name, version] of Object.entries(chosen(manifest))) {
    const locked = lock.packages[`node_modules/${name}`]?.version
    if (locked !== version)
      problems.push(`package-lock.json: ${name} is ${locked ?? 'missing'}, not ${version}.`)
  }
  for (const name of Object.keys(root === undefined ? {} : chosen(root)))
    if (!(name in chosen(manifest)))
      problems.push(`package-lock.json: asks for ${name}, which package.json does not.`)
  return problems
}

/** Packages with install scripts that nobody approved, and approvals that nothing uses. */
export function scriptProblems(manifest: Manifest, withScripts: readonly string[]): string[] {
  const allowed = Object.entries(manifest.allowScripts ?? {}).flatMap(([name, may]) => (may ? [name] : []))
  return [
    ...withScripts
      .filter((name) => !allowed.includes(name))
      .map(
        (name) => `node_modules: ${name} has an install script, and is not in allowScripts of package.json.`,
      ),
    ...allowed
      .filter((name) => !(name in chosen(manifest)))
      .map((name) => `package.json: allowScripts names ${name}, which is no dependency.`),
  ]
}

/** Direct dependencies without a line in docs/dependencies.md, and lines of packages that are gone. */
export function pageProblems(manifest: Manifest, markdown: string): string[] {
  const lines = markdown
    .split('\n')
    .flatMap((line) => /^\|([^|]+)\|/.exec(line)?.[1]?.split(',') ?? [])
    .map((name) => name.trim())
    .filter((name) => /^(@[\w-]+\/)?[\w.*-]+$/.test(name) && name !== 'Package' && !/^-+$/.test(name))
  const names = Object.keys(chosen(manifest))
  const isAbout = (line: string, name: string) =>
    line.endsWith('*') ? name.startsWith(line.slice(0, -1)) : line === name
  return [
    ...names
      .filter((name) => !lines.some((line) => isAbout(line, name)))
      .map((name) => `docs/dependencies.md: has no line for ${name}.`),
    ...lines
      .filter((line) => !names.some((name) => isAbout(line, name)))
      .map((line) => `docs/dependencies.md: has a line for ${line}, which is no dependency.`),
  ]
}

export type Advisories =
  | { readonly answered: true; readonly problems: readonly string[] }
  | { readonly answered: false; readonly why: string }

/** Reads `npm audit --json`. Only high and critical ones count; anything but a report is no answer. */
export function readAdvisories(printed: string): Advisories {
  let report: { vulnerabilities?: Record<string, { severity?: string }>; message?: string }
  try {
    report = JSON.parse(printed) as typeof report
  } catch {
    return { answered: false, why: 'known weaknesses of packages: npm gave no report.' }
  }
  if (typeof report.vulnerabilities !== 'object')
    return {
      answered: false,
      why: 'known weaknesses of packages: the package registry did not answer npm audit.',
    }
  return {
    answered: true,
    problems: Object.entries(report.vulnerabilities)
      .filter(([, { severity }]) => severity === 'high' || severity === 'critical')
      .map(([name, { severity }]) => `npm audit: ${name} has an advisory (${severity}); see "npm audit".`),
  }
}

function askNpm(root: string): string {
  const args = ['audit', '--json', '--fetch-retries=0', '--fetch-timeout=20000']
  const cli = process.env['npm_execpath']
  const [program, ...rest] = cli?.endsWith('npm-cli.js') ? [process.execPath, cli, ...args] : ['npm', ...args]
  return (
    spawnSync(program ?? 'npm', rest, {
      cwd: root,
      encoding: 'utf8',
      timeout: 60_000,
      maxBuffer: 64 * 1024 * 1024,
      shell: program === 'npm' && process.platform === 'win32',
    }).stdout ?? ''
  )
}

/** Names of installed packages that would run something at installation. */
function installedScripts(root: string): string[] {
  return globSync(['**/node_modules/*/package.json', '**/node_modules/@*/*/package.json'], {
    cwd: root,
  }).flatMap((path) => {
    const { scripts = {} } = JSON.parse(readFileSync(join(root, path), 'utf8')) as {
      scripts?: Record<string, string>
    }
    const runs = ['preinstall', 'install', 'postinstall'].some((name) => name in scripts)
    return runs ? [nameOf(path.replaceAll('\\', '/').replace(/\/package\.json$/, ''))] : []
  })
}

function chosen(manifest: Manifest): Record<string, string> {
  return { ...manifest.dependencies, ...manifest.devDependencies, ...manifest.optionalDependencies }
}

function nameOf(place: string): string {
  return place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length)
}
