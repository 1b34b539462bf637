/**
 * Adults of one's own schools by their roles: whom somebody with one role may ask or tell something, who has another. Asked
 * by what adults ask of each other (prep, messages). Names of staff are for everybody of the district to know.
 */
import { sql } from 'kysely'
import type { Uuid } from '../core/ids.ts'
import type { Actor, Tx } from './db.ts'

/** Who gives work to aides and tells them things: teachers, and who leads a school (domain 0, 1). */
export const ASKERS: readonly string[] = [
  'case_manager',
  'gened_teacher',
  'gt_teacher',
  'coordinator',
  'administrator',
]
/** Who is asked and told. */
export const AIDES: readonly string[] = ['para', 'substitute']

export interface Colleague {
  readonly id: Uuid
  readonly name: string
  /** Where both work; null: the whole district. */
  readonly school: Uuid | null
}

/** The aides whom somebody may ask, by name: of the schools where they have a role that asks. None for anybody else. */
export async function aidesOf(tx: Tx, actor: Actor): Promise<Colleague[]> {
  if (!actor.roles.some((role) => ASKERS.includes(role))) return []
  const own = await rolesNow(tx, ASKERS)
    .where('staff_role.person_id', '=', actor.person)
    .select('staff_role.school_id')
    .execute()
  const everywhere = own.some(({ school_id }) => school_id === null)
  const schools = own.flatMap(({ school_id }) => school_id ?? [])
  const rows = await rolesNow(tx, AIDES)
    .innerJoin('person', (join) =>
      join
        .onRef('person.district_id', '=', 'staff_role.district_id')
        .onRef('person.person_id', '=', 'staff_role.person_id'),
    )
    .distinctOn('person.person_id')
    .select(['person.person_id', 'person.given', 'person.family', 'staff_role.school_id'])
    .where('person.person_id', '<>', actor.person)
    .$if(!everywhere, (some) =>
      some.where((eb) =>
        eb.or([
          eb('staff_role.school_id', 'is', null),
          eb('staff_role.school_id', '=', sql<string>`any(${schools}::uuid[])`),
        ]),
      ),
    )
    .orderBy('person.person_id')
    .orderBy('staff_role.school_id')
    .execute()
  return rows
    .map((row) => ({
      id: row.person_id,
      name: `${row.given} ${row.family}`,
      school: row.school_id ?? schools[0] ?? null,
    }))
    .toSorted((a, b) => a.name.localeCompare(b.name, 'en'))
}

/** Names of some adults by their ids. */
export async function namesOf(tx: Tx, people: readonly Uuid[]): Promise<Record<Uuid, string>> {
  const rows = await tx.read
    .selectFrom('person')
    .select(['person_id', 'given', 'family'])
    .where('district_id', '=', tx.district)
    .where('person_id', '=', sql<string>`any(${[...new Set(people)]}::uuid[])`)
    .orderBy('person_id')
    .execute()
  return Object.fromEntries(rows.map((row) => [row.person_id, `${row.given} ${row.family}`]))
}

function rolesNow(tx: Tx, roles: readonly string[]) {
  const at = new Date(tx.now)
  return tx.read
    .selectFrom('staff_role')
    .where('staff_role.district_id', '=', tx.district)
    .where('staff_role.role', 'in', roles)
    .where('staff_role.from_at', '<=', at)
    .where((eb) => eb.or([eb('staff_role.to_at', 'is', null), eb('staff_role.to_at', '>', at)]))
}
