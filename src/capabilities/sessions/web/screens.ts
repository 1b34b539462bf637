/** The screens of sessions, and what its records are called in lists. */
import { msg } from '@lingui/core/macro'
import type { MessageDescriptor } from '@lingui/core'
import { Grid2x2 } from 'lucide-react'
import { createElement } from 'react'
import type { ScreenRoute, WebCapability } from '../../../platform/web/router/screen.ts'
import { LogPadsContext, logPadsOf, type LogPadLoaders } from './log-pads.ts'

/** Everyone who may record a session (domain B.3). */
const RECORDERS = [
  'para',
  'substitute',
  'case_manager',
  'gened_teacher',
  'slp',
  'ot',
  'pt',
  'bcba',
  'gt_teacher',
]

/** One goal on the pad, for whoever shows it before it is published (composed in src/web.tsx). */
export const padCard = { load: () => import('./GoalCard.tsx') }

/** Sessions whose times are to be stood for, on Today. */
export const timesCheck = { load: () => import('./TimesCheck.tsx') }

const kindNames: Readonly<Record<string, MessageDescriptor>> = {
  'sessions.program': msg`Program version`,
  'sessions.phase': msg`Phase`,
  'sessions.start': msg`Start of a session`,
  'sessions.trial': msg`Trial`,
  'sessions.step': msg`Step`,
  'sessions.occurrence': msg`Count`,
  'sessions.draft': msg`Draft of a program`,
  'sessions.mark': msg`Mark`,
  'sessions.moment': msg`Moment`,
  'sessions.tally': msg`Count from elsewhere`,
  'sessions.photo': msg`Photo of work`,
  'sessions.pause': msg`Pause`,
  'sessions.resume': msg`Go on`,
  'sessions.end': msg`End of a session`,
  'sessions.second': msg`Second observation`,
  'sessions.times': msg`Times confirmed`,
  'sessions.void': msg`Withdrawn`,
}

/** The capability, with the pads that others bring for what is logged without a session. */
export function sessionsWith(loaders: LogPadLoaders): WebCapability {
  const logs = logPadsOf(loaders)
  const pad = {
    title: msg`Pad`,
    roles: RECORDERS,
    focus: true,
    async load() {
      const { default: Pad } = await import('./Pad.tsx')
      return { default: () => createElement(LogPadsContext, { value: logs }, createElement(Pad)) }
    },
  }
  const screens: readonly ScreenRoute[] = [
    { ...pad, path: '/pad', icon: Grid2x2, place: 'tab', order: 20 },
    { ...pad, path: '/pad/$block', place: 'none' },
  ]
  return { screens, kindNames }
}
