/**
 * Views of personal care (domain C18, C19; tier T4), pure: one log of visits to the toilet or of meals. What a day of
 * them comes to is in days.ts.
 */
import { logView, type LogEntry, type LogState } from '../sessions/log.ts'
import type { Exact } from '../sessions/state.ts'
import { FeedingBody, ToiletingBody } from './records.ts'

export type Visit = LogEntry & { readonly noun: 'toileting' } & Exact<ToiletingBody>
export type Meal = LogEntry & { readonly noun: 'feeding' } & Exact<FeedingBody>
export type CareLog = LogState<Visit | Meal>

export const careView = logView<Visit | Meal>(
  'care.log',
  { 'care.toileting': ToiletingBody, 'care.feeding': FeedingBody },
  { watches: 'care.watch', voids: 'care.void' },
)
