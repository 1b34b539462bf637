/**
 * The inbox: refused records with whoever must look at them, and what became of each (G4, F21). Its sender sees it
 * while its student is in their reach; whoever decides for its student, and whoever leads their school, see it and
 * settle it. Settling keeps the row: who, when, how. Gaps in what devices sent are told to the same people. Routes are
 * registered by http.ts.
 */
import { sql } from 'kysely'
import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Uuid } from '../core/ids.ts'
import { uuid } from '../records/envelope.ts'
import { InboxPage, Settlement, Settling, type Refused } from '../records/inbox.ts'
import { defineWrite, type Reach, type Tx } from './db.ts'
import { gaps } from './devices.ts'
import { Problem } from './problems.ts'
import type { Services } from './services.ts'

const PAGE = 50

export function inboxRoutes(plugin: FastifyInstance, services: Services): void {
  const app = plugin.withTypeProvider<ZodTypeProvider>()

  app.get(
    '/api/inbox',
    {
      schema: {
        summary: 'Refused records: your own, of students you decide for, of schools you lead; 50 at a time',
        querystring: z.object({
          /** The settled ones instead of those that wait. */
          settled: z.stringbool().optional(),
          before: uuid.optional(),
        }),
        response: { 200: InboxPage },
      },
    },
    async (request) => {
      const actor = await services.actor(request)
      return services.database.asPerson(actor, (tx, reach) => pageOf(tx, reach, request.query), {
        snapshot: true,
      })
    },
  )

  app.post(
    '/api/inbox/:entry/settle',
    {
      schema: {
        summary:
          'Say what became of a refused record; it is kept. Answers what stands, also when it was settled before',
        params: z.object({ entry: uuid }),
        body: Settling,
        response: { 200: Settlement },
      },
    },
    async (request) => {
      const actor = await services.actor(request)
      return services.database.asPerson(actor, (tx, reach) =>
        settle(tx, reach, request.params.entry, request.body),
      )
    },
  )
}

async function pageOf(
  tx: Tx,
  reach: Reach,
  query: { settled?: boolean | undefined; before?: Uuid | undefined },
): Promise<InboxPage> {
  const { settled = false, before } = query
  const found = tx.read.selectFrom('refused').where('district_id', '=', tx.district)
  const rows = await found
    .selectAll()
    .where('resolved', settled ? 'is not' : 'is', null)
    // ids are made in order of arrival
    .$if(before !== undefined, (earlier) => earlier.where('refused_id', '<', before ?? ''))
    .orderBy('refused_id', 'desc')
    .limit(PAGE + 1)
    .execute()
  const waiting = await found
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('resolved', 'is', null)
    .executeTakeFirstOrThrow()
  const page = rows.slice(0, PAGE)
  const students = await studentsOf(tx, page)
  if (page.length > 0)
    await tx.audit({ action: 'inbox.read', detail: { refused: page.map((row) => row.refused_id) } })
  const missing = settled || before !== undefined ? [] : await gaps(tx, reach)
  return {
    refused: page.map((row) => ({
      entry: row.refused_id,
      id: row.id,
      received: row.received.getTime(),
      code: row.code,
      message: row.message,
      field: row.field,
      by: senderOf(row),
      student: row.student_id !== null && students.has(row.student_id) ? row.student_id : null,
      body: row.body,
      truncated: row.truncated,
      mine: maySettle(reach, row),
      settled: settlementOf(row),
    })),
    open: waiting.count,
    next: rows.length > PAGE ? (page.at(-1)?.refused_id ?? null) : null,
    students: Object.fromEntries(students),
    gaps: missing,
    names: await namesOf(tx, [
      ...page.flatMap((row) => [senderOf(row), row.resolved_by ?? []].flat()),
      ...missing.map((gap) => gap.person),
    ]),
  }
}

async function settle(tx: Tx, reach: Reach, entry: Uuid, { how, note }: Settling): Promise<Settlement> {
  const standing = async () => {
    const row = await tx.read
      .selectFrom('refused')
      .select(['student_id', 'wings', 'resolved', 'resolved_by', 'how', 'note'])
      .where('district_id', '=', tx.district)
      .where('refused_id', '=', entry)
      .executeTakeFirst()
    if (!row) throw new Problem('access.denied')
    if (!maySettle(reach, row)) throw new Problem('role.not_permitted')
    return settlementOf(row)
  }
  const settled =
    (await standing()) ??
    (await tx.write(settleOne, { entry, how, note: note?.trim() || null })) ??
    // somebody else was faster, a moment ago
    (await standing())
  if (!settled) throw new Problem('role.not_permitted')
  return settled
}

const settleOne = defineWrite<
  { entry: Uuid; how: Settling['how']; note: string | null },
  Settlement | undefined
>({
  // the words may tell of a student, so they stay in the inbox
  audit: ({ entry, how }, done) => (done ? { action: 'inbox.settle', detail: { entry, how } } : null),
  async run(db, { entry, how, note }, tx) {
    const row = await db
      .updateTable('refused')
      .set({ resolved: new Date(tx.now), resolved_by: tx.person, how, note })
      .where('district_id', '=', tx.district)
      .where('refused_id', '=', entry)
      .where('resolved', 'is', null)
      .returning(['resolved', 'resolved_by', 'how', 'note'])
      .executeTakeFirst()
    return row && (settlementOf(row) ?? undefined)
  },
})

/** The first wall; policy `settle` of migration 0007 is the second. */
function maySettle(reach: Reach, row: { student_id: string | null; wings: readonly number[] }): boolean {
  return (
    row.wings.some((wing) => reach.wings.includes(wing)) ||
    reach.grants.some((grant) => grant.tier === 'T2' && grant.approve && grant.of_id === row.student_id)
  )
}

function settlementOf(row: {
  resolved: Date | null
  resolved_by: string | null
  how: string | null
  note: string | null
}): Refused['settled'] {
  if (row.resolved === null) return null
  return Settlement.parse({ at: row.resolved.getTime(), by: row.resolved_by, how: row.how, note: row.note })
}

function senderOf(row: { author: string | null; uploaded_by: string }): string {
  return row.author ?? row.uploaded_by
}

async function studentsOf(
  tx: Tx,
  page: readonly { student_id: string | null }[],
): Promise<Map<string, { initials: string; color: number }>> {
  const ids = page.flatMap((row) => row.student_id ?? [])
  const rows = await tx.read
    .selectFrom('student')
    .select(['student_id', 'initials', 'color'])
    .where('district_id', '=', tx.district)
    .where('student_id', '=', sql<string>`any(${ids}::uuid[])`)
    .execute()
  return new Map(rows.map(({ student_id, initials, color }) => [student_id, { initials, color }]))
}

async function namesOf(tx: Tx, people: readonly Uuid[]): Promise<Record<Uuid, string>> {
  const rows = await tx.read
    .selectFrom('person')
    .select(['person_id', 'given', 'family'])
    .where('district_id', '=', tx.district)
    .where('person_id', '=', sql<string>`any(${[...new Set(people)]}::uuid[])`)
    .execute()
  return Object.fromEntries(rows.map((row) => [row.person_id, `${row.given} ${row.family}`]))
}
