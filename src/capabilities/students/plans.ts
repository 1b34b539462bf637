/**
 * Everything that is published of one student on this device, in its versions, and who has read it. Pure over what the
 * device holds; screens of students, Today and the pad ask it.
 */
import type { z } from 'zod'
import { dayOf, type Day } from '../../platform/core/days.ts'
import type { StoredRecord } from '../../platform/records/envelope.ts'
import { settle } from '../../platform/records/settle.ts'
import { diffOf, glanceLines, healthLines, profileLines, safetyLines, type Change } from './diff.ts'
import { BriefBody, GlanceBody, HandbackBody, HealthBody, ProfileBody, SafetyBody } from './records.ts'
import {
  acksOf,
  hasRead,
  headsOf,
  lastRead,
  versionsOf,
  type Ack,
  type Head,
  type Version,
} from './versions.ts'

/** What is asked of a device. */
export interface RecordsHere {
  partitionOf(record: {
    kind: string
    student: string
    refs: Readonly<Record<string, string>>
  }): string | null
  records(partition: string): readonly StoredRecord[]
}

/** Roles that work with a student by its plans, and say that they have read them (tier T2, domain B.3). */
export const IMPLEMENTERS = [
  'para',
  'substitute',
  'case_manager',
  'gened_teacher',
  'slp',
  'ot',
  'pt',
  'bcba',
  'gt_teacher',
]

export interface Plan<Body> {
  /** The oldest first. */
  readonly versions: readonly Version<Body>[]
  /** What stands, the newest first; more than one contradict each other. */
  readonly heads: readonly Head<Body>[]
}

export interface Plans {
  readonly safety: Plan<SafetyBody>
  readonly profile: Plan<ProfileBody>
  readonly health: Plan<HealthBody>
  readonly glance: Plan<GlanceBody>
  /** Also of who passed a brief on a version. */
  readonly acks: readonly Ack[]
}

export type What = Exclude<keyof Plans, 'acks'>
/** In the order in which they stand on a page. */
export const WHATS: readonly What[] = ['safety', 'health', 'glance', 'profile']
const NOUNS = [...WHATS, 'ack', 'brief'] as const

export function plansIn(device: RecordsHere, student: string): Plans {
  return plansFrom(NOUNS.flatMap((noun) => recordsOf(device, student, noun)))
}

/** The plans among records of one student. */
export function plansFrom(records: readonly StoredRecord[]): Plans {
  const planOf = <Body>(what: What, schema: z.ZodType<Body>): Plan<Body> => {
    const kind = `students.${what}`
    return { versions: versionsOf(records, kind, schema), heads: headsOf(records, kind, schema) }
  }
  const briefs = briefsIn(records).filter(({ passed }) => passed)
  return {
    safety: planOf('safety', SafetyBody),
    profile: planOf('profile', ProfileBody),
    health: planOf('health', HealthBody),
    glance: planOf('glance', GlanceBody),
    acks: [...acksOf(records), ...briefs.flatMap(({ of, by, at }) => of.map((id) => ({ of: id, by, at })))],
  }
}

export interface Unread {
  readonly what: What
  readonly id: string
  readonly author: string
  readonly at: string
  readonly number: number
  /** Null: nothing of it was read before; then all of it is new. */
  readonly changes: readonly Change[] | null
}

/** What stands and this person has not read, with what changed since the version they read last. */
export function unreadOf(plans: Plans, person: string): Unread[] {
  return WHATS.flatMap((what) => {
    const { versions, heads } = plans[what]
    return heads
      .filter((head) => !hasRead(head, plans.acks, person))
      .map(({ id, author, at, number, body }) => {
        const last = lastRead<unknown>(versions, plans.acks, person)
        const changes = last ? diffOf(linesOf(what, last.body), linesOf(what, body)) : null
        return { what, id, author, at, number, changes }
      })
  })
}

function linesOf(what: What, body: unknown) {
  switch (what) {
    case 'safety':
      return safetyLines(body as SafetyBody)
    case 'profile':
      return profileLines(body as ProfileBody)
    case 'health':
      return healthLines(body as HealthBody)
    case 'glance':
      return glanceLines(body as GlanceBody)
  }
}

export interface BriefDone {
  /** The versions that it was made of. */
  readonly of: readonly string[]
  readonly by: string
  readonly at: string
  readonly passed: boolean
  readonly wrong: number
}

/** Every try at a brief, the first one first. */
export function briefsIn(records: readonly StoredRecord[]): BriefDone[] {
  return settle(records.filter(({ kind }) => kind === 'students.brief')).live.flatMap(
    ({ refs, author, at, body }) => {
      const answered = BriefBody.safeParse(body).data
      return answered ? [{ of: Object.values(refs), by: author, at, ...answered }] : []
    },
  )
}

/** Whether a person has passed the brief of a student on a day. */
export function hasPassed(
  device: RecordsHere,
  student: string,
  person: string,
  { day, tz }: { day: Day; tz: string },
): boolean {
  return briefsIn(recordsOf(device, student, 'brief')).some(
    ({ by, at, passed }) => passed && by === person && dayOf(at, tz) === day,
  )
}

export interface Handback {
  readonly id: string
  readonly by: string
  readonly at: string
  readonly body: HandbackBody
}

/** Notes of who had the student for a day and gave them back, the newest first. */
export function handbacksIn(device: RecordsHere, student: string): Handback[] {
  return settle(recordsOf(device, student, 'handback'))
    .live.toReversed()
    .flatMap(({ id, author, at, body }) => {
      const said = HandbackBody.safeParse(body).data
      return said ? [{ id, by: author, at, body: said }] : []
    })
}

export function recordsOf(device: RecordsHere, student: string, noun: string): readonly StoredRecord[] {
  const partition = device.partitionOf({ kind: `students.${noun}`, student, refs: {} })
  return partition === null ? [] : device.records(partition)
}
