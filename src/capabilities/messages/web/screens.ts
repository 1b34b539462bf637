/** The screens of messages: the inbox, with what other capabilities bring to it (composed in src/web.tsx). */
import { msg } from '@lingui/core/macro'
import { Inbox } from 'lucide-react'
import { createElement, type ComponentType } from 'react'
import type { ScreenRoute, WebCapability } from '../../../platform/web/router/screen.ts'
import { InboxPartContext, type InboxPartProps } from './part.ts'

/** What another capability brings to the inbox, above the records that were not taken. */
export interface InboxPart {
  readonly load: () => Promise<{ readonly default: ComponentType<InboxPartProps> }>
}

export function messagesWith(part: InboxPart): WebCapability {
  const inbox: ScreenRoute = {
    path: '/inbox',
    title: msg`Inbox`,
    icon: Inbox,
    place: 'tab',
    order: 35,
    // who decides about students' instruction or health, and who leads them (domain B.3)
    roles: ['case_manager', 'slp', 'ot', 'pt', 'bcba', 'gt_teacher', 'nurse', 'coordinator', 'administrator'],
    async load() {
      const [{ default: Inbox }, { default: Part }] = await Promise.all([
        import('./InboxScreen.tsx'),
        part.load(),
      ])
      const value = (props: InboxPartProps) => createElement(Part, { key: String(props.seen), ...props })
      return { default: () => createElement(InboxPartContext, { value }, createElement(Inbox)) }
    },
  }
  return { screens: [inbox], kindNames: {} }
}
