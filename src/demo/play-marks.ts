/**
 * How a session goes that is marked place by place (play.ts): samples at a cue, lists, ratings, cold probes, finished
 * work, a student's own marks. Everything the student does is chance around the day's level; the places of a mark are
 * those of the measurement.
 */
import type { MeasureOf } from '../capabilities/sessions/records.ts'
import type { Played, Situation, Tap } from './play.ts'
import type { Random } from './seed.ts'

/** At each cue yes or no, a moment after it; now and then nobody looks in time. */
export function playIntervals(
  measure: MeasureOf<'interval'>,
  { level, interrupted }: Situation,
  random: Random,
): Played {
  const { planned, interval_s, max_missed, min_opportunities } = measure
  const over = interrupted ? random.int(3, planned - 1) : planned
  const allowed = Math.floor((over * max_missed) / 100)
  const taps: Tap[] = []
  let missed = 0
  for (let n = 1; n <= over; n++) {
    if (missed < allowed && random.chance(0.05)) missed += 1
    else taps.push(mark(n, random.chance(level) ? '1' : '0', n * interval_s * 1000 + random.int(400, 2_600)))
  }
  return {
    taps,
    length: over * interval_s * 1000 + random.int(5_500, 9_000),
    ...ending(interrupted),
    value: taps.length < min_opportunities ? null : percentOf(taps, '1'),
  }
}

export function playChecklist(measure: MeasureOf<'checklist'>, { level }: Situation, random: Random): Played {
  const taps = measure.items.map((_item, index) =>
    mark(index + 1, random.chance(level) ? 'yes' : 'no', 12_000 * (index + 1) + random.int(0, 6_000)),
  )
  return { ...finished(taps, random), value: percentOf(taps, 'yes') }
}

export function playProbe({ level }: Situation, random: Random): Played {
  const taps = [mark(1, random.chance(level) ? 'Y' : 'N', random.int(6_000, 14_000))]
  return { ...finished(taps, random), value: percentOf(taps, 'Y') }
}

/** Scored from the sheet afterward: so many worked on, so many of them wrong. */
export function playProduct(
  measure: MeasureOf<'product'>,
  { level, minutes }: Situation,
  random: Random,
): Played {
  const count = random.chance(0.1) ? measure.items - 1 : measure.items
  let errors = 0
  for (let n = 0; n < count; n++) if (!random.chance(level)) errors += 1
  const after = minutes * 60_000 - random.int(20_000, 60_000)
  const taps: Tap[] = [{ noun: 'tally', after, body: { count, errors } }]
  return { ...finished(taps, random), value: (100 * (count - errors)) / count }
}

/** Every item on its own scale, near the level. */
export function playRubric(measure: MeasureOf<'rubric'>, { level }: Situation, random: Random): Played {
  let total = 0
  const taps = measure.items.map(({ anchors }, index) => {
    const highest = anchors.length - 1
    const rated = Math.round(Math.min(highest, Math.max(0, (level + 0.18 * random.spread()) * highest)))
    total += rated
    return mark(index + 1, `${rated}`, 9_000 * (index + 1) + random.int(0, 5_000))
  })
  return { ...finished(taps, random), value: total }
}

/** Level is how often both say the same; the adult sees the student at it three times in four. */
export function playSelf(
  measure: MeasureOf<'self'>,
  { level, interrupted }: Situation,
  random: Random,
): Played {
  const { planned, interval_s, min_opportunities } = measure
  const over = interrupted ? random.int(2, planned - 1) : planned
  const taps: Tap[] = []
  let same = 0
  for (let n = 1; n <= over; n++) {
    const cue = n * interval_s * 1000
    const adult = random.chance(0.75)
    const agrees = random.chance(level)
    if (agrees) same += 1
    taps.push(
      mark(n, adult === agrees ? '1' : '0', cue + random.int(500, 1_800), 'student'),
      mark(n, adult ? '1' : '0', cue + random.int(2_200, 4_200), 'adult'),
    )
  }
  return {
    taps,
    length: over * interval_s * 1000 + random.int(5_500, 9_000),
    ...ending(interrupted),
    value: over < min_opportunities ? null : (100 * same) / over,
  }
}

function mark(n: number, code: string, after: number, who?: 'student' | 'adult'): Tap {
  return { noun: 'mark', after, body: { n, code, ...(who && { who }) } }
}

function finished(taps: readonly Tap[], random: Random): Omit<Played, 'value'> {
  return { taps, length: (taps.at(-1)?.after ?? 0) + random.int(3_000, 8_000), status: 'complete' }
}

function ending(interrupted: boolean): Pick<Played, 'status'> {
  return { status: interrupted ? 'partial' : 'complete' }
}

function percentOf(taps: readonly Tap[], code: string): number {
  return (100 * taps.filter((tap) => tap.noun === 'mark' && tap.body.code === code).length) / taps.length
}
