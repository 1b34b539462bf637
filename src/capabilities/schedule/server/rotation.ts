/**
 * Day types laid out in turn over a school's days (domain H.1). What it would change is answered first, day by day; a
 * day keeps how it runs, and a closed day stays closed and uses up no type. Whoever leads the school keeps it.
 */
import { sql } from 'kysely'
import type { z } from 'zod'
import type { Day } from '../../../platform/core/days.ts'
import type { Uuid } from '../../../platform/core/ids.ts'
import { defineWrite, type Tx } from '../../../platform/server/db.ts'
import { rotation, weekdaysBetween } from '../calendar.ts'
import type { RotationAnswer, RotationCommand } from '../wire.ts'

/** Looks at a rotation, and saves it unless it was only to be looked at. */
export async function keepRotation(
  tx: Tx,
  school: Uuid,
  { types, from, to, open, preview }: z.infer<typeof RotationCommand>,
): Promise<RotationAnswer> {
  const known = await tx.read
    .selectFrom('school_day')
    .select(['day', 'type'])
    .where('district_id', '=', tx.district)
    .where('school_id', '=', school)
    .where('day', '>=', from)
    .where('day', '<=', to)
    .execute()
  const before = new Map(known.map((row) => [row.day, row.type]))
  const opened = open ? weekdaysBetween(from, to, await closedIn(tx, school, from, to)) : []
  const days = rotation(types, [...new Set([...before.keys(), ...opened])].toSorted())
  const changes = days
    .map(({ day, type }) => ({ day, before: before.get(day) ?? null, type }))
    .filter((one) => one.before !== one.type)
  if (!preview && changes.length > 0) await tx.write(writeRotation, { school, types, changes })
  return { saved: !preview, days: days.length, changes, empty: await emptyOf(tx, school, types, to) }
}

const writeRotation = defineWrite<
  { school: Uuid; types: readonly string[]; changes: RotationAnswer['changes'] },
  void
>({
  audit: ({ school, types, changes }) => ({
    action: 'calendar.rotation',
    detail: {
      school,
      types: types.join(' '),
      days: changes.length,
      from: changes[0]?.day ?? null,
      to: changes.at(-1)?.day ?? null,
    },
  }),
  async run(db, { school, changes }, tx) {
    await db
      .insertInto('school_day')
      .values(changes.map(({ day, type }) => ({ district_id: tx.district, school_id: school, day, type })))
      .onConflict((conflict) =>
        conflict
          .columns(['district_id', 'school_id', 'day'])
          .doUpdateSet((eb) => ({ type: eb.ref('excluded.type') })),
      )
      .execute()
  },
})

async function closedIn(tx: Tx, school: Uuid, from: Day, to: Day): Promise<[Day, Day][]> {
  const rows = await tx.read
    .selectFrom('school_event')
    .select(['day', 'to_day'])
    .where('district_id', '=', tx.district)
    .where('school_id', '=', school)
    .where('kind', '=', 'closed')
    .where('to_day', '>=', from)
    .where('day', '<=', to)
    .execute()
  return rows.map((row) => [row.day, row.to_day])
}

/** The types with which no piece of the timetable goes; whose pieces they are does not matter here. */
async function emptyOf(tx: Tx, school: Uuid, types: readonly string[], to: Day): Promise<string[]> {
  const { rows } = await tx.asSystem((db) =>
    sql<{ type: string }>`
      select distinct unnest(day_types) as type from assignment
      where district_id = ${tx.district} and school_id = ${school} and from_day <= ${to}`.execute(db),
  )
  const used = new Set(rows.map(({ type }) => type))
  return [...new Set(types)].filter((type) => !used.has(type))
}
