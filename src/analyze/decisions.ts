/**
 * `handrail analyze decisions`: what the rules of progress monitoring give for each case of a list of
 * { id, input }. Which rule applies shows in the fields of the input.
 */
import { basename } from 'node:path'
import { z } from 'zod'
import { pointRule, threeGroups, type Advice } from '../capabilities/progress/stats/advice.ts'
import { baselineMedian, rateOfImprovement, weeksToGoal } from '../capabilities/progress/stats/growth.ts'
import { median } from '../capabilities/progress/stats/median.ts'
import { entriesOf, listOf, readJson } from './input.ts'

export type DecisionRow = { id: string; [answer: string]: string | number | null }

/** One row a case, in the order of the file. Throws BadInput. */
export function decisionRows(path: string): DecisionRow[] {
  return entriesOf(basename(path), readJson(path), Case).map(({ id, input }) => ({ id, ...input }))
}

type Answers = Omit<DecisionRow, 'id'>

const numbers = listOf(z.number()).refine((list) => list.length > 0, 'There are no numbers here.')
const weeks = z.number().positive()

/** The first whose fields are all there applies. */
const RULES: readonly { readonly fields: readonly string[]; readonly rule: z.ZodType<Answers> }[] = [
  {
    fields: ['scores'],
    rule: z.looseObject({ scores: numbers }).transform(({ scores }) => ({
      baseline: baselineMedian(scores),
      median: median(scores),
    })),
  },
  {
    fields: ['baseline', 'current', 'weeks', 'goal'],
    rule: z
      .looseObject({ baseline: z.number(), current: z.number(), weeks, goal: z.number() })
      .transform((given) => {
        const roi = rateOfImprovement(given.baseline, given.current, given.weeks)
        return {
          roi,
          total_growth: given.current - given.baseline,
          weeks_to_goal: roi === null ? null : weeksToGoal(given.current, given.goal, roi),
        }
      }),
  },
  {
    fields: ['initial', 'goal', 'weeks'],
    rule: z
      .looseObject({ initial: z.number(), goal: z.number(), weeks })
      .transform((given) => ({ roi: rateOfImprovement(given.initial, given.goal, given.weeks) })),
  },
  {
    fields: ['weeks', 'values'],
    rule: z
      .looseObject({ weeks: numbers, values: numbers })
      .refine((given) => given.weeks.length === given.values.length, {
        path: ['values'],
        message: 'There are not as many values as weeks.',
      })
      .transform((given) => ({ median_value: median(given.values), median_week: median(given.weeks) })),
  },
  {
    fields: ['remainder'],
    rule: z
      .looseObject({ remainder: listOf(z.literal([0, 1, 2])) })
      .transform(({ remainder }) =>
        Object.fromEntries(remainder.map((over) => [`remainder_${over}`, whereOverGoes(over)])),
      ),
  },
  {
    fields: ['direction', 'goal_line_at_points', 'values'],
    rule: z
      .looseObject({
        direction: z.literal(['ascending', 'descending']),
        goal_line_at_points: numbers,
        values: numbers,
      })
      .refine((given) => given.goal_line_at_points.length === given.values.length, {
        path: ['values'],
        message: 'There are not as many values as points of the goal line.',
      })
      .transform(({ direction, goal_line_at_points: line, values }) => ({
        decision:
          DECISIONS[direction][
            pointRule(
              values.map((value, i) => ({ value, aim: line[i] ?? NaN })),
              direction === 'ascending' ? 'increase' : 'decrease',
            )
          ],
      })),
  },
]

const Case = z.looseObject({
  id: z.string(),
  input: z.looseObject({}).transform((input, context): Answers => {
    if (Object.keys(input).length === 0) return { note: 'a rule without numbers' }
    const found = RULES.find(({ fields }) => fields.every((field) => Object.hasOwn(input, field)))
    if (!found) {
      const known = RULES.map(({ fields }) => fields.join('+')).join(', ')
      context.addIssue({ code: 'custom', message: `The fields are those of no rule: ${known}.` })
      return z.NEVER
    }
    const read = found.rule.safeParse(input)
    if (read.success) return read.data
    for (const { path, message } of read.error.issues) context.addIssue({ code: 'custom', path, message })
    return z.NEVER
  }),
})

/** The words of the handouts for what the four-point rule says; the product itself only says “consider”. */
const DECISIONS: Readonly<Record<'ascending' | 'descending', Readonly<Record<Advice, string>>>> = {
  ascending: { change: 'instructional_change', raise: 'raise_goal', continue: 'continue' },
  descending: { change: 'instructional_change', raise: 'change_goal_more_ambitious', continue: 'continue' },
}

/** Where the points go that three equal groups leave over. */
function whereOverGoes(over: 0 | 1 | 2): string {
  const [first, middle] = threeGroups(9 + over)
  if (middle > first) return 'extra point goes to the middle group'
  return first > middle ? 'one extra point in each outer group' : 'three groups of one size'
}
