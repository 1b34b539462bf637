/**
 * Puts the demo school into a database, through the same doors as any other district: the roster's own load, and
 * the ingest for every record, each judged at the time it happened. Called by `npm start`, `demo:reset` and tests.
 */
import { createHmac } from 'node:crypto'
import pg from 'pg'
import { openDatabase, type Core } from '../core.ts'
import { loadRoster } from '../capabilities/roster/server/queries.ts'
import { loadCover } from '../capabilities/coverage/server/load.ts'
import { loadMessages } from '../capabilities/messages/server/queries.ts'
import { loadPrep } from '../capabilities/prep/server/queries.ts'
import { loadSchedule } from '../capabilities/schedule/server/queries.ts'
import { dayOf } from '../platform/core/days.ts'
import type { Envelope } from '../platform/records/envelope.ts'
import { ingest } from '../platform/server/ingest.ts'
import { secretOf } from '../platform/server/secrets.ts'
import { registry } from '../registry.ts'
import { messageRows, prepRows } from './asked.ts'
import { cedarBend } from './cedar-bend.ts'
import { coverRows } from './cover.ts'
import { history } from './history.ts'

/** Told in the trail when all of it is there. */
const LOADED = 'demo.load'

/** Loads the demo school; a loaded one is left as it is, and one whose loading was cut off is completed. */
export async function loadDemo(core: Core, options: { history?: boolean } = {}): Promise<void> {
  const school = cedarBend()
  if (await isDemoLoaded(core)) return
  const district = { ...school.district, clockOffsetMs: Date.parse(school.startAt) - Date.now() }
  await loadRoster(core.database, district, school.batch, { source: 'demo', report: {} })
  await core.directory.load(core.database.pool)
  await loadSchedule(core.database, district.id, school)
  await loadCover(core.database, district.id, coverRows())
  await loadPrep(core.database, district.id, prepRows())
  await loadMessages(core.database, district.id, messageRows())
  for (const { id, email, name } of demoUsers())
    await core.identity.ensureUser({
      email,
      name,
      password: demoPassword(core, email),
      district: district.id,
      person: id,
    })
  if (options.history !== false) await loadHistory(core, district.id, district.tz, history(school))
  await core.database.asSystem(district.id, (tx) => tx.audit({ action: LOADED, detail: {} }))
}

/** Is all of it there? A process that is killed while it loads leaves a district and less than all of the rest. */
export async function isDemoLoaded(core: Core): Promise<boolean> {
  const { id } = cedarBend().district
  if (!core.directory.get(id)) return false
  const told = await core.database.asSystem(id, (_tx, db) =>
    db
      .selectFrom('audit')
      .select('audit_id')
      .where('district_id', '=', id)
      .where('action', '=', LOADED)
      .limit(1)
      .executeTakeFirst(),
  )
  return told !== undefined
}

/** Removes the demo school and everything in it. Needs the owner's connection: the app itself may not delete records. */
export async function dropDemo(core: Core): Promise<void> {
  const { district } = cedarBend()
  const client = new pg.Client({ connectionString: core.ownerUrl })
  await client.connect()
  try {
    await client.query('begin')
    const tables = await client.query<{ name: string }>(
      `select format('%I.%I', c.table_schema, c.table_name) as name
       from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
       where c.column_name = 'district_id' and c.table_schema in ('handrail', 'identity') and t.table_type = 'BASE TABLE'`,
    )
    for (const { name } of tables.rows)
      await client.query(`delete from ${name} where district_id = $1`, [district.id])
    await client.query('commit')
  } finally {
    await client.end()
  }
  await core.directory.load(core.database.pool)
}

/** Sign-ins of the demo school: everybody who is a persona. */
export function demoUsers(): { id: string; email: string; name: string }[] {
  const { personas, batch } = cedarBend()
  return [...new Set(personas.map((persona) => persona.person))].flatMap((id) => {
    const person = batch.people.find((one) => one.id === id)
    return person ? [{ id, email: demoEmail(id), name: `${person.given} ${person.family}` }] : []
  })
}

/** Addresses under `.invalid` reach nobody, by RFC 2606. */
export function demoEmail(person: string): string {
  return `${person}@demo.invalid`
}

/** Known to nobody: derived from this installation's secret, used only by the demo page's own buttons. */
export function demoPassword(core: Pick<Core, 'config'>, email: string): string {
  return createHmac('sha256', secretOf(core.config.dataDir, 'session')).update(email).digest('base64url')
}

/** Offers a history day by day and author by author, with the server's clock standing at the end of each batch. */
async function loadHistory(
  core: Core,
  district: string,
  tz: string,
  records: Iterable<{ author: string; envelope: Envelope }>,
): Promise<void> {
  let now = 0
  const database = openDatabase(core.appUrl, () => now)
  try {
    const services = { database, registry, announce: () => {} }
    for (const [, byAuthor] of byDayAndAuthor(records, tz)) {
      now = 0
      for (const batch of byAuthor.values())
        for (const envelope of batch) now = Math.max(now, Date.parse(envelope.entered ?? envelope.at) + 1000)
      await Promise.all(
        [...byAuthor].map(async ([person, batch]) => {
          for (let i = 0; i < batch.length; i += 500) {
            const { acks } = await ingest(services, { district, person, roles: [] }, batch.slice(i, i + 500))
            const refused = acks.find((ack) => ack.status === 'refused' || ack.status === 'conflict')
            if (refused)
              throw new Error(
                `The demo history holds a record that is refused: ${refused.code} ${refused.field ?? ''}`,
              )
          }
        }),
      )
    }
  } finally {
    await database.close()
  }
}

function byDayAndAuthor(
  records: Iterable<{ author: string; envelope: Envelope }>,
  tz: string,
): Map<string, Map<string, Envelope[]>> {
  const days = new Map<string, Map<string, Envelope[]>>()
  for (const { author, envelope } of records) {
    const day = dayOf(envelope.entered ?? envelope.at, tz)
    const authors = days.get(day) ?? new Map<string, Envelope[]>()
    days.set(day, authors)
    authors.set(author, [...(authors.get(author) ?? []), envelope])
  }
  return new Map([...days].sort(([a], [b]) => (a < b ? -1 : 1)))
}
