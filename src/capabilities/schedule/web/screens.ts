/** The screens of the schedule, and what the records that they show are called in lists. */
import { msg } from '@lingui/core/macro'
import type { MessageDescriptor } from '@lingui/core'
import { Sun } from 'lucide-react'
import type { ScreenRoute } from '../../../platform/web/router/screen.ts'

export const screens: readonly ScreenRoute[] = [
  {
    path: '/today',
    title: msg`Today`,
    icon: Sun,
    place: 'tab',
    order: 10,
    // everyone whose day is blocks with students
    roles: ['para', 'substitute', 'case_manager', 'gened_teacher', 'slp', 'ot', 'pt', 'bcba', 'gt_teacher'],
    load: () => import('./Today.tsx'),
  },
]

export const kindNames: Readonly<Record<string, MessageDescriptor>> = {}
