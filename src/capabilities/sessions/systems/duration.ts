/** Duration (domain C5): episodes from a start to a stop, on the observation clock. */
import { observedBetween } from '../clock.ts'
import type { Line } from '../lines.ts'
import type { Flag, SessionItem } from '../state.ts'
import { rapidTaps } from './occurrences.ts'
import {
  aside,
  momentsOf,
  pair,
  sumOf,
  type Aside,
  type Counted,
  type Moment,
  type SystemInput,
} from './system.ts'

/**
 * Total: all episodes ÷ 1. Mean: all ÷ episodes. Percent: all ÷ observed time. The same behavior cannot overlap: a
 * second start is a new episode or nothing, as the definition says. Of an episode that crosses a pause only the
 * observed time counts; one that still runs when the session ends is closed there, and that is said.
 */
export function duration(input: SystemInput<'duration'>): Counted {
  const { measure, spans, end, observedMs } = input
  const items: SessionItem[] = []
  const others: Aside[] = []
  const flags = new Set<Flag>()
  const rapid = rapidTaps(input)
  let running: Moment | null = null
  for (const moment of momentsOf(input)) {
    const { item } = moment
    if (rapid.has(item.id)) others.push(aside(item, 'double_tap'))
    else if (moment.isAfterEnd) others.push(aside(item, 'after_end'))
    else if (item.code === 'off') {
      if (running) running = close(running, moment.line, item)
      else others.push(aside(item, 'unpaired'))
    } else if (moment.inside === null) others.push(aside(item, 'outside_clock'))
    else if (running && measure.second_start === 'ignored') others.push(aside(item, 'overlap'))
    else {
      if (running) close(running, moment.line)
      running = moment
    }
  }
  if (running && end) {
    flags.add('closed_at_end')
    close(running, end)
  } else if (running) items.push({ ...running.item, n: items.length + 1, clock: running.clock })

  const lengths = items.flatMap(({ ms }) => ms ?? [])
  const total = Math.min(sumOf(lengths), observedMs)
  const by = { total: 1, mean: lengths.length, percent: observedMs }[measure.value]
  const parts = { episodes: lengths.length, total_ms: total, longest_ms: Math.max(0, ...lengths) }
  return { items, aside: others, flags: [...flags], value: { ...pair(total, by, observedMs), parts } }

  function close({ line, item, clock }: Moment, to: Line, by?: SessionItem): null {
    const { ms, flag } = observedBetween(spans, line, to)
    if (flag) flags.add(flag)
    const estimated = item.estimated ?? by?.estimated
    items.push({
      ...item,
      n: items.length + 1,
      clock,
      ms,
      ...(estimated ? { estimated } : {}),
      ...(by ? { endedBy: by.id } : {}),
    })
    return null
  }
}
