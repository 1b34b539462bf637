/** When paras and substitutes of a school work: what whoever leads it reads and says (domain H.3, "contract hours"). */
import { sql } from 'kysely'
import { addDays, dayOf, type Day } from '../../../platform/core/days.ts'
import type { Uuid } from '../../../platform/core/ids.ts'
import { defineWrite, type Reach, type Tx } from '../../../platform/server/db.ts'
import { Problem } from '../../../platform/server/problems.ts'
import type { HoursPage } from '../wire.ts'
import './tables.ts'

const WORKERS = ['para', 'substitute']
/** What ended longer ago is in the trail and in the table, and no more on the screen. */
const SHOWN_DAYS = 60

export async function hoursOf(
  tx: Tx,
  reach: Reach,
  { school: wanted, tz }: { school: Uuid | undefined; tz: string },
): Promise<HoursPage> {
  const schools = await tx.read
    .selectFrom('school')
    .select(['school_id', 'name'])
    .where('district_id', '=', tx.district)
    .where('school_id', '=', sql<string>`any(${[...reach.leads]}::uuid[])`)
    .where('kind', '=', 'school')
    .orderBy('name')
    .execute()
  const school = wanted ?? schools[0]?.school_id ?? null
  const today = dayOf(tx.now, tz)
  const page = { today, school, schools: schools.map((row) => ({ id: row.school_id, name: row.name })) }
  if (school === null) return { ...page, open: null, people: [] }
  const workers = await workersAt(tx, school)
  const hours = await tx.read
    .selectFrom('work_hours')
    .selectAll()
    .where('district_id', '=', tx.district)
    .where('school_id', '=', school)
    .where((eb) => eb.or([eb('to_day', 'is', null), eb('to_day', '>=', addDays(today, -SHOWN_DAYS))]))
    .orderBy('from_day')
    .orderBy('recorded')
    .orderBy('hours_id')
    .execute()
  const names = await namesOf(
    tx,
    hours.flatMap((row) => [row.recorded_by ?? [], row.ended_by ?? []].flat()),
  )
  const bell = await tx.read
    .selectFrom('block')
    .select((eb) => [eb.fn.min('start_time').as('start'), eb.fn.max('end_time').as('end')])
    .where('district_id', '=', tx.district)
    .where('school_id', '=', school)
    .where('variant', '=', 'regular')
    .executeTakeFirst()
  const by = (person: Uuid | null, at: Date) => ({ by: names.get(person ?? '') ?? null, at: at.getTime() })
  return {
    ...page,
    open: bell?.start && bell.end ? { start: bell.start.slice(0, 5), end: bell.end.slice(0, 5) } : null,
    people: workers.map((one) => ({
      ...one,
      hours: hours
        .filter((row) => row.person_id === one.id)
        .map((row) => ({
          id: row.hours_id,
          from: row.from_day,
          to: row.to_day,
          start: row.start_time.slice(0, 5),
          end: row.end_time.slice(0, 5),
          held: !row.never_held,
          said: by(row.recorded_by, row.recorded),
          ended: row.ended && by(row.ended_by, row.ended),
        })),
    })),
  }
}

/** Paras and substitutes, by name; whose role is for the whole district may come to any school. */
async function workersAt(tx: Tx, school: Uuid) {
  const at = new Date(tx.now)
  const rows = await tx.read
    .selectFrom('staff_role')
    .innerJoin('person', (join) =>
      join
        .onRef('person.district_id', '=', 'staff_role.district_id')
        .onRef('person.person_id', '=', 'staff_role.person_id'),
    )
    .select(['person.person_id', 'person.given', 'person.family', sql<string[]>`array_agg(role)`.as('roles')])
    .where('staff_role.district_id', '=', tx.district)
    .where('staff_role.role', 'in', WORKERS)
    .where('staff_role.from_at', '<=', at)
    .where((eb) => eb.or([eb('staff_role.to_at', 'is', null), eb('staff_role.to_at', '>', at)]))
    .where((eb) => eb.or([eb('staff_role.school_id', 'is', null), eb('staff_role.school_id', '=', school)]))
    .groupBy(['person.person_id', 'person.given', 'person.family'])
    .execute()
  return rows
    .map((row) => ({
      id: row.person_id,
      name: `${row.given} ${row.family}`,
      substitute: !row.roles.includes('para'),
    }))
    .toSorted((a, b) => Number(a.substitute) - Number(b.substitute) || a.name.localeCompare(b.name, 'en'))
}

async function namesOf(tx: Tx, people: readonly Uuid[]): Promise<ReadonlyMap<Uuid, string>> {
  const rows = await tx.read
    .selectFrom('person')
    .select(['person_id', 'given', 'family'])
    .where('district_id', '=', tx.district)
    .where('person_id', '=', sql<string>`any(${[...new Set(people)]}::uuid[])`)
    .execute()
  return new Map(rows.map((row) => [row.person_id, `${row.given} ${row.family}`]))
}

/** Ends hours of a school one leads, with their last day or as a whole. Throws where there are none, or the day is not right. */
export async function endHours(tx: Tx, reach: Reach, id: Uuid, to: Day | null): Promise<void> {
  const row = await tx.read
    .selectFrom('work_hours')
    .select(['school_id', 'person_id'])
    .where('district_id', '=', tx.district)
    .where('hours_id', '=', id)
    .executeTakeFirst()
  // one's own hours are there to be read, and are not one's own to end
  if (!row || !reach.leads.includes(row.school_id)) throw new Problem('access.denied')
  if (!(await tx.write(end, { id, person: row.person_id, to })))
    throw new Problem('request.invalid', { field: 'to' })
}

const end = defineWrite<{ id: Uuid; person: Uuid; to: Day | null }, boolean>({
  audit: ({ id, person, to }, done) =>
    done ? { action: 'hours.end', detail: { hours: id, person, to } } : null,
  run: (_db, { id, to }, tx) =>
    tx.asSystem(async (db) => {
      const done = await db
        .updateTable('work_hours')
        .set({
          ...(to === null ? { never_held: true } : { to_day: to }),
          ended: new Date(tx.now),
          ended_by: tx.person,
        })
        .where('district_id', '=', tx.district)
        .where('hours_id', '=', id)
        .where('never_held', '=', false)
        .$if(to !== null, (some) => some.where('from_day', '<=', to))
        .executeTakeFirst()
      return Number(done.numUpdatedRows) > 0
    }),
})
