/** What the signs of a goal graph mean: only those that are on it, in the same shapes. */
import { useLingui } from '@lingui/react/macro'
import type { Role } from '../chart.ts'
import type { GraphModel } from '../rules.ts'
import { STYLES } from '../style.ts'
import styles from './GoalGraph.module.css'

export function Key({ model }: { model: GraphModel }) {
  const { t } = useLingui()
  const { points, aims, phaseLines } = model
  const agreements = points.flatMap((point) => point.notes.filter((note) => note.kind === 'agreement'))
  const hollow = points.some((point) => point.hollow)
  const signs: readonly { role: Role; d: string; words: string; here: boolean }[] = [
    { role: 'point', d: DOT, words: t`counts`, here: hollow },
    { role: 'hollow', d: DOT, words: t`does not count (below minimum or still running)`, here: hollow },
    {
      role: 'point',
      d: SQUARE,
      words: t`sessions of one day together`,
      here: points.some((one) => one.shape === 'square'),
    },
    { role: 'aim', d: STROKE, words: t`aim`, here: aims.some((aim) => aim.current) },
    { role: 'aim-old', d: STROKE, words: t`earlier aim`, here: aims.some((aim) => !aim.current) },
    { role: 'phase-minor', d: UPRIGHT, words: t`minor change`, here: phaseLines.some((line) => !line.major) },
    { role: 'agreement', d: TRIANGLE, words: t`second observer`, here: agreements.some((note) => !note.low) },
    {
      role: 'agreement-low',
      d: TRIANGLE,
      words: t`second observer, agreement under 80%`,
      here: agreements.some((note) => note.low),
    },
  ]
  const here = signs.filter((sign) => sign.here)
  if (here.length === 0) return null
  return (
    <ul className={styles.key} aria-label={t`Key`}>
      {here.map(({ role, d, words }) => (
        <li key={words}>
          <svg width={28} height={16} aria-hidden>
            <path
              d={d}
              fill={paint(STYLES[role].fill)}
              stroke={paint(STYLES[role].stroke)}
              strokeWidth={STYLES[role].width}
              strokeDasharray={STYLES[role].dash}
            />
          </svg>
          {words}
        </li>
      ))}
    </ul>
  )
}

const paint = (name: string | undefined) => (name === undefined ? 'none' : `var(--${name})`)

const DOT = 'M10,8a4,4 0 1,0 8,0a4,4 0 1,0 -8,0Z'
const SQUARE = 'M10.4,4.4h7.2v7.2h-7.2Z'
const STROKE = 'M1,8H27'
const UPRIGHT = 'M14,0V16'
const TRIANGLE = 'M10.5,11h7l-3.5,-6Z'
