/** What behavior brings to the web app: pads for its logs, and what its records are called in lists. */
import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { ScreenRoute } from '../../../platform/web/router/screen.ts'

export const screens: readonly ScreenRoute[] = []

export const kindNames: Readonly<Record<string, MessageDescriptor>> = {
  'behavior.abc': msg`ABC record`,
  'behavior.cell': msg`Stretch of a day`,
  'behavior.watch': msg`Second observation`,
  'behavior.void': msg`Withdrawn`,
}

/** For the page of a goal that is recorded as a log (composed in src/web.tsx). */
export const panels = {
  abc: () => import('./AbcPanel.tsx'),
  scatterplot: () => import('./GridPanel.tsx'),
} as const

export const pads = {
  abc: () => import('./AbcPad.tsx'),
  scatterplot: () => import('./ScatterPad.tsx'),
} as const
