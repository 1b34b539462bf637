/**
 * The screens of students. A student's page is made of sections: its own safety card, and what other capabilities
 * add, as src/web.tsx composes them. So no capability reaches into another one's screens.
 */
import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { UserPlus, Users } from 'lucide-react'
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

const SUBSTITUTE = ['substitute']

const kindNames: Readonly<Record<string, MessageDescriptor>> = {
  'students.safety': msg`Safety card`,
  'students.consent': msg`What the family agreed to`,
  'students.profile': msg`About the student`,
  'students.health': msg`Health card`,
  'students.glance': msg`Supports and behavior`,
  'students.ack': msg`Plan read`,
  'students.brief': msg`Brief`,
  'students.handback': msg`Hand-back note`,
  'students.question': msg`Question about the plan`,
  'students.answer': msg`Answer about the plan`,
}

/** What Today shows of students: plans to read, notes handed back, a brief to do (composed in src/web.tsx). */
export const studentsToday = { load: () => import('./TodayPart.tsx') }

/** Questions about plans: what waits in the inbox of who manages them, and the line on Today (composed in src/web.tsx). */
export const questions = { load: () => import('./QuestionsPanel.tsx') }
export const questionsWait = { load: () => import('./QuestionsWait.tsx') }

/**
 * The capability, with the sections of its student page in the order in which they stand, and `call`: whom to call for
 * what one is not trained for, on the page and in the brief.
 */
export function studentsWith(sections: readonly StudentSection[], call: StudentSection): WebCapability {
  const screens: readonly ScreenRoute[] = [
    {
      path: '/students',
      title: msg`Students`,
      icon: Users,
      place: 'tab',
      order: 30,
      group: 'students',
      roles: ROLES,
      load: () => import('./Students.tsx'),
    },
    {
      path: '/students/$student',
      title: msg`Student`,
      place: 'none',
      roles: ROLES,
      async load() {
        const [{ Student }, { default: Call }, ...parts] = await Promise.all([
          import('./Student.tsx'),
          call.load(),
          ...sections.map((section) => section.load()),
        ])
        const made = parts.map((part) => part.default)
        return { default: () => <Student sections={made} call={Call} /> }
      },
    },
    {
      path: '/students/$student/publish',
      title: msg`Publish`,
      place: 'none',
      roles: ROLES,
      load: () => import('./Publish.tsx'),
    },
    {
      path: '/substitutes',
      title: msg`Substitutes`,
      icon: UserPlus,
      place: 'side',
      order: 60,
      group: 'school',
      roles: ['coordinator', 'administrator'],
      load: () => import('./Invite.tsx'),
    },
    {
      path: '/brief',
      title: msg`Brief`,
      place: 'none',
      roles: SUBSTITUTE,
      focus: true,
      async load() {
        const [{ Brief }, { default: Call }] = await Promise.all([import('./Brief.tsx'), call.load()])
        return { default: () => <Brief call={Call} /> }
      },
    },
    {
      path: '/handback',
      title: msg`Hand-back note`,
      place: 'none',
      roles: SUBSTITUTE,
      focus: true,
      load: () => import('./Handback.tsx'),
    },
  ]
  return { screens, kindNames }
}
