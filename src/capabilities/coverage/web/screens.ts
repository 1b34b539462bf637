/** The screens of cover, and its parts of Today (composed in src/web.tsx). */
import { msg } from '@lingui/core/macro'
import type { MessageDescriptor } from '@lingui/core'
import { UserRoundCheck } from 'lucide-react'
import type { ScreenRoute } from '../../../platform/web/router/screen.ts'

/** What a plan of cover changes for oneself. */
export const changedCard = { load: () => import('./Changed.tsx') }
/** "I can't come", and breaks that were missed. */
export const ownDay = { load: () => import('./OwnDay.tsx') }

export const screens: readonly ScreenRoute[] = [
  {
    path: '/coverage',
    title: msg`Coverage`,
    icon: UserRoundCheck,
    place: 'tab',
    order: 12,
    // who leads the adults of a school
    roles: ['coordinator', 'administrator'],
    load: () => import('./CoverScreen.tsx'),
  },
]

export const kindNames: Readonly<Record<string, MessageDescriptor>> = {}
