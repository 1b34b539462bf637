/**
 * What the screens and the server say to each other about imports, teams and guardians. Shapes only; pure, so that both
 * sides check the same.
 */
import { z } from 'zod'
import { uuid } from '../../platform/records/envelope.ts'
import { FindingShape } from '../../platform/records/finding.ts'
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

const day = z.string()

export const TeamMember = z.object({
  id: uuid,
  person: uuid,
  name: z.string(),
  role: z.string(),
  from: z.string(),
  to: z.string().nullable(),
  source: z.string(),
  why: z.string(),
  endedWhy: z.string().nullable(),
})
export type TeamMember = z.infer<typeof TeamMember>

export const GuardianRow = z.object({
  id: uuid,
  person: uuid,
  name: z.string(),
  relation: z.enum(RELATIONS),
  rights: flags,
  orderDoc: z.string().nullable(),
  from: day,
  to: day.nullable(),
  endedWhy: z.string().nullable(),
})
export type GuardianRow = z.infer<typeof GuardianRow>

/** `GET /api/team/:student`. What a reader may not know is null, never an empty list. */
export const Team = z.object({
  student: z.object({ id: uuid, initials: z.string(), color: z.number(), left: z.string().nullable() }),
  now: z.string(),
  members: z.array(TeamMember),
  /** Somebody may not take or meet the child: call the office before release. Why is not said. */
  callOffice: z.boolean(),
  guardians: z.array(GuardianRow).nullable(),
  /** Whom one may add: adults of the school, with what they are there. Null: one may not. */
  adults: z.array(z.object({ id: uuid, name: z.string(), roles: z.array(z.string()) })).nullable(),
  /** What imports say of the student beside the roster. */
  facts: z.array(
    z.object({
      kind: z.string(),
      from: day.nullable(),
      to: day.nullable(),
      detail: z.record(z.string(), z.unknown()),
    }),
  ),
})
export type Team = z.infer<typeof Team>

/** `GET /api/students/:student/scores`: exports of assessments, the newest first, as far as the reader's tiers go. */
export const StudentScores = z.object({
  sets: z.array(
    z.object({
      id: uuid,
      /** The vendor's layout: where it came from. */
      source: z.string(),
      assessment: z.string(),
      /** Time of year, where the export says it. */
      period: z.string().nullable(),
      taken: day.nullable(),
      /** Name and value as the export has them: their scale is the vendor's. */
      scores: z.array(z.tuple([z.string(), z.string()])),
      /** Read by few. */
      restricted: z.boolean(),
    }),
  ),
})
export type StudentScores = z.infer<typeof StudentScores>

/** `GET /api/team`: the students in reach, with how many adults work with them now. */
export const TeamList = z.object({
  students: z.array(
    z.object({
      id: uuid,
      initials: z.string(),
      color: z.number(),
      grade: z.string().nullable(),
      school: z.string(),
      adults: z.int(),
      manager: z.boolean(),
    }),
  ),
})
export type TeamList = z.infer<typeof TeamList>

const Count = z.object({ added: z.int(), changed: z.int(), ended: z.int(), unchanged: z.int() })

/** `GET /api/roster/imports`. */
export const ImportRuns = z.object({
  runs: z.array(
    z.object({
      id: uuid,
      source: z.string(),
      at: z.string(),
      by: z.string().nullable(),
      rows: z.int(),
      findings: z.int(),
      changes: z.record(z.string(), Count),
    }),
  ),
})
export type ImportRuns = z.infer<typeof ImportRuns>

/** `GET /api/roster/imports/:id/progress`: rows of the files that are in, of all; `of` null while they are read. */
export const ImportProgress = z.object({ done: z.int(), of: z.int().nullable() })
export type ImportProgress = z.infer<typeof ImportProgress>

/** What an import would do, or has done. */
export const ImportAnswer = z.object({
  ok: z.boolean(),
  imported: z.boolean(),
  format: z.enum(FORMATS),
  findings: z.array(FindingShape),
  files: z.record(z.string(), z.object({ rows: z.int() })),
  ignored: z.array(z.string()),
  changes: z.record(z.string(), Count).nullable(),
  facts: z.int(),
  days: z.int(),
  rows: z.array(
    z.object({
      kind: z.enum(['students', 'people']),
      change: z.enum(['added', 'changed', 'ended']),
      name: z.string(),
      what: z.string(),
    }),
  ),
  /** Of lists with columns of their own: their headers, and what each is taken for. */
  columns: z.record(z.string(), z.object({ headers: z.array(z.string()), mapping: FileMapping })),
})
export type ImportAnswer = z.infer<typeof ImportAnswer>

export const Done = z.object({ ok: z.literal(true) })
