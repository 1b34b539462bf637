/** Front door: `npm start`. Prepares the web app and the demo school where they are missing, then prints one URL. */
import { DRAIN_MS, startApp } from './app.ts'
import { buildWeb } from './build.ts'
import { openCore, type Core } from './core.ts'
import { cedarBend } from './demo/cedar-bend.ts'
import { isDemoLoaded, loadDemo } from './demo/load.ts'
import { readConfig } from './platform/server/config.ts'

let core: Core | undefined
try {
  const config = readConfig()
  await buildWeb()
  core = await openCore(config)
  const demo = cedarBend().district.id
  if (config.demo ?? core.directory.all.every((district) => district.id === demo)) {
    if (!(await isDemoLoaded(core))) console.log('Loading the demo school, Cedar Bend (fictional) …')
    await loadDemo(core)
  }
  const app = await startApp(core)
  console.log(`Handrail is ready: ${app.url}`)

  let stopping = false
  const stop = () => {
    const mode = stopping ? 'immediate' : 'fast'
    stopping = true
    // a database that does not answer keeps nobody here
    setTimeout(() => process.exit(1), 2 * DRAIN_MS).unref()
    app.close(mode).then(
      () => process.exit(0),
      () => process.exit(1),
    )
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
} catch (error) {
  console.error((error as Error).message)
  await core?.close()
  process.exit(1)
}
