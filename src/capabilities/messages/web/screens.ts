/** The screens of messages: for now the inbox of records that the server did not take. */
import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { Inbox } from 'lucide-react'
import type { ScreenRoute } from '../../../platform/web/router/screen.ts'

export const screens: readonly ScreenRoute[] = [
  {
    path: '/inbox',
    title: msg`Inbox`,
    icon: Inbox,
    place: 'tab',
    order: 35,
    // who decides about students' instruction, and who leads them (domain B.3)
    roles: ['case_manager', 'slp', 'ot', 'pt', 'bcba', 'gt_teacher', 'coordinator', 'administrator'],
    load: () => import('./InboxScreen.tsx'),
  },
]

export const kindNames: Readonly<Record<string, MessageDescriptor>> = {}
