/**
 * Students at a glance at Cedar Bend: who the four main students are, health cards, what to do today, each in the
 * versions in which it was published; and who of the team has read which. The newest two, C.D.'s of Tuesday morning and
 * B.K.'s of Monday afternoon, are still to be read by some.
 */
import { addDays, weekday, type Day } from '../platform/core/days.ts'
import type { Uuid } from '../platform/core/ids.ts'
import type { GlanceBody, HealthBody, HealthPlan, ProfileBody } from '../capabilities/students/records.ts'
import { MATRIX } from '../platform/server/matrix.ts'
import { START_TIME, TODAY, timeOf } from './calendar.ts'
import { managerOf, personId, roster, studentId, type StaffKey, type StudentKey } from './people.ts'
import { seeded } from './seed.ts'
import { act, deskOf, type Act } from './tape.ts'

/** Every version, and every "I have read this", of these and of the safety cards. */
export function glances(safety: readonly Act[]): Act[] {
  const latest = new Map<string, Uuid>()
  const published = VERSIONS.map(({ student, kind, on, at = '15:20', author, body }, n) => {
    const key = `${kind}/${student}`
    const base = latest.get(key)
    const made = act(seeded(`${key}/${on}`), {
      author: author ?? (kind === 'students.health' ? 'ellen' : managerOf(student)),
      device: deskOf(author ?? (kind === 'students.health' ? 'ellen' : managerOf(student))),
      kind,
      student,
      refs: base ? { base } : {},
      body,
      at: timeOf(on, at) + n * 1000,
    })
    latest.set(key, made.id)
    return made
  })
  return [...published, ...readings([...safety, ...published])]
}

interface Version {
  readonly student: StudentKey
  readonly kind: 'students.profile' | 'students.health' | 'students.glance'
  readonly on: Day
  readonly at?: string
  /** Of a profile and a glance the case manager, of a health card the nurse, unless it says otherwise. */
  readonly author?: StaffKey
  readonly body: ProfileBody | HealthBody | GlanceBody
}

const AM_GLANCE: GlanceBody = {
  accommodations: [
    'Picture schedule on the desk',
    'One direction at a time',
    'A 3-minute break every 20 minutes',
  ],
  behavior: {
    see: 'Looks at the door, moves to the front of the chair.',
    do: 'Stand on the door side, say "wait", hold out the device.',
    dont: 'Chase, or take the device away.',
  },
  help: [],
  must_do: [],
  release: { to: 'bus_attendant', note: 'Bus 12' },
}

const BK_GLANCE: GlanceBody = {
  accommodations: [
    '10 seconds to answer',
    'Choices at eye level, two at a time',
    'Work on the tray of the chair',
  ],
  behavior: null,
  help: ['feeding', 'toileting', 'lift', 'positioning', 'seizure_medication'],
  must_do: ['Splints on at 1:05, off at 1:35'],
  release: { to: 'bus_attendant', note: 'Bus 12, lift door' },
}

const CD_FIRST: GlanceBody = {
  accommodations: ['Directions one at a time', 'Seat away from the door'],
  behavior: {
    see: 'Sighs, pushes the page away, talks faster.',
    do: 'Offer the break card after 15 minutes of work.',
    dont: 'Argue, or repeat the direction.',
  },
  help: [],
  must_do: ['Point card: check in at 8:10, check out at 2:50'],
  release: { to: 'office_first', note: '' },
}
const CD_SECOND: GlanceBody = {
  ...CD_FIRST,
  accommodations: ['Directions one at a time', 'Seat away from the door', 'Writing with a graphic organizer'],
}
const CD_THIRD: GlanceBody = {
  ...CD_SECOND,
  behavior: {
    see: 'Sighs, pushes the page away, talks faster.',
    do: 'Offer the break card after 10 minutes of work.',
    dont: 'Argue, or repeat the direction.',
  },
}
const CD_FOURTH: GlanceBody = {
  ...CD_THIRD,
  accommodations: ['Directions one at a time', 'Writing with a graphic organizer', 'Half the page at a time'],
  behavior: {
    see: 'Sighs, pushes the page away, talks faster.',
    do: 'Offer the break card after 5 minutes, then two choices, then step back.',
    dont: 'Argue, or repeat the direction before the whole class.',
  },
}

const SEIZURE: HealthPlan = {
  condition: 'seizure',
  see: 'Stares without answer, stiff arms.',
  do: 'Start the timer. Brakes of the chair on. Support the head.',
  call: '911 at 5 minutes, at a second seizure, or with trouble breathing; then the nurse.',
  dont: 'Put anything in the mouth, or keep the arms and legs from moving.',
  kit: 'Seizure bag on the back of the chair.',
  valid_until: '2026-10-05',
}

const VERSIONS: readonly Version[] = [
  {
    student: 'am',
    kind: 'students.profile',
    on: '2026-08-28',
    body: {
      say: 'ah-MAR-ee',
      communicates: [
        'Speech device: ask, then wait 5 seconds',
        'Yes: nods. No: pushes away',
        'Worried: goes quiet, looks at the door',
      ],
      likes: ['Water play', 'Trains', 'Being first in line'],
      equipment: ['Speech device, always on the strap', 'Headphones for bells and drills'],
      people: [
        { name: 'Ms. Reyes', does: 'case manager' },
        { name: 'Ms. Nair', does: 'speech device' },
        { name: 'Mr. Park', does: 'hands and sensory breaks' },
      ],
    },
  },
  { student: 'am', kind: 'students.glance', on: '2026-08-28', body: AM_GLANCE },
  {
    student: 'bk',
    kind: 'students.profile',
    on: '2026-08-26',
    body: {
      say: 'BEL-uh',
      communicates: [
        'Looks at what she chooses',
        'Yes: smiles. No: turns away',
        'In pain: holds her breath, then cries',
      ],
      likes: ['Music with drums', 'Photos of cousins', 'The red switch'],
      equipment: ['Wheelchair: brakes on at every stop', 'Hand splints', 'Seizure bag, on the chair'],
      people: [
        { name: 'Ms. Reyes', does: 'case manager' },
        { name: 'Ms. Obi', does: 'chair and positioning' },
        { name: 'Mr. Park', does: 'splints and spoon' },
        { name: 'Ms. Brooks', does: 'health plans' },
      ],
    },
  },
  { student: 'bk', kind: 'students.health', on: '2025-10-06', body: { plans: [SEIZURE] } },
  {
    student: 'bk',
    kind: 'students.health',
    on: '2026-10-05',
    at: '13:40',
    body: { plans: [{ ...SEIZURE, valid_until: '2027-10-05' }] },
  },
  { student: 'bk', kind: 'students.glance', on: '2026-08-26', body: BK_GLANCE },
  {
    student: 'bk',
    kind: 'students.glance',
    on: '2026-11-02',
    body: {
      ...BK_GLANCE,
      accommodations: ['15 seconds to answer', ...BK_GLANCE.accommodations.slice(1)],
      must_do: ['Splints on at 1:05, off at 1:35', 'Red switch goes along to lunch'],
    },
  },
  {
    student: 'cd',
    kind: 'students.profile',
    on: '2026-08-27',
    body: {
      say: 'KOH-dee',
      communicates: ['Speech; says more when asked side by side than face to face'],
      likes: ['Drawing cars', 'Jokes', 'Handing out papers'],
      equipment: ['Break card, in the pocket', 'Point card'],
      people: [
        { name: 'Ms. Reyes', does: 'case manager' },
        { name: 'Sam Keller', does: 'behavior plan' },
        { name: 'Ms. Abel', does: 'counselor' },
      ],
    },
  },
  { student: 'cd', kind: 'students.glance', on: '2025-09-02', body: CD_FIRST },
  { student: 'cd', kind: 'students.glance', on: '2026-01-12', body: CD_SECOND },
  { student: 'cd', kind: 'students.glance', on: '2026-09-08', author: 'sam', body: CD_THIRD },
  { student: 'cd', kind: 'students.glance', on: TODAY, at: '07:05', author: 'sam', body: CD_FOURTH },
  {
    student: 'dl',
    kind: 'students.profile',
    on: '2026-08-27',
    body: {
      say: 'DEE-nah LOH-pess',
      communicates: ['Speech: English at school, Spanish at home'],
      likes: ['Number puzzles', 'Soccer', 'Helping younger readers'],
      equipment: ['Text-to-speech on the laptop', 'Large print'],
      people: [
        { name: 'Ms. Reyes', does: 'case manager and reading' },
        { name: 'Mr. Lang', does: 'enrichment in math' },
      ],
    },
  },
  {
    student: 'dl',
    kind: 'students.glance',
    on: '2026-08-27',
    body: {
      accommodations: ['Directions read aloud', 'Large print', 'Time and a half on tests'],
      behavior: null,
      help: [],
      must_do: ['One minute of reading in period 4'],
      release: { to: 'listed_adult', note: 'Car line' },
    },
  },
  {
    student: 'ef',
    kind: 'students.health',
    on: '2026-08-26',
    body: {
      plans: [
        {
          condition: 'diabetes',
          see: 'Shaky, pale, sweaty, cross or sleepy.',
          do: 'Juice from the kit at once. Stay. The nurse checks again in 15 minutes.',
          call: 'The nurse at once. Does not wake up: 911.',
          dont: 'Leave alone or send alone. Asleep: nothing by mouth.',
          kit: 'Red pouch in the desk, second one with the nurse.',
          valid_until: '2027-08-25',
        },
      ],
    },
  },
  {
    student: 'so',
    kind: 'students.health',
    on: '2025-10-27',
    body: {
      plans: [
        {
          condition: 'anaphylaxis',
          see: 'Hives, swelling, throwing up, trouble breathing.',
          do: 'Epinephrine as the plan says. Lay down, legs up.',
          call: '911, then the nurse, then the family. Stay.',
          dont: 'Wait for it to pass, or let stand up.',
          kit: 'Room 11 cabinet, top shelf; a second dose with the nurse.',
          // it ran out last week: the card says so
          valid_until: '2026-10-30',
        },
      ],
    },
  },
]

/** What was published last and these have not read yet. */
const UNREAD: readonly { student: StudentKey; on: Day; by?: readonly StaffKey[] }[] = [
  { student: 'cd', on: TODAY },
  { student: 'bk', on: '2026-11-02', by: ['maya', 'andre'] },
]

/** Each adult who works with a student reads what stands on the next morning of theirs. */
function readings(published: readonly Act[]): Act[] {
  const { people, relationships } = roster()
  const cutoff = timeOf(TODAY, START_TIME)
  const staff = new Map(
    people.map(({ id, sourceId }) => [id, sourceId.replace('demo-staff-', '') as StaffKey]),
  )
  return published.flatMap((version, n) => {
    const next = published.find(({ refs }) => refs['base'] === version.id)
    const readers = relationships.filter(
      ({ student, role, source }) =>
        student === studentId(version.student) &&
        source !== 'coverage' &&
        MATRIX[role]?.rights.T2?.includes('create') === true,
    )
    return readers.flatMap(({ person, from, to }, m) => {
      const reader = staff.get(person)
      const since = Math.max(version.at, Date.parse(from))
      const morning = schoolMorningAfter(new Date(since).toISOString().slice(0, 10))
      const at = timeOf(morning, '07:36') + n * 3000 + m * 500
      const isUnread = UNREAD.some(
        ({ student, on, by }) =>
          student === version.student &&
          version.kind === 'students.glance' &&
          version.at >= timeOf(on, '00:00') &&
          (!by || (reader && by.includes(reader))),
      )
      if (!reader || isUnread || personId(reader) === personId(version.author)) return []
      if (at >= cutoff || (next && at >= next.at) || (to !== null && at >= Date.parse(to))) return []
      return act(seeded(`read/${version.id}/${reader}`), {
        author: reader,
        device: deskOf(reader),
        kind: 'students.ack',
        student: version.student,
        refs: { of: version.id },
        body: { what: version.kind.replace('students.', '') },
        at,
      })
    })
  })
}

function schoolMorningAfter(day: Day): Day {
  let next = addDays(day, 1)
  while (weekday(next) > 5) next = addDays(next, 1)
  return next
}
