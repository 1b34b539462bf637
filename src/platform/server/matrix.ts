/**
 * The permission matrix of the first wall (domain B.3), in words. The second wall has its own copy in the
 * database (table role_tier); a test compares the two, so that neither can drift alone.
 */
import type { Action, Tier } from '../records/registry.ts'

export type Right = 'read' | Action

const read: readonly Right[] = ['read']
const create: readonly Right[] = ['read', 'create']
const approve: readonly Right[] = ['read', 'create', 'approve']

export interface RoleRule {
  /** near: through a dated relationship with the student; wide: through a role at the student's school. */
  readonly reach: 'near' | 'wide'
  readonly rights: { readonly [tier in Tier]?: readonly Right[] }
  /** School days of history; absent = all. */
  readonly historyDays?: number
}

export const MATRIX: { readonly [role: string]: RoleRule } = {
  para: { reach: 'near', rights: { T0: read, T1: read, T2: create, T3: create, T4: create } },
  substitute: { reach: 'near', rights: { T0: read, T1: read, T2: create, T3: create }, historyDays: 10 },
  case_manager: {
    reach: 'near',
    rights: { T0: approve, T1: approve, T2: approve, T3: approve, T4: read, T5: create },
  },
  gened_teacher: { reach: 'near', rights: { T0: read, T1: read, T2: create, T3: create } },
  ot: { reach: 'near', rights: { T0: read, T1: read, T2: approve, T3: read, T4: approve } },
  pt: { reach: 'near', rights: { T0: read, T1: read, T2: approve, T3: read, T4: approve } },
  slp: { reach: 'near', rights: { T0: read, T1: read, T2: approve, T3: read, T4: approve } },
  bcba: { reach: 'near', rights: { T0: read, T1: read, T2: approve, T3: approve, T4: read } },
  counselor: { reach: 'near', rights: { T0: read, T1: read, T2: read, T3: read, T5: approve } },
  nurse: { reach: 'near', rights: { T0: read, T1: approve, T2: read, T3: read, T4: approve } },
  gt_teacher: { reach: 'near', rights: { T0: read, T1: read, T2: approve } },
  bus: { reach: 'near', rights: { T0: read, T1: read } },
  coordinator: { reach: 'wide', rights: { T0: read, T1: read, T2: read, T3: read, T4: read, T5: read } },
  administrator: { reach: 'wide', rights: { T0: read, T1: read, T2: read, T3: read, T4: read, T5: read } },
  office: { reach: 'wide', rights: { T0: read, T1: read } },
}

/** A relationship as the first wall judges it. Instants in ms; `to` null = open. */
export interface RelationshipSpan {
  readonly student: string
  readonly role: string
  readonly from: number
  readonly to: number | null
}

/** Deny by default: true only when a relationship that was active at `at` carries a role with this right on this tier. */
export function mayAct(
  spans: readonly RelationshipSpan[],
  student: string,
  tier: Tier,
  right: Right,
  at: number,
): boolean {
  for (const span of spans) if (carries(span, student, tier, right, at)) return true
  return false
}

/** Does this one relationship carry the right? As `mayAct`. */
export function carries(
  span: RelationshipSpan,
  student: string,
  tier: Tier,
  right: Right,
  at: number,
): boolean {
  if (span.student !== student || span.from > at || (span.to !== null && span.to <= at)) return false
  const rule = MATRIX[span.role]
  return rule?.reach === 'near' && (rule.rights[tier]?.includes(right) ?? false)
}
