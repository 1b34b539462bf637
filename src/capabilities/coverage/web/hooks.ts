/** What the screens of cover share. */

/** Instants of a clock that only has minutes: to be shown with the formats of UTC. */
export function minuteAt(minute: number): number {
  return minute * 60_000
}
