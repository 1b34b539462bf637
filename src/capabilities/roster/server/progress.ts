/**
 * How far an import is, for whoever waits for it: rows of its files that are in. Kept in memory while it runs and gone
 * with it; who asks is judged by the route. A terminal is told the same.
 */
import type { Uuid } from '../../../platform/core/ids.ts'
import type { RosterBatch } from '../model.ts'
import type { ImportProgress } from '../people.ts'

/** Told as often as there is something new. `done` never falls, and is `of` at the end. */
export type OnProgress = (progress: ImportProgress) => void

const running = new Map<string, ImportProgress>()

/** Remembers how far an import of a district is until `work` is over. */
export async function withProgress<T>(
  district: Uuid,
  id: Uuid,
  work: (told: OnProgress) => Promise<T>,
): Promise<T> {
  const key = `${district} ${id}`
  running.set(key, { done: 0, of: null })
  try {
    return await work((progress) => running.set(key, progress))
  } finally {
    running.delete(key)
  }
}

/** Null: it has not come yet, or is over. */
export function progressOf(district: Uuid, id: Uuid): ImportProgress | null {
  return running.get(`${district} ${id}`) ?? null
}

/**
 * Counts what is written and tells it in rows of the files: a row of a file may be several things (a person with a role,
 * a para's time with each student of a class), and each is written and then remembered.
 */
export function rowsWritten(
  batch: RosterBatch,
  rows: number,
  told: OnProgress | undefined,
): (n: number) => void {
  const whole = 2 * Object.values(batch).reduce((sum, items) => sum + items.length, 0)
  let written = 0
  told?.({ done: 0, of: rows })
  return (n) => {
    written += n
    if (whole > 0) told?.({ done: Math.floor((rows * written) / whole), of: rows })
  }
}

/** Tells a terminal in one line that changes, and anything else in a line at each tenth. */
export function tellTerminal(out: { readonly isTTY?: boolean; write(text: string): unknown }): OnProgress {
  let tenth = -1
  return ({ done, of }) => {
    if (of === null || of === 0) return
    const now = Math.floor((done * 10) / of)
    if (now === tenth && !out.isTTY) return
    tenth = now
    const text = `${done.toLocaleString('en')} of ${of.toLocaleString('en')} rows`
    out.write(out.isTTY ? `\r${text}${done === of ? '\n' : ''}` : `${text}\n`)
  }
}
