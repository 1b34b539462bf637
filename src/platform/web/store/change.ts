/**
 * What the store holds and what an act on it changes, as data: made by store.ts, applied by cache.ts, told from tab to
 * tab.
 */
import type { Json } from '../../core/canonical.ts'
import type { StoredRecord } from '../../records/envelope.ts'
import type { SeqRange, Summary } from '../../records/wire.ts'
import type { HeldRow, OutboxRow, OwnRow, Problem, RecordRow } from './port.ts'

/** Rows as a tab has them in memory: what is sealed at rest is open here (sealing.ts goes between the two). */
export interface OutboxItem extends Omit<OutboxRow, 'tag' | 'data' | 'sealed' | 'problem' | 'said'> {
  readonly data: StoredRecord
  /** Why it needs you. */
  readonly problem: Problem | null
}
export interface OwnItem extends Omit<OwnRow, 'tag' | 'data' | 'sealed'> {
  readonly data: StoredRecord
}
export interface RecordItem extends Omit<RecordRow, 'tag' | 'data'> {
  readonly data: StoredRecord
}
export interface SummaryItem {
  readonly key: string
  readonly data: Summary
}
export interface DisputeItem {
  readonly key: string
  readonly aud: number
  readonly data: StoredRecord
}
export interface ValueItem {
  readonly name: string
  readonly data: Json
}

/** The last seq and ord that this device gave out. */
export interface Counter {
  readonly seq: number
  readonly ord: number
}

/** Where this device stands in the feed. */
export interface Line {
  /** +1 whenever everything synced was dropped, so that an answer to an older question is not applied. */
  readonly generation: number
  /** Epoch of the server last spoken to; outlives a log-out, so that a restored server is noticed then too. */
  readonly epoch: string | null
  /** Opaque cursor; null = from nothing. */
  readonly next: string | null
  /** Feed position of the cursor. */
  readonly pos: number
  /** True between sign-out and the next opening: nothing is asked of the server. */
  readonly signedOut: boolean
}

export interface Settings {
  /** Flight mode: every network call fails. */
  readonly flight: boolean
  /** What the district's clock is ahead of the machine's, ms (demo districts; 0 elsewhere). */
  readonly offset: number
  /** District wall clock (ms) of the last complete pull; null = never. */
  readonly lastSynced: number | null
}

/** Records that were made and are neither with the team nor here any more (F8). Numbers only. */
export interface Losses {
  /** Of this device, by the server's count. */
  readonly here: readonly SeqRange[]
  /** Of a device of this person that stood in this browser before. */
  readonly before: {
    readonly device: string
    readonly label: string
    readonly records: number
    /** When the server last heard of it, ms. */
    readonly seen: number
  } | null
  /** What its person has taken note of: numbers of this device, and ids of devices. */
  readonly noted: { readonly here: readonly SeqRange[]; readonly devices: readonly string[] }
}

export interface Contents {
  readonly rev: number
  readonly counter: Counter
  readonly line: Line
  readonly settings: Settings
  readonly losses: Losses
  readonly outbox: readonly OutboxItem[]
  /** Own acknowledged records that the feed has not brought back yet. */
  readonly own: readonly OwnItem[]
  readonly records: readonly RecordItem[]
  readonly summaries: readonly SummaryItem[]
  readonly disputes: readonly DisputeItem[]
  readonly held: readonly HeldRow[]
  readonly values: readonly ValueItem[]
}

/**
 * What one act changed. Removals come before additions: `reset`, then `dropped` and `gone`, then all the rows.
 * `rev` counts the acts, so that a tab notices when it missed one.
 */
export interface Change {
  readonly rev: number
  readonly counter?: Counter
  readonly line?: Line
  readonly settings?: Settings
  readonly losses?: Losses
  /** All synced records, summaries, disputes, grants. */
  readonly reset?: true
  /** Auds whose rows went. */
  readonly dropped?: readonly number[]
  /** Ids that left the outbox or the own records. */
  readonly gone?: { readonly outbox?: readonly string[]; readonly own?: readonly string[] }
  readonly outbox?: readonly OutboxItem[]
  readonly own?: readonly OwnItem[]
  readonly records?: readonly RecordItem[]
  readonly summaries?: readonly SummaryItem[]
  readonly disputes?: readonly DisputeItem[]
  readonly held?: readonly HeldRow[]
  readonly values?: readonly ValueItem[]
  /** Names of documents that went. */
  readonly forgotten?: readonly string[]
}
