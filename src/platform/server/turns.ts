/**
 * Turns for requests that carry much. Their bodies are kept as they came, and read, judged and stored a few at a time:
 * a thousand batches that come at once would otherwise all lie in memory taken apart, three times their size, before
 * the first is stored. What takes no turn (feeds, sign-in, the day) always finds a connection to the database free.
 * Used by routes.ts.
 */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Problem } from './problems.ts'

export interface TurnOptions {
  /** How many have their turn at once. */
  readonly atOnce: number
  /** Whoever has waited this long is told to come again, ms. */
  readonly patienceMs: number
}

export class Turns {
  readonly #options: TurnOptions
  readonly #waiting = new Set<() => void>()
  #free: number

  constructor(options: TurnOptions) {
    this.#options = options
    this.#free = options.atOnce
  }

  /** First come, first served. @returns what ends the turn; to call it again does nothing. @throws server.busy */
  async take(): Promise<() => void> {
    if (this.#free > 0) this.#free--
    else await this.#wait()
    let isMine = true
    return () => {
      if (isMine) this.#end()
      isMine = false
    }
  }

  #wait(): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const called = () => {
      clearTimeout(timer)
      resolve()
    }
    const timer = setTimeout(() => {
      this.#waiting.delete(called)
      reject(new Problem('server.busy'))
    }, this.#options.patienceMs)
    this.#waiting.add(called)
    return promise
  }

  #end(): void {
    const [next] = this.#waiting
    if (!next) this.#free++
    else {
      this.#waiting.delete(next)
      next()
    }
  }
}

/** Routes that say `turn` in their config read their JSON when it is their turn, which lasts until they have answered. */
export function takeTurns(app: FastifyInstance, turns: Turns): void {
  const ends = new WeakMap<FastifyRequest, () => void>()
  const parse = app.getDefaultJsonParser('error', 'error')
  app.removeContentTypeParser('application/json')
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    const read = () => void parse(request, body.toString(), done)
    if (!request.routeOptions.config.turn) return read()
    turns.take().then((end) => {
      ends.set(request, end)
      read()
    }, done)
  })
  // before the answer is on its way: who reads slowly keeps nobody waiting
  app.addHook('onSend', async (request) => ends.get(request)?.())
}
