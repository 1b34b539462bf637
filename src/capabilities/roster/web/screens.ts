/** The screens of the roster: bringing one in, and who works with a student. Both ask the server. */
import { msg } from '@lingui/core/macro'
import { FileUp, UsersRound } from 'lucide-react'
import type { ScreenRoute } from '../../../platform/web/router/screen.ts'

const LEADS = ['coordinator', 'administrator']
/** Who keeps the records of a school: its office sets the rights of guardians. */
const KEEPERS = [...LEADS, 'office']

const team = {
  title: msg`Teams`,
  roles: KEEPERS,
} as const

export const screens: readonly ScreenRoute[] = [
  {
    ...team,
    path: '/team',
    icon: UsersRound,
    place: 'side',
    order: 50,
    group: 'students',
    load: () => import('./Teams.tsx'),
  },
  { ...team, path: '/team/$student', place: 'none', load: () => import('./TeamPage.tsx') },
  {
    path: '/imports',
    title: msg`Import a roster`,
    icon: FileUp,
    place: 'side',
    order: 60,
    group: 'school',
    roles: LEADS,
    load: () => import('./Imports.tsx'),
  },
]

/** Scores of assessments on a student's page (composed in src/web.tsx). */
export const studentScores = { load: () => import('./Scores.tsx') }

export const kindNames = {}
