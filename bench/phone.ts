/**
 * A phone of the demo school's para: real Chromium with a profile on disk (a private window keeps IndexedDB in memory,
 * where nothing is durable), behind a wire that counts what goes over it and can be cut.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, request } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type BrowserContext, type CDPSession, type Page } from 'playwright-core'
import { chromiumFlags, chromiumPath } from '../scripts/chromium.mjs'

export interface Wire {
  readonly url: string
  /** Requests so far, and bytes both ways. */
  counts(): { requests: number; bytes: number }
  /** Paths asked for, in order. */
  readonly paths: readonly string[]
  cut(): Promise<void>
}

export interface Phone {
  readonly page: Page
  readonly context: BrowserContext
  readonly cdp: CDPSession
  close(): Promise<void>
}

/** A wire to the server at `target`. */
export async function openWire(target: string): Promise<Wire> {
  const paths: string[] = []
  const sockets = new Set<Socket>()
  let ended = 0
  const proxy = createServer((asked, answer) => {
    paths.push(`${asked.method} ${asked.url}`)
    const onward = request(
      new URL(asked.url ?? '/', target),
      { method: asked.method, headers: asked.headers },
      (given) => {
        answer.writeHead(given.statusCode ?? 502, given.headers)
        given.pipe(answer)
      },
    )
    onward.on('error', () => answer.destroy())
    answer.on('close', () => onward.destroy())
    asked.pipe(onward)
  })
  const bytesOf = (socket: Socket) => socket.bytesRead + socket.bytesWritten
  proxy.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.on('close', () => {
      ended += bytesOf(socket)
      sockets.delete(socket)
    })
  })
  await new Promise<void>((done) => proxy.listen(0, '127.0.0.1', done))
  return {
    url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    paths,
    counts: () => ({
      requests: paths.length,
      bytes: [...sockets].reduce((sum, socket) => sum + bytesOf(socket), ended),
    }),
    cut: () =>
      new Promise((done) => {
        proxy.close(() => done())
        proxy.closeAllConnections()
      }),
  }
}

/** A new phone with an empty profile; `script` runs in each page before the page's own. */
export async function openPhone(script: () => void): Promise<Phone> {
  const folder = mkdtempSync(join(tmpdir(), 'handrail-phone-'))
  const context = await chromium.launchPersistentContext(folder, {
    executablePath: chromiumPath() ?? 'chromium',
    args: chromiumFlags(),
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
  })
  await context.addInitScript(script)
  context.setDefaultTimeout(60_000)
  const page = context.pages()[0] ?? (await context.newPage())
  const cdp = await context.newCDPSession(page)
  return {
    page,
    context,
    cdp,
    async close() {
      // one that crashed is closed already, and what the run says of it must be read
      await context.close().catch(() => undefined)
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

/** Signs the demo school's para in, Tuesday 8:52, without opening a page. */
export async function signIn(phone: Phone, url: string): Promise<void> {
  const answer = await phone.context.request.post(`${url}/api/demo/sign-in`, {
    data: { persona: 'para' },
    headers: { 'content-type': 'application/json' },
  })
  if (!answer.ok()) throw new Error(`the para cannot sign in: ${answer.status()}`)
}

/** A key that may be pressed as often as one likes. */
export function keyOf(page: Page) {
  return page.getByRole('button', { name: 'Leaves seat: +1' })
}
