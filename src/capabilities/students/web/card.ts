/** Which safety card stands: the newest published one. Two that replace the same one are a conflict with an owner. */
import type { StoredRecord } from '../../../platform/records/envelope.ts'
import { settle } from '../../../platform/records/settle.ts'
import { SafetyBody } from '../records.ts'

export interface SafetyCard {
  readonly id: string
  readonly body: SafetyBody
  readonly author: string
  /** Instant (ISO) at which it was published. */
  readonly at: string
  /** True when another card claims to follow the same one: somebody must decide, and both hold meanwhile. */
  readonly disputed: boolean
}

/**
 * The cards that stand, the newest first: none, one, or several that contradict each other. A card is followed by the
 * one that names it as its base; a card of an unknown shape counts as followed by nothing and shows nothing.
 */
export function standingCards(records: readonly StoredRecord[]): SafetyCard[] {
  const published = settle(records).live.filter((record) => record.kind === 'students.safety')
  const followed = new Set(published.map((record) => record.refs['base']))
  const heads = published.filter((record) => !followed.has(record.id))
  return heads.toReversed().flatMap((record) => {
    const body = SafetyBody.safeParse(record.body).data
    const { id, author, at } = record
    return body ? [{ id, author, at, body, disputed: heads.length > 1 }] : []
  })
}
