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
  readonly refs: { readonly session: Uuid; readonly program: Uuid }
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
] as const

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
    if (!run || habit === 'begin') return this.#begin(member, dice.pick(programs), now)
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
        return this.#begin(member, { ...program, measure: other as unknown as Program['measure'] }, now)
      }
      case 'plan of a case manager':
        return this.#publish(now, dice)
      case 'student of others':
        return this.#begin(
          member,
          { ...dice.pick(programs), student: dice.pick(this.#district.students) },
          now,
        )
    }
  }

  #begin(by: Member, program: Program, now: number): Work {
    const run: Run = {
      by,
      program,
      refs: { session: uuidv7(now), program: program.program },
      n: 0,
      made: [],
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
      remember: () => {
        this.#runs.push(run)
        if (this.#runs.length > 60) this.#runs.shift()
      },
    }
  }

  #tap(run: Run, dice: Dice, over: Partial<Draft> = {}): Work {
    const level = dice.chance(0.3) ? { level: 'G' } : {}
    switch (run.program.measure.system) {
      case 'trials':
        return work(
          run,
          'sessions.trial',
          { n: trialOf(run), result: dice.pick(['+', '-', 'NR']), ...level },
          over,
        )
      case 'steps':
        return work(
          run,
          'sessions.step',
          { step: 1 + dice.below(4), result: dice.pick(['+', '-']), ...level },
          over,
        )
      default:
        return work(run, 'sessions.occurrence', {}, over)
    }
  }

  #correct(run: Run, dice: Dice, isVoid: boolean): Work {
    const target = run.made.length > 0 ? dice.pick(run.made) : undefined
    if (!target) return this.#tap(run, dice)
    const reason = dice.pick(['mis_tap', 'wrong_time', 'other'])
    const over = { replaces: target.id, reason }
    if (isVoid) return work(run, 'sessions.void', {}, over)
    const body = 'result' in target.body ? { ...target.body, result: '-' } : target.body
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
    draft: { kind, student: run.program.student, refs: run.refs, body, ...over },
    remember: (id) => {
      run.made.push({ id, kind, body })
      if (run.made.length > 40) run.made.shift()
    },
  }
}

function trialOf(run: Run): number {
  run.n = (run.n % 400) + 1
  return run.n
}

function iso(ms: number): string {
  return new Date(ms).toISOString()
}
