/**
 * Takes an iCalendar file into a school's calendar: events as they are, closed days, day types and days that run
 * otherwise. All of it or nothing; the same file again changes nothing. Called by the route and by the command line.
 */
import { said } from '../../../platform/core/said.ts'
import { sql } from 'kysely'
import type { z } from 'zod'
import { addDays, type Day } from '../../../platform/core/days.ts'
import type { Finding } from '../../../platform/core/csv.ts'
import { uuidv7, type Uuid } from '../../../platform/core/ids.ts'
import { defineWrite, type ReadDb, type Tx } from '../../../platform/server/db.ts'
import { readIcal, type Occurrence } from '../ical.ts'
import { meaningOf, type Meaning } from '../ical-meaning.ts'
import type { EventsAnswer, EventsCommand } from '../wire.ts'

type Entry = Occurrence & Meaning

export async function takeEvents(
  tx: Tx,
  school: Uuid,
  tz: string,
  { file, text, from, to, preview }: z.infer<typeof EventsCommand>,
): Promise<EventsAnswer> {
  const { occurrences, findings: read } = readIcal(text, { file, from, to, tz })
  const entries = occurrences.map((one): Entry => ({ ...one, ...meaningOf(one.title, one.start === null) }))
  const findings = [...read, ...(await unrung(tx.read, tx.district, school, file, entries))]
  const sound = !findings.some(({ severity }) => severity === 'error')
  const saved = sound && !preview
  if (saved) await tx.write(writeEvents, { school, entries })
  return {
    saved,
    findings,
    events: entries.map(({ kind, title, day, to: last, start, end, type, variant }) => ({
      kind,
      title,
      day,
      to: last,
      start,
      end,
      type,
      variant,
    })),
  }
}

/** A day can run only by a bell that the school has. */
async function unrung(
  db: ReadDb,
  district: Uuid,
  school: Uuid,
  file: string,
  entries: readonly Entry[],
): Promise<Finding[]> {
  const wanted = [...new Set(entries.flatMap(({ variant }) => variant ?? []))]
  if (wanted.length === 0) return []
  const rows = await db
    .selectFrom('block')
    .select('variant')
    .distinct()
    .where('district_id', '=', district)
    .where('school_id', '=', school)
    .execute()
  const rung = new Set(rows.map(({ variant }) => variant))
  return wanted
    .filter((variant) => !rung.has(variant))
    .map((variant) => ({
      file,
      row: 0,
      field: 'SUMMARY',
      code: 'calendar.no_bell',
      severity: 'error',
      ...said(
        /*i18n*/ {
          id: 'finding.calendar.no_bell',
          message: 'Days run by a bell that the school does not have: {variant}.',
        },
        { variant },
      ),
    }))
}

const writeEvents = defineWrite<{ school: Uuid; entries: readonly Entry[] }, void>({
  audit: ({ school, entries }) => ({
    action: 'calendar.import',
    detail: {
      school,
      events: entries.length,
      closed: entries.filter(({ kind }) => kind === 'closed').length,
      days: entries.filter(({ type, variant }) => type !== null || variant !== null).length,
    },
  }),
  async run(db, { school, entries }, tx) {
    const at = { district_id: tx.district, school_id: school }
    if (entries.length > 0)
      await db
        .insertInto('school_event')
        .values(
          entries.map((one) => ({
            ...at,
            event_id: uuidv7(tx.now),
            source_id: one.source,
            kind: one.kind,
            title: one.title,
            day: one.day,
            to_day: one.to,
            start_at: one.start === null ? null : new Date(one.start),
            end_at: one.end === null ? null : new Date(one.end),
            recorded_by: tx.person,
            recorded: new Date(tx.now),
          })),
        )
        .onConflict((conflict) =>
          conflict.columns(['district_id', 'school_id', 'source_id']).doUpdateSet((eb) => ({
            kind: eb.ref('excluded.kind'),
            title: eb.ref('excluded.title'),
            day: eb.ref('excluded.day'),
            to_day: eb.ref('excluded.to_day'),
            start_at: eb.ref('excluded.start_at'),
            end_at: eb.ref('excluded.end_at'),
          })),
        )
        .execute()
    const closed = entries.filter(({ kind }) => kind === 'closed').flatMap(daysOf)
    if (closed.length > 0)
      await db
        .deleteFrom('school_day')
        .where('district_id', '=', tx.district)
        .where('school_id', '=', school)
        .where('day', '=', sql<string>`any(${closed}::date[])`)
        .execute()
    for (const { type, variant, ...one } of entries) {
      if (type !== null)
        await db
          .insertInto('school_day')
          .values(daysOf(one).map((day) => ({ ...at, day, type })))
          .onConflict((conflict) =>
            conflict.columns(['district_id', 'school_id', 'day']).doUpdateSet({ type }),
          )
          .execute()
      if (variant !== null)
        await db
          .updateTable('school_day')
          .set({ variant })
          .where('district_id', '=', tx.district)
          .where('school_id', '=', school)
          .where('day', '>=', one.day)
          .where('day', '<=', one.to)
          .execute()
    }
  },
})

function daysOf({ day, to }: { day: Day; to: Day }): Day[] {
  const days: Day[] = []
  for (let one = day; one <= to; one = addDays(one, 1)) days.push(one)
  return days
}
