/**
 * The roster: rows with validity dates that come in bulk from outside (a student information system, a demo
 * school), not records made by a tap. One batch is one act: it goes in whole or not at all.
 * Instants are ISO UTC; days are `YYYY-MM-DD`; `to` = null means open-ended.
 */
import type { Json } from '../../platform/core/canonical.ts'
import type { Day } from '../../platform/core/days.ts'
import type { Uuid } from '../../platform/core/ids.ts'

/** Roles of domain B.3. */
export const ROLES = [
  'para',
  'substitute',
  'case_manager',
  'gened_teacher',
  'ot',
  'pt',
  'slp',
  'bcba',
  'counselor',
  'nurse',
  'coordinator',
  'administrator',
  'gt_teacher',
  'office',
  'it_admin',
  'volunteer',
  'bus',
  'guardian',
  'student',
] as const
export type Role = (typeof ROLES)[number]

export interface District {
  readonly id: Uuid
  readonly name: string
  readonly tz: string
  /** Only a demo district may shift its clock. */
  readonly demo: boolean
  readonly clockOffsetMs: number
}

export interface School {
  readonly id: Uuid
  /** The id in the source system; stable across imports. */
  readonly sourceId: string
  readonly name: string
  /** `school`, or a level above or beside it: `district`, `department`, … as the source says. */
  readonly kind: string
  readonly parent: Uuid | null
}

export interface Person {
  readonly id: Uuid
  readonly sourceId: string
  readonly given: string
  readonly family: string
  readonly email: string | null
}

/** A dated role of a person: at one school, or in the whole district (`school` null). */
export interface StaffRole {
  readonly id: Uuid
  readonly person: Uuid
  readonly role: Role
  readonly school: Uuid | null
  readonly from: string
  readonly to: string | null
}

export interface Student {
  readonly id: Uuid
  readonly sourceId: string
  readonly given: string
  readonly family: string
  readonly preferred: string | null
  /** What screens show: `A.M.` */
  readonly initials: string
  /** 1–6: the quiet color beside the initials. */
  readonly color: number
  readonly grade: string | null
  readonly school: Uuid
  /** When the student left, ISO UTC. */
  readonly ended?: string
}

export interface Section {
  readonly id: Uuid
  readonly sourceId: string
  readonly school: Uuid
  readonly title: string
  readonly course: string | null
  readonly terms: readonly string[]
}

/** A student or an adult in a section. */
export interface Enrollment {
  readonly id: Uuid
  readonly sourceId: string
  readonly section: Uuid
  readonly student: Uuid | null
  readonly person: Uuid | null
  readonly role: Role
  readonly from: Day | null
  readonly to: Day | null
}

/** Who may work with whom, when, and why: the second factor of every access decision (domain B.1). */
export interface Relationship {
  readonly id: Uuid
  readonly person: Uuid
  readonly student: Uuid
  readonly role: Role
  readonly from: string
  readonly to: string | null
  readonly source: 'schedule' | 'coverage' | 'case_manager' | 'therapist' | 'manual' | 'import'
  readonly why: string
}

/**
 * What an import says of a student beside the roster, and has no other place: kept as it came, read by whoever may
 * read its tier. It decides nothing.
 */
export interface StudentFact {
  readonly id: Uuid
  readonly student: Uuid
  readonly kind: 'special_education' | 'section_504' | 'program' | 'transportation' | 'scores'
  readonly tier: 'T1' | 'T2' | 'T5'
  readonly from: Day | null
  readonly to: Day | null
  readonly detail: { readonly [name: string]: Json }
}

/** A day on which a school is open, as an imported calendar says. */
export interface OpenDay {
  readonly school: Uuid
  readonly day: Day
}

/** A quarter, a term or a year as an imported calendar has it; `school` null = of every school. */
export interface SchoolTerm {
  readonly id: Uuid
  readonly school: Uuid | null
  readonly title: string
  readonly from: Day
  /** The last day. */
  readonly to: Day
}

/** What one set of files holds beside the roster. */
export interface RosterExtras {
  readonly facts: readonly StudentFact[]
  readonly days: readonly OpenDay[]
  readonly terms: readonly SchoolTerm[]
}

export interface RosterBatch {
  readonly schools: readonly School[]
  readonly people: readonly Person[]
  readonly roles: readonly StaffRole[]
  readonly students: readonly Student[]
  readonly sections: readonly Section[]
  readonly enrollments: readonly Enrollment[]
  readonly relationships: readonly Relationship[]
}

export type { Finding } from '../../platform/core/csv.ts'
