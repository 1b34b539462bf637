/**
 * Drafts that somebody works on, as the view `programs.drafts`, until their author publishes from them or sets them
 * aside. A draft takes the place of the one that it names as the one it goes on from, so that two of one person's, from
 * two devices that did not know of each other, both stand (F37). Read by the list of drafts and by the builder. Pure.
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
  /** By author, and of one author by time. Never empty. */
  readonly drafts: readonly DraftEntry[]
}

/** Null while nobody works on the program. */
export const draftsView: View<Drafts> = {
  name: 'programs.drafts',
  version: 1,
  kinds: ['sessions.draft', 'sessions.program'],
  fold({ live }) {
    let open: { record: StoredRecord; body: DraftBody }[] = []
    const goneOnFrom = new Set(
      live.flatMap(({ kind, refs }) => (kind === 'sessions.draft' ? (refs['after'] ?? []) : [])),
    )
    let published = ''
    let number = 0
    for (const record of live) {
      if (record.kind === 'sessions.draft') {
        const body = DraftBody.safeParse(record.body).data
        if (!body) continue
        const isSetAside = Object.keys(body.program).length === 0
        // one that names none begins anew on its device; set aside without a name, nothing of its author's is left
        if (record.refs['after'] === undefined)
          open = open.filter(
            ({ record: { author, device } }) =>
              author !== record.author || (device !== record.device && !isSetAside),
          )
        if (!isSetAside && !goneOnFrom.has(record.id)) open.push({ record, body })
      }
      if (record.kind === 'sessions.program') {
        const body = ProgramBody.safeParse(record.body).data
        if (!body) continue
        if (body.number >= number) published = body.title
        number = Math.max(number, body.number)
        open = open.filter((one) => one.record.author !== record.author || body.number <= one.body.base)
      }
    }
    const first = open[0]?.record
    if (!first?.student) return null
    return {
      program: first.refs['program'] ?? '',
      student: first.student,
      published,
      drafts: open
        .map(({ record, body }) => ({
          id: record.id,
          author: record.author,
          base: body.base,
          title: titleOf(body.program['title']),
          at: record.at,
        }))
        .sort((a, b) => (a.author === b.author ? (a.at < b.at ? -1 : 1) : a.author < b.author ? -1 : 1)),
    }
  },
  parent: (state) => `student:${state.student}`,
}

/** A draft that is set aside: nothing of a program, from the same start. */
export const SET_ASIDE: { readonly [key: string]: Json } = {}

function titleOf(title: Json | undefined): string {
  return typeof title === 'string' ? title.slice(0, 120) : ''
}
