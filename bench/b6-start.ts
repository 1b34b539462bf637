/**
 * B6: how soon a para can tap. The JavaScript of the shell is counted from the files of the build. A cold start is an
 * empty browser on slow 4G (150 ms, 1.6 Mbit/s) at a quarter of the processor's speed, signed in, until the first key
 * can be pressed; its floor is an empty page with the same framework, built by the same tool. A warm start has no
 * network at all: the wire is cut.
 */
import { createServer } from 'node:http'
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { build } from 'vite'
import { median, number, type Figure, type Line } from './frame.ts'
import { openHouse } from './house.ts'
import { openPhone, openWire, signIn, type Phone } from './phone.ts'

const ROUNDS = 3
const web = join(import.meta.dirname, '..', 'dist', 'web')
/** As Lighthouse simulates it; bytes a second. */
const SLOW_4G = { offline: false, latency: 150, downloadThroughput: 1.6e6 / 8, uploadThroughput: 750e3 / 8 }

export const b6: Figure = {
  id: 'B6',
  question: 'How soon can a para tap?',
  async run() {
    const house = await openHouse(0)
    const wire = await openWire(house.url)
    const floor = await openFloor()
    try {
      const shell = await shellBytes()
      const cold: number[] = []
      const bare: number[] = []
      let warm: number[] = []
      let loaded = 0
      for (let round = 0; round < ROUNDS; round++) {
        bare.push(await startOf(floor.url))
        const before = wire.counts().bytes
        const phone = await openPhone(watchForKeys)
        try {
          await signIn(phone, wire.url)
          await slow(phone, 4, SLOW_4G)
          await phone.page.goto(`${wire.url}/pad`)
          cold.push(await ready(phone))
          loaded = wire.counts().bytes - before
          if (round === ROUNDS - 1) warm = await warmStarts(phone, wire.cut)
        } finally {
          await phone.close()
        }
      }
      return linesOf({ shell, loaded, cold: median(cold), bare: median(bare), warm: median(warm) })
    } finally {
      await floor.close()
      await wire.cut()
      await house.close()
    }
  },
}

function linesOf(took: { shell: number; loaded: number; cold: number; bare: number; warm: number }): Line[] {
  return [
    {
      what: 'JavaScript of the shell, gzip',
      value: `${number(took.shell / 1000, 1)} kB`,
      goal: '≤ 170 kB',
      holds: took.shell <= 170_000,
    },
    {
      what: 'cold start until the first key, slow 4G, 4 × CPU throttle',
      value: `${number(took.cold)} ms, ${number(took.loaded / 1000)} kB over the wire`,
      floor: `${number(took.bare)} ms (an empty page with React) → ratio ${number(took.cold / took.bare, 2)}`,
    },
    {
      what: 'warm start until the first key, without a network, 4 × CPU throttle',
      value: `${number(took.warm)} ms`,
      goal: '≤ 1,000 ms',
      holds: took.warm <= 1000,
    },
  ]
}

async function warmStarts(phone: Phone, cut: () => Promise<void>): Promise<number[]> {
  await slow(phone, 1, { ...SLOW_4G, latency: 0, downloadThroughput: -1, uploadThroughput: -1 })
  // the worker puts the app aside; the device fetches what belongs to its person
  await phone.page.evaluate(async () => void (await navigator.serviceWorker.ready))
  await phone.page.reload()
  await ready(phone)
  await phone.page.waitForTimeout(3000)
  await cut()
  await slow(phone, 4)
  const times: number[] = []
  for (let n = 0; n < 5; n++) {
    await phone.page.reload()
    times.push(await ready(phone))
  }
  return times
}

async function startOf(url: string): Promise<number> {
  const phone = await openPhone(watchForKeys)
  try {
    await slow(phone, 4, SLOW_4G)
    await phone.page.goto(url)
    return await ready(phone)
  } finally {
    await phone.close()
  }
}

async function slow({ cdp }: Phone, cpu: number, network?: typeof SLOW_4G): Promise<void> {
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: cpu })
  if (!network) return
  await cdp.send('Network.enable')
  await cdp.send('Network.emulateNetworkConditions', network)
}

declare global {
  /** Since the navigation began until a key stood on the screen, ms. Put into the page by `watchForKeys`. */
  var benchReady: Promise<number>
}

async function ready({ page }: Phone): Promise<number> {
  return page.evaluate(() => globalThis.benchReady)
}

/** Runs in the page, before the page's own script, and alone: it may use nothing from outside. */
function watchForKeys(): void {
  const { promise, resolve } = Promise.withResolvers<number>()
  globalThis.benchReady = promise
  const look = () => {
    const keys = [...document.querySelectorAll('article button')]
    if (keys.some((key) => key.textContent.includes('alone') && key.checkVisibility()))
      resolve(performance.now())
    else requestAnimationFrame(look)
  }
  look()
}

/** The entry, everything it imports, and the words of one language. */
async function shellBytes(): Promise<number> {
  const page = await readFile(join(web, 'index.html'), 'utf8')
  const files = await readdir(join(web, 'assets'))
  const words = files.find((name) => /^en-.*\.js$/.test(name)) ?? ''
  const open = [...page.matchAll(/(?:src|href)="\/assets\/([^"]+\.js)"/g)]
    .map(([, name]) => name ?? '')
    .concat(words)
  const seen = new Set<string>()
  let bytes = 0
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (name === '' || seen.has(name)) continue
    seen.add(name)
    const code = await readFile(join(web, 'assets', name), 'utf8')
    bytes += gzipSync(code, { level: 9 }).byteLength
    for (const [, imported = ''] of code.matchAll(/(?:from|import)\s*["']\.\/([\w.-]+\.js)["']/g))
      open.push(imported)
  }
  return bytes
}

/** Builds the empty page and serves it compressed, as the product is served. */
async function openFloor(): Promise<{ url: string; close: () => Promise<void> }> {
  const outDir = await mkdtemp(join(tmpdir(), 'handrail-floor-'))
  await build({
    configFile: false,
    logLevel: 'error',
    root: join(import.meta.dirname, 'floor'),
    build: { outDir, emptyOutDir: true, target: 'es2023', modulePreload: { polyfill: false } },
  })
  const types: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript' }
  const server = createServer((asked, answer) => {
    const path = asked.url === '/' ? '/index.html' : (asked.url ?? '')
    readFile(join(outDir, path)).then(
      (text) =>
        answer
          .writeHead(200, {
            'content-type': types[extname(path)] ?? 'text/plain',
            'content-encoding': 'gzip',
          })
          .end(gzipSync(text)),
      () => answer.writeHead(404).end(),
    )
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: async () => {
      server.close()
      server.closeAllConnections()
      await rm(outDir, { recursive: true })
    },
  }
}
