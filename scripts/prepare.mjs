/**
 * Brings a clone to the point where it can run: npm calls this before start, dev, test, check and the command
 * line. It installs the dependencies when they are missing or package-lock.json has changed, and checks that what
 * install scripts bring is there. Plain JavaScript on any Node from 20: the pinned Node may not be here yet.
 *
 *   --quiet        print only what is done or wrong
 *   --browser      also make sure of a Chromium (tests)
 *   --postgres15   also make sure of the older PostgreSQL that tests run on
 */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromiumPath } from './chromium.mjs'
import { olderPostgres, olderPostgresCache, platformPackage } from './older-postgres.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const modules = join(root, 'node_modules')
const flags = new Set(process.argv.slice(2))

/** Standard output belongs to the command that follows (`--json`). */
const toStderr = ['inherit', 2, 2]

class Missing extends Error {}

try {
  installDependencies()
  checkNode()
  checkPostgres()
  if (flags.has('--postgres15')) ensureOlderPostgres()
  if (flags.has('--browser')) ensureChromium()
  if (!flags.has('--quiet')) say('Everything Handrail needs is installed.')
} catch (error) {
  if (!(error instanceof Missing)) throw error
  console.error(`\n${error.message}\n`)
  process.exitCode = 1
}

function installDependencies() {
  const stamp = join(modules, '.handrail-installed')
  const lock = readFileSync(join(root, 'package-lock.json'))
  const wanted = createHash('sha256')
    .update(`${process.platform}-${process.arch}\n`)
    .update(lock)
    .digest('hex')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return
  say(
    existsSync(modules)
      ? 'Bringing the installed packages up to date…'
      : 'Installing the packages Handrail is made of (about 800 MB, once)…',
  )
  // --no-save: an older or newer npm must not rewrite the lockfile of a clone.
  if (npm(root, ['install', '--no-save', '--no-audit', '--no-fund']) !== 0) {
    throw new Missing('npm could not install the packages; its own message is above.')
  }
  writeFileSync(stamp, wanted)
}

function checkNode() {
  const wanted = readJson(join(root, 'package.json')).dependencies.node
  const found = outputOf(join(modules, process.platform === 'win32' ? 'node/bin/node.exe' : '.bin/node'), [
    '--version',
  ])
  if (found === `v${wanted}`) return
  throw new Missing(
    `Node ${wanted}, which Handrail brings itself, is not in node_modules/.bin (found: ${found || 'nothing'}).\n` +
      `${scriptsHint('node')}`,
  )
}

function checkPostgres() {
  if (process.env.DATABASE_URL) return
  const name = platformPackage()
  const folder = join(modules, name)
  if (!existsSync(folder)) {
    const known = name in readJson(join(root, 'package.json')).optionalDependencies
    throw new Missing(
      known
        ? `${name} (the PostgreSQL that Handrail brings) was not installed. Delete node_modules and try again, ` +
            'without npm’s --omit=optional.'
        : `Handrail brings no PostgreSQL for ${process.platform} on ${process.arch}. ` +
            'Set DATABASE_URL to a PostgreSQL 15 or newer.',
    )
  }
  for (const program of ['initdb', 'pg_ctl', 'postgres']) {
    if (outputOf(join(folder, 'native', 'bin', program), ['--version']) !== '') continue
    throw new Missing(
      `${program} of ${name} is missing or does not run on this system (it needs glibc on Linux).\n` +
        `${scriptsHint(name)}\nOr set DATABASE_URL to a PostgreSQL 15 or newer.`,
    )
  }
}

function ensureOlderPostgres() {
  const chosen = process.env.HANDRAIL_TEST_ENGINES
  if ((chosen && !chosen.split(',').includes('15')) || olderPostgres(15)) return
  say('Fetching PostgreSQL 15 for the tests…')
  const cache = olderPostgresCache(15)
  mkdirSync(cache, { recursive: true })
  writeFileSync(join(cache, 'package.json'), '{"private":true}\n')
  const name = platformPackage()
  const wanted = `${name}@15.18.0-beta.17`
  npm(cache, [
    'install',
    '--prefix',
    cache,
    '--no-save',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    wanted,
  ])
  // The package's own install script, called by name: it makes the links between libraries that npm cannot ship.
  spawnSync(process.execPath, ['scripts/hydrate-symlinks.js'], { cwd: join(cache, 'node_modules', name) })
  if (olderPostgres(15)) return
  throw new Missing(
    'The tests also run on PostgreSQL 15, and it could not be had. Install it (Debian: postgresql-15; ' +
      'Homebrew: postgresql@15), or set HANDRAIL_TEST_ENGINES=18 to test on PostgreSQL 18 alone.',
  )
}

function ensureChromium() {
  if (findChromium()) return
  const debian = existsSync('/etc/debian_version') && process.getuid?.() === 0
  if (debian) {
    say('Installing Chromium for the tests…')
    const options = { stdio: toStderr, env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } }
    spawnSync('apt-get', ['update', '-qq'], options)
    spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], options)
    if (findChromium()) return
  }
  throw new Missing(
    'The tests drive a real browser, and there is no Chromium or Chrome here. Install one (Debian, Fedora: the ' +
      'package chromium; macOS: Google Chrome), or set CHROMIUM_PATH to its program.',
  )
}

function findChromium() {
  try {
    return chromiumPath()
  } catch (error) {
    throw new Missing(error.message)
  }
}

function scriptsHint(name) {
  return (
    `It comes with an install script: if npm was told to run none (ignore-scripts), allow it and run ` +
    `"npm rebuild ${name}"; otherwise delete node_modules and try again.`
  )
}

/** Runs the npm that called us, or the one on the path; answers its exit code. */
function npm(cwd, args) {
  const cli = process.env.npm_execpath
  const [command, ...rest] = cli?.endsWith('npm-cli.js') ? [process.execPath, cli, ...args] : ['npm', ...args]
  return spawnSync(command, rest, {
    cwd,
    stdio: toStderr,
    shell: command === 'npm' && process.platform === 'win32',
  }).status
}

function outputOf(program, args) {
  return spawnSync(program, args, { encoding: 'utf8' }).stdout?.trim() ?? ''
}

function readJson(file) {
  return JSON.parse(readFileSync(file, 'utf8'))
}

function say(words) {
  console.error(words)
}
