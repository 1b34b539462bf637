/** Commands about staff: who is away, when somebody works, who is trained, which break was missed, what was seen. */
import type { Day } from '../../../platform/core/days.ts'
import type { Uuid } from '../../../platform/core/ids.ts'
import { defineWrite } from '../../../platform/server/db.ts'
import type { z } from 'zod'
import type { Allow, CallOut, Grant, Hours, MissedBreak, Proof } from '../wire.ts'
import './tables.ts'

/** A row that is there already stays as it is: the same id twice is one act. Returns whether it is new. */
export const callOut = defineWrite<CallOut & { person: Uuid; school: Uuid }, boolean>({
  // the reason is tier S and stays in its row
  audit: ({ id, person, school, day }, isNew) =>
    isNew ? { action: 'absence.report', detail: { absence: id, person, school, day } } : null,
  run: (_db, { id, person, school, day, start, end, reason }, tx) =>
    tx.asSystem(async (db) => {
      const done = await db
        .insertInto('absence')
        .values({
          district_id: tx.district,
          absence_id: id,
          school_id: school,
          person_id: person,
          day,
          start_time: start ?? null,
          end_time: end ?? null,
          reason: reason ?? '',
          reported_by: tx.person ?? person,
          reported: new Date(tx.now),
          withdrawn: null,
        })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst()
      return Number(done.numInsertedOrUpdatedRows) > 0
    }),
})

export const withdraw = defineWrite<{ absence: Uuid }, boolean>({
  audit: ({ absence }, done) => (done ? { action: 'absence.withdraw', detail: { absence } } : null),
  run: (_db, { absence }, tx) =>
    tx.asSystem(async (db) => {
      const done = await db
        .updateTable('absence')
        .set({ withdrawn: new Date(tx.now) })
        .where('district_id', '=', tx.district)
        .where('absence_id', '=', absence)
        .where('withdrawn', 'is', null)
        .executeTakeFirst()
      return Number(done.numUpdatedRows) > 0
    }),
})

export const setHours = defineWrite<z.infer<typeof Hours>, boolean>({
  audit: ({ id, person, school, from, to }, isNew) =>
    isNew ? { action: 'hours.set', detail: { hours: id, person, school, from, to } } : null,
  run: (_db, { id, school, person, from, to, start, end }, tx) =>
    tx.asSystem(async (db) => {
      const done = await db
        .insertInto('work_hours')
        .values({
          district_id: tx.district,
          hours_id: id,
          school_id: school,
          person_id: person,
          from_day: from,
          to_day: to,
          start_time: start,
          end_time: end,
          recorded_by: tx.person,
          recorded: new Date(tx.now),
        })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst()
      return Number(done.numInsertedOrUpdatedRows) > 0
    }),
})

export const grant = defineWrite<z.infer<typeof Grant> & { school: Uuid }, boolean>({
  audit: ({ id, person, student, task, from, to }, isNew) =>
    isNew
      ? { action: 'competency.grant', detail: { competency: id, person, student, task, from, to } }
      : null,
  run: (_db, { id, school, person, student, task, from, to }, tx) =>
    tx.asSystem(async (db) => {
      const done = await db
        .insertInto('competency')
        .values({
          district_id: tx.district,
          competency_id: id,
          school_id: school,
          person_id: person,
          student_id: student,
          task,
          from_day: from,
          to_day: to,
          granted_by: tx.person,
          revoked: null,
        })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst()
      return Number(done.numInsertedOrUpdatedRows) > 0
    }),
})

/** Says how a training was shown, in place of what was said before. `taught`: what the trainer is there. */
export const prove = defineWrite<{ competency: Uuid; proof: Proof; taught: string }, void>({
  audit: ({ competency, proof }) => ({
    action: 'competency.prove',
    detail: { competency, trainer: proof.trainer, shown: proof.shown, done: proof.done, of: proof.of },
  }),
  run: (_db, { competency, proof, taught }, tx) =>
    tx.asSystem(async (db) => {
      await db
        .updateTable('competency')
        .set({
          trainer_id: proof.trainer,
          trainer_role: taught,
          method: proof.method,
          steps_done: proof.done,
          steps_of: proof.of,
          shown_on: proof.shown,
          observer_id: proof.observer,
        })
        .where('district_id', '=', tx.district)
        .where('competency_id', '=', competency)
        .execute()
    }),
})

/** The reason stays in its row: it may speak of the student. */
export const allow = defineWrite<Allow & { school: Uuid }, boolean>({
  audit: ({ id, person, student, task, day, beside }, isNew) =>
    isNew
      ? { action: 'competency.override', detail: { override: id, person, student, task, day, beside } }
      : null,
  run: (_db, { id, school, person, student, task, day, beside, reason }, tx) =>
    tx.asSystem(async (db) => {
      const done = await db
        .insertInto('competency_override')
        .values({
          district_id: tx.district,
          override_id: id,
          school_id: school,
          person_id: person,
          student_id: student,
          task,
          day,
          beside_id: beside,
          reason,
          allowed_by: tx.person ?? person,
          allowed: new Date(tx.now),
          revoked: null,
        })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst()
      return Number(done.numInsertedOrUpdatedRows) > 0
    }),
})

export const disallow = defineWrite<{ override: Uuid }, boolean>({
  audit: ({ override }, done) => (done ? { action: 'competency.override_end', detail: { override } } : null),
  run: (_db, { override }, tx) =>
    tx.asSystem(async (db) => {
      const done = await db
        .updateTable('competency_override')
        .set({ revoked: new Date(tx.now) })
        .where('district_id', '=', tx.district)
        .where('override_id', '=', override)
        .where('revoked', 'is', null)
        .executeTakeFirst()
      return Number(done.numUpdatedRows) > 0
    }),
})

export const revoke = defineWrite<{ competency: Uuid }, boolean>({
  audit: ({ competency }, done) => (done ? { action: 'competency.revoke', detail: { competency } } : null),
  run: (_db, { competency }, tx) =>
    tx.asSystem(async (db) => {
      const done = await db
        .updateTable('competency')
        .set({ revoked: new Date(tx.now) })
        .where('district_id', '=', tx.district)
        .where('competency_id', '=', competency)
        .where('revoked', 'is', null)
        .executeTakeFirst()
      return Number(done.numUpdatedRows) > 0
    }),
})

export const missBreak = defineWrite<z.infer<typeof MissedBreak> & { person: Uuid; school: Uuid }, boolean>({
  audit: ({ id, day, kind, minutes }, isNew) =>
    isNew ? { action: 'break.missed', detail: { missed: id, day, kind, minutes } } : null,
  run: (_db, { id, person, school, day, kind, minutes }, tx) =>
    tx.asSystem(async (db) => {
      const done = await db
        .insertInto('break_missed')
        .values({
          district_id: tx.district,
          missed_id: id,
          school_id: school,
          person_id: person,
          day,
          kind,
          minutes,
          recorded: new Date(tx.now),
        })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst()
      return Number(done.numInsertedOrUpdatedRows) > 0
    }),
})

/** Somebody says that they know what a plan changes for them; for the first time, or again. */
export const see = defineWrite<{ plan: Uuid; person: Uuid; day: Day }, boolean>({
  audit: ({ plan }, done) => (done ? { action: 'coverage.seen', detail: { plan } } : null),
  run: (_db, { plan, person, day }, tx) =>
    tx.asSystem(async (db) => {
      const seen = new Date(tx.now)
      const done = await db
        .updateTable('coverage_notice')
        .set({ seen })
        .where('district_id', '=', tx.district)
        .where('plan_id', '=', plan)
        .where('person_id', '=', person)
        .where('seen', 'is', null)
        .executeTakeFirst()
      await db
        .updateTable('assignment_day')
        .set({ seen })
        .where('district_id', '=', tx.district)
        .where('plan_id', '=', plan)
        .where('day', '=', day)
        .where('person_id', '=', person)
        .where('seen', 'is', null)
        .execute()
      return Number(done.numUpdatedRows) > 0
    }),
})
