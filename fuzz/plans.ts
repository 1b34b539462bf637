/**
 * What whoever owns instruction writes: versions of programs, drafts, phases, aims, safety cards, consents, decisions,
 * checks, reports. Used by work.ts for one district; makes drafts only.
 */
import type { Json } from '../src/platform/core/canonical.ts'
import { uuidv7, type Uuid } from '../src/platform/core/ids.ts'
import type { Draft } from '../src/platform/web/store/draft.ts'
import type { District } from './district.ts'
import { MEASURES, type Measuring } from './measures.ts'
import type { Dice } from './random.ts'

type Body = Draft['body']

export interface Program {
  readonly student: Uuid
  readonly program: Uuid
  /** Id of the published version, or of the record that asked to be one. */
  readonly version: Uuid
  readonly measure: Measuring
  readonly number: number
}

interface Report {
  readonly student: Uuid
  readonly report: Uuid
  /** Ids of the records that asked to be the final one: of those that arrive, the first is. */
  readonly finals: Uuid[]
}

/** A draft, and what to remember once it is a record. */
export interface Work {
  readonly draft: Draft
  readonly remember: (id: Uuid) => void
}

const KINDS = {
  program: 4,
  version: 3,
  draft: 3,
  phase: 2,
  aim: 2,
  point: 2,
  decision: 1,
  observation: 1,
  fidelity: 1,
  sentence: 1,
  safety: 2,
  consent: 2,
  report: 3,
} as const

/** Whom it is planned for, and by whom. */
export type People = Pick<District, 'students' | 'members'>

const PERIOD = { from: '2026-09-01', to: '2026-11-30' }

/** What the people of one district have planned so far, as far as it names what they plan next. */
export class Plans {
  readonly programs: Program[] = []
  readonly #district: People
  readonly #reports: Report[] = []
  /** The card or consent of each student that was written last, by kind and student. */
  readonly #last = new Map<string, Uuid>()

  constructor(district: People) {
    this.#district = district
  }

  /** Something to plan at `now`, ms; the first thing is a program. */
  next(now: number, dice: Dice): Work {
    const known = this.programs.length > 0 ? dice.pick(this.programs) : undefined
    const what = known ? dice.weighted(KINDS) : 'program'
    const student = dice.pick(this.#district.students)
    if (!known || what === 'program') return this.#program(undefined, student, now, dice)
    const { program } = known
    const of = (kind: string, body: Body, refs = {}): Work => ({
      draft: { kind, student: known.student, refs: { program, ...refs }, body },
      remember: () => {},
    })
    const day = new Date(now).toISOString().slice(0, 10)
    switch (what) {
      case 'version':
        return this.#program(known, student, now, dice)
      case 'draft':
        return of('sessions.draft', {
          // an empty one is set aside
          program: dice.chance(0.2) ? {} : bodyOf(known),
          base: known.number,
        })
      case 'phase':
        return of('sessions.phase', {
          label: `Phase ${dice.below(9)}`,
          condition: 'intervention',
          from: day,
          major: dice.chance(0.5),
          why: 'Time for it.',
        })
      case 'aim':
        return of('progress.aim', {
          from: day,
          from_value: dice.below(50) / 2,
          to: day,
          to_value: 80,
          basis: 'median of the last 3 baseline points',
        })
      case 'point':
        return of('progress.imported_point', {
          session: dice.below(40),
          value: dice.chance(0.1) ? null : dice.below(1000) / 10,
          phase: 'A',
          condition: 'A',
          row: 1 + dice.below(40),
          synthetic_date: true,
        })
      case 'decision':
        return of('progress.decision', {
          proposal: 'mastery',
          key: `mastery ${dice.below(3)}`,
          verdict: dice.pick(['confirm', 'not_yet']),
          reason: 'Seen in class.',
          points: [],
        })
      case 'fidelity':
        return of(
          'progress.fidelity',
          { type: 'direct', steps: [{ step: 'Waits four seconds', result: dice.pick(['+', '-', 'NA']) }] },
          { adult: dice.pick(this.#district.members).id },
        )
      case 'observation': {
        const [observer, adult] = [dice.pick(this.#district.members).id, dice.pick(this.#district.members).id]
        return of(
          'sessions.observation',
          { due: day, ...(dice.chance(0.2) ? { called_off: true } : {}) },
          { observer, ...(dice.chance(0.5) ? { adult } : {}) },
        )
      }
      case 'sentence':
        return of('reports.sentence', { text: 'Asks for help more often.', lang: 'en', period: PERIOD })
      case 'safety':
        return this.#onTop('students.safety', student, {
          supervision: 'SV3',
          exceptions: [],
          flags: [],
          communicates: 'Words.',
          lines: [`Line ${dice.below(100)}`],
        })
      case 'consent':
        return this.#onTop('students.consent', student, {
          physical_prompts: dice.chance(0.5),
          photos: {
            instruction_record: dice.chance(0.5),
            internal_display: dice.chance(0.5),
            family_share: false,
            public_web: false,
            media: false,
          },
        })
      case 'report':
        return this.#report(known, now, dice)
    }
  }

  #program(known: Program | undefined, student: Uuid, now: number, dice: Dice): Work {
    const measure = !known || dice.chance(0.3) ? dice.pick(MEASURES) : known.measure
    const next: Omit<Program, 'version'> = known
      ? { ...known, measure, number: known.number + 1 }
      : { student, program: uuidv7(now), measure, number: 1 }
    const { program } = next
    return {
      draft: {
        kind: 'sessions.program',
        student: next.student,
        refs: { program, ...(known ? { base: known.version } : {}) },
        body: { ...bodyOf(next), goal: 'Requests what is needed. '.repeat(1 + dice.below(60)) },
      },
      remember: (version) => {
        this.programs.push({ ...next, version })
        if (this.programs.length > 20) this.programs.shift()
      },
    }
  }

  /** A card in place of the one before, which somebody else may have replaced meanwhile. */
  #onTop(kind: string, student: Uuid, body: Body): Work {
    const base = this.#last.get(`${kind} ${student}`)
    return {
      draft: { kind, student, refs: base === undefined ? {} : { base }, body },
      remember: (id) => this.#last.set(`${kind} ${student}`, id),
    }
  }

  /** A draft, the final one, and what comes after it; more than one may ask to be final. */
  #report(known: Program, now: number, dice: Dice): Work {
    const open = dice.chance(0.7) ? this.#reports.at(-1) : undefined
    const { student, report, finals } = open ?? { student: known.student, report: uuidv7(now), finals: [] }
    const of = (kind: string, body: Body, refs = {}, remember: Work['remember'] = () => {}): Work => ({
      draft: { kind, student, refs: { report, ...refs }, body },
      remember,
    })
    const final = finals.length > 0 ? dice.pick(finals) : undefined
    if (final !== undefined && dice.chance(0.6))
      return dice.chance(0.5)
        ? of('reports.addendum', { text: 'One session was corrected.' }, { final })
        : of('reports.release', { how: 'handed', named: false }, { final })
    const head = { period: PERIOD, lang: 'en' }
    if (open && dice.chance(0.5))
      return of('reports.report', { ...head, stage: 'final', goals: [goalOf(known)] }, {}, (id) =>
        finals.push(id),
      )
    return of('reports.report', { ...head, stage: 'draft', edits: [] }, {}, () => {
      if (!open) this.#reports.push({ student, report, finals })
    })
  }
}

function bodyOf({ measure, number }: Pick<Program, 'measure' | 'number'>) {
  return {
    title: 'Requests',
    goal: 'Requests what is needed.',
    definition: 'Any form.',
    direction: 'increase',
    measure,
    criterion: '80 % over 3 sessions',
    number,
  }
}

function goalOf({ program, version, measure, number }: Program): Json {
  const { title, goal, criterion, direction } = bodyOf({ measure, number })
  return {
    program,
    version,
    title,
    goal,
    criterion,
    direction,
    baseline: null,
    current: 60,
    target: 80,
    sessions: { held: 5, valid: 4, not_run: 1 },
    by: ['Maya Test'],
    rating: 'sufficient',
    sentence: 'Asks for help in three of five chances.',
    change: '',
    rests: [],
    graph: null,
  }
}
