/** What care brings to the web app: pads for its logs, and what its records are called in lists. */
import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { ScreenRoute } from '../../../platform/web/router/screen.ts'

export const screens: readonly ScreenRoute[] = []

export const kindNames: Readonly<Record<string, MessageDescriptor>> = {
  // a list of records may be seen by others: it says that there is one, and no more
  'care.toileting': msg`Care log`,
  'care.feeding': msg`Care log`,
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
