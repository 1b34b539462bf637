/**
 * What a day of the school's calendar means: its type, how it runs, and where a piece of the timetable lands on it.
 * Pure; the server resolves boards with it, coverage plans with it, the coordinator's calendar previews with it.
 */

/** From and to on a school's clock, `HH:MM`. */
export interface Span {
  readonly start: string
  readonly end: string
}

/**
 * When a piece of the timetable runs on a day whose blocks are not the regular ones. A piece that fills its block fills
 * the block of the same code; one that begins or ends within it keeps its share of the block, to the whole minute, so
 * that two that touch still touch and none is lost without a word. Null: nothing is left of it.
 */
export function landed(
  piece: { readonly start: string | null; readonly end: string | null },
  regular: Span,
  onThatDay: Span,
): Span | null {
  const from = minuteOf(regular.start)
  const length = minuteOf(regular.end) - from
  const begin = minuteOf(onThatDay.start)
  const share = (time: string) => {
    const within = Math.min(Math.max(minuteOf(time) - from, 0), length)
    return begin + Math.round((within * (minuteOf(onThatDay.end) - begin)) / length)
  }
  const start = piece.start === null ? begin : share(piece.start)
  const end = piece.end === null ? minuteOf(onThatDay.end) : share(piece.end)
  return end > start ? { start: timeOf(start), end: timeOf(end) } : null
}

/** Minutes since midnight of `HH:MM` or `HH:MM:SS`; seconds are left out. */
export function minuteOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))
}

/** `HH:MM` of minutes since midnight. */
export function timeOf(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
}
