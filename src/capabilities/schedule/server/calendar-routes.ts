/** The school's calendar for whoever leads the school: look at it, change a day, a bell, a post; take events in. */
import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { dayOf } from '../../../platform/core/days.ts'
import { uuid } from '../../../platform/records/envelope.ts'
import { Problem } from '../../../platform/server/problems.ts'
import type { Services } from '../../../platform/server/services.ts'
import {
  BellCommand,
  CalendarPage,
  DayCommand,
  Done,
  EndCommand,
  EventsAnswer,
  EventsCommand,
  FocusCommand,
  PostCommand,
  Previewed,
  RotationAnswer,
  RotationCommand,
  SchoolList,
} from '../wire.ts'
import { addPost, calendarOf, endPost, expectLead, keepBell, keepDay, schoolsLed } from './calendar.ts'
import { takeEvents } from './events.ts'
import { Contacts, ContactsCommand } from '../contacts.ts'
import { contactsOf, setContacts } from './contacts.ts'
import { setFocus, withdrawFocus } from './focus.ts'
import { keepRotation } from './rotation.ts'

const params = z.object({ school: uuid })
/** As much as a calendar page ever shows. */
const MAX_DAYS = 400

export function calendarRoutes(plugin: FastifyInstance, services: Services): void {
  const app = plugin.withTypeProvider<ZodTypeProvider>()
  const tzOf = (district: string) => {
    const found = services.directory.get(district)
    if (!found) throw new Problem('session.no_district')
    return found.tz
  }

  app.get(
    '/api/schools',
    {
      schema: {
        summary: 'Schools whose calendar the signed-in person keeps',
        response: { 200: SchoolList },
      },
    },
    async (request) => {
      const actor = await services.actor(request)
      return services.database.asPerson(actor, async (tx, reach) => ({
        schools: await schoolsLed(tx, reach),
      }))
    },
  )

  app.get(
    '/api/schools/:school/calendar',
    {
      schema: {
        summary: 'Days, bells, events and posts of a school',
        params,
        querystring: z
          .object({ from: z.iso.date(), to: z.iso.date() })
          .refine(
            ({ from, to }) => from <= to && Date.parse(to) - Date.parse(from) <= MAX_DAYS * 86_400_000,
            { path: ['to'], message: 'from one day to a later one, a year at most' },
          ),
        response: { 200: CalendarPage },
      },
    },
    async (request) => {
      const actor = await services.actor(request)
      const { school } = request.params
      return services.database.asPerson(
        actor,
        (tx, reach) => {
          expectLead(reach, school)
          return calendarOf(tx, school, { ...request.query, today: dayOf(tx.now, tzOf(actor.district)) })
        },
        { snapshot: true },
      )
    },
  )

  app.post(
    '/api/schools/:school/day',
    {
      schema: {
        summary:
          'Say what a day is: open or closed, its type, how it runs. Answers what it leaves without its place',
        params,
        body: DayCommand,
        response: { 200: Previewed },
      },
    },
    async (request) => {
      const actor = await services.actor(request)
      const { school } = request.params
      return services.database.asPerson(actor, (tx, reach) => {
        expectLead(reach, school)
        return keepDay(tx, school, request.body)
      })
    },
  )

  app.post(
    '/api/schools/:school/bell',
    {
      schema: {
        summary:
          'Set the blocks of a variant. Answers what is wrong with them and what they leave without its place',
        params,
        body: BellCommand,
        response: { 200: Previewed },
      },
    },
    async (request) => {
      const actor = await services.actor(request)
      const { school } = request.params
      return services.database.asPerson(actor, (tx, reach) => {
        expectLead(reach, school)
        return keepBell(tx, school, dayOf(tx.now, tzOf(actor.district)), request.body)
      })
    },
  )

  app.post(
    '/api/schools/:school/rotation',
    {
      schema: {
        summary: 'Lay day types out in turn over the school days between two days. Answers which days change',
        params,
        body: RotationCommand,
        response: { 200: RotationAnswer },
      },
    },
    async (request) => {
      const actor = await services.actor(request)
      const { school } = request.params
      return services.database.asPerson(actor, (tx, reach) => {
        expectLead(reach, school)
        return keepRotation(tx, school, request.body)
      })
    },
  )

  app.post(
    '/api/schools/:school/posts',
    {
      schema: {
        summary: 'Add a post that adults keep; the same id twice changes nothing',
        params,
        body: PostCommand,
        response: { 200: Done },
      },
    },
    async (request) => {
      const actor = await services.actor(request)
      const { school } = request.params
      await services.database.asPerson(actor, async (tx, reach) => {
        expectLead(reach, school)
        await tx.write(addPost, { ...request.body, school })
      })
      return { id: request.body.id }
    },
  )

  app.post(
    '/api/schools/:school/posts/:post/end',
    {
      schema: {
        summary: 'End a post with a day',
        params: params.extend({ post: uuid }),
        body: EndCommand,
        response: { 200: Done },
      },
    },
    async (request) => {
      const actor = await services.actor(request)
      const { school, post } = request.params
      await services.database.asPerson(actor, async (tx, reach) => {
        expectLead(reach, school)
        if (!(await tx.write(endPost, { id: post, school, to: request.body.to })))
          throw new Problem('access.denied')
      })
      return { id: post }
    },
  )

  app.get(
    '/api/schools/:school/contacts',
    {
      schema: {
        summary: 'Whom substitutes call at a school',
        params,
        response: { 200: Contacts },
      },
    },
    async (request) => {
      const actor = await services.actor(request)
      const { school } = request.params
      return services.database.asPerson(actor, async (tx, reach) => {
        expectLead(reach, school)
        const [known] = await contactsOf(tx, [school])
        return known ?? { school, name: '', teacher: '', office: '', nurse: '', crisis: '', words: '' }
      })
    },
  )

  app.post(
    '/api/schools/:school/contacts',
    {
      schema: {
        summary: 'Say whom substitutes call at a school, all of it in place of what was said before',
        params,
        body: ContactsCommand,
        response: { 200: Done },
      },
    },
    async (request) => {
      const actor = await services.actor(request)
      const { school } = request.params
      await services.database.asPerson(actor, async (tx, reach) => {
        expectLead(reach, school)
        await tx.write(setContacts, { ...request.body, school })
      })
      return { id: school }
    },
  )

  app.post(
    '/api/schools/:school/focus',
    {
      schema: {
        summary: 'Set a sentence before everybody of a school, from a day to a day; the same id twice is one',
        params,
        body: FocusCommand,
        response: { 200: Done },
      },
    },
    async (request) => {
      const actor = await services.actor(request)
      const { school } = request.params
      await services.database.asPerson(actor, async (tx, reach) => {
        expectLead(reach, school)
        await tx.write(setFocus, { ...request.body, school })
      })
      return { id: request.body.id }
    },
  )

  app.post(
    '/api/schools/:school/focus/:focus/withdraw',
    {
      schema: {
        summary: 'Take such a sentence back; it stays to be read',
        params: params.extend({ focus: uuid }),
        response: { 200: Done },
      },
    },
    async (request) => {
      const actor = await services.actor(request)
      const { school, focus } = request.params
      await services.database.asPerson(actor, async (tx, reach) => {
        expectLead(reach, school)
        if (!(await tx.write(withdrawFocus, { id: focus, school }))) throw new Problem('access.denied')
      })
      return { id: focus }
    },
  )

  app.post(
    '/api/schools/:school/events',
    {
      bodyLimit: 5_000_000,
      schema: {
        summary:
          'Take an iCalendar file into the calendar of a school, or look at what it holds. All of it or nothing',
        params,
        body: EventsCommand,
        response: { 200: EventsAnswer },
      },
    },
    async (request) => {
      const actor = await services.actor(request)
      const { school } = request.params
      return services.database.asPerson(actor, (tx, reach) => {
        expectLead(reach, school)
        return takeEvents(tx, school, tzOf(actor.district), request.body)
      })
    },
  )
}
