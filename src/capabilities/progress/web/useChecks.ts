/** Checks of how a program is run, as far as this device holds them: it holds none that its person may not see. */
import { dayOf } from '../../../platform/core/days.ts'
import { settle } from '../../../platform/records/settle.ts'
import { useRecords } from '../../../platform/web/store/hooks.ts'
import { scoreOf } from '../fidelity.ts'
import type { Goal } from '../goal.ts'
import type { FidelityMark } from '../graph.ts'
import { FidelityBody } from '../records.ts'

export function useChecks(goal: Goal): readonly FidelityMark[] {
  const records = useRecords(`fidelity:${goal.program}`)
  return settle(records).live.flatMap((record): FidelityMark[] => {
    const body = FidelityBody.safeParse(record.body).data
    const day = dayOf(record.at, record.tz)
    const score = body && scoreOf({ day, body })
    const adult = record.refs['adult']
    if (!score || adult === undefined) return []
    const { correct, scored } = score
    return [{ session: record.refs['session'] ?? null, day, adult, correct, scored }]
  })
}
