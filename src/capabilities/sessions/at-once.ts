/**
 * Sessions of one goal that were recorded at the same time, each by somebody who took it for the only one (domain C.0
 * rule 8). All are kept and never added; which of them stands is the owner's to choose. Pure; read by the graph, the
 * goal's page and the caseload.
 */
import type { SessionState } from './state.ts'

/**
 * Groups of two and more that touch in time, on one day, the earliest first, in order of start. Of sessions of one
 * goal; second observers and what was not run are in none.
 */
export function recordedAtOnce<State extends SessionState>(states: readonly State[]): State[][] {
  const groups: State[][] = []
  const shared = sharedDays(states)
  if (shared.size === 0) return []
  const ran = states
    .filter((one) => one.observer === 'primary' && one.status !== 'not_run' && shared.has(one.day))
    .toSorted((a, b) => compare(a.started, b.started) || compare(a.session, b.session))
  // a goal may have thousands of sessions, a day a handful
  const ofDay = new Map<string, State[][]>()
  for (const state of ran) {
    const today = ofDay.get(state.day) ?? []
    ofDay.set(state.day, today)
    const group = today.findLast((one) => one.some((other) => touches(other, state)))
    if (group) group.push(state)
    else {
      const alone = [state]
      today.push(alone)
      groups.push(alone)
    }
  }
  return groups.filter((group) => group.length > 1)
}

/** Days on which more than one person or device recorded. A goal has thousands of others, and nothing to look for there. */
function sharedDays(states: readonly SessionState[]): ReadonlySet<string> {
  const first = new Map<string, SessionState>()
  const shared = new Set<string>()
  for (const state of states) {
    const other = first.get(state.day)
    if (!other) first.set(state.day, state)
    else if (other.by !== state.by || other.device !== state.device) shared.add(state.day)
  }
  return shared
}

/** Whether `later` of the same day, which began no earlier, began while the other ran; nobody records twice on one device. */
function touches(one: SessionState, later: SessionState): boolean {
  if (one.by === later.by && one.device === later.device) return false
  return one.ended === null || later.started < one.ended
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
