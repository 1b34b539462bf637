/**
 * The screens of the program builder. What a program looks like on the pad is the pad's own card, handed in by
 * src/web.tsx, so that the preview cannot differ from what the para will see.
 */
import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { DraftingCompass } from 'lucide-react'
import type { ScreenRoute, WebCapability } from '../../../platform/web/router/screen.ts'
import { OWNERS } from '../owners.ts'
import type { PadCard } from './Preview.tsx'

const programs = { title: msg`Programs`, roles: OWNERS } as const

const kindNames: Readonly<Record<string, MessageDescriptor>> = { 'sessions.draft': msg`Draft of a program` }

/** The capability, with the pad's card for its preview. */
export function programsWith(pad: {
  readonly load: () => Promise<{ readonly GoalCard: PadCard }>
}): WebCapability {
  const screens: readonly ScreenRoute[] = [
    {
      ...programs,
      path: '/programs',
      icon: DraftingCompass,
      place: 'side',
      order: 40,
      group: 'students',
      load: () => import('./Programs.tsx'),
    },
    { ...programs, path: '/programs/new/$student', place: 'none', load: () => import('./NewProgram.tsx') },
    {
      ...programs,
      path: '/programs/$program',
      place: 'none',
      async load() {
        const [{ ProgramPage }, { GoalCard }] = await Promise.all([import('./ProgramPage.tsx'), pad.load()])
        return { default: () => <ProgramPage card={GoalCard} /> }
      },
    },
  ]
  return { screens, kindNames }
}
