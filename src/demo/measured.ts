/**
 * The programs of Cedar Bend that are measured in other ways than trials, steps and counts, with how each student does
 * on them: time sampling, latency, intensity, reading probes, checklists, cold probes, duration, the time between
 * responses, self-monitoring, finished work, ratings, and the logs of behavior and care. All made up.
 */
import type { Measure } from '../capabilities/sessions/records.ts'
import { PASSAGES } from './passages.ts'
import { START, minor, phase, type ProgramSpec } from './spec.ts'

const WATCHED = 'Observed without a change in class.'

/** Logs have no sessions: nothing is planned at an hour, no curve is played (logs.ts). */
const LOG = {
  phases: [],
  aims: [],
  weekdays: [],
  by: [],
  observed: 0,
  curve: [],
  scatter: 0,
} satisfies Partial<ProgramSpec>

const PUZZLES: Measure = {
  system: 'product',
  value: 'percent',
  items: 8,
  min_opportunities: 4,
  photo: true,
}

export const MEASURED: readonly ProgramSpec[] = [
  // C.D.: samples at a cue; better since the tasks are short
  {
    key: 'cd-on-task',
    student: 'cd',
    title: 'On task',
    direction: 'increase',
    definition:
      'At the cue: eyes on the work or on who speaks, hands on the materials of the task, or asking for help with it.',
    goal: 'During own work, the student will be on task at 80 % of the samples across 4 consecutive sessions.',
    criterion: '80 % of samples across 4 consecutive sessions',
    mastery: 'pct_intervals >= 80 FOR 4 consecutive MIN trials 12',
    versions: [
      {
        from: '2026-09-08',
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
    ],
    more: {
      examples: ['Writes, reads or counts on the fingers for the task', 'Shows the break card and waits'],
      non_examples: ['Draws on the table', 'Turns a pencil and looks out of the window'],
    },
    phases: [
      phase('2026-09-08', 'baseline', 'Baseline', WATCHED),
      phase('2026-09-22', 'intervention', 'Ten minutes, then a choice', 'Baseline was steady.'),
    ],
    aims: [{ baseline: '2026-09-08', to: '2027-03-12', value: 80 }],
    slot: { at: '09:20', minutes: 40, place: 'Room 12' },
    weekdays: [2, 4],
    by: [['maya', 9]],
    observed: 0.2,
    curve: [
      ['2026-09-08', 0.42],
      ['2026-09-17', 0.44],
      ['2026-09-22', 0.5],
      ['2026-11-02', 0.74],
    ],
    scatter: 0.04,
  },
  // C.D.: seconds that fall
  {
    key: 'cd-starts-work',
    student: 'cd',
    title: 'Time to start work',
    direction: 'decrease',
    definition:
      'From the end of the direction until the pencil touches the paper or a finger the keys. Asking what to do does not end it.',
    goal: 'Given a written task, the student will start within 30 seconds, as the median of at least 4 tasks, across 4 consecutive sessions.',
    criterion: 'Median of 30 seconds or less across 4 consecutive sessions',
    mastery: 'latency_median <= 30 FOR 4 consecutive',
    versions: [{ from: '2026-09-09', measure: { system: 'latency', limit_s: 120, min_opportunities: 4 } }],
    more: { instruction: 'Say the task once, lay down the sheet, step back.', response_window_s: 120 },
    phases: [
      phase('2026-09-09', 'baseline', 'Baseline', WATCHED),
      phase('2026-09-21', 'intervention', 'First item together', 'Baseline was steady.'),
    ],
    aims: [{ baseline: '2026-09-09', to: '2027-03-12', value: 30 }],
    slot: { at: '10:30', minutes: 15, place: 'Room 12' },
    weekdays: [1, 3, 5],
    by: [
      ['maya', 8],
      ['andre', 1],
    ],
    observed: 0.08,
    curve: [
      ['2026-09-09', 96],
      ['2026-09-18', 92],
      ['2026-09-21', 80],
      ['2026-11-02', 47],
    ],
    scatter: 7,
  },
  // C.D.: how strong, not only how often
  {
    key: 'cd-outbursts',
    student: 'cd',
    title: 'Strength of outbursts',
    direction: 'decrease',
    definition:
      'A loud or sudden act against a task: from a groan to throwing. A new one counts after 30 s of calm.',
    goal: 'In writing, no outburst of the student will be stronger than level 1 on 8 consecutive days.',
    criterion: 'No outburst above level 1 across 8 consecutive sessions',
    mastery: 'intensity_max <= 1 FOR 8 consecutive',
    versions: [
      {
        from: '2026-09-08',
        measure: {
          system: 'intensity',
          anchors: [
            'Groans or pushes the page, heard at the table',
            'Raises the voice, heard in the room',
            'Hits or kicks the table',
            'Throws something, nobody is near',
            'Throws or strikes toward a person',
          ],
          min_observed_s: 600,
        },
      },
    ],
    phases: [phase('2026-09-08', 'modified', 'Seat by the door', 'Behavior plan version 3.')],
    aims: [],
    slot: { at: '10:14', minutes: 20, place: 'Room 12' },
    weekdays: [2, 4],
    by: [['maya', 8]],
    observed: 0.05,
    curve: [
      ['2026-09-08', 3.4],
      ['2026-11-02', 2],
    ],
    scatter: 0.6,
  },
  // D.L.: weekly probes; four in the phase, so the rules wait
  {
    key: 'dl-fluency',
    student: 'dl',
    title: 'Oral reading fluency',
    direction: 'increase',
    definition:
      'Words read right in one minute from a new text. Errors: wrong, left out, told after 3 s. No errors: put right within 3 s, said twice, said with an accent.',
    goal: 'Given a new text of the grade, the student will read 110 words correct a minute, up from 86, by the spring.',
    criterion: '110 words correct a minute across 3 consecutive probes',
    mastery: 'cbm_rate >= 110 FOR 3 consecutive',
    versions: [
      {
        from: '2026-09-08',
        measure: {
          system: 'cbm',
          kind: 'reading',
          unit: 'words correct',
          value: 'per_minute',
          seconds: 60,
          rules: { name: 'Cedar Bend reading', version: 1, skipped_line: 'each_word', hesitation_s: 3 },
        },
      },
    ],
    more: {
      forms: PASSAGES,
      instruction: 'Say: read aloud from here, as well as you can. Start the timer at the first word.',
      materials: ['A clean copy for the student', 'Timer'],
    },
    phases: [
      phase('2026-09-08', 'baseline', 'Baseline', 'Three weekly probes before the program began.'),
      phase('2026-10-06', 'intervention', 'Repeated reading', 'Baseline was steady.'),
    ],
    aims: [{ baseline: '2026-09-08', to: '2027-05-25', value: 110 }],
    slot: { at: '11:00', minutes: 3, place: 'Room 9' },
    weekdays: [2],
    by: [['maya', 9]],
    observed: 0.2,
    curve: [
      ['2026-09-08', 85],
      ['2026-09-15', 88],
      ['2026-09-22', 86],
      ['2026-09-29', 86],
      ['2026-10-06', 87],
      ['2026-10-13', 84],
      ['2026-10-20', 89],
      ['2026-10-27', 87],
    ],
    scatter: 0,
  },
  // D.L.: the criterion is met, but always with the same adult
  {
    key: 'dl-retells',
    student: 'dl',
    title: 'Retelling a text',
    direction: 'increase',
    definition: 'Tells each part without a question about it, in English or Spanish.',
    goal: 'After reading, the student will retell a text with 80 % of its parts across 3 consecutive sessions with 2 staff.',
    criterion: '80 % of the parts across 3 consecutive sessions with 2 staff',
    mastery: 'pct_yes >= 80 FOR 3 consecutive MIN staff 2',
    versions: [
      {
        from: '2026-08-31',
        measure: {
          system: 'checklist',
          items: ['Who it is about', 'Where and when', 'What went wrong', 'What they did', 'How it ended'],
          min_opportunities: 4,
        },
      },
    ],
    phases: [
      phase('2026-08-31', 'baseline', 'Baseline', START),
      phase('2026-09-21', 'intervention', 'Five fingers', 'One finger for each part of a story.'),
    ],
    aims: [],
    slot: { at: '11:20', minutes: 4, place: 'Room 9' },
    weekdays: [1, 3],
    by: [['maya', 9]],
    observed: 0,
    curve: [
      ['2026-08-31', 0.35],
      ['2026-09-16', 0.35],
      ['2026-09-21', 0.55],
      ['2026-10-12', 1],
      ['2026-11-02', 1],
    ],
    scatter: 0.02,
  },
  // A.M.: yes or no, once a day
  {
    key: 'am-own-name',
    student: 'am',
    title: 'Finding the own name',
    direction: 'increase',
    definition: 'Points to the own name among four within 5 s, the first time that day, before any teaching.',
    goal: 'Shown four names, the student will point to the own one in the first trial of 5 consecutive days.',
    criterion: 'Yes on 5 consecutive days',
    mastery: 'probe >= 1 FOR 5 consecutive',
    versions: [{ from: '2026-09-14', measure: { system: 'probe' } }],
    phases: [
      phase('2026-09-14', 'baseline', 'Baseline', START),
      phase('2026-09-21', 'intervention', 'Taught after the probe', 'Three days without a yes.'),
    ],
    aims: [],
    slot: { at: '10:11', minutes: 1, place: 'Room 12' },
    weekdays: [1, 2, 3, 4, 5],
    by: [
      ['maya', 9],
      ['dana', 1],
    ],
    observed: 0,
    curve: [
      ['2026-09-14', 0.01],
      ['2026-09-18', 0.01],
      ['2026-09-21', 0.3],
      ['2026-11-02', 0.75],
    ],
    scatter: 0.02,
  },
  // B.K.: minutes
  {
    key: 'bk-plays-along',
    student: 'bk',
    title: 'Playing with a classmate',
    direction: 'increase',
    definition:
      'Looks at the same game and acts on it in turn: pushes, presses the switch, laughs at it. Stops counting after 10 s without.',
    goal: 'In a 12-minute game, the student will play along for at least 6 minutes across 4 consecutive sessions.',
    criterion: '6 minutes or more across 4 consecutive sessions',
    mastery: 'duration_total >= 360 FOR 4 consecutive',
    versions: [
      {
        from: '2026-09-08',
        measure: { system: 'duration', value: 'total', second_start: 'ignored', min_observed_s: 480 },
      },
    ],
    phases: [
      phase('2026-09-08', 'baseline', 'Baseline', WATCHED),
      phase('2026-09-29', 'intervention', 'Switch in the game', 'Baseline was steady.'),
      minor('2026-10-20', 'intervention', 'New game partner', 'Another classmate joined.'),
    ],
    aims: [{ baseline: '2026-09-08', to: '2027-01-15', value: 360 }],
    slot: { at: '14:14', minutes: 12, place: 'Room 4' },
    weekdays: [2, 4],
    by: [['maya', 8]],
    observed: 0.08,
    curve: [
      ['2026-09-08', 0.16],
      ['2026-09-24', 0.17],
      ['2026-09-29', 0.24],
      ['2026-11-02', 0.42],
    ],
    scatter: 0.04,
  },
  // S.O.: the student marks, the adult marks the same
  {
    key: 'so-checks-own-work',
    student: 'so',
    title: 'Checking own work',
    direction: 'increase',
    definition:
      'At the cue the student marks whether the last two minutes went to the task. The adult marks the same, apart.',
    goal: 'In math, the marks of the student and of the adult will agree in 80 % of the intervals across 4 consecutive sessions.',
    criterion: '80 % agreement of student and adult across 4 consecutive sessions',
    mastery: 'pct_self_match >= 80 FOR 4 consecutive',
    versions: [
      {
        from: '2026-09-15',
        measure: {
          system: 'self',
          interval_s: 120,
          planned: 8,
          cue: 'vibration',
          value: 'match',
          min_opportunities: 5,
        },
      },
    ],
    phases: [
      phase('2026-09-15', 'baseline', 'Baseline', START),
      phase('2026-09-29', 'intervention', 'Points for a match', 'Baseline was steady.'),
    ],
    aims: [{ baseline: '2026-09-15', to: '2026-12-18', value: 80 }],
    slot: { at: '08:50', minutes: 17, place: 'Room 11' },
    weekdays: [2, 4],
    by: [['andre', 9]],
    observed: 0,
    curve: [
      ['2026-09-15', 0.5],
      ['2026-09-24', 0.52],
      ['2026-09-29', 0.62],
      ['2026-11-02', 0.84],
    ],
    scatter: 0.05,
  },
  // E.F.: the time between two questions grows
  {
    key: 'ef-questions',
    student: 'ef',
    title: 'Time between questions',
    direction: 'increase',
    definition:
      'From one question to the adult about the own task to the next one. Questions to classmates do not count.',
    goal: 'In math, the student will work at least 4 minutes between questions, as the median, across 4 consecutive sessions.',
    criterion: 'Median of 240 seconds or more across 4 consecutive sessions',
    mastery: 'irt_median >= 240 FOR 4 consecutive',
    versions: [
      {
        from: '2026-09-14',
        measure: { system: 'irt', value: 'median', instant: true, min_opportunities: 3 },
      },
    ],
    phases: [
      phase('2026-09-14', 'baseline', 'Baseline', WATCHED),
      phase('2026-09-28', 'intervention', 'Three tries first', 'Baseline was steady.'),
    ],
    aims: [{ baseline: '2026-09-14', to: '2027-01-15', value: 240 }],
    slot: { at: '08:36', minutes: 26, place: 'Room 11' },
    weekdays: [1, 3, 5],
    by: [['andre', 9]],
    observed: 0.06,
    curve: [
      ['2026-09-14', 80],
      ['2026-09-25', 84],
      ['2026-09-28', 100],
      ['2026-11-02', 190],
    ],
    scatter: 12,
  },
  // M.F.: items of finished work
  {
    key: 'mf-word-problems',
    student: 'mf',
    title: 'Word problems',
    direction: 'increase',
    definition: 'Right: the answer with its unit. The way there may differ from the key.',
    goal: 'Given 8 word problems with two steps, the student will solve 7 right across 3 consecutive sheets.',
    criterion: '87.5 % right across 3 consecutive sheets',
    mastery: 'pct_correct >= 87.5 FOR 3 consecutive',
    versions: [{ from: '2026-09-09', measure: PUZZLES }],
    phases: [
      phase('2026-09-09', 'baseline', 'Baseline', START),
      phase('2026-09-23', 'intervention', 'Draw it first', 'Baseline was steady.'),
    ],
    aims: [{ baseline: '2026-09-09', to: '2027-03-12', value: 87.5 }],
    slot: { at: '09:02', minutes: 12, place: 'Room 20' },
    weekdays: [1, 3],
    by: [
      ['nia', 8],
      ['irene', 1],
    ],
    observed: 0,
    curve: [
      ['2026-09-09', 0.4],
      ['2026-09-21', 0.4],
      ['2026-09-23', 0.5],
      ['2026-11-02', 0.72],
    ],
    scatter: 0.06,
  },
  // J.B.: rated on anchored levels
  {
    key: 'jb-discussion',
    student: 'jb',
    title: 'Taking part in a discussion',
    direction: 'increase',
    definition: 'Rated right after the discussion, each item by the sentence that fits best.',
    goal: 'After class discussions, the student will be rated 8 of 9 points across 3 consecutive discussions.',
    criterion: '8 of 9 points across 3 consecutive discussions',
    mastery: 'rubric_total >= 8 FOR 3 consecutive',
    versions: [
      {
        from: '2026-09-09',
        measure: {
          system: 'rubric',
          value: 'total',
          items: [
            {
              text: 'Listens',
              anchors: [
                'Talks over others',
                'Is quiet, busy with other things',
                'Looks at who speaks',
                'Takes up what was said',
              ],
            },
            {
              text: 'Gives reasons',
              anchors: ['Says nothing', 'Says yes or no', 'Gives a reason', 'Gives a reason from the text'],
            },
            {
              text: 'Disagrees',
              anchors: [
                'Attacks the person',
                'Says no',
                'Says why not',
                'Says why not and what is right about it',
              ],
            },
          ],
        },
      },
    ],
    phases: [
      phase('2026-09-09', 'baseline', 'Baseline', WATCHED),
      phase('2026-09-23', 'intervention', 'Sentence starters', 'Baseline was steady.'),
    ],
    aims: [{ baseline: '2026-09-09', to: '2027-03-12', value: 8 }],
    slot: { at: '10:44', minutes: 4, place: 'Room 20' },
    weekdays: [1, 3],
    by: [['nia', 9]],
    observed: 0.1,
    curve: [
      ['2026-09-09', 0.35],
      ['2026-09-23', 0.45],
      ['2026-11-02', 0.68],
    ],
    scatter: 0.06,
  },
  {
    ...LOG,
    key: 'cd-abc',
    student: 'cd',
    title: 'What comes before and after',
    direction: 'decrease',
    definition:
      'Each time the student leaves the task with noise: what came before, what happened, what came next. Facts only.',
    goal: 'The team will know what comes before and after, as a ground for version 4 of the behavior plan.',
    criterion: 'At least 20 records on 5 days',
    versions: [
      {
        from: '2026-10-05',
        measure: {
          system: 'abc',
          behaviors: ['Pushes the work away', 'Leaves the seat', 'Calls out'],
          perceived_function: false,
        },
      },
    ],
    slot: { at: '10:10', minutes: 50, place: 'Room 12' },
  },
  {
    ...LOG,
    key: 'cd-when',
    student: 'cd',
    title: 'Hard times of the day',
    direction: 'decrease',
    definition: 'Leaving the task with noise, by half hours. A cell without a mark was not watched.',
    goal: 'The team will know at what times of the day it happens.',
    criterion: 'Two weeks of marks',
    versions: [
      {
        from: '2026-10-19',
        measure: { system: 'scatterplot', from: '08:30', to: '15:00', cell_min: 30, many_from: 3 },
      },
    ],
    slot: { at: '08:30', minutes: 390, place: 'Room 12' },
  },
  {
    ...LOG,
    key: 'bk-toileting',
    student: 'bk',
    title: 'Toilet schedule',
    direction: 'increase',
    definition:
      'Visits at the times of the schedule, and when the student asks. In the private room, door closed.',
    goal: 'The student will stay dry between the visits of the schedule on 10 consecutive school days.',
    criterion: 'No accident on 10 consecutive school days',
    versions: [
      {
        from: '2026-09-08',
        measure: {
          system: 'toileting',
          times: ['08:10', '10:00', '13:30'],
          tolerance_min: 10,
          second_adult: true,
        },
      },
    ],
    slot: { at: '10:00', minutes: 10, place: 'Private room' },
  },
  {
    ...LOG,
    key: 'bk-meals',
    student: 'bk',
    title: 'Feeding plan',
    direction: 'increase',
    definition: 'Meals as the plan says, by trained adults only. Any cough stops the meal.',
    goal: 'The student will eat lunch safely under the feeding plan every day.',
    criterion: 'Every lunch under the plan',
    versions: [
      {
        from: '2026-10-05',
        measure: {
          system: 'feeding',
          plan: 'Feeding plan, version 3',
          signed_by: 'Priya Nair, SLP; Ellen Brooks, RN',
          valid_until: '2027-06-04',
          texture: 'IDDSI 5, minced and moist',
          liquid: 'IDDSI 2, mildly thick',
          position: 'Upright in the chair, hips back, chin a little down; stays upright for 30 minutes after',
          equipment: 'Angled spoon, plate with a rim, cut-out cup',
        },
      },
    ],
    slot: { at: '11:34', minutes: 26, place: 'Cafeteria, quiet end' },
  },
]
