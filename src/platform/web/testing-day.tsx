/**
 * A Tuesday morning at a small school, for browser tests of screens that record: real devices on real IndexedDB, a
 * server in memory that can be out of reach, clocks that move by hand. People, students and goals follow domain P.
 * Tests only.
 */
import { useSyncExternalStore, type ReactNode } from 'react'
import { onTestFinished } from 'vitest'
import type { z } from 'zod'
import type { BoardBlock, Me } from '../../capabilities/schedule/model.ts'
import type { Measure, PhaseBody, ProgramBody } from '../../capabilities/sessions/records.ts'
import type { SafetyBody } from '../../capabilities/students/records.ts'
import { registry } from '../../registry.ts'
import type { Json } from '../core/canonical.ts'
import { uuidOf, uuidv7, type Uuid } from '../core/ids.ts'
import type { Envelope } from '../records/envelope.ts'
import type { Delivered } from '../records/wire.ts'
import { SessionProvider } from './auth/session.tsx'
import { ToastProvider } from './kit/Toast.tsx'
import { openDevice, type Device } from './store/device.ts'
import { openDexie } from './store/dexie.ts'
import { DeviceContext } from './store/hooks.ts'
import { handClock, type HandClock } from './store/testing.ts'
import { audOf, FakeServer, grantFor } from './sync/fake-server.ts'
import { electAll } from './sync/leader.ts'

export const DAY = '2026-11-03'
const TZ = 'America/Chicago'
/** An instant of that day at the school. */
export const at = (time: string, day = DAY) => Date.parse(`${day}T${time}:00.000-06:00`)
const iso = (time: string, day = DAY) => new Date(at(time, day)).toISOString()

const LADDER = [
  { code: 'G', label: 'Gesture' },
  { code: 'V', label: 'Verbal' },
  { code: 'M', label: 'Model' },
]
const prompts = { direction: 'least_to_most' as const, wait_s: 4, levels: LADDER }

export const STEPS = [
  'Turns on the water',
  'Wets both hands',
  'Takes one pump of soap',
  'Rubs palms and backs of the hands',
  'Rubs between the fingers',
  'Rinses until no soap is left',
  'Turns off the water',
  'Dries hands and drops the towel in the bin',
]

export type GoalName = 'requesting' | 'washing' | 'seat' | 'switch'
export type StudentName = 'am' | 'bk' | 'cd'

export const GOALS: Record<GoalName, { student: StudentName; title: string; measure: Measure }> = {
  requesting: {
    student: 'am',
    title: 'Requesting',
    measure: { system: 'trials', prompts, min_opportunities: 5, planned: 10 },
  },
  washing: {
    student: 'am',
    title: 'Hand-washing',
    measure: { system: 'steps', prompts, min_opportunities: 4, chaining: 'total', steps: STEPS },
  },
  seat: {
    student: 'cd',
    title: 'Leaves seat',
    measure: { system: 'count', value: 'rate', rapid_tap: false, min_observed_s: 900 },
  },
  switch: {
    student: 'bk',
    title: 'Choosing with a switch',
    measure: {
      system: 'trials',
      prompts: { direction: 'time_delay', wait_s: 6, levels: [{ code: 'G', label: 'Gesture' }] },
      min_opportunities: 4,
      planned: 6,
    },
  },
}

const CARDS: Partial<Record<StudentName, z.infer<typeof SafetyBody>>> = {
  am: {
    supervision: 'SV2',
    exceptions: ['SV4 near road or water'],
    flags: ['elopement'],
    communicates: 'Speech device (AAC)',
    lines: ['See: walks fast toward a door.', 'Do: stay in sight, say "wait".'],
  },
  bk: {
    supervision: 'SV3',
    exceptions: [],
    flags: ['seizure', 'feeding'],
    communicates: 'Eyes and short words',
    lines: [],
  },
}

/** One person at one device. */
export interface Hand {
  readonly device: Device
  readonly clock: HandClock
  readonly me: Me
  /** Sends and fetches now. */
  sync(): Promise<void>
  /** The browser dies and is opened again on the same disk. */
  restart(): Promise<Hand>
}

export interface School {
  readonly server: FakeServer
  readonly students: Record<StudentName, Uuid>
  readonly programs: Record<GoalName, Uuid>
  /** Out of reach while true. */
  offline: boolean
  open(who: 'maya' | 'dana', options?: { time?: string; me?: (me: Me) => Me }): Promise<Hand>
  /** What somebody published before the day began: programs, consents, phases of goals besides those above. */
  publish(kind: string, student: StudentName, body: object, refs: Record<string, Uuid>): void
  /** Publishes a phase of a goal from that day on. */
  phase(goal: GoalName, condition: z.infer<typeof PhaseBody>['condition']): void
}

let made = 0

/** A school of its own for each test: nothing that one test records is found by another. */
export function smallSchool(): School {
  made += 1
  const id = (name: string) => uuidOf(`${made}/${Math.floor(performance.timeOrigin)}/${name}`)
  const district = id('district')
  const people = { maya: id('maya'), dana: id('dana') }
  const students = { am: id('am'), bk: id('bk'), cd: id('cd') }
  const programs = {
    requesting: id('requesting'),
    washing: id('washing'),
    seat: id('seat'),
    switch: id('switch'),
  }
  const authors = new Map<string, Uuid>()
  const server = new DayServer(authors)
  server.now = () => at('08:52')
  server.grants = Object.values(students).flatMap((student) => [
    grantFor(student),
    grantFor(student, { tier: 'T1' }),
  ])
  authors.set(id('desk'), people.dana)
  let seq = 0

  const publish = (kind: string, student: StudentName, body: object, refs: Record<string, Uuid>) => {
    seq += 1
    const time = at('07:30') + seq * 1000
    const envelope: Envelope = {
      id: uuidv7(time),
      kind,
      v: 1,
      body: body as { [key: string]: Json },
      student: students[student],
      refs,
      at: new Date(time).toISOString(),
      tz: TZ,
      device: id('desk'),
      seq,
      ord: time,
      mono: { boot: 'desk', ms: seq * 1000 },
    }
    server.add(envelope, { received: time })
  }
  for (const [name, { student, title, measure }] of Object.entries(GOALS)) {
    const body: z.infer<typeof ProgramBody> = {
      title,
      goal: `The goal of ${title} in the words of the IEP.`,
      definition: `What counts as ${title}.`,
      direction: name === 'seat' ? 'decrease' : 'increase',
      measure,
      criterion: '80 % across 3 sessions',
      number: 1,
    }
    publish('sessions.program', student, body, { program: programs[name as GoalName] })
  }
  for (const [student, card] of Object.entries(CARDS))
    publish('students.safety', student as StudentName, card, {})

  const block = (
    name: string,
    start: string,
    end: string,
    who: StudentName[],
    goals: GoalName[],
    day = DAY,
  ): BoardBlock => ({
    assignment: id(`${day}/${name}`),
    code: name,
    start: iso(start, day),
    end: iso(end, day),
    title: name,
    place: 'Room 12',
    note: name === 'Fractions' ? 'You run table 2.' : '',
    students: who.map((student) => students[student]),
    programs: goals.map((goal) => programs[goal]),
  })
  const meOf = (who: 'maya' | 'dana'): Me => ({
    person:
      who === 'maya'
        ? { id: people.maya, name: 'Maya Ortiz', initials: 'M.O.' }
        : { id: people.dana, name: 'Dana Reyes', initials: 'D.R.' },
    district: { id: district, name: 'Cedar Bend', demo: true, tz: TZ, clockOffsetMs: 0 },
    roles: [who === 'maya' ? 'para' : 'case_manager'],
    students: [
      { id: students.am, initials: 'A.M.', color: 1, name: 'Amari', grade: '3', role: 'para', until: null },
      { id: students.bk, initials: 'B.K.', color: 2, name: 'Bella', grade: '3', role: 'para', until: null },
      { id: students.cd, initials: 'C.D.', color: 3, name: 'Cody', grade: '4', role: 'para', until: null },
    ],
    people: [
      { id: people.maya, name: 'Maya Ortiz', role: 'para' },
      { id: people.dana, name: 'Dana Reyes', role: 'case_manager' },
    ],
    boards: [
      {
        day: DAY,
        type: 'B',
        blocks: [
          block('Fractions', '08:30', '09:20', ['am', 'bk', 'cd'], ['requesting', 'washing', 'seat']),
          block('Independent work', '09:20', '09:50', ['bk', 'cd'], ['switch', 'seat']),
          block('Writing', '10:10', '11:00', ['am', 'cd'], []),
        ],
      },
      {
        day: '2026-11-04',
        type: 'A',
        blocks: [block('Number stories', '08:30', '09:20', ['am'], ['requesting'], '2026-11-04')],
      },
    ],
    schoolDays: ['2026-11-02', DAY],
  })

  const school: School = {
    server,
    students,
    programs,
    offline: false,
    publish,
    async open(who, { time = '08:52', me: change = (me: Me) => me } = {}) {
      const clock = heard(handClock(at(time), `boot-${who}-${performance.now()}`))
      const me = change(meOf(who))
      const open = async (): Promise<Hand> => {
        const device = await openDevice({
          district,
          person: people[who],
          tz: TZ,
          registry,
          clock,
          fetch: async (input, init) => {
            if (school.offline) throw new TypeError('Failed to fetch')
            server.me = me
            return server.fetch(input, init)
          },
          baseUrl: 'http://school.test',
          // Each has a device of their own, though one browser runs the test.
          storages: { names: () => Promise.resolve([]), open: openDexie },
          elect: electAll,
          openStream: null,
        })
        authors.set(device.id, people[who])
        onTestFinished(() => device.close())
        await device.setValue('me', me as unknown as Json)
        return {
          device,
          clock,
          me,
          sync: () => device.syncNow(),
          restart: async () => {
            device.close()
            return open()
          },
        }
      }
      const hand = await open()
      await hand.sync()
      return hand
    },
    phase(goal, condition) {
      const body: z.infer<typeof PhaseBody> = {
        label: condition,
        condition,
        from: '2026-11-01',
        major: true,
        why: '',
      }
      publish('sessions.phase', GOALS[goal].student, body, { program: programs[goal] })
    },
  }
  return school
}

/** Knows whose device is whose, and each kind's own tier. */
class DayServer extends FakeServer {
  readonly #authors: ReadonlyMap<string, Uuid>

  constructor(authors: ReadonlyMap<string, Uuid>) {
    super()
    this.#authors = authors
  }

  override add(envelope: Envelope, over: Partial<Delivered> = {}): Delivered {
    const tier = registry.kind(envelope.kind)?.tier ?? 'T2'
    const author = this.#authors.get(envelope.device)
    return super.add(envelope, {
      aud: audOf(envelope.student ?? '', tier),
      ...(author ? { author } : {}),
      ...over,
    })
  }
}

/** A screen as the shell shows it to one person. */
export function Screen({
  hand,
  name = 'screen',
  children,
}: {
  hand: Hand
  name?: string
  children: ReactNode
}) {
  const session = {
    person: hand.me.person,
    district: hand.me.district,
    roles: hand.me.roles,
    expired: false,
    refresh: async () => {},
    signOut: async () => {},
  }
  return (
    <DeviceContext value={hand.device}>
      <SessionProvider session={session}>
        <ToastProvider>
          <main data-testid={name} aria-label={name}>
            {children}
          </main>
        </ToastProvider>
      </SessionProvider>
    </DeviceContext>
  )
}

/** A place on the page whose content a test changes while it runs: a screen is left and opened again. */
export function stage(first: ReactNode): { Stage: () => ReactNode; put(next: ReactNode): void } {
  let content = first
  let redraw = () => {}
  return {
    Stage: function Stage() {
      return useSyncExternalStore(
        (listener) => {
          redraw = listener
          return () => {}
        },
        () => content,
      )
    },
    put(next) {
      content = next
      redraw()
    },
  }
}

/** Screens look at the clock once a second, or when they are seen again; when it is moved they look at once. */
function heard(clock: HandClock): HandClock {
  const { advance } = clock
  clock.advance = (ms) => {
    advance.call(clock, ms)
    document.dispatchEvent(new Event('visibilitychange'))
  }
  return clock
}
