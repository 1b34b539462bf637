/**
 * The graph of a goal on its card: which part of the data it shows and which lines stand over them, other drawings of
 * the same sessions, files to take away. What was left out is always said beside it. Everything that is not the graph
 * itself comes when it is asked for.
 */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { FileDown, SlidersHorizontal, ZoomIn, ZoomOut } from 'lucide-react'
import { lazy, Suspense, use, useState, type ComponentType } from 'react'
import { Button, IconButton } from '../../../platform/web/kit/Button.tsx'
import { Card } from '../../../platform/web/kit/Card.tsx'
import { Choice } from '../../../platform/web/kit/Choice.tsx'
import { choicesOf, chosenOf, EVERYTHING, type Choices, type Choosing, type Range } from '../choose.ts'
import type { Goal } from '../goal.ts'
import type { ProgramBody } from '../../sessions/records.ts'
import type { GraphInput } from '../graph.ts'
import type { LogPanelProps } from '../log-panel.ts'
import { buildGraph, type GraphModel } from '../rules.ts'
import { useChoiceWords } from './choice-words.ts'
import { GoalGraph, USUAL_LINES, type Lines } from './GoalGraph.tsx'
import { decidesFor } from './owners.ts'
import { useMe } from './held.ts'
import { LogPanelsContext } from './log-panels.ts'
import { useWide } from './useWide.ts'
import { partOf, steppedOf } from '../zoom.ts'
import styles from './GraphCard.module.css'

const GraphOptions = lazy(() => import('./GraphOptions.tsx'))
const GraphFile = lazy(() => import('./GraphFile.tsx'))
const LadderFigure = lazy(() => import('./LadderFigure.tsx'))
const StepFigure = lazy(() => import('./StepFigure.tsx'))
const CelerationFigure = lazy(() => import('./CelerationFigure.tsx'))
const Comparisons = lazy(() => import('./Comparisons.tsx'))
const WeekdayView = lazy(() => import('./WeekdayView.tsx'))

export type Picture = 'graph' | 'ladder' | 'steps' | 'celeration'

/** What a drawing of this card is made of. */
export interface Shown {
  readonly goal: Goal
  readonly input: GraphInput
  readonly model: GraphModel
  readonly lines: Lines
  /** What was chosen, in words; empty when everything is shown. */
  readonly chosen: readonly string[]
  /** The same for files, with initials for names. */
  readonly chosenUnnamed: readonly string[]
}

export function GraphCard({ goal }: { goal: Goal }) {
  const { t } = useLingui()
  const me = useMe()
  const owns = decidesFor(me, goal.student)
  // who comes for a day takes nothing away (domain B.3)
  const isSubstitute = me?.students.find(({ id }) => id === goal.student)?.role === 'substitute'
  const choices = choicesOf(goal.input)
  const [choosing, setChoosing] = useState<Choosing>(() => usual(choices))
  const [lines, setLines] = useState<Lines>(() => linesOf(goal))
  const [picture, setPicture] = useState<Picture>('graph')
  const [options, setOptions] = useState(false)
  const [file, setFile] = useState(false)
  const words = useChoiceWords(goal)
  const panels: Readonly<Record<string, ComponentType<LogPanelProps> | undefined>> = use(LogPanelsContext)
  const Panel = panels[goal.version.body.measure.system]

  const input = chosenOf(goal.input, choosing)
  const model = input === goal.input ? goal.model : buildGraph(input)
  const chosen = words.chosen(choosing)
  const shown: Shown = { goal, input, model, lines, chosen, chosenUnnamed: words.chosen(choosing, true) }
  const pictures = picturesOf(goal)
  const hidden = firstOnly(goal.input) - firstOnly(input)
  const pick = (range: Range) => setChoosing((before) => ({ ...before, range }))
  const days = model.axis.x.kind === 'day' && model.points.length > 1

  const wide = useWide()
  const choosers = (
    <>
      <div className={styles.bar}>
        {choices.ranges.length > 0 && (
          <div className={styles.range}>
            <Choice<Range['kind']>
              legend={t`What the graph shows`}
              options={words.ranges(choices, choosing)}
              value={choosing.range.kind}
              onChange={(kind) => kind !== 'days' && pick({ kind })}
            />
          </div>
        )}
        <div className={styles.tools}>
          {days && picture === 'graph' && (
            <>
              <IconButton
                icon={ZoomIn}
                label={t`Nearer`}
                onClick={() => pick(steppedOf(model, 'in', null))}
              />
              <IconButton
                icon={ZoomOut}
                label={t`Farther`}
                onClick={() => pick(steppedOf(model, 'out', null))}
              />
            </>
          )}
          <IconButton
            icon={SlidersHorizontal}
            label={t`Filters and lines`}
            aria-expanded={options}
            onClick={() => setOptions(!options)}
          />
          {!isSubstitute && (
            <IconButton icon={FileDown} label={t`Save as a file`} onClick={() => setFile(true)} />
          )}
        </div>
      </div>
      {pictures.length > 1 && (
        <div className={styles.range}>
          <Choice<Picture>
            legend={t`Kind of drawing`}
            options={words.pictures(pictures)}
            value={picture}
            onChange={setPicture}
          />
        </div>
      )}
      {options && (
        <Suspense>
          <GraphOptions
            choices={choices}
            choosing={choosing}
            onChoose={setChoosing}
            lines={lines}
            onLines={setLines}
            names={goal.names}
          />
        </Suspense>
      )}
      {chosen.length > 0 && (
        <p className={styles.chosen} role="status">
          <span>
            <Trans>Shown: {chosen.join(' · ')}</Trans>
            {hidden > 0 && (
              <>
                {' · '}
                <Plural value={hidden} one="# session left out" other="# sessions left out" />
              </>
            )}
          </span>
          <Button variant="ghost" onClick={() => setChoosing(EVERYTHING)}>
            <Trans>Show everything</Trans>
          </Button>
        </p>
      )}
    </>
  )

  return (
    <Card as="section" aria-label={t`Graph`} className={styles.card}>
      {wide && !Panel && choosers}
      {Panel ? (
        <Suspense fallback={<div className={styles.room} />}>
          <Panel
            program={goal.program}
            body={goal.version.body as ProgramBody}
            schoolDays={goal.input.schoolDays}
            tz={goal.tz}
          />
        </Suspense>
      ) : picture === 'graph' ? (
        <GoalGraph
          model={model}
          title={goal.version.body.title}
          lines={lines}
          table={false}
          // on a phone the graph comes first
          under={!wide && choosers}
          zoom={
            days
              ? {
                  onPart: (first, last) => pick(partOf(model, first, last)),
                  onStep: (step, about) => pick(steppedOf(model, step, about)),
                }
              : undefined
          }
        />
      ) : (
        <Suspense fallback={<div className={styles.room} />}>
          {picture === 'ladder' && <LadderFigure shown={shown} />}
          {picture === 'steps' && <StepFigure shown={shown} />}
          {picture === 'celeration' && <CelerationFigure shown={shown} />}
        </Suspense>
      )}
      {!wide && !Panel && picture !== 'graph' && choosers}
      {!Panel && days && choosing.weekday === null && choices.weekdays.length > 0 && (
        <Suspense>
          <WeekdayView shown={shown} />
        </Suspense>
      )}
      {owns && model.phases.length > 1 && (
        <Suspense>
          <Comparisons shown={shown} />
        </Suspense>
      )}
      {file && (
        <Suspense>
          <GraphFile shown={shown} picture={picture} onClose={() => setFile(false)} />
        </Suspense>
      )}
    </Card>
  )
}

/** Sessions that are points of their own: second observers stand with the session they watched. */
function firstOnly({ sessions }: GraphInput): number {
  return sessions.filter(({ observer }) => observer === 'primary').length
}

/** This school year, where there is more than that. */
function usual({ ranges }: Choices): Choosing {
  return ranges.includes('year') ? { ...EVERYTHING, range: { kind: 'year' } } : EVERYTHING
}

function linesOf(goal: Goal): Lines {
  return { ...USUAL_LINES, trend: goal.version.body.trend ?? USUAL_LINES.trend }
}

/** Drawings that this way of measuring has. */
function picturesOf({ version, sessions }: Goal): Picture[] {
  const { measure } = version.body
  const ran = sessions.some(({ state }) => state.summary.numerator !== null)
  const counted = ['count', 'cbm', 'product'].includes(measure.system)
  return [
    'graph',
    ...(ran && 'prompts' in measure ? (['ladder'] as const) : []),
    ...(ran && measure.system === 'steps' ? (['steps'] as const) : []),
    ...(ran && counted ? (['celeration'] as const) : []),
  ]
}
