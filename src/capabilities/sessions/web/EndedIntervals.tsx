/** The intervals of a session that has ended: what was said of each, and which were missed. */
import { Figures } from './Figures.tsx'
import { IntervalStrip } from './IntervalStrip.tsx'
import { useIntervalWords } from './interval-words.ts'
import type { SessionItem, SessionState } from '../state.ts'

export function EndedIntervals({
  state,
  wanted,
  onItem,
}: {
  state: SessionState
  /** Yes is what is wanted more of. */
  wanted: boolean
  onItem: (item: SessionItem) => void
}) {
  const { measure } = state
  const words = useIntervalWords(measure.system === 'interval' ? measure.method : 'partial')
  if (measure.system !== 'interval') return null
  const { scored = 0, missed = 0 } = state.summary.parts ?? {}
  const over = Math.floor(state.observedMs / (measure.interval_s * 1000))
  return (
    <>
      <IntervalStrip
        state={state}
        planned={measure.planned}
        over={Math.min(measure.planned, over)}
        asked={null}
        onItem={onItem}
        yes={words.yes}
        no={words.no}
        wanted={wanted}
      />
      {missed > 0 && <Figures scored={scored} observed={state.items.length} missed={missed} />}
    </>
  )
}
