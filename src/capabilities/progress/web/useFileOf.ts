/** Makes the files of a goal's drawings in the browser: the same geometry as on screen, in inks for paper. */
import { useLingui } from '@lingui/react/macro'
import { wordOfCondition } from '../../../platform/web/i18n/results.ts'
import { celerationChart } from '../celeration-chart.ts'
import { chart, type Chart, type Frame } from '../chart.ts'
import { frequenciesOf } from '../frequencies.ts'
import { fillingSign, sign, type Sign } from '../key.ts'
import { fillingOf, ladderChart } from '../ladder-chart.ts'
import { ladderOf } from '../ladder.ts'
import type { Measure } from '../../sessions/records.ts'
import { stepChart, stepHeight } from '../step-chart.ts'
import { stepwiseOf } from '../stepwise.ts'
import { stretchesOf } from '../stretches.ts'
import { toSvg } from '../svg.ts'
import { csvOf } from '../table-file.ts'
import type { FileTaken } from '../online.ts'
import { overlayOf } from './GoalGraph.tsx'
import type { Picture, Shown } from './GraphCard.tsx'
import { useCelerationWords, useLadderWords, useStepWords } from './picture-words.ts'
import { useKey } from './useKey.ts'
import { useGraphWords } from './words.ts'

type FileOf = (shown: Shown, picture: Picture, format: FileTaken['format'], reason: string) => Promise<Blob>

/** Size of a drawing in a file, px; a picture has twice as many dots each way. */
const FRAME: Frame = { width: 900, height: 420, text: 13 }
const DOTS = 2
const FONT = 'Atkinson Hyperlegible Next, Segoe UI, Helvetica, Arial, sans-serif'

export function useFileOf(): FileOf {
  const { t, i18n } = useLingui()
  const words = useGraphWords()
  const ladder = useLadderWords()
  const steps = useStepWords()
  const celeration = useCelerationWords()
  const keyOf = useKey()

  return async (shown, picture, format, reason) => {
    const { goal, model, chosenUnnamed } = shown
    const { title } = goal.version.body
    const today = new Intl.DateTimeFormat(i18n.locale, { dateStyle: 'long', timeZone: goal.tz }).format(
      new Date(),
    )
    const filter = chosenUnnamed.join(' · ')
    const below = [
      ...(filter === '' ? [] : [t`Shown: ${filter}`]),
      t`Saved on ${today} for: ${reason}. Data about a student: keep it where such data belong.`,
    ]
    if (format === 'csv') {
      const { unit, metric, text } = model.axis.y
      const table = csvOf(model, {
        headings: {
          date: t`Date`,
          time: t`Time`,
          session: t`Session`,
          value: t`Value`,
          unit: t`Unit`,
          numerator: t`Numerator`,
          denominator: t`Denominator`,
          counts: t`Counts`,
          phase: t`Phase`,
          condition: t`Condition`,
          by: t`By`,
          notes: t`Notes`,
        },
        unit: words.valueAxis(unit, metric, text),
        yes: t`yes`,
        no: t`no`,
        phase: (point) => {
          const phase = model.phases[point.phase]
          return phase ? words.phase(phase) : ''
        },
        condition: (condition) => wordOfCondition(i18n, condition),
        notes: (point) => words.notes(point),
        below: [title, ...below],
      })
      return new Blob([table], { type: 'text/csv;charset=utf-8' })
    }
    const { drawn, key, heading } = drawing(shown, picture)
    const svg = toSvg(drawn, { title, font: FONT, above: [title, heading], key, below })
    const blob = new Blob([svg], { type: 'image/svg+xml' })
    return format === 'svg' ? blob : pictureOf(svg)
  }

  function drawing(shown: Shown, picture: Picture): { drawn: Chart; key: Sign[]; heading: string } {
    const { goal, model, input, lines } = shown
    const measure = goal.version.body.measure as Measure
    const levels = picture === 'ladder' ? ladderOf(measure, input.sessions) : null
    if (levels)
      return {
        drawn: ladderChart(model, levels, FRAME, ladder.words).chart,
        key: levels.rungs.map((rung, nth) => fillingSign(fillingOf(levels.rungs, nth), ladder.rung(rung))),
        heading: t`Results by prompt level`,
      }
    const stepwise = picture === 'steps' ? stepwiseOf(measure, input.sessions) : null
    if (stepwise) {
      const { results } = steps
      const height = stepHeight(stepwise.steps.length, FRAME.text)
      return {
        drawn: stepChart(model, stepwise, { ...FRAME, height }, steps.words).chart,
        key: [
          fillingSign('solid', results.alone),
          fillingSign('rising', results.helped),
          fillingSign('empty', results.not),
          sign('floor', 'dash', results.adult),
          sign('aim', 'steps', t`step that was taught`),
        ],
        heading: t`Step by step`,
      }
    }
    const found =
      picture === 'celeration' ? frequenciesOf(model, input.sessions, stretchesOf(model, 'ols')) : null
    if (found)
      return {
        drawn: celerationChart(model, found, { ...FRAME, height: 600 }, celeration).chart,
        key: [
          sign('point', 'dot', t`to increase, or correct`),
          sign('error', 'cross', t`to decrease, or errors`),
          sign('floor', 'dash', t`record floor (one in the time observed)`),
          sign('floor', 'tick', t`none: below the record floor`),
        ],
        heading: t`Standard celeration chart`,
      }
    const overlay = overlayOf(model, lines)
    const { unit, metric, text } = model.axis.y
    return {
      drawn: chart(model, FRAME, words, overlay),
      key: keyOf(model, overlay),
      heading: words.valueAxis(unit, metric, text),
    }
  }
}

/** The same drawing in dots, as PNG. */
async function pictureOf(svg: string): Promise<Blob> {
  const image = new Image()
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`
  await image.decode()
  const canvas = document.createElement('canvas')
  canvas.width = image.width * DOTS
  canvas.height = image.height * DOTS
  const context = canvas.getContext('2d')
  if (!context) throw new Error('no canvas')
  context.scale(DOTS, DOTS)
  context.drawImage(image, 0, 0)
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no picture'))), 'image/png')
  })
}
