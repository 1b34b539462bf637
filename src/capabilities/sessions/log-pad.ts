/** What the pad hands to whoever records a log: another capability's part, put in by src/web.tsx. */
import type { Day } from '../../platform/core/days.ts'
import type { Uuid } from '../../platform/core/ids.ts'
import type { Program } from './program.ts'

export interface LogPadProps {
  readonly program: Program
  readonly initials: string
  /** Where the block is, for records that keep it. */
  readonly setting: string
  readonly day: Day
  /** The log of a second observer, in the place of the day's own. */
  readonly log?: Uuid
  /** Asked from under another pad: its entry is open at once, and nothing else of it is shown. Called when it is over. */
  readonly onDone?: () => void
}
