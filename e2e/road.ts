/**
 * The way between a device and its server, as a proxy on which tests decide what becomes of each request: it passes,
 * it is never answered, its answer is lost, somebody else answers. It notes every record that went by, so a test
 * counts what was really sent. The browser knows no other address, so nothing in the page is mocked.
 */
import { once } from 'node:events'
import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Asked {
  readonly method: string
  /** With its query. */
  readonly path: string
  readonly headers: IncomingMessage['headers']
  readonly body: string
}

export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | readonly string[]>>
  readonly body: string
}

/**
 * `pass`: as it is; `hole`: the server never hears of it and nobody ever answers; an Answer: somebody on the way
 * answers; a function: the server acts, and what it answers is altered, held back or lost on the way.
 */
export type Fate = 'pass' | 'hole' | Answer | ((answer: Answer) => Answer | Promise<Answer>)

export interface Road {
  readonly url: string
  /** Decides about every request. */
  rule: (asked: Asked) => Fate | Promise<Fate>
  /** Where the requests lead. */
  target: string
  /** Every request, in order. */
  readonly asked: Asked[]
  /** Ids of records offered on `POST /api/records`, in order, each as often as it was. */
  offered(): string[]
  close(): Promise<void>
}

export const clear: Road['rule'] = () => 'pass'
/** An answer that never arrives. */
export const lost = () => new Promise<never>(() => {})
/** Is it a device offering records on its own path? */
export const isPush = ({ method, path }: Asked) => method === 'POST' && path === '/api/records'

export async function openRoad(): Promise<Road> {
  const server = createServer((from, to) => void carry(road, from, to).catch(() => to.destroy()))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const road: Road = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    rule: clear,
    target: '',
    asked: [],
    offered: () =>
      road.asked
        .filter(isPush)
        .flatMap(({ body }) => (JSON.parse(body) as { records: { id: string }[] }).records)
        .map(({ id }) => id),
    async close() {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
  return road
}

async function carry(road: Road, from: IncomingMessage, to: ServerResponse): Promise<void> {
  const asked: Asked = {
    method: from.method ?? 'GET',
    path: from.url ?? '/',
    headers: from.headers,
    body: await textOf(from),
  }
  road.asked.push(asked)
  const fate = await road.rule(asked)
  if (fate === 'hole') return
  if (typeof fate === 'object') return send(to, fate)
  const answered = await passOn(road.target, typeof fate === 'function' ? unpacked(asked) : asked, to)
  if (fate === 'pass') {
    to.writeHead(answered.statusCode ?? 502, answered.headers)
    answered.pipe(to)
    return
  }
  const body = await textOf(answered)
  const { 'content-length': _length, 'transfer-encoding': _encoding, ...headers } = answered.headers
  send(to, await fate({ status: answered.statusCode ?? 502, headers: headers as Answer['headers'], body }))
}

function send(to: ServerResponse, { status, headers, body }: Answer): void {
  to.writeHead(status, headers as Record<string, string | string[]>)
  to.end(body)
}

/** What is altered on the way must be readable on the way. */
function unpacked(asked: Asked): Asked {
  return { ...asked, headers: { ...asked.headers, 'accept-encoding': 'identity' } }
}

/** Rejects when the server cannot be reached. A browser that hangs up hangs up on the server too. */
async function passOn(target: string, asked: Asked, to: ServerResponse): Promise<IncomingMessage> {
  const { hostname, port } = new URL(target)
  const on = httpRequest({
    hostname,
    port,
    method: asked.method,
    path: asked.path,
    headers: asked.headers,
    agent: false,
  })
  to.on('close', () => on.destroy())
  on.end(asked.body)
  const [answered] = (await once(on, 'response')) as [IncomingMessage]
  return answered
}

async function textOf(stream: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}
