/**
 * One app at a time on a data folder. Node has no flock, but the SQLite inside Node takes the same kind of lock
 * (fcntl on POSIX, LockFileEx on Windows) for an exclusive transaction: the kernel drops it when the process
 * dies, however it dies, so there is never a stale one. The database itself stays empty.
 */
import { DatabaseSync } from 'node:sqlite'

const sqliteBusy = 5

export class DataFolderInUse extends Error {
  override readonly name = 'DataFolderInUse'
  readonly dataDir: string
  constructor(dataDir: string) {
    super(
      `Another Handrail is already running on the data folder ${dataDir}. ` +
        'Stop it first, or start this one with HANDRAIL_DATA set to a folder of its own.',
    )
    this.dataDir = dataDir
  }
}

/** Takes the lock at once or throws DataFolderInUse; what it returns gives the lock back. */
export function lockFolder(file: string, dataDir: string): () => void {
  const lock = new DatabaseSync(file, { timeout: 0 })
  try {
    lock.exec('begin exclusive')
  } catch (error) {
    lock.close()
    const busy = error instanceof Error && 'errcode' in error && error.errcode === sqliteBusy
    throw busy ? new DataFolderInUse(dataDir) : error
  }
  return () => {
    if (lock.isOpen) lock.close()
  }
}
