/** The screens that belong to the platform itself. */
import { msg } from '@lingui/core/macro'
import { Ellipsis } from 'lucide-react'
import type { ScreenRoute } from '../router/screen.ts'

export const platformScreens: readonly ScreenRoute[] = [
  {
    path: '/more',
    title: msg`More`,
    icon: Ellipsis,
    place: 'tab',
    order: 1000,
    group: 'last',
    load: () => import('./More.tsx'),
  },
  {
    path: '/unsent',
    title: msg`Not yet with the team`,
    place: 'none',
    load: () => import('./Unsent.tsx'),
  },
  {
    path: '/devices',
    title: msg`Your devices`,
    place: 'none',
    load: () => import('./Devices.tsx'),
  },
  {
    path: '/sign-in',
    title: msg`Sign in`,
    place: 'none',
    load: () => import('../auth/SignInAgain.tsx'),
  },
  {
    path: '/join',
    title: msg`Invitation`,
    place: 'none',
    load: () => import('../auth/JoinElsewhere.tsx'),
  },
]
