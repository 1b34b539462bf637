/**
 * A device in a test's hand: it makes the records of a session as a real one would, with its own counters, and
 * its clocks can be moved the ways real clocks move. Used by tests only.
 */
import type { StoredRecord } from '../../platform/records/envelope.ts'
import { settle } from '../../platform/records/settle.ts'
import type {
  EndBody,
  MarkBody,
  Measure,
  MomentBody,
  StartBody,
  StepBody,
  TallyBody,
  TrialBody,
} from './records.ts'
import { sessionView } from './rules.ts'
import type { SessionState } from './state.ts'

export const STUDENT = '00000000-0000-7000-8000-00000000a0a0'
export const PROGRAM = '00000000-0000-7000-8000-00000000b0b0'
export const VERSION = '00000000-0000-7000-8000-00000000c0c0'
export const SESSION = '00000000-0000-7000-8000-00000000d0d0'

const LADDER = [
  { code: 'G', label: 'Gesture' },
  { code: 'V', label: 'Verbal' },
  { code: 'M', label: 'Model' },
  { code: 'PP', label: 'Partial physical' },
]
const PROMPTS = { direction: 'least_to_most' as const, wait_s: 4, levels: LADDER }

/** Requesting, ten trials, at least five. */
export const TRIALS = {
  system: 'trials',
  prompts: PROMPTS,
  min_opportunities: 5,
  planned: 10,
} satisfies Measure

/** Hand-washing in eight steps, all taught each time. */
export const STEPS = {
  system: 'steps',
  prompts: PROMPTS,
  min_opportunities: 5,
  chaining: 'total',
  steps: [
    'Turn on water',
    'Wet hands',
    'Take soap',
    'Rub',
    'Rinse',
    'Turn off water',
    'Dry',
    'Throw towel away',
  ],
} satisfies Measure

export const RATE = {
  system: 'count',
  value: 'rate',
  rapid_tap: false,
  min_observed_s: 300,
} satisfies Measure

export const DURATION = {
  system: 'duration',
  value: 'total',
  second_start: 'ignored',
  min_observed_s: 0,
} satisfies Measure

export const LATENCY = { system: 'latency', limit_s: 10, min_opportunities: 3 } satisfies Measure

export const IRT = { system: 'irt', value: 'median', instant: true, min_opportunities: 2 } satisfies Measure

/** On task at the cue, every 2 minutes. */
export const SAMPLES = {
  system: 'interval',
  method: 'momentary',
  interval_s: 120,
  planned: 20,
  tolerance_s: 5,
  cue: 'vibration',
  max_missed: 20,
  min_opportunities: 10,
} satisfies Measure

export const CHANCES = { system: 'opportunities', prompts: PROMPTS, min_opportunities: 5 } satisfies Measure

const ANCHORS = ['not yet', 'with help', 'mostly', 'always']
export const RUBRIC = {
  system: 'rubric',
  value: 'total',
  items: ['Takes turns', 'Stays on topic', 'Asks back'].map((text) => ({ text, anchors: ANCHORS })),
} satisfies Measure

export const PRODUCT = {
  system: 'product',
  value: 'percent',
  items: 10,
  min_opportunities: 5,
  photo: true,
} satisfies Measure

export const READING = {
  system: 'cbm',
  kind: 'reading',
  unit: 'words correct',
  value: 'per_minute',
  seconds: 60,
  rules: { name: 'School reading', version: 1, skipped_line: 'each_word', hesitation_s: 3 },
} satisfies Measure

export const PROBE = { system: 'probe' } satisfies Measure

export const INTENSITY = {
  system: 'intensity',
  anchors: ['mutters', 'raised voice', 'shouts', 'screams', 'screams for a minute'],
  min_observed_s: 0,
} satisfies Measure

export const CHECKLIST = {
  system: 'checklist',
  items: ['Folder', 'Pencil', 'Name on sheet', 'Coat on hook'],
  min_opportunities: 2,
} satisfies Measure

export const SELF = {
  system: 'self',
  interval_s: 300,
  planned: 6,
  cue: 'vibration',
  value: 'match',
  min_opportunities: 3,
} satisfies Measure

/** One of every system that has sessions. */
export const MEASURES: readonly Measure[] = [
  TRIALS,
  STEPS,
  RATE,
  CHANCES,
  DURATION,
  LATENCY,
  IRT,
  SAMPLES,
  RUBRIC,
  PRODUCT,
  READING,
  PROBE,
  INTENSITY,
  CHECKLIST,
  SELF,
]

export interface DeviceOptions {
  readonly name?: string
  readonly person?: string
  readonly at?: string
  readonly tz?: string
  readonly session?: string
  readonly version?: string
}

type Over = Partial<StoredRecord>

/** A device that starts at 8:52 on Tuesday, 3 November 2026, in Chicago. */
export function device(options: DeviceOptions = {}) {
  const { name = 'tablet', person = 'maya', tz = 'America/Chicago' } = options
  const { session = SESSION, version = VERSION } = options
  const made: StoredRecord[] = []
  let wall = Date.parse(options.at ?? '2026-11-03T14:52:00.000Z')
  let mono = 1000.25
  let boot = 1
  let ord = 0

  const hand = {
    /** Every record made, in order. */
    made,
    /** Time passes on both clocks. */
    wait(ms: number) {
      wall += ms
      mono += ms
      return hand
    },
    /** The device sleeps: the wall clock goes on, the counter stands still (F15). */
    sleep(ms: number) {
      wall += ms
      return hand
    },
    /** Somebody, or the network, sets the wall clock (F16). */
    setClock(byMs: number) {
      wall += byMs
      return hand
    },
    /** The app is killed and opened again: the counter starts anew. */
    restart() {
      boot += 1
      mono = 5
      return hand
    },
    now: () => wall,
    counter: () => ({ boot: `${name}-${boot}`, ms: mono }),
    make(kind: string, body: StoredRecord['body'] = {}, over: Over = {}): StoredRecord {
      ord = Math.max(ord + 1, wall)
      const seq = made.length + 1
      const refs = { session, program: PROGRAM }
      const record: StoredRecord = {
        id: `${name}-${session.slice(-4)}-${String(seq).padStart(4, '0')}`,
        kind: `sessions.${kind}`,
        v: 1,
        body,
        student: STUDENT,
        refs: kind === 'start' ? { ...refs, version } : refs,
        at: new Date(wall).toISOString(),
        tz,
        device: name,
        seq,
        ord,
        mono: hand.counter(),
        digest: '',
        author: person,
        received: null,
        aud: null,
        pos: null,
        ...over,
      }
      made.push(record)
      return record
    },
    start(measure: Measure, body: Partial<StartBody> = {}, over: Over = {}) {
      const start = { measure, condition: 'intervention', observer: 'primary', setting: 'Room 12', tags: [] }
      return hand.make('start', { ...start, ...body } as StoredRecord['body'], over)
    },
    /** A code as it is written by hand: `+`, `+G`, `-`, `NR` … */
    trial(n: number, code: string, over: Over = {}) {
      return hand.make('trial', { n, ...codeOf<TrialBody['result']>(code) }, over)
    },
    step(step: number, code: string, over: Over = {}) {
      return hand.make('step', { step, ...codeOf<StepBody['result']>(code) }, over)
    },
    tap: (over: Over = {}) => hand.make('occurrence', {}, over),
    mark: (n: number, code: string, who?: MarkBody['who'], over: Over = {}) =>
      hand.make('mark', { n, code, ...(who ? { who } : {}) }, over),
    moment: (code: string, more: Omit<MomentBody, 'code'> = {}, over: Over = {}) =>
      hand.make('moment', { code, ...more } as StoredRecord['body'], over),
    tally: (body: TallyBody, over: Over = {}) => hand.make('tally', body as StoredRecord['body'], over),
    /** Typed in now, for an instant so many ms before. */
    typed: (agoMs: number): Over => ({
      at: new Date(wall - agoMs).toISOString(),
      entered: new Date(wall).toISOString(),
    }),
    pause: (over: Over = {}) => hand.make('pause', {}, over),
    resume: (over: Over = {}) => hand.make('resume', {}, over),
    end(status: EndBody['status'] = 'complete', reason?: EndBody['reason'], over: Over = {}) {
      return hand.make('end', { status, ...(reason ? { reason } : {}) }, over)
    },
    /** Withdraws a record, as Undo does. */
    void: (target: StoredRecord) => hand.make('void', {}, { replaces: target.id, reason: 'mis_tap' }),
    /** Trials 1, 2, 3 …, one every 20 s. */
    trials(codes: string) {
      codes.split(' ').forEach((code, index) => hand.wait(20_000).trial(index + 1, code))
      return hand
    },
    steps(codes: string) {
      codes.split(' ').forEach((code, index) => hand.wait(20_000).step(index + 1, code))
      return hand
    },
    /** One occurrence at each of these seconds after the last act. */
    tapsAt(...seconds: number[]) {
      let before = 0
      for (const second of seconds) {
        hand.wait((second - before) * 1000).tap()
        before = second
      }
      return hand
    },
  }
  return hand
}

/** What the records come to, in whatever order they are given; fails the test when they come to nothing. */
export function fold(records: readonly StoredRecord[]): SessionState {
  const state = sessionView.fold(settle(records))
  if (!state) throw new Error('the records are no session')
  return state
}

/** The records as the server hands them out, all received at one instant. */
export function received(records: readonly StoredRecord[], at: string): StoredRecord[] {
  return records.map((record, index) => ({ ...record, received: Date.parse(at), aud: 1, pos: index + 1 }))
}

export const codesOf = (state: SessionState) => state.items.map((item) => item.code).join(' ')

function codeOf<Result extends string>(code: string): { result: Result; level?: string } {
  const [, result = code, level] = /^([+-])(.+)$/.exec(code) ?? []
  return level === undefined ? { result: result as Result } : { result: result as Result, level }
}
