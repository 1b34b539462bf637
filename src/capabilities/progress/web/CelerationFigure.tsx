/** Frequencies on the standard celeration chart: the drawing, what each day says, its key and its table. */
import { Trans, useLingui } from '@lingui/react/macro'
import { dayAt } from '../calendar.ts'
import { celerationChart } from '../celeration-chart.ts'
import { frequenciesOf, type Series } from '../frequencies.ts'
import { sign } from '../key.ts'
import { stretchesOf } from '../stretches.ts'
import { Canvas } from './Canvas.tsx'
import { FigureTable } from './FigureTable.tsx'
import type { Shown } from './GraphCard.tsx'
import { useCelerationWords } from './picture-words.ts'
import { Signs } from './Signs.tsx'
import styles from './GoalGraph.module.css'

type Point = Series['points'][number] & { readonly kind: Series['kind'] }

export default function CelerationFigure({ shown }: { shown: Shown }) {
  const { t } = useLingui()
  const words = useCelerationWords()
  const { goal, model, input } = shown
  const found = frequenciesOf(model, input.sessions, stretchesOf(model, 'ols'))
  if (!found)
    return (
      <p className={styles.latest}>
        <Trans>Nothing was counted in a known time yet.</Trans>
      </p>
    )
  const { title } = goal.version.body
  const both = found.series.length > 1
  const names = { up: both ? t`correct` : t`to increase`, down: both ? t`errors` : t`to decrease` }
  // the days are the same at every width
  const { points } = celerationChart(model, found, { width: 600, height: 400, text: 12 }, words)
  const all = found.series.flatMap((one) => one.points)
  const zeros = all.filter((one) => one.belowFloor).length
  const describe = (point: Point | undefined) => {
    if (!point) return ''
    const day = words.day(dayAt(point.day), 'month_day')
    const minutes = words.number(Math.round(100 * point.minutes) / 100)
    const rate = words.value(point.count / point.minutes, { kind: 'per_minute' })
    return [day, both ? names[point.kind] : '', t`${point.count} in ${minutes} min`, rate]
      .filter((part) => part !== '')
      .join(' · ')
  }
  const lines = found.series.flatMap(({ kind, runs }) =>
    runs.map(({ line }) => {
      const factor = words.celeration(line.perWeek)
      const name = names[kind]
      return t`${name}: ${factor} (n = ${line.n})`
    }),
  )
  return (
    <figure className={styles.graph} aria-label={title}>
      <Canvas
        draw={(frame) => celerationChart(model, found, frame, words).chart}
        label={t`${title}. Standard celeration chart. ${lines.join('. ')}`}
        total={points.length}
        describe={(index) => describe(points[index])}
        idle={<span className={styles.latest}>{describe(points.at(-1))}</span>}
        height={(width, rem) => Math.min(36 * rem, Math.max(22 * rem, width * 0.66))}
      />
      <Signs
        signs={[
          ...(found.series.some((one) => one.kind === 'up') ? [sign('point', 'dot', names.up)] : []),
          ...(found.series.some((one) => one.kind === 'down') ? [sign('error', 'cross', names.down)] : []),
          sign('floor', 'dash', t`record floor (one in the time observed)`),
          ...(zeros > 0 ? [sign('floor', 'tick', t`none: below the record floor`)] : []),
          ...(lines.length > 0 ? [sign('trend', 'stroke', t`celeration`)] : []),
        ]}
      />
      <p className={styles.latest}>
        {lines.join(' · ')}
        {zeros > 0 && (
          <>
            {' '}
            <Trans>Sessions without any stand at the record floor and are not in the line.</Trans>
          </>
        )}
      </p>
      <FigureTable
        caption={t`${title}, per minute, newest first`}
        headings={[t`Date`, ...(both ? [t`Series`] : []), t`Count`, t`Minutes`, t`Per minute`]}
        rows={points.toReversed().map((point) => ({
          key: `${point.kind}${point.session}`,
          cells: [
            words.day(dayAt(point.day), 'month_day'),
            ...(both ? [names[point.kind]] : []),
            String(point.count),
            words.number(Math.round(100 * point.minutes) / 100),
            words.number(Math.round(1000 * (point.count / point.minutes)) / 1000),
          ],
        }))}
      />
    </figure>
  )
}
