/**
 * Agreement on what is recorded as a log (domain C14, C15, C18, D.8): code by code, cell by cell, visit by visit. Each
 * observation beside somebody is one agreement; they are listed and never averaged. Pure; made where a goal is made.
 */
import type { Day } from '../../platform/core/days.ts'
import { cellByCell, codeByCode } from '../behavior/agreement.ts'
import type { BehaviorLog } from '../behavior/rules.ts'
import type { CareLog } from '../care/rules.ts'
import { visitByVisit } from '../care/visits.ts'
import type { Ratio } from '../sessions/ioa/ratio.ts'
import { shareOf, shownPercent, type Score } from '../sessions/ioa/score.ts'
import { watchedLogs, type LogWatch } from '../sessions/log.ts'
import { LOW_AGREEMENT } from './points.ts'

export interface LogAgreement {
  /** Id of the second observer's log. */
  readonly key: string
  readonly day: Day
  readonly watch: LogWatch
  readonly formula: 'code_by_code' | 'cell_by_cell' | 'visit_by_visit'
  readonly agreed: number
  readonly total: number
  /** Null with too few to say one. */
  readonly percent: Ratio | null
  /** Both recorded nothing: 100 %, said so, and no agreement on what happened. */
  readonly nonOccurrence: boolean
  readonly low: boolean
}

/** Of the observations that are over, in order of time; what cannot be compared is left out. */
export function logAgreements(
  system: string,
  behavior: readonly BehaviorLog[],
  care: readonly CareLog[],
): LogAgreement[] {
  switch (system) {
    case 'abc':
      return watchedLogs(behavior).flatMap(({ primary, second, watch }) =>
        agreementOf('code_by_code', second.log, watch, codeByCode(primary, second, watch)),
      )
    case 'scatterplot':
      return watchedLogs(behavior).flatMap(({ primary, second, watch }) =>
        agreementOf('cell_by_cell', second.log, watch, cellByCell(primary, second)),
      )
    case 'toileting':
      return watchedLogs(care).flatMap(({ primary, second, watch }) =>
        agreementOf('visit_by_visit', second.log, watch, visitByVisit(primary, second, watch)),
      )
    default:
      return []
  }
}

/** Of several, the newest first: the first that says how far two agreed on what happened; nothing having happened says nothing of it. */
export function newestOnOccurrence(agreements: readonly LogAgreement[]): LogAgreement | null {
  return agreements.find(({ percent, nonOccurrence }) => percent !== null && !nonOccurrence) ?? null
}

function agreementOf(
  formula: LogAgreement['formula'],
  key: string,
  watch: LogWatch,
  score: Score | null,
): LogAgreement[] {
  if (watch.to === null || !score) return []
  const { agreed, total, nonOccurrence } = score
  const percent = shownPercent(score)
  const low = percent !== null && shareOf(score) < LOW_AGREEMENT
  return [{ key, day: watch.day, watch, formula, agreed, total, percent, nonOccurrence, low }]
}
