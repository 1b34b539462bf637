/** Whom to call at a school: kept by who leads it, read with the day by all who work there. */
import { sql } from 'kysely'
import type { Uuid } from '../../../platform/core/ids.ts'
import { defineWrite, type Tx } from '../../../platform/server/db.ts'
import type { Contacts, ContactsCommand } from '../contacts.ts'

declare module '../../../platform/server/schema.ts' {
  interface Tables {
    school_contact: {
      district_id: string
      school_id: string
      office: string
      teacher: string
      nurse: string
      crisis: string
      words: string
      recorded_by: string | null
      recorded: Date
    }
  }
}

/** Of some schools, null = of all of the district. */
export async function contactsOf(tx: Tx, schools: readonly Uuid[] | null): Promise<Contacts[]> {
  return tx.read
    .selectFrom('school_contact')
    .innerJoin('school', (join) =>
      join
        .onRef('school.district_id', '=', 'school_contact.district_id')
        .onRef('school.school_id', '=', 'school_contact.school_id'),
    )
    .select([
      'school_contact.school_id as school',
      'school.name',
      'office',
      'teacher',
      'nurse',
      'crisis',
      'words',
    ])
    .where('school_contact.district_id', '=', tx.district)
    .$if(schools !== null, (some) =>
      some.where('school_contact.school_id', '=', sql<string>`any(${schools}::uuid[])`),
    )
    .orderBy('school.name')
    .orderBy('school_contact.school_id')
    .execute()
}

/** The numbers themselves stay out of the trail. */
export const setContacts = defineWrite<ContactsCommand & { school: Uuid }, void>({
  audit: ({ school }) => ({ action: 'calendar.contacts', detail: { school } }),
  run: (_db, { school, ...numbers }, tx) =>
    tx.asSystem(async (db) => {
      const said = { ...numbers, recorded_by: tx.person, recorded: new Date(tx.now) }
      await db
        .insertInto('school_contact')
        .values({ district_id: tx.district, school_id: school, ...said })
        .onConflict((conflict) => conflict.columns(['district_id', 'school_id']).doUpdateSet(said))
        .execute()
    }),
})
