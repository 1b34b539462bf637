/**
 * Messages about one student from the records of them: what was said to whom, what came back, who has read what. Pure; Today
 * and the student's page ask it. Read is not answered: a message is open to somebody until they have read it or answered.
 */
import type { StoredRecord } from '../../platform/records/envelope.ts'
import { settle } from '../../platform/records/settle.ts'
import { NoteBody } from './records.ts'

export interface Said {
  readonly id: string
  readonly by: string
  readonly at: string
  readonly text: string
  /** Who has said that they read it, the first one first. */
  readonly read: readonly string[]
}

export interface Thread extends Said {
  /** The one adult it is for; null: all of the team. */
  readonly to: string | null
  /** The first one first. */
  readonly replies: readonly Said[]
}

/** The newest first. */
export function threadsFrom(records: readonly StoredRecord[]): Thread[] {
  const { live } = settle(records)
  const of = Map.groupBy(live, ({ refs }) => refs['of'] ?? '')
  const saidOf = ({ id, author: by, at, body }: StoredRecord): Said[] => {
    const said = NoteBody.safeParse(body).data
    const read = (of.get(id) ?? []).flatMap((one) => (one.kind === 'messages.read' ? one.author : []))
    return said ? [{ id, by, at, text: said.text, read: [...new Set(read)] }] : []
  }
  return live
    .filter(({ kind }) => kind === 'messages.note')
    .flatMap((note) =>
      saidOf(note).map((said) => ({
        ...said,
        to: note.refs['to'] ?? null,
        replies: (of.get(said.id) ?? []).filter(({ kind }) => kind === 'messages.reply').flatMap(saidOf),
      })),
    )
    .toReversed()
}

/** Is it said to this person, and have they neither read nor answered it? */
export function isOpenTo({ by, to, read, replies }: Thread, person: string): boolean {
  return (
    by !== person &&
    (to === null || to === person) &&
    !read.includes(person) &&
    !replies.some((reply) => reply.by === person)
  )
}

/** What came back to this person, and they have not read. */
export function repliesTo(thread: Thread, person: string): Said[] {
  return thread.by === person
    ? thread.replies.filter(({ by, read }) => by !== person && !read.includes(person))
    : []
}
