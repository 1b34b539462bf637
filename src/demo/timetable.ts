/**
 * The bell of Cedar Bend and who does what in which block: the whole Tuesday and Wednesday of the demo, the same
 * on every other B and A day of 2026-27. What really happened is told by records, never by this table.
 */
import type { Uuid } from '../platform/core/ids.ts'
import type { Day } from '../platform/core/days.ts'
import type { Contacts } from '../capabilities/schedule/contacts.ts'
import type { Focus } from '../capabilities/schedule/focus.ts'
import type {
  Assignment,
  Block,
  Off,
  OneToOne,
  Post,
  Purpose,
  ServiceRequirement,
} from '../capabilities/schedule/model.ts'
import { SCHOOL, personId, studentId, type StaffKey, type StudentKey } from './people.ts'
import { nameId } from './seed.ts'
import { programId } from './spec.ts'

const BELL = [
  ['PREP', 'Before school', '07:30', '07:50'],
  ['ARRIVE', 'Arrival', '07:50', '08:10'],
  ['HR', 'Homeroom and check-in', '08:10', '08:30'],
  ['P1', 'Period 1', '08:30', '09:20'],
  ['P2', 'Period 2', '09:20', '10:10'],
  ['P3', 'Period 3', '10:10', '11:00'],
  ['P4', 'Period 4', '11:00', '11:30'],
  ['LUNCH', 'Lunch', '11:30', '12:05'],
  ['RECESS', 'Recess', '12:05', '12:30'],
  ['P5', 'Period 5', '12:30', '13:20'],
  ['P6', 'Period 6', '13:20', '14:10'],
  ['P7', 'Period 7', '14:10', '14:50'],
  ['PACK', 'Pack-up', '14:50', '15:00'],
  ['BUS', 'Dismissal', '15:00', '15:10'],
  ['CLOSE', 'After school', '15:10', '15:30'],
] as const

type Code = (typeof BELL)[number][0]

export function bell(): Block[] {
  return BELL.map(([code, name, start, end]) => ({
    id: blockId(code),
    school: SCHOOL,
    code,
    name,
    start,
    end,
  }))
}

/** The days that run otherwise: students leave at 12:30, after a short lunch; or come two hours later. */
const VARIANTS = {
  early_release: [
    ['PREP', '07:30', '07:50'],
    ['ARRIVE', '07:50', '08:10'],
    ['HR', '08:10', '08:20'],
    ['P1', '08:20', '08:50'],
    ['P2', '08:50', '09:20'],
    ['P3', '09:20', '09:50'],
    ['P4', '09:50', '10:15'],
    ['P5', '10:15', '10:45'],
    ['P6', '10:45', '11:15'],
    ['LUNCH', '11:15', '11:50'],
    ['P7', '11:50', '12:20'],
    ['PACK', '12:20', '12:30'],
    ['BUS', '12:30', '12:40'],
    ['CLOSE', '12:40', '15:30'],
  ],
  delay: [
    ['PREP', '09:30', '09:50'],
    ['ARRIVE', '09:50', '10:10'],
    ['P2', '10:10', '10:40'],
    ['P3', '10:40', '11:10'],
    ['P4', '11:10', '11:30'],
    ['LUNCH', '11:30', '12:05'],
    ['RECESS', '12:05', '12:30'],
    ['P5', '12:30', '13:20'],
    ['P6', '13:20', '14:10'],
    ['P7', '14:10', '14:50'],
    ['PACK', '14:50', '15:00'],
    ['BUS', '15:00', '15:10'],
    ['CLOSE', '15:10', '15:30'],
  ],
} as const satisfies Record<string, readonly (readonly [Code, start: string, end: string])[]>

/** The blocks of the days that run otherwise. */
export function variantBells(): Block[] {
  const names = new Map<string, string>(BELL.map(([code, name]) => [code, name]))
  return Object.entries(VARIANTS).flatMap(([variant, rows]) =>
    rows.map(([code, start, end]) => ({
      id: nameId('block', `${variant}/${code}`),
      school: SCHOOL,
      code,
      name: names.get(code) ?? code,
      start,
      end,
      variant,
    })),
  )
}

const POSTS = {
  bus: ['Bus lane', 'Bus lane', 'ARRIVE', 6, 2],
  bus_pm: ['Bus lane, dismissal', 'Bus lane', 'BUS', 6, 1],
  lunch: ['Lunch', 'Cafeteria', 'LUNCH', 20, 1],
  recess: ['Recess', 'Playground', 'RECESS', 20, 2],
} as const satisfies Record<string, readonly [string, string, Code, number, number]>
type PostKey = keyof typeof POSTS

/** Numbers that are nobody's (555-01xx is set aside for stories). */
export function contacts(): Omit<Contacts, 'name'>[] {
  return [
    {
      school: SCHOOL,
      teacher: '(608) 555-0112',
      office: '(608) 555-0100',
      nurse: '(608) 555-0104',
      crisis: '(608) 555-0100 x9',
      words: 'I need help',
    },
  ]
}

/** What the school sets before everybody: the month, and this week. */
export function focuses(): (Focus & { readonly id: Uuid })[] {
  const said = [
    ['2026-11-01', '2026-11-30', 'Thankful and fair', 'Agradecidos y justos'],
    ['2026-11-02', '2026-11-06', 'Show respect', 'Muestra respeto'],
  ] as const
  return said.map(([from, to, en, es]) => ({
    id: nameId('focus', `${from}/${to}`),
    school: SCHOOL,
    from,
    to,
    words: { en, es },
  }))
}

export function posts(): Post[] {
  return (Object.keys(POSTS) as PostKey[]).map((key) => {
    const [name, place, code, ratio, minStaff] = POSTS[key]
    return { id: postId(key), school: SCHOOL, name, place, code, ratio, minStaff, from: FIRST, to: null }
  })
}

/** B.K. and C.D. have an adult of their own by their plans. */
export function oneToOnes(): OneToOne[] {
  const own = (
    student: StudentKey,
    blocks: readonly Code[],
    rest: Pick<OneToOne, 'level' | 'authority' | 'qualifications' | 'relief'>,
  ): OneToOne => ({
    id: nameId('one-to-one', student),
    school: SCHOOL,
    student: studentId(student),
    blocks,
    minutesADay: null,
    ...rest,
    from: FIRST,
    to: null,
  })
  return [
    own('bk', ['ARRIVE', 'P2', 'P6', 'LUNCH', 'BUS'], {
      level: 'SV3',
      authority: 'IEP of 2026-05-12, page 14',
      qualifications: ['feeding', 'toileting', 'lift'],
      relief: 'Mr. Cole; else the nurse',
    }),
    own('cd', ['P1', 'P2', 'P3', 'P7'], {
      level: 'SV2',
      authority: 'IEP of 2026-03-03, page 11; behavior plan',
      qualifications: ['crisis_prevention'],
      relief: 'Mr. Cole, second adult of the plan',
    }),
  ]
}

/** What the plans of the four promise, and by which programs it is given. */
export function services(): ServiceRequirement[] {
  const owed = (
    student: StudentKey,
    service: string,
    minutes: number,
    per: ServiceRequirement['per'],
    programs: readonly string[],
    rest: Partial<ServiceRequirement> = {},
  ): ServiceRequirement => ({
    id: nameId('service', `${student}/${service}`),
    school: SCHOOL,
    student: studentId(student),
    service,
    minutes,
    per,
    sessions: null,
    place: 'gen_ed',
    provider: 'para',
    from: FIRST,
    to: '2027-06-03',
    groupMax: null,
    programs: programs.map(programId),
    ...rest,
  })
  return [
    owed('am', 'Communication practice', 90, 'week', ['am-requesting', 'am-greeting', 'am-requests-counted']),
    owed('am', 'Daily living', 8, 'week', ['am-hand-washing'], { place: 'other' }),
    owed('bk', 'Self-feeding', 8, 'week', ['bk-self-feeding'], { place: 'other', sessions: 3 }),
    owed('bk', 'Assistive technology', 20, 'month', ['bk-switch'], { provider: 'ot', sessions: 4 }),
    owed('cd', 'Behavior support', 150, 'week', ['cd-break-card', 'cd-leaves-seat', 'cd-on-task']),
    owed('dl', 'Reading intervention', 180, 'month', ['dl-fluency', 'dl-two-syllables', 'dl-takes-part'], {
      place: 'sped',
      groupMax: 4,
    }),
  ]
}

/** One line of somebody's day; `start` and `end` only where it does not fill its block. */
interface Line {
  readonly block: Code
  readonly title: string
  readonly place: string
  readonly note?: string
  readonly students?: readonly StudentKey[]
  readonly programs?: readonly string[]
  readonly start?: string
  readonly end?: string
  /** `prep` where nobody is with it, else `class`. */
  readonly purpose?: Purpose
  readonly needs?: readonly string[]
  readonly post?: PostKey
  readonly off?: Off
}

const FIRST: Day = '2026-08-25'
const WEDNESDAY: Day = '2026-11-04'

export function assignments(): Assignment[] {
  return [
    ...days('maya', ['B'], MAYA_B),
    ...days('maya', ['A'], MAYA_A),
    ...days('andre', ['A', 'B'], ANDRE),
    ...days('andre', ['A'], ANDRE_LUNCH_A),
    ...days('andre', ['B'], ANDRE_LUNCH_B),
    ...days('nia', ['A', 'B'], NIA),
    ...days('dana', ['A', 'B'], DANA),
    ...days('dana', ['A'], [DANA_MATH]),
    ...days('dana', ['B'], [DANA_OBSERVES]),
    ...days('kim', ['A'], KIM_WEDNESDAY, WEDNESDAY, WEDNESDAY),
  ]
}

const MAYA_MORNING: readonly Line[] = [
  {
    block: 'PREP',
    title: 'Read plans, prepare',
    place: 'Work room',
    note: 'Math sheets for period 1; 1 large print, 1 with pictures.',
  },
  {
    block: 'ARRIVE',
    title: 'Meet Bus 12',
    purpose: 'post',
    post: 'bus',
    place: 'Bus lane',
    note: 'Device, chair and splints come off the bus.',
    students: ['am', 'bk'],
  },
  {
    block: 'HR',
    title: 'Check-in',
    purpose: 'one_to_one',
    place: 'Room 12',
    note: 'Point cards out; presence.',
    students: ['am', 'bk', 'cd'],
  },
]

const MAYA_EVENING: readonly Line[] = [
  {
    block: 'PACK',
    title: 'Pack-up and check-out',
    purpose: 'one_to_one',
    place: 'Room 12',
    note: 'Count the points with each student.',
    students: ['am', 'bk', 'cd'],
  },
  {
    block: 'BUS',
    title: 'Bus 12',
    purpose: 'post',
    post: 'bus_pm',
    place: 'Bus lane',
    note: 'Stay until the attendant has accepted.',
    students: ['am', 'bk'],
  },
  { block: 'CLOSE', title: 'Notes and hand-back', place: 'Work room' },
]

const MAYA_B: readonly Line[] = [
  ...MAYA_MORNING,
  {
    block: 'P1',
    title: 'Fractions, small group',
    purpose: 'one_to_one',
    place: 'Room 12, with Mr. Whitfield',
    note: 'You run table 2. Requesting at 8:52, hands at 9:05.',
    students: ['am', 'bk', 'cd', 'dl'],
    programs: ['am-requesting', 'am-hand-washing', 'cd-leaves-seat'],
  },
  {
    block: 'P2',
    end: '10:00',
    title: 'Independent work',
    purpose: 'one_to_one',
    place: 'Room 12',
    note: 'A sample every 2 minutes from 9:20 on; the switch on the carpet meanwhile.',
    students: ['am', 'bk', 'cd', 'dl'],
    programs: ['cd-on-task', 'bk-switch', 'cd-leaves-seat'],
  },
  {
    block: 'P2',
    start: '10:00',
    title: 'Personal routine',
    purpose: 'care',
    needs: ['toileting'],
    place: 'Private room',
    note: 'Mr. Whitfield has the others.',
    students: ['bk'],
    programs: ['bk-toileting'],
  },
  {
    block: 'P3',
    title: 'Writing',
    purpose: 'one_to_one',
    place: 'Room 12',
    note: 'Break card in the pocket before the task starts.',
    students: ['am', 'cd'],
    programs: ['am-own-name', 'cd-break-card', 'cd-outbursts', 'cd-starts-work', 'cd-abc'],
  },
  {
    block: 'P4',
    title: 'Reading group',
    purpose: 'service',
    needs: ['reading_program'],
    place: 'Room 9',
    note: 'One minute of reading first, then script lesson 31.',
    students: ['dl'],
    programs: ['dl-fluency', 'dl-two-syllables', 'dl-takes-part'],
  },
  {
    block: 'LUNCH',
    title: 'Lunch duty',
    purpose: 'care',
    needs: ['feeding'],
    post: 'lunch',
    place: 'Cafeteria',
    note: 'Quiet end at 11:34. Feeding plan version 3, eyes on at every bite.',
    students: ['am', 'bk', 'cd'],
    programs: ['bk-meals', 'bk-self-feeding'],
  },
  {
    block: 'RECESS',
    title: 'Recess duty',
    purpose: 'post',
    post: 'recess',
    place: 'Playground',
    note: 'Count at 12:05 and 12:20.',
    students: ['am', 'bk', 'cd'],
    programs: ['am-greeting'],
  },
  {
    block: 'P5',
    end: '13:00',
    title: 'Duty-free meal',
    off: 'meal',
    purpose: 'prep',
    place: 'Staff room',
    note: 'Mr. Cole and Ms. Reyes have your students.',
  },
  {
    block: 'P5',
    start: '13:00',
    title: 'Speech carry-over',
    purpose: 'service',
    place: 'Room 12',
    note: 'Device strategies from Ms. Nair.',
    students: ['am', 'bk'],
  },
  {
    block: 'P6',
    end: '13:45',
    title: 'Personal routine',
    purpose: 'care',
    needs: ['toileting'],
    place: 'Private room',
    students: ['bk'],
    programs: ['bk-toileting'],
  },
  {
    block: 'P6',
    start: '13:45',
    title: 'Enrichment with Mr. Lang',
    purpose: 'service',
    place: 'Library',
    students: ['dl'],
  },
  {
    block: 'P7',
    title: 'Social skills: taking turns',
    purpose: 'service',
    place: 'Room 4',
    note: 'Picture schedule on the board.',
    students: ['am', 'bk', 'cd'],
    programs: ['bk-plays-along', 'cd-when'],
  },
  ...MAYA_EVENING,
]

const MAYA_A: readonly Line[] = [
  ...MAYA_MORNING,
  {
    block: 'P1',
    title: 'Math, number stories',
    purpose: 'one_to_one',
    place: 'Room 12, with Mr. Whitfield',
    note: 'You run table 2.',
    students: ['am', 'bk', 'cd', 'dl'],
    programs: ['am-requesting', 'am-hand-washing', 'cd-leaves-seat'],
  },
  {
    block: 'P2',
    end: '10:00',
    title: 'Independent work',
    purpose: 'one_to_one',
    place: 'Room 12',
    students: ['am', 'bk', 'cd'],
    programs: ['am-requests-counted', 'cd-on-task'],
  },
  {
    block: 'P2',
    start: '10:00',
    title: 'Personal routine',
    purpose: 'care',
    needs: ['toileting'],
    place: 'Private room',
    students: ['bk'],
    programs: ['bk-toileting'],
  },
  {
    block: 'P3',
    title: 'Writing',
    purpose: 'one_to_one',
    place: 'Room 12',
    students: ['am', 'cd'],
    programs: ['am-own-name', 'cd-break-card', 'cd-starts-work', 'cd-abc'],
  },
  {
    block: 'P4',
    title: 'Reading group',
    purpose: 'service',
    needs: ['reading_program'],
    place: 'Room 9',
    students: ['dl'],
    programs: ['dl-takes-part', 'dl-retells'],
  },
  {
    block: 'LUNCH',
    title: 'Duty-free meal',
    off: 'meal',
    purpose: 'prep',
    place: 'Staff room',
    note: 'Mr. Cole has lunch today.',
  },
  {
    block: 'RECESS',
    title: 'Recess duty',
    purpose: 'post',
    post: 'recess',
    place: 'Playground',
    note: 'Count at 12:05 and 12:20.',
    students: ['am', 'bk', 'cd'],
    programs: ['am-greeting'],
  },
  { block: 'P5', title: 'Science', purpose: 'one_to_one', place: 'Room 12', students: ['am', 'bk', 'cd'] },
  {
    block: 'P6',
    end: '13:45',
    title: 'Personal routine',
    purpose: 'care',
    needs: ['toileting'],
    place: 'Private room',
    students: ['bk'],
    programs: ['bk-toileting'],
  },
  {
    block: 'P6',
    start: '13:45',
    title: 'Library',
    purpose: 'one_to_one',
    place: 'Library',
    students: ['am', 'cd'],
  },
  { block: 'P7', title: 'Art', purpose: 'one_to_one', place: 'Art room', students: ['am', 'bk', 'cd'] },
  ...MAYA_EVENING,
]

const ANDRE: readonly Line[] = [
  { block: 'PREP', title: 'Read plans, prepare', place: 'Work room' },
  {
    block: 'ARRIVE',
    title: 'Front door',
    purpose: 'post',
    place: 'Entrance',
    students: ['ta', 'ln'],
  },
  {
    block: 'HR',
    title: 'Arrival routine',
    place: 'Room 4',
    students: ['ta', 'mw'],
    programs: ['ta-arrival'],
  },
  {
    block: 'P1',
    title: 'Math help',
    place: 'Room 11',
    students: ['so', 'ef'],
    programs: ['so-checks-own-work', 'ef-questions'],
  },
  {
    block: 'P2',
    title: 'Language and own work',
    place: 'Room 9, then Room 12',
    students: ['ln', 'hi'],
    programs: ['ln-directions', 'hi-asks-for-help'],
  },
  {
    block: 'P3',
    title: 'Small group',
    purpose: 'service',
    place: 'Room 4',
    students: ['mw', 'ln', 'ta'],
    programs: ['mw-matching'],
  },
  {
    block: 'RECESS',
    title: 'Recess duty',
    purpose: 'post',
    post: 'recess',
    place: 'Playground',
    students: ['mw', 'ta', 'ln'],
  },
  {
    block: 'P6',
    title: 'Group lesson, then games',
    place: 'Room 11, then Room 4',
    students: ['ef', 'hi'],
    programs: ['ef-raises-hand', 'hi-turns'],
  },
  {
    block: 'P7',
    title: 'Close of the day',
    place: 'Room 11',
    students: ['ef', 'so'],
    programs: ['ef-packs-up', 'so-organizer'],
  },
  {
    block: 'BUS',
    title: 'Front door',
    purpose: 'post',
    place: 'Entrance',
    students: ['ta', 'ln'],
  },
  { block: 'CLOSE', title: 'Notes and hand-back', place: 'Work room' },
]

const ANDRE_LUNCH_A: readonly Line[] = [
  { block: 'P4', title: 'Duty-free meal', off: 'meal', purpose: 'prep', place: 'Staff room' },
  {
    block: 'LUNCH',
    title: 'Lunch duty',
    purpose: 'care',
    needs: ['feeding'],
    post: 'lunch',
    place: 'Cafeteria',
    note: 'Quiet end; feeding plan version 3.',
    students: ['bk', 'hi'],
    programs: ['bk-meals', 'bk-self-feeding'],
  },
  { block: 'P5', title: 'Reading help', purpose: 'service', place: 'Room 4', students: ['ta', 'mw'] },
]
const ANDRE_LUNCH_B: readonly Line[] = [
  { block: 'P4', title: 'Reading help', purpose: 'service', place: 'Room 4', students: ['ta', 'mw'] },
  {
    block: 'LUNCH',
    title: 'Lunch duty',
    purpose: 'post',
    post: 'lunch',
    place: 'Cafeteria',
    students: ['hi', 'so', 'ef'],
  },
  {
    block: 'P5',
    end: '13:00',
    title: 'Cover for Ms. Ortiz',
    purpose: 'one_to_one',
    place: 'Room 12',
    students: ['bk', 'cd'],
  },
  {
    block: 'P5',
    start: '13:00',
    end: '13:20',
    title: 'Rest break',
    off: 'rest',
    purpose: 'prep',
    place: 'Staff room',
  },
]

const NIA: readonly Line[] = [
  { block: 'ARRIVE', title: 'Bus lane', purpose: 'post', post: 'bus', place: 'Bus lane', students: ['lh'] },
  {
    block: 'HR',
    title: 'Way to the first class',
    place: 'Hallway B',
    students: ['lh'],
    programs: ['lh-arrival'],
  },
  {
    block: 'P1',
    title: 'Grade 7 math',
    place: 'Room 20',
    students: ['mf'],
    programs: ['mf-starts-work', 'mf-word-problems'],
  },
  {
    block: 'P2',
    title: 'Study skills',
    purpose: 'service',
    place: 'Room 21',
    students: ['nq', 'lh'],
    programs: ['nq-planner'],
  },
  {
    block: 'P3',
    title: 'Grade 8 social studies',
    place: 'Room 20',
    students: ['jb'],
    programs: ['jb-interrupts', 'jb-discussion'],
  },
  { block: 'LUNCH', title: 'Duty-free meal', off: 'meal', purpose: 'prep', place: 'Staff room' },
  {
    block: 'P6',
    title: 'Grade 6 reading',
    purpose: 'service',
    place: 'Room 21',
    students: ['lh', 'nq'],
    programs: ['lh-sentences'],
  },
  { block: 'CLOSE', title: 'Notes and hand-back', place: 'Work room' },
]

const DANA_MATH: Line = {
  block: 'P1',
  title: 'Math 3–5, co-teaching',
  purpose: 'service',
  place: 'Room 12',
  students: ['am', 'bk', 'cd', 'dl'],
}
/** A second observer on B days only: on A days requesting is the para's alone. */
const DANA_OBSERVES: Line = {
  ...DANA_MATH,
  note: 'Second observer for requesting.',
  programs: ['am-requesting'],
}

const DANA: readonly Line[] = [
  { block: 'HR', title: 'Check-in with the paras', place: 'Room 9' },
  {
    block: 'P2',
    title: 'Resource room',
    purpose: 'service',
    place: 'Room 9',
    students: ['ln', 'hi'],
    programs: ['ln-directions'],
  },
  { block: 'P3', title: 'Resource room', purpose: 'service', place: 'Room 9', students: ['ef', 'so'] },
  {
    block: 'P4',
    title: 'Reading group',
    purpose: 'service',
    place: 'Room 9',
    students: ['dl'],
    programs: ['dl-two-syllables'],
  },
  { block: 'LUNCH', title: 'Duty-free meal', off: 'meal', purpose: 'prep', place: 'Staff room' },
  { block: 'P5', title: 'Plans and graphs', place: 'Room 9' },
  { block: 'P6', title: 'Team meetings', place: 'Room 9' },
  { block: 'P7', title: 'Resource room', purpose: 'service', place: 'Room 9', students: ['ta', 'mw'] },
  { block: 'CLOSE', title: 'Families and notes', place: 'Room 9' },
]

const KIM_WEDNESDAY: readonly Line[] = [
  {
    block: 'PREP',
    title: 'Read the brief',
    place: 'Work room',
    note: 'You are here for Ms. Ortiz. Ms. Reyes answers questions: Room 9.',
  },
  {
    block: 'ARRIVE',
    title: 'Meet Bus 12',
    purpose: 'post',
    post: 'bus',
    place: 'Bus lane',
    students: ['am'],
  },
  { block: 'HR', title: 'Check-in', purpose: 'one_to_one', place: 'Room 12', students: ['am'] },
  {
    block: 'P1',
    title: 'Math, number stories',
    purpose: 'one_to_one',
    place: 'Room 12, with Mr. Whitfield',
    students: ['am'],
  },
  {
    block: 'P2',
    title: 'Independent work',
    purpose: 'one_to_one',
    place: 'Room 12',
    note: 'Count requests, one tap each.',
    students: ['am'],
    programs: ['am-requests-counted'],
  },
  { block: 'P3', title: 'Writing', purpose: 'one_to_one', place: 'Room 12', students: ['am'] },
  { block: 'P4', title: 'Story corner', purpose: 'one_to_one', place: 'Room 12', students: ['am'] },
  {
    block: 'LUNCH',
    title: 'Lunch with the class',
    purpose: 'one_to_one',
    place: 'Cafeteria',
    students: ['am'],
  },
  {
    block: 'RECESS',
    title: 'Recess',
    purpose: 'one_to_one',
    place: 'Playground',
    note: 'Door side: stay between the student and the gate.',
    students: ['am'],
  },
  { block: 'P5', title: 'Duty-free meal', off: 'meal', purpose: 'prep', place: 'Staff room', end: '13:00' },
  {
    block: 'P5',
    title: 'Science',
    purpose: 'one_to_one',
    place: 'Room 12',
    start: '13:00',
    students: ['am'],
  },
  { block: 'P6', title: 'Library', purpose: 'one_to_one', place: 'Library', students: ['am'] },
  { block: 'P7', title: 'Art', purpose: 'one_to_one', place: 'Art room', students: ['am'] },
  { block: 'PACK', title: 'Pack-up', purpose: 'one_to_one', place: 'Room 12', students: ['am'] },
  {
    block: 'BUS',
    title: 'Bus 12',
    purpose: 'post',
    post: 'bus_pm',
    place: 'Bus lane',
    note: 'Stay until the attendant has accepted.',
    students: ['am'],
  },
  { block: 'CLOSE', title: 'Hand-back note to Ms. Reyes', place: 'Room 9' },
]

function days(
  person: StaffKey,
  dayTypes: readonly string[],
  lines: readonly Line[],
  from: Day = FIRST,
  to: Day | null = null,
): Assignment[] {
  return lines.map((line) => ({
    id: nameId('assignment', `${person}/${dayTypes.join('')}/${line.block}/${line.start ?? ''}/${from}`),
    person: personId(person),
    block: blockId(line.block),
    dayTypes,
    from,
    to,
    start: line.start ?? null,
    end: line.end ?? null,
    title: line.title,
    place: line.place,
    note: line.note ?? '',
    students: (line.students ?? []).map(studentId),
    programs: (line.programs ?? []).map(programId),
    purpose: line.purpose ?? (line.students ? 'class' : 'prep'),
    needs: line.needs ?? [],
    post: line.post ? postId(line.post) : null,
    off: line.off ?? null,
  }))
}

function blockId(code: Code): Uuid {
  return nameId('block', code)
}

function postId(key: PostKey): Uuid {
  return nameId('post', key)
}
