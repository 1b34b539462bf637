/**
 * What the screens and the server say to each other about imports, teams and guardians. Shapes only; pure, so that both
 * sides check the same.
 */
import { z } from 'zod'
import { uuid } from '../../platform/records/envelope.ts'
import { FORMATS } from './formats-list.ts'
import { FileMapping } from './plain-mapping.ts'

/** Roles that work with a student through a relationship (domain B.1, B.3). */
export const TEAM_ROLES = [
  'case_manager',
  'para',
  'gened_teacher',
  'ot',
  'pt',
  'slp',
  'bcba',
  'counselor',
  'nurse',
  'gt_teacher',
  'bus',
] as const

const reason = z.string().trim().min(3).max(300)

export const ImportRequest = z.strictObject({
  id: uuid,
  files: z
    .array(z.strictObject({ name: z.string().min(1).max(200), base64: z.base64() }))
    .min(1)
    .max(40),
  format: z.enum(FORMATS).optional(),
  mapping: z.record(z.string(), FileMapping).optional(),
  dry_run: z.boolean(),
  accept_leavers: z.boolean().default(false),
})
export type ImportRequest = z.input<typeof ImportRequest>

export const AddMember = z.strictObject({
  id: uuid,
  person: uuid,
  role: z.enum(TEAM_ROLES),
  /** The first and the last day, at the school; from today when absent, and without an end. */
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
  reason,
})
export type AddMember = z.infer<typeof AddMember>

export const EndMember = z.strictObject({ relationship: uuid, reason })
export type EndMember = z.infer<typeof EndMember>

/** Rights that are independent of each other (domain B.7). */
export const RIGHTS = [
  'ferpa_access',
  'educational_decision',
  'pick_up',
  'contact_allowed',
  'receives_messages',
] as const
export type Right = (typeof RIGHTS)[number]

const flags = z.strictObject({
  ferpa_access: z.boolean(),
  educational_decision: z.boolean(),
  pick_up: z.boolean(),
  contact_allowed: z.boolean(),
  receives_messages: z.boolean(),
})
export type Rights = z.infer<typeof flags>

export const RELATIONS = ['parent', 'guardian', 'other'] as const
export type Relation = (typeof RELATIONS)[number]

export const AddGuardian = z.strictObject({
  id: uuid,
  /** Somebody who is known already, or a name. */
  person: uuid.nullable(),
  given: z.string().trim().max(100),
  family: z.string().trim().max(100),
  relation: z.enum(RELATIONS),
  rights: flags,
  /** The registrar's number of the court order or agreement. */
  order_doc: z.string().trim().max(100).nullable(),
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
  /** The row that this one takes the place of. */
  replaces: uuid.nullable(),
  reason,
})
export type AddGuardian = z.infer<typeof AddGuardian>

export const EndGuardian = z.strictObject({ guardian: uuid, reason })
export type EndGuardian = z.infer<typeof EndGuardian>

/**
 * Whether these flags take a right away that somebody has by law, so that a document must say so: both parents have all
 * rights unless an order, a law or a binding agreement says otherwise (34 CFR 99.4). Somebody else has only what is
 * given; to forbid contact needs a document with anybody.
 */
export function isRestriction(relation: Relation, rights: Rights): boolean {
  if (!rights.contact_allowed) return true
  return relation !== 'other' && !(rights.ferpa_access && rights.educational_decision && rights.pick_up)
}

export interface TeamMember {
  readonly id: string
  readonly person: string
  readonly name: string
  readonly role: string
  readonly from: string
  readonly to: string | null
  readonly source: string
  readonly why: string
  readonly endedWhy: string | null
}

export interface GuardianRow {
  readonly id: string
  readonly person: string
  readonly name: string
  readonly relation: Relation
  readonly rights: Rights
  readonly orderDoc: string | null
  readonly from: string
  readonly to: string | null
  readonly endedWhy: string | null
}

/** `GET /api/team/:student`. What a reader may not know is null, never an empty list. */
export interface Team {
  readonly student: {
    readonly id: string
    readonly initials: string
    readonly name: string
    readonly left: string | null
  }
  readonly now: string
  readonly members: readonly TeamMember[]
  /** Somebody may not take or meet the child: call the office before release. Why is not said. */
  readonly callOffice: boolean
  readonly guardians: readonly GuardianRow[] | null
  /** Whom one may add: adults of the school, with what they are there. Null: one may not. */
  readonly adults:
    | readonly { readonly id: string; readonly name: string; readonly roles: readonly string[] }[]
    | null
  /** What imports say of the student beside the roster. */
  readonly facts: readonly {
    readonly kind: string
    readonly from: string | null
    readonly to: string | null
    readonly detail: Readonly<Record<string, unknown>>
  }[]
}

/** `GET /api/roster/imports`. */
export interface ImportRun {
  readonly id: string
  readonly source: string
  readonly at: string
  readonly by: string | null
  readonly rows: number
  readonly findings: number
  readonly changes: Readonly<
    Record<string, { added: number; changed: number; ended: number; unchanged: number }>
  >
}
