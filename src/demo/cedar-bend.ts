/**
 * Cedar Bend, the fictional school that a newcomer meets: who is there, the bell, the calendar, the personas of the
 * demo page. Rows only; the records of its past fourteen months are in history.ts. Whoever loads the demo school
 * calls both. Nothing here is real; every id, name and number is made from a seed.
 */
import type { Uuid } from '../platform/core/ids.ts'
import type { District, RosterBatch } from '../capabilities/roster/model.ts'
import type { Contacts } from '../capabilities/schedule/contacts.ts'
import type { Focus } from '../capabilities/schedule/focus.ts'
import type {
  Assignment,
  Block,
  OneToOne,
  Post,
  SchoolDay,
  ServiceRequirement,
} from '../capabilities/schedule/model.ts'
import { START_TIME, TODAY, TZ, instant, schoolDaysOf, timeOf } from './calendar.ts'
import { SCHOOL, personId, roster } from './people.ts'
import { nameId } from './seed.ts'
import {
  assignments,
  bell,
  contacts,
  focuses,
  oneToOnes,
  posts,
  services,
  variantBells,
} from './timetable.ts'

/** One button of the demo page: be this person at this time. */
export interface Persona {
  readonly id: string
  readonly person: Uuid
  /** Key of the words on the button. */
  readonly label: string
  /** Where the demo clock goes, an instant. */
  readonly at: string
}

export interface DemoSchool {
  readonly district: District
  readonly batch: RosterBatch
  readonly blocks: readonly Block[]
  readonly schoolDays: readonly SchoolDay[]
  readonly assignments: readonly Assignment[]
  readonly services: readonly ServiceRequirement[]
  readonly oneToOnes: readonly OneToOne[]
  readonly posts: readonly Post[]
  readonly focuses: readonly (Focus & { readonly id: Uuid })[]
  readonly contacts: readonly Omit<Contacts, 'name'>[]
  readonly personas: readonly Persona[]
  /** Where the demo clock starts, an instant: Tuesday 2026-11-03, 08:52 at the school. */
  readonly startAt: string
}

/**
 * The rows of the demo school; the same at every call. `district.clockOffsetMs` is 0 here: who loads it sets
 * `startAt` minus the machine's time.
 */
export function cedarBend(): DemoSchool {
  const startAt = instant(timeOf(TODAY, START_TIME))
  const persona = (id: string, who: Parameters<typeof personId>[0], at = startAt): Persona => ({
    id,
    person: personId(who),
    label: `demo.persona.${id}`,
    at,
  })
  return {
    district: {
      id: nameId('district', 'cedar-bend'),
      name: 'Cedar Bend (fictional demo school)',
      tz: TZ,
      demo: true,
      clockOffsetMs: 0,
    },
    batch: roster(),
    blocks: [...bell(), ...variantBells()],
    schoolDays: schoolDaysOf(SCHOOL),
    assignments: assignments(),
    services: services(),
    oneToOnes: oneToOnes(),
    posts: posts(),
    focuses: focuses(),
    contacts: contacts(),
    personas: [
      persona('para', 'maya'),
      persona('case-manager', 'dana'),
      persona('other-para', 'andre'),
      persona('coordinator', 'joan'),
      persona('substitute', 'kim', instant(timeOf('2026-11-04', '07:40'))),
    ],
    startAt,
  }
}
