import { beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { cdp, page, userEvent } from 'vitest/browser'
import { show } from './kit/testing.tsx'
import { systemClock } from '../core/clock.ts'
import { atTheFinger, useTap } from './tap.ts'

/** Real touches, through the browser's own gestures. */
interface Browser {
  send(method: string, params: object): Promise<unknown>
}

const clock = atTheFinger(systemClock('boot'))
let taps: number
let clicks: number
/** What the clock of the device said in each tap: wall and counter. */
let times: [wall: number, mono: number][]

beforeEach(async () => {
  taps = 0
  clicks = 0
  times = []
  const count = () => (clicks += 1)
  document.addEventListener('click', count, { capture: true })
  onTestFinished(() => document.removeEventListener('click', count, { capture: true }))
  await show(
    <div style={{ blockSize: '4000px' }}>
      <Key
        onTap={() => {
          taps += 1
          times.push([clock.now(), clock.mono()])
        }}
      />
    </div>,
  )
  await vi.waitUntil(() => page.getByRole('button').query())
  onTestFinished(() => window.scrollTo(0, 0))
})

function Key({ onTap }: { onTap: () => void }) {
  return (
    <button {...useTap(onTap)} type="button" style={{ inlineSize: '200px', blockSize: '200px' }}>
      +1
    </button>
  )
}

test('a finger that lifts is one tap at once, and no click comes after it', async () => {
  await touch('touchStart', [middle()])
  expect(taps).toBe(0)
  await touch('touchEnd', [])
  expect(taps).toBe(1)
  await quiet()
  expect([taps, clicks]).toEqual([1, 0])
})

test('a mouse, the keyboard and whatever only clicks tap it too', async () => {
  const key = page.getByRole('button')
  await key.click()
  await userEvent.keyboard(' ')
  ;(key.element() as HTMLButtonElement).click()
  expect([taps, clicks]).toEqual([3, 3])
})

test('two taps that a busy page handles in one breath keep the time between them', async () => {
  const key = page.getByRole('button').element()
  const made: Event[] = []
  for (const isLater of [false, true]) {
    if (isLater) await new Promise((resolve) => setTimeout(resolve, 300))
    for (const type of ['touchstart', 'touchend'] as const) made.push(touchEvent(key, type))
  }
  await new Promise((resolve) => setTimeout(resolve, 500))
  for (const event of made) key.dispatchEvent(event)
  expect(taps).toBe(2)
  const [first, second] = times
  if (!first || !second) throw new Error('no times')
  expect(second[1] - first[1]).toBeGreaterThanOrEqual(299)
  expect(second[0] - first[0]).toBeGreaterThanOrEqual(298)
  expect(performance.now() - second[1]).toBeGreaterThanOrEqual(499)
  // and once they are handled it is now again
  expect(Math.abs(clock.mono() - performance.now())).toBeLessThan(100)
})

test('a finger that scrolls the page taps nothing', async () => {
  const { x, y } = middle()
  await touch('touchStart', [{ x, y }])
  for (const up of [10, 30, 60]) await touch('touchMove', [{ x, y: y - up }])
  await touch('touchEnd', [])
  await quiet()
  expect(window.scrollY).toBeGreaterThan(0)
  expect(taps).toBe(0)
})

test('a finger that stops a rolling page is left to the browser', async () => {
  document.dispatchEvent(new Event('scroll'))
  await touch('touchStart', [middle()])
  await touch('touchEnd', [])
  await expect.poll(() => clicks).toBe(1)
  expect(taps).toBe(1)
})

test('two fingers at once are left to the browser', async () => {
  const { x, y } = middle()
  const [one, two] = [
    { x: x - 40, y, id: 1 },
    { x: x + 40, y, id: 2 },
  ]
  await touch('touchStart', [one])
  await touch('touchStart', [one, two])
  await touch('touchEnd', [two])
  await touch('touchEnd', [])
  await quiet()
  expect(taps).toBe(clicks)
})

interface Point {
  readonly x: number
  readonly y: number
  readonly id?: number
}

/** Of the key, as the window around this frame counts. */
function middle(): Point {
  const key = page.getByRole('button').element().getBoundingClientRect()
  const frame = window.frameElement?.getBoundingClientRect()
  const scale = frame ? frame.width / window.innerWidth : 1
  return {
    x: (frame?.x ?? 0) + (key.x + key.width / 2) * scale,
    y: (frame?.y ?? 0) + (key.y + key.height / 2) * scale,
  }
}

/** Made now, to be heard of later. */
function touchEvent(target: Element, type: 'touchstart' | 'touchend'): Event {
  const { x, y } = target.getBoundingClientRect()
  const finger = new Touch({ identifier: 1, target, clientX: x + 9, clientY: y + 9 })
  return new TouchEvent(type, {
    bubbles: true,
    cancelable: true,
    touches: type === 'touchstart' ? [finger] : [],
    changedTouches: [finger],
  })
}

async function touch(type: string, touchPoints: readonly Point[]): Promise<void> {
  await (cdp() as unknown as Browser).send('Input.dispatchTouchEvent', { type, touchPoints })
}

/** Longer than a browser takes to make a click of a touch. */
async function quiet(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 400))
}
