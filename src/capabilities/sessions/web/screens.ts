/** The screens of sessions, and what its records are called in lists. */
import { msg } from '@lingui/core/macro'
import type { MessageDescriptor } from '@lingui/core'
import { Grid2x2 } from 'lucide-react'
import { createElement, type ComponentType } from 'react'
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

/** What somebody is asked to observe, for Today (composed in src/web.tsx). */
export const observeToday = { load: () => import('./ObserveToday.tsx') }

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
  'sessions.observation': msg`Planned observation`,
  'sessions.second': msg`Second observation`,
  'sessions.times': msg`Times confirmed`,
  'sessions.void': msg`Withdrawn`,
}

/** The capability, with the pads that others bring for what is logged without a session. */
export function sessionsWith(loaders: LogPadLoaders): WebCapability {
  const logs = logPadsOf(loaders)
  const withLogs = (load: () => Promise<{ readonly default: ComponentType }>) => async () => {
    const { default: Screen } = await load()
    return { default: () => createElement(LogPadsContext, { value: logs }, createElement(Screen)) }
  }
  const pad = {
    title: msg`Pad`,
    roles: RECORDERS,
    focus: true,
    load: withLogs(() => import('./Pad.tsx')),
  }
  const screens: readonly ScreenRoute[] = [
    { ...pad, path: '/pad', icon: Grid2x2, place: 'tab', order: 20 },
    { ...pad, path: '/pad/$block', place: 'none' },
    {
      ...pad,
      path: '/observe/$program',
      title: msg`Observe`,
      place: 'none',
      load: withLogs(() => import('./Observe.tsx')),
    },
  ]
  return { screens, kindNames }
}
