/** The last intervals of a session: yes, no, missed, and the one that is asked about. Answered ones can be corrected. */
import { useLingui } from '@lingui/react/macro'
import type { SessionItem, SessionState } from '../state.ts'
import { Strip, type StripPlace } from './Strip.tsx'

/** Two rows on the narrowest phone. */
const SHOWN = 20

export interface IntervalStripProps {
  readonly state: SessionState
  readonly planned: number
  /** How many are over. */
  readonly over: number
  readonly asked: number | null
  readonly yes: string
  readonly no: string
  /** Yes is what is wanted more of. */
  readonly wanted: boolean
  readonly onItem: (item: SessionItem) => void
}

export function IntervalStrip({ state, planned, over, asked, yes, no, wanted, onItem }: IntervalStripProps) {
  const { t } = useLingui()
  const items = new Map(state.items.map((item) => [item.n, item]))
  const shown = Math.min(planned, SHOWN)
  const first = Math.max(1, Math.min(planned - shown + 1, over - shown + 2))
  const places = Array.from({ length: shown }, (_, index): StripPlace => {
    const n = first + index
    const item = items.get(n)
    if (item) {
      const word = item.code === '1' ? yes : no
      return {
        n,
        mark: item.code === '1' ? '+' : '–',
        tone: item.code === '1' ? (wanted ? 'alone' : 'not') : wanted ? 'not' : 'prompted',
        label: t`Interval ${n}: ${word}. Correct`,
        onPress: () => onItem(item),
      }
    }
    if (n === asked) return { n, mark: '', label: t`Interval ${n}: asked now`, isNext: true }
    return n <= over
      ? { n, mark: '·', tone: 'out', label: t`Interval ${n}: missed` }
      : { n, mark: '', label: t`Interval ${n}: to come` }
  })
  return <Strip label={t`Intervals`} places={places} />
}
