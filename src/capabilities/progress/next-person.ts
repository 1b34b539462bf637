/**
 * A criterion is met but for another person (domain D.6): who ran it so far, and who of those with the student could run
 * the next one. It names people and decides nothing. Read by the goal page, the caseload and Today. Pure.
 */
import type { Me } from '../schedule/model.ts'
import type { Goal } from './goal.ts'
import type { Reason, Suggested } from './proposals.ts'

/** Roles of those who run programs, and may count as another person. */
const RUNS: readonly string[] = ['para', 'case_manager', 'gened_teacher', 'slp', 'ot', 'pt', 'bcba']

export interface NextPerson {
  /** Who ran the sessions that meet the criterion. */
  readonly ran: readonly string[]
  /** Who else is with the student now. */
  readonly next: readonly { readonly id: string; readonly name: string }[]
}

/** Null unless nothing but another person is missing, perhaps beside cells that the rule names. */
export function nextPersonOf(
  goal: Goal,
  suggested: Pick<Suggested, 'open'> | null,
  me: Pick<Me, 'people'> | null,
): NextPerson | null {
  const reason = suggested?.open.find(({ kind }) => kind === 'mastery_except')?.reason
  if (reason?.kind !== 'mastery_except' || !isAlone(reason)) return null
  return peopleOf(goal, reason, me)
}

type Except = Extract<Reason, { kind: 'mastery' | 'mastery_except' }>

/** Whether another person is what is missing. */
export function isAlone({ result }: Except): boolean {
  return result.missing.some(({ kind }) => kind === 'staff')
}

export function peopleOf(goal: Goal, { result }: Except, me: Pick<Me, 'people'> | null): NextPerson {
  const ran = new Set(
    goal.input.sessions.filter(({ session }) => result.streak.includes(session)).map(({ by }) => by),
  )
  const next = (me?.people ?? [])
    .filter((one) => one.with?.includes(goal.student) && RUNS.includes(one.role) && !ran.has(one.id))
    .map(({ id, name }) => ({ id, name }))
  return { ran: [...ran], next }
}
