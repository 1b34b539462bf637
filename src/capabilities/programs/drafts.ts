/**
 * Drafts that somebody works on, as the view `programs.drafts`: each person's latest of a program, until that person
 * publishes from it or sets it aside. Read by the list of drafts and by the builder. Pure.
 */
import type { Json } from '../../platform/core/canonical.ts'
import type { View } from '../../platform/records/registry.ts'
import type { StoredRecord } from '../../platform/records/envelope.ts'
import { DraftBody, ProgramBody } from '../sessions/records.ts'

export type DraftEntry = {
  /** Record id; its body is the draft. */
  readonly id: string
  readonly author: string
  /** The published number that it starts from; 0 = a new program. */
  readonly base: number
  readonly title: string
  /** Instant of the last change, ISO. */
  readonly at: string
}

export type Drafts = {
  readonly program: string
  readonly student: string
  /** Title of the published version; empty while there is none. */
  readonly published: string
  /** By author. Never empty. */
  readonly drafts: readonly DraftEntry[]
}

/** Null while nobody works on the program. */
export const draftsView: View<Drafts> = {
  name: 'programs.drafts',
  version: 1,
  kinds: ['sessions.draft', 'sessions.program'],
  fold({ live }) {
    const open = new Map<string, { record: StoredRecord; body: DraftBody }>()
    let published = ''
    let number = 0
    for (const record of live) {
      if (record.kind === 'sessions.draft') {
        const body = DraftBody.safeParse(record.body).data
        if (body && Object.keys(body.program).length > 0) open.set(record.author, { record, body })
        else if (body) open.delete(record.author)
      }
      if (record.kind === 'sessions.program') {
        const body = ProgramBody.safeParse(record.body).data
        if (!body) continue
        if (body.number >= number) published = body.title
        number = Math.max(number, body.number)
        const own = open.get(record.author)
        if (own && body.number > own.body.base) open.delete(record.author)
      }
    }
    const first = [...open.values()][0]?.record
    if (!first?.student) return null
    return {
      program: first.refs['program'] ?? '',
      student: first.student,
      published,
      drafts: [...open.values()]
        .map(({ record, body }) => ({
          id: record.id,
          author: record.author,
          base: body.base,
          title: titleOf(body.program['title']),
          at: record.at,
        }))
        .sort((a, b) => (a.author < b.author ? -1 : 1)),
    }
  },
  parent: (state) => `student:${state.student}`,
}

/** A draft that is set aside: nothing of a program, from the same start. */
export const SET_ASIDE: { readonly [key: string]: Json } = {}

function titleOf(title: Json | undefined): string {
  return typeof title === 'string' ? title.slice(0, 120) : ''
}
