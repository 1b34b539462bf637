/**
 * A substitute's way in: a link that whoever leads the school hands over, opened once on the substitute's own device,
 * until the end of the shift. What they see there is what their relationships say, as for everybody else.
 */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { sql } from 'kysely'
import { addDays, dayOf, instantOf, type Day } from '../../../platform/core/days.ts'
import { isUuid, uuidOf, type Uuid } from '../../../platform/core/ids.ts'
import { defineWrite, type Database, type Reach, type Tx } from '../../../platform/server/db.ts'
import { Problem } from '../../../platform/server/problems.ts'
import type { Invited, Inviting, Substitutes } from '../wire.ts'

declare module '../../../platform/server/schema.ts' {
  interface Tables {
    invitation: {
      district_id: string
      invitation_id: string
      school_id: string
      person_id: string
      secret_hash: Buffer
      made: Date
      made_by: string
      ends: Date
      opened: Date | null
      withdrawn: Date | null
    }
  }
}

/** Whom the person may invite: substitutes of the schools they lead, and until when these cover somebody today. */
export async function substitutesOf(tx: Tx, reach: Reach, tz: string): Promise<Substitutes> {
  if (reach.leads.length === 0) throw new Problem('access.denied')
  const schools = await tx.read
    .selectFrom('school')
    .select(['school_id', 'name'])
    .where('district_id', '=', tx.district)
    .where('school_id', '=', sql<string>`any(${[...reach.leads]}::uuid[])`)
    .orderBy('name')
    .execute()
  const people = await tx.read
    .selectFrom('staff_role')
    .innerJoin('person', (join) =>
      join
        .onRef('person.district_id', '=', 'staff_role.district_id')
        .onRef('person.person_id', '=', 'staff_role.person_id'),
    )
    .select(['person.person_id', 'person.given', 'person.family'])
    .distinct()
    .where('staff_role.district_id', '=', tx.district)
    .where('staff_role.role', '=', 'substitute')
    .where('staff_role.from_at', '<=', new Date(tx.now))
    .where((eb) => eb.or([eb('staff_role.to_at', 'is', null), eb('staff_role.to_at', '>', new Date(tx.now))]))
    .where((eb) =>
      eb.or([
        eb('staff_role.school_id', 'is', null),
        eb('staff_role.school_id', '=', sql<string>`any(${[...reach.leads]}::uuid[])`),
      ]),
    )
    .orderBy('person.family')
    .execute()
  const ids = people.map(({ person_id }) => person_id)
  const ends = await shiftEnds(tx, ids, endOfDay(tx.now, tz))
  const comes = await comingToday(tx, ids, tz)
  const open = await openInvitations(tx, ids)
  return {
    schools: schools.map((row) => ({ id: row.school_id, name: row.name })),
    substitutes: people.map((row) => ({
      id: row.person_id,
      name: `${row.given} ${row.family}`,
      until: ends.get(row.person_id) ?? null,
      comes: comes.get(row.person_id) ?? null,
      invitation: open.get(row.person_id) ?? null,
    })),
  }
}

/** When each comes today, of the hours that were said at schools the reader leads; what was said last holds. */
async function comingToday(tx: Tx, people: readonly Uuid[], tz: string) {
  const today = dayOf(tx.now, tz)
  const rows = await tx.read
    .selectFrom('work_hours')
    .distinctOn('person_id')
    .select(['person_id', 'start_time', 'end_time'])
    .where('district_id', '=', tx.district)
    .where('person_id', '=', sql<string>`any(${people}::uuid[])`)
    .where('from_day', '<=', today)
    .where((eb) => eb.or([eb('to_day', 'is', null), eb('to_day', '>=', today)]))
    .where('never_held', '=', false)
    .orderBy('person_id')
    .orderBy('from_day', 'desc')
    .orderBy('recorded', 'desc')
    .execute()
  const at = (time: string) => Date.parse(instantOf(today, time.slice(0, 5), tz))
  return new Map(rows.map((row) => [row.person_id, { from: at(row.start_time), to: at(row.end_time) }]))
}

async function openInvitations(tx: Tx, people: readonly Uuid[]) {
  const rows = await tx.read
    .selectFrom('invitation')
    .distinctOn('person_id')
    .select(['person_id', 'invitation_id', 'ends', 'opened'])
    .where('district_id', '=', tx.district)
    .where('person_id', '=', sql<string>`any(${people}::uuid[])`)
    .where('withdrawn', 'is', null)
    .where('ends', '>', new Date(tx.now))
    .orderBy('person_id')
    .orderBy('made', 'desc')
    .execute()
  return new Map(
    rows.map((row) => [
      row.person_id,
      { id: row.invitation_id, ends: row.ends.getTime(), opened: row.opened?.getTime() ?? null },
    ]),
  )
}

/** Until when each covers somebody today, ms. Times only: with whom is nobody's to read here. */
async function shiftEnds(tx: Tx, people: readonly Uuid[], before: number): Promise<Map<Uuid, number>> {
  const rows = await tx.asSystem((db) =>
    db
      .selectFrom('relationship')
      .select(['person_id', (eb) => eb.fn.max('to_at').as('until')])
      .where('district_id', '=', tx.district)
      .where('person_id', '=', sql<string>`any(${people}::uuid[])`)
      .where('role', '=', 'substitute')
      .where('to_at', '>', new Date(tx.now))
      .where('to_at', '<=', new Date(before))
      .groupBy('person_id')
      .execute(),
  )
  return new Map(rows.map((row) => [row.person_id, new Date(row.until ?? 0).getTime()]))
}

/** Makes an invitation; the same id gives the same one. Earlier ones for that person that were not opened are over. */
export async function invite(
  tx: Tx,
  reach: Reach,
  inviting: Inviting,
  { secret, tz }: { secret: string; tz: string },
): Promise<Invited> {
  const { id, school } = inviting
  if (!reach.leads.includes(school)) throw new Problem('access.denied')
  const ends = Date.parse(inviting.until)
  const token = tokenOf(tx.district, id, secret)
  const made = await tx.read
    .selectFrom('invitation')
    .select('ends')
    .where('district_id', '=', tx.district)
    .where('invitation_id', '=', id)
    .executeTakeFirst()
  if (made) return { token, until: made.ends.getTime() }
  if (ends <= tx.now || ends > endOfDay(tx.now, tz)) throw new Problem('request.invalid', { field: 'until' })
  const person = 'person' in inviting.who ? inviting.who.person : uuidOf(`invited:${id}`)
  if ('person' in inviting.who) await expectSubstitute(tx, person)
  const isSaid = (await comingToday(tx, [person], tz)).has(person)
  const hours = isSaid ? null : { day: dayOf(tx.now, tz), from: timeOf(tx.now, tz), to: untilOf(ends, tz) }
  await tx.write(makeInvitation, { inviting, person, hash: hashOf(token), ends, hours })
  return { token, until: ends }
}

/** A link gives a session without a password: only to who has no other role here than a substitute's. */
async function expectSubstitute(tx: Tx, person: Uuid): Promise<void> {
  const rows = await tx.read
    .selectFrom('staff_role')
    .select('role')
    .where('district_id', '=', tx.district)
    .where('person_id', '=', person)
    .where('from_at', '<=', new Date(tx.now))
    .where((eb) => eb.or([eb('to_at', 'is', null), eb('to_at', '>', new Date(tx.now))]))
    .execute()
  if (rows.length === 0 || rows.some(({ role }) => role !== 'substitute')) throw new Problem('access.denied')
}

interface Making {
  readonly inviting: Inviting
  readonly person: Uuid
  readonly hash: Buffer
  readonly ends: number
  /** Who is invited comes today: said in their hours, where nobody has said it, so that cover can ask them. */
  readonly hours: { readonly day: Day; readonly from: string; readonly to: string } | null
}

const makeInvitation = defineWrite<Making, void>({
  audit: ({ inviting: { id, school, who }, person, ends, hours }) => ({
    action: 'invitation.make',
    detail: { invitation: id, school, person, new_person: !('person' in who), ends, hours: hours !== null },
  }),
  async run(db, { inviting: { id, school, who }, person, hash, ends, hours }, tx) {
    const district = tx.district
    // as the person themselves: row-level security judges who may invite to this school
    await db
      .insertInto('invitation')
      .values({
        district_id: district,
        invitation_id: id,
        school_id: school,
        person_id: person,
        secret_hash: hash,
        made: new Date(tx.now),
        made_by: tx.person ?? '',
        ends: new Date(ends),
        opened: null,
        withdrawn: null,
      })
      .execute()
    await tx.asSystem(async (system) => {
      await system
        .updateTable('invitation')
        .set({ withdrawn: new Date(tx.now) })
        .where('district_id', '=', district)
        .where('person_id', '=', person)
        .where('invitation_id', '!=', id)
        .where('opened', 'is', null)
        .where('withdrawn', 'is', null)
        .execute()
      if (hours !== null && hours.from < hours.to)
        await system
          .insertInto('work_hours')
          .values({
            district_id: district,
            hours_id: uuidOf(`hours of invitation:${id}`),
            school_id: school,
            person_id: person,
            from_day: hours.day,
            to_day: hours.day,
            start_time: hours.from,
            end_time: hours.to,
            recorded_by: tx.person,
            recorded: new Date(tx.now),
          })
          .onConflict((conflict) => conflict.doNothing())
          .execute()
      if ('person' in who) return
      await system
        .insertInto('person')
        .values({
          district_id: district,
          person_id: person,
          source_id: `invited-${id}`,
          given: who.given.trim(),
          family: who.family.trim(),
          email: null,
        })
        .execute()
      await system
        .insertInto('staff_role')
        .values({
          district_id: district,
          role_id: id,
          person_id: person,
          role: 'substitute',
          school_id: school,
          from_at: new Date(tx.now),
          to_at: new Date(ends),
        })
        .execute()
    })
  },
})

/** Ends an invitation of a school one leads, whether it was opened or not. Returns whose it is. */
export async function endInvitation(tx: Tx, reach: Reach, id: Uuid): Promise<Uuid> {
  const row = await tx.read
    .selectFrom('invitation')
    .select(['school_id', 'person_id'])
    .where('district_id', '=', tx.district)
    .where('invitation_id', '=', id)
    .executeTakeFirst()
  if (!row || !reach.leads.includes(row.school_id)) throw new Problem('access.denied')
  await tx.write(withdrawInvitations, { person: row.person_id })
  return row.person_id
}

/** All that still open for that person: their sessions end with it, and none of them says which link it began with. */
const withdrawInvitations = defineWrite<{ person: Uuid }, number>({
  audit: ({ person }, ended) => (ended > 0 ? { action: 'invitation.end', detail: { person, ended } } : null),
  run: (_db, { person }, tx) =>
    tx.asSystem(async (db) => {
      const done = await db
        .updateTable('invitation')
        .set({ withdrawn: new Date(tx.now) })
        .where('district_id', '=', tx.district)
        .where('person_id', '=', person)
        .where('withdrawn', 'is', null)
        .where('ends', '>', new Date(tx.now))
        .executeTakeFirst()
      return Number(done.numUpdatedRows)
    }),
})

export interface Opened {
  readonly district: Uuid
  readonly person: Uuid
  readonly name: string
  /** How long the shift still is, ms. */
  readonly leftMs: number
}

/** Opens an invitation: once, before its end. Null: refused, and where the invitation is known, told in the trail. */
export async function open(database: Database, token: string): Promise<Opened | null> {
  const [district, id, secret] = token.split('.')
  if (!isUuid(district) || !isUuid(id) || !secret) return null
  return database.asSystem(district, (tx) => tx.write(openInvitation, { id, hash: hashOf(token) }))
}

const openInvitation = defineWrite<{ id: Uuid; hash: Buffer }, Opened | null>({
  audit: ({ id }, opened) =>
    opened
      ? { action: 'invitation.open', detail: { invitation: id, person: opened.person } }
      : { action: 'invitation.refuse', detail: { invitation: id } },
  async run(db, { id, hash }, tx) {
    const found = await db
      .selectFrom('invitation')
      .innerJoin('person', (join) =>
        join
          .onRef('person.district_id', '=', 'invitation.district_id')
          .onRef('person.person_id', '=', 'invitation.person_id'),
      )
      .select(['secret_hash', 'ends', 'invitation.person_id', 'given', 'family'])
      .where('invitation.district_id', '=', tx.district)
      .where('invitation_id', '=', id)
      .executeTakeFirst()
    if (!found || !timingSafeEqual(found.secret_hash, hash)) return null
    const taken = await db
      .updateTable('invitation')
      .set({ opened: new Date(tx.now) })
      .where('district_id', '=', tx.district)
      .where('invitation_id', '=', id)
      .where('opened', 'is', null)
      .where('withdrawn', 'is', null)
      .where('ends', '>', new Date(tx.now))
      .executeTakeFirst()
    if (taken.numUpdatedRows === 0n) return null
    return {
      district: tx.district,
      person: found.person_id,
      name: `${found.given} ${found.family}`,
      leftMs: found.ends.getTime() - tx.now,
    }
  },
})

/** Ids, and a secret that only this installation can make: nothing in it tells who or whom. */
function tokenOf(district: Uuid, id: Uuid, secret: string): string {
  const mac = createHmac('sha256', secret).update(`${district}/${id}`).digest('base64url')
  return `${district}.${id}.${mac}`
}

function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}

/** The end of a shift on its own day: midnight is the last minute. */
function untilOf(ends: number, tz: string): string {
  const time = timeOf(ends, tz)
  return time === '00:00' ? '23:59' : time
}

/** `HH:MM` at the school. */
function timeOf(ms: number, tz: string): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone: tz, hour: '2-digit', minute: '2-digit' }).format(ms)
}

function endOfDay(now: number, tz: string): number {
  return Date.parse(instantOf(addDays(dayOf(now, tz), 1), '00:00', tz))
}
