/**
 * What the store holds and what an act on it changes, as data: made by store.ts, applied by cache.ts, told from tab to
 * tab.
 */
import type { DisputeRow, HeldRow, OutboxRow, OwnRow, RecordRow, SummaryRow, ValueRow } from './port.ts'

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

export interface Contents {
  readonly rev: number
  readonly device: string
  readonly counter: Counter
  readonly line: Line
  readonly settings: Settings
  readonly outbox: readonly OutboxRow[]
  /** Own acknowledged records that the feed has not brought back yet. */
  readonly own: readonly OwnRow[]
  readonly records: readonly RecordRow[]
  readonly summaries: readonly SummaryRow[]
  readonly disputes: readonly DisputeRow[]
  readonly held: readonly HeldRow[]
  readonly values: readonly ValueRow[]
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
  /** All synced records, summaries, disputes, grants. */
  readonly reset?: true
  /** Auds whose rows went. */
  readonly dropped?: readonly number[]
  /** Ids that left the outbox or the own records. */
  readonly gone?: { readonly outbox?: readonly string[]; readonly own?: readonly string[] }
  readonly outbox?: readonly OutboxRow[]
  readonly own?: readonly OwnRow[]
  readonly records?: readonly RecordRow[]
  readonly summaries?: readonly SummaryRow[]
  readonly disputes?: readonly DisputeRow[]
  readonly held?: readonly HeldRow[]
  readonly values?: readonly ValueRow[]
  /** Names of documents that went. */
  readonly forgotten?: readonly string[]
}
