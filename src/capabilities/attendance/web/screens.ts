/** The screens of attendance, its part of Today, and what its records are called in lists. */
import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { ClipboardCheck } from 'lucide-react'
import type { ScreenRoute } from '../../../platform/web/router/screen.ts'
import { RECORDERS } from './recorders.ts'

/** Who is here in the block that runs, for Today (composed in src/web.tsx). */
export const rollCard = { load: () => import('./RollCard.tsx') }

export const screens: readonly ScreenRoute[] = [
  {
    path: '/roll/$block',
    title: msg`Who is here`,
    place: 'none',
    roles: RECORDERS,
    load: () => import('./RollScreen.tsx'),
  },
  {
    path: '/attendance',
    title: msg`Attendance`,
    icon: ClipboardCheck,
    place: 'tab',
    order: 40,
    roles: ['office', 'coordinator', 'administrator'],
    load: () => import('./Official.tsx'),
  },
]

export const kindNames: Readonly<Record<string, MessageDescriptor>> = {
  'attendance.presence': msg`Presence`,
  'attendance.participation': msg`Taking part`,
  'attendance.sample': msg`Look at being on task`,
  'attendance.void': msg`Attendance taken back`,
}
