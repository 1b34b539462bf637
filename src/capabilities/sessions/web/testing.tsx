/**
 * The small school with goals of every way of measuring, for browser tests of the pads: realistic plans, each with its
 * student, in the block that runs at 8:52. Tests only.
 */
import type { z } from 'zod'
import { expect, onTestFinished } from 'vitest'
import { page, type Locator } from 'vitest/browser'
import { uuidOf, type Uuid } from '../../../platform/core/ids.ts'
import { show } from '../../../platform/web/kit/testing.tsx'
import {
  Screen,
  smallSchool,
  type Hand,
  type School,
  type StudentName,
} from '../../../platform/web/testing-day.tsx'
import type { Me } from '../../schedule/model.ts'
import type { ConsentBody } from '../../students/records.ts'
import type { Measure, ProgramBody } from '../records.ts'
import { sessionView } from '../rules.ts'
import type { SessionState } from '../state.ts'
import Pad from './Pad.tsx'

export interface PadGoal {
  readonly student: StudentName
  readonly title: string
  readonly measure: Measure
  readonly body?: Partial<z.infer<typeof ProgramBody>>
}

const prompts = {
  direction: 'least_to_most' as const,
  wait_s: 4,
  levels: [
    { code: 'G', label: 'Gesture' },
    { code: 'M', label: 'Model' },
    { code: 'PP', label: 'Partial physical', physical: true as const },
  ],
}

/** A goal of each system, as a plan would have it. */
export const PLANS = {
  greeting: {
    student: 'am',
    title: 'Greeting peers',
    measure: { system: 'opportunities', prompts, min_opportunities: 5 },
  },
  tray: {
    student: 'bk',
    title: 'Carries the lunch tray',
    measure: {
      system: 'steps',
      prompts,
      chaining: 'total',
      min_opportunities: 4,
      steps: ['Takes a tray', 'Takes the food', 'Walks to the table', 'Sits down', 'Takes the tray back'],
    },
  },
  tapping: {
    student: 'bk',
    title: 'Taps the desk',
    body: { direction: 'decrease' },
    measure: { system: 'count', value: 'count', rapid_tap: false, min_observed_s: 60 },
  },
  crying: {
    student: 'am',
    title: 'Crying',
    body: { direction: 'decrease' },
    measure: { system: 'duration', value: 'total', second_start: 'ignored', min_observed_s: 300 },
  },
  humming: {
    student: 'cd',
    title: 'Humming',
    body: { direction: 'decrease' },
    measure: { system: 'duration', value: 'percent', second_start: 'ignored', min_observed_s: 300 },
  },
  starting: {
    student: 'cd',
    title: 'Starts work when asked',
    measure: { system: 'latency', limit_s: 60, min_opportunities: 3 },
  },
  asking: {
    student: 'cd',
    title: 'Time between requests for help',
    measure: { system: 'irt', value: 'median', instant: true, min_opportunities: 2 },
  },
  calling: {
    student: 'cd',
    title: 'Calls out',
    body: { direction: 'decrease' },
    measure: {
      system: 'interval',
      method: 'partial',
      interval_s: 15,
      planned: 20,
      tolerance_s: 5,
      cue: 'vibration',
      max_missed: 20,
      min_opportunities: 10,
    },
  },
  seated: {
    student: 'cd',
    title: 'Stays seated',
    measure: {
      system: 'interval',
      method: 'whole',
      interval_s: 30,
      planned: 10,
      tolerance_s: 5,
      cue: 'both',
      max_missed: 20,
      min_opportunities: 5,
    },
  },
  onTask: {
    student: 'cd',
    title: 'On task',
    measure: {
      system: 'interval',
      method: 'momentary',
      interval_s: 120,
      planned: 20,
      tolerance_s: 5,
      cue: 'vibration',
      max_missed: 20,
      min_opportunities: 10,
    },
  },
  engaged: {
    student: 'am',
    title: 'Joins in',
    measure: {
      system: 'interval',
      method: 'momentary',
      interval_s: 120,
      planned: 20,
      tolerance_s: 5,
      cue: 'vibration',
      max_missed: 20,
      min_opportunities: 10,
    },
  },
  writing: {
    student: 'bk',
    title: 'Written sentence',
    measure: {
      system: 'rubric',
      value: 'total',
      items: [
        {
          text: 'Capital letter and end mark',
          anchors: ['Neither', 'One of both', 'Both, after a reminder', 'Both, alone'],
        },
        {
          text: 'Says one whole thought',
          anchors: ['Single words', 'A part of a sentence', 'A sentence with help', 'A sentence, alone'],
        },
        { text: 'Can be read by a classmate', anchors: ['No', 'Some words', 'Most words', 'All words'] },
      ],
    },
  },
  sheet: {
    student: 'bk',
    title: 'Addition facts',
    measure: { system: 'product', value: 'percent', items: 20, min_opportunities: 10, photo: true },
  },
  reading: {
    student: 'bk',
    title: 'Oral reading',
    measure: {
      system: 'cbm',
      kind: 'reading',
      unit: 'words correct',
      value: 'per_minute',
      seconds: 60,
      rules: { name: 'School rules', version: 1, skipped_line: 'each_word', hesitation_s: 3 },
    },
    body: {
      forms: [
        {
          id: 'river',
          title: 'By the river',
          text: 'The river ran past the old mill and the boy sat down to look at it.',
        },
        {
          id: 'market',
          title: 'Market day',
          text: 'On market day the square is full of stalls and every stall has a cloth.',
        },
      ],
    },
  },
  facts: {
    student: 'bk',
    title: 'Math facts',
    measure: {
      system: 'cbm',
      kind: 'math',
      unit: 'digits correct',
      value: 'per_minute',
      seconds: 120,
      rules: { name: 'Digits', version: 1 },
    },
  },
  coins: { student: 'am', title: 'Names a coin', measure: { system: 'probe' } },
  screaming: {
    student: 'cd',
    title: 'Screaming',
    body: { direction: 'decrease' },
    measure: {
      system: 'intensity',
      anchors: [
        'Heard beside the desk',
        'Heard in the room',
        'Work in the room stops',
        'Heard in the hall',
        'Heard in other rooms',
      ],
      min_observed_s: 300,
    },
  },
  packing: {
    student: 'am',
    title: 'Packs the bag',
    measure: {
      system: 'checklist',
      items: [
        'Folder is in the bag',
        'Lunch box is in the bag',
        'Device is charged and packed',
        'Chair is up',
      ],
      min_opportunities: 3,
    },
  },
  myWork: {
    student: 'cd',
    title: 'Checks his own work time',
    measure: {
      system: 'self',
      interval_s: 60,
      planned: 5,
      cue: 'vibration',
      value: 'match',
      min_opportunities: 3,
    },
  },
} satisfies Record<string, PadGoal>
export type PlanName = keyof typeof PLANS

export interface PadSchool extends School {
  readonly plans: Record<PlanName, Uuid>
  /** Publishes the next version of a plan. */
  republish(plan: PlanName, measure: Measure, number: number): void
}

/** A school whose block at 8:52 runs these goals and no others. */
export function padSchool(
  goals: readonly PlanName[],
  consent: Partial<Record<StudentName, z.infer<typeof ConsentBody>>> = {},
): { school: PadSchool; me: (me: Me) => Me } {
  const school = smallSchool()
  const id = (name: string) => uuidOf(`${school.programs.requesting}/${name}`)
  const names = Object.keys(PLANS) as PlanName[]
  const plans = Object.fromEntries(names.map((name) => [name, id(name)])) as Record<PlanName, Uuid>
  const publish = (name: PlanName, measure: Measure, number: number) => {
    const { student, title, body = {} }: PadGoal = PLANS[name]
    const whole: z.infer<typeof ProgramBody> = {
      title,
      goal: `The goal of ${title} in the words of the IEP.`,
      definition: `What counts as ${title}.`,
      direction: 'increase',
      criterion: '80 % across 3 sessions',
      number,
      ...body,
      measure,
    }
    school.publish('sessions.program', student, whole, { program: plans[name] })
  }
  for (const name of goals) publish(name, PLANS[name].measure, 1)
  for (const [student, body] of Object.entries(consent))
    school.publish('students.consent', student as StudentName, body, {})
  return {
    school: Object.assign(school, { plans, republish: publish }),
    me: (me) => ({
      ...me,
      boards: me.boards.map((board, index) => ({
        ...board,
        blocks: board.blocks.map((block, at) =>
          index === 0 && at === 0 ? { ...block, programs: goals.map((name) => plans[name]) } : block,
        ),
      })),
    }),
  }
}

/** Maya's phone with these goals on its pad. */
export async function padOf(
  goals: readonly PlanName[],
  consent: Partial<Record<StudentName, z.infer<typeof ConsentBody>>> = {},
): Promise<{ school: PadSchool; hand: Hand }> {
  const { school, me } = padSchool(goals, consent)
  const hand = await school.open('maya', { me })
  await show(
    <Screen hand={hand}>
      <Pad />
    </Screen>,
  )
  return { school, hand }
}

/** A goal's card on the pad. */
export function cardOf(name: PlanName, screen = 'screen'): Locator {
  return page.getByTestId(screen).getByRole('article').filter({ hasText: PLANS[name].title })
}

/** Sessions of a goal as a device holds them, by start. */
export function sessionsOf(hand: Hand, program: Uuid): SessionState[] {
  return hand.device
    .statesOf(sessionView, `program:${program}`)
    .map(({ state }) => state)
    .toSorted((a, b) => (a.started < b.started ? -1 : 1))
}

/** Counts what a hand presses from now on. */
export function countTaps(): () => number {
  let taps = 0
  const count = () => (taps += 1)
  document.addEventListener('click', count, { capture: true })
  onTestFinished(() => document.removeEventListener('click', count, { capture: true }))
  return () => taps
}

/** Everybody agreed to everything; a test takes away what it is about. */
export const AGREED: z.infer<typeof ConsentBody> = {
  physical_prompts: true,
  photos: {
    instruction_record: true,
    internal_display: false,
    family_share: false,
    public_web: false,
    media: false,
  },
}

/** What a person is told by the live region. */
export async function expectSaid(words: string): Promise<void> {
  await expect.element(page.getByRole('status').last()).toMatchTextContent(words)
}
