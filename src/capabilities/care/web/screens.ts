/** What care brings to the web app: pads for its logs, what it asks the nurse to look at, and what its records are called. */
import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { ScreenRoute } from '../../../platform/web/router/screen.ts'

export const screens: readonly ScreenRoute[] = []

export const kindNames: Readonly<Record<string, MessageDescriptor>> = {
  // a list of records may be seen by others: it says that there is one, and no more
  'care.toileting': msg`Personal routine`,
  'care.feeding': msg`Personal routine`,
  'care.watch': msg`Personal routine`,
  'care.void': msg`Withdrawn`,
}

/** For the page of a goal that is recorded as a log (composed in src/web.tsx). */
export const panels = {
  toileting: () => import('./VisitPanel.tsx'),
  feeding: () => import('./MealPanel.tsx'),
} as const

export const pads = {
  toileting: () => import('./VisitPad.tsx'),
  feeding: () => import('./MealPad.tsx'),
} as const

/** What was marked for the nurse: in the inbox, and a line on Today that something waits there. */
export const concerns = { load: () => import('./ConcernsPanel.tsx') }
export const concernsWait = { load: () => import('./ConcernsWait.tsx') }
