/**
 * Proposals and decisions in words. Always something to consider, with what it rests on; never a judgment of a child
 * or an adult, never a claim that something works (domain D.0, D.3, D.10).
 */
import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import type { Day } from '../../../platform/core/days.ts'
import { personOrRole } from '../../../platform/web/i18n/roles.ts'
import { cellLine } from '../../sessions/mastery.ts'
import type { Goal } from '../goal.ts'
import { isAlone, peopleOf } from '../next-person.ts'
import type { Reason } from '../proposals.ts'
import type { ProposalKind, Verdict } from '../records.ts'
import { useMe } from './held.ts'
import { StandingWords } from './StandingWords.tsx'
import type { GraphWords } from './words.ts'

/** What a proposal is called. */
export const TITLES: Readonly<Record<ProposalKind, MessageDescriptor>> = {
  change: msg`Consider a teaching change`,
  raise: msg`Consider raising the goal`,
  check_implementation: msg`Check the implementation first`,
  bounce: msg`Data bounce: look at the conditions`,
  mastery: msg`Criterion met`,
  mastery_except: msg`Criterion met, except for what is still to be shown`,
  probe_due: msg`A maintenance probe is due`,
  reteach: msg`Teach it again?`,
  clarify_definition: msg`Low agreement: clarify the definition`,
  retrain: msg`Low agreement: train together again`,
  repeat_observation: msg`Low agreement: observe together again`,
  teach_waiting: msg`Consider teaching to wait`,
  engineer_opportunities: msg`Opportunities to set up`,
  observe_more: msg`Few sessions with a second observer`,
  coach: msg`Coaching before any change of the plan`,
  check_less: msg`Checks of the implementation can be fewer`,
  observe_new: msg`Observe a new implementer`,
}

/** What the owner answers: as a button, and in the list of what was decided. */
export const VERDICT_WORDS: Readonly<Record<Verdict, MessageDescriptor>> = {
  confirm: msg`Confirm mastery`,
  not_yet: msg`Not yet`,
  change: msg`Change the teaching`,
  keep: msg`Keep as it is`,
  raise: msg`Raise the goal`,
  done: msg`Done`,
  reteach: msg`Teach it again`,
}

/** Reasons that are often given; one's own words are always possible. */
export const COMMON: Readonly<Record<Verdict, readonly MessageDescriptor[]>> = {
  confirm: [msg`As the IEP asks`, msg`Seen with several people`, msg`Talked over with the team`],
  not_yet: [msg`Only in one place so far`, msg`With easier material`, msg`Wait one more week`],
  change: [msg`Too little progress`, msg`Prompts fade too slowly`, msg`Another reinforcer`],
  keep: [msg`Wait one more week`, msg`Student was ill`, msg`Schedule was different`, msg`New adult`],
  raise: [msg`The goal was set low`, msg`Ready for more`],
  done: [msg`Done with the team`, msg`Done with the person`],
  reteach: [msg`The skill was lost`, msg`After a long break`],
}

interface ReasonProps {
  reason: Reason
  goal: Goal
  words: GraphWords
  say: (day: Day) => string
}

/** Why it is proposed, in one or two sentences. */
export function ReasonWords({ reason, goal, words, say }: ReasonProps) {
  const { unit } = goal.model.axis.y
  const { direction } = goal.model
  const { i18n } = useLingui()
  const me = useMe()
  const nameOf = (person: string) => goal.names[person] ?? '?'
  const who = (one: string) => personOrRole(i18n, one, goal.names)
  const share = (correct: number, scored: number) =>
    `${correct}/${scored} = ${words.value((100 * correct) / scored, { kind: 'percent' })}`
  switch (reason.kind) {
    case 'change':
    case 'raise': {
      const { outcome } = reason
      if (outcome.rule === 'points') {
        const worse = outcome.code === 'change'
        // above the line of a goal of increase is what lies below that of a decrease
        const turned = direction === 'increase' ? 'decrease' : 'increase'
        return (
          <StandingWords
            standing={{ of: outcome.n, short: outcome.n, direction: worse ? direction : turned }}
          />
        )
      }
      const slope = words.value(outcome.slope, unit)
      const aim = words.value(outcome.aimSlope, unit)
      const projected = words.value(outcome.projected, unit)
      const end = words.value(outcome.goal, unit)
      return (
        <Trans>
          The trend of {outcome.n} points changes by {slope} a week, the goal line by {aim}. Drawn on, the
          trend is at {projected} on the day of the goal; the goal is {end}.
        </Trans>
      )
    }
    case 'check_implementation': {
      const { outcome } = reason
      const last = outcome.last
      return (
        <>
          {last === null && !goal.seesChecks ? (
            <Trans>Checks of how the program is run are shown to its owner and the case manager.</Trans>
          ) : last === null ? (
            <Trans>No check of how the program is run is on record.</Trans>
          ) : outcome.why === 'old' ? (
            <Trans>The last check of how the program is run was {say(last.day)}.</Trans>
          ) : (
            <Trans>The last check found {share(last.correct, last.scored)} of the steps as written.</Trans>
          )}{' '}
          {outcome.would === 'change' ? (
            <Trans>By the points alone, a teaching change would be something to consider.</Trans>
          ) : (
            <Trans>By the points alone, raising the goal would be something to consider.</Trans>
          )}
        </>
      )
    }
    case 'bounce': {
      const distance = words.value(reason.bounce.distance, unit)
      return <Trans>Half of the points lie {distance} or more away from their trend.</Trans>
    }
    case 'mastery': {
      const { n, short } = reason.result.later
      return (
        <>
          <Plural
            value={reason.result.streak.length}
            one="# session meets it, as the rule counts."
            other="# sessions meet it, as the rule counts."
          />{' '}
          {n > 0 && (
            <Plural
              value={n}
              one={`Of # session since then, ${short} fell short.`}
              other={`Of # sessions since then, ${short} fell short.`}
            />
          )}
        </>
      )
    }
    case 'mastery_except': {
      const { ran, next } = peopleOf(goal, reason, me)
      const people = ran.map(nameOf).join(', ')
      const alone = isAlone(reason)
      const cells = reason.result.cells.filter(({ shown }) => !shown).map(({ cell }) => cellLine(cell, who))
      return (
        <>
          {alone && (
            <Trans>All of these sessions were run by {people}. Another person could run the next one.</Trans>
          )}{' '}
          {alone && next.length > 0 && (
            <Trans>With this student now: {next.map(({ name }) => name).join(', ')}.</Trans>
          )}{' '}
          {cells.length > 0 && <Trans>Still to be shown: {cells.join('; ')}.</Trans>}
        </>
      )
    }
    case 'probe_due': {
      const day = say(reason.next.due)
      if (reason.next.kind === 'reprobe')
        return <Trans>The last probe fell short. Probe again by {day}.</Trans>
      return (
        <Plural
          value={reason.next.week ?? 0}
          one={`Due ${day}, # week after mastery. Without teaching.`}
          other={`Due ${day}, # weeks after mastery. Without teaching.`}
        />
      )
    }
    case 'reteach':
      return (
        <Plural
          value={reason.probes}
          one="The last probe fell short of the criterion."
          other="The last # probes fell short of the criterion."
        />
      )
    case 'clarify_definition':
      return (
        <Trans>
          Two observers saw the session of {say(reason.day)} differently. The data stay as they are.
        </Trans>
      )
    case 'retrain':
      return (
        <Trans>The definition is clarified. Go through examples together before you observe again.</Trans>
      )
    case 'repeat_observation':
      return <Trans>Ends by itself with the next session that two people observe.</Trans>
    case 'teach_waiting': {
      const pair = share(reason.early, reason.scored)
      return <Trans>{pair} of the trials were answered wrongly before the prompt.</Trans>
    }
    case 'engineer_opportunities':
      return (
        <Plural
          value={reason.sessions}
          one="In # session no opportunity came up. That is no zero, and no data either."
          other="In # sessions no opportunity came up. That is no zero, and no data either."
        />
      )
    case 'observe_more': {
      const { observed, sessions, percent } = reason
      return (
        <Trans>
          {observed} of {sessions} sessions of this phase had a second observer; at least {percent} percent is
          usual.
        </Trans>
      )
    }
    case 'coach':
    case 'check_less': {
      const { correct, scored } = reason.score
      return (
        <Trans>
          {nameOf(reason.adult)}: {share(correct, scored)} of the steps as written.
        </Trans>
      )
    }
    case 'observe_new': {
      const { sessions, within } = reason
      return (
        <Trans>
          {nameOf(reason.adult)} began recently: {sessions} sessions so far. One within the first {within} is
          observed.
        </Trans>
      )
    }
  }
}
