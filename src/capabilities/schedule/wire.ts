/** The school's calendar and the services of students as they go over the wire. Server and screens parse with these. */
import { z } from 'zod'
import { text, uuid } from '../../platform/records/envelope.ts'
import { FindingShape } from '../../platform/records/finding.ts'
import { PERIODS, PLACES } from './model.ts'
import { SHORT_REASONS } from './services.ts'

const day = z.iso.date()
const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'HH:MM')
const code = text(20).min(1)
/** regular, early_release, delay, testing, assembly, or a name of the school's own. */
const variant = z.string().regex(/^[a-z][a-z0-9_]{0,39}$/)
const span = { from: day, to: day.nullable() }
const endsLater = ({ from, to }: { from: string; to: string | null }) => to === null || to >= from
const END = { path: ['to'], message: 'ends before it begins' }

export const BlockShape = z.strictObject({ code, name: text(80), start: z.string(), end: z.string() })

export const Unserved = z.object({
  what: z.enum(['one_to_one', 'post', 'care', 'service']),
  id: uuid,
  students: z.array(uuid).readonly(),
  code: z.string().nullable(),
  reason: z.enum(['no_block', 'shorter', 'nobody']),
  minutes: z.number(),
  missing: z.number(),
})

export const BellFinding = z.object({
  code: z.enum(['bell.time', 'bell.ends_before_it_begins', 'bell.overlap', 'bell.code_twice', 'bell.empty']),
  block: z.int(),
  field: z.enum(['start', 'end', 'code']),
  other: z.string().nullable(),
})

/** What a change of the calendar would leave without its place, by the day types on which it runs. */
export const Previewed = z.object({
  /** False: it was only looked at, or it has findings. */
  saved: z.boolean(),
  findings: z.array(BellFinding).readonly(),
  unserved: z.array(Unserved.extend({ type: z.string() })).readonly(),
  /** Initials of the students in it whom the reader may know. */
  initials: z.record(z.string(), z.string()),
})
export type Previewed = z.infer<typeof Previewed>

/** `POST /api/schools/:school/bell`: the blocks of a variant, all of them, in place of those before. */
export const BellCommand = z.strictObject({
  variant,
  blocks: z.array(BlockShape).max(60),
  /** Only say what it would do. */
  preview: z.boolean(),
})

/** `POST /api/schools/:school/day`: what a day is. `open: false` = the school is closed. */
export const DayCommand = z.strictObject({
  day,
  open: z.boolean(),
  type: text(20).min(1),
  variant,
  /** Why it is closed, or runs otherwise; shown to everybody. */
  title: text(120),
  preview: z.boolean(),
})

/** A year and some days: as far as a calendar is laid out at once. */
const MAX_ROTATION_MS = 400 * 86_400_000

/** `POST /api/schools/:school/rotation`: day types in turn over the school days from one day to another. */
export const RotationCommand = z
  .strictObject({
    /** In their order; the first is that of the first school day. */
    types: z.array(text(20).min(1)).min(1).max(12),
    from: day,
    to: day,
    /** Also open days from Monday to Friday that are not in the calendar and not closed. */
    open: z.boolean(),
    preview: z.boolean(),
  })
  .refine(({ from, to }) => to >= from && Date.parse(to) - Date.parse(from) <= MAX_ROTATION_MS, END)

/** What a rotation changes: days with another type than before, in their order; `before` null = not open until now. */
export const RotationAnswer = z.object({
  saved: z.boolean(),
  /** School days of the rotation, changed or not. */
  days: z.int(),
  changes: z.array(z.object({ day, before: z.string().nullable(), type: z.string() })),
  /** Day types on which nobody's timetable has anything. */
  empty: z.array(z.string()),
})
export type RotationAnswer = z.infer<typeof RotationAnswer>

export const PostCommand = z
  .strictObject({
    id: uuid,
    name: text(80).min(1),
    place: text(80),
    code,
    ratio: z.int().min(1).max(500).nullable(),
    minStaff: z.int().min(1).max(50),
    ...span,
  })
  .refine(endsLater, END)

/** Of a student: the school is theirs, so nobody says it. */
export const ServiceCommand = z
  .strictObject({
    id: uuid,
    /** The service that this one changes: it ends the day before this one begins, and stays to be read. */
    replaces: uuid.optional(),
    student: uuid,
    service: text(80).min(1),
    minutes: z.int().min(1).max(6000),
    per: z.enum(PERIODS),
    sessions: z.int().min(1).max(200).nullable(),
    place: z.enum(PLACES),
    provider: text(40).min(1),
    ...span,
    groupMax: z.int().min(1).max(40).nullable(),
    programs: z.array(uuid).max(40),
  })
  .refine(endsLater, END)

export const OneToOneCommand = z
  .strictObject({
    id: uuid,
    /** As of a service. */
    replaces: uuid.optional(),
    student: uuid,
    blocks: z.array(code).max(30),
    minutesADay: z.int().min(1).max(720).nullable(),
    level: z.enum(['SV2', 'SV3', 'SV4', 'SV5', 'SV6']),
    authority: text(200).min(1),
    qualifications: z.array(text(40)).max(12),
    relief: text(200),
    ...span,
  })
  .refine(endsLater, END)
  .refine(({ blocks, minutesADay }) => blocks.length > 0 || minutesADay !== null, {
    path: ['blocks'],
    message: 'in which blocks, or how long on a day',
  })

/** One sentence, short enough to be read in passing. */
const sentence = text(80).refine((words) => words.trim() !== '', 'something is said')

/** `POST /api/schools/:school/focus`: what a school sets before everybody, from a day to a day, in the languages given. */
export const FocusCommand = z
  .strictObject({
    id: uuid,
    from: day,
    to: day,
    words: z.strictObject({ en: sentence, es: sentence.optional() }),
  })
  .refine(endsLater, END)

const FocusLine = z.object({ id: uuid, from: day, to: day, words: z.record(z.string(), z.string()) })
export type FocusLine = z.infer<typeof FocusLine>

/** Ends a post with that day; it stays to be read. */
export const EndCommand = z.strictObject({ to: day })

/** Ends what a plan promised with that day; null = it was entered by mistake and held on no day. It stays to be read. */
export const OwedEndCommand = z.strictObject({ to: day.nullable() })

export const MakeUpCommand = z
  .strictObject({
    id: uuid,
    service: uuid,
    /** First day of the period in which the minutes were missed. */
    period: day,
    minutes: z.int().min(1).max(6000),
    /** When they are made up; null = they need not be, and why is in `reason`. */
    on: day.nullable(),
    reason: text(300),
  })
  .refine(({ on, reason }) => on !== null || reason.trim() !== '', {
    path: ['reason'],
    message: 'why it is not needed',
  })

export const Done = z.object({ id: uuid })

const Post = z.object({
  id: uuid,
  school: uuid,
  name: z.string(),
  place: z.string(),
  code: z.string(),
  ratio: z.number().nullable(),
  minStaff: z.number(),
  ...span,
})

/** `GET /api/schools/:school/calendar?from&to`. */
export const CalendarPage = z.object({
  school: z.object({ id: uuid, name: z.string() }),
  today: day,
  days: z.array(z.object({ day, type: z.string(), variant: z.string() })),
  blocks: z.array(
    z.object({ variant: z.string(), code: z.string(), name: z.string(), start: time, end: time }),
  ),
  events: z.array(
    z.object({
      id: uuid,
      kind: z.enum(['event', 'closed']),
      title: z.string(),
      day,
      to: day,
      start: z.number().nullable(),
      end: z.number().nullable(),
    }),
  ),
  posts: z.array(Post),
  /** That hold or will hold, the earliest first. */
  focuses: z.array(FocusLine),
})
export type CalendarPage = z.infer<typeof CalendarPage>

/** `GET /api/schools`: schools whose calendar the person keeps. */
export const SchoolList = z.object({ schools: z.array(z.object({ id: uuid, name: z.string() })) })

export const DeliveryShape = z.object({
  period: z.object({ from: day, to: day }),
  days: z.number(),
  elapsed: z.number(),
  requiredMs: z.number(),
  dueMs: z.number(),
  givenMs: z.number(),
  unsureMs: z.number(),
  madeUpMs: z.number(),
  excusedMs: z.number(),
  plannedMs: z.number(),
  shortMs: z.number(),
  reasons: z.array(z.object({ reason: z.enum(SHORT_REASONS), ms: z.number() })).readonly(),
  color: z.enum(['green', 'amber', 'red']).nullable(),
  paceMs: z.number().nullable(),
})

/** How something promised came to be and to its end. */
const promised = {
  ...span,
  /** What it changed; null: it was new. */
  replaces: uuid.nullable(),
  /** Has another come in its place, now or from a day that is to come? */
  changed: z.boolean(),
  /** False: entered by mistake, or put right before it began. It counts for no day. */
  held: z.boolean(),
  /** Who said it and when, ms; null: it came with the roster. */
  said: z.object({ by: z.string().nullable(), at: z.number() }),
  /** Who said its end; null: nobody did. */
  ended: z.object({ by: z.string().nullable(), at: z.number() }).nullable(),
  /** May the reader decide about it? */
  mine: z.boolean(),
}

export const ServiceLine = z.object({
  id: uuid,
  student: uuid,
  service: z.string(),
  minutes: z.number(),
  per: z.enum(PERIODS),
  sessions: z.number().nullable(),
  place: z.enum(PLACES),
  provider: z.string(),
  ...promised,
  groupMax: z.number().nullable(),
  programs: z.array(uuid),
  /** The period that runs; null: the service does not hold now. */
  now: DeliveryShape.nullable(),
  /** The last periods that are over, the oldest first. */
  past: z.array(DeliveryShape),
  /** Periods whose missed minutes wait for a decision, the oldest first. */
  waiting: z.array(DeliveryShape),
  /** A quarter or a term of it is a fixed part of the year: the school has told no dates of its own. */
  parts: z.boolean(),
  decided: z.array(
    z.object({
      id: uuid,
      period: day,
      minutes: z.number(),
      on: day.nullable(),
      reason: z.string(),
      by: z.string(),
      at: z.number(),
    }),
  ),
})
export type ServiceLine = z.infer<typeof ServiceLine>

export const OneToOneLine = z.object({
  id: uuid,
  student: uuid,
  blocks: z.array(z.string()),
  minutesADay: z.number().nullable(),
  level: z.string(),
  authority: z.string(),
  qualifications: z.array(z.string()),
  relief: z.string(),
  ...promised,
})
export type OneToOneLine = z.infer<typeof OneToOneLine>

const ServedStudent = z.object({ id: uuid, initials: z.string(), color: z.number() })

/** `GET /api/services`. */
export const ServicePage = z.object({
  today: day,
  /** Is there a student about whose services the reader decides? */
  decides: z.boolean(),
  students: z.array(ServedStudent),
  services: z.array(ServiceLine),
  oneToOnes: z.array(OneToOneLine),
})
export type ServicePage = z.infer<typeof ServicePage>

/** `GET /api/services/students`: about whose services the reader decides. */
export const ServiceStudents = z.object({ students: z.array(ServedStudent) })

/** `GET /api/services/students/:student`: what a service or an adult of one's own can be made of. */
export const ServiceChoices = z.object({
  programs: z.array(z.object({ id: uuid, title: z.string() })),
  blocks: z.array(z.object({ code: z.string(), name: z.string(), start: time, end: time })),
})
export type ServiceChoices = z.infer<typeof ServiceChoices>

/** `POST /api/schools/:school/events`: what an iCalendar file holds, into the school's calendar. */
export const EventsCommand = z.strictObject({
  file: text(200),
  text: z.string().max(4_000_000),
  from: day,
  to: day,
  preview: z.boolean(),
})

export const EventsAnswer = z.object({
  saved: z.boolean(),
  events: z.array(
    z.object({
      kind: z.enum(['event', 'closed']),
      title: z.string(),
      day,
      to: day,
      start: z.number().nullable(),
      end: z.number().nullable(),
      /** What it says about its days; null = nothing. */
      type: z.string().nullable(),
      variant: z.string().nullable(),
    }),
  ),
  findings: z.array(FindingShape),
})
export type EventsAnswer = z.infer<typeof EventsAnswer>

/** `GET /api/calendar-feeds`: the reader's own, the newest first. */
export const FeedList = z.object({ feeds: z.array(z.object({ id: uuid, made: z.number() })) })
/** `POST /api/calendar-feeds`: the path is told this once. */
export const FeedMade = z.object({ id: uuid, path: z.string().nullable() })
