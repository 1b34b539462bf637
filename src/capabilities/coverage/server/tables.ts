/** The tables of migrations 0106, 0120 and 0121, as Kysely sees them. */
import type { Generated } from 'kysely'

declare module '../../../platform/server/schema.ts' {
  interface Tables {
    work_hours: {
      district_id: string
      hours_id: string
      school_id: string
      person_id: string
      from_day: string
      to_day: string | null
      start_time: string
      end_time: string
      recorded_by: string | null
      recorded: Date
      never_held: Generated<boolean>
      ended: Generated<Date | null>
      ended_by: Generated<string | null>
    }
    competency_override: {
      district_id: string
      override_id: string
      school_id: string
      person_id: string
      student_id: string
      task: string
      day: string
      beside_id: string
      reason: string
      allowed_by: string
      allowed: Date
      revoked: Date | null
    }
    coverage_plan: {
      district_id: string
      plan_id: string
      school_id: string
      day: string
      status: 'prepared' | 'proposed' | 'approved' | 'replaced'
      for_person: string | null
      made: Date
      made_by: string | null
      input: string
      digest: string
      taken: string
      approved: Generated<Date | null>
      approved_by: Generated<string | null>
    }
    coverage_notice: {
      district_id: string
      plan_id: string
      person_id: string
      school_id: string
      day: string
      seen: Generated<Date | null>
    }
    break_missed: {
      district_id: string
      missed_id: string
      school_id: string
      person_id: string
      day: string
      kind: 'meal' | 'rest'
      minutes: number
      recorded: Date
    }
  }
}
