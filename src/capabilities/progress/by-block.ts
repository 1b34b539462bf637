/**
 * How much of the observed time of each block a behavior went on (domain C.3). An episode that crosses the edge of a block
 * is one episode, of the block in which it began; its time is split, for the share of each block is of that block's own
 * minutes. Instants only: neither midnight nor a change of the clock moves anything. Pure.
 */
import type { SessionState } from '../sessions/state.ts'

/** A block of one day, as instants in ms; its end is no part of it. */
export interface BlockSpan {
  readonly code: string
  readonly name: string
  readonly from: number
  readonly to: number
}

export interface BlockShare {
  /** Null: outside of all blocks. */
  readonly code: string | null
  readonly name: string
  /** Numerator and denominator of the share, ms. */
  readonly ms: number
  readonly observedMs: number
  /** Episodes and sessions that began in it. */
  readonly episodes: number
  readonly sessions: number
}

type Watched = Pick<SessionState, 'started' | 'ended' | 'observedMs' | 'items' | 'status' | 'observer'>

/**
 * Sessions of a duration against the blocks of their days, by the first start of a block; blocks that nobody observed are
 * not there. When within a paused session the clock stood still is not in its state: such a session counts in the block
 * in which it began, whole.
 */
export function sharesByBlock(sessions: readonly Watched[], blocks: readonly BlockSpan[]): BlockShare[] {
  const shares = new Map<string | null, BlockShare>()
  const add = (
    span: BlockSpan | null,
    more: Partial<Record<'ms' | 'observedMs' | 'episodes' | 'sessions', number>>,
  ) => {
    const code = span?.code ?? null
    const before = shares.get(code) ?? {
      code,
      name: span?.name ?? '',
      ms: 0,
      observedMs: 0,
      episodes: 0,
      sessions: 0,
    }
    shares.set(code, {
      ...before,
      ms: before.ms + (more.ms ?? 0),
      observedMs: before.observedMs + (more.observedMs ?? 0),
      episodes: before.episodes + (more.episodes ?? 0),
      sessions: before.sessions + (more.sessions ?? 0),
    })
  }
  for (const { started, ended, observedMs, items, status, observer } of sessions) {
    const isOver = status === 'complete' || status === 'partial'
    if (!isOver || ended === null || observer !== 'primary' || observedMs === 0) continue
    const from = Date.parse(started)
    const isPaused = observedMs !== Date.parse(ended) - from
    const home = blockAt(from, blocks)
    const split = (begin: number, ms: number) =>
      isPaused ? [{ span: home, ms }] : splitOver(begin, begin + ms, blocks)
    add(home, { sessions: 1 })
    for (const part of split(from, observedMs)) add(part.span, { observedMs: part.ms })
    for (const { at, ms } of items) {
      if (ms === undefined) continue
      const begin = Date.parse(at)
      add(isPaused ? home : blockAt(begin, blocks), { episodes: 1 })
      for (const part of split(begin, ms)) add(part.span, { ms: part.ms })
    }
  }
  const order = blocks.toSorted((a, b) => a.from - b.from).map(({ code }) => code)
  const placeOf = ({ code }: BlockShare) => (code === null ? Infinity : order.indexOf(code))
  return [...shares.values()].toSorted((a, b) => placeOf(a) - placeOf(b))
}

/** The parts of a stretch of time by the block that they lie in, in order; null = in none. */
export function splitOver(
  from: number,
  to: number,
  blocks: readonly BlockSpan[],
): readonly { readonly span: BlockSpan | null; readonly ms: number }[] {
  const edges = [from, ...blocks.flatMap((block) => [block.from, block.to]), to]
    .filter((edge) => from <= edge && edge <= to)
    .toSorted((a, b) => a - b)
  return edges.slice(1).flatMap((edge, n) => {
    const begin = edges[n] ?? edge
    return edge > begin ? [{ span: blockAt(begin, blocks), ms: edge - begin }] : []
  })
}

function blockAt(at: number, blocks: readonly BlockSpan[]): BlockSpan | null {
  return blocks.find(({ from, to }) => from <= at && at < to) ?? null
}
