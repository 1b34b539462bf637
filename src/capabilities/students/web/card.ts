/** Which safety card stands: the newest published one. Two that replace the same one are a conflict with an owner. */
import type { StoredRecord } from '../../../platform/records/envelope.ts'
import { SafetyBody } from '../records.ts'
import { headsOf, type Head } from '../versions.ts'

export type SafetyCard = Head<SafetyBody>

/** The cards that stand, the newest first: none, one, or several that contradict each other. */
export function standingCards(records: readonly StoredRecord[]): SafetyCard[] {
  return headsOf(records, 'students.safety', SafetyBody)
}
