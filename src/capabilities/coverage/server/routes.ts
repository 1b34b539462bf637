/**
 * Cover over HTTP: calling out, the coordinator's board, plans, what each adult is told and says they have seen, hours,
 * training, missed breaks. Acts about staff, so commands and not records (docs/adr/0015-acts-about-staff.md): each carries
 * an id of the device's making, is judged here first, and leaves its entry in the trail.
 */
import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Uuid } from '../../../platform/core/ids.ts'
import { uuid } from '../../../platform/records/envelope.ts'
import type { Actor, Reach, Tx } from '../../../platform/server/db.ts'
import { STAFF } from '../../../platform/server/live.ts'
import { Problem } from '../../../platform/server/problems.ts'
import type { Services } from '../../../platform/server/services.ts'
import {
  Absence,
  Able,
  Allow,
  CallOut,
  CoverBoard,
  Done,
  Grant,
  Hours,
  HoursEnd,
  HoursPage,
  MissedBreak,
  MyCover,
  NewPlan,
  PlanChange,
  Proof,
  TrainingPage,
} from '../wire.ts'
import { allow, callOut, disallow, grant, missBreak, prove, revoke, see, setHours, withdraw } from './acts.ts'
import { approvePlan, changePlan, makePlan, planById, usePrepared, type PlanRow } from './plans.ts'
import { endHours, hoursOf } from './hours.ts'
import { absenceOf, boardOf, myCover } from './told.ts'
import { ableOf } from './able.ts'
import { expectAllow, expectGrant, expectProof, mayTrain, trainingOf } from './training.ts'

export function coverageRoutes(plugin: FastifyInstance, services: Services): void {
  const app = plugin.withTypeProvider<ZodTypeProvider>()
  const { database } = services
  const tzOf = (actor: Actor) => {
    const district = services.directory.get(actor.district)
    if (!district) throw new Problem('session.no_district')
    return district.tz
  }
  // the board of whoever leads a school may be open while somebody calls out
  const tellLeaders = ({ district }: Actor) => services.live.announce(district, [STAFF])

  app.get(
    '/api/coverage',
    {
      schema: {
        summary: 'Who is away on a day of a school one leads, what that needs, the plan, and who knows of it',
        querystring: z.object({ school: uuid.optional(), day: z.iso.date().optional() }),
        response: { 200: CoverBoard },
      },
    },
    async (request) => {
      const actor = await services.actor(request)
      const { school, day } = request.query
      return database.asPerson(
        actor,
        async (tx, reach) => {
          expectLeader(reach, school)
          const board = await boardOf(tx, reach, { school, day, tz: tzOf(actor) })
          await tx.audit({ action: 'coverage.read', detail: { school: board.school, day: board.day } })
          return board
        },
        { snapshot: true },
      )
    },
  )

  app.get(
    '/api/coverage/mine',
    {
      schema: {
        summary: 'One’s own absences, what cover changes for oneself, breaks',
        response: { 200: MyCover },
      },
    },
    async (request) => {
      const actor = await services.actor(request)
      return database.asPerson(actor, (tx) => myCover(tx, actor.person, tzOf(actor)), { snapshot: true })
    },
  )

  app.post(
    '/api/coverage/absences',
    {
      schema: {
        summary: 'Call out, for oneself or for somebody one leads; the same id twice is one absence',
        body: CallOut,
        response: { 200: Absence },
      },
    },
    async (request) => {
      const actor = await services.actor(request)
      const person = request.body.person ?? actor.person
      const absence = await database.asPerson(actor, async (tx, reach) => {
        const school = await schoolOf(tx, person)
        if (school === null || (person !== actor.person && !reach.leads.includes(school)))
          throw new Problem('access.denied')
        const isNew = await tx.write(callOut, { ...request.body, person, school })
        const row = await absenceById(tx, request.body.id)
        // an id that is somebody else's
        if (!row || row.person_id !== person) throw new Problem('access.denied')
        if (isNew && row.start_time === null && row.end_time === null)
          await usePrepared(tx, school, request.body.day, person, tzOf(actor))
        return absenceOf(row, row.reason)
      })
      tellLeaders(actor)
      return absence
    },
  )

  app.post(
    '/api/coverage/absences/:absence/withdraw',
    {
      schema: {
        summary: 'Take a call-out back',
        params: z.object({ absence: uuid }),
        response: { 200: Absence },
      },
    },
    async (request) => {
      const actor = await services.actor(request)
      const absence = await database.asPerson(actor, async (tx) => {
        // one's own, or of a school one leads: row-level security finds no other
        const row = await absenceById(tx, request.params.absence)
        if (!row) throw new Problem('access.denied')
        await tx.write(withdraw, { absence: row.absence_id })
        return absenceOf({ ...row, withdrawn: row.withdrawn ?? new Date(tx.now) }, row.reason)
      })
      tellLeaders(actor)
      return absence
    },
  )

  app.post(
    '/api/coverage/plans',
    {
      schema: {
        summary: 'Look for who covers for whom on a day; nothing changes before it is approved',
        body: NewPlan,
        response: { 200: Done },
      },
    },
    async (request) => {
      const actor = await services.actor(request)
      const { id, school, day } = request.body
      await database.asPerson(actor, async (_tx, reach) => expectLeader(reach, school))
      await makePlan(database, actor, { id, school, day, tz: tzOf(actor) })
      return { id }
    },
  )

  app.post(
    '/api/coverage/plans/:plan/change',
    {
      schema: {
        summary: 'Give one part of a plan to somebody else, or to nobody, by hand',
        params: z.object({ plan: uuid }),
        body: PlanChange,
        response: { 200: Done },
      },
    },
    async (request) => {
      const actor = await services.actor(request)
      return database.asPerson(actor, async (tx, reach) => {
        const plan = await planOfLeader(tx, reach, request.params.plan)
        await changePlan(tx, plan, request.body)
        return { id: plan.id }
      })
    },
  )

  app.post(
    '/api/coverage/plans/:plan/approve',
    {
      schema: {
        summary: 'Approve a plan: everybody’s day changes. Refused when the day is not as it was planned for',
        params: z.object({ plan: uuid }),
        response: { 200: Done },
      },
    },
    async (request) => {
      const actor = await services.actor(request)
      return database.asPerson(actor, async (tx, reach) => {
        const plan = await planOfLeader(tx, reach, request.params.plan)
        await approvePlan(tx, plan, tzOf(actor))
        return { id: plan.id }
      })
    },
  )

  app.post(
    '/api/coverage/plans/:plan/seen',
    {
      schema: {
        summary: 'Say that one knows what a plan changes for oneself',
        params: z.object({ plan: uuid }),
        response: { 200: Done },
      },
    },
    async (request) => {
      const actor = await services.actor(request)
      await database.asPerson(actor, async (tx) => {
        const notice = await tx.read
          .selectFrom('coverage_notice')
          .select('day')
          .where('district_id', '=', tx.district)
          .where('plan_id', '=', request.params.plan)
          .where('person_id', '=', actor.person)
          .executeTakeFirst()
        if (!notice) throw new Problem('access.denied')
        await tx.write(see, { plan: request.params.plan, person: actor.person, day: notice.day })
      })
      tellLeaders(actor)
      return { id: request.params.plan }
    },
  )

  app.get(
    '/api/coverage/hours',
    {
      schema: {
        summary: 'When paras and substitutes of a school one leads work',
        querystring: z.object({ school: uuid.optional() }),
        response: { 200: HoursPage },
      },
    },
    async (request) => {
      const actor = await services.actor(request)
      const { school } = request.query
      return database.asPerson(actor, (tx, reach) => {
        expectLeader(reach, school)
        return hoursOf(tx, reach, { school, tz: tzOf(actor) })
      })
    },
  )

  app.post(
    '/api/coverage/hours',
    {
      schema: {
        summary: 'Say when somebody works, or on which days a substitute comes',
        body: Hours,
        response: { 200: Done },
      },
    },
    async (request) => {
      const actor = await services.actor(request)
      return database.asPerson(actor, async (tx, reach) => {
        expectLeader(reach, request.body.school)
        await expectStaff(tx, request.body.person)
        await tx.write(setHours, request.body)
        return { id: request.body.id }
      })
    },
  )

  app.post(
    '/api/coverage/hours/:hours/end',
    {
      schema: {
        summary:
          'End hours with a day, or say that they hold on none: the substitute does not come after all',
        params: z.object({ hours: uuid }),
        body: HoursEnd,
        response: { 200: Done },
      },
    },
    async (request) => {
      const actor = await services.actor(request)
      const { hours } = request.params
      await database.asPerson(actor, (tx, reach) => endHours(tx, reach, hours, request.body.to))
      return { id: hours }
    },
  )

  app.get(
    '/api/coverage/training',
    {
      schema: {
        summary:
          'Who is trained for what with whom: of a school one leads, or with the students one trains for',
        querystring: z.object({ school: uuid.optional() }),
        response: { 200: TrainingPage },
      },
    },
    async (request) => {
      const actor = await services.actor(request)
      const { school } = request.query
      return database.asPerson(actor, (tx, reach) =>
        trainingOf(tx, actor, reach, { school, tz: tzOf(actor) }),
      )
    },
  )

  app.post(
    '/api/coverage/competencies',
    {
      schema: {
        summary: 'Say that somebody is trained for a task with a student, from a day to a day',
        body: Grant,
        response: { 200: Done },
      },
    },
    async (request) => {
      const actor = await services.actor(request)
      const { body } = request
      return database.asPerson(actor, async (tx, reach) => {
        const school = expectGrant(actor, reach, body, await schoolOf(tx, body.person))
        if (body.student !== null && !(await isVisible(tx, body.student))) throw new Problem('access.denied')
        await tx.write(grant, { ...body, school })
        return { id: body.id }
      })
    },
  )

  app.post(
    '/api/coverage/competencies/:competency/revoke',
    {
      schema: {
        summary: 'Say that somebody is trained no longer, from now on',
        params: z.object({ competency: uuid }),
        response: { 200: Done },
      },
    },
    async (request) => {
      const actor = await services.actor(request)
      const { competency } = request.params
      return database.asPerson(actor, async (tx, reach) => {
        await expectOwn(tx, actor, reach, competency)
        await tx.write(revoke, { competency })
        return { id: competency }
      })
    },
  )

  app.post(
    '/api/coverage/competencies/:competency/proof',
    {
      schema: {
        summary:
          'Say how a training was shown: by whom it was taught, how, when, and how much of the checklist',
        params: z.object({ competency: uuid }),
        body: Proof,
        response: { 200: Done },
      },
    },
    async (request) => {
      const actor = await services.actor(request)
      const { competency } = request.params
      return database.asPerson(actor, async (tx, reach) => {
        const school = await expectOwn(tx, actor, reach, competency)
        const taught = await expectProof(tx, school, request.body)
        await tx.write(prove, { competency, proof: request.body, taught })
        return { id: competency }
      })
    },
  )

  app.post(
    '/api/coverage/overrides',
    {
      schema: {
        summary: 'Let somebody do on one day what they are not trained for, beside somebody who is',
        body: Allow,
        response: { 200: Done },
      },
    },
    async (request) => {
      const actor = await services.actor(request)
      const { body } = request
      await database.asPerson(actor, async (tx, reach) => {
        const school = await schoolOf(tx, body.person)
        if (school === null || !reach.leads.includes(school) || !(await isVisible(tx, body.student)))
          throw new Problem('access.denied')
        await tx.write(allow, {
          ...body,
          school: await expectAllow(tx, actor, reach, body, { school, tz: tzOf(actor) }),
        })
      })
      tellLeaders(actor)
      return { id: body.id }
    },
  )

  app.post(
    '/api/coverage/overrides/:override/end',
    {
      schema: {
        summary: 'Take a permission for one day back',
        params: z.object({ override: uuid }),
        response: { 200: Done },
      },
    },
    async (request) => {
      const actor = await services.actor(request)
      const { override } = request.params
      await database.asPerson(actor, async (tx, { leads }) => {
        const row = await tx.read
          .selectFrom('competency_override')
          .select('school_id')
          .where('district_id', '=', tx.district)
          .where('override_id', '=', override)
          .executeTakeFirst()
        if (!row || !leads.includes(row.school_id)) throw new Problem('access.denied')
        await tx.write(disallow, { override })
      })
      tellLeaders(actor)
      return { id: override }
    },
  )

  app.get(
    '/api/coverage/able/:student',
    {
      schema: {
        summary: 'For what a student needs and oneself is not trained for: who is, and is here now',
        params: z.object({ student: uuid }),
        response: { 200: Able },
      },
    },
    async (request) => {
      const actor = await services.actor(request)
      return database.asPerson(actor, (tx) => ableOf(tx, actor.person, request.params.student, tzOf(actor)))
    },
  )

  app.post(
    '/api/coverage/breaks',
    {
      schema: {
        summary: 'Say that one did not have a break, or not all of it; the same id twice is one',
        body: MissedBreak,
        response: { 200: Done },
      },
    },
    async (request) => {
      const actor = await services.actor(request)
      return database.asPerson(actor, async (tx) => {
        const school = await schoolOf(tx, actor.person)
        if (school === null) throw new Problem('role.not_permitted')
        await tx.write(missBreak, { ...request.body, person: actor.person, school })
        return { id: request.body.id }
      })
    },
  )
}

/** The first wall; the policies `leads` of migrations 0103 and 0106 are the second. */
function expectLeader({ leads }: Reach, school: Uuid | undefined): void {
  if (school === undefined ? leads.length === 0 : !leads.includes(school)) throw new Problem('access.denied')
}

async function planOfLeader(tx: Tx, { leads }: Reach, id: Uuid): Promise<PlanRow> {
  const plan = await planById(tx, id)
  if (!plan || !leads.includes(plan.school)) throw new Problem('access.denied')
  return plan
}

/** Where somebody works now; whose role is for the whole district, where their work is. Null: nobody of this district. */
async function schoolOf(tx: Tx, person: Uuid): Promise<Uuid | null> {
  return tx.asSystem(async (db) => {
    const at = new Date(tx.now)
    const role = await db
      .selectFrom('staff_role')
      .select('school_id')
      .where('district_id', '=', tx.district)
      .where('person_id', '=', person)
      .where('school_id', 'is not', null)
      .where('from_at', '<=', at)
      .where((eb) => eb.or([eb('to_at', 'is', null), eb('to_at', '>', at)]))
      .orderBy('school_id')
      .limit(1)
      .executeTakeFirst()
    if (role?.school_id) return role.school_id
    const work = await db
      .selectFrom('assignment')
      .select('school_id')
      .where('district_id', '=', tx.district)
      .where('person_id', '=', person)
      .where('school_id', 'is not', null)
      .limit(1)
      .executeTakeFirst()
    return work?.school_id ?? null
  })
}

/** A training that the reader may change: of a school they lead, or with a student they train for. Returns its school. */
async function expectOwn(tx: Tx, actor: Actor, reach: Reach, competency: Uuid): Promise<Uuid> {
  const row = await tx.asSystem((db) =>
    db
      .selectFrom('competency')
      .select(['school_id', 'student_id'])
      .where('district_id', '=', tx.district)
      .where('competency_id', '=', competency)
      .executeTakeFirst(),
  )
  const trains = row !== undefined && row.student_id !== null && mayTrain(actor, reach, row.student_id)
  if (!row || (!reach.leads.includes(row.school_id) && !trains)) throw new Problem('access.denied')
  return row.school_id
}

async function absenceById(tx: Tx, id: Uuid) {
  return tx.read
    .selectFrom('absence')
    .selectAll()
    .where('district_id', '=', tx.district)
    .where('absence_id', '=', id)
    .executeTakeFirst()
}

async function expectStaff(tx: Tx, person: Uuid): Promise<void> {
  if ((await schoolOf(tx, person)) === null) throw new Problem('access.denied')
}

async function isVisible(tx: Tx, student: Uuid): Promise<boolean> {
  const row = await tx.read
    .selectFrom('student')
    .select('student_id')
    .where('district_id', '=', tx.district)
    .where('student_id', '=', student)
    .executeTakeFirst()
  return row !== undefined
}
