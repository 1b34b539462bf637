/**
 * Where the private PostgreSQL lives and under which account it runs. Called by postgres.ts before anything is
 * started. A home, once made, is never moved: later starts find it by `<data folder>/postgres`, a folder or a
 * link, and run the server as the owner of its cluster.
 */
import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmodSync, existsSync, lstatSync, mkdirSync, realpathSync, statSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'

/** The account a server process runs as. */
export interface Account {
  readonly uid: number
  readonly gid: number
}

export interface ServerHome {
  /** Absolute, links resolved. Belongs to the app's account; the server's may pass through it, not write. */
  readonly home: string
  /** The folder of the cluster in it. */
  readonly data: string
  /** Absent = the app's own account. */
  readonly account: Account | undefined
}

/** Finds or makes the home of the server of an absolute `dataDir`; throws in plain words where it cannot be used. */
export function serverHome(dataDir: string): ServerHome {
  const entry = join(dataDir, 'postgres')
  if (lstatSync(entry, { throwIfNoEntry: false }) === undefined) makeHome(dataDir, entry)
  if (!existsSync(entry)) {
    throw new Error(
      `${entry} is a link to a folder that is not there. Bring that folder back, or remove the link.`,
    )
  }
  const home = realpathSync(entry)
  const data = join(home, 'data')
  const self = process.getuid?.()
  const owner = statSync(home).uid
  if (self !== undefined && self !== 0 && self !== owner) {
    throw new Error(
      `${home} belongs to another account (uid ${owner}). Start Handrail as that account or as root, ` +
        'or set HANDRAIL_DATA to a folder of your own.',
    )
  }
  const account = serverAccount(data)
  if (account !== undefined && !canEnter(account, home)) {
    throw new Error(
      `PostgreSQL does not run as root, and the account it runs as (uid ${account.uid}) cannot enter ${home}. ` +
        'Give it the right to pass through the folders above it.',
    )
  }
  return { home, data, account }
}

/** Under root: the owner of the cluster in `data`, or `nobody` for a new one. Otherwise nothing: the app's own. */
export function serverAccount(data: string): Account | undefined {
  if (process.getuid?.() !== 0) return undefined
  const made = statSync(data, { throwIfNoEntry: false })
  if (made !== undefined && made.uid !== 0) return { uid: made.uid, gid: made.gid }
  const id = (flag: string) => Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' }))
  return { uid: id('-u'), gid: id('-g') }
}

/** Whether the account may pass through every folder down to this one; asked of the kernel, not of mode bits. */
export function canEnter(account: Account, folder: string): boolean {
  const shell = spawnSync('/bin/sh', ['-c', 'cd "$1"', 'sh', folder], {
    ...account,
    cwd: '/',
    stdio: 'ignore',
  })
  return shell.status === 0
}

function makeHome(dataDir: string, entry: string): void {
  if (!existsSync(dataDir)) makePassage(dataDir)
  const account = serverAccount(join(entry, 'data'))
  if (account === undefined || canEnter(account, dataDir)) return makePassage(entry)
  const name = createHash('sha256').update(realpathSync(dataDir)).digest('hex').slice(0, 16)
  const elsewhere = join('/var/lib/handrail', name)
  makePassage('/var/lib/handrail')
  makePassage(elsewhere)
  symlinkSync(elsewhere, entry)
}

/** A folder that other accounts may pass through and not look into; what lies in it has modes of its own. */
function makePassage(folder: string): void {
  mkdirSync(folder, { recursive: true })
  chmodSync(folder, 0o711)
}
