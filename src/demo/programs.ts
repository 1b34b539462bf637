/**
 * The programs of Cedar Bend and how each student does on them: what plans.ts publishes, what history.ts plays.
 * The curves are chosen so that no two graphs look alike: steady growth, a plateau, a loss over the summer, a
 * wide scatter, a falling behavior, a goal met and kept. All made up; no real student's data.
 */
import type { Uuid } from '../platform/core/ids.ts'
import type { Day } from '../platform/core/days.ts'
import type { CONDITIONS, Measure } from '../capabilities/sessions/records.ts'
import type { StaffKey, StudentKey } from './people.ts'
import { nameId } from './seed.ts'

type Prompts = Extract<Measure, { system: 'trials' }>['prompts']

export interface ProgramSpec {
  readonly key: string
  readonly student: StudentKey
  readonly title: string
  readonly direction: 'increase' | 'decrease'
  readonly definition: string
  readonly goal: string
  readonly criterion: string
  /** Published versions; each names the day from which it holds and what it changes. */
  readonly versions: readonly {
    readonly from: Day
    readonly measure: Measure
    readonly definition?: string
    readonly goal?: string
    readonly criterion?: string
  }[]
  readonly phases: readonly PhaseSpec[]
  /** An aim line from the baseline phase that begins on a day, to a value on the graph's axis (%, count, or per minute). */
  readonly aims: readonly { readonly baseline: Day; readonly to: Day; readonly value: number }[]
  /** When in the day it runs, for how many minutes at most, and where. */
  readonly slot: { readonly at: string; readonly minutes: number; readonly place: string }
  /** 1 = Monday … 5 = Friday. */
  readonly weekdays: readonly number[]
  /** The last day on which it runs; absent = still running. */
  readonly until?: Day
  /** Who runs it and how often (from a day on), of those who may on that day. */
  readonly by: readonly (readonly [who: StaffKey, weight: number, from?: Day])[]
  /** Share of sessions that the case manager watches as second observer. */
  readonly observed: number
  /**
   * How the student does: the chance of an independent response, or occurrences a minute, straight between days.
   */
  readonly curve: readonly (readonly [Day, number])[]
  /** Standard deviation of one session around the curve, in the curve's unit. */
  readonly scatter: number
  /** Chances come when they come: fewer trials than planned on many days. */
  readonly natural?: boolean
  /** The reason that often keeps this program from being run. */
  readonly obstacle?: 'materials_missing' | 'no_opportunity' | 'not_enough_time'
  /** Also run by the substitute on days of coverage. */
  readonly forSubstitutes?: boolean
}

export interface PhaseSpec {
  readonly from: Day
  readonly label: string
  readonly condition: (typeof CONDITIONS)[number]
  readonly major: boolean
  readonly why: string
}

export const programId = (key: string): Uuid => nameId('program', key)

const LEVELS = {
  G: { code: 'G', label: 'Gesture' },
  V: { code: 'V', label: 'Verbal' },
  M: { code: 'M', label: 'Model' },
  Vi: { code: 'Vi', label: 'Visual' },
}

/** A ladder of prompts in the program's own order. */
function ladder(direction: Prompts['direction'], wait_s: number, ...codes: (keyof typeof LEVELS)[]): Prompts {
  return { direction, wait_s, levels: codes.map((code) => LEVELS[code]) }
}

function trials(planned: number, min_opportunities: number, prompts: Prompts): Measure {
  return { system: 'trials', prompts, min_opportunities, planned }
}

function steps(texts: string[], prompts: Prompts): Measure {
  return {
    system: 'steps',
    prompts,
    min_opportunities: Math.ceil(texts.length / 2),
    chaining: 'total',
    steps: texts,
  }
}

function chain(
  chaining: 'forward' | 'backward',
  current_step: number,
  texts: string[],
  prompts: Prompts,
): Measure {
  return { system: 'steps', prompts, min_opportunities: 1, chaining, current_step, steps: texts }
}

function count(value: 'count' | 'rate', min_observed_s: number): Measure {
  return { system: 'count', value, rapid_tap: false, min_observed_s }
}

function phase(from: Day, condition: PhaseSpec['condition'], label: string, why: string): PhaseSpec {
  return { from, label, condition, major: true, why }
}

/** A dashed line: something around the program changed, not the program. */
function minor(from: Day, condition: PhaseSpec['condition'], label: string, why: string): PhaseSpec {
  return { from, label, condition, major: false, why }
}

const START = 'Before teaching: no prompts and no error correction.'

const HANDS = [
  'Turns on the water',
  'Wets both hands',
  'Takes one pump of soap',
  'Rubs palms and backs of the hands',
  'Rubs between the fingers',
  'Rinses until no soap is left',
  'Turns off the water',
  'Dries hands and drops the towel in the bin',
]
const ARRIVAL = [
  'Hangs up the backpack',
  'Takes out the folder',
  'Puts the folder in the tray',
  'Puts the lunch box on the shelf',
  'Moves the name card to "here"',
  'Sits down at the table',
]
const COAT = [
  'Puts in the first arm',
  'Puts in the second arm',
  'Lines up the zipper',
  'Pulls the zipper up',
  'Pulls up the hood',
]

export const PROGRAMS: readonly ProgramSpec[] = [
  // A.M.: growth, lost when the program moved to the speech device after the summer, growing again
  {
    key: 'am-requesting',
    student: 'am',
    title: 'Requesting',
    direction: 'increase',
    definition:
      'Asks for a wanted item or action within 4 s of the chance. Counts: the right message on the device. Does not count: reaching, leading by the hand, a message repeated after an adult.',
    goal: 'Given a chance to ask for a wanted item or action, the student will ask with the speech device without prompts in 80 % of 10 trials across 3 consecutive sessions with 2 staff.',
    criterion: '80 % independent across 3 consecutive sessions with 2 staff',
    versions: [
      {
        from: '2025-09-08',
        measure: trials(8, 5, ladder('least_to_most', 4, 'G', 'M')),
        definition: 'Asks for a wanted item within 4 s by handing over the right picture card.',
        goal: 'Given a wanted item in sight, the student will hand over its picture card without prompts in 80 % of 8 trials across 3 consecutive sessions with 2 staff.',
      },
      { from: '2026-08-31', measure: trials(10, 5, ladder('least_to_most', 4, 'G', 'V', 'M')) },
    ],
    phases: [
      phase('2025-09-08', 'baseline', 'Baseline', START),
      phase('2025-09-16', 'intervention', 'Picture cards', 'Baseline was steady over five sessions.'),
      minor('2026-01-06', 'intervention', 'New room', 'The class moved to Room 12 over the winter break.'),
      phase(
        '2026-08-31',
        'baseline',
        'Baseline, speech device',
        'The IEP team moved from cards to the speech device.',
      ),
      phase('2026-09-09', 'intervention', 'Least-to-most prompts', 'Baseline was steady over five sessions.'),
      minor('2026-10-13', 'intervention', 'New staff', 'Ms. Nair runs some sessions.'),
    ],
    aims: [
      { baseline: '2025-09-08', to: '2026-06-04', value: 80 },
      { baseline: '2026-08-31', to: '2027-03-12', value: 80 },
    ],
    slot: { at: '08:52', minutes: 9, place: 'Room 12, table 2' },
    weekdays: [1, 2, 4, 5],
    by: [
      ['maya', 8],
      ['dana', 2],
      ['priya', 2, '2026-10-13'],
    ],
    observed: 0.22,
    curve: [
      ['2025-09-08', 0.12],
      ['2025-09-15', 0.13],
      ['2025-10-15', 0.32],
      ['2025-12-19', 0.5],
      ['2026-01-06', 0.4],
      ['2026-03-20', 0.62],
      ['2026-03-30', 0.54],
      ['2026-06-04', 0.7],
      ['2026-08-25', 0.55],
      ['2026-08-28', 0.55],
      ['2026-08-31', 0.14],
      ['2026-09-08', 0.14],
      ['2026-09-10', 0.22],
      ['2026-10-08', 0.5],
      ['2026-11-02', 0.64],
    ],
    scatter: 0.07,
  },
  // A.M.: quick growth to a plateau under the criterion
  {
    key: 'am-hand-washing',
    student: 'am',
    title: 'Hand-washing',
    direction: 'increase',
    definition:
      'Does each step within 5 s of the step before, without a prompt. Counts as done when the result is there: water on, soap on the hands, no soap left. Does not count: water play.',
    goal: 'At the classroom sink, the student will wash hands, doing all 8 steps without prompts in 3 consecutive sessions.',
    criterion: '100 % of steps independent across 3 consecutive sessions',
    versions: [
      {
        from: '2025-10-06',
        measure: steps([...HANDS.slice(0, 4), ...HANDS.slice(5)], ladder('least_to_most', 5, 'G', 'V')),
        goal: 'At the classroom sink, the student will wash hands, doing all 7 steps without prompts in 3 consecutive sessions.',
      },
      { from: '2026-09-14', measure: steps(HANDS, ladder('least_to_most', 5, 'G', 'V')) },
    ],
    phases: [
      phase('2025-10-06', 'baseline', 'Baseline', 'Every step offered; the adult did what was missed.'),
      phase('2025-10-16', 'intervention', 'Total task', 'Baseline was steady.'),
      minor('2026-02-02', 'intervention', 'New faucet', 'The sink got a lever in place of a knob.'),
      phase('2026-09-14', 'modified', 'Eight steps', 'Rubbing between the fingers became a step of its own.'),
    ],
    aims: [{ baseline: '2025-10-06', to: '2026-10-02', value: 100 }],
    slot: { at: '09:05', minutes: 8, place: 'Room 12, sink' },
    weekdays: [1, 2, 4],
    by: [
      ['maya', 8],
      ['dana', 2],
    ],
    observed: 0.12,
    curve: [
      ['2025-10-06', 0.12],
      ['2025-10-14', 0.12],
      ['2025-10-16', 0.32],
      ['2026-01-30', 0.74],
      ['2026-02-02', 0.66],
      ['2026-03-10', 0.76],
      ['2026-06-04', 0.77],
      ['2026-08-25', 0.6],
      ['2026-09-30', 0.74],
      ['2026-11-02', 0.75],
    ],
    scatter: 0.05,
  },
  // A.M.: chances come when they come: wide scatter, many days below the minimum
  {
    key: 'am-greeting',
    student: 'am',
    title: 'Greeting peers',
    direction: 'increase',
    definition:
      'Waves, looks or uses the device to say hello within 5 s when a classmate comes within 2 m. Does not count: a greeting to an adult.',
    goal: 'At recess, the student will greet classmates without prompts in 70 % of at least 5 natural chances across 4 consecutive sessions.',
    criterion: '70 % of opportunities (at least 5) across 4 consecutive sessions',
    versions: [{ from: '2026-01-13', measure: trials(6, 5, ladder('least_to_most', 5, 'G', 'V', 'M')) }],
    phases: [
      phase('2026-01-13', 'baseline', 'Baseline', START),
      phase(
        '2026-02-04',
        'intervention',
        'Peer buddies',
        'Two classmates were shown how to wait and say hello.',
      ),
      phase('2026-08-26', 'generalization', 'Whole playground', 'Any classmate, not only the buddies.'),
    ],
    aims: [{ baseline: '2026-01-13', to: '2027-01-12', value: 70 }],
    slot: { at: '12:07', minutes: 14, place: 'Playground' },
    weekdays: [2, 3, 5],
    by: [
      ['maya', 9],
      ['dana', 1],
    ],
    observed: 0.06,
    curve: [
      ['2026-01-13', 0.15],
      ['2026-01-30', 0.16],
      ['2026-02-04', 0.25],
      ['2026-04-01', 0.5],
      ['2026-06-04', 0.5],
      ['2026-08-26', 0.36],
      ['2026-11-02', 0.52],
    ],
    scatter: 0.2,
    natural: true,
    obstacle: 'no_opportunity',
  },
  // A.M.: a simple counter, fit for a substitute
  {
    key: 'am-requests-counted',
    student: 'am',
    title: 'Requests counted',
    direction: 'increase',
    definition: 'One tap for each request with the speech device that nobody prompted, whatever it asks for.',
    goal: 'In the classroom, the student will make 15 unprompted requests in 30 minutes on 3 days of one week.',
    criterion: '0.5 a minute on 3 days of one week',
    versions: [{ from: '2026-09-11', measure: count('rate', 600) }],
    phases: [phase('2026-09-11', 'intervention', 'Device in reach', 'The device now stays on a strap.')],
    aims: [],
    slot: { at: '09:24', minutes: 30, place: 'Room 12' },
    weekdays: [3, 5],
    by: [['maya', 8]],
    observed: 0.1,
    curve: [
      ['2026-09-11', 0.18],
      ['2026-11-02', 0.3],
    ],
    scatter: 0.05,
    forSubstitutes: true,
  },
  // B.K.: growth, four weeks away, growth again
  {
    key: 'bk-self-feeding',
    student: 'bk',
    title: 'Self-feeding',
    direction: 'increase',
    definition:
      'Does each step of one bite with the angled spoon, seated as the feeding plan says. Stops at any cough: that is a safety event, not a step.',
    goal: 'At lunch, the student will eat with the angled spoon, doing 5 of 6 steps without prompts in 4 consecutive lunches.',
    criterion: '5 of 6 steps (83 %) independent across 4 consecutive sessions',
    versions: [
      {
        from: '2025-09-08',
        measure: steps(
          [
            'Takes hold of the spoon',
            'Scoops food onto the spoon',
            'Lifts the spoon to the mouth',
            'Closes the lips and takes the bite',
            'Chews and swallows before the next bite',
            'Puts the spoon down on the rest',
          ],
          ladder('least_to_most', 5, 'V', 'M'),
        ),
      },
    ],
    phases: [
      phase('2025-09-08', 'baseline', 'Baseline', 'Every step offered; the adult did what was missed.'),
      phase('2025-09-22', 'intervention', 'Angled spoon', 'Baseline was steady.'),
      minor('2026-03-09', 'intervention', 'Back at school', 'Back after four weeks away.'),
      phase('2026-10-05', 'modified', 'Plate with a rim', 'Scooping did not grow for a month.'),
    ],
    aims: [{ baseline: '2025-09-08', to: '2026-12-18', value: 83 }],
    slot: { at: '11:36', minutes: 18, place: 'Cafeteria, quiet end' },
    weekdays: [1, 2, 3, 4],
    by: [
      ['maya', 6],
      ['andre', 5],
    ],
    observed: 0,
    curve: [
      ['2025-09-08', 0.18],
      ['2025-09-22', 0.24],
      ['2026-02-06', 0.58],
      ['2026-03-09', 0.36],
      ['2026-06-04', 0.62],
      ['2026-08-25', 0.5],
      ['2026-10-02', 0.52],
      ['2026-10-05', 0.6],
      ['2026-11-02', 0.74],
    ],
    scatter: 0.07,
  },
  // B.K.: often not run because the toy is not there
  {
    key: 'bk-switch',
    student: 'bk',
    title: 'Choosing with a switch',
    direction: 'increase',
    definition: 'Presses the switch within 6 s after two things were shown and named.',
    goal: 'Given two things to choose from, the student will press the switch without prompts in 4 of 6 trials across 3 consecutive sessions.',
    criterion: '67 % independent across 3 consecutive sessions',
    versions: [{ from: '2026-01-13', measure: trials(6, 4, ladder('time_delay', 6, 'G')) }],
    phases: [
      phase('2026-01-13', 'baseline', 'Baseline', START),
      phase('2026-01-29', 'intervention', 'Time delay', 'Baseline was steady.'),
    ],
    aims: [{ baseline: '2026-01-13', to: '2027-01-12', value: 67 }],
    slot: { at: '09:26', minutes: 8, place: 'Room 12, carpet' },
    weekdays: [2, 4],
    by: [
      ['maya', 8],
      ['dana', 2],
    ],
    observed: 0.05,
    curve: [
      ['2026-01-13', 0.1],
      ['2026-01-28', 0.1],
      ['2026-02-06', 0.22],
      ['2026-03-10', 0.2],
      ['2026-06-04', 0.4],
      ['2026-08-27', 0.3],
      ['2026-11-02', 0.44],
    ],
    scatter: 0.1,
    obstacle: 'materials_missing',
  },
  // C.D.: a behavior that falls, with a rise after each long break
  {
    key: 'cd-leaves-seat',
    student: 'cd',
    title: 'Leaves seat',
    direction: 'decrease',
    definition:
      'Both feet and the seat leave the assigned place without permission for more than 3 s. A new one counts after the student was back for 3 s. Does not count: going where an adult sent.',
    goal: 'In class, the student will leave the seat without permission no more than 4 times in 30 minutes across 5 consecutive sessions.',
    criterion: '0.13 a minute or less across 5 consecutive sessions',
    versions: [{ from: '2025-09-08', measure: count('rate', 900) }],
    phases: [
      phase('2025-09-08', 'baseline', 'Baseline', 'Observed without a change in class.'),
      phase('2025-09-22', 'intervention', 'Break card', 'Behavior plan version 1: a break can be asked for.'),
      minor('2026-01-06', 'intervention', 'Second adult', 'Mr. Cole learned the plan.'),
      phase(
        '2026-03-02',
        'modified',
        'Shorter tasks',
        'Behavior plan version 2: ten minutes, then a choice.',
      ),
      phase('2026-09-08', 'modified', 'Seat by the door', 'Behavior plan version 3.'),
    ],
    aims: [{ baseline: '2025-09-08', to: '2026-12-18', value: 0.13 }],
    slot: { at: '08:31', minutes: 28, place: 'Room 12' },
    weekdays: [1, 2, 4, 5],
    by: [
      ['maya', 9],
      ['dana', 1],
    ],
    observed: 0.1,
    curve: [
      ['2025-09-08', 0.55],
      ['2025-09-19', 0.56],
      ['2025-10-10', 0.42],
      ['2025-12-19', 0.3],
      ['2026-01-05', 0.47],
      ['2026-02-27', 0.33],
      ['2026-03-20', 0.22],
      ['2026-03-30', 0.3],
      ['2026-06-04', 0.18],
      ['2026-08-25', 0.4],
      ['2026-09-25', 0.2],
      ['2026-11-02', 0.15],
    ],
    scatter: 0.06,
  },
  // C.D.: the replacement behavior, slow and steady
  {
    key: 'cd-break-card',
    student: 'cd',
    title: 'Asking for a break',
    direction: 'increase',
    definition:
      'When work gets hard (a sigh, a pushed page, eyes off the page for 10 s), shows the break card or says "break please" before leaving the seat.',
    goal: 'During writing, the student will ask for a break with the card without prompts in 80 % of chances across 5 consecutive sessions.',
    criterion: '80 % of opportunities across 5 consecutive sessions',
    versions: [{ from: '2025-10-07', measure: trials(6, 4, ladder('least_to_most', 3, 'Vi', 'G', 'V')) }],
    phases: [
      phase('2025-10-07', 'baseline', 'Baseline', START),
      phase('2025-10-27', 'intervention', 'Card on the desk', 'Baseline was near zero.'),
      phase('2026-09-08', 'modified', 'Card in the pocket', 'Behavior plan version 3.'),
    ],
    aims: [{ baseline: '2025-10-07', to: '2026-12-18', value: 80 }],
    slot: { at: '10:14', minutes: 12, place: 'Room 12' },
    weekdays: [1, 3, 5],
    by: [
      ['maya', 9],
      ['dana', 2],
      ['andre', 1],
    ],
    observed: 0.08,
    curve: [
      ['2025-10-07', 0.05],
      ['2025-10-27', 0.12],
      ['2026-01-16', 0.3],
      ['2026-06-03', 0.55],
      ['2026-08-26', 0.42],
      ['2026-11-02', 0.66],
    ],
    scatter: 0.08,
    natural: true,
  },
  // D.L.: fast growth after the group changed
  {
    key: 'dl-takes-part',
    student: 'dl',
    title: 'Taking part in reading group',
    direction: 'increase',
    definition:
      'Reads aloud, answers or asks about the text without being called by name. English or Spanish counts.',
    goal: 'In the reading group, the student will take part unasked at least 6 times in 15 minutes across 4 consecutive sessions.',
    criterion: '0.4 a minute across 4 consecutive sessions',
    versions: [{ from: '2025-09-15', measure: count('rate', 480) }],
    phases: [
      phase('2025-09-15', 'baseline', 'Baseline', 'Observed without a change in the group.'),
      phase(
        '2025-09-29',
        'intervention',
        'Preview of the text',
        'The text is read together before the group.',
      ),
      phase('2026-01-12', 'modified', 'Group of three', 'A smaller group with another adult.'),
    ],
    aims: [{ baseline: '2025-09-15', to: '2026-12-18', value: 0.4 }],
    slot: { at: '11:11', minutes: 15, place: 'Room 9' },
    weekdays: [1, 2, 4],
    by: [
      ['maya', 8],
      ['andre', 8],
      ['dana', 2],
    ],
    observed: 0.08,
    curve: [
      ['2025-09-15', 0.12],
      ['2025-09-29', 0.14],
      ['2025-12-18', 0.18],
      ['2026-01-12', 0.24],
      ['2026-04-01', 0.48],
      ['2026-06-04', 0.52],
      ['2026-08-25', 0.42],
      ['2026-11-02', 0.55],
    ],
    scatter: 0.07,
  },
  // D.L.: high and near the criterion
  {
    key: 'dl-two-syllables',
    student: 'dl',
    title: 'Two-syllable words',
    direction: 'increase',
    definition: 'Reads a two-syllable word from the list within 3 s. A self-correction within 3 s counts.',
    goal: 'Given 10 new two-syllable words, the student will read 9 without help across 3 consecutive sessions with 2 staff.',
    criterion: '90 % independent across 3 consecutive sessions with 2 staff',
    versions: [{ from: '2026-02-03', measure: trials(10, 8, ladder('least_to_most', 3, 'V', 'M')) }],
    phases: [
      phase('2026-02-03', 'baseline', 'Baseline', START),
      phase('2026-02-24', 'intervention', 'Break the word', 'Baseline was steady.'),
    ],
    aims: [{ baseline: '2026-02-03', to: '2027-01-29', value: 90 }],
    slot: { at: '11:01', minutes: 8, place: 'Room 9' },
    weekdays: [2, 4],
    by: [
      ['maya', 7],
      ['dana', 3],
    ],
    observed: 0.15,
    curve: [
      ['2026-02-03', 0.35],
      ['2026-02-20', 0.35],
      ['2026-02-24', 0.42],
      ['2026-06-04', 0.74],
      ['2026-08-25', 0.66],
      ['2026-11-02', 0.82],
    ],
    scatter: 0.06,
  },
  // E.F.: a plateau: a year of work, no growth
  {
    key: 'ef-raises-hand',
    student: 'ef',
    title: 'Raising a hand',
    direction: 'increase',
    definition: 'Raises a hand and waits at least 2 s before speaking.',
    goal: 'In group lessons, the student will raise a hand at least 10 times in 20 minutes across 4 consecutive sessions.',
    criterion: '0.5 a minute across 4 consecutive sessions',
    versions: [{ from: '2025-09-15', measure: count('rate', 600) }],
    phases: [
      phase('2025-09-15', 'baseline', 'Baseline', 'Observed without a change in class.'),
      phase('2025-10-01', 'intervention', 'Reminder card', 'Baseline was steady.'),
      minor('2026-08-26', 'intervention', 'New staff', 'Mr. Cole is the assigned para now.'),
    ],
    aims: [{ baseline: '2025-09-15', to: '2026-12-18', value: 0.5 }],
    slot: { at: '13:22', minutes: 20, place: 'Room 11' },
    weekdays: [1, 3],
    by: [
      ['maya', 8],
      ['andre', 8],
      ['dana', 2],
    ],
    observed: 0.05,
    curve: [
      ['2025-09-15', 0.16],
      ['2025-11-14', 0.24],
      ['2026-06-04', 0.23],
      ['2026-11-02', 0.24],
    ],
    scatter: 0.04,
  },
  // E.F.: good in June, far down after the summer and a change of adults
  {
    key: 'ef-packs-up',
    student: 'ef',
    title: 'Packing up',
    direction: 'increase',
    definition: 'Does each step within 10 s of the step before, after the class signal.',
    goal: 'At the end of the day, the student will pack up, doing all 5 steps without prompts on 4 of 5 days.',
    criterion: '100 % of steps independent on 4 of 5 days',
    versions: [
      {
        from: '2025-10-14',
        measure: steps(
          [
            'Closes the open book',
            'Puts the folder in the backpack',
            'Checks the homework list',
            'Puts on the backpack',
            'Pushes in the chair and lines up',
          ],
          ladder('least_to_most', 5, 'Vi', 'V'),
        ),
      },
    ],
    phases: [
      phase('2025-10-14', 'baseline', 'Baseline', 'Every step offered; the adult did what was missed.'),
      phase('2025-10-24', 'intervention', 'Picture list', 'Baseline was steady.'),
      minor('2026-08-27', 'intervention', 'New staff', 'Mr. Cole is the assigned para now.'),
    ],
    aims: [{ baseline: '2025-10-14', to: '2026-10-13', value: 100 }],
    slot: { at: '14:12', minutes: 7, place: 'Room 11' },
    weekdays: [2, 4, 5],
    by: [
      ['maya', 8],
      ['andre', 8],
      ['dana', 1],
    ],
    observed: 0.05,
    curve: [
      ['2025-10-14', 0.2],
      ['2025-10-24', 0.4],
      ['2026-02-27', 0.84],
      ['2026-06-04', 0.9],
      ['2026-08-27', 0.42],
      ['2026-11-02', 0.6],
    ],
    scatter: 0.07,
  },
  // S.O.: met in spring, kept until summer
  {
    key: 'so-math-facts',
    student: 'so',
    title: 'Multiplication facts',
    direction: 'increase',
    definition: 'Says or writes the product within 5 s.',
    goal: 'Given 10 facts of the tables of 6 to 9, the student will answer 9 without help across 3 consecutive sessions.',
    criterion: '90 % independent across 3 consecutive sessions',
    versions: [{ from: '2025-09-17', measure: trials(10, 8, ladder('least_to_most', 5, 'Vi', 'V')) }],
    phases: [
      phase('2025-09-17', 'baseline', 'Baseline', START),
      phase('2025-10-01', 'intervention', 'Number line', 'Baseline was steady.'),
      phase('2026-03-16', 'maintenance', 'Once in a while', 'Criterion met; probes only.'),
    ],
    aims: [{ baseline: '2025-09-17', to: '2026-05-29', value: 90 }],
    slot: { at: '08:40', minutes: 7, place: 'Room 11, back table' },
    weekdays: [1, 3, 5],
    until: '2026-05-29',
    by: [
      ['andre', 7],
      ['dana', 3],
    ],
    observed: 0.1,
    curve: [
      ['2025-09-17', 0.3],
      ['2025-10-01', 0.38],
      ['2026-02-20', 0.93],
      ['2026-05-29', 0.95],
    ],
    scatter: 0.04,
  },
  {
    key: 'so-organizer',
    student: 'so',
    title: 'Filling in the planner',
    direction: 'increase',
    definition: 'Does each step before the last bell without a prompt.',
    goal: 'Before going home, the student will fill in the planner, doing 5 of 6 steps without prompts across 5 consecutive sessions.',
    criterion: '83 % of steps independent across 5 consecutive sessions',
    versions: [
      {
        from: '2026-09-01',
        measure: steps(
          [
            'Opens the planner at today',
            'Copies the homework for reading',
            'Copies the homework for math',
            'Writes what to bring tomorrow',
            'Gets it signed',
            'Puts the planner in the backpack',
          ],
          ladder('most_to_least', 5, 'M', 'V', 'G'),
        ),
      },
    ],
    phases: [
      phase('2026-09-01', 'baseline', 'Baseline', 'Every step offered; the adult did what was missed.'),
      phase('2026-09-17', 'intervention', 'Model, then less', 'Baseline was steady.'),
    ],
    aims: [{ baseline: '2026-09-01', to: '2027-05-28', value: 83 }],
    slot: { at: '14:38', minutes: 8, place: 'Room 11' },
    weekdays: [2, 4],
    by: [
      ['andre', 8],
      ['dana', 2],
    ],
    observed: 0.1,
    curve: [
      ['2026-09-01', 0.2],
      ['2026-09-17', 0.28],
      ['2026-11-02', 0.5],
    ],
    scatter: 0.09,
  },
  // L.N.: slow
  {
    key: 'ln-directions',
    student: 'ln',
    title: 'Two-step directions',
    direction: 'increase',
    definition:
      'Does both steps in order within 15 s after the direction was said once in English or Spanish.',
    goal: 'Given a two-step direction, the student will follow it without prompts in 80 % of 8 trials across 3 consecutive sessions.',
    criterion: '80 % independent across 3 consecutive sessions',
    versions: [{ from: '2025-09-29', measure: trials(8, 5, ladder('least_to_most', 4, 'G', 'Vi', 'V')) }],
    phases: [
      phase('2025-09-29', 'baseline', 'Baseline', START),
      phase('2025-10-09', 'intervention', 'Picture steps', 'Baseline was steady.'),
      phase('2026-03-02', 'modified', 'Said in Spanish first', 'Growth had stopped for six weeks.'),
    ],
    aims: [{ baseline: '2025-09-29', to: '2026-12-18', value: 80 }],
    slot: { at: '09:24', minutes: 8, place: 'Room 9' },
    weekdays: [1, 3, 4],
    by: [
      ['andre', 7],
      ['dana', 3],
    ],
    observed: 0.08,
    curve: [
      ['2025-09-29', 0.2],
      ['2026-01-15', 0.34],
      ['2026-02-27', 0.34],
      ['2026-03-02', 0.42],
      ['2026-06-04', 0.52],
      ['2026-08-26', 0.46],
      ['2026-11-02', 0.57],
    ],
    scatter: 0.09,
  },
  {
    key: 'ln-calls-out',
    student: 'ln',
    title: 'Calling out',
    direction: 'decrease',
    definition: 'Speaks to the whole group without having been called on. A new one counts after 3 s.',
    goal: 'In a 20-minute lesson, the student will call out no more than once across 4 consecutive sessions.',
    criterion: '1 or fewer in 20 minutes across 4 consecutive sessions',
    versions: [{ from: '2025-11-04', measure: count('count', 900) }],
    phases: [
      phase('2025-11-04', 'baseline', 'Baseline', 'Observed without a change in class.'),
      phase('2025-12-02', 'intervention', 'Turn marker', 'Baseline was steady.'),
    ],
    aims: [{ baseline: '2025-11-04', to: '2026-06-04', value: 1 }],
    slot: { at: '10:30', minutes: 20, place: 'Room 9' },
    weekdays: [2, 5],
    until: '2026-10-16',
    by: [
      ['andre', 8],
      ['dana', 2],
    ],
    observed: 0.08,
    curve: [
      ['2025-11-04', 0.32],
      ['2025-11-25', 0.32],
      ['2025-12-02', 0.28],
      ['2026-02-20', 0.12],
      ['2026-06-04', 0.05],
      ['2026-10-16', 0.04],
    ],
    scatter: 0.04,
  },
  // T.A.: a chain taught from the front
  {
    key: 'ta-arrival',
    student: 'ta',
    title: 'Arrival routine',
    direction: 'increase',
    definition: 'Does the taught steps within 10 s each; the adult does the rest with him watching.',
    goal: 'On arrival, the student will do all 6 steps without prompts across 3 consecutive days.',
    criterion: 'All taught steps independent across 2 consecutive sessions, then the next step',
    versions: [
      { from: '2026-08-31', measure: chain('forward', 2, ARRIVAL, ladder('least_to_most', 5, 'G', 'V')) },
      { from: '2026-09-28', measure: chain('forward', 4, ARRIVAL, ladder('least_to_most', 5, 'G', 'V')) },
    ],
    phases: [
      phase('2026-08-31', 'intervention', 'Steps 1 and 2', 'Probed in the first week: step 1 only.'),
      phase('2026-09-28', 'intervention', 'Steps 1 to 4', 'Steps 1 and 2 met the criterion.'),
    ],
    aims: [],
    slot: { at: '08:12', minutes: 8, place: 'Room 4' },
    weekdays: [1, 2, 3, 4],
    by: [
      ['andre', 9],
      ['dana', 1],
    ],
    observed: 0.05,
    curve: [
      ['2026-08-31', 0.4],
      ['2026-09-25', 0.94],
      ['2026-09-28', 0.5],
      ['2026-11-02', 0.82],
    ],
    scatter: 0.05,
  },
  // H.I.: up and down from day to day
  {
    key: 'hi-asks-for-help',
    student: 'hi',
    title: 'Asking for help',
    direction: 'increase',
    definition: 'Says "help" or touches the help card within 20 s of being stuck.',
    goal: 'During own work, the student will ask for help without prompts in 75 % of chances across 4 consecutive sessions.',
    criterion: '75 % of opportunities across 4 consecutive sessions',
    versions: [{ from: '2025-10-14', measure: trials(6, 4, ladder('least_to_most', 5, 'Vi', 'G', 'V')) }],
    phases: [
      phase('2025-10-14', 'baseline', 'Baseline', START),
      phase('2025-10-27', 'intervention', 'Help card', 'Baseline was steady.'),
    ],
    aims: [{ baseline: '2025-10-14', to: '2026-12-18', value: 75 }],
    slot: { at: '09:40', minutes: 10, place: 'Room 12, table 4' },
    weekdays: [1, 2, 4],
    by: [
      ['andre', 7],
      ['dana', 2],
    ],
    observed: 0.06,
    curve: [
      ['2025-10-14', 0.1],
      ['2025-10-27', 0.3],
      ['2026-03-20', 0.5],
      ['2026-11-02', 0.55],
    ],
    scatter: 0.36,
    natural: true,
  },
  {
    key: 'hi-turns',
    student: 'hi',
    title: 'Waiting for a turn',
    direction: 'increase',
    definition: 'Keeps hands off the game until the turn card lies in front of her.',
    goal: 'In a game for two, the student will wait for her turn without prompts in 7 of 8 turns across 3 consecutive sessions.',
    criterion: '88 % independent across 3 consecutive sessions',
    versions: [{ from: '2026-01-14', measure: trials(8, 5, ladder('time_delay', 4, 'G')) }],
    phases: [
      phase('2026-01-14', 'baseline', 'Baseline', START),
      phase('2026-02-04', 'intervention', 'Time delay', 'Baseline was steady.'),
    ],
    aims: [{ baseline: '2026-01-14', to: '2027-01-13', value: 88 }],
    slot: { at: '13:46', minutes: 9, place: 'Room 4' },
    weekdays: [3, 5],
    by: [
      ['andre', 6],
      ['dana', 4],
    ],
    observed: 0.08,
    curve: [
      ['2026-01-14', 0.3],
      ['2026-01-30', 0.3],
      ['2026-02-04', 0.4],
      ['2026-06-03', 0.7],
      ['2026-08-26', 0.64],
      ['2026-11-02', 0.78],
    ],
    scatter: 0.08,
  },
  // M.W.: a chain taught from the end, finished in spring
  {
    key: 'mw-coat',
    student: 'mw',
    title: 'Putting on a coat',
    direction: 'increase',
    definition: 'Does the taught steps within 10 s each, after the adult did the first ones.',
    goal: 'Before recess, the student will put on and zip a coat without prompts across 3 consecutive days.',
    criterion: 'All taught steps independent across 2 consecutive sessions, then one step earlier',
    versions: [
      { from: '2025-10-20', measure: chain('backward', 5, COAT, ladder('least_to_most', 5, 'G', 'M')) },
      { from: '2025-12-01', measure: chain('backward', 4, COAT, ladder('least_to_most', 5, 'G', 'M')) },
      { from: '2026-01-20', measure: chain('backward', 2, COAT, ladder('least_to_most', 5, 'G', 'M')) },
    ],
    phases: [
      phase('2025-10-20', 'intervention', 'Hood', 'Probed in the week before: no step alone.'),
      phase('2025-12-01', 'intervention', 'Zipper and hood', 'The hood met the criterion.'),
      phase('2026-01-20', 'intervention', 'From the second arm', 'Zipper and hood met the criterion.'),
    ],
    aims: [],
    slot: { at: '12:00', minutes: 5, place: 'Hallway by Room 4' },
    weekdays: [1, 2, 4],
    until: '2026-03-19',
    by: [
      ['andre', 8],
      ['dana', 2],
    ],
    observed: 0.05,
    curve: [
      ['2025-10-20', 0.3],
      ['2025-11-25', 0.92],
      ['2025-12-01', 0.5],
      ['2026-01-16', 0.9],
      ['2026-01-20', 0.55],
      ['2026-03-19', 0.96],
    ],
    scatter: 0.06,
  },
  {
    key: 'mw-matching',
    student: 'mw',
    title: 'Matching amounts',
    direction: 'increase',
    definition: 'Puts the numeral on the set of the same size within 6 s.',
    goal: 'Given the numerals 1 to 10, the student will match them to sets without prompts in 9 of 10 trials across 3 consecutive sessions.',
    criterion: '90 % independent across 3 consecutive sessions',
    versions: [{ from: '2026-03-31', measure: trials(10, 6, ladder('most_to_least', 3, 'M', 'G')) }],
    phases: [
      phase('2026-03-31', 'baseline', 'Baseline', START),
      phase('2026-04-21', 'intervention', 'Most-to-least prompts', 'Baseline was steady.'),
      phase('2026-09-15', 'modified', 'Sets in rows', 'Little growth; the sets were hard to count.'),
    ],
    aims: [{ baseline: '2026-03-31', to: '2027-03-26', value: 90 }],
    slot: { at: '10:14', minutes: 8, place: 'Room 4' },
    weekdays: [2, 5],
    by: [
      ['andre', 7],
      ['dana', 3],
    ],
    observed: 0.1,
    curve: [
      ['2026-03-31', 0.2],
      ['2026-04-17', 0.2],
      ['2026-04-21', 0.24],
      ['2026-06-04', 0.36],
      ['2026-09-11', 0.36],
      ['2026-09-15', 0.44],
      ['2026-11-02', 0.68],
    ],
    scatter: 0.07,
  },
  // Irene Kaplan's caseload
  {
    key: 'mf-starts-work',
    student: 'mf',
    title: 'Starting work',
    direction: 'increase',
    definition: 'Pen on paper or fingers on keys within 60 s of the direction to begin.',
    goal: 'Given an assignment, the student will begin within a minute without prompts in 4 of 5 chances across 5 consecutive sessions.',
    criterion: '80 % of opportunities across 5 consecutive sessions',
    versions: [{ from: '2025-09-22', measure: trials(5, 3, ladder('least_to_most', 10, 'G', 'V')) }],
    phases: [
      phase('2025-09-22', 'baseline', 'Baseline', START),
      phase('2025-10-06', 'intervention', 'First problem together', 'Baseline was steady.'),
    ],
    aims: [{ baseline: '2025-09-22', to: '2026-12-18', value: 80 }],
    slot: { at: '08:44', minutes: 12, place: 'Room 20' },
    weekdays: [1, 2, 4],
    by: [
      ['nia', 8],
      ['irene', 2],
    ],
    observed: 0.05,
    curve: [
      ['2025-09-22', 0.25],
      ['2025-10-06', 0.35],
      ['2026-06-04', 0.68],
      ['2026-08-25', 0.5],
      ['2026-11-02', 0.7],
    ],
    scatter: 0.1,
    obstacle: 'not_enough_time',
  },
  {
    key: 'nq-planner',
    student: 'nq',
    title: 'Planning the week',
    direction: 'increase',
    definition: 'Does each step on Tuesday and Thursday without a prompt.',
    goal: 'The student will plan the week, doing 6 of 7 steps without prompts across 4 consecutive sessions.',
    criterion: '86 % of steps independent across 4 consecutive sessions',
    versions: [
      {
        from: '2026-01-13',
        measure: steps(
          [
            'Opens the planner at this week',
            'Writes the due dates',
            'Marks tests in red',
            'Picks a day for each task',
            'Checks what is left from last week',
            'Writes one question for a teacher',
            'Shows the page to an adult',
          ],
          ladder('least_to_most', 10, 'Vi', 'V'),
        ),
      },
    ],
    phases: [
      phase('2026-01-13', 'baseline', 'Baseline', 'Every step offered; the adult did what was missed.'),
      phase('2026-01-29', 'intervention', 'Checklist', 'Baseline was steady.'),
    ],
    aims: [{ baseline: '2026-01-13', to: '2027-01-12', value: 86 }],
    slot: { at: '09:26', minutes: 12, place: 'Room 21' },
    weekdays: [2, 4],
    by: [
      ['nia', 8],
      ['irene', 2],
    ],
    observed: 0.05,
    curve: [
      ['2026-01-13', 0.3],
      ['2026-01-29', 0.4],
      ['2026-06-04', 0.75],
      ['2026-11-02', 0.83],
    ],
    scatter: 0.06,
  },
  {
    key: 'jb-interrupts',
    student: 'jb',
    title: 'Interrupting',
    direction: 'decrease',
    definition: 'Speaks while another person has the floor. A new one counts after 5 s of quiet.',
    goal: 'In class discussions, the student will interrupt no more than 3 times in 25 minutes across 4 consecutive sessions.',
    criterion: '0.12 a minute or less across 4 consecutive sessions',
    versions: [{ from: '2025-09-10', measure: count('rate', 900) }],
    phases: [
      phase('2025-09-10', 'baseline', 'Baseline', 'Observed without a change in class.'),
      phase('2025-09-26', 'intervention', 'Talk tokens', 'Baseline was steady.'),
      phase('2026-02-02', 'modified', 'Tokens and a self-check', 'Tokens alone stopped working.'),
    ],
    aims: [{ baseline: '2025-09-10', to: '2026-06-04', value: 0.12 }],
    slot: { at: '10:12', minutes: 25, place: 'Room 20' },
    weekdays: [1, 3],
    by: [
      ['nia', 8],
      ['irene', 2],
    ],
    observed: 0.06,
    curve: [
      ['2025-09-10', 0.42],
      ['2025-09-26', 0.4],
      ['2025-11-07', 0.26],
      ['2026-01-30', 0.36],
      ['2026-03-06', 0.2],
      ['2026-11-02', 0.15],
    ],
    scatter: 0.05,
  },
  {
    key: 'lh-sentences',
    student: 'lh',
    title: 'Full sentences',
    direction: 'increase',
    definition: 'Answers a question about the text in a sentence with a subject and a verb.',
    goal: 'Given 8 questions about a text, the student will answer in full sentences without prompts in 7 across 3 consecutive sessions.',
    criterion: '88 % independent across 3 consecutive sessions',
    versions: [{ from: '2026-08-31', measure: trials(8, 5, ladder('graduated', 5, 'V', 'M')) }],
    phases: [
      phase('2026-08-31', 'baseline', 'Baseline', START),
      phase('2026-09-15', 'intervention', 'Sentence frames', 'Baseline was steady.'),
    ],
    aims: [{ baseline: '2026-08-31', to: '2027-05-28', value: 88 }],
    slot: { at: '13:26', minutes: 8, place: 'Room 21' },
    weekdays: [1, 2, 4],
    by: [
      ['nia', 7],
      ['irene', 2],
      ['priya', 1],
    ],
    observed: 0.08,
    curve: [
      ['2026-08-31', 0.2],
      ['2026-09-15', 0.3],
      ['2026-11-02', 0.62],
    ],
    scatter: 0.08,
  },
  {
    key: 'lh-arrival',
    student: 'lh',
    title: 'Finding the first class',
    direction: 'increase',
    definition: 'Does each step between the bus door and the desk without a prompt.',
    goal: 'On arrival, the student will go to the first class, doing all 4 steps without prompts across 5 consecutive days.',
    criterion: '100 % of steps independent across 5 consecutive sessions',
    versions: [
      {
        from: '2026-09-01',
        measure: steps(
          [
            'Reads the day card',
            'Goes to the locker',
            'Takes what the card shows',
            'Sits down in the room on the card',
          ],
          ladder('least_to_most', 10, 'Vi', 'G', 'V'),
        ),
      },
    ],
    phases: [
      phase('2026-09-01', 'intervention', 'Day card', 'New to the building; taught from the first week.'),
    ],
    aims: [],
    slot: { at: '08:13', minutes: 9, place: 'Hallway B' },
    weekdays: [2, 3, 5],
    by: [
      ['nia', 9],
      ['irene', 1],
    ],
    observed: 0,
    curve: [
      ['2026-09-01', 0.45],
      ['2026-11-02', 0.92],
    ],
    scatter: 0.06,
  },
]
