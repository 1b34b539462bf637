/**
 * The life of a tab: what its code gets in place of the machine's own timers and channels, so that no time is waited
 * for and a tab can be frozen or killed. Code that a tab runs is recognized by its asynchronous context; all other
 * code, the server's among it, keeps the real timers. Used by tabs.ts; nothing outside fuzz/ knows it.
 */
import { AsyncLocalStorage } from 'node:async_hooks'

const current = new AsyncLocalStorage<Life | undefined>()

/** What the tabs of one browser hear each other by. */
export type Air = Map<string, Set<HandChannel>>

export class Life {
  readonly air: Air
  #clock = 0
  #state: 'awake' | 'frozen' | 'dead' = 'awake'
  readonly #timers = new Set<HandTimer>()
  readonly #requests = new Set<AbortController>()
  readonly #unheard: (() => void)[] = []

  constructor(air: Air) {
    this.air = air
  }

  get isDead(): boolean {
    return this.#state === 'dead'
  }

  get isFrozen(): boolean {
    return this.#state === 'frozen'
  }

  /** Runs the tab's code. */
  run<T>(work: () => T): T {
    return current.run(this, work)
  }

  /** Time goes by: what is due runs, in order. */
  pass(ms: number): void {
    const until = this.#clock + ms
    while (this.#state === 'awake') {
      const next = [...this.#timers].sort((a, b) => a.due - b.due)[0]
      if (!next || next.due > until) break
      this.#clock = Math.max(this.#clock, next.due)
      if (next.every === null) this.#timers.delete(next)
      else next.due += Math.max(1, next.every)
      this.run(next.work)
    }
    this.#clock = until
  }

  /** Requests without an answer are given up, as after their time limit. */
  giveUp(): void {
    for (const request of this.#requests) request.abort(new DOMException('too late', 'TimeoutError'))
    this.#requests.clear()
  }

  /** A page in the background: hears and does nothing, until it is thawed. */
  freeze(): void {
    if (this.#state === 'awake') this.#state = 'frozen'
  }

  thaw(): void {
    if (this.#state !== 'frozen') return
    this.#state = 'awake'
    for (const hear of this.#unheard.splice(0)) this.#hear(hear)
  }

  /** From here on the tab does nothing more. */
  die(): void {
    this.#state = 'dead'
    this.#timers.clear()
    this.#requests.clear()
    this.#unheard.length = 0
  }

  set(work: () => void, ms: number, every: number | null): HandTimer {
    const timer = new HandTimer(work, this.#clock + ms, every, (one) => this.#timers.delete(one))
    if (this.#state !== 'dead') this.#timers.add(timer)
    return timer
  }

  timeLimit(): AbortSignal {
    const request = new AbortController()
    this.#requests.add(request)
    return request.signal
  }

  /** Something was said to this tab; it hears it in a later turn. */
  tell(hear: () => void): void {
    setImmediate(() => {
      if (this.#state === 'frozen') this.#unheard.push(hear)
      else this.#hear(hear)
    })
  }

  #hear(hear: () => void): void {
    if (this.#state === 'awake') this.run(hear)
  }
}

class HandTimer {
  due: number
  readonly every: number | null
  readonly work: () => void
  readonly #clear: (timer: HandTimer) => void

  constructor(work: () => void, due: number, every: number | null, clear: (timer: HandTimer) => void) {
    this.work = work
    this.due = due
    this.every = every
    this.#clear = clear
  }

  clear(): void {
    this.#clear(this)
  }
}

class HandChannel {
  onmessage: ((event: { readonly data: unknown }) => void) | null = null
  readonly #name: string
  readonly #life: Life

  constructor(name: string) {
    const life = current.getStore()
    if (!life) throw new Error('only tabs open channels')
    this.#name = name
    this.#life = life
    const others = life.air.get(name) ?? new Set()
    life.air.set(name, others.add(this))
  }

  postMessage(data: unknown): void {
    if (this.#life.isDead) return
    for (const other of this.#life.air.get(this.#name) ?? [])
      if (other !== this) other.#hear(structuredClone(data))
  }

  close(): void {
    this.#life.air.get(this.#name)?.delete(this)
  }

  #hear(data: unknown): void {
    this.#life.tell(() => this.onmessage?.({ data }))
  }
}

/** Runs what is not the tab's: the server behind its request. */
export function outside<T>(work: () => T): T {
  return current.run(undefined, work)
}

/** Puts the hand-moved timers and channels in place for tabs. Returns what takes them away again. */
export function takeOver(): () => void {
  const real = {
    setTimeout: globalThis.setTimeout,
    setInterval: globalThis.setInterval,
    clearTimeout: globalThis.clearTimeout,
    clearInterval: globalThis.clearInterval,
    BroadcastChannel: globalThis.BroadcastChannel,
  }
  const timeLimit = AbortSignal.timeout
  const start =
    (otherwise: (work: () => void, ms?: number) => unknown, repeats: boolean) =>
    (work: (...args: unknown[]) => void, ms = 0, ...args: unknown[]) => {
      const run = () => work(...args)
      const life = current.getStore()
      return life ? life.set(run, ms, repeats ? ms : null) : otherwise(run, ms)
    }
  const stop = (otherwise: (timer: NodeJS.Timeout) => void) => (timer: unknown) => {
    if (timer instanceof HandTimer) timer.clear()
    else otherwise(timer as NodeJS.Timeout)
  }
  Object.assign(globalThis, {
    setTimeout: Object.assign(start(real.setTimeout, false), real.setTimeout),
    setInterval: start(real.setInterval, true),
    clearTimeout: stop(real.clearTimeout),
    clearInterval: stop(real.clearInterval),
    BroadcastChannel: HandChannel,
  })
  AbortSignal.timeout = (ms) => current.getStore()?.timeLimit() ?? timeLimit.call(AbortSignal, ms)
  return () => {
    Object.assign(globalThis, real)
    AbortSignal.timeout = timeLimit
  }
}
