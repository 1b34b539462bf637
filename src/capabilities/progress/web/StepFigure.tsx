/** A task analysis step by step: the grid, what each session says, its key and its table. */
import { useLingui } from '@lingui/react/macro'
import type { Measure } from '../../sessions/records.ts'
import { fillingSign, sign } from '../key.ts'
import { stepChart, stepHeight } from '../step-chart.ts'
import { stepwiseOf, type StepSession } from '../stepwise.ts'
import { Canvas } from './Canvas.tsx'
import { FigureTable } from './FigureTable.tsx'
import type { Shown } from './GraphCard.tsx'
import { useStepWords } from './picture-words.ts'
import { Signs } from './Signs.tsx'
import styles from './GoalGraph.module.css'

export default function StepFigure({ shown }: { shown: Shown }) {
  const { t } = useLingui()
  const { goal, model, input } = shown
  const { words, results } = useStepWords()
  const stepwise = stepwiseOf(goal.version.body.measure as Measure, input.sessions)
  if (!stepwise) return null
  const points = new Map(model.points.map((point) => [point.sessionId, point]))
  const order = new Map(model.points.map((point, index) => [point.sessionId, index]))
  const sessions = stepwise.sessions
    .filter((one) => points.has(one.session))
    .toSorted((a, b) => (order.get(a.session) ?? 0) - (order.get(b.session) ?? 0))
  const { title } = goal.version.body
  const taught = sessions.some((one) => one.taught !== null)
  const describe = (one: StepSession | undefined) => {
    const point = one && points.get(one.session)
    if (!one || !point) return ''
    const parts = [words.when(point), t`${one.alone} of ${one.presented} steps alone`, taughtWord(one)]
    return parts.filter((part) => part !== '').join(' · ')
  }
  return (
    <figure className={styles.graph} aria-label={title}>
      <Canvas
        draw={(frame) => stepChart(model, stepwise, frame, words).chart}
        label={t`${title}. ${stepwise.steps.length} steps in ${sessions.length} sessions.`}
        total={sessions.length}
        describe={(index) => describe(sessions[index])}
        idle={<span className={styles.latest}>{describe(sessions.at(-1))}</span>}
        height={(_, rem) => stepHeight(stepwise.steps.length, 0.8125 * rem)}
      />
      <Signs
        signs={[
          fillingSign('solid', results.alone),
          fillingSign('rising', results.helped),
          fillingSign('empty', results.not),
          sign('floor', 'dash', results.adult),
          ...(taught ? [sign('aim', 'steps', t`step that was taught`)] : []),
        ]}
      />
      <FigureTable
        caption={t`${title}, step by step, newest first`}
        headings={[
          t`Date`,
          t`Steps alone`,
          ...(taught ? [t`Taught`] : []),
          ...stepwise.steps.map((step, nth) => `${nth + 1} ${step}`),
        ]}
        rows={sessions.toReversed().map((one) => {
          const point = points.get(one.session)
          return {
            key: one.session,
            cells: [
              point ? words.when(point) : '',
              `${one.alone}/${one.presented}`,
              ...(taught ? [one.taught === null ? '' : String(one.taught)] : []),
              ...one.results.map((result) => (result === null ? '' : results[result])),
            ],
          }
        })}
      />
    </figure>
  )

  function taughtWord({ taught: step }: StepSession): string {
    return step === null ? '' : t`step ${step} was taught`
  }
}
