/** The screens of cover, and its parts of Today (composed in src/web.tsx). */
import { msg } from '@lingui/core/macro'
import type { MessageDescriptor } from '@lingui/core'
import { GraduationCap, UserRoundCheck } from 'lucide-react'
import type { ScreenRoute } from '../../../platform/web/router/screen.ts'
import { TRAINERS } from '../trainers.ts'

/** What a plan of cover changes for oneself. */
export const changedCard = { load: () => import('./Changed.tsx') }
/** Trainings of one's own that end soon. */
export const ownTraining = { load: () => import('./OwnTraining.tsx') }
/** "I can't come", and breaks that were missed. */
export const ownDay = { load: () => import('./OwnDay.tsx') }

/** On a student's card: who is trained and here, where oneself is not trained. */
export const callWhom = { load: () => import('./CallWhom.tsx') }

/** Who leads the adults of a school. */
const LEADERS = ['coordinator', 'administrator']

const training = { title: msg`Training`, load: () => import('./Training.tsx') } as const

export const screens: readonly ScreenRoute[] = [
  {
    path: '/coverage',
    title: msg`Coverage`,
    icon: UserRoundCheck,
    place: 'tab',
    order: 12,
    roles: LEADERS,
    load: () => import('./CoverScreen.tsx'),
  },
  {
    path: '/coverage/hours',
    title: msg`Working hours`,
    place: 'none',
    roles: LEADERS,
    load: () => import('./Hours.tsx'),
  },
  { ...training, path: '/coverage/training', place: 'none', roles: LEADERS },
  { ...training, path: '/coverage/training/$student', place: 'none', roles: LEADERS },
  {
    ...training,
    path: '/training',
    icon: GraduationCap,
    place: 'side',
    order: 55,
    group: 'students',
    roles: TRAINERS,
  },
]

export const kindNames: Readonly<Record<string, MessageDescriptor>> = {}
