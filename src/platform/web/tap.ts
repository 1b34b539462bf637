/**
 * A key that acts when the finger lifts. A browser makes a click of a touch only after it has tried it as a gesture and
 * played a whole mouse to the page: on a slow phone that is longer than the rest of a tap. Screens use it for the keys
 * that are pressed hundreds of times a day; every other button is a plain `onClick`.
 *
 * What must stay true: one touch is one tap; a finger that scrolls, stops a page that still rolls, rests, or comes with
 * another one is left to the browser, which makes a click of it or not, as of any button; whoever has no finger
 * (mouse, keyboard, switch, screen reader) clicks; and a tap is of the moment in which it was made, however long the
 * page was busy with something else, so that two of them never become the bounce of one.
 */
import { useRef, type TouchEvent } from 'react'
import type { Clock } from '../core/clock.ts'

/** A finger that moved further than this is no tap, CSS px. Below what browsers forgive. */
const SLOP_PX = 8
/** One that rested longer is a long press, ms. Below what browsers call one. */
const LONG_MS = 400
/** A page that moved this lately may still be rolling, ms: the touch stops it. */
const ROLLING_MS = 250

export interface TapProps {
  readonly onClick: (event: { readonly timeStamp: number }) => void
  readonly onTouchStart: (event: TouchEvent) => void
  readonly onTouchEnd: (event: TouchEvent) => void
  readonly onTouchCancel: () => void
}

/** For the element that is the key: `<button {...useTap(() => …)}>`. */
export function useTap(onTap: () => void): TapProps {
  const finger = useRef<{ id: number; x: number; y: number; at: number } | null>(null)
  return {
    onClick: (event) => asOf(event, onTap),
    onTouchStart({ touches, timeStamp }) {
      const touch = touches[0]
      const isAlone = touch && touches.length === 1 && timeStamp - scrolledAt > ROLLING_MS
      finger.current = isAlone
        ? { id: touch.identifier, x: touch.clientX, y: touch.clientY, at: timeStamp }
        : null
    },
    onTouchEnd(event) {
      const begun = finger.current
      const touch = event.changedTouches[0]
      finger.current = null
      if (!begun || !touch || touch.identifier !== begun.id || event.touches.length > 0) return
      const moved = Math.hypot(touch.clientX - begun.x, touch.clientY - begun.y)
      if (moved > SLOP_PX || event.timeStamp - begun.at > LONG_MS || !event.cancelable) return
      // no click follows, which could meet another button that the tap put into this place
      event.preventDefault()
      asOf(event, onTap)
    },
    onTouchCancel() {
      finger.current = null
    },
  }
}

/** How long before now what is being handled was done, ms; 0 while nothing is. */
let agoMs = 0
/** A page is not busy for longer than this, ms; an event that says so has another clock. */
const BUSY_MS = 10_000

/** Handles what was done at the time of its event. */
function asOf({ timeStamp }: { readonly timeStamp: number }, handle: () => void): void {
  const ago = performance.now() - timeStamp
  agoMs = ago > 0 && ago < BUSY_MS ? ago : 0
  try {
    handle()
  } finally {
    agoMs = 0
  }
}

/** The machine's clock for a device: while a tap is handled, it stands where the finger was. */
export function atTheFinger(machine: Clock): Clock {
  return {
    boot: machine.boot,
    now: () => Math.round(machine.now() - agoMs),
    mono: () => machine.mono() - agoMs,
  }
}

/** When anything on the page moved last, on the clock of events. */
let scrolledAt = -Infinity
globalThis.document?.addEventListener('scroll', (event) => (scrolledAt = event.timeStamp), {
  capture: true,
  passive: true,
})
