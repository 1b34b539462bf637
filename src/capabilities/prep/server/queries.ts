/** All SQL of prep: who asked whom for what, and how it stands. Judged in routes.ts first, then by row-level security. */
import { type Uuid } from '../../../platform/core/ids.ts'
import { aidesOf, namesOf } from '../../../platform/server/colleagues.ts'
import { defineWrite, type Actor, type Database, type Tx } from '../../../platform/server/db.ts'
import { isCurrent, OPEN_MS } from '../rules.ts'
import type { Kind, NewTask, PrepPage, Reason, Said, Task } from '../wire.ts'

declare module '../../../platform/server/schema.ts' {
  interface Tables {
    prep_task: {
      district_id: string
      task_id: string
      school_id: string | null
      person_id: string
      asked_by: string
      asked: Date
      kind: Kind
      what: string
      quantity: number | null
      for_class: string
      due: Date
      status: Task['is'] | 'withdrawn'
      reason: Reason | null
      changed: Date
    }
  }
}

/** What somebody is asked for and asked for themselves; also a part of the document of their day (src/app.ts). */
export async function prepOf(tx: Tx, actor: Actor): Promise<PrepPage> {
  const rows = await tx.read
    .selectFrom('prep_task')
    .selectAll()
    .where('district_id', '=', tx.district)
    .where((eb) => eb.or([eb('person_id', '=', actor.person), eb('asked_by', '=', actor.person)]))
    .where('due', '>=', new Date(tx.now - OPEN_MS))
    .orderBy('due')
    .orderBy('task_id')
    .execute()
  const tasks = rows
    .flatMap(({ status: is, ...row }): Task[] =>
      is === 'withdrawn'
        ? []
        : [
            {
              id: row.task_id,
              person: row.person_id,
              by: row.asked_by,
              kind: row.kind,
              what: row.what,
              quantity: row.quantity,
              group: row.for_class,
              due: row.due.getTime(),
              changed: row.changed.getTime(),
              is,
              reason: row.reason,
            },
          ],
    )
    .filter((task) => isCurrent(task, tx.now))
  const aides = (await aidesOf(tx, actor)).map(({ id, name }) => ({ id, name }))
  const names = await namesOf(
    tx,
    tasks.flatMap(({ person, by }) => [person, by]),
  )
  return { tasks, aides, names }
}

export async function taskById(tx: Tx, id: Uuid) {
  return tx.read
    .selectFrom('prep_task')
    .select(['task_id', 'person_id', 'asked_by', 'status'])
    .where('district_id', '=', tx.district)
    .where('task_id', '=', id)
    .executeTakeFirst()
}

export interface Asked extends NewTask {
  readonly school: Uuid | null
  readonly by: Uuid
}

/** The same id twice is one task; whether it is new. */
export const askFor = defineWrite<Asked, boolean>({
  audit: ({ id, person, school, due }, isNew) =>
    isNew ? { action: 'prep.ask', detail: { task: id, person, school, due } } : null,
  run: (_db, task, tx) =>
    tx.asSystem(async (db) => {
      const done = await db
        .insertInto('prep_task')
        .values(rowOf(tx, task, tx.now))
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst()
      return done.numInsertedOrUpdatedRows === 1n
    }),
})

/** What was taken back stands. Said again as it is, nothing changes. */
export const say = defineWrite<Said & { task: Uuid }, boolean>({
  audit: ({ task, is, reason }, done) =>
    done ? { action: 'prep.say', detail: { task, is, ...(reason && { reason }) } } : null,
  run: (_db, { task, is, reason }, tx) =>
    tx.asSystem(async (db) => {
      const done = await db
        .updateTable('prep_task')
        .set({ status: is, reason: reason ?? null, changed: new Date(tx.now) })
        .where('district_id', '=', tx.district)
        .where('task_id', '=', task)
        .where('status', 'not in', [is, 'withdrawn'])
        .executeTakeFirst()
      return done.numUpdatedRows === 1n
    }),
})

/** In bulk: the demo school. Rows with a known id are left as they are. */
export async function loadPrep(
  database: Database,
  district: Uuid,
  tasks: readonly (Asked & { readonly asked: number; readonly is: 'asked' | 'done' })[],
): Promise<void> {
  await database.asSystem(district, (tx) => tx.write(writePrep, tasks))
}

const writePrep = defineWrite<Parameters<typeof loadPrep>[2], void>({
  audit: (tasks) => ({ action: 'prep.load', detail: { tasks: tasks.length } }),
  async run(db, tasks, tx) {
    await db
      .insertInto('prep_task')
      .values(tasks.map((task) => ({ ...rowOf(tx, task, task.asked), status: task.is })))
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  },
})

function rowOf(tx: Tx, task: Asked, asked: number) {
  return {
    district_id: tx.district,
    task_id: task.id,
    school_id: task.school,
    person_id: task.person,
    asked_by: task.by,
    asked: new Date(asked),
    kind: task.kind,
    what: task.what.trim(),
    quantity: task.quantity,
    for_class: task.group.trim(),
    due: new Date(task.due),
    status: 'asked' as const,
    reason: null,
    changed: new Date(asked),
  }
}
