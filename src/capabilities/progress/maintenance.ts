/**
 * What follows mastery (domain D.7): probes without teaching, weeks apart, and a grid of with whom and where a skill
 * was shown. Probes that were missed stay due; a failed one is repeated soon; failing again is a question to the
 * owner, never a change by itself. Pure.
 */
import { addDays, type Day } from '../../platform/core/days.ts'
import type { SessionState } from '../sessions/state.ts'
import { meetsAlone, type Threshold } from './mastery.ts'
import type { MaintenanceRules } from './packs.ts'

export interface Maintenance {
  /** In order of weeks; `session` = the probe that took its place. */
  readonly probes: readonly { readonly week: number; readonly due: Day; readonly session: string | null }[]
  /** What is next: null when all are done, or the owner is asked first. */
  readonly next: {
    readonly kind: 'probe' | 'reprobe'
    readonly due: Day
    readonly week: number | null
  } | null
  /** Sessions of the failed probes in a row, once there are as many as the rules say: ask the owner. */
  readonly reteach: readonly string[] | null
}

/**
 * The schedule after mastery on `since`, from the sessions that ran as probes or maintenance. A probe takes the place
 * of the earliest one that is due on its day; one made early takes none, and is judged all the same.
 */
export function maintenanceOf(
  rule: Threshold,
  sessions: readonly SessionState[],
  since: Day,
  rules: MaintenanceRules,
): Maintenance {
  const dues = rules.weeks.map((week) => ({
    week,
    due: addDays(since, 7 * week),
    session: null as string | null,
  }))
  let failed: string[] = []
  let again: Day | null = null
  for (const probe of probesOf(rule, sessions, since)) {
    const open = dues.find((one) => one.session === null && one.due <= probe.day)
    if (open && again === null) open.session = probe.session
    if (probe.passed) {
      failed = []
      again = null
    } else {
      failed.push(probe.session)
      again = addDays(probe.day, rules.reprobeDays)
    }
  }
  const reteach = failed.length >= rules.fails ? failed.slice(-rules.fails) : null
  const open = dues.find((one) => one.session === null)
  return { probes: dues, next: nextOf(), reteach }

  function nextOf(): Maintenance['next'] {
    if (reteach) return null
    if (again !== null) return { kind: 'reprobe', due: again, week: null }
    return open ? { kind: 'probe', due: open.due, week: open.week } : null
  }
}

export interface GridCell {
  readonly person: string
  readonly setting: string
  readonly material: string | null
  /** Valid sessions, and how many of them met the threshold: one is enough to be shown. */
  readonly tried: number
  readonly met: number
}

/** With whom, where and with what a skill was tried and shown, after baseline. By person, setting and material. */
export function generalizationGrid(rule: Threshold, sessions: readonly SessionState[]): GridCell[] {
  const cells = new Map<string, GridCell>()
  for (const state of sessions) {
    const met = meetsAlone(rule, state)
    if (met === null) continue
    const { by: person, setting, material = null } = state
    const key = JSON.stringify([person, setting, material])
    const before = cells.get(key) ?? { person, setting, material, tried: 0, met: 0 }
    cells.set(key, { ...before, tried: before.tried + 1, met: before.met + (met ? 1 : 0) })
  }
  return [...cells].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, cell]) => cell)
}

function probesOf(rule: Threshold, sessions: readonly SessionState[], since: Day) {
  return sessions
    .filter(({ condition, day }) => (condition === 'maintenance' || condition === 'probe') && day > since)
    .toSorted((a, b) => (a.started < b.started ? -1 : a.started > b.started ? 1 : 0))
    .flatMap((state) => {
      const passed = meetsAlone(rule, state)
      return passed === null ? [] : [{ session: state.session, day: state.day, passed }]
    })
}
