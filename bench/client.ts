/** A plain client of the wire protocol: keeps its connections, posts batches, believes per-record acknowledgements. */
import { Agent, request } from 'node:http'
import { PushResponse } from '../src/platform/records/wire.ts'

export interface Post {
  readonly cookie: string
  /** JSON, made before the clock starts. */
  readonly body: string
  readonly path?: string
}

export interface Answer {
  readonly status: number
  readonly retryAfter: number | null
  readonly text: string
  /** From the first byte sent to the last byte received, ms. */
  readonly ms: number
}

/** Posts all, `connections` at a time, and gives the times. Throws unless every record of every batch is accepted. */
export async function postAll(url: string, posts: readonly Post[], connections: number): Promise<number[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const times: number[] = []
  let next = 0
  const work = async () => {
    for (let post = posts[next++]; post; post = posts[next++]) {
      const answer = await send(url, post, agent)
      if (answer.status !== 200) throw new Error(`${answer.status}: ${answer.text.slice(0, 300)}`)
      const refused = PushResponse.parse(JSON.parse(answer.text)).acks.find(
        (ack) => ack.status !== 'accepted',
      )
      if (refused) throw new Error(`not accepted: ${JSON.stringify(refused)}`)
      times.push(answer.ms)
    }
  }
  try {
    await Promise.all(Array.from({ length: connections }, work))
  } finally {
    agent.destroy()
  }
  return times
}

export async function send(url: string, post: Post, agent: Agent): Promise<Answer> {
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
      answer.on('end', () =>
        resolve({
          status: answer.statusCode ?? 0,
          retryAfter:
            answer.headers['retry-after'] === undefined ? null : Number(answer.headers['retry-after']),
          text: Buffer.concat(chunks).toString(),
          ms: performance.now() - began,
        }),
      )
    },
  )
  sent.on('error', reject)
  sent.end(post.body)
  return promise
}
