/** The screens of progress, and what its records are called in lists. */
import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { ChartLine, Target } from 'lucide-react'
import { createElement } from 'react'
import type { ScreenRoute, WebCapability } from '../../../platform/web/router/screen.ts'
import { LogPanelsContext, logPanelsOf, type LogPanelLoaders } from './log-panels.ts'
import { OWNERS } from './owners.ts'

/** Who reads goals of a whole school, and holds none of its students on a device. */
const WIDE = ['coordinator', 'administrator']

const caseload = {
  title: msg`Caseload`,
  roles: OWNERS,
  load: () => import('./Caseload.tsx'),
} as const
const all = {
  title: msg`All goals`,
  roles: WIDE,
  load: () => import('./AllGoals.tsx'),
} as const

const screens: readonly ScreenRoute[] = [
  { ...caseload, path: '/caseload', icon: ChartLine, place: 'tab', order: 10, group: 'students' },
  { ...caseload, path: '/caseload/$program', place: 'none' },
  { ...all, path: '/all-goals', icon: Target, place: 'tab', order: 15, group: 'students' },
  { ...all, path: '/all-goals/$program', place: 'none' },
  {
    path: '/goals/$program',
    title: msg`Goal`,
    place: 'none',
    load: () => import('./Goal.tsx'),
  },
]

/** The goals of a student, for the student's page (composed in src/web.tsx). */
export const studentGoals = { load: () => import('./StudentGoals.tsx') }

/** On Today: who could run what waits for another person, for the owner, and in the row of who could. */
export const nextPerson = { load: () => import('./NextPerson.tsx') }
export const nextRun = { load: () => import('./NextRun.tsx') }

const kindNames: Readonly<Record<string, MessageDescriptor>> = {
  'progress.aim': msg`Aim line`,
  'progress.imported_point': msg`Imported point`,
  'progress.decision': msg`Decision about a goal`,
  'progress.void': msg`Decision taken back`,
  'progress.file': msg`Graph saved as a file`,
  'progress.fidelity': msg`Check of how a program is run`,
}

/** The capability, with the panels that others bring for goals that are recorded as a log. */
export function progressWith(loaders: LogPanelLoaders): WebCapability {
  const panels = logPanelsOf(loaders)
  const withPanels = (screen: ScreenRoute): ScreenRoute => ({
    ...screen,
    async load() {
      const { default: Screen } = await screen.load()
      return { default: () => createElement(LogPanelsContext, { value: panels }, createElement(Screen)) }
    },
  })
  return { screens: screens.map(withPanels), kindNames }
}
