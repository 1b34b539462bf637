/** Who has a turn, in which order, and how a turn ends; then over real HTTP, in front of a route that never ends. */
import Fastify from 'fastify'
import { afterEach, expect, it } from 'vitest'
import { Problem } from './problems.ts'
import { takeTurns, Turns } from './turns.ts'

it('gives turns in the order in which they were asked for, no more at once than it has', async () => {
  const turns = new Turns({ atOnce: 2, patienceMs: 60_000 })
  const order: string[] = []
  const ends = [await turns.take(), await turns.take()]
  const third = turns.take().then((end) => (order.push('third'), end))
  const fourth = turns.take().then((end) => (order.push('fourth'), end))
  await new Promise((tick) => setImmediate(tick))
  expect(order).toEqual([])

  ends[1]?.()
  // a turn that ends twice frees one place
  ends[1]?.()
  const end = await third
  await new Promise((tick) => setImmediate(tick))
  expect(order).toEqual(['third'])
  end()
  await fourth
  expect(order).toEqual(['third', 'fourth'])
})

it('tells whoever waited for long to come again, and does not count them any more', async () => {
  const turns = new Turns({ atOnce: 1, patienceMs: 5 })
  const end = await turns.take()
  await expect(turns.take()).rejects.toMatchObject({ code: 'server.busy', status: 503 })
  end()
  await turns.take()
})

const apps: { close(): Promise<unknown> }[] = []
afterEach(async () => {
  for (const app of apps.splice(0)) await app.close()
})

it('F25 what carries much waits unread while another has the turn; what does not is answered at once', async () => {
  const app = Fastify()
  apps.push(app)
  app.setErrorHandler((error, _request, reply) => {
    const { status, code } = error instanceof Problem ? error : { status: 400, code: 'other' }
    return reply.status(status).send({ code })
  })
  takeTurns(app, new Turns({ atOnce: 1, patienceMs: 60_000 }))
  const under = Promise.withResolvers<void>()
  const began = Promise.withResolvers<void>()
  const read: unknown[] = []
  app.post('/much', { config: { turn: true } }, async ({ body }) => {
    read.push(body)
    began.resolve()
    await under.promise
    return { ok: true }
  })
  app.post('/little', async ({ body }) => body)
  const post = async (url: string, body: string) => {
    const answer = await app.inject({
      method: 'POST',
      url,
      headers: { 'content-type': 'application/json' },
      body,
    })
    return [answer.statusCode, answer.json<unknown>()]
  }

  const first = post('/much', '{"n":1}')
  await began.promise
  const broken = post('/much', '{"n":')
  const poisoned = post('/much', '{"__proto__":{"n":1}}')
  const last = post('/much', '{"n":2}')
  expect(await post('/little', '{"n":3}')).toEqual([200, { n: 3 }])
  expect(read).toEqual([{ n: 1 }])

  // what cannot be read gives its turn on as well
  under.resolve()
  expect(await first).toEqual([200, { ok: true }])
  expect(await broken).toEqual([400, { code: 'other' }])
  expect(await poisoned).toEqual([400, { code: 'other' }])
  expect(await last).toEqual([200, { ok: true }])
  expect(read).toEqual([{ n: 1 }, { n: 2 }])
})
