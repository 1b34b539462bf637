/** The screens that belong to the platform itself. */
import { msg } from '@lingui/core/macro'
import { CloudUpload, DoorOpen, Ellipsis, LogIn, TabletSmartphone } from 'lucide-react'
import type { ScreenRoute } from '../router/screen.ts'

export const platformScreens: readonly ScreenRoute[] = [
  {
    path: '/more',
    title: msg`More`,
    icon: Ellipsis,
    place: 'tab',
    order: 1000,
    load: () => import('./More.tsx'),
  },
  {
    path: '/unsent',
    title: msg`Not yet with the team`,
    icon: CloudUpload,
    place: 'none',
    load: () => import('./Unsent.tsx'),
  },
  {
    path: '/devices',
    title: msg`Your devices`,
    icon: TabletSmartphone,
    place: 'none',
    load: () => import('./Devices.tsx'),
  },
  {
    path: '/sign-in',
    title: msg`Sign in`,
    icon: LogIn,
    place: 'none',
    load: () => import('../auth/SignInAgain.tsx'),
  },
  {
    path: '/join',
    title: msg`Invitation`,
    icon: DoorOpen,
    place: 'none',
    load: () => import('../auth/JoinElsewhere.tsx'),
  },
]
