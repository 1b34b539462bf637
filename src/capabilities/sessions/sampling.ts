/**
 * What the ways of recording would have made of one stream of behavior: from its episodes to duration, count,
 * partial-interval, whole-interval and momentary values (domain C3, C5, C8). Pure. Called where an owner compares
 * methods, where a timed session is read as intervals, and by `handrail analyze streams`.
 *
 * Times are in one unit of the caller's, whole milliseconds best, counted from the start of the observation.
 * Conventions, the same as those of ARPobservation (Pustejovsky):
 * - An episode lasts from its onset up to its offset, the offset not included; an instant (onset = offset) is at
 *   that instant.
 * - An interval begins every `every` units; its last `rest` units are for writing down and are not observed.
 * - Momentary samples are taken at the end of each interval, rest included: at `every`, 2·`every`, …
 * - Only whole intervals count; what is left over at the end is not observed.
 * - A behavior that was going on at the start has a duration, but is no event of this observation.
 */

export interface Episode {
  readonly onset: number
  /** Not before the onset. Infinity: still going on when the observation ended, and so at its last instant too. */
  readonly offset: number
}

export interface IntervalPlan {
  /** How long was watched. */
  readonly observed: number
  /** From the start of an interval to the start of the next. */
  readonly every: number
  /** The part of it, at its end, that is not watched. */
  readonly rest: number
}

/** Time of the behavior within the observation. Episodes do not overlap one another (domain C.3). */
export function durationWithin(episodes: readonly Episode[], observed: number): number {
  return episodes.reduce(
    (sum, { onset, offset }) => sum + Math.max(0, Math.min(offset, observed) - Math.max(onset, 0)),
    0,
  )
}

/** Onsets within the observation, without one that was there from the start. */
export function eventsWithin(episodes: readonly Episode[], observed: number): number {
  return episodes.filter(({ onset }) => onset > 0 && onset <= observed).length
}

/** For each interval whether the behavior occurred at any time while it was watched. */
export function partialIntervals(episodes: readonly Episode[], plan: IntervalPlan): boolean[] {
  return windowsOf(plan).map(({ start, end }) =>
    episodes.some(({ onset, offset }) => onset < end && (offset > start || onset >= start)),
  )
}

/** For each interval whether one episode lasted all of the time that was watched. */
export function wholeIntervals(episodes: readonly Episode[], plan: IntervalPlan): boolean[] {
  return windowsOf(plan).map(({ start, end }) =>
    episodes.some(({ onset, offset }) => onset <= start && offset >= end),
  )
}

/** For each interval whether the behavior was going on at the instant of its end. */
export function momentarySamples(episodes: readonly Episode[], plan: IntervalPlan): boolean[] {
  return windowsOf(plan).map(({ start }) => occursAt(episodes, start + plan.every))
}

/** Whether the behavior was going on at an instant. */
export function occursAt(episodes: readonly Episode[], at: number): boolean {
  return episodes.some(({ onset, offset }) => onset <= at && (at < offset || onset === at))
}

/** The watched part of each whole interval. */
function windowsOf({ observed, every, rest }: IntervalPlan): { start: number; end: number }[] {
  const count = every > 0 ? Math.floor(observed / every) : 0
  return Array.from({ length: count }, (_, i) => ({ start: i * every, end: (i + 1) * every - rest }))
}
