/**
 * The product's server as a process of its own, so that its CPU and memory can be told from those of whoever asks.
 * Started by house.ts; it answers `usage` with what it has used so far.
 */
import { startApp } from '../src/app.ts'
import { openCore } from '../src/core.ts'
import { readConfig } from '../src/platform/server/config.ts'

export interface Usage {
  /** User and system time of the process, ms. */
  readonly cpu: number
  /** Resident memory now, and at its highest so far, bytes. */
  readonly rss: number
  readonly highestRss: number
}

const app = await startApp(await openCore(readConfig()))
let highestRss = 0
setInterval(() => (highestRss = Math.max(highestRss, process.memoryUsage.rss())), 100)

process.on('message', (message) => {
  if (message === 'usage') process.send?.(usage())
  if (message === 'end') void app.close().then(() => process.exit(0))
})
process.on('disconnect', () => process.exit(0))
process.send?.({ url: app.url })

function usage(): Usage {
  const { user, system } = process.cpuUsage()
  const rss = process.memoryUsage.rss()
  highestRss = Math.max(highestRss, rss)
  return { cpu: (user + system) / 1000, rss, highestRss }
}
