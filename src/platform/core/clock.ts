/**
 * The clock port. Nothing in the product reads the time on its own: it is handed a Clock, so that the demo
 * school can live on its own Tuesday, tests can move time, and a fold never sees "now".
 */
export interface Clock {
  /** Wall-clock milliseconds since the epoch. May jump. */
  now(): number
  /** Monotonic milliseconds since `boot`. Never goes back while `boot` stays the same. */
  mono(): number
  /** Names the run of the monotonic counter; a reload or a restart begins a new one. */
  readonly boot: string
}

/** The machine's clock, shifted by `offset()` milliseconds (demo districts only; 0 elsewhere). */
export function systemClock(boot: string, offset: () => number = () => 0): Clock {
  return { boot, now: () => Date.now() + offset(), mono: () => performance.now() }
}
