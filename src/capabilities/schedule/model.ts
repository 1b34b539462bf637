/**
 * The school's time: bell blocks, day types, and who does what with whom in which block. Rows, because they
 * come in bulk; what actually happened is told by records.
 */
import type { Json } from '../../platform/core/canonical.ts'
import type { Day } from '../../platform/core/days.ts'
import type { Uuid } from '../../platform/core/ids.ts'
import type { Contacts } from './contacts.ts'
import type { Focus } from './focus.ts'

/** One row of the bell schedule. Times are `HH:MM` at the school. */
export interface Block {
  readonly id: Uuid
  readonly school: Uuid
  readonly code: string
  readonly name: string
  readonly start: string
  readonly end: string
  /** `regular` when absent. A day that runs otherwise has blocks of its own, with the codes of the regular ones. */
  readonly variant?: string
}

/** A day on which the school is open. Days without a row are not school days. */
export interface SchoolDay {
  readonly school: Uuid
  readonly day: Day
  /** `A`, `B`, … */
  readonly type: string
  /** `regular` when absent; `early_release`, `delay`, `testing`, `assembly`. */
  readonly variant?: string
}

/** What an assignment is for, in the order in which coverage serves it (domain H.3). */
export const PURPOSES = ['care', 'one_to_one', 'post', 'service', 'class', 'prep'] as const
export type Purpose = (typeof PURPOSES)[number]

/** What one adult does in one block on some day types, between two dates. */
export interface Assignment {
  readonly id: Uuid
  readonly person: Uuid
  readonly block: Uuid
  readonly dayTypes: readonly string[]
  readonly from: Day
  readonly to: Day | null
  /** `HH:MM` when it does not begin or end with its block. */
  readonly start: string | null
  readonly end: string | null
  readonly title: string
  readonly place: string
  readonly note: string
  readonly students: readonly Uuid[]
  /** Programs to run in this block. */
  readonly programs: readonly Uuid[]
  /** `class` when absent. */
  readonly purpose?: Purpose
  /** Tasks in it that only somebody trained for them may do, e.g. `feeding`. */
  readonly needs?: readonly string[]
  readonly post?: Uuid | null
  /** Time without duty (domain H.2): never given away, never filled. */
  readonly off?: Off | null
}

export type Off = 'meal' | 'rest'

/** One adult for one student, because a plan says so. */
export interface OneToOne {
  readonly id: Uuid
  readonly school: Uuid
  readonly student: Uuid
  /** Codes of the blocks in which it holds; none = `minutesADay` says how long on a day. */
  readonly blocks: readonly string[]
  readonly minutesADay: number | null
  /** SV2 … SV6 (domain F.1). */
  readonly level: string
  /** Where the plan says so, e.g. a page. */
  readonly authority: string
  /** Tasks for which the adult must be trained. */
  readonly qualifications: readonly string[]
  /** Who takes over in breaks. */
  readonly relief: string
  readonly from: Day
  readonly to: Day | null
}

/** A place where adults have to be: lunch, recess, bus. */
export interface Post {
  readonly id: Uuid
  readonly school: Uuid
  readonly name: string
  readonly place: string
  /** Code of the block. */
  readonly code: string
  /** Students for one adult, at most; null = not said. */
  readonly ratio: number | null
  readonly minStaff: number
  readonly from: Day
  readonly to: Day | null
}

export const PERIODS = ['day', 'week', 'month', 'quarter', 'term'] as const
export type Per = (typeof PERIODS)[number]
export const PLACES = ['gen_ed', 'sped', 'other'] as const

/** A service that a plan promises, in minutes (34 CFR 300.320(a)(7)). */
export interface ServiceRequirement {
  readonly id: Uuid
  readonly school: Uuid
  readonly student: Uuid
  /** What it is, in a few words. */
  readonly service: string
  readonly minutes: number
  readonly per: Per
  /** In how many sessions of a period, where the plan says it. */
  readonly sessions: number | null
  readonly place: (typeof PLACES)[number]
  /** Role of who gives it. */
  readonly provider: string
  readonly from: Day
  readonly to: Day | null
  readonly groupMax: number | null
  /** Programs whose sessions are this service. */
  readonly programs: readonly Uuid[]
}

/** A person's day as their device holds it. */
export interface DayBoard {
  readonly day: Day
  readonly type: string | null
  readonly blocks: readonly BoardBlock[]
}

export interface BoardBlock {
  readonly assignment: Uuid
  readonly code: string
  /** Instants, ISO UTC. */
  readonly start: string
  readonly end: string
  readonly title: string
  readonly place: string
  readonly note: string
  readonly students: readonly Uuid[]
  readonly programs: readonly Uuid[]
  readonly purpose?: Purpose | undefined
  readonly off?: Off | undefined
  /** Somebody else has this break, and one is with their students meanwhile. */
  readonly relief?: Off | undefined
  /** Present when it is somebody else's by the timetable and this person does it on this day. */
  readonly cover?: { readonly usual: Uuid; readonly why: string } | undefined
}

/** `GET /api/me`: everything besides records that a person's device needs, today and tomorrow, also offline. */
export interface Me {
  readonly person: { readonly id: Uuid; readonly name: string; readonly initials: string }
  readonly district: {
    readonly id: Uuid
    readonly name: string
    readonly demo: boolean
    readonly tz: string
    readonly clockOffsetMs: number
  }
  readonly roles: readonly string[]
  readonly students: readonly MyStudent[]
  /** Adults of my students' teams, to name who recorded what. */
  readonly people: readonly {
    readonly id: Uuid
    readonly name: string
    readonly role: string
    /** Of my students, those with whom they work now; older documents do not say. */
    readonly with?: readonly Uuid[] | undefined
  }[]
  /** What I am trained for today; null = with any student. Older documents do not say. */
  readonly cleared?: readonly { readonly task: string; readonly student: Uuid | null }[] | undefined
  /** Trainings of mine that end, that ended lately, or that have no end; older documents do not say. */
  readonly training?:
    | readonly { readonly task: string; readonly student: Uuid | null; readonly to: Day | null }[]
    | undefined
  /** What my schools set before everybody, now and on the days to come, as it was said. */
  readonly focus?: readonly Focus[] | undefined
  /** Whom to call at my schools; older documents do not say. */
  readonly contacts?: readonly Contacts[] | undefined
  /** What other capabilities keep with the day, by their name; each reads its own (src/app.ts). */
  readonly brought?: { readonly [capability: string]: Json } | undefined
  readonly boards: readonly DayBoard[]
  /** School days of the last year, ascending: what counts as a gap on a graph. */
  readonly schoolDays: readonly Day[]
  /** Numbers of policy that screens decide by, from the rule packs as they hold today; older documents have none. */
  readonly rules?: { readonly [rule: string]: number | string | boolean } | undefined
  /** Days on which a program of my students was not run for a reason that is known by itself; older documents do not say. */
  readonly notRun?: readonly NotRun[] | undefined
  /** Sessions of my students whose times nobody has stood for yet; older documents do not say. */
  readonly doubts?: readonly TimesInDoubt[] | undefined
  /** The bells of my students' schools, for who decides about goals; older documents have none. */
  readonly bells?: readonly Bell[] | undefined
  /** For who owns programs and does not read T5: states of the checks of those (docs/adr/0014). */
  readonly checks?: readonly { readonly program: Uuid; readonly state: Json }[] | undefined
}

/** A program was planned on a day and nothing was recorded, because nobody was there to teach or to learn. */
export interface NotRun {
  readonly program: Uuid
  readonly day: Day
  readonly reason: 'student_absent' | 'staff_absent'
}

/** When the blocks of a school are, for those of my students who go there. */
export interface Bell {
  readonly students: readonly Uuid[]
  /** Of every variant, by start; times are `HH:MM` at the school. */
  readonly blocks: readonly {
    readonly variant: string
    readonly code: string
    readonly name: string
    readonly start: string
    readonly end: string
  }[]
  /** Of the last weeks: days that ran otherwise than `regular`. */
  readonly variants: { readonly [day: Day]: string }
}

/** The clock of the device that sent a session was wrong by more than five minutes. */
export interface TimesInDoubt {
  readonly program: Uuid
  readonly session: Uuid
  /** Who ran it. */
  readonly author: Uuid
  /** The house's time less the device's, ms: above 0 the device was behind. An estimate. */
  readonly offMs: number
}

export interface MyStudent {
  readonly id: Uuid
  readonly initials: string
  readonly color: number
  /** Preferred name; shown only on the student's own page. */
  readonly name: string
  readonly grade: string | null
  /** My role with this student. */
  readonly role: string
  /** When it ends by itself, ms; null = open. */
  readonly until: number | null
}
