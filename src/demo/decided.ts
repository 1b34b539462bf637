/**
 * What case managers decided at Cedar Bend about what the data suggested to them: mastery confirmed or put off, a program
 * kept as it is. Each decision is about a suggestion that the product itself makes from the records of that afternoon.
 */
import type { Json } from '../platform/core/canonical.ts'
import type { Day } from '../platform/core/days.ts'
import type { StoredRecord } from '../platform/records/envelope.ts'
import type { View } from '../platform/records/registry.ts'
import { settle } from '../platform/records/settle.ts'
import { ruleValues } from '../platform/server/rulepacks.ts'
import { goalOf, type Goal } from '../capabilities/progress/goal.ts'
import { policyOf } from '../capabilities/progress/packs.ts'
import { planView } from '../capabilities/progress/plan.ts'
import { suggestionsOf } from '../capabilities/progress/proposals.ts'
import type { DecisionBody, ProposalKind, Verdict } from '../capabilities/progress/records.ts'
import { checksView, decisionsView } from '../capabilities/progress/views.ts'
import { sessionView } from '../capabilities/sessions/rules.ts'
import type { SchoolDay } from '../capabilities/schedule/model.ts'
import { TZ, timeOf } from './calendar.ts'
import { managerOf, personId } from './people.ts'
import { PROGRAMS } from './programs.ts'
import { seeded } from './seed.ts'
import { programId, type ProgramSpec } from './spec.ts'
import { act, deskOf, stamp, type Act } from './tape.ts'

type Decided = readonly [key: string, day: Day, about: ProposalKind, verdict: Verdict, reason: string]

const LATELY: Day = '2026-10-30'

/** In order of time. */
const DECIDED: readonly Decided[] = [
  [
    'so-math-facts',
    '2026-03-13',
    'mastery',
    'confirm',
    'Met with two adults, and on the weekly quiz as well.',
  ],
  [
    'mw-coat',
    '2026-03-20',
    'mastery',
    'confirm',
    'From the second arm on without help, also before the bus.',
  ],
  ['ef-packs-up', '2026-05-20', 'mastery', 'not_yet', 'With the picture list in sight only.'],
  ['ta-arrival', '2026-09-25', 'mastery', 'not_yet', 'Steps 1 and 2 only; the next ones are taught now.'],
  ['ln-calls-out', '2026-10-16', 'mastery', 'confirm', 'Quiet for a month, with another teacher too.'],
  ['ta-arrival', LATELY, 'mastery', 'not_yet', 'Steps 5 and 6 are still to be taught.'],
  ['bk-self-feeding', LATELY, 'mastery', 'not_yet', 'With the new plate only; two more weeks.'],
  ['bk-self-feeding', LATELY, 'raise', 'keep', 'The criterion stays until the meeting in December.'],
  ['am-requesting', LATELY, 'raise', 'keep', 'Growing well; new words first, then a higher goal.'],
  ['am-hand-washing', LATELY, 'change', 'keep', 'The soap pump was broken for two weeks.'],
  ['am-greeting', LATELY, 'raise', 'keep', 'Few chances on some days; looked at again in two weeks.'],
  ['bk-plays-along', LATELY, 'raise', 'keep', 'A new game partner since October.'],
  ['cd-leaves-seat', LATELY, 'raise', 'keep', 'Version 4 of the behavior plan comes first.'],
  ['cd-on-task', LATELY, 'change', 'keep', 'Two weeks with many schedule changes.'],
  ['cd-on-task', LATELY, 'raise', 'keep', 'The goal holds until the plan is reviewed.'],
  ['cd-starts-work', LATELY, 'raise', 'keep', 'Near the goal; it stays until it is met.'],
  ['dl-two-syllables', LATELY, 'raise', 'keep', 'Near the goal; it stays until it is met.'],
  ['ef-packs-up', LATELY, 'change', 'keep', 'New adult since August; steady for three weeks now.'],
  ['ef-questions', LATELY, 'raise', 'keep', 'Near the goal; it stays until it is met.'],
  ['hi-asks-for-help', LATELY, 'change', 'keep', 'First the two observers must see the same.'],
  ['mw-matching', LATELY, 'raise', 'keep', 'Growing well since the sets lie in rows.'],
  ['so-organizer', LATELY, 'change', 'keep', 'Talked about with the family on Thursday.'],
  ['so-checks-own-work', LATELY, 'change', 'keep', 'Too early: points began in October.'],
]

/** The decisions. What the data of another seed do not suggest is not decided. */
export function decisions(acts: readonly Act[], schoolDays: readonly SchoolDay[]): Act[] {
  const ofProgram = Map.groupBy(acts, ({ refs }) => refs['program'])
  const rules = ruleValues([''], timeOf(LATELY, '15:00'))
  return DECIDED.flatMap(([key, day, about, verdict, reason], n) => {
    const spec = PROGRAMS.find((one) => one.key === key)
    if (!spec) throw new RangeError(`no program ${key}`)
    const at = timeOf(day, '15:42') + n * 60_000
    const known = ofProgram.get(programId(spec.key)) ?? []
    const goal = goalAt(
      spec,
      known,
      at,
      schoolDays.map((one) => one.day).filter((one) => one <= day),
    )
    const policy = policyOf(rules)
    if (!policy) throw new RangeError('the shipped rules are not whole')
    const proposal = suggestionsOf(goal, policy, day).open.find(({ kind }) => kind === about)
    if (!proposal) return []
    const body: DecisionBody = {
      proposal: about,
      key: proposal.key,
      verdict,
      reason,
      points: proposal.points.slice(-60),
    }
    const author = managerOf(spec.student)
    const decision = act(seeded(`decision/${key}/${about}/${day}`), {
      author,
      device: deskOf(author),
      kind: 'progress.decision',
      student: spec.student,
      refs: { program: programId(spec.key) },
      body,
      at,
    })
    ofProgram.set(programId(spec.key), [...known, decision])
    return [decision]
  })
}

/** The goal as its owner saw it then. */
function goalAt(spec: ProgramSpec, acts: readonly Act[], at: number, schoolDays: readonly Day[]): Goal {
  const records = stamp(acts.filter((one) => (one.entered ?? one.at) < at)).map(
    ({ author, envelope }): StoredRecord => ({
      ...envelope,
      author,
      digest: '',
      received: null,
      aud: null,
      pos: null,
    }),
  )
  const foldOf = <State extends Json>({ kinds, fold }: View<State>): State | null =>
    fold(settle(records.filter(({ kind }) => kinds.includes(kind))))
  const sessions = Map.groupBy(
    records.filter(({ refs }) => refs['session']),
    ({ refs }) => refs['session'],
  )
  const plan = foldOf(planView)
  if (!plan) throw new RangeError(`${spec.key} has no version yet`)
  return goalOf({
    plan,
    sessions: [...sessions.values()].flatMap((group) => {
      const state = sessionView.fold(settle(group))
      return state ? [{ partition: '', state }] : []
    }),
    imported: [],
    decisions: foldOf(decisionsView)?.decisions ?? [],
    checks: foldOf(checksView)?.checks ?? [],
    schoolDays,
    names: {},
    tz: TZ,
    viewer: personId(managerOf(spec.student)),
  })
}
