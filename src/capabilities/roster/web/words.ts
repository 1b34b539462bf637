/** Words of imports, teams and guardians. */
import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { Format } from '../formats-list.ts'
import type { Relation, Right } from '../people.ts'
import type { PlainField } from '../plain-mapping.ts'

export const FORMAT_WORDS: Readonly<Record<Format, MessageDescriptor>> = {
  oneroster: msg`OneRoster 1.0 to 1.2, or School Data Sync V2`,
  sds: msg`Microsoft School Data Sync V1`,
  edfi: msg`Ed-Fi XML`,
  ucs: msg`UCS@school user list`,
  csv: msg`A list with columns of its own`,
}

export const FIELD_WORDS: Readonly<Record<PlainField, MessageDescriptor>> = {
  id: msg`Number or id`,
  given: msg`First name`,
  family: msg`Last name`,
  name: msg`Whole name (Last, First)`,
  preferred: msg`Goes by`,
  email: msg`E-mail`,
  role: msg`Role`,
  school: msg`School`,
  grade: msg`Grade level`,
  section: msg`Class or classes`,
  start: msg`First day`,
  end: msg`Last day`,
}

export const KIND_WORDS: Readonly<Record<string, MessageDescriptor>> = {
  schools: msg`Schools`,
  people: msg`Adults`,
  roles: msg`Roles of adults`,
  students: msg`Students`,
  sections: msg`Classes`,
  enrollments: msg`Places in classes`,
  relationships: msg`Who works with whom`,
}

export const CHANGE_WORDS: Readonly<Record<'added' | 'changed' | 'ended', MessageDescriptor>> = {
  added: msg`new`,
  changed: msg`changed`,
  ended: msg`left`,
}

export const RIGHT_WORDS: Readonly<Record<Right, MessageDescriptor>> = {
  ferpa_access: msg`May read the records`,
  educational_decision: msg`Decides about education`,
  pick_up: msg`May pick up`,
  contact_allowed: msg`May be in contact`,
  receives_messages: msg`Gets messages`,
}

export const DENIED_WORDS: Readonly<Record<Right, MessageDescriptor>> = {
  ferpa_access: msg`May not read the records`,
  educational_decision: msg`Does not decide about education`,
  pick_up: msg`May not pick up`,
  contact_allowed: msg`No contact`,
  receives_messages: msg`Gets no messages`,
}

export const RELATION_WORDS: Readonly<Record<Relation, MessageDescriptor>> = {
  parent: msg`Parent`,
  guardian: msg`Legal guardian`,
  other: msg`Somebody else`,
}

export const SOURCE_WORDS: Readonly<Record<string, MessageDescriptor>> = {
  schedule: msg`by the schedule`,
  coverage: msg`as cover`,
  case_manager: msg`by the case manager`,
  therapist: msg`by the therapist`,
  manual: msg`by hand`,
  import: msg`by the roster`,
}

export const FACT_WORDS: Readonly<Record<string, MessageDescriptor>> = {
  special_education: msg`Special education`,
  section_504: msg`Section 504`,
  program: msg`Program`,
  transportation: msg`Transportation`,
}
