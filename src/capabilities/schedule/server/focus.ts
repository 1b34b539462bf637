/**
 * What a school sets before everybody for some days: said and taken back by who leads the school, read with the day by
 * all who work there. A changed one is taken back and said anew, so that what stood there before stays to be read.
 */
import { sql } from 'kysely'
import type { z } from 'zod'
import type { Day } from '../../../platform/core/days.ts'
import type { Uuid } from '../../../platform/core/ids.ts'
import { defineWrite, type Tx } from '../../../platform/server/db.ts'
import type { Focus } from '../focus.ts'
import type { FocusCommand, FocusLine } from '../wire.ts'

declare module '../../../platform/server/schema.ts' {
  interface Tables {
    school_focus: {
      district_id: string
      focus_id: string
      school_id: string
      from_day: string
      to_day: string
      words: string
      recorded_by: string | null
      recorded: Date
      withdrawn: Date | null
    }
  }
}

/** Of some schools, null = of all of the district; those that hold on that day or later, as they were said. */
export async function focusesOf(
  tx: Tx,
  schools: readonly Uuid[] | null,
  since: Day,
): Promise<(Focus & FocusLine)[]> {
  const rows = await tx.read
    .selectFrom('school_focus')
    .select(['focus_id', 'school_id', 'from_day', 'to_day', 'words'])
    .where('district_id', '=', tx.district)
    .where('to_day', '>=', since)
    .where('withdrawn', 'is', null)
    .$if(schools !== null, (some) => some.where('school_id', '=', sql<string>`any(${schools}::uuid[])`))
    .orderBy('recorded')
    .orderBy('focus_id')
    .execute()
  return rows.map((row) => ({
    id: row.focus_id,
    school: row.school_id,
    from: row.from_day,
    to: row.to_day,
    words: JSON.parse(row.words) as FocusLine['words'],
  }))
}

/** The same id twice changes nothing. */
export const setFocus = defineWrite<z.infer<typeof FocusCommand> & { school: Uuid }, boolean>({
  audit: ({ id, school, from, to }, isNew) =>
    isNew ? { action: 'calendar.focus', detail: { focus: id, school, from, to } } : null,
  async run(db, { id, school, from, to, words }, tx) {
    const said = { en: words.en.trim(), ...(words.es !== undefined && { es: words.es.trim() }) }
    const done = await db
      .insertInto('school_focus')
      .values({
        district_id: tx.district,
        focus_id: id,
        school_id: school,
        from_day: from,
        to_day: to,
        words: JSON.stringify(said),
        recorded_by: tx.person,
        recorded: new Date(tx.now),
        withdrawn: null,
      })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst()
    return done.numInsertedOrUpdatedRows === 1n
  },
})

/** Whether there was one that stood. */
export const withdrawFocus = defineWrite<{ id: Uuid; school: Uuid }, boolean>({
  audit: ({ id, school }, done) =>
    done ? { action: 'calendar.focus_withdraw', detail: { focus: id, school } } : null,
  async run(db, { id, school }, tx) {
    const done = await db
      .updateTable('school_focus')
      .set({ withdrawn: new Date(tx.now) })
      .where('district_id', '=', tx.district)
      .where('focus_id', '=', id)
      .where('school_id', '=', school)
      .where('withdrawn', 'is', null)
      .executeTakeFirst()
    return done.numUpdatedRows === 1n
  },
})
