/**
 * The network between the tabs and the server: drops, doubles, delays, reorders, cuts short, answers for others, or
 * carries a blow to the server that strikes at one of its statements. Every fault is counted by name. What passes it
 * is a real request to the real server, cookie, hooks and all.
 */
import type { House } from './house.ts'
import { outside } from './life.ts'
import { turns, type Dice } from './random.ts'
import { under, type Backends, type Blow, type Plan } from './statements.ts'
import type { Tally } from './tally.ts'

/** A sign-in of a browser, and whether it has not run out. */
export interface Session {
  readonly cookie: string
  isValid: boolean
}

/** Who asks, as the network sees them. */
export interface Sender {
  readonly name: string
  readonly dice: Dice
  /** Of the browser, now. */
  readonly session: Session | null
  /** Throws when the tab is dead, or dies here. */
  step(): void
  /** Requests that got no answer are given up. */
  giveUp(): void
}

interface Asking {
  readonly method: string
  readonly url: string
  readonly headers: Record<string, string>
  readonly body: string | undefined
  readonly session: Session | null
}

const FATES = {
  passed: 60,
  'request dropped': 5,
  'never answered': 2,
  'answered too late': 2,
  'answer dropped': 6,
  'answer cut short': 3,
  'sent twice': 3,
  'sent again later': 3,
  delayed: 6,
  'HTML with status 200': 2,
  'HTML with status 200 after it was done': 1,
  'HTML with status 502': 2,
  redirected: 2,
  'status 500': 1,
  'status 503': 2,
  'status 429': 2,
  'request garbled': 1,
  'server struck': 6,
} as const

const BLOWS: readonly Blow[] = ['cut before', 'cut after', 'serialization', 'deadlock', 'terminated']
/** The server sends about this many statements for a push. */
const STATEMENTS = 24
/** What fails so long after a blow has another cause. */
const STRUCK_LONG_AGO_MS = 10_000
/** How many requests may travel late at once. */
const LATE_AT_MOST = 20

export class Network {
  isCalm = false
  /** The server is being put back: nobody gets through. */
  isDown = false
  /** A proxy on the way that lets no larger body through; null = none. */
  limit: number | null = null
  /** A record that makes the server fail for as many requests. */
  poison: { id: string; left: number } | null = null
  readonly #answers: Tally
  /** Connections that serve its requests now. */
  readonly backends: Backends = new Map()
  readonly #house: House
  readonly #faults: Tally
  readonly #log: (line: string) => void
  readonly #late: (() => Promise<unknown>)[] = []
  readonly #underWay = new Set<Promise<unknown>>()
  /** What no fault explains. */
  readonly #wrong: (line: string) => void

  constructor(
    house: House,
    to: { faults: Tally; answers: Tally; log: (line: string) => void; wrong: (line: string) => void },
  ) {
    this.#house = house
    this.#faults = to.faults
    this.#answers = to.answers
    this.#log = to.log
    this.#wrong = to.wrong
  }

  /** What a tab has for `fetch`. */
  fetchOf(sender: Sender): typeof globalThis.fetch {
    return async (input, init = {}) => {
      sender.step()
      const asking = askingOf(String(input), init, sender.session)
      const answer = this.isCalm ? await this.#serve(asking) : await this.#travel(asking, sender)
      this.#log(`${sender.name} ${asking.method} ${asking.url.slice(0, 60)} ${answer.status}`)
      sender.step()
      return answer
    }
  }

  /** Some of what is late arrives now, in any order; its answers reach nobody. */
  async arrive(dice: Dice, all = false): Promise<void> {
    while (this.#late.length > 0 && (all || dice.chance(0.7))) {
      const [one] = this.#late.splice(dice.below(this.#late.length), 1)
      await one?.()
    }
  }

  /** Something is under way at the server. */
  get isServing(): boolean {
    return this.#underWay.size > 0
  }

  /** Waits until nothing is under way at the server. */
  async quiet(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.all(this.#underWay)
  }

  async #travel(asking: Asking, sender: Sender): Promise<Response> {
    const { dice } = sender
    const fault = (name: string) => {
      this.#faults.add(name)
      this.#log(`${sender.name} ${asking.method} ${asking.url.slice(0, 60)} — ${name}`)
    }
    if (this.limit !== null && (asking.body?.length ?? 0) > this.limit) {
      fault('status 413')
      return dice.chance(0.5) ? html(413) : problem(413, 'request.too_large')
    }
    if (this.poison && this.poison.left > 0 && asking.body?.includes(this.poison.id)) {
      this.poison.left -= 1
      fault('poisoned record')
      return problem(500, 'server.failed')
    }
    if (this.isDown) {
      fault('server down')
      throw new TypeError('Failed to fetch')
    }
    const fate = dice.weighted(FATES)
    if (fate !== 'passed' && fate !== 'server struck') fault(fate)
    switch (fate) {
      case 'request dropped':
        throw new TypeError('Failed to fetch')
      case 'never answered':
        void turns(1 + dice.below(20)).then(() => sender.giveUp())
        return new Promise<Response>(() => {})
      case 'answered too late':
        void this.#serve(asking).catch(() => undefined)
        await turns(1 + dice.below(5))
        sender.giveUp()
        return new Promise<Response>(() => {})
      case 'HTML with status 200':
        return html(200)
      case 'HTML with status 502':
        return html(502)
      case 'redirected':
        // fetch with redirect: 'error'
        throw new TypeError('Failed to fetch')
      case 'status 500':
        return problem(500, 'server.failed')
      case 'status 503':
        return problem(503, 'database.unavailable')
      case 'status 429':
        return problem(429, 'request.too_many')
      case 'request garbled':
        return this.#serve({
          ...asking,
          ...(asking.body === undefined
            ? {}
            : { body: asking.body.slice(0, dice.below(asking.body.length)) }),
        })
      case 'server struck':
        return this.#serve(asking, this.#planOf(sender, asking, fault))
      case 'sent again later':
        if (this.#late.length < LATE_AT_MOST) this.#late.push(() => this.#serve(asking))
        return this.#serve(asking)
      case 'sent twice': {
        const [first] = await Promise.all([this.#serve(asking), this.#serve(asking)])
        return first
      }
      case 'delayed':
        await turns(dice.below(60))
        if (this.isDown) throw new TypeError('Failed to fetch')
        return this.#serve(asking)
      case 'answer dropped':
        await this.#serve(asking)
        throw new TypeError('Failed to fetch')
      case 'HTML with status 200 after it was done':
        await this.#serve(asking)
        return html(200)
      case 'answer cut short': {
        const answer = await this.#serve(asking)
        const text = await answer.text()
        return new Response(text.slice(0, dice.below(text.length)), answer)
      }
      case 'passed':
        return this.#serve(asking)
    }
  }

  #planOf(sender: Sender, asking: Asking, fault: (name: string) => void): Plan {
    const { dice } = sender
    const isWrite = asking.method !== 'GET'
    return {
      at: isWrite && dice.chance(0.3) ? 'commit' : 1 + dice.below(STATEMENTS),
      blow: dice.pick(BLOWS),
      struck: (blow, statement) => {
        this.#house.struckAt = performance.now()
        fault(`server: ${blow}${statement === 'commit' ? ' at commit' : ''}`)
      },
      terminate: (pid) => this.#house.terminate([pid]),
    }
  }

  /** The real server answers. */
  async #serve(asking: Asking, plan?: Plan): Promise<Response> {
    const answer = this.#answerOf(asking, plan)
    const ended: Promise<unknown> = answer.catch(() => undefined).finally(() => this.#underWay.delete(ended))
    this.#underWay.add(ended)
    return answer
  }

  async #answerOf(asking: Asking, plan: Plan | undefined): Promise<Response> {
    const { method, url, headers, body } = asking
    // the server's own work is nobody's tab; it begins only when somebody waits for it, so that is done in there
    const reply = await outside(() =>
      under(plan, this.backends, async () => {
        const sent = await this.#house.app.http.inject({
          method: method as 'GET',
          url,
          headers,
          ...(body === undefined ? {} : { payload: body }),
        })
        return sent
      }),
    )
    const code = reply.statusCode < 400 ? '' : ` ${codeOf(reply.payload)}`
    const answer = `${reply.statusCode}${code}`
    this.#answers.add(`${method} ${url.split('?')[0]} ${answer}`)
    if (answer === '401 session.missing' && asking.session?.isValid === true)
      this.#wrong(`signed out without a cause: ${method} ${url}`)
    if (reply.statusCode >= 500 && performance.now() - this.#house.struckAt > STRUCK_LONG_AGO_MS)
      this.#wrong(`failed without a cause: ${method} ${url} ${answer}`)
    if (reply.statusCode >= 300 && reply.statusCode < 400) throw new TypeError('Failed to fetch')
    return new Response(reply.payload, {
      status: reply.statusCode,
      headers: { 'content-type': String(reply.headers['content-type'] ?? '') },
    })
  }
}

function askingOf(url: string, init: RequestInit, session: Session | null): Asking {
  return {
    method: init.method ?? 'GET',
    url,
    headers: {
      ...(init.headers as Record<string, string>),
      ...(session ? { cookie: session.cookie } : {}),
    },
    session,
    body: init.body === undefined || init.body === null ? undefined : String(init.body as string),
  }
}

function codeOf(payload: string): string {
  try {
    return String((JSON.parse(payload) as { code?: unknown }).code)
  } catch {
    return 'not JSON'
  }
}

function html(status: number): Response {
  return new Response('<!doctype html><title>Sign in to the Wi-Fi</title>', {
    status,
    headers: { 'content-type': 'text/html' },
  })
}

function problem(status: number, code: string): Response {
  return Response.json({ type: 'about:blank', title: 'No.', status, code }, { status })
}
