/**
 * The screens of students. A student's page is made of sections: its own safety card, and what other capabilities
 * add, as src/web.tsx composes them. So no capability reaches into another one's screens.
 */
import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { Users } from 'lucide-react'
import type { ComponentType } from 'react'
import type { ScreenRoute, WebCapability } from '../../../platform/web/router/screen.ts'

/** A part of a student's page. It is given the student's id and shows nothing where it has nothing to show. */
export interface StudentSection {
  readonly load: () => Promise<{ readonly default: ComponentType<{ student: string }> }>
}

/** Everyone with students of their own (domain B.3). */
const ROLES = [
  'para',
  'substitute',
  'case_manager',
  'gened_teacher',
  'ot',
  'pt',
  'slp',
  'bcba',
  'counselor',
  'nurse',
  'gt_teacher',
  'bus',
]

const kindNames: Readonly<Record<string, MessageDescriptor>> = { 'students.safety': msg`Safety card` }

/** The capability, with the sections of its student page in the order in which they stand. */
export function studentsWith(sections: readonly StudentSection[]): WebCapability {
  const screens: readonly ScreenRoute[] = [
    {
      path: '/students',
      title: msg`Students`,
      icon: Users,
      place: 'tab',
      order: 30,
      roles: ROLES,
      load: () => import('./Students.tsx'),
    },
    {
      path: '/students/$student',
      title: msg`Student`,
      icon: Users,
      place: 'none',
      roles: ROLES,
      async load() {
        const [{ Student }, ...parts] = await Promise.all([
          import('./Student.tsx'),
          ...sections.map((section) => section.load()),
        ])
        const made = parts.map((part) => part.default)
        return { default: () => <Student sections={made} /> }
      },
    },
  ]
  return { screens, kindNames }
}
