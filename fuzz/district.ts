/** A small district of its own for each world: who is there, with whom, and the operator's hand on their rows. */
import { randomBytes } from 'node:crypto'
import { loadRoster } from '../src/capabilities/roster/server/queries.ts'
import type { Role } from '../src/capabilities/roster/model.ts'
import { uuidv7, type Uuid } from '../src/platform/core/ids.ts'
import type { House } from './house.ts'

export const TZ = 'America/Chicago'
const DAY_MS = 86_400_000

export interface Member {
  readonly name: string
  readonly district: Uuid
  readonly id: Uuid
  readonly user: Uuid
  readonly role: Role
}

export interface District {
  readonly id: Uuid
  readonly students: readonly Uuid[]
  readonly members: readonly Member[]
  /** By its own clock, ms. */
  now(): number
  /** Its clock goes ahead. */
  pass(ms: number): Promise<void>
  /** A relationship from now, to an instant or open. */
  begin(member: Member, student: Uuid, to: number | null): Promise<void>
  /** Relationships of this kind end at an instant. False when there was none. */
  end(member: Member, student: Uuid, at: number): Promise<boolean>
  restrict(member: Member, student: Uuid, from: number, to: number | null): Promise<void>
  /** Everything of it leaves the database. */
  remove(): Promise<void>
}

export interface Plan {
  readonly name: string
  readonly students: number
  /** Each with their role and the students they are with, by number. */
  readonly people: readonly { readonly name: string; readonly role: Role; readonly with: readonly number[] }[]
}

export async function openDistrict(house: House, plan: Plan): Promise<District> {
  const { owner, operator, app } = house
  const id = uuidv7(Date.now())
  const school = uuidv7(Date.now())
  const since = new Date(Date.now() - 60 * DAY_MS).toISOString()
  const students = Array.from({ length: plan.students }, () => uuidv7(Date.now()))
  const members = plan.people.map(({ name, role }): Member => ({
    name,
    role,
    district: id,
    id: uuidv7(Date.now()),
    user: uuidv7(Date.now()),
  }))
  const memberOf = (name: string) => members.find((member) => member.name === name) as Member
  await loadRoster(
    operator,
    { id, name: plan.name, tz: TZ, demo: true, clockOffsetMs: 0 },
    {
      schools: [{ id: school, sourceId: 'school', name: 'School', kind: 'school', parent: null }],
      people: members.map(({ id: person, name }) => ({
        id: person,
        sourceId: name,
        given: name,
        family: 'Test',
        email: null,
      })),
      roles: members.map((member) => ({
        id: uuidv7(Date.now()),
        person: member.id,
        role: member.role,
        school: null,
        from: since,
        to: null,
      })),
      students: students.map((student, n) => ({
        id: student,
        sourceId: `${n}`,
        given: `S${n}`,
        family: 'Test',
        preferred: null,
        initials: `S${n}`,
        color: 1,
        grade: '3',
        school,
      })),
      sections: [],
      enrollments: [],
      relationships: plan.people.flatMap((person) =>
        person.with.map((n) => ({
          id: uuidv7(Date.now()),
          person: memberOf(person.name).id,
          student: students[n] as Uuid,
          role: person.role,
          from: since,
          to: null,
          source: 'manual' as const,
          why: 'fuzz',
        })),
      ),
    },
    { source: 'fuzz', report: {} },
  )
  await owner.query(
    `with users as (
       insert into identity."user" (id, name, email)
       select u, n, u || '@test.invalid' from unnest($1::uuid[], $2::text[]) as t (u, n))
     insert into identity.membership (user_id, district_id, person_id)
     select u, $3, p from unnest($1::uuid[], $4::uuid[]) as t (u, p)`,
    [
      members.map((member) => member.user),
      members.map((member) => member.name),
      id,
      members.map((member) => member.id),
    ],
  )
  await app.directory.load(operator.pool)

  return {
    id,
    students,
    members,
    now: () => app.directory.now(id),
    async pass(ms) {
      await owner.query('update district set clock_offset_ms = clock_offset_ms + $2 where district_id = $1', [
        id,
        ms,
      ])
      await app.directory.load(operator.pool)
    },
    async begin(member, student, to) {
      const now = app.directory.now(id)
      await owner.query(
        `insert into relationship (district_id, relationship_id, person_id, student_id, role, from_at, to_at, source, why)
         values ($1, $2, $3, $4, $5, $6, $7, 'coverage', 'fuzz')`,
        [
          id,
          uuidv7(now),
          member.id,
          student,
          member.role,
          new Date(now - 1000),
          to === null ? null : new Date(to),
        ],
      )
    },
    async end(member, student, at) {
      const { rowCount } = await owner.query(
        `update relationship set to_at = greatest(from_at, $4)
         where district_id = $1 and person_id = $2 and student_id = $3 and (to_at is null or to_at > $4)`,
        [id, member.id, student, new Date(at)],
      )
      return (rowCount ?? 0) > 0
    },
    async restrict(member, student, from, to) {
      await owner.query(
        `insert into restriction (district_id, restriction_id, person_id, student_id, from_at, to_at, document)
         values ($1, $2, $3, $4, $5, $6, 'fuzz')`,
        [id, uuidv7(from), member.id, student, new Date(from), to === null ? null : new Date(to)],
      )
    },
    async remove() {
      await owner.query('delete from identity."user" where id = any($1)', [
        members.map((member) => member.user),
      ])
      for (const table of await tablesOfDistrict(house))
        await owner.query(`delete from ${table} where district_id = $1`, [id])
      await app.directory.load(operator.pool)
    },
  }
}

const tables = new WeakMap<House, readonly string[]>()

/** Every table of the product that says of which district its rows are. */
export async function tablesOfDistrict(house: House): Promise<readonly string[]> {
  const known = tables.get(house)
  if (known) return known
  const { rows } = await house.owner.query<{ name: string }>(
    `select c.relname as name from pg_class c
     join pg_namespace n on n.oid = c.relnamespace
     join pg_attribute a on a.attrelid = c.oid and a.attname = 'district_id' and not a.attisdropped
     where n.nspname = 'handrail' and c.relkind in ('r', 'p') and not c.relispartition
     order by c.relname`,
  )
  const names = rows.map((row) => row.name)
  tables.set(house, names)
  return names
}

/** Signs in on a browser: a session as the server's own sign-in makes it. */
export async function signIn(house: House, member: Member): Promise<{ token: string; cookie: string }> {
  const token = randomBytes(24).toString('hex')
  await house.owner.query(
    `insert into identity.session (token, "userId", "expiresAt") values ($1, $2, now() + interval '12 hours')`,
    [token, member.user],
  )
  return { token, cookie: house.cookieOf(token) }
}

/** The session has run out. */
export async function expire(house: House, token: string): Promise<void> {
  await house.owner.query(
    `update identity.session set "expiresAt" = now() - interval '1 minute' where token = $1`,
    [token],
  )
}
