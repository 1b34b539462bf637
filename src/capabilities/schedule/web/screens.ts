/**
 * The screens of the schedule. Today is made of its own blocks and of parts that other capabilities bring, as src/web.tsx
 * composes them, so that none reaches into another one's screens.
 */
import { msg } from '@lingui/core/macro'
import { CalendarDays, CalendarSync, Hourglass, Sun } from 'lucide-react'
import { createElement, type ComponentType } from 'react'
import type { Day } from '../../../platform/core/days.ts'
import type { Uuid } from '../../../platform/core/ids.ts'
import type { ScreenRoute, WebCapability } from '../../../platform/web/router/screen.ts'
import type { BoardBlock } from '../model.ts'
import { TodayPartsContext } from './parts.ts'

/** A part of Today. It reads the device or asks the server by itself, and shows nothing where it has nothing to show. */
export interface TodayPart {
  readonly load: () => Promise<{ readonly default: ComponentType }>
}

/** A part beside the block that runs. */
export interface BlockPart {
  readonly load: () => Promise<{ readonly default: ComponentType<{ block: BoardBlock; day: Day }> }>
}

/** Within the row of a goal that is due. */
export interface RunPart {
  readonly load: () => Promise<{ readonly default: ComponentType<{ program: Uuid }> }>
}

/** Where the parts of others stand. */
export interface TodayParts {
  /** Before everything else: plans to read, what keeps children safe (domain H.2). */
  readonly safety?: readonly TodayPart[]
  /** What is different today from the timetable. */
  readonly changed?: readonly TodayPart[]
  readonly block?: readonly BlockPart[]
  /** After what is due. */
  readonly later?: readonly TodayPart[]
  /** Words within the row of a goal that is due. */
  readonly run?: readonly RunPart[]
  /** Small, at the end: what an adult says about their own day. */
  readonly own?: readonly TodayPart[]
}

/** Everyone with students of their own (domain B.3). */
const NEAR = [
  'para',
  'substitute',
  'case_manager',
  'gened_teacher',
  'slp',
  'ot',
  'pt',
  'bcba',
  'gt_teacher',
  'nurse',
  'counselor',
]

/** The capability, with what others bring to Today, in the order in which it stands. */
export function scheduleWith(parts: TodayParts): WebCapability {
  const today = {
    title: msg`Today`,
    icon: Sun,
    place: 'tab',
    async load() {
      const [{ default: Today }, safety, changed, block, later, run, own] = await Promise.all([
        import('./Today.tsx'),
        loaded(parts.safety),
        loaded(parts.changed),
        loaded(parts.block),
        loaded(parts.later),
        loaded(parts.run),
        loaded(parts.own),
      ])
      const value = { safety, changed, block, later, run, own }
      return { default: () => createElement(TodayPartsContext, { value }, createElement(Today)) }
    },
  } as const
  const screens: readonly ScreenRoute[] = [
    { ...today, path: '/today', order: 10, roles: NEAR },
    // the day of whoever works for the whole school
    { ...today, path: '/day', order: 10, roles: ['coordinator', 'administrator', 'office'] },
    {
      path: '/end-of-day',
      title: msg`Before you go`,
      place: 'none',
      roles: NEAR,
      load: () => import('./EndOfDay.tsx'),
    },
    {
      path: '/services',
      title: msg`Services`,
      icon: Hourglass,
      place: 'side',
      order: 45,
      group: 'students',
      // whoever works by a plan reads what it promises; a substitute has today's cards
      roles: [...NEAR.filter((role) => role !== 'substitute'), 'coordinator', 'administrator'],
      load: () => import('./Services.tsx'),
    },
    {
      path: '/calendar',
      title: msg`Calendar`,
      icon: CalendarDays,
      place: 'side',
      order: 42,
      group: 'school',
      roles: ['coordinator', 'administrator'],
      load: () => import('./Calendar.tsx'),
    },
    {
      path: '/calendar-feed',
      title: msg`Calendar feed`,
      icon: CalendarSync,
      place: 'more',
      order: 90,
      load: () => import('./CalendarFeed.tsx'),
    },
  ]
  return { screens, kindNames: {} }
}

async function loaded<Props>(
  parts: readonly { load: () => Promise<{ default: ComponentType<Props> }> }[] = [],
): Promise<readonly ComponentType<Props>[]> {
  const found = await Promise.all(parts.map((part) => part.load()))
  return found.map((part) => part.default)
}
