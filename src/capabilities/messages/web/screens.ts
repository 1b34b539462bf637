/** The screens of messages: the inbox, with what other capabilities bring to it (composed in src/web.tsx); its parts of Today and of a student's page. */
import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { Inbox } from 'lucide-react'
import { createElement, type ComponentType, type ReactNode } from 'react'
import type { ScreenRoute, WebCapability } from '../../../platform/web/router/screen.ts'
import { InboxPartContext, type InboxPartProps, type InboxTopProps } from './part.ts'

/** What another capability brings to the inbox, above the records that were not taken. */
export interface InboxPart {
  readonly load: () => Promise<{ readonly default: ComponentType<InboxPartProps> }>
}

/** What stands above it: it draws itself and then what is below, and says whether there was something. */
export interface InboxTop {
  readonly load: () => Promise<{ readonly default: ComponentType<InboxTopProps> }>
}

const kindNames: Readonly<Record<string, MessageDescriptor>> = {
  'messages.note': msg`Message to the team`,
  'messages.reply': msg`Answer to a message`,
  'messages.read': msg`Message read`,
}

/** Messages on Today until they are read, and those about a student on the student's page (composed in src/web.tsx). */
export const messagesToday = { load: () => import('./MessagesToday.tsx') }
export const studentMessages = { load: () => import('./StudentMessages.tsx') }

/** `tops`: one above the other. */
export function messagesWith(tops: readonly InboxTop[], part: InboxPart): WebCapability {
  const inbox: ScreenRoute = {
    path: '/inbox',
    title: msg`Inbox`,
    icon: Inbox,
    place: 'tab',
    order: 35,
    // who decides about students' instruction or health, and who leads them (domain B.3)
    roles: ['case_manager', 'slp', 'ot', 'pt', 'bcba', 'gt_teacher', 'nurse', 'coordinator', 'administrator'],
    async load() {
      const [{ default: Inbox }, { default: Part }, ...above] = await Promise.all([
        import('./InboxScreen.tsx'),
        part.load(),
        ...tops.map((top) => top.load()),
      ])
      const value = ({ seen, empty }: InboxPartProps) => {
        const key = String(seen)
        const bottom = (some: boolean): ReactNode =>
          createElement(Part, { key, seen, empty: some ? null : empty })
        const whole = above.reduceRight(
          (below, { default: Top }) =>
            (before: boolean): ReactNode =>
              createElement(Top, { seen, below: (some) => below(some || before) }),
          bottom,
        )
        return whole(false)
      }
      return { default: () => createElement(InboxPartContext, { value }, createElement(Inbox)) }
    },
  }
  return { screens: [inbox], kindNames }
}
