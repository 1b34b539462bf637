/**
 * B7: what a goal graph costs. 365 and 10,000 points with four phases, trends and an aim line, from sessions to the
 * frame, at 4 × CPU throttle and at full speed; its floors are a bare SVG path through as many points in the same page,
 * and the elements of the graph itself, ready made. And what the reader waits for later on: a session more, the next
 * point by keyboard.
 */
import { createServer } from 'node:http'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { build } from 'vite'
import { webPlugins } from '../vite.config.ts'
import { median, number, type Figure, type Line } from './frame.ts'
import { openPhone, type Phone } from './phone.ts'

const ROUNDS = 7
const THROTTLE = 4

export const b7: Figure = {
  id: 'B7',
  question: `What does a graph cost? Median of ${ROUNDS}`,
  async run() {
    const site = await openSite()
    const phone = await openPhone(() => undefined)
    try {
      await phone.page.goto(site.url)
      await phone.page.waitForFunction(() => 'benchGraph' in globalThis)
      await phone.page.evaluate(() => globalThis.benchGraph.ours(365))
      const lines: Line[] = []
      for (const rate of [THROTTLE, 1]) {
        await phone.cdp.send('Emulation.setCPUThrottlingRate', { rate })
        for (const points of [365, 10_000]) lines.push(...(await drawn(phone, points, rate)))
      }
      return lines
    } finally {
      await phone.close()
      await site.close()
    }
  },
}

async function drawn({ page }: Phone, points: number, rate: number): Promise<Line[]> {
  const times = {
    floor: [] as number[],
    ours: [] as number[],
    next: [] as number[],
    step: [] as number[],
    ready: [] as number[],
  }
  for (let n = 0; n < ROUNDS; n++) {
    times.floor.push(await page.evaluate((count) => globalThis.benchGraph.floor(count), points))
    times.ours.push(await page.evaluate((count) => globalThis.benchGraph.ours(count), points))
    times.next.push(await page.evaluate((count) => globalThis.benchGraph.next(count), points))
    times.step.push(await page.evaluate(() => globalThis.benchGraph.step()))
    times.ready.push(await page.evaluate(() => globalThis.benchGraph.ready()))
  }
  const { floor, ours, next, step, ready } = Object.fromEntries(
    Object.entries(times).map(([name, all]) => [name, median(all)]),
  ) as Record<keyof typeof times, number>
  const ms = (value: number) => `${number(value, 1)} ms`
  const what = `${number(points)} points, ${rate === 1 ? 'at full speed' : `${rate} × CPU throttle`}`
  return [
    {
      what: `${what}, from sessions to the frame`,
      value: ms(ours),
      floor: `${ms(floor)} (a bare path) → ratio ${number(ours / floor, 1)}; ${ms(ready)} (its own elements, ready made)`,
      goal: `≤ ${goalOf(points)} ms`,
      holds: ours <= goalOf(points),
    },
    { what: `${what}, one more`, value: ms(next) },
    {
      what: `${what}, the next one by keyboard`,
      value: ms(step),
      goal: '≤ 50 ms (a step is seen at once)',
      holds: step <= 50,
    },
  ]
}

/** What drawing it may take, ms: 365 points a frame, 10,000 a tenth of a second. */
const goalOf = (points: number) => (points <= 365 ? 16 : 100)

/** The page, built as the product is. */
async function openSite(): Promise<{ url: string; close: () => Promise<void> }> {
  const outDir = await mkdtemp(join(tmpdir(), 'handrail-graph-'))
  await build({
    configFile: false,
    logLevel: 'error',
    root: join(import.meta.dirname, 'graph'),
    plugins: webPlugins(),
    build: { outDir, emptyOutDir: true, target: 'es2023' },
  })
  const types: Record<string, string> = {
    '.html': 'text/html',
    '.js': 'text/javascript',
    '.css': 'text/css',
  }
  const server = createServer((asked, answer) => {
    const path = asked.url === '/' ? '/index.html' : (asked.url ?? '')
    readFile(join(outDir, path)).then(
      (content) =>
        answer
          .writeHead(200, { 'content-type': types[extname(path)] ?? 'application/octet-stream' })
          .end(content),
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
