/**
 * Questions about a student's plan, to whoever manages it, and what was answered. Pure over what a device holds; the
 * student's page, the inbox and Today ask it.
 */
import type { StoredRecord } from '../../platform/records/envelope.ts'
import { settle } from '../../platform/records/settle.ts'
import { recordsOf, type RecordsHere } from './plans.ts'
import { AnswerBody, QuestionBody } from './records.ts'

export interface Answer {
  readonly id: string
  readonly by: string
  readonly at: string
  readonly text: string
}

export interface Question {
  readonly id: string
  readonly by: string
  readonly at: string
  readonly body: QuestionBody
  /** The first one first. */
  readonly answers: readonly Answer[]
}

/** What was asked about a student, the newest first. */
export function questionsIn(device: RecordsHere, student: string): Question[] {
  return questionsFrom(recordsOf(device, student, 'question'))
}

/** The questions among records of one student. */
export function questionsFrom(records: readonly StoredRecord[]): Question[] {
  const live = settle([...records]).live
  const answers = Map.groupBy(
    live.flatMap(({ id, kind, author, at, refs, body }) => {
      const said = kind === 'students.answer' ? AnswerBody.safeParse(body).data : undefined
      return said ? [{ id, by: author, at, text: said.text, of: refs['of'] ?? '' }] : []
    }),
    ({ of }) => of,
  )
  return live
    .flatMap(({ id, kind, author, at, body }) => {
      const asked = kind === 'students.question' ? QuestionBody.safeParse(body).data : undefined
      return asked ? [{ id, by: author, at, body: asked, answers: answers.get(id) ?? [] }] : []
    })
    .toReversed()
}
