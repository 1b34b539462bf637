/**
 * What people do, on the product's own kinds: sessions run, corrected and ended, entries of logs, and what they may not
 * do, which must be refused and stay in plain sight. Makes drafts only; world.ts captures them. What is tapped is in
 * measures.ts, what is planned in plans.ts.
 */
import { LOGGED, type System } from '../src/capabilities/sessions/measures.ts'
import { uuidv7, type Uuid } from '../src/platform/core/ids.ts'
import type { Draft } from '../src/platform/web/store/draft.ts'
import type { Member } from './district.ts'
import { MEASURES, tapUnder } from './measures.ts'
import { Plans, type People, type Program, type Work } from './plans.ts'
import type { Dice } from './random.ts'

type Body = Draft['body']

interface Run {
  readonly by: Member
  readonly program: Program
  /** Its session, or its log where entries stand alone. */
  readonly refs: Readonly<Record<string, Uuid>>
  n: number
  readonly made: { readonly id: Uuid; readonly kind: string; readonly body: Body }[]
}

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
  'times of a wrong clock': 1,
  'beside a colleague': 1,
  'begin under another measure': 0.5,
  'plan of a case manager': 0.7,
  'student of others': 0.7,
} as const

/** What the people of one district have done so far, as far as it names what they do next. */
export class Desk {
  readonly #district: People
  readonly #plans: Plans
  readonly #runs: Run[] = []

  constructor(district: People) {
    this.#district = district
    this.#plans = new Plans(district)
  }

  /** Something for this person to do at `now`, by their device's clock, ms. */
  next(member: Member, now: number, dice: Dice): Work {
    if (member.role === 'case_manager' && dice.chance(0.35)) return this.#plans.next(now, dice)
    const { programs } = this.#plans
    const mine = this.#runs.filter((run) => run.by === member)
    const habit = dice.weighted(HABITS)
    if (programs.length === 0) return this.#plans.next(now, dice)
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
      case 'times of a wrong clock':
        return 'log' in run.refs
          ? this.#tap(run, dice)
          : work(run, 'sessions.times', { shift_ms: (dice.below(5) - 2) * 3_600_000 })
      case 'beside a colleague':
        return this.#beside(run, dice)
      case 'begin under another measure': {
        const program = dice.pick(programs)
        const other = dice.pick(MEASURES.filter((measure) => measure.system !== program.measure.system))
        return this.#begin(member, { ...program, measure: other }, now, dice)
      }
      case 'plan of a case manager':
        return this.#plans.next(now, dice)
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
        [isLogged(system) ? 'log' : 'session']: own,
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
    // watched beside a colleague, for agreement
    const watched = dice.chance(0.1) ? this.#runs.findLast((one) => one.program === program) : undefined
    const of = watched?.by === by ? undefined : watched?.refs['session']
    return {
      draft: {
        kind: 'sessions.start',
        student: program.student,
        refs: { ...run.refs, version: program.version, ...(of === undefined ? {} : { of }) },
        body: {
          measure: program.measure,
          condition: 'intervention',
          observer: of === undefined ? 'primary' : 'ioa',
          setting: 'Room 12',
          tags: [],
          ...(dice.chance(0.1) ? { source: 'paper', sheet: 'P-1' } : {}),
        },
      },
      remember: keep,
    }
  }

  #tap(run: Run, dice: Dice, over: Partial<Draft> = {}): Work {
    const [kind, body] = tapUnder(run.program.measure.system, trialOf(run), dice)
    return work(run, kind, body, over)
  }

  /** Of two recordings of a goal one is said to be the second; a log is kept beside somebody for a while. */
  #beside(run: Run, dice: Dice): Work {
    const { student, program } = run.program
    const say = (kind: string, body: Body, refs: Draft['refs']): Work => ({
      draft: { kind, student, refs: { ...run.refs, ...refs }, body },
      remember: () => {},
    })
    const { system } = run.program.measure
    if ('log' in run.refs)
      return say(
        system === 'toileting' || system === 'feeding' ? 'care.watch' : 'behavior.watch',
        { is: dice.pick(['begin', 'end']) },
        { adult: dice.pick(this.#district.members).id },
      )
    const other = this.#runs.find((one) => one !== run && one.program.program === program)?.refs['session']
    return other === undefined ? this.#tap(run, dice) : say('sessions.second', {}, { of: other })
  }

  #correct(run: Run, dice: Dice, isVoid: boolean): Work {
    const target = run.made.length > 0 ? dice.pick(run.made) : undefined
    if (!target) return this.#tap(run, dice)
    const reason = dice.pick(['mis_tap', 'wrong_time', 'other'])
    const over = { replaces: target.id, reason }
    if (isVoid) return work(run, `${target.kind.split('.')[0]}.void`, {}, over)
    const [kind, body] = tapUnder(run.program.measure.system, trialOf(run), dice)
    return work(run, target.kind, kind === target.kind ? body : target.body, over)
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

function isLogged(system: System): boolean {
  return LOGGED.some((logged) => logged === system)
}

function trialOf(run: Run): number {
  run.n = (run.n % 400) + 1
  return run.n
}

function iso(ms: number): string {
  return new Date(ms).toISOString()
}
