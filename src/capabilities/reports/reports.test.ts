/** Progress reports by the rules (domain D.11, B.8): the numbers, the sentence, what is blocked, what was amended since. */
import { describe, expect, test } from 'vitest'
import { uuidOf } from '../../platform/core/ids.ts'
import { settle } from '../../platform/records/settle.ts'
import { input, program, session, notRun } from '../progress/testing.ts'
import type { GraphInput } from '../progress/graph.ts'
import type { SessionState } from '../sessions/state.ts'
import { amendmentsOf } from './amended.ts'
import { factsOf, type GoalFacts } from './goal-report.ts'
import type { FinalBody } from './records.ts'
import { reportView } from './rules.ts'
import { blocksOf, draftSentence, isVague } from './sentence.ts'
import { stamped } from './testing.ts'

const PERIOD = { from: '2026-10-01', to: '2026-11-03' }
const PROGRAM = uuidOf('program')

/** Ten trials a session, so many of them independent; the first three are baseline. */
const SESSIONS: readonly SessionState[] = [
  ran('2026-09-14', 3, { condition: 'baseline' }),
  ran('2026-09-15', 4, { condition: 'baseline' }),
  ran('2026-09-16', 5, { condition: 'baseline' }),
  ran('2026-10-05', 5),
  ran('2026-10-12', 5),
  notRun('2026-10-14', 'student_absent', { session: uuidOf('session 2026-10-14') }),
  ran('2026-10-19', 7),
  ran('2026-10-26', 6),
  // after the period
  ran('2026-11-09', 10),
]
const AIM = { from: '2026-09-16', from_value: 40, to: '2027-06-01', to_value: 80, basis: 'a test' }

describe('what a report says of a goal', () => {
  test('is the median of the last three valid sessions, the baseline and the goal, as of the last day of the period', () => {
    const facts = factsIn(goal())
    expect(facts).toMatchObject({ baseline: 40, current: 60, target: 80 })
    expect(facts.sessions).toEqual({ held: 4, valid: 4, not_run: 1 })
    expect(facts.by).toEqual(['Maya Ortiz'])
    // three of baseline, five in the period, and nothing after it
    expect(facts.rests.map(([, day]) => day)).toEqual([
      '2026-09-14',
      '2026-09-15',
      '2026-09-16',
      '2026-10-05',
      '2026-10-12',
      '2026-10-14',
      '2026-10-19',
      '2026-10-26',
    ])
    expect(facts.graph?.points.at(-1)?.[1]).toBe(60)
  })

  test('passes over sessions below the minimum, and is silent with fewer than three', () => {
    const short = ran('2026-10-20', 2, {}, 2)
    expect(factsIn(goal([...SESSIONS, short])).current).toBe(60)
    const two = factsIn(goal(SESSIONS.slice(3, 5)))
    expect(two).toMatchObject({ baseline: null, current: null, suggested: null })
    expect(draftSentence(two, 'en')).toContain('2 valid sessions, and a median needs 3')
  })

  test('suggests a rating from the data, and decides none', () => {
    // the line stands at 46 on Oct 26
    expect(factsIn(goal()).suggested).toBe('sufficient')
    expect(factsIn(goal(SESSIONS, { aims: [{ ...AIM, from_value: 70 }] })).suggested).toBe('insufficient')
    expect(factsIn(goal([])).suggested).toBe('not_introduced')
    const confirmed = {
      proposal: 'mastery' as const,
      key: 'k',
      verdict: 'confirm' as const,
      reason: 'yes',
      points: [],
    }
    const decided = [{ id: 'd', by: 'x', day: '2026-10-30', at: '2026-10-30T12:00:00.000Z', body: confirmed }]
    expect(factsIn({ ...goal(), decisions: decided }).suggested).toBe('mastered')
  })

  test('reads the goal of a behavior to reduce the other way round', () => {
    const less = program({ direction: 'decrease' })
    const facts = factsIn(goal(SESSIONS, { program: less, aims: [{ ...AIM, from_value: 40, to_value: 10 }] }))
    expect(facts.suggested).toBe('insufficient')
    expect(draftSentence(facts, 'en')).toContain('goal 10% or less')
  })
})

describe('the drafted sentence', () => {
  test('says counts, median, baseline and goal in English', () => {
    // 5 + 7 + 6 of the last 30
    expect(draftSentence(factsIn(goal()), 'en')).toBe(
      '18 of the last 30 trials were independent: median 60% over the last 3 valid sessions (Oct 12 to Oct 26), 40% at baseline, goal 80%.',
    )
  })

  test('says the same in Spanish', () => {
    expect(plain(draftSentence(factsIn(goal()), 'es'))).toBe(
      '18 de los últimos 30 ensayos fueron independientes: mediana de 60 % en las últimas 3 sesiones válidas (del 12 oct al 26 oct), 40 % en la línea base, meta 80 %.',
    )
  })

  test('stands by itself: nothing blocks it, in either language, with data and without', () => {
    for (const lang of ['en', 'es'] as const)
      for (const facts of [factsIn(goal()), factsIn(goal(SESSIONS.slice(3, 5))), factsIn(goal([]))])
        expect(blocksOf({ sentence: draftSentence(facts, lang), rating: 'sufficient', change: '' })).toEqual(
          [],
        )
  })
})

describe('what is blocked', () => {
  test.each([
    'Making progress.',
    'Maya is making good progress on this goal',
    'She continues to work hard.',
    'He is doing well! 6 of 10 trials were independent.',
    'Has improved a lot',
    'Is on track',
    'Está progresando.',
    'Ana avanza muy bien',
    'Sigue trabajando en la meta.',
    'Va mejorando',
    'Muestra buenos avances; 6 de 10 ensayos.',
  ])('“%s” has no number beside its judgement', (sentence) => {
    expect(isVague(sentence)).toBe(true)
    expect(blocksOf({ sentence, rating: 'sufficient', change: '' })).toEqual(['vague'])
  })

  test.each([
    'Improved from 40% at baseline to 60% over the last 3 sessions.',
    'Progress: 6 of 10 trials independent.',
    'Median 2.5 per min, 4 at baseline.',
    'Mejoró de 40 % a 60 % en las últimas 3 sesiones.',
  ])('“%s” may stand', (sentence) => {
    expect(blocksOf({ sentence, rating: 'sufficient', change: '' })).toEqual([])
  })

  test('a sentence without any number, unless the goal was not introduced', () => {
    const goalOf = (rating: 'sufficient' | 'not_introduced') =>
      blocksOf({ sentence: 'Will be taught from January on.', rating, change: '' })
    expect(goalOf('sufficient')).toEqual(['no_number'])
    expect(goalOf('not_introduced')).toEqual([])
  })

  test('insufficient progress without what will change, and a goal without a rating or a sentence', () => {
    const sentence = '3 of 10 trials were independent.'
    expect(blocksOf({ sentence, rating: 'insufficient', change: '  ' })).toEqual(['change_missing'])
    expect(blocksOf({ sentence, rating: 'insufficient', change: 'A picture card beside the door.' })).toEqual(
      [],
    )
    expect(blocksOf({ sentence: ' ', rating: null, change: '' })).toEqual([
      'sentence_missing',
      'rating_missing',
    ])
  })
})

describe('data amended since', () => {
  const final = finalOf(factsIn(goal()))

  test('is nothing while nothing changed, and while only later sessions come', () => {
    expect(amendmentsOf(final, [goal()])).toEqual([])
    expect(amendmentsOf(final, [goal([...SESSIONS, ran('2026-11-16', 1)])])).toEqual([])
  })

  test('is a corrected session, with its pair before and now', () => {
    const corrected = SESSIONS.map((one) => (one.day === '2026-10-19' ? ran(one.day, 2) : one))
    expect(amendmentsOf(final, [goal(corrected)])).toMatchObject([
      {
        program: PROGRAM,
        day: '2026-10-19',
        act: 'changed',
        before: { numerator: 7, denominator: 10 },
        now: { numerator: 2, denominator: 10 },
      },
    ])
  })

  test('is a session that was withdrawn, and one that was typed in late within the period', () => {
    const without = SESSIONS.filter(({ day }) => day !== '2026-10-12')
    expect(amendmentsOf(final, [goal(without)])).toMatchObject([
      { day: '2026-10-12', act: 'withdrawn', now: null },
    ])
    const late = [...SESSIONS, ran('2026-10-30', 9)]
    expect(amendmentsOf(final, [goal(late)])).toMatchObject([
      { day: '2026-10-30', act: 'added', before: null },
    ])
  })

  test('says nothing of what this device does not hold', () => {
    expect(amendmentsOf(final, [])).toEqual([])
  })
})

describe('the records of a report', () => {
  const report = uuidOf('report')
  const of = (body: object, kind = 'reports.report') => ({
    kind,
    body: body as never,
    student: uuidOf('student'),
    refs: { report },
    at: '2026-11-04T15:00:00.000Z',
    entered: '2026-11-04T15:00:00.000Z',
  })
  const draft = (edits: object[]) => of({ stage: 'draft', period: PERIOD, lang: 'en', edits })

  test('keep the newest draft until there is a final one', () => {
    const edit = { program: PROGRAM, rating: 'sufficient' }
    const state = reportView.fold(settle(stamped([draft([]), draft([edit])])))
    expect(state).toMatchObject({ report, draft: { body: { edits: [edit] } }, final: null })
  })

  test('keep the first final one for ever, whatever replaces it or comes after it', () => {
    const final = finalOf(factsIn(goal()))
    const rescored = { ...final, goals: final.goals.map((one) => ({ ...one, current: 99 })) }
    const made = stamped([
      draft([]),
      of(final),
      of(rescored),
      of({ text: 'One session was corrected.' }, 'reports.addendum'),
    ])
    const [, first, second] = made
    const replaced = made.map((record) =>
      record === second && first ? { ...record, replaces: first.id, reason: 'other' } : record,
    )
    for (const records of [made, replaced]) {
      const state = reportView.fold(settle(records))
      expect(state).toMatchObject({ draft: null, final: { id: first?.id } })
      expect(state?.final?.body.goals[0]?.current).toBe(60)
      expect(state?.addenda.map(({ text }) => text)).toEqual(['One session was corrected.'])
    }
  })
})

function ran(day: string, right: number, part: Partial<SessionState> = {}, of = 10): SessionState {
  return session(day, right, of, { session: uuidOf(`session ${day}`), ...part })
}

function goal(sessions: readonly SessionState[] = SESSIONS, part: Partial<GraphInput> = {}) {
  const body = part.program ?? program()
  const made = input(sessions, { aims: [AIM], ...part })
  const version = { id: uuidOf('version'), day: '2026-09-01', author: 'reyes', body: body as never }
  return { program: PROGRAM, version, input: made, decisions: [] }
}

function factsIn(one: Parameters<typeof factsOf>[0]): GoalFacts {
  const facts = factsOf(one, PERIOD)
  if (!facts) throw new Error('no facts')
  return facts
}

function finalOf({ last: _last, suggested: _suggested, ...facts }: GoalFacts): FinalBody {
  const goals = [
    {
      ...facts,
      rating: 'sufficient' as const,
      sentence: draftSentence({ ...facts, last: [], suggested: null }, 'en'),
      change: '',
    },
  ]
  return { stage: 'final', period: PERIOD, lang: 'en', goals }
}

/** With ordinary spaces. */
const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ')
