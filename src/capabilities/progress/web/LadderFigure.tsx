/** Sessions by prompt level: the stacked bars, what each says, its key and its table. */
import { Trans, useLingui } from '@lingui/react/macro'
import { fillingSign } from '../key.ts'
import { ladderOf, type LadderSession, type Rung } from '../ladder.ts'
import { fillingOf, ladderChart } from '../ladder-chart.ts'
import type { Measure } from '../../sessions/records.ts'
import { Canvas } from './Canvas.tsx'
import { FigureTable } from './FigureTable.tsx'
import type { Shown } from './GraphCard.tsx'
import { Signs } from './Signs.tsx'
import { useLadderWords } from './picture-words.ts'
import styles from './GoalGraph.module.css'

export default function LadderFigure({ shown }: { shown: Shown }) {
  const { t } = useLingui()
  const { goal, model, input } = shown
  const { words, rung } = useLadderWords()
  const ladder = ladderOf(goal.version.body.measure as Measure, input.sessions)
  if (!ladder) return null
  const points = new Map(model.points.map((point) => [point.sessionId, point]))
  const sessions = ladder.sessions.filter((one) => points.has(one.session))
  const used = ladder.rungs.map((_, nth) => sessions.some((one) => (one.counts[nth] ?? 0) > 0))
  const describe = (one: LadderSession | undefined) => {
    const point = one && points.get(one.session)
    if (!one || !point) return ''
    const parts = one.counts.flatMap((count, nth) => (count > 0 ? [`${nameOf(nth)} ${count}`] : []))
    return [words.when(point), ...parts, middle(one), point.by.join(', ')].join(' · ')
  }
  const title = goal.version.body.title
  return (
    <figure className={styles.graph} aria-label={title}>
      <Canvas
        draw={(frame) => ladderChart(model, ladder, frame, words).chart}
        label={t`${title}. Results of ${sessions.length} sessions by prompt level.`}
        total={sessions.length}
        describe={(index) => describe(sessions[index])}
        idle={<span className={styles.latest}>{describe(sessions.at(-1))}</span>}
      />
      <Signs
        signs={ladder.rungs.flatMap((one, nth) =>
          used[nth] ? [fillingSign(fillingOf(ladder.rungs, nth), rung(one))] : [],
        )}
      />
      <FigureTable
        caption={t`${title}, results by prompt level, newest first`}
        headings={[
          t`Date`,
          ...ladder.rungs.filter((_, nth) => used[nth]).map(rung),
          t`Middle`,
          t`Most often`,
        ]}
        rows={sessions.toReversed().map((one) => {
          const point = points.get(one.session)
          return {
            key: one.session,
            cells: [
              point ? words.when(point) : '',
              ...one.counts.filter((_, nth) => used[nth]).map(String),
              one.median.map(nameOf).join(t` to `),
              one.mode.map(nameOf).join(', '),
            ],
          }
        })}
      />
      <p className={styles.latest}>
        <Trans>
          Levels are an order, not numbers: the middle result and the most frequent one are shown, and no
          average.
        </Trans>
      </p>
    </figure>
  )

  function nameOf(nth: number): string {
    return rung(ladder?.rungs[nth] as Rung)
  }

  function middle({ median }: LadderSession): string {
    const result = median.map(nameOf).join(t` to `)
    return t`middle: ${result}`
  }
}
