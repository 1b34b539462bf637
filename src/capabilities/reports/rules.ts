/**
 * What the records of a report, and of the sentences that are proposed for one, come to. Pure; the same on every device
 * and on the server.
 */
import type { StoredRecord } from '../../platform/records/envelope.ts'
import type { View } from '../../platform/records/registry.ts'
import {
  AddendumBody,
  ReleaseBody,
  ReportBody,
  SentenceBody,
  type DraftBody,
  type FinalBody,
  type Language,
  type Period,
} from './records.ts'

type Made = {
  readonly id: string
  /** Person id. */
  readonly by: string
  /** Instant, ISO. */
  readonly at: string
}

export type ReportState = {
  readonly report: string
  readonly student: string
  /** The newest draft; null once it is final. */
  readonly draft: (Made & { readonly body: Exact<DraftBody> }) | null
  /** The first final one: it stands whatever comes after it. */
  readonly final: (Made & { readonly body: Exact<FinalBody> }) | null
  readonly addenda: readonly (Made & { readonly text: string })[]
  readonly releases: readonly (Made & { readonly body: ReleaseBody })[]
}

export const reportView: View<ReportState> = {
  name: 'reports.report',
  version: 1,
  kinds: ['reports.report', 'reports.addendum', 'reports.release'],
  fold({ all, live }) {
    const made = read(all, 'reports.report', ReportBody)
    const [first] = made
    if (!first?.record.student) return null
    // not even a replacement reaches back behind the lock
    const final = made.find(({ body }) => body.stage === 'final')
    const draft = final ? undefined : read(live, 'reports.report', ReportBody).at(-1)
    return {
      report: first.record.refs['report'] ?? '',
      student: first.record.student,
      draft: draft?.body.stage === 'draft' ? { ...madeOf(draft.record), body: exact(draft.body) } : null,
      final: final?.body.stage === 'final' ? { ...madeOf(final.record), body: exact(final.body) } : null,
      addenda: read(live, 'reports.addendum', AddendumBody).map(({ record, body }) => ({
        ...madeOf(record),
        text: body.text,
      })),
      releases: read(live, 'reports.release', ReleaseBody).map(({ record, body }) => ({
        ...madeOf(record),
        body,
      })),
    }
  },
  parent: (state) => `student:${state.student}`,
}

export type Sentences = {
  readonly program: string
  readonly student: string
  /** In the order they were made. */
  readonly proposed: readonly (Made & {
    readonly text: string
    readonly lang: Language
    readonly period: Period
  })[]
}

export const sentencesView: View<Sentences> = {
  name: 'reports.sentences',
  version: 1,
  kinds: ['reports.sentence'],
  fold({ live }) {
    const proposed = read(live, 'reports.sentence', SentenceBody)
    const [first] = proposed
    if (!first?.record.student) return null
    return {
      program: first.record.refs['program'] ?? '',
      student: first.record.student,
      proposed: proposed.map(({ record, body }) => ({ ...madeOf(record), ...body })),
    }
  },
  parent: (state) => `student:${state.student}`,
}

function read<Body>(
  records: readonly StoredRecord[],
  kind: string,
  schema: { safeParse(body: unknown): { data?: Body | undefined } },
): { record: StoredRecord; body: Body }[] {
  return records.flatMap((record) => {
    const body = record.kind === kind ? schema.safeParse(record.body).data : undefined
    return body === undefined ? [] : [{ record, body }]
  })
}

const madeOf = ({ id, author, onBehalfOf, at }: StoredRecord): Made => ({ id, by: onBehalfOf ?? author, at })

// a body came from JSON and was read by a strict schema: an optional field is absent, never undefined
const exact = <T>(body: T): Exact<T> => body as Exact<T>

type Exact<T> = T extends object ? { [K in keyof T]: Exact<Exclude<T[K], undefined>> } : T
