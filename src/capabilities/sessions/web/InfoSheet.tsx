/** What a goal is about: the IEP's words, the definition, how it is measured. On request only: a pad is seen by children. */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { wordOfCondition } from '../../../platform/web/i18n/results.ts'
import { Dialog } from '../../../platform/web/kit/Dialog.tsx'
import { Tag } from '../../../platform/web/kit/Tag.tsx'
import type { Program } from '../program.ts'
import type { Measure, MeasureOf, PromptScheme } from '../records.ts'
import styles from './sheets.module.css'

export interface InfoSheetProps {
  readonly program: Program
  readonly initials: string
  /** Of the session that runs, else of the plan. */
  readonly measure: Measure
  readonly onClose: () => void
}

export function InfoSheet({ program, initials, measure, onClose }: InfoSheetProps) {
  const { i18n } = useLingui()
  const { body, phase } = program
  return (
    <Dialog open onClose={onClose} title={`${initials} · ${body.title}`}>
      <p className={styles.goal}>{body.goal}</p>
      <dl className={styles.facts}>
        <div>
          <dt>
            <Trans>What counts</Trans>
          </dt>
          <dd>{body.definition}</dd>
        </div>
        <div>
          <dt>
            <Trans>Criterion</Trans>
          </dt>
          <dd>{body.criterion}</dd>
        </div>
        <div>
          <dt>
            <Trans>How it is measured</Trans>
          </dt>
          <dd>
            <Measured measure={measure} />
          </dd>
        </div>
        {phase && (
          <div>
            <dt>
              <Trans>Phase</Trans>
            </dt>
            <dd>
              {phase.label} · {wordOfCondition(i18n, phase.condition)}
            </dd>
          </div>
        )}
      </dl>
      <p>
        <Tag>
          <Trans>Plan version {body.number}</Trans>
        </Tag>
      </p>
    </Dialog>
  )
}

function Measured({ measure }: { measure: Measure }) {
  switch (measure.system) {
    case 'trials':
      return (
        <>
          <Plural value={measure.planned} one="# trial." other="# trials." />{' '}
          <Ladder scheme={measure.prompts} />
        </>
      )
    case 'steps':
      return (
        <>
          <Plural value={measure.steps.length} one="# step." other="# steps." />{' '}
          <Ladder scheme={measure.prompts} />
        </>
      )
    case 'count':
      return measure.value === 'rate' ? (
        <Trans>Every time it happens, for as long as you watch: a rate.</Trans>
      ) : (
        <Trans>Every time it happens, for as long as you watch: a count.</Trans>
      )
    case 'duration':
      return <Trans>How long it lasts: start it when it begins, stop it when it ends.</Trans>
    case 'latency':
      return <Trans>From the cue to the beginning, at most {measure.limit_s} s.</Trans>
    case 'irt':
      return <Trans>The time from the end of one response to the start of the next.</Trans>
    case 'interval':
      return <IntervalPlan measure={measure} />
    case 'opportunities':
      return (
        <>
          <Trans>Every natural chance.</Trans> <Ladder scheme={measure.prompts} />
        </>
      )
    case 'rubric':
      return <Plural value={measure.items.length} one="# rated item." other="# rated items." />
    case 'product':
      return <Plural value={measure.items} one="# item of finished work." other="# items of finished work." />
    case 'cbm':
      return (
        <Trans>
          {measure.unit}, {measure.seconds} s, scored by {measure.rules.name}.
        </Trans>
      )
    case 'probe':
      return <Trans>The first trial of the day, without teaching.</Trans>
    case 'intensity':
      return <Trans>Each time it happens, how strong it was.</Trans>
    case 'checklist':
      return <Plural value={measure.items.length} one="# item, yes or no." other="# items, yes or no." />
    case 'self':
      return <Trans>The student marks each interval, and so do you.</Trans>
    case 'abc':
      return <Trans>What came before, what happened, what came after.</Trans>
    case 'scatterplot':
      return <Trans>A grid of the day: none, some, or many in each stretch of {measure.cell_min} min.</Trans>
    case 'toileting':
    case 'feeding':
      return <Trans>A log of care under the student’s plan.</Trans>
    case 'imported':
      return <Trans>Points from outside ({measure.unit}).</Trans>
  }
}

function IntervalPlan({ measure }: { measure: MeasureOf<'interval'> }) {
  const { planned, interval_s: seconds } = measure
  switch (measure.method) {
    case 'partial':
      return (
        <Trans>
          {planned} intervals of {seconds} s: yes if it happened at any time in it.
        </Trans>
      )
    case 'whole':
      return (
        <Trans>
          {planned} intervals of {seconds} s: yes if it lasted all of it.
        </Trans>
      )
    case 'momentary':
      return (
        <Trans>
          {planned} looks, one every {seconds} s: yes if it happens at that moment.
        </Trans>
      )
  }
}

function Ladder({ scheme }: { scheme: PromptScheme }) {
  const levels = scheme.levels.map((level) => `${level.label} (${level.code})`).join(', ')
  const wait = scheme.wait_s
  if (levels === '') return <Trans>No prompts.</Trans>
  switch (scheme.direction) {
    case 'least_to_most':
      return (
        <Trans>
          Least to most prompts: wait {wait} s, then the next one: {levels}.
        </Trans>
      )
    case 'most_to_least':
      return (
        <Trans>
          Most to least prompts: {levels}. Wait {wait} s for the answer.
        </Trans>
      )
    case 'graduated':
      return <Trans>Graduated guidance: {levels}. Record the most help that was given.</Trans>
    case 'time_delay':
      return (
        <Trans>
          Time delay of {wait} s, then the prompt: {levels}.
        </Trans>
      )
  }
}
