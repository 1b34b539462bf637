/**
 * What people do on their devices, in the product's own kinds: sessions run, corrected and ended; plans published;
 * and what they may not do, which must be refused and stay in plain sight. Makes drafts only; world.ts captures them.
 */
import { uuidv7, type Uuid } from '../src/platform/core/ids.ts'
import type { Json } from '../src/platform/core/canonical.ts'
import type { Draft } from '../src/platform/web/store/draft.ts'
import type { District, Member } from './district.ts'
import type { Dice } from './random.ts'

type Body = Draft['body']

interface Program {
  readonly student: Uuid
  readonly program: Uuid
  /** Id of the published version, or of the record that asked to be one. */
  readonly version: Uuid
  readonly measure: Json & { readonly system: string }
  readonly number: number
}

interface Run {
  readonly by: Member
  readonly program: Program
  /** Its session, or its log where entries stand alone. */
  readonly refs: Readonly<Record<string, Uuid>>
  n: number
  readonly made: { readonly id: Uuid; readonly kind: string; readonly body: Body }[]
}

/** A draft, and what to remember once it is a record. */
export interface Work {
  readonly draft: Draft
  readonly remember: (id: Uuid) => void
}

const MEASURES = [
  {
    system: 'trials',
    planned: 10,
    min_opportunities: 5,
    prompts: { direction: 'least_to_most', wait_s: 4, levels: [{ code: 'G', label: 'gesture' }] },
  },
  {
    system: 'steps',
    min_opportunities: 1,
    chaining: 'total',
    steps: ['Water on', 'Wet hands', 'Soap', 'Rinse'],
    prompts: { direction: 'least_to_most', wait_s: 4, levels: [{ code: 'G', label: 'gesture' }] },
  },
  { system: 'count', value: 'count', rapid_tap: false, min_observed_s: 0 },
  {
    system: 'opportunities',
    min_opportunities: 2,
    prompts: { direction: 'least_to_most', wait_s: 4, levels: [{ code: 'G', label: 'gesture' }] },
  },
  { system: 'duration', value: 'percent', second_start: 'new_episode', min_observed_s: 0 },
  { system: 'latency', limit_s: 10, min_opportunities: 1 },
  {
    system: 'interval',
    method: 'momentary',
    interval_s: 60,
    planned: 9,
    tolerance_s: 5,
    cue: 'none',
    max_missed: 20,
    min_opportunities: 1,
  },
  {
    system: 'cbm',
    kind: 'reading',
    unit: 'words correct',
    value: 'per_minute',
    seconds: 60,
    rules: { name: 'School reading', version: 1 },
  },
  {
    system: 'self',
    interval_s: 60,
    planned: 9,
    cue: 'none',
    value: 'match',
    min_opportunities: 1,
  },
  { system: 'abc', behaviors: ['Throws'], perceived_function: false },
  { system: 'scatterplot', from: '08:00', to: '15:00', cell_min: 30, many_from: 5 },
  { system: 'toileting', times: ['09:00'], tolerance_min: 10, second_adult: false },
  {
    system: 'feeding',
    plan: 'Feeding plan 1',
    signed_by: 'Speech therapist',
    valid_until: '2099-12-31',
    texture: '5',
    liquid: '2',
    position: 'upright',
    equipment: '',
  },
] as const

/** What is tapped under each of them, as noun of the capability and body. */
const TAPS: { readonly [system: string]: (n: number, dice: Dice) => readonly [kind: string, body: Body] } = {
  trials: (n, dice) => ['sessions.trial', { n, result: dice.pick(['+', '-', 'NR']), ...prompted(dice) }],
  opportunities: (n, dice) => ['sessions.trial', { n, result: dice.pick(['+', '-']), ...prompted(dice) }],
  steps: (_, dice) => [
    'sessions.step',
    { step: 1 + dice.below(4), result: dice.pick(['+', '-']), ...prompted(dice) },
  ],
  count: (_, dice) =>
    dice.chance(0.1) ? ['sessions.tally', { count: dice.below(20) }] : ['sessions.occurrence', {}],
  duration: (_, dice) => ['sessions.moment', { code: dice.pick(['on', 'off']) }],
  latency: (_, dice) => ['sessions.moment', { code: dice.pick(['cue', 'on']) }],
  interval: (n, dice) => ['sessions.mark', { n: 1 + (n % 9), code: dice.pick(['1', '0']) }],
  cbm: (n, dice) =>
    dice.chance(0.3)
      ? ['sessions.moment', { code: dice.pick(['begin', 'stop']) }]
      : dice.chance(0.2)
        ? ['sessions.moment', { code: 'last', n: 10 + n }]
        : ['sessions.mark', { n, code: dice.pick(['err', 'sc', 'skip']) }],
  self: (n, dice) => [
    'sessions.mark',
    { n: 1 + (n % 9), code: dice.pick(['1', '0']), who: dice.pick(['student', 'adult']) },
  ],
  abc: (_, dice) => [
    'behavior.abc',
    {
      setting_events: [],
      antecedents: [dice.pick(['wait', 'denied'])],
      behavior: 'own:1',
      consequences: ['redirected'],
      setting: 'Room 12',
    },
  ],
  scatterplot: (n, dice) => ['behavior.cell', { cell: 1 + (n % 14), code: dice.pick(['0', 'some', 'many']) }],
  toileting: (_, dice) => [
    'care.toileting',
    {
      visit: dice.pick(['scheduled', 'accident']),
      result: dice.pick(['urine', 'dry']),
      clothing: 'dry',
      steps: {},
      changed: false,
      skin_concern: false,
    },
  ],
  feeding: (_, dice) => [
    'care.feeding',
    {
      meal: 'lunch',
      minutes: dice.below(40),
      eaten: dice.pick([0, 50, 100]),
      fluid_ml: 100,
      help: 'verbal',
      refusals: 0,
      safety: [],
    },
  ],
}
const LOGGED: readonly string[] = ['abc', 'scatterplot', 'toileting', 'feeding']

const HABITS = {
  tap: 60,
  begin: 8,
  end: 4,
  pause: 4,
  resume: 3,
  undo: 5,
  correct: 5,
  'correct of a colleague': 1,
  'earlier today': 2,
  'long ago': 0.5,
  'begin under another measure': 0.5,
  'plan of a case manager': 0.7,
  'student of others': 0.7,
} as const

const PUBLISHING = { program: 4, version: 3, phase: 2, aim: 2, safety: 2, point: 2 } as const

/** What the people of one district have done so far, as far as it names what they do next. */
export class Desk {
  readonly #district: District
  readonly #programs: Program[] = []
  readonly #runs: Run[] = []

  constructor(district: District) {
    this.#district = district
  }

  /** Something for this person to do at `now`, by their device's clock, ms. */
  next(member: Member, now: number, dice: Dice): Work {
    if (member.role === 'case_manager' && dice.chance(0.35)) return this.#publish(now, dice)
    const programs = this.#programs
    const mine = this.#runs.filter((run) => run.by === member)
    const habit = dice.weighted(HABITS)
    if (programs.length === 0) return this.#publish(now, dice)
    const run = mine.at(dice.chance(0.8) ? -1 : dice.below(Math.max(1, mine.length)))
    if (!run || habit === 'begin') return this.#begin(member, dice.pick(programs), now, dice)
    const isClock = habit === 'end' || habit === 'pause' || habit === 'resume'
    if (isClock && 'log' in run.refs) return this.#tap(run, dice)
    switch (habit) {
      case 'tap':
        return this.#tap(run, dice)
      case 'end':
        return work(run, 'sessions.end', { status: 'complete' })
      case 'pause':
        return work(run, 'sessions.pause', {})
      case 'resume':
        return work(run, 'sessions.resume', {})
      case 'undo':
        return this.#correct(run, dice, true)
      case 'correct':
        return this.#correct(run, dice, false)
      case 'correct of a colleague':
        return this.#correct(dice.pick(this.#runs), dice, dice.chance(0.5))
      case 'earlier today':
        return this.#tap(run, dice, { at: iso(now - dice.below(7_200_000)), entered: iso(now) })
      case 'long ago':
        return this.#tap(run, dice, { at: iso(now - dice.below(100) * 86_400_000), entered: iso(now) })
      case 'begin under another measure': {
        const program = dice.pick(programs)
        const other = dice.pick(MEASURES.filter((measure) => measure.system !== program.measure.system))
        return this.#begin(member, { ...program, measure: other as unknown as Program['measure'] }, now, dice)
      }
      case 'plan of a case manager':
        return this.#publish(now, dice)
      case 'student of others':
        return this.#begin(
          member,
          { ...dice.pick(programs), student: dice.pick(this.#district.students) },
          now,
          dice,
        )
    }
  }

  #begin(by: Member, program: Program, now: number, dice: Dice): Work {
    const { system } = program.measure
    const own = uuidv7(now)
    const run: Run = {
      by,
      program,
      refs: {
        [LOGGED.includes(system) ? 'log' : 'session']: own,
        program: program.program,
      },
      n: 0,
      made: [],
    }
    const keep = () => {
      this.#runs.push(run)
      if (this.#runs.length > 60) this.#runs.shift()
    }
    if ('log' in run.refs) {
      const { draft, remember } = this.#tap(run, dice)
      return {
        draft,
        remember: (id) => {
          keep()
          remember(id)
        },
      }
    }
    return {
      draft: {
        kind: 'sessions.start',
        student: program.student,
        refs: { ...run.refs, version: program.version },
        body: {
          measure: program.measure,
          condition: 'intervention',
          observer: 'primary',
          setting: 'Room 12',
          tags: [],
        },
      },
      remember: keep,
    }
  }

  #tap(run: Run, dice: Dice, over: Partial<Draft> = {}): Work {
    const tapped = TAPS[run.program.measure.system]
    if (!tapped) throw new RangeError(`nobody taps ${run.program.measure.system}`)
    const [kind, body] = tapped(trialOf(run), dice)
    return work(run, kind, body, over)
  }

  #correct(run: Run, dice: Dice, isVoid: boolean): Work {
    const target = run.made.length > 0 ? dice.pick(run.made) : undefined
    if (!target) return this.#tap(run, dice)
    const reason = dice.pick(['mis_tap', 'wrong_time', 'other'])
    const over = { replaces: target.id, reason }
    if (isVoid) return work(run, `${target.kind.split('.')[0]}.void`, {}, over)
    const body = /\.(trial|step)$/.test(target.kind) ? { ...target.body, result: '-' } : target.body
    return work(run, target.kind, body, over)
  }

  #publish(now: number, dice: Dice): Work {
    const known = this.#programs.length > 0 ? dice.pick(this.#programs) : undefined
    const what = known ? dice.weighted(PUBLISHING) : 'program'
    const student = known?.student ?? dice.pick(this.#district.students)
    const day = iso(now).slice(0, 10)
    const plan = (kind: string, body: Body): Work => ({
      draft: { kind, student, refs: { program: known?.program ?? '' }, body },
      remember: () => {},
    })
    switch (what) {
      case 'phase':
        return plan('sessions.phase', {
          label: `Phase ${dice.below(9)}`,
          condition: 'intervention',
          from: day,
          major: dice.chance(0.5),
          why: 'Time for it.',
        })
      case 'aim':
        return plan('progress.aim', {
          from: day,
          from_value: dice.below(50) / 2,
          to: day,
          to_value: 80,
          basis: 'median of the last 3 baseline points',
        })
      case 'point':
        return plan('progress.imported_point', {
          session: dice.below(40),
          value: dice.chance(0.1) ? null : dice.below(1000) / 10,
          phase: 'A',
          condition: 'A',
          row: 1 + dice.below(40),
          synthetic_date: true,
        })
      case 'safety':
        return {
          draft: {
            kind: 'students.safety',
            student: dice.pick(this.#district.students),
            refs: {},
            body: {
              supervision: 'SV3',
              exceptions: [],
              flags: [],
              communicates: 'Words.',
              lines: [`Line ${dice.below(100)}`],
            },
          },
          remember: () => {},
        }
      default: {
        const isNew = what === 'program' || !known
        const measure = (
          isNew || dice.chance(0.3) ? dice.pick(MEASURES) : known.measure
        ) as Program['measure']
        const program = isNew ? uuidv7(now) : known.program
        const of = isNew ? dice.pick(this.#district.students) : known.student
        const number = isNew ? 1 : known.number + 1
        return {
          draft: {
            kind: 'sessions.program',
            student: of,
            refs: { program, ...(isNew ? {} : { base: known.version }) },
            body: {
              title: 'Requests',
              goal: 'Requests what is needed. '.repeat(1 + dice.below(60)),
              definition: 'Any form.',
              direction: 'increase',
              measure,
              criterion: '80 % over 3 sessions',
              number,
            },
          },
          remember: (version) => {
            this.#programs.push({ student: of, program, version, measure, number })
            if (this.#programs.length > 12) this.#programs.shift()
          },
        }
      }
    }
  }
}

function work(run: Run, kind: string, body: Body, over: Partial<Draft> = {}): Work {
  return {
    draft: {
      kind,
      student: run.program.student,
      refs: kind === 'care.feeding' ? { ...run.refs, version: run.program.version } : run.refs,
      body,
      ...over,
    },
    remember: (id) => {
      run.made.push({ id, kind, body })
      if (run.made.length > 40) run.made.shift()
    },
  }
}

function prompted(dice: Dice): Body {
  return dice.chance(0.3) ? { level: 'G' } : {}
}

function trialOf(run: Run): number {
  run.n = (run.n % 400) + 1
  return run.n
}

function iso(ms: number): string {
  return new Date(ms).toISOString()
}
