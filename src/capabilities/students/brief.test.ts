import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { briefsOf, questionsOf, type Answer, type Facts, type Question } from './brief.ts'
import { CONDITIONS, HELP, RELEASE, SUPERVISION, type GlanceBody, type SafetyBody } from './records.ts'

const GLANCE: GlanceBody = {
  accommodations: [],
  behavior: { see: 'Looks at the door.', do: 'Hold out the device.', dont: 'Chase.' },
  help: [],
  must_do: [],
  release: { to: 'bus_attendant', note: 'Bus 12' },
}
const SAFETY: SafetyBody = {
  supervision: 'SV2',
  exceptions: [],
  flags: ['elopement'],
  communicates: 'Speech device',
  lines: [],
}
const AM: Facts = { student: 'am', safety: SAFETY, profile: null, health: null, glance: GLANCE }
const NOTHING: Facts = { student: 'zz', safety: null, profile: null, health: null, glance: null }

const asked = (questions: readonly Question[]) => questions.map(({ ask, student }) => [ask, student])
const rightOf = ({ answers, right }: Question) => answers[right]

test('AW-30 three questions of one student: whom to hand them to, when they leave, how near to stay', () => {
  const questions = questionsOf([AM], '2026-11-04', 1)
  expect(asked(questions)).toEqual([
    ['release', 'am'],
    ['leaves', 'am'],
    ['supervision', 'am'],
  ])
  expect(questions.map(rightOf)).toEqual([
    { code: 'release.bus_attendant' },
    { code: 'leaves.follow' },
    { code: 'supervision.SV2' },
  ])
  for (const { answers } of questions) expect(answers).toHaveLength(3)
})

test('several students share the three: the first question of each', () => {
  const others = ['bk', 'cd', 'dl'].map((student) => ({ ...AM, student }))
  expect(asked(questionsOf([AM, ...others], '2026-11-04', 1))).toEqual([
    ['release', 'am'],
    ['release', 'bk'],
    ['release', 'cd'],
  ])
})

test('of whom nothing is published, one is asked about what is told of a child', () => {
  expect(asked(questionsOf([NOTHING], '2026-11-04', 1))).toEqual(Array(3).fill(['private', null]))
})

test('a second try asks the same and orders the answers anew', () => {
  const orders = new Set(
    [1, 2, 3, 4, 5].map((attempt) => JSON.stringify(questionsOf([AM], '2026-11-04', attempt))),
  )
  expect(orders.size).toBeGreaterThan(1)
  expect(questionsOf([AM], '2026-11-04', 2)).toEqual(questionsOf([AM], '2026-11-04', 2))
})

test('the right answer is not always in one place', () => {
  const places = Array.from({ length: 60 }, (_, n) => questionsOf([AM], '2026-11-04', n)[0]?.right)
  for (const place of [0, 1, 2]) expect(places.filter((one) => one === place).length).toBeGreaterThan(8)
})

test('five students are two briefs, none is none', () => {
  expect(briefsOf([1, 2, 3, 4, 5])).toEqual([[1, 2, 3, 4], [5]])
  expect(briefsOf([])).toEqual([])
})

describe('whatever is published', () => {
  const words = fc.string({ minLength: 1, maxLength: 20 }).map((text) => `own words ${text}`)
  const facts = (student: string): fc.Arbitrary<Facts> =>
    fc.record({
      student: fc.constant(student),
      profile: fc.constant(null),
      safety: fc.option(
        fc.record({
          supervision: fc.constantFrom(...SUPERVISION),
          exceptions: fc.constant([]),
          flags: fc.constantFrom<SafetyBody['flags']>([], ['elopement'], ['call_office']),
          communicates: words,
          lines: fc.constant([]),
        }),
      ),
      health: fc.option(
        fc.record({
          plans: fc.array(
            fc.record({
              condition: fc.constantFrom(...CONDITIONS),
              see: words,
              do: words.map((text) => `${student} ${text}`),
              call: words,
              dont: words,
              kit: words,
              valid_until: fc.constant('2027-01-01'),
            }),
            { maxLength: 3 },
          ),
        }),
      ),
      glance: fc.option(
        fc.record({
          accommodations: fc.constant([]),
          behavior: fc.option(
            fc.record({ see: words, do: words.map((text) => `${student} ${text}`), dont: words }),
          ),
          help: fc.subarray([...HELP], { maxLength: 2 }),
          must_do: fc.constant([]),
          release: fc.record({ to: fc.constantFrom(...RELEASE), note: words }),
        }),
      ),
    })
  const textOf = (answer: Answer) => ('text' in answer ? answer.text : null)

  test('there are three questions with one right answer each, and no answer is of another student', () => {
    fc.assert(
      fc.property(
        fc.tuple(facts('am'), facts('bk'), facts('cd'), facts('dl')),
        fc.integer({ min: 1, max: 4 }),
        fc.nat(20),
        (all, many, attempt) => {
          const questions = questionsOf(all.slice(0, many), '2026-11-04', attempt)
          expect(questions).toHaveLength(3)
          for (const { answers, right, student } of questions) {
            expect(new Set(answers.map((one) => JSON.stringify(one))).size).toBe(3)
            expect(answers[right]).toBeDefined()
            // words of a plan are only ever the right answer, and the student's own
            for (const [n, answer] of answers.entries()) {
              const text = textOf(answer)
              if (text === null) continue
              expect(n).toBe(right)
              expect(text.startsWith(`${student} own words`)).toBe(true)
            }
          }
        },
      ),
      { numRuns: 300 },
    )
  })
})
