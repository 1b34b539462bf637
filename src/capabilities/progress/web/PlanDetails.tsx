/** The plan behind a goal, closed until asked: the IEP's words, the definition, the measurement, its versions. */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import { useFormats } from '../../../platform/web/i18n/format.ts'
import { Details } from '../../../platform/web/kit/Details.tsx'
import type { Goal } from '../goal.ts'
import type { PlanVersion } from '../plan.ts'
import { useGraphWords } from './words.ts'
import styles from './PlanDetails.module.css'

type Measure = PlanVersion['body']['measure']

export function PlanDetails({ goal }: { goal: Goal }) {
  const { goal: text, definition, measure } = goal.version.body
  const versions = goal.plan.versions.toReversed()
  return (
    <Details className={styles.details} summary={<Trans>Definition and plan</Trans>}>
      <dl>
        <Part name={<Trans>Goal in the IEP</Trans>}>{text}</Part>
        <Part name={<Trans>What counts</Trans>}>{definition}</Part>
        <Part name={<Trans>How it is measured</Trans>}>
          <MeasureWords measure={measure} axis={goal.model.axis.y} />
        </Part>
        {measure.system === 'steps' && (
          <Part name={<Trans>Steps</Trans>}>
            <ol>
              {measure.steps.map((step) => (
                <li key={step}>{step}</li>
              ))}
            </ol>
          </Part>
        )}
        {versions.length > 1 && (
          <Part name={<Trans>Versions</Trans>}>
            <ul>
              {versions.map((version) => (
                <Version key={version.id} version={version} goal={goal} />
              ))}
            </ul>
          </Part>
        )}
      </dl>
    </Details>
  )
}

function Part({ name, children }: { name: ReactNode; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

function Version({ version: { body, day, author }, goal }: { version: PlanVersion; goal: Goal }) {
  const formats = useFormats('UTC')
  const by = goal.names[author]
  const from = formats.dateLong(`${day}T12:00:00Z`)
  return (
    <li>
      <Trans>Version {body.number}</Trans>, {from}
      {by !== undefined && <>, {by}</>}
    </li>
  )
}

/** How a session is recorded, in one or two sentences. */
function MeasureWords({ measure, axis }: { measure: Measure; axis: Goal['model']['axis']['y'] }) {
  const { t } = useLingui()
  const words = useGraphWords()
  switch (measure.system) {
    case 'trials':
      return (
        <>
          <Plural value={measure.planned} one="# trial a session." other="# trials a session." />{' '}
          <Plural
            value={measure.min_opportunities}
            one="At least # must be scored to count."
            other="At least # must be scored to count."
          />{' '}
          <PromptWords prompts={measure.prompts} />
        </>
      )
    case 'steps':
      return (
        <>
          <Plural value={measure.steps.length} one="# step," other="# steps," />{' '}
          {
            {
              total: t`all taught every time.`,
              forward: t`taught from the first on.`,
              backward: t`taught from the last back.`,
              backward_leap: t`taught from the last back, without the steps already shown.`,
            }[measure.chaining]
          }{' '}
          <PromptWords prompts={measure.prompts} />
        </>
      )
    case 'count': {
      const minutes = Math.round(measure.min_observed_s / 6) / 10
      return (
        <>
          {measure.value === 'rate' ? (
            <Trans>Each occurrence is counted, and divided by the time watched.</Trans>
          ) : (
            <Trans>Each occurrence is counted.</Trans>
          )}{' '}
          <Trans>At least {minutes} min must be watched to count.</Trans>
        </>
      )
    }
    case 'imported':
      return <Trans>Published data: {measure.unit}. The source gives no fractions.</Trans>
    case 'abc':
    case 'scatterplot':
    case 'toileting':
    case 'feeding':
      return <Trans>Recorded as it happens, without sessions.</Trans>
    default: {
      const value = words.valueAxis(axis.unit, axis.metric, axis.text)
      return <Trans>Value: {value}.</Trans>
    }
  }
}

function PromptWords({ prompts }: { prompts: Extract<Measure, { system: 'trials' }>['prompts'] }) {
  const { t, i18n } = useLingui()
  if (prompts.levels.length === 0) return null
  const ladder = new Intl.ListFormat(i18n.locale, { type: 'unit' }).format(
    prompts.levels.map(({ label }) => label.toLocaleLowerCase(i18n.locale)),
  )
  const wait = prompts.wait_s
  const order = {
    least_to_most: t`Prompts from least to most: ${ladder}.`,
    most_to_least: t`Prompts from most to least: ${ladder}.`,
    graduated: t`Graduated prompts: ${ladder}.`,
    time_delay: t`Prompts after a delay: ${ladder}.`,
  }[prompts.direction]
  return (
    <>
      {order} <Plural value={wait} one="Wait # second." other="Wait # seconds." />
    </>
  )
}
