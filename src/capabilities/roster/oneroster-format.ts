/**
 * What the OneRoster CSV format says (1EdTech, versions 1.0, 1.1 and 1.2): its files, their columns with the
 * names of earlier versions, and its vocabularies with what each word means here. Data only; used by the reader.
 */
import type { ColumnSpec } from '../../platform/core/csv.ts'
import { ROLES, type Role } from './model.ts'

/** The files that are read, in the order in which one refers to the other. */
export const FILES = [
  'orgs',
  'academicSessions',
  'courses',
  'users',
  'roles',
  'classes',
  'enrollments',
  'demographics',
] as const
export type FileName = (typeof FILES)[number]

/** Files of the format that hold nothing the roster needs. */
export const UNUSED_FILES: readonly string[] = [
  'categories',
  'classResources',
  'courseResources',
  'lineItems',
  'lineItemLearningObjectiveIds',
  'lineItemScoreScales',
  'resources',
  'results',
  'resultLearningObjectiveIds',
  'resultScoreScales',
  'scoreScales',
  'userProfiles',
  'userResources',
]

/** Without these two there are no schools and no people. */
export const REQUIRED_FILES: readonly FileName[] = ['orgs', 'users']

/** The format's place for a vendor's additions. */
export const EXTENSION = /^metadata\./

export const MANIFEST_COLUMNS: readonly ColumnSpec[] = [
  { name: 'propertyName', required: true },
  { name: 'value', required: true },
]

const DATE = /^\d{4}-\d{2}-\d{2}/
const TRUTH = /^(true|false)$/i
const STATUS: readonly ColumnSpec[] = [
  { name: 'status', shape: /^(active|inactive|tobedeleted)$/i },
  { name: 'dateLastModified', shape: DATE },
]
const RECORD: readonly ColumnSpec[] = [{ name: 'sourcedId', required: true }, ...STATUS]

export const COLUMNS: Readonly<Record<FileName, readonly ColumnSpec[]>> = {
  orgs: [
    ...RECORD,
    { name: 'name', required: true },
    { name: 'type', required: true },
    { name: 'identifier' },
    { name: 'parentSourcedId' },
  ],
  academicSessions: [
    ...RECORD,
    { name: 'title', required: true },
    { name: 'type' },
    { name: 'startDate', required: true, shape: DATE },
    { name: 'endDate', required: true, shape: DATE },
    { name: 'parentSourcedId' },
    { name: 'schoolYear' },
  ],
  courses: [
    ...RECORD,
    { name: 'schoolYearSourcedId', aliases: ['schoolYearId'] },
    { name: 'title', required: true },
    { name: 'courseCode' },
    { name: 'grades', aliases: ['grade'] },
    { name: 'orgSourcedId' },
    { name: 'subjects' },
    { name: 'subjectCodes' },
  ],
  users: [
    ...RECORD,
    { name: 'enabledUser', shape: TRUTH },
    { name: 'orgSourcedIds', aliases: ['orgSourcedId'] },
    { name: 'role' },
    { name: 'username' },
    { name: 'userIds', aliases: ['userId'] },
    { name: 'givenName', required: true },
    { name: 'familyName', required: true },
    { name: 'middleName' },
    { name: 'identifier' },
    { name: 'email', shape: /@/ },
    { name: 'sms' },
    { name: 'phone' },
    { name: 'agentSourcedIds', aliases: ['agents'] },
    { name: 'grades', aliases: ['grade'] },
    { name: 'password' },
    { name: 'userMasterIdentifier' },
    { name: 'resourceSourcedIds' },
    { name: 'preferredGivenName' },
    { name: 'preferredMiddleName' },
    { name: 'preferredFamilyName' },
    { name: 'primaryOrgSourcedId' },
    { name: 'pronouns' },
  ],
  roles: [
    ...RECORD,
    { name: 'userSourcedId', required: true },
    { name: 'roleType' },
    { name: 'role', required: true },
    { name: 'beginDate', shape: DATE },
    { name: 'endDate', shape: DATE },
    { name: 'orgSourcedId', required: true },
    { name: 'userProfileSourcedId' },
  ],
  classes: [
    ...RECORD,
    { name: 'title', required: true },
    { name: 'grades', aliases: ['grade'] },
    { name: 'courseSourcedId' },
    { name: 'classCode' },
    { name: 'classType' },
    { name: 'location' },
    // School Data Sync V2 calls it as in its other files
    { name: 'schoolSourcedId', required: true, aliases: ['orgSourcedId'] },
    { name: 'termSourcedIds', aliases: ['termSourcedId'] },
    { name: 'subjects' },
    { name: 'subjectCodes' },
    { name: 'periods' },
  ],
  enrollments: [
    // School Data Sync V2 gives them none
    { name: 'sourcedId' },
    ...STATUS,
    { name: 'classSourcedId', required: true },
    { name: 'schoolSourcedId' },
    { name: 'userSourcedId', required: true },
    { name: 'role', required: true },
    { name: 'primary', shape: TRUTH },
    { name: 'beginDate', shape: DATE },
    { name: 'endDate', shape: DATE },
  ],
  demographics: [
    { name: 'sourcedId', required: true, aliases: ['userSourcedId'] },
    ...STATUS,
    { name: 'birthDate', aliases: ['birthdate'], shape: DATE },
    { name: 'sex' },
    { name: 'americanIndianOrAlaskaNative' },
    { name: 'asian' },
    { name: 'blackOrAfricanAmerican' },
    { name: 'nativeHawaiianOrOtherPacificIslander' },
    { name: 'white' },
    { name: 'demographicRaceTwoOrMoreRaces' },
    { name: 'hispanicOrLatinoEthnicity' },
    { name: 'countryOfBirthCode' },
    { name: 'stateOfBirthAbbreviation' },
    { name: 'cityOfBirth' },
    { name: 'publicSchoolResidenceStatus' },
  ],
}

/** True for a version this reader knows: 1.0, 1.1, 1.2 and their revisions. */
export function isKnownVersion(version: string): boolean {
  return /^v?1\.[012](\.\d+)?$/i.test(version)
}

/** `ended`: the row is history. Version 1.0 also had `inactive`. Blank is active. Null: no such status. */
export function statusOf(value: string): 'active' | 'ended' | null {
  const status = value.toLowerCase()
  if (status === '' || status === 'active') return 'active'
  return status === 'tobedeleted' || status === 'inactive' ? 'ended' : null
}

/**
 * What a role of users.csv, roles.csv or enrollments.csv is here, or null for an unknown one. Where the format
 * has a role that the product does not know, it becomes the one that may see least.
 */
export function roleOf(value: string): Role | null {
  const word = value.toLowerCase().replace(/^ext:/, '')
  return ROLE_WORDS.get(word) ?? ROLES.find((role) => role === word.replaceAll(/[ -]/g, '_')) ?? null
}

/** Roles that lose meaning on the way in, so that somebody should look. */
export function isNarrowed(value: string): boolean {
  return ['proctor', 'staff', 'other'].includes(value.toLowerCase())
}

const ROLE_WORDS: ReadonlyMap<string, Role> = new Map([
  ['student', 'student'],
  // Whether a teacher is also a case manager stands in no roster file.
  ['teacher', 'gened_teacher'],
  ['faculty', 'gened_teacher'],
  ['lecturer', 'gened_teacher'],
  ['professor', 'gened_teacher'],
  ['aide', 'para'],
  ['administrator', 'administrator'],
  ['guardian', 'guardian'],
  ['parent', 'guardian'],
  ['relative', 'guardian'],
  ['proctor', 'volunteer'],
  ['staff', 'volunteer'],
  ['other', 'volunteer'],
  // Since 1.2.
  ['counselor', 'counselor'],
  ['districtadministrator', 'administrator'],
  ['principal', 'administrator'],
  ['siteadministrator', 'administrator'],
  ['systemadministrator', 'it_admin'],
  // Common additions, as Microsoft School Data Sync lists them (learn.microsoft.com/schooldatasync/default-list-of-values).
  ['paraprofessional', 'para'],
  ['teacherassistant', 'para'],
  ['substitute', 'substitute'],
  ['nurse', 'nurse'],
  ['occupationaltherapist', 'ot'],
  ['physicaltherapist', 'pt'],
  ['speechtherapist', 'slp'],
  ['officestaff', 'office'],
  ['itadmin', 'it_admin'],
])
