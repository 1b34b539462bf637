/** All SQL of messages between adults. Judged in routes.ts first, then by row-level security. */
import type { Uuid } from '../../../platform/core/ids.ts'
import { aidesOf, namesOf } from '../../../platform/server/colleagues.ts'
import { defineWrite, type Actor, type Database, type Tx } from '../../../platform/server/db.ts'
import type { Message, MessagePage, NewMessage } from '../wire.ts'

declare module '../../../platform/server/schema.ts' {
  interface Tables {
    staff_message: {
      district_id: string
      message_id: string
      school_id: string | null
      person_id: string
      sent_by: string
      sent: Date
      words: string
      read: Date | null
      answer: string | null
    }
  }
}

/** So long whoever wrote one sees what became of it; one that nobody read stays in sight of its reader. */
const SENT_MS = 2 * 86_400_000

/** What somebody is told and told others; also a part of the document of their day (src/app.ts). */
export async function messagesOf(tx: Tx, actor: Actor): Promise<MessagePage> {
  const rows = await tx.read
    .selectFrom('staff_message')
    .selectAll()
    .where('district_id', '=', tx.district)
    .where((eb) =>
      eb.or([
        eb.and([eb('person_id', '=', actor.person), eb('read', 'is', null)]),
        eb.and([eb('sent_by', '=', actor.person), eb('sent', '>=', new Date(tx.now - SENT_MS))]),
      ]),
    )
    .orderBy('sent')
    .orderBy('message_id')
    .execute()
  const messages = rows.map((row): Message => ({
    id: row.message_id,
    person: row.person_id,
    by: row.sent_by,
    sent: row.sent.getTime(),
    words: row.words,
    read: row.read?.getTime() ?? null,
    answer: row.answer,
  }))
  const aides = (await aidesOf(tx, actor)).map(({ id, name }) => ({ id, name }))
  const names = await namesOf(
    tx,
    messages.flatMap(({ person, by }) => [person, by]),
  )
  return { messages, aides, names }
}

export async function messageById(tx: Tx, id: Uuid) {
  return tx.read
    .selectFrom('staff_message')
    .select(['message_id', 'person_id', 'sent_by'])
    .where('district_id', '=', tx.district)
    .where('message_id', '=', id)
    .executeTakeFirst()
}

export interface Sent extends NewMessage {
  readonly school: Uuid | null
  readonly by: Uuid
}

/** The same id twice is one message; whether it is new. Its words are no part of the trail. */
export const send = defineWrite<Sent, boolean>({
  audit: ({ id, person, school }, isNew) =>
    isNew ? { action: 'message.send', detail: { message: id, person, school } } : null,
  run: (_db, message, tx) =>
    tx.asSystem(async (db) => {
      const done = await db
        .insertInto('staff_message')
        .values(rowOf(tx, message, tx.now))
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst()
      return done.numInsertedOrUpdatedRows === 1n
    }),
})

/** The first time counts. */
export const readIt = defineWrite<{ message: Uuid; answer: string | null }, boolean>({
  audit: ({ message, answer }, done) =>
    done ? { action: 'message.read', detail: { message, answered: answer !== null } } : null,
  run: (_db, { message, answer }, tx) =>
    tx.asSystem(async (db) => {
      const done = await db
        .updateTable('staff_message')
        .set({ read: new Date(tx.now), answer: answer?.trim() ?? null })
        .where('district_id', '=', tx.district)
        .where('message_id', '=', message)
        .where('read', 'is', null)
        .executeTakeFirst()
      return done.numUpdatedRows === 1n
    }),
})

/** In bulk: the demo school. Rows with a known id are left as they are. */
export async function loadMessages(
  database: Database,
  district: Uuid,
  messages: readonly (Sent & { readonly sent: number })[],
): Promise<void> {
  await database.asSystem(district, (tx) => tx.write(writeMessages, messages))
}

const writeMessages = defineWrite<Parameters<typeof loadMessages>[2], void>({
  audit: (messages) => ({ action: 'message.load', detail: { messages: messages.length } }),
  async run(db, messages, tx) {
    await db
      .insertInto('staff_message')
      .values(messages.map((message) => rowOf(tx, message, message.sent)))
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  },
})

function rowOf(tx: Tx, message: Sent, sent: number) {
  return {
    district_id: tx.district,
    message_id: message.id,
    school_id: message.school,
    person_id: message.person,
    sent_by: message.by,
    sent: new Date(sent),
    words: message.words.trim(),
    read: null,
    answer: null,
  }
}
