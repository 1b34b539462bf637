/**
 * The storage port: a handful of tables and transactions over them, with one implementation on IndexedDB
 * (dexie.ts) and one in memory (memory.ts, for tests in Node). store.ts calls it, and what needs no more than columns:
 * the vault's keys and the courier. One contract suite (port.contract.ts) runs against both.
 *
 * Every row is columns plus `data`. A transaction decides by columns alone and moves `data` from table to table
 * unread: what is inside was sealed before the transaction opened and is opened after it closed, since awaiting a
 * cipher inside an IndexedDB transaction would end it. Columns hold ids, positions, numbers and states: no name, no
 * note, nothing that could be guessed and then confirmed.
 */
import type { Json } from '../../core/canonical.ts'
import type { SealedRecord } from '../../records/sealed.ts'
import type { Grant } from '../../records/wire.ts'

/** Sealed with the data key of the person (vault/cipher.ts). */
export type Bytes = Uint8Array<ArrayBuffer>

/** Small single values: device id, counters, the feed's line, settings. Nothing about students. */
export interface MetaRow {
  readonly name: string
  readonly data: Json
}

/** A record that the server has not acknowledged. Leaves this table only by an acknowledgement (G1). */
export interface OutboxRow {
  readonly id: string
  readonly seq: number
  /** Scope, its id and tier: which grant shows or hides it. */
  readonly scope: string
  readonly state: 'waiting' | 'needs_you'
  /** 1 = its scope was taken from this person: still sent, no longer shown in views. */
  readonly hidden: 0 | 1
  /** 1 = offered again, because it was acknowledged and did not come back with the feed. */
  readonly again: 0 | 1
  /** The record's digest under a key: equal for equal bytes, and to a stranger a random number. */
  readonly tag: string
  readonly data: Bytes
  /** For whoever signs in here next to carry; null only while the part of the program that seals could not be had. */
  readonly sealed: SealedRecord | null
  /** Code of why it needs you. */
  readonly problem: string | null
  /** Field and words that came with the code, sealed. */
  readonly said: Bytes | null
}

/** Why a record needs its person. */
export interface Problem {
  readonly code: string
  readonly field: string | null
  readonly message: string | null
}

/** The device's own acknowledged record, kept until a backup of the server covers it (G6). */
export interface OwnRow {
  readonly id: string
  readonly seq: number
  readonly scope: string
  readonly hidden: 0 | 1
  readonly again: 0 | 1
  /** 1 while it is shown from here: acknowledged, not hidden, not yet come back with the feed. */
  readonly shown: 0 | 1
  readonly tag: string
  /** Server wall clock, ms. */
  readonly received: number
  /** Null until the feed told its position. */
  readonly pos: number | null
  readonly data: Bytes
  readonly sealed: SealedRecord | null
}

/** A record delivered by the feed. */
export interface RecordRow {
  readonly id: string
  readonly aud: number
  readonly pos: number
  /** Full partition key; null when this build does not know the kind. */
  readonly partition: string | null
  readonly tag: string
  readonly data: Bytes
}

/** The state of an older partition that came instead of its records. */
export interface SummaryRow {
  readonly key: string
  readonly aud: number
  readonly partition: string
  readonly data: Bytes
}

/** What the team's copy and ours, or its own digest, disagree about: shown, never merged (G3). */
export interface DisputeRow {
  /** id/tag as delivered. */
  readonly key: string
  /** Of the record. */
  readonly id: string
  readonly aud: number
  readonly data: Bytes
}

/** One row of a backfill that is not complete yet. */
export type StagedRow = { readonly key: string; readonly aud: number } & (
  | { readonly to: 'records'; readonly row: RecordRow }
  | { readonly to: 'summaries'; readonly row: SummaryRow }
  | { readonly to: 'disputes'; readonly row: DisputeRow }
)

/** A grant whose data is on the device whole. */
export interface HeldRow extends Grant {
  readonly scopeKey: string
  /** Device wall clock (ms) at which it ends by itself; null = open. */
  readonly deadline: number | null
  /** Server clock (ms) when it was backfilled. */
  readonly filled: number
  /** To be backfilled again: something arrived for a partition that is here as a summary only. */
  readonly stale: boolean
}

/** A document of the caller's, such as `me`. */
export interface ValueRow {
  readonly name: string
  readonly data: Bytes
}

/**
 * A data key. `wrapped` opens with the secret that the server gives to a signed-in session, and outlives a log-out;
 * `live` is the key in use, which never leaves the browser's keeping, and null while nobody is signed in.
 */
export interface DataKeyRow {
  readonly name: `data/${number}`
  /** Stands in the bytes it sealed. */
  readonly number: number
  readonly wrapped: Bytes
  readonly live: DataKey | null
}
export interface DataKey {
  /** AES-256-GCM. */
  readonly cipher: CryptoKey
  /** HMAC-SHA-256. */
  readonly mac: CryptoKey
}

/** From a sign-in to its end: who signs here, to whom is sealed, and until when without a word of the server. */
export interface SittingRow {
  readonly name: 'sitting'
  readonly signer: string
  /** ECDSA P-256, private, not extractable. */
  readonly key: CryptoKey
  /** The district's public key, base64url, and its id. */
  readonly seal: { readonly key: string; readonly publicKey: string }
  /** Machine wall clock, ms. */
  readonly until: number
}
export type KeyRow = DataKeyRow | SittingRow

export interface Tables {
  meta: MetaRow
  outbox: OutboxRow
  own: OwnRow
  records: RecordRow
  summaries: SummaryRow
  disputes: DisputeRow
  staged: StagedRow
  held: HeldRow
  values: ValueRow
  keys: KeyRow
}
export type TableName = keyof Tables
export type Key = string | number

/** Primary key and indexes of each table. A row whose indexed column is null is not in that index. */
export const TABLES = {
  meta: { key: 'name', indexes: [] },
  outbox: { key: 'id', indexes: ['scope', 'state'] },
  own: { key: 'id', indexes: ['scope', 'shown', 'pos', 'received'] },
  records: { key: 'id', indexes: ['aud'] },
  summaries: { key: 'key', indexes: ['aud', 'partition'] },
  disputes: { key: 'key', indexes: ['aud'] },
  staged: { key: 'key', indexes: ['aud'] },
  held: { key: 'aud', indexes: [] },
  values: { key: 'name', indexes: [] },
  keys: { key: 'name', indexes: [] },
} as const satisfies { [N in TableName]: { key: keyof Tables[N]; indexes: readonly (keyof Tables[N])[] } }

export const TABLE_NAMES = Object.keys(TABLES) as TableName[]

export type IndexOf<N extends TableName> = (typeof TABLES)[N]['indexes'][number]

export interface Table<N extends TableName> {
  get(key: Key): Promise<Tables[N] | undefined>
  /** In the order of `keys`; undefined where there is none. */
  getMany(keys: readonly Key[]): Promise<(Tables[N] | undefined)[]>
  all(): Promise<Tables[N][]>
  /** Rows whose column equals one of the values. */
  where(index: IndexOf<N>, values: readonly Key[]): Promise<Tables[N][]>
  /** Rows whose column is at most `value`. */
  upTo(index: IndexOf<N>, value: Key): Promise<Tables[N][]>
  put(rows: readonly Tables[N][]): Promise<void>
  delete(keys: readonly Key[]): Promise<void>
  clear(): Promise<void>
}

export type Transaction = { readonly [N in TableName]: Table<N> }

export interface StoragePort {
  /**
   * Runs `work` in one transaction: all of it or, when `work` throws or the device refuses, nothing. A promise of
   * a `write` resolves only after the commit is durable. Write transactions over one table run one after another,
   * also between tabs. `work` awaits nothing but this transaction. Rejects with a StoreError; what `work` threw is
   * its cause (code `failed`).
   */
  transact<T>(
    mode: 'read' | 'write',
    tables: readonly TableName[],
    work: (tx: Transaction) => Promise<T>,
  ): Promise<T>
  close(): void
}

/** Databases by name, one a person and district. */
export interface Storages {
  /** Names of those that exist. */
  names(): Promise<readonly string[]>
  open(name: string): Promise<StoragePort>
}
