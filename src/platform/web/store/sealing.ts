/**
 * Between what rests on the device (port.ts) and what a tab has in memory (change.ts). Called by store.ts: before a
 * transaction opens, for what it will write; after it closed, for what it changed. What does not open, because its
 * key is gone or its bytes were altered, is left out, and never stops the rest.
 */
import type { Json } from '../../core/canonical.ts'
import type { Envelope, StoredRecord } from '../../records/envelope.ts'
import type { Summary } from '../../records/wire.ts'
import type { Cipher } from '../vault/cipher.ts'
import type { Seal } from '../vault/seal.ts'
import type {
  Change,
  DisputeItem,
  OutboxItem,
  OwnItem,
  RecordItem,
  SummaryItem,
  ValueItem,
} from './change.ts'
import type {
  Bytes,
  DisputeRow,
  OutboxRow,
  OwnRow,
  Problem,
  RecordRow,
  SummaryRow,
  ValueRow,
} from './port.ts'
import type { Arrival } from './store.ts'

/** What one transaction changed, as it rests. */
export type SealedChange = Omit<Change, 'outbox' | 'own' | 'records' | 'summaries' | 'disputes' | 'values'> &
  Partial<SealedRows>

export interface SealedRows {
  readonly outbox: readonly OutboxRow[]
  readonly own: readonly OwnRow[]
  readonly records: readonly RecordRow[]
  readonly summaries: readonly SummaryRow[]
  readonly disputes: readonly DisputeRow[]
  readonly values: readonly ValueRow[]
}
export interface OpenRows {
  readonly outbox: readonly OutboxItem[]
  readonly own: readonly OwnItem[]
  readonly records: readonly RecordItem[]
  readonly summaries: readonly SummaryItem[]
  readonly disputes: readonly DisputeItem[]
  readonly values: readonly ValueItem[]
}

/** An arrival sealed as whichever row it becomes: what it is, the transaction sees. */
export interface SealedArrival {
  readonly sound: boolean
  readonly record: RecordRow
  readonly dispute: DisputeRow
}

export interface Sealing {
  outbox(item: OutboxItem): Promise<OutboxRow>
  arrival(arrival: Arrival): Promise<SealedArrival>
  summary(summary: Summary): Promise<SummaryRow>
  value(name: string, value: Json): Promise<ValueRow>
  said(id: string, problem: Problem): Promise<Bytes | null>
  /** `spoiled`: some of what the team has too does not open. */
  opened(rows: Partial<SealedRows>): Promise<{ rows: OpenRows; spoiled: boolean }>
}

export function createSealing(vault: { cipher: Cipher; seal: Seal }): Sealing {
  const { cipher, seal } = vault
  const open = async (about: string, data: Bytes) => (await cipher.open(about, data)) as unknown
  const opener = {
    outbox: async ({ tag: _tag, sealed: _sealed, said, data, ...row }: OutboxRow): Promise<OutboxItem> => {
      const words = said ? ((await open(saidAbout(row.id), said)) as Words) : NO_WORDS
      const problem = row.problem === null ? null : { code: row.problem, ...words }
      return { ...row, data: (await open(row.id, data)) as StoredRecord, problem }
    },
    own: async ({ tag: _tag, sealed: _sealed, data, ...row }: OwnRow): Promise<OwnItem> => ({
      ...row,
      data: (await open(row.id, data)) as StoredRecord,
    }),
    records: async ({ tag: _tag, data, ...row }: RecordRow): Promise<RecordItem> => ({
      ...row,
      data: (await open(row.id, data)) as StoredRecord,
    }),
    summaries: async ({ key, data }: SummaryRow): Promise<SummaryItem> => ({
      key,
      data: (await open(key, data)) as Summary,
    }),
    disputes: async ({ key, id, aud, data }: DisputeRow): Promise<DisputeItem> => ({
      key,
      aud,
      data: (await open(id, data)) as StoredRecord,
    }),
    values: async ({ name, data }: ValueRow): Promise<ValueItem> => ({
      name,
      data: (await open(valueAbout(name), data)) as Json,
    }),
  }

  return {
    async outbox({ data, problem, ...row }) {
      const [bytes, tag, sealed, said] = await Promise.all([
        cipher.seal(data.id, data as unknown as Json),
        cipher.tag(data.digest),
        // Without it the record is kept all the same, and sealed at the next opening.
        seal(envelopeOf(data), data.digest).catch(() => null),
        problem && saidOf(row.id, problem),
      ])
      return { ...row, tag, data: bytes, sealed, problem: problem?.code ?? null, said }
    },
    async arrival({ record, partition, sound }) {
      const { id, aud, pos, digest } = record
      const [data, tag] = await Promise.all([cipher.seal(id, record as unknown as Json), cipher.tag(digest)])
      return {
        sound,
        record: { id, aud: aud ?? 0, pos: pos ?? 0, partition, tag, data },
        dispute: { key: `${id}/${tag}`, id, aud: aud ?? 0, data },
      }
    },
    async summary(summary) {
      const { view, partition, aud } = summary
      const key = `${view}/${partition}`
      return { key, aud, partition, data: await cipher.seal(key, summary as unknown as Json) }
    },
    value: async (name, value) => ({ name, data: await cipher.seal(valueAbout(name), value) }),
    said: saidOf,

    async opened(rows) {
      const [outbox, own, records, summaries, disputes, values] = await Promise.all([
        all(rows.outbox, opener.outbox),
        all(rows.own, opener.own),
        all(rows.records, opener.records),
        all(rows.summaries, opener.summaries),
        all(rows.disputes, opener.disputes),
        all(rows.values, opener.values),
      ])
      const synced = [rows.records, rows.summaries, rows.disputes].map((some) => some?.length ?? 0)
      const spoiled = synced.some((n, i) => [records, summaries, disputes][i]?.length !== n)
      return { rows: { outbox, own, records, summaries, disputes, values }, spoiled }
    },
  }

  async function all<Row, Item>(
    rows: readonly Row[] | undefined,
    one: (row: Row) => Promise<Item>,
  ): Promise<Item[]> {
    const items = await Promise.allSettled((rows ?? []).map(one))
    return items.flatMap((item) => (item.status === 'fulfilled' ? [item.value] : []))
  }

  async function saidOf(id: string, { field, message }: Problem): Promise<Bytes | null> {
    return field === null && message === null ? null : cipher.seal(saidAbout(id), { field, message })
  }
}

type Words = Pick<Problem, 'field' | 'message'>
const NO_WORDS: Words = { field: null, message: null }

function saidAbout(id: string): string {
  return `said/${id}`
}

function valueAbout(name: string): string {
  return `value/${name}`
}

/** What the device itself wrote, without what only the server says: the bytes whose digest counts. */
export function envelopeOf(record: StoredRecord): Envelope {
  const { digest: _digest, author: _author, received: _received, aud: _aud, pos: _pos, ...envelope } = record
  return envelope
}
