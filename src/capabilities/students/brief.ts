/**
 * A substitute's five-minute brief (domain H.4), made from the facts that stand: one screen a student, at most four
 * students, and three questions about the same facts. Pure: the same facts and the same try give the same brief. Wrong
 * answers come from fixed lists and never from another student's facts.
 */
import type { Day } from '../../platform/core/days.ts'
import type { GlanceBody, HealthBody, HealthPlan, ProfileBody, SafetyBody } from './records.ts'
import { RELEASE, SUPERVISION } from './records.ts'

/** What is published of one student; null where nothing is. */
export interface Facts {
  readonly student: string
  readonly safety: SafetyBody | null
  readonly profile: ProfileBody | null
  readonly health: HealthBody | null
  readonly glance: GlanceBody | null
}

/** Students whom one brief can hold; more make another one. */
export const STUDENTS_A_BRIEF = 4
export const QUESTIONS = 3

/** The briefs of a person's students, in their order. */
export function briefsOf<T>(students: readonly T[]): T[][] {
  return students.length === 0
    ? []
    : [students.slice(0, STUDENTS_A_BRIEF), ...briefsOf(students.slice(STUDENTS_A_BRIEF))]
}

/** An answer: a code that the screens have words for, or words of the student's own plan. */
export type Answer = { readonly code: string } | { readonly text: string }

export interface Question {
  readonly ask: 'release' | 'leaves' | 'supervision' | 'health' | 'behavior' | 'help' | 'private'
  /** Null: about all of them. */
  readonly student: string | null
  /** Of a question about health. */
  readonly condition?: HealthPlan['condition']
  /** Of a question about help. */
  readonly task?: GlanceBody['help'][number]
  /** In the order in which they are shown. */
  readonly answers: readonly Answer[]
  /** Index of the right one. */
  readonly right: number
}

/** What a wrong answer about health may say, by condition: what people do who mean well. */
export const WRONG_HEALTH: Readonly<Record<HealthPlan['condition'], readonly [string, string]>> = {
  seizure: ['seizure_spoon', 'seizure_walk'],
  anaphylaxis: ['anaphylaxis_wait', 'anaphylaxis_walk'],
  diabetes: ['diabetes_send', 'diabetes_wait'],
  asthma: ['asthma_run', 'asthma_wait'],
  shunt: ['any_wait', 'any_sleep'],
  feeding_tube: ['tube_back', 'any_wait'],
  tracheostomy: ['any_wait', 'any_sleep'],
  heat: ['heat_run', 'any_wait'],
  latex: ['any_wait', 'any_sleep'],
  bleeding: ['any_wait', 'any_sleep'],
  other: ['any_wait', 'any_sleep'],
}

/**
 * Three questions about the students of one brief: whom they may be handed to, leaving, and health first, spread over
 * the students, then what else there is; the rest is about what one tells of them. `attempt` orders the answers anew.
 */
export function questionsOf(facts: readonly Facts[], day: Day, attempt: number): Question[] {
  const seed = (question: Draft) => `${day}/${attempt}/${question.ask}/${question.student ?? ''}`
  return chosen(facts).map((draft) => ordered(draft, seed(draft)))
}

interface Draft extends Omit<Question, 'answers' | 'right'> {
  readonly yes: Answer
  readonly no: readonly Answer[]
}

/** The most important question of each student in turn, then the next of each, and what holds of everybody last. */
function chosen(facts: readonly Facts[]): Draft[] {
  const lists = facts.map(draftsOf)
  const longest = Math.max(0, ...lists.map((list) => list.length))
  const rounds = Array.from({ length: longest }, (_, n) => lists.flatMap((list) => list[n] ?? []))
  return [...rounds.flat(), ...GENERAL].slice(0, QUESTIONS)
}

function draftsOf({ student, safety, health, glance }: Facts): Draft[] {
  const drafts: Draft[] = []
  const put = (ask: Question['ask'], yes: Answer, no: readonly Answer[], more: Partial<Draft> = {}) =>
    drafts.push({ ask, student, yes, no, ...more })
  if (glance)
    put('release', { code: `release.${glance.release.to}` }, othersOf(RELEASE, glance.release.to, 'release'))
  if (safety?.flags.includes('elopement'))
    put('leaves', { code: 'leaves.follow' }, [{ code: 'leaves.wait' }, { code: 'leaves.chase' }])
  for (const plan of health?.plans ?? [])
    put(
      'health',
      { text: plan.do },
      WRONG_HEALTH[plan.condition].map((code) => ({ code: `health.${code}` })),
      { condition: plan.condition },
    )
  if (safety)
    put(
      'supervision',
      { code: `supervision.${safety.supervision}` },
      othersOf(SUPERVISION, safety.supervision, 'supervision'),
    )
  const [task] = glance?.help ?? []
  if (task) put('help', { code: 'help.cleared' }, [{ code: 'help.anybody' }, { code: 'help.try' }], { task })
  if (glance?.behavior)
    put('behavior', { text: glance.behavior.do }, [{ code: 'behavior.louder' }, { code: 'behavior.crowd' }])
  return drafts
}

/** Always there, so that there are three questions about a student of whom little is published. */
const GENERAL: readonly Draft[] = [
  {
    ask: 'private',
    student: null,
    yes: { code: 'private.teacher' },
    no: [{ code: 'private.parent' }, { code: 'private.friend' }],
  },
  {
    ask: 'private',
    student: null,
    yes: { code: 'private.no_photo' },
    no: [{ code: 'private.photo_team' }, { code: 'private.photo_delete' }],
  },
  {
    ask: 'private',
    student: null,
    yes: { code: 'private.ask' },
    no: [{ code: 'private.guess' }, { code: 'private.child' }],
  },
]

/** Two others of a list of codes: the ones that stand next to the right one, which are the easiest to mix up. */
function othersOf(codes: readonly string[], right: string, prefix: string): Answer[] {
  const at = codes.indexOf(right)
  const near = codes
    .filter((code) => code !== right)
    .toSorted((a, b) => Math.abs(codes.indexOf(a) - at) - Math.abs(codes.indexOf(b) - at))
  return near.slice(0, 2).map((code) => ({ code: `${prefix}.${code}` }))
}

function ordered({ yes, no, ...rest }: Draft, seed: string): Question {
  const all = [yes, ...no]
  const answers = all
    .map((answer, n) => ({ answer, key: scattered(`${seed}/${n}`) }))
    .toSorted((a, b) => a.key - b.key)
    .map(({ answer }) => answer)
  return { ...rest, answers, right: answers.indexOf(yes) }
}

/** FNV-1a, 32 bits (Fowler, Noll and Vo), and a last stir so that near texts stand apart. Not for secrets. */
function scattered(text: string): number {
  let hash = 0x811c9dc5
  for (let n = 0; n < text.length; n++) hash = Math.imul(hash ^ text.charCodeAt(n), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d)
  return (hash ^ (hash >>> 13)) >>> 0
}
