/**
 * Views of behavior (domain C14, C15; tier T3), pure: one log of entries that stand alone. What the entries of many
 * days come to is in tables.ts, grid.ts and agreement.ts.
 */
import { logView, type LogEntry, type LogState } from '../sessions/log.ts'
import type { Exact } from '../sessions/state.ts'
import { AbcBody, CellBody } from './records.ts'

export type AbcEntry = LogEntry & { readonly noun: 'abc' } & Exact<AbcBody>
export type CellEntry = LogEntry & { readonly noun: 'cell' } & Exact<CellBody>
export type BehaviorLog = LogState<AbcEntry | CellEntry>

export const behaviorView = logView<AbcEntry | CellEntry>(
  'behavior.log',
  { 'behavior.abc': AbcBody, 'behavior.cell': CellBody },
  { watches: 'behavior.watch', voids: 'behavior.void' },
)
