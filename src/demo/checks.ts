/**
 * How programs are to be run, step by step, and what case managers saw when they watched (domain D.9): most checks are
 * good, two are low, of two programs the last one is too old to count.
 */
import { weekday } from '../platform/core/days.ts'
import type { SchoolDay } from '../capabilities/schedule/model.ts'
import type { System } from '../capabilities/sessions/records.ts'
import type { FidelityBody } from '../capabilities/progress/records.ts'
import { timeOf } from './calendar.ts'
import { managerOf, paraOf, personId } from './people.ts'
import { PROGRAMS } from './programs.ts'
import { seeded } from './seed.ts'
import { programId, type ProgramSpec } from './spec.ts'
import { act, deskOf, type Act } from './tape.ts'

const ANSWERS = [
  'Has the attention of the student first',
  'Says or shows it as written',
  'Waits as long as the plan says',
  'Gives prompts in the order of the plan',
  'Reacts within 2 seconds, as the plan says',
  'Records within 5 seconds',
  'Makes a short pause before the next one',
]
const WATCHING = [
  'Starts the clock at the beginning',
  'Uses the definition, not a feeling',
  'Taps as it happens',
  'Stops the clock when the student is out of sight',
  'Reacts as the plan says',
]

/** The steps of each way of measuring; logs have none. */
export const FIDELITY: { readonly [S in System]?: readonly string[] } = {
  trials: ANSWERS,
  opportunities: ANSWERS,
  steps: [
    'Has the materials ready',
    'Gives the signal once',
    'Waits before each prompt',
    'Gives prompts in the order of the plan',
    'Leaves to the student what the student can do',
    'Records each step before the next one',
  ],
  count: WATCHING,
  duration: WATCHING,
  latency: WATCHING,
  irt: WATCHING,
  intensity: WATCHING,
  interval: [
    'Sits where the student can be seen',
    'Looks at the cue, not before',
    'Answers within 5 seconds',
    'Says nothing to the student at the cue',
  ],
  checklist: ['Asks once', 'Adds no questions', 'Marks each part as it is told'],
  probe: ['Before any teaching that day', 'Shows all of them at once', 'Says nothing before the answer'],
  product: ['Gives the sheet without more help', 'Scores with the key', 'Notes how many were worked on'],
  rubric: ['Rates right afterward', 'Rates each item by itself', 'Takes the sentence that fits best'],
  self: ['Gives the cue to both', 'Marks before looking at the other mark', 'Compares at the end only'],
  cbm: [
    'Reads the direction as written',
    'Starts the timer at the first word',
    'Tells a word after 3 seconds',
    'Marks while the student reads',
    'Stops at one minute',
  ],
}

const LOW = ['bk-switch', 'mf-starts-work']
const OLD = ['ln-directions', 'nq-planner']

/** One check in September and one in the last three weeks of October, of the para who runs the program. */
export function checks(days: readonly SchoolDay[]): Act[] {
  return PROGRAMS.filter((spec) => !spec.until && FIDELITY[systemOf(spec)]).flatMap((spec) => [
    ...checkOf(spec, days, '2026-09-14', '2026-09-25'),
    ...(OLD.includes(spec.key) ? [] : checkOf(spec, days, '2026-10-14', '2026-10-30')),
  ])
}

function checkOf(spec: ProgramSpec, days: readonly SchoolDay[], from: string, to: string): Act[] {
  const random = seeded(`check/${spec.key}/${from}`)
  const possible = days.filter(({ day }) => from <= day && day <= to && spec.weekdays.includes(weekday(day)))
  const day = possible[random.int(0, possible.length - 1)]?.day
  if (day === undefined || day < (spec.versions[0]?.from ?? '')) return []
  const author = managerOf(spec.student)
  const steps = FIDELITY[systemOf(spec)] ?? []
  const wrong = LOW.includes(spec.key) ? 3 : steps.length > 4 && random.chance(0.4) ? 1 : 0
  const first = random.int(0, steps.length - 1)
  const body: FidelityBody = {
    type: 'direct',
    steps: steps.map((step, index) => ({
      step,
      result: (index - first + steps.length) % steps.length < wrong ? '-' : '+',
    })),
  }
  return [
    act(random, {
      author,
      device: deskOf(author),
      kind: 'progress.fidelity',
      student: spec.student,
      refs: { program: programId(spec.key), adult: personId(paraOf(spec.student)) },
      body,
      at: timeOf(day, spec.slot.at) + spec.slot.minutes * 60_000,
    }),
  ]
}

function systemOf({ versions }: ProgramSpec): System {
  return versions[0]?.measure.system ?? 'imported'
}
