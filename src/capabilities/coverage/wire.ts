/** What goes over the wire about cover: commands with ids that the device makes, and what the screens are told. */
import { z } from 'zod'
import { text, uuid } from '../../platform/records/envelope.ts'
import { NoRelief, Proposal } from './model.ts'

const day = z.iso.date()
const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'HH:MM')
const code = z.string().regex(/^[a-z][a-z_]{1,39}$/, 'a short code')

/** No times: the whole day. No person: oneself. */
export const CallOut = z
  .strictObject({
    id: uuid,
    person: uuid.optional(),
    day,
    start: time.optional(),
    end: time.optional(),
    reason: text(200).optional(),
  })
  .refine(({ start, end }) => (start ?? '00:00') < (end ?? '24:00'), {
    path: ['end'],
    message: 'ends before it begins',
  })
export type CallOut = z.infer<typeof CallOut>

export const Absence = z.object({
  id: uuid,
  person: uuid,
  day,
  start: time.nullable(),
  end: time.nullable(),
  /** Only for themselves and who leads them. */
  reason: z.string(),
  withdrawn: z.boolean(),
})
export type Absence = z.infer<typeof Absence>

export const NewPlan = z.strictObject({ id: uuid, school: uuid, day })
export const PlanChange = z.strictObject({ task: uuid, students: z.array(uuid), person: uuid.nullable() })

export const Plan = z.object({
  id: uuid,
  day,
  status: z.enum(['prepared', 'proposed', 'approved', 'replaced']),
  /** Made ahead for a late call-out. */
  prepared: z.boolean(),
  /** Since it was made, the day has changed. */
  stale: z.array(z.string()),
  proposal: Proposal,
  notices: z.array(z.object({ person: uuid, seen: z.number().nullable() })),
})
export type Plan = z.infer<typeof Plan>

/** Students by id, those within reach. */
const Students = z.record(z.string(), z.object({ initials: z.string(), color: z.number() }))

export const CoverBoard = z.object({
  school: uuid.nullable(),
  schools: z.array(z.object({ id: uuid, name: z.string() })),
  day,
  /** Days on which the school is open, this one and the next ones. */
  days: z.array(day),
  away: z.array(Absence),
  plan: Plan.nullable(),
  /** Who may be given work on that day. */
  people: z.array(uuid),
  /** Staff by id. */
  names: z.record(z.string(), z.string()),
  students: Students,
  /** Of the plan, or of the day as it stands. */
  breaks: z.object({ noMeal: z.array(uuid), noRelief: z.array(NoRelief) }),
  missed: z.array(z.object({ person: uuid, minutes: z.number() })),
})
export type CoverBoard = z.infer<typeof CoverBoard>

/** One's own: absences from today on, what changed, breaks. */
export const MyCover = z.object({
  absences: z.array(Absence),
  changes: z.array(
    z.object({
      plan: uuid,
      day,
      seen: z.boolean(),
      lines: z.array(
        z.object({
          is: z.enum(['mine', 'theirs', 'gone', 'mine_to_solve']),
          person: uuid.nullable(),
          usual: uuid,
          title: z.string(),
          place: z.string(),
          start: z.number(),
          end: z.number(),
          students: z.array(uuid),
          relief: z.enum(['meal', 'rest']).optional(),
        }),
      ),
    }),
  ),
  missed: z.array(z.object({ id: uuid, day, kind: z.enum(['meal', 'rest']), minutes: z.number() })),
  owed: z.number(),
  names: z.record(z.string(), z.string()),
  students: Students,
})
export type MyCover = z.infer<typeof MyCover>

/** When somebody works, on the days from one to another; where two say it, the one from the later day holds. */
export const Hours = z
  .strictObject({
    id: uuid,
    school: uuid,
    person: uuid,
    from: day,
    to: day.nullable(),
    start: time,
    end: time,
  })
  .refine(({ start, end }) => end > start, { path: ['end'], message: 'ends before it begins' })
  .refine(({ from, to }) => to === null || to >= from, { path: ['to'], message: 'ends before it begins' })
/** The last day on which they hold; null = they were said by mistake, or the substitute does not come after all. */
export const HoursEnd = z.strictObject({ to: day.nullable() })

const HoursLine = z.object({
  id: uuid,
  from: day,
  to: day.nullable(),
  start: time,
  end: time,
  /** False: taken back as a whole. */
  held: z.boolean(),
  said: z.object({ by: z.string().nullable(), at: z.number() }),
  ended: z.object({ by: z.string().nullable(), at: z.number() }).nullable(),
})

/** `GET /api/coverage/hours`: paras and substitutes of a school one leads, and when they work. */
export const HoursPage = z.object({
  today: day,
  school: uuid.nullable(),
  schools: z.array(z.object({ id: uuid, name: z.string() })),
  /** The school's own day by its bell; null: it has none. Paras without hours of their own work then. */
  open: z.object({ start: time, end: time }).nullable(),
  people: z.array(
    z.object({
      id: uuid,
      name: z.string(),
      /** Works only on days that are said. */
      substitute: z.boolean(),
      /** The newest last. */
      hours: z.array(HoursLine),
    }),
  ),
})
export type HoursPage = z.infer<typeof HoursPage>
export type HoursLine = z.infer<typeof HoursLine>
/** How somebody is trained for a task with a student, in this order (domain L.3). */
export const METHODS = ['instruct', 'model', 'rehearse', 'feedback'] as const

/** How somebody showed it: taught by whom, by which steps, how much of the checklist was right, when, before whom. */
const proof = {
  trainer: uuid,
  method: z.array(z.enum(METHODS)).max(METHODS.length),
  done: z.int().min(0).max(200).nullable(),
  of: z.int().min(1).max(200).nullable(),
  shown: day.nullable(),
  observer: uuid.nullable(),
}
export const Proof = z
  .strictObject(proof)
  .refine(({ done, of }) => (done === null) === (of === null) && (done ?? 0) <= (of ?? 0), {
    path: ['done'],
    message: 'so many of so many steps',
  })
export type Proof = z.infer<typeof Proof>

/** For one day: somebody may do what they are not trained for, while this adult, who is, stands beside them. */
export const Allow = z
  .strictObject({
    id: uuid,
    person: uuid,
    student: uuid,
    task: code,
    day,
    beside: uuid,
    reason: text(300).refine((words) => words.trim().length >= 3, 'a reason'),
  })
  .refine(({ person, beside }) => person !== beside, { path: ['beside'], message: 'somebody else' })
export type Allow = z.infer<typeof Allow>

/** Student null: with anybody. `to`: the last day on which it holds. */
export const Grant = z
  .strictObject({
    id: uuid,
    person: uuid,
    student: uuid.nullable(),
    task: code,
    from: day,
    to: day.nullable(),
  })
  .refine(({ from, to }) => to === null || to >= from, { path: ['to'], message: 'ends before it begins' })

/** `GET /api/coverage/training`: who is trained for what with whom, of a school one leads or with one's own students. */
export const TrainingPage = z.object({
  today: day,
  /** So many days before its last day a training is shown among those that end soon. */
  soonDays: z.number(),
  school: uuid.nullable(),
  schools: z.array(z.object({ id: uuid, name: z.string() })),
  /** May the reader say it of all students at once? */
  everybody: z.boolean(),
  /** What the reader may say that somebody is trained for. */
  tasks: z.array(z.string()),
  people: z.array(z.object({ id: uuid, name: z.string(), role: z.string() })),
  students: z.array(z.object({ id: uuid, initials: z.string(), color: z.number() })),
  rows: z.array(
    z.object({
      id: uuid,
      person: uuid,
      name: z.string(),
      /** Null: with anybody. */
      student: uuid.nullable(),
      task: z.string(),
      from: day,
      to: day.nullable(),
      /** Who said so; null: it came with the roster. */
      by: z.string().nullable(),
      /** When it was taken back, ms. */
      revoked: z.number().nullable(),
      /** May the reader take it back? */
      mine: z.boolean(),
      /** How it was shown, as far as it was said. */
      proof: z
        .object({
          ...proof,
          trainerName: z.string(),
          trainerRole: z.string(),
          observerName: z.string().nullable(),
        })
        .nullable(),
    }),
  ),
  /** Who may have taught it: whoever is said to must hold one of these roles at the school. */
  trainers: z.array(z.object({ id: uuid, name: z.string(), role: z.string() })),
  /** From today on, and not taken back; null: the reader allows none. */
  allowed: z
    .array(
      z.object({
        id: uuid,
        person: uuid,
        name: z.string(),
        student: uuid,
        task: z.string(),
        day,
        beside: z.string(),
        reason: z.string(),
        by: z.string(),
      }),
    )
    .nullable(),
  /** How often the same may be allowed (training.ts). */
  again: z.object({ within: z.number(), most: z.number() }),
  /** Days that count for it, over and to come, of the students above; empty: the reader allows none. */
  allowedDays: z.array(
    z.object({
      person: uuid,
      student: uuid,
      task: z.string(),
      day,
      by: z.string(),
      /** Did the reader allow it? */
      mine: z.boolean(),
    }),
  ),
})
export type TrainingPage = z.infer<typeof TrainingPage>
export type TrainingRow = TrainingPage['rows'][number]

/**
 * `GET /api/coverage/able/:student`: tasks of the student for which the reader is not trained, with who is and is here
 * now; `beside`: with this adult beside them they may, today.
 */
export const Able = z.object({
  tasks: z.array(z.object({ task: z.string(), people: z.array(z.string()), beside: z.array(z.string()) })),
})
export type Able = z.infer<typeof Able>

export const MissedBreak = z.strictObject({
  id: uuid,
  day,
  kind: z.enum(['meal', 'rest']),
  minutes: z.number().int().min(1).max(120),
})
export const Done = z.object({ id: uuid })
