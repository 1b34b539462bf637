/**
 * Plain clients of the wire protocol, many at once, on connections that they keep. `drain` sends an outbox as a device
 * does: batches of 100, one after the other, believing per-record acknowledgements only. load.test.ts and bench/ use it.
 */
import { Agent, request } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import type { Envelope } from '../platform/records/envelope.ts'
import { PushResponse, type Ack } from '../platform/records/wire.ts'

/** What a device sends at once (src/platform/web/sync/push.ts). */
const BATCH = 100

export interface Post {
  readonly cookie: string
  /** JSON, made before the clock starts. */
  readonly body: string
  readonly path?: string
}

export interface Answer {
  readonly status: number
  /** Seconds. */
  readonly retryAfter: number | null
  readonly text: string
  /** From the first byte sent to the last byte received, ms. */
  readonly ms: number
}

export interface Drained {
  readonly acks: readonly Ack[]
  /** Of each batch that was answered, ms; waiting to be allowed again counts. */
  readonly times: readonly number[]
  /** How often it was told to come back later. */
  readonly waited: number
}

/** Sends an outbox until each record has an answer. A server that is busy (429, 503) is asked again later. */
export async function drain(
  url: string,
  agent: Agent,
  device: { readonly cookie: string; readonly records: readonly Envelope[] },
): Promise<Drained> {
  const acks: Ack[] = []
  const times: number[] = []
  let waited = 0
  for (let at = 0; at < device.records.length; at += BATCH) {
    const records = device.records.slice(at, at + BATCH)
    const body = JSON.stringify({ records, sent: new Date().toISOString() })
    const began = performance.now()
    for (let failures = 0; ; failures++) {
      const answer = await send(url, { cookie: device.cookie, body }, agent)
      if (answer.status === 200) {
        acks.push(...PushResponse.parse(JSON.parse(answer.text)).acks)
        break
      }
      if (answer.status !== 429 && answer.status !== 503)
        throw new Error(`${answer.status}: ${answer.text.slice(0, 300)}`)
      waited += 1
      await delay(answer.retryAfter === null ? backoff(failures) : answer.retryAfter * 1000)
    }
    times.push(performance.now() - began)
  }
  return { acks, times, waited }
}

/** As src/platform/web/sync/runner.ts waits, ms. */
function backoff(failures: number): number {
  return Math.min(300_000, 2000 * 2 ** failures) * (0.5 + Math.random() / 2)
}

/** Posts all, `connections` at a time. Throws unless every record of every batch is accepted. */
export async function postAll(url: string, posts: readonly Post[], connections: number): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  let next = 0
  const work = async () => {
    for (let post = posts[next++]; post; post = posts[next++]) {
      const answer = await send(url, post, agent)
      if (answer.status !== 200) throw new Error(`${answer.status}: ${answer.text.slice(0, 300)}`)
      const refused = (JSON.parse(answer.text) as PushResponse).acks.find((ack) => ack.status !== 'accepted')
      if (refused) throw new Error(`not accepted: ${JSON.stringify(refused)}`)
    }
  }
  try {
    await Promise.all(Array.from({ length: connections }, work))
  } finally {
    agent.destroy()
  }
}

export function send(url: string, post: Post, agent: Agent): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>()
  const began = performance.now()
  const sent = request(
    new URL(post.path ?? '/api/records', url),
    {
      agent,
      method: 'POST',
      headers: {
        cookie: post.cookie,
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(post.body),
      },
    },
    (answer) => {
      const chunks: Buffer[] = []
      answer.on('data', (chunk: Buffer) => chunks.push(chunk))
      answer.on('error', reject)
      answer.on('end', () => {
        const after = answer.headers['retry-after']
        resolve({
          status: answer.statusCode ?? 0,
          retryAfter: after === undefined ? null : Number(after),
          text: Buffer.concat(chunks).toString(),
          ms: performance.now() - began,
        })
      })
    },
  )
  sent.on('error', reject)
  sent.end(post.body)
  return promise
}
