/**
 * A school's calendar: what a day is, how its bells ring, its posts. Whoever leads the school keeps it (judged here, and
 * again by row-level security); what a change leaves without its place is said before it is saved.
 */
import { sql } from 'kysely'
import { addDays, type Day } from '../../../platform/core/days.ts'
import { uuidv7, type Uuid } from '../../../platform/core/ids.ts'
import { defineWrite, type Reach, type Tx } from '../../../platform/server/db.ts'
import { Problem } from '../../../platform/server/problems.ts'
import { findingsOf, REGULAR, unservedOn, type Owed } from '../calendar.ts'
import type { Assignment, Block, OneToOne, Post } from '../model.ts'
import type { BellCommand, CalendarPage, DayCommand, PostCommand, Previewed } from '../wire.ts'
import type { z } from 'zod'
import { focusesOf } from './focus.ts'
import { postRow } from './queries.ts'

/** The first wall of everything here. */
export function expectLead(reach: Reach, school: Uuid): void {
  if (!reach.leads.includes(school)) throw new Problem('access.denied')
}

/** The schools whose calendar the person keeps. */
export async function schoolsLed(tx: Tx, reach: Reach): Promise<{ id: Uuid; name: string }[]> {
  const rows = await tx.read
    .selectFrom('school')
    .select(['school_id', 'name'])
    .where('district_id', '=', tx.district)
    .where('school_id', '=', sql<string>`any(${[...reach.leads]}::uuid[])`)
    .orderBy('name')
    .orderBy('school_id')
    .execute()
  return rows.map((row) => ({ id: row.school_id, name: row.name }))
}

export async function calendarOf(
  tx: Tx,
  school: Uuid,
  { from, to, today }: { from: Day; to: Day; today: Day },
): Promise<CalendarPage> {
  const named = await tx.read
    .selectFrom('school')
    .select('name')
    .where('district_id', '=', tx.district)
    .where('school_id', '=', school)
    .executeTakeFirst()
  if (!named) throw new Problem('access.denied')
  const days = await tx.read
    .selectFrom('school_day')
    .select(['day', 'type', 'variant'])
    .where('district_id', '=', tx.district)
    .where('school_id', '=', school)
    .where('day', '>=', from)
    .where('day', '<=', to)
    .orderBy('day')
    .execute()
  const events = await tx.read
    .selectFrom('school_event')
    .select(['event_id', 'kind', 'title', 'day', 'to_day', 'start_at', 'end_at'])
    .where('district_id', '=', tx.district)
    .where('school_id', '=', school)
    .where('to_day', '>=', from)
    .where('day', '<=', to)
    .orderBy('day')
    .orderBy('event_id')
    .execute()
  return {
    school: { id: school, name: named.name },
    today,
    days,
    blocks: (await blocksOf(tx, school)).map(({ variant = REGULAR, code, name, start, end }) => ({
      variant,
      code,
      name,
      start,
      end,
    })),
    events: events.map((row) => ({
      id: row.event_id,
      kind: row.kind,
      title: row.title,
      day: row.day,
      to: row.to_day,
      start: row.start_at?.getTime() ?? null,
      end: row.end_at?.getTime() ?? null,
    })),
    posts: await postsOf(tx, school),
    focuses: (await focusesOf(tx, [school], today)).toSorted((a, b) => (a.from < b.from ? -1 : 1)),
  }
}

/** Looks at a bell, and saves it unless it has findings or was only to be looked at. */
export async function keepBell(
  tx: Tx,
  school: Uuid,
  today: Day,
  command: z.infer<typeof BellCommand>,
): Promise<Previewed> {
  const findings = findingsOf(command.blocks)
  const known = await blocksOf(tx, school)
  const before = known.filter((block) => (block.variant ?? REGULAR) === command.variant)
  if (findings.length > 0) return { saved: false, findings, unserved: [], initials: {} }
  const blocks = command.blocks.map((block): Block => ({
    ...block,
    id: before.find(({ code }) => code === block.code)?.id ?? uuidv7(tx.now),
    school,
    variant: command.variant,
  }))
  const gone = before.filter(({ id }) => !blocks.some((block) => block.id === id))
  const types = await typesOf(tx, school, today, command.variant)
  const owed = await owedOf(tx, school, today)
  const regular = known.filter((block) => (block.variant ?? REGULAR) === REGULAR)
  const unserved = types.flatMap(({ type, day }) =>
    unservedOn({ day, type, variant: PROPOSED, blocks }, regular, owed).map((one) => ({ ...one, type })),
  )
  if (!command.preview) {
    const used = await inUse(
      tx,
      gone.map(({ id }) => id),
    )
    const inTheWay = gone.find(({ id }) => used.has(id))
    if (inTheWay) throw new Problem('calendar.block_in_use', { field: inTheWay.code })
    await tx.write(writeBell, { school, variant: command.variant, blocks, gone: gone.map(({ id }) => id) })
  }
  return { saved: !command.preview, findings, unserved, initials: await initialsOf(tx, unserved) }
}

/** A bell that is only proposed: nothing of the timetable stands on it yet. */
const PROPOSED = 'proposed'

const writeBell = defineWrite<
  { school: Uuid; variant: string; blocks: readonly Block[]; gone: readonly Uuid[] },
  void
>({
  audit: ({ school, variant, blocks, gone }) => ({
    action: 'calendar.bell',
    detail: { school, variant, blocks: blocks.length, gone: gone.length },
  }),
  async run(db, { school, blocks, gone, variant }, tx) {
    if (gone.length > 0)
      await db
        .deleteFrom('block')
        .where('district_id', '=', tx.district)
        .where('block_id', '=', sql<string>`any(${[...gone]}::uuid[])`)
        .execute()
    await db
      .insertInto('block')
      .values(
        blocks.map((block) => ({
          district_id: tx.district,
          block_id: block.id,
          school_id: school,
          code: block.code,
          name: block.name,
          start_time: block.start,
          end_time: block.end,
          variant,
        })),
      )
      .onConflict((conflict) =>
        conflict.columns(['district_id', 'block_id']).doUpdateSet((eb) => ({
          name: eb.ref('excluded.name'),
          start_time: eb.ref('excluded.start_time'),
          end_time: eb.ref('excluded.end_time'),
        })),
      )
      .execute()
  },
})

/** Looks at what a day would be, and saves it unless it has no bell or was only to be looked at. */
export async function keepDay(tx: Tx, school: Uuid, command: z.infer<typeof DayCommand>): Promise<Previewed> {
  const { day, open, type, variant } = command
  const known = await blocksOf(tx, school)
  const blocks = known.filter((block) => (block.variant ?? REGULAR) === variant)
  const findings = open ? findingsOf(blocks) : []
  if (findings.length > 0) return { saved: false, findings, unserved: [], initials: {} }
  const regular = known.filter((block) => (block.variant ?? REGULAR) === REGULAR)
  const unserved = open
    ? unservedOn({ day, type, variant, blocks }, regular, await owedOf(tx, school, day)).map((one) => ({
        ...one,
        type,
      }))
    : []
  if (!command.preview) await tx.write(writeDay, { school, ...command })
  return { saved: !command.preview, findings, unserved, initials: await initialsOf(tx, unserved) }
}

const writeDay = defineWrite<z.infer<typeof DayCommand> & { school: Uuid }, void>({
  audit: ({ school, day, open, type, variant }) => ({
    action: 'calendar.day',
    detail: open ? { school, day, type, variant } : { school, day, open },
  }),
  async run(db, { school, day, open, type, variant, title }, tx) {
    const row = { district_id: tx.district, school_id: school, day }
    await db
      .deleteFrom('school_event')
      .where('district_id', '=', tx.district)
      .where('school_id', '=', school)
      .where('source_id', '=', sourceOf(day))
      .execute()
    if (open)
      await db
        .insertInto('school_day')
        .values({ ...row, type, variant })
        .onConflict((conflict) =>
          conflict.columns(['district_id', 'school_id', 'day']).doUpdateSet({ type, variant }),
        )
        .execute()
    else
      await db
        .deleteFrom('school_day')
        .where('district_id', '=', tx.district)
        .where('school_id', '=', school)
        .where('day', '=', day)
        .execute()
    if (!open || title !== '')
      await db
        .insertInto('school_event')
        .values({
          ...row,
          event_id: uuidv7(tx.now),
          source_id: sourceOf(day),
          kind: open ? 'event' : 'closed',
          title,
          to_day: day,
          start_at: null,
          end_at: null,
          recorded_by: tx.person,
          recorded: new Date(tx.now),
        })
        .execute()
  },
})

/** What the calendar itself says of a day, beside what came from files. */
const sourceOf = (day: Day) => `day:${day}`

/** The same id twice changes nothing. */
export const addPost = defineWrite<z.infer<typeof PostCommand> & { school: Uuid }, boolean>({
  audit: ({ id, school }, added) =>
    added ? { action: 'calendar.post', detail: { post: id, school } } : null,
  async run(db, post, tx) {
    const row = { ...postRow(tx.district, post), recorded_by: tx.person, recorded: new Date(tx.now) }
    const added = await db
      .insertInto('duty_post')
      .values(row)
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst()
    return added.numInsertedOrUpdatedRows === 1n
  },
})

export const endPost = defineWrite<{ id: Uuid; school: Uuid; to: Day }, boolean>({
  audit: ({ id, school, to }, done) =>
    done ? { action: 'calendar.post_end', detail: { post: id, school, to } } : null,
  async run(db, { id, school, to }, tx) {
    const done = await db
      .updateTable('duty_post')
      .set({ to_day: to })
      .where('district_id', '=', tx.district)
      .where('post_id', '=', id)
      .where('school_id', '=', school)
      .where('from_day', '<=', to)
      .executeTakeFirst()
    return done.numUpdatedRows === 1n
  },
})

async function blocksOf(tx: Tx, school: Uuid): Promise<Block[]> {
  const rows = await tx.read
    .selectFrom('block')
    .select(['block_id', 'code', 'name', 'variant'])
    .select(sql<string>`to_char(start_time, 'HH24:MI')`.as('start'))
    .select(sql<string>`to_char(end_time, 'HH24:MI')`.as('end'))
    .where('district_id', '=', tx.district)
    .where('school_id', '=', school)
    .orderBy('variant')
    .orderBy('start_time')
    .orderBy('code')
    .execute()
  return rows.map(({ block_id, ...row }) => ({ id: block_id, school, ...row }))
}

async function postsOf(tx: Tx, school: Uuid): Promise<Post[]> {
  const rows = await tx.read
    .selectFrom('duty_post')
    .selectAll()
    .where('district_id', '=', tx.district)
    .where('school_id', '=', school)
    .orderBy('name')
    .orderBy('post_id')
    .execute()
  return rows.map((row) => ({
    id: row.post_id,
    school,
    name: row.name,
    place: row.place,
    code: row.code,
    ratio: row.ratio,
    minStaff: row.min_staff,
    from: row.from_day,
    to: row.to_day,
  }))
}

/** Day types with the next day of the variant on which each would run; none is planned = as from today on. */
async function typesOf(
  tx: Tx,
  school: Uuid,
  today: Day,
  variant: string,
): Promise<{ type: string; day: Day }[]> {
  const rows = await tx.read
    .selectFrom('school_day')
    .select('type')
    .select((eb) =>
      eb.fn
        .coalesce(
          eb.fn.min<Day>(eb.case().when('variant', '=', variant).then(eb.ref('day')).end()),
          eb.fn.min<Day>('day'),
        )
        .as('day'),
    )
    .where('district_id', '=', tx.district)
    .where('school_id', '=', school)
    .where('day', '>=', today)
    .where('day', '<=', addDays(today, 370))
    .groupBy('type')
    .orderBy('type')
    .execute()
  return rows.map(({ type, day }) => ({ type, day: day ?? today }))
}

/**
 * What a school owes on a day. By the house, since whose day it is belongs to other adults; of a student out of the
 * asker's reach there is nothing.
 */
async function owedOf(tx: Tx, school: Uuid, day: Day): Promise<Owed> {
  const owed = await tx.asSystem(async (db): Promise<Owed> => {
    const current = sql<boolean>`from_day <= ${day} and (to_day is null or to_day >= ${day})`
    const assignments = await sql<Assignment>`
      select a.assignment_id as id, a.person_id as person, a.block_id as block, a.day_types as "dayTypes",
        a.from_day as "from", a.to_day as "to", to_char(a.start_time, 'HH24:MI') as start,
        to_char(a.end_time, 'HH24:MI') as "end", a.title, a.place, '' as note, a.programs, a.purpose, a.needs, a.off,
        coalesce(array_agg(s.student_id) filter (where s.student_id is not null), '{}') as students
      from assignment a
      left join assignment_student s on s.district_id = a.district_id and s.assignment_id = a.assignment_id
      where a.district_id = ${tx.district} and a.school_id = ${school} and ${current}
      group by a.district_id, a.assignment_id
      order by a.assignment_id`.execute(db)
    const oneToOnes = await sql<OneToOne>`
      select one_to_one_id as id, school_id as school, student_id as student, blocks, minutes_a_day as "minutesADay",
        level, authority, qualifications, relief, from_day as "from", to_day as "to"
      from one_to_one
      where district_id = ${tx.district} and school_id = ${school} and ${current} and not never_held
      order by one_to_one_id`.execute(db)
    const posts = await sql<Post>`
      select post_id as id, school_id as school, name, place, code, ratio, min_staff as "minStaff",
        from_day as "from", to_day as "to"
      from duty_post where district_id = ${tx.district} and school_id = ${school} and ${current}
      order by post_id`.execute(db)
    return { assignments: assignments.rows, oneToOnes: oneToOnes.rows, posts: posts.rows }
  })
  const all = [
    ...owed.oneToOnes.map(({ student }) => student),
    ...owed.assignments.flatMap((one) => one.students),
  ]
  const rows = await tx.read
    .selectFrom('student')
    .select('student_id')
    .where('district_id', '=', tx.district)
    .where('student_id', '=', sql<string>`any(${[...new Set(all)]}::uuid[])`)
    .execute()
  const known = new Set(rows.map((row) => row.student_id))
  return {
    posts: owed.posts,
    oneToOnes: owed.oneToOnes.filter(({ student }) => known.has(student)),
    assignments: owed.assignments.map((one) => ({
      ...one,
      students: one.students.filter((student) => known.has(student)),
    })),
  }
}

async function inUse(tx: Tx, blocks: readonly Uuid[]): Promise<Set<Uuid>> {
  if (blocks.length === 0) return new Set()
  const rows = await tx.read
    .selectFrom('assignment')
    .select('block_id')
    .distinct()
    .where('district_id', '=', tx.district)
    .where('block_id', '=', sql<string>`any(${[...blocks]}::uuid[])`)
    .execute()
  return new Set(rows.map((row) => row.block_id))
}

async function initialsOf(
  tx: Tx,
  unserved: readonly { readonly students: readonly Uuid[] }[],
): Promise<Record<Uuid, string>> {
  const ids = [...new Set(unserved.flatMap(({ students }) => students))]
  const rows = await tx.read
    .selectFrom('student')
    .select(['student_id', 'initials'])
    .where('district_id', '=', tx.district)
    .where('student_id', '=', sql<string>`any(${ids}::uuid[])`)
    .execute()
  return Object.fromEntries(rows.map((row) => [row.student_id, row.initials]))
}
