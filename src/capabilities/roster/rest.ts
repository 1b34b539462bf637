/**
 * What a OneRoster 1.2 service answers (1EdTech, “OneRoster Rostering Service 1.2”, REST/JSON binding), as one roster.
 * Pure: server/rest-client.ts fetches the collections. A finding's file is the collection, its row the object's
 * position in it from 1.
 */
import { said } from '../../platform/core/said.ts'
import { z } from 'zod'
import { FILES as TABLES, type FileName } from './oneroster-format.ts'
import { tableOf, type FileReport, type Item } from './oneroster-tables.ts'
import { rosterOf, type Read, type RosterOptions } from './oneroster.ts'

/** In the order in which one refers to the other. */
export const COLLECTIONS = ['orgs', 'academicSessions', 'courses', 'classes', 'users', 'enrollments'] as const
export type Collection = (typeof COLLECTIONS)[number]
export type Collections = Readonly<Record<Collection, readonly unknown[]>>

const Ref = z.object({ sourcedId: z.string() }).nullish()
const word = z.union([z.string(), z.boolean(), z.number()]).transform(String).nullish()
const Base = { sourcedId: z.string().min(1), status: word, dateLastModified: word }

const SHAPES = {
  orgs: z.object({ ...Base, name: word, type: word, parent: Ref }),
  academicSessions: z.object({ ...Base, title: word, startDate: word, endDate: word, parent: Ref }),
  courses: z.object({ ...Base, title: word, courseCode: word, org: Ref }),
  classes: z.object({
    ...Base,
    title: word,
    classCode: word,
    course: Ref,
    school: Ref,
    terms: z.array(z.object({ sourcedId: z.string() })).nullish(),
  }),
  users: z.object({
    ...Base,
    enabledUser: word,
    givenName: word,
    familyName: word,
    preferredFirstName: word,
    preferredLastName: word,
    email: word,
    grades: z.array(z.string()).nullish(),
    primaryOrg: Ref,
    roles: z
      .array(
        z.object({
          roleType: word,
          role: word,
          org: Ref,
          beginDate: word,
          endDate: word,
        }),
      )
      .nullish(),
  }),
  enrollments: z.object({
    ...Base,
    class: Ref,
    user: Ref,
    school: Ref,
    role: word,
    beginDate: word,
    endDate: word,
  }),
} as const

export function readRest(collections: Collections, options: RosterOptions): Read {
  return rosterOf(
    options,
    (zone, say) => {
      const reports: Record<string, FileReport> = {}
      const items = <Name extends Collection>(
        name: Name,
        of: (
          object: z.infer<(typeof SHAPES)[Name]>,
          line: number,
        ) => Record<string, string | null | undefined>,
      ): Item[] => {
        reports[name] = { rows: collections[name].length }
        return collections[name].flatMap((object, i): Item[] => {
          const parsed = SHAPES[name].safeParse(object)
          if (!parsed.success) {
            const field = parsed.error.issues[0]?.path.join('.') ?? null
            const message = said(
              /*i18n*/ {
                id: 'finding.rest.shape',
                message: 'The object does not have the shape that OneRoster 1.2 gives it.',
              },
            )
            say(name, i + 1, field, 'rest.shape', 'error', message)
            return []
          }
          const { sourcedId, status, dateLastModified } = parsed.data
          const values = of(parsed.data as z.infer<(typeof SHAPES)[Name]>, i + 1)
          return [itemOf(name, i + 1, { sourcedId, status, dateLastModified, ...values })]
        })
      }
      const roles: Item[] = []
      const read: Partial<Record<FileName, Item[]>> = {
        orgs: items('orgs', ({ name, type, parent }) => ({ name, type, parentSourcedId: parent?.sourcedId })),
        academicSessions: items('academicSessions', ({ title, startDate, endDate, parent }) => ({
          title,
          startDate,
          endDate,
          parentSourcedId: parent?.sourcedId,
        })),
        courses: items('courses', ({ title, courseCode, org }) => ({
          title,
          courseCode,
          orgSourcedId: org?.sourcedId,
        })),
        classes: items('classes', ({ title, classCode, course, school, terms }) => ({
          title,
          classCode,
          courseSourcedId: course?.sourcedId,
          schoolSourcedId: school?.sourcedId,
          termSourcedIds: terms?.map(({ sourcedId }) => sourcedId).join(','),
        })),
        users: items('users', (user, line) => {
          for (const { role, org, roleType, beginDate, endDate } of user.roles ?? [])
            roles.push(
              itemOf('users', line, {
                sourcedId: JSON.stringify([user.sourcedId, role, org?.sourcedId]),
                userSourcedId: user.sourcedId,
                role,
                orgSourcedId: org?.sourcedId,
                roleType,
                beginDate,
                endDate,
              }),
            )
          return {
            enabledUser: user.enabledUser,
            givenName: user.givenName,
            familyName: user.familyName,
            preferredGivenName: user.preferredFirstName,
            preferredFamilyName: user.preferredLastName,
            email: user.email,
            grades: user.grades?.join(','),
            primaryOrgSourcedId: user.primaryOrg?.sourcedId,
          }
        }),
        enrollments: items('enrollments', (one) => ({
          classSourcedId: one.class?.sourcedId,
          userSourcedId: one.user?.sourcedId,
          schoolSourcedId: one.school?.sourcedId,
          role: one.role,
          beginDate: one.beginDate,
          endDate: one.endDate,
        })),
        roles,
      }
      const tables = Object.fromEntries(
        TABLES.map((name) => [
          name,
          tableOf(name === 'roles' ? 'users' : name, read[name] ?? null, zone, say),
        ]),
      ) as Record<FileName, ReturnType<typeof tableOf>>
      return { tables, reports, ignored: [] }
    },
    { format: 'rest', fields: {} },
  )
}

function itemOf(file: string, line: number, values: Record<string, string | null | undefined>): Item {
  return {
    file,
    line,
    values: Object.fromEntries(Object.entries(values).map(([name, value]) => [name, value ?? ''])),
  }
}
