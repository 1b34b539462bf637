/** The tables of the platform's migrations, as Kysely sees them. Capabilities add theirs by declaration merging. */
import type { ColumnType, Generated } from 'kysely'

type Instant = ColumnType<Date, Date | string, Date | string>
type MaybeInstant = ColumnType<Date | null, Date | string | null, Date | string | null>

export interface Tables {
  district: {
    district_id: string
    name: string
    tz: string
    demo: Generated<boolean>
    clock_offset_ms: Generated<number>
    created: Generated<Date>
  }
  school: {
    district_id: string
    school_id: string
    source_id: string
    name: string
    kind: string
    parent_id: string | null
  }
  person: {
    district_id: string
    person_id: string
    source_id: string
    given: string
    family: string
    email: string | null
  }
  pin: {
    district_id: string
    browser: Buffer
    person_id: string
    salt: Buffer
    hash: Buffer
    wrong: Generated<number>
    made: Instant
    ends: Instant
  }
  staff_role: {
    district_id: string
    role_id: string
    person_id: string
    role: string
    school_id: string | null
    from_at: Instant
    to_at: MaybeInstant
  }
  student: {
    district_id: string
    student_id: string
    source_id: string
    given: string
    family: string
    preferred: string | null
    initials: string
    color: number
    grade: string | null
    school_id: string
    wing: number
    ended: MaybeInstant
  }
  relationship: {
    district_id: string
    relationship_id: string
    person_id: string
    student_id: string
    role: string
    from_at: Instant
    to_at: MaybeInstant
    source: string
    why: string
    recorded: Generated<Date>
    granted_by: Generated<string | null>
    ended_by: Generated<string | null>
    ended_why: Generated<string | null>
  }
  restriction: {
    district_id: string
    restriction_id: string
    person_id: string
    student_id: string
    from_at: Instant
    to_at: MaybeInstant
    document: string
  }
  role_tier: {
    role: string
    tier: string
    can_read: boolean
    can_create: boolean
    can_approve: boolean
    reach: string
    history_days: number | null
  }
  aud: { district_id: string; aud: number; scope: string; of_id: string; tier: string }
  wing: { district_id: string; wing: number; school_id: string; tier: string }
  intern_counter: { district_id: string; next_aud: Generated<number>; next_wing: Generated<number> }
  counter: {
    district_id: string
    epoch: string
    head: Generated<number>
    head_id: string | null
    safe_pos: Generated<number>
  }
  record: {
    district_id: string
    id: string
    pos: number
    aud: number
    wing: number | null
    student_id: string | null
    kind: string
    act: string
    standing: boolean
    part: string
    at: Instant
    day: string
    device: string
    seq: number
    author: string
    uploaded_by: string
    received: Instant
    skew_ms: number | null
    replaces: string | null
    digest: Buffer
    envelope: string
  }
  projection: {
    district_id: string
    view: string
    version: number
    part: string
    parent: string
    aud: number
    wing: number | null
    student_id: string | null
    at: Instant
    standing: Generated<boolean>
    state: string
  }
  refused: {
    district_id: string
    refused_id: string
    id: string | null
    uploaded_by: string
    received: Instant
    code: string
    field: string | null
    message: string
    student_id: string | null
    digest: Buffer
    body: string
    truncated: boolean
    /** Whose record it says it is; null where it could not be opened. */
    author: string | null
    wings: Generated<number[]>
    resolved: MaybeInstant
    resolved_by: string | null
    how: string | null
    note: string | null
  }
  device_key: {
    district_id: string
    key_id: string
    device: string
    person_id: string
    public_key: Buffer
    label: string
    opened: Instant
    seen: Instant
    revoked: MaybeInstant
    session_id: string | null
  }
  device_seq: {
    district_id: string
    device: string
    person_id: string
    high: number
    seen: Instant
    /** An int8multirange as text. */
    arrived: Generated<string>
    announced: Generated<number>
    gap_since: MaybeInstant
  }
  audit: {
    district_id: string
    audit_id: string
    at: Instant
    actor: string | null
    action: string
    detail: string
  }
  audit_seal: {
    district_id: string
    n: number
    sealed: Instant
    prev_hash: string
    hash: string
    ids: string[]
  }
  audit_unsealed: { district_id: string; audit_id: string }
}
