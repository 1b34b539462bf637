/**
 * B2: how long until a tap is safe. Real touches on the real Pad, without a network; the clock runs from the finger
 * lifting (that is when a key is pressed) to the commit of the transaction that puts the record into the outbox. There
 * are two floors, in the same page, one after each tap: a bare put of as many bytes with durability 'strict', which
 * nobody touched anything for; and the same put by a touch of a bare button that does nothing else, from the finger as
 * well. The second says what a browser itself makes of a finger before and after the put. And how long until the tap is
 * seen, at full speed, from when the page hears of the finger; its floor is a bare button that changes its own text.
 */
import { number, quantile, type Figure, type Line } from './frame.ts'
import { openHouse } from './house.ts'
import { keyOf, openPhone, openWire, signIn, type Phone } from './phone.ts'

const TAPS = 200
/** The first few open the session and the floor's own database, and a phone gets used to a new throttle. */
const UNCOUNTED = 10
/** Two taps closer than this count as one. */
const APART_MS = 300

export const b2: Figure = {
  id: 'B2',
  question: 'How long until a tap is safe?',
  async run() {
    const house = await openHouse(0)
    const wire = await openWire(house.url)
    const phone = await openPhone(watchTaps)
    try {
      await signIn(phone, wire.url)
      await phone.page.goto(`${wire.url}/pad`)
      await keyOf(phone.page).waitFor()
      await phone.page.waitForTimeout(2000)
      await phone.context.setOffline(true)
      return [...(await kept(phone)), ...(await seen(phone))]
    } finally {
      await phone.close()
      await wire.cut()
      await house.close()
    }
  },
}

async function kept(phone: Phone): Promise<Line[]> {
  await phone.cdp.send('Emulation.setCPUThrottlingRate', { rate: 6 })
  const ours: number[] = []
  const untouched: number[] = []
  const touched: number[] = []
  let bytes = 0
  for (let n = 0; n < TAPS; n++) {
    await touchKey(phone)
    const tap = await phone.page.evaluate(() => globalThis.benchTap.kept())
    bytes = tap.bytes
    const bare = await phone.page.evaluate((size) => globalThis.benchTap.put(size), tap.bytes)
    await phone.page.waitForTimeout(APART_MS)
    await phone.page.evaluate((size) => globalThis.benchTap.putButton(size), tap.bytes)
    await touchKey(phone, '#bench-put')
    const button = await phone.page.evaluate(() => globalThis.benchTap.kept())
    if (n >= UNCOUNTED) {
      ours.push(tap.ms)
      untouched.push(bare)
      touched.push(button.ms)
    }
    await phone.page.waitForTimeout(APART_MS)
  }
  await phone.cdp.send('Emulation.setCPUThrottlingRate', { rate: 1 })
  const what = `tap → durable, 6 × CPU throttle, ${ours.length} of ${number(bytes)} bytes`
  return [
    ...[0.5, 0.99].map((q) => against(touched, 'the same put by a touch of a bare button', q)),
    ...[0.5, 0.99].map((q) => against(untouched, 'a bare put that no finger began', q)),
  ]

  function against(floor: readonly number[], name: string, q: number): Line {
    const ratio = quantile(ours, q) / quantile(floor, q)
    return {
      what: `${what}, p${q * 100}`,
      value: `${number(quantile(ours, q), 1)} ms`,
      floor: `${number(quantile(floor, q), 1)} ms (${name}) → ratio ${number(ratio, 2)}`,
      goal: '≤ 2 × the floor',
      holds: ratio <= 2,
    }
  }
}

async function seen(phone: Phone): Promise<Line[]> {
  const ours: number[] = []
  const floor: number[] = []
  await phone.page.evaluate(() => globalThis.benchTap.bareButton())
  for (let n = 0; n < 60 + UNCOUNTED; n++) {
    await touchKey(phone)
    const tap = await phone.page.evaluate(() => globalThis.benchTap.painted())
    if (n >= UNCOUNTED) ours.push(tap)
    await phone.page.waitForTimeout(APART_MS)
    await touchKey(phone, '#bench-bare')
    floor.push(await phone.page.evaluate(() => globalThis.benchTap.painted()))
  }
  const p95 = quantile(ours, 0.95)
  return [
    {
      what: 'tap → paint, unthrottled, work before the frame, p95',
      value: `${number(p95, 1)} ms`,
      floor: `${number(quantile(floor, 0.95), 1)} ms (a bare button)`,
      goal: '≤ 16 ms',
      holds: p95 <= 16,
    },
  ]
}

async function touchKey({ page, cdp }: Phone, selector?: string): Promise<void> {
  const box = await (selector === undefined ? keyOf(page) : page.locator(selector)).boundingBox()
  if (!box) throw new Error('the key has no place')
  const touch = { x: box.x + box.width / 2, y: box.y + box.height / 2 }
  await page.evaluate(() => globalThis.benchTap.expect())
  await cdp.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [touch] })
  await cdp.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
}

declare global {
  /** Put into the page by `watchTaps`. */
  var benchTap: {
    /** From here on the next touch counts. */
    expect(): void
    /** When its record was committed, ms after the touch, and the bytes written in that transaction. */
    kept(): Promise<{ ms: number; bytes: number }>
    /** Work on the main thread until the change of the page was painted, without waiting for the frame, ms. */
    painted(): Promise<number>
    /** A bare put of as many bytes: ms until it is committed. */
    put(bytes: number): Promise<number>
    /** Puts a bare button on the page, for one touch, that makes such a put; `kept` tells of it. */
    putButton(bytes: number): Promise<void>
    /** Puts a bare button on the page that changes its own text. */
    bareButton(): void
  }
}

/** Runs in the page, before the page's own script, and alone: it may use nothing from outside. */
function watchTaps(): void {
  let lifted = 0
  let waiting = false
  let kept = Promise.withResolvers<{ ms: number; bytes: number }>()
  let painted = Promise.withResolvers<number>()
  const written = new WeakMap<IDBTransaction, { bytes: number; isTap: boolean }>()

  const sizeOf = (value: unknown): number => {
    if (typeof value === 'string') return value.length
    if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) return value.byteLength
    if (typeof value !== 'object' || value === null) return 8
    return Object.entries(value).reduce((sum, [key, inner]) => sum + key.length + sizeOf(inner), 0)
  }
  // first to hear of the commit: what the page draws upon it comes after the record is safe
  const begin = IDBDatabase.prototype.transaction
  IDBDatabase.prototype.transaction = function (...asked: Parameters<typeof begin>) {
    const tx = begin.apply(this, asked)
    const known = { bytes: 0, isTap: false }
    written.set(tx, known)
    tx.addEventListener('complete', () => {
      if (known.isTap) kept.resolve({ ms: performance.now() - lifted, bytes: known.bytes })
    })
    return tx
  }
  const watch = (name: 'put' | 'add') => {
    const original = IDBObjectStore.prototype[name]
    IDBObjectStore.prototype[name] = function (value: unknown, key?: IDBValidKey) {
      const known = written.get(this.transaction) ?? { bytes: 0, isTap: false }
      known.bytes += sizeOf(value)
      if (this.name === 'outbox' && waiting) {
        waiting = false
        known.isTap = true
      }
      return key === undefined ? original.call(this, value) : original.call(this, value, key)
    }
  }
  watch('put')
  watch('add')

  const whenPainted = (begun: number) => {
    new MutationObserver((_changes, observer) => {
      observer.disconnect()
      const work = performance.now() - begun
      requestAnimationFrame((frame) => {
        const { port1, port2 } = new MessageChannel()
        port2.onmessage = () => painted.resolve(work + performance.now() - Math.max(frame, begun))
        port1.postMessage(null)
      })
    }).observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true })
  }
  addEventListener(
    'pointerup',
    (event) => {
      if (lifted !== 0) return
      lifted = event.timeStamp
      waiting = true
      // to look for the paint asks for a frame, which holds back the answers of the disk
      if (document.getElementById('bench-bare')) whenPainted(performance.now())
    },
    { capture: true },
  )

  /** A tap that leads to nothing ends the run instead of holding it up. */
  const within = <T>(promise: Promise<T>): Promise<T> =>
    Promise.race([
      promise,
      new Promise<never>((_, reject) =>
        setTimeout(() => reject(new Error('the tap led to nothing')), 20_000),
      ),
    ])
  const floor = Promise.withResolvers<IDBDatabase>()
  let opened = false
  const openFloor = () => {
    if (opened) return floor.promise
    opened = true
    const asked = indexedDB.open('bench-floor', 1)
    asked.onupgradeneeded = () => asked.result.createObjectStore('rows', { autoIncrement: true })
    asked.onsuccess = () => floor.resolve(asked.result)
    return floor.promise
  }
  const barePut = (db: IDBDatabase, value: Uint8Array) => {
    const tx = db.transaction('rows', 'readwrite', { durability: 'strict' })
    tx.objectStore('rows').put(value)
    return new Promise((done) => (tx.oncomplete = done))
  }
  const newButton = (id: string) => {
    const button = document.createElement('button')
    button.id = id
    button.style.cssText = 'position: fixed; inset: 0 auto auto 0; z-index: 9999; padding: 20px'
    button.textContent = '0'
    document.body.append(button)
    return button
  }
  globalThis.benchTap = {
    expect() {
      lifted = 0
      kept = Promise.withResolvers()
      painted = Promise.withResolvers()
    },
    kept: () => within(kept.promise),
    painted: () => within(painted.promise),
    async put(bytes) {
      const db = await openFloor()
      const value = crypto.getRandomValues(new Uint8Array(bytes))
      const began = performance.now()
      await barePut(db, value)
      return performance.now() - began
    },
    async putButton(bytes) {
      const db = await openFloor()
      const value = crypto.getRandomValues(new Uint8Array(bytes))
      const button = newButton('bench-put')
      button.ontouchend = async (event) => {
        // as the keys of the pad do: no click follows
        event.preventDefault()
        waiting = false
        await barePut(db, value)
        kept.resolve({ ms: performance.now() - lifted, bytes })
        button.remove()
      }
    },
    bareButton() {
      const button = newButton('bench-bare')
      button.onclick = () => (button.textContent = String(Number(button.textContent) + 1))
    },
  }
}
