/**
 * What the data of a goal suggest, and what its owner decided. The owner answers with one tap and a reason; everybody
 * else with the student reads what waits and what was decided (domain B.4, D.0). Nothing changes by itself.
 */
import type { MessageDescriptor } from '@lingui/core'
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useId, useState } from 'react'
import { dayOf } from '../../../platform/core/days.ts'
import { Button } from '../../../platform/web/kit/Button.tsx'
import { Card } from '../../../platform/web/kit/Card.tsx'
import { useNow } from '../../../platform/web/store/now.ts'
import { MasteryRule } from '../../sessions/mastery.ts'
import { printRule } from '../../sessions/mastery-text.ts'
import type { Goal, GoalSession } from '../goal.ts'
import type { Outcome } from '../decisions.ts'
import { suggestedFor, type Proposal, type Suggested } from '../proposals.ts'
import type { ProposalKind, Verdict } from '../records.ts'
import type { Decided } from '../views.ts'
import { RecordCheck } from './RecordCheck.tsx'
import { DecideSheet } from './DecideSheet.tsx'
import { ReasonWords, TITLES, VERDICT_WORDS } from './decision-words.tsx'
import { useMe } from './held.ts'
import { decidesFor, ownerNames } from './owners.ts'
import { sayValue, useDayWords } from './say.ts'
import { SessionSheet } from './SessionSheet.tsx'
import type { FoundGoal } from './useGoal.ts'
import { useGraphWords } from './words.ts'
import styles from './Decisions.module.css'

/** What everybody with the student is told; the rest is between the data and the owner. */
const TOLD: readonly ProposalKind[] = ['mastery', 'mastery_except', 'probe_due']
/** Past decisions shown before one asks for all. */
const FEW = 3

export function Decisions({ found }: { found: FoundGoal }) {
  const { goal } = found
  const me = useMe()
  const today = dayOf(useNow(60_000), goal.tz)
  const [opened, setOpened] = useState<string | null>(null)
  const suggested = suggestedFor(goal, me?.rules, today)
  const owner = decidesFor(me, goal.student)
  const open = (suggested?.open ?? []).filter(({ kind }) => owner || TOLD.includes(kind))
  const outcome = owner ? stateOf(suggested) : null
  // of care, and of what no rule reads, there is nothing to say: no card stands empty
  if (open.length === 0 && goal.decisions.length === 0 && !outcome) return null
  const session = goal.sessions.find((one) => one.state.session === opened)
  return (
    <section className={styles.decisions}>
      <h2>
        <Trans>Decisions</Trans>
      </h2>
      <Card flush>
        {outcome && <StateWords outcome={outcome} />}
        {open.length > 0 && (
          <ul className={styles.rows}>
            {open.map((proposal) => (
              <ProposalRow
                key={proposal.key}
                goal={goal}
                proposal={proposal}
                mine={owner && found.held}
                waitsFor={owner ? [] : ownerNames(me)}
                onOpen={setOpened}
              />
            ))}
          </ul>
        )}
        <Past goal={goal} onOpen={setOpened} />
        {owner && <Help />}
      </Card>
      {session && <SessionSheet found={found} session={session} onClose={() => setOpened(null)} />}
    </section>
  )
}

/** What the decision rules say where nothing follows from it yet; null where they say nothing. */
function stateOf(suggested: Suggested | null): Outcome | null {
  const isAsked = suggested?.open.some(({ kind }) => DECIDING.includes(kind)) ?? false
  return isAsked ? null : (suggested?.decision?.outcome ?? null)
}

function StateWords({ outcome }: { outcome: Outcome }) {
  switch (outcome.code) {
    case 'keep_collecting': {
      const { n, needPoints, weeks, needWeeks } = outcome
      return (
        <p className={styles.state}>
          <Trans>
            Keep collecting: {n} of {needPoints} points and {weeks} of {needWeeks} weeks in this phase.
          </Trans>
        </p>
      )
    }
    case 'check_implementation':
      return (
        <p className={styles.state}>
          <Trans>
            No recent check of how the program is run. The points suggest nothing to consider now.
          </Trans>
        </p>
      )
    case 'change':
    case 'raise':
      return (
        <p className={styles.state}>
          <Trans>Decided. Asked again once there are enough new points.</Trans>
        </p>
      )
    case 'continue':
      return (
        <p className={styles.state}>
          <Trans>The points suggest nothing to consider now.</Trans>
        </p>
      )
  }
}
const DECIDING: readonly ProposalKind[] = ['change', 'raise', 'check_implementation', 'mastery']

/** How far such rules go (domain D.3). */
function Help() {
  return (
    <details className={styles.help}>
      <summary>
        <Trans>How these suggestions are made</Trans>
      </summary>
      <p>
        <Trans>
          The newest points are set against the goal line, then their trend; only points of this phase that
          count are used. Such rules are often wrong about one child: studies found many false alarms with
          four points, and fewer with ten weeks of data or more. So they are something to consider, and you
          decide.
        </Trans>
      </p>
    </details>
  )
}

/** What a check of the implementation answers. */
const CHECKING: readonly ProposalKind[] = ['check_implementation', 'coach', 'observe_new']

interface ProposalRowProps {
  goal: Goal
  proposal: Proposal
  /** I decide about it, and on this device. */
  mine: boolean
  /** Whom it waits for; empty for who decides. */
  waitsFor: readonly string[]
  onOpen: (session: string) => void
}

function ProposalRow({ goal, proposal, mine, waitsFor, onOpen }: ProposalRowProps) {
  const { i18n } = useLingui()
  const words = useGraphWords()
  const dayWord = useDayWords()
  const today = dayOf(useNow(60_000), goal.tz)
  const [verdict, setVerdict] = useState<Verdict | null>(null)
  const heading = useId()
  const waits = waitsFor.length === 1 ? waitsFor[0] : null
  const told = proposal.kind === 'mastery' && waitsFor.length > 0
  return (
    <li className={styles.row}>
      <h3 id={heading}>
        {i18n._(TITLES[proposal.kind])}
        {told &&
          (waits ? <Trans> – waiting for {waits}</Trans> : <Trans> – waiting for the case manager</Trans>)}
      </h3>
      <p className={styles.why}>
        <ReasonWords reason={proposal.reason} goal={goal} words={words} say={(day) => dayWord(day, today)} />
      </p>
      {(proposal.kind === 'mastery' || proposal.kind === 'mastery_except') && <Translated goal={goal} />}
      {mine && CHECKING.includes(proposal.kind) && <RecordCheck goal={goal} />}
      <Points
        goal={goal}
        keys={proposal.kind === 'observe_more' ? [] : proposal.points}
        label={TITLES[proposal.kind]}
        onOpen={onOpen}
      />
      {mine && proposal.verdicts.length > 0 && (
        <div className={styles.verdicts} role="group" aria-labelledby={heading}>
          {proposal.verdicts.map((one) => (
            <Button key={one} onClick={() => setVerdict(one)}>
              {i18n._(VERDICT_WORDS[one])}
            </Button>
          ))}
        </div>
      )}
      {verdict && (
        <DecideSheet goal={goal} proposal={proposal} verdict={verdict} onClose={() => setVerdict(null)} />
      )}
    </li>
  )
}

/** The IEP's own words win: they stand beside the rule, with who put them so. */
function Translated({ goal }: { goal: Goal }) {
  const { body, author } = goal.version
  const rule = MasteryRule.safeParse(body.mastery).data
  if (!rule) return null
  const { criterion } = body
  const name = goal.names[author] ?? '?'
  return (
    <p className={styles.quiet}>
      <Trans>
        In the IEP: “{criterion}”. As a rule, by {name}: <code>{printRule(rule, goal.names)}</code>
      </Trans>
    </p>
  )
}

interface PointsProps {
  goal: Goal
  keys: readonly string[]
  label: MessageDescriptor
  onOpen: (session: string) => void
}

/** The points that something rests on: when and what. Each opens its session. */
function Points({ goal, keys, label, onOpen }: PointsProps) {
  const { i18n, t } = useLingui()
  const words = useGraphWords()
  const [all, setAll] = useState(false)
  const sessions = goal.sessions
    .filter(({ state }) => keys.includes(state.session))
    .toSorted((a, b) => (a.state.started < b.state.started ? -1 : 1))
  if (sessions.length === 0) return null
  const shown = all ? sessions : sessions.slice(-MOST)
  const of = i18n._(label)
  return (
    <ul className={styles.points} aria-label={t`Points used: ${of}`}>
      {shown.length < sessions.length && (
        <li>
          <button type="button" className={styles.point} onClick={() => setAll(true)}>
            <Plural value={sessions.length - shown.length} one="# earlier" other="# earlier" />
          </button>
        </li>
      )}
      {shown.map((one) => (
        <li key={one.state.session}>
          <button type="button" className={styles.point} onClick={() => onOpen(one.state.session)}>
            <Point session={one} />
          </button>
        </li>
      ))}
    </ul>
  )

  function Point({ session: { point, state } }: { session: GoalSession }) {
    const value = point && sayValue(words, point)
    return (
      <>
        <span>{point ? words.when(point) : state.day}</span>
        {value && <b>{value}</b>}
      </>
    )
  }
}
const MOST = 6

/** What was decided, newest first: what, why, who, when, and on how many points. */
function Past({ goal, onOpen }: { goal: Goal; onOpen: (session: string) => void }) {
  const [all, setAll] = useState(false)
  const past = goal.decisions.toReversed()
  if (past.length === 0) return null
  const shown = all ? past : past.slice(0, FEW)
  return (
    <div className={styles.past}>
      <h3>
        <Trans>What was decided</Trans>
      </h3>
      <ul className={styles.list}>
        {shown.map((one) => (
          <PastRow key={one.id} goal={goal} one={one} onOpen={onOpen} />
        ))}
      </ul>
      {shown.length < past.length && (
        <Button variant="ghost" wide onClick={() => setAll(true)}>
          <Trans>Show all {past.length}</Trans>
        </Button>
      )}
    </div>
  )
}

function PastRow({ goal, one, onOpen }: { goal: Goal; one: Decided; onOpen: (session: string) => void }) {
  const { i18n } = useLingui()
  const dayWord = useDayWords()
  const today = dayOf(useNow(60_000), goal.tz)
  const { proposal, verdict, reason, points } = one.body
  return (
    <li>
      <p>
        <b>{i18n._(VERDICT_WORDS[verdict])}</b> · {i18n._(TITLES[proposal])}
      </p>
      <p>“{reason}”</p>
      <p className={styles.quiet}>
        {goal.names[one.by] ?? ''}, {dayWord(one.day, today)}
      </p>
      {points.length > 0 && (
        <details>
          <summary>
            <Plural value={points.length} one="Rests on # point" other="Rests on # points" />
          </summary>
          <Points goal={goal} keys={points} label={TITLES[proposal]} onOpen={onOpen} />
        </details>
      )}
    </li>
  )
}
