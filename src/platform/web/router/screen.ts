/**
 * How a capability adds screens: a list of these, composed in src/web.tsx. The platform knows no screen by name.
 *
 *     export const screens: readonly ScreenRoute[] = [
 *       {
 *         path: '/today',
 *         title: msg`Today`,
 *         icon: Sun,
 *         place: 'tab',
 *         order: 10,
 *         roles: ['para', 'substitute'],
 *         load: () => import('./Today.tsx'),
 *       },
 *     ]
 *
 * The module's default export is the component. It reads its parameters with `useScreenParams()`.
 */
import type { MessageDescriptor } from '@lingui/core'
import { useParams } from '@tanstack/react-router'
import type { LucideIcon } from 'lucide-react'
import type { ComponentType } from 'react'

/** A screen that is reached by links only, or one with a place in the navigation. */
export type ScreenRoute = (ScreenParts & { readonly place: 'none' }) | Place

export interface Place extends ScreenParts {
  /** `tab`: bottom bar and side column. `side`: side column, and the More list on phones. `more`: the More list. */
  readonly place: 'tab' | 'side' | 'more'
  readonly icon: LucideIcon
  /** Low first; the first place of a person is their home. Ties keep the order of the lists. */
  readonly order?: number
  /** Its part of the side column. Without it, the first: what the day asks for. */
  readonly group?: 'students' | 'school' | 'last'
}

interface ScreenParts {
  /** `/goals/$program`: words and parameters. Parameters are ids, never names or initials. */
  readonly path: `/${string}`
  /** What the navigation and the window's title call it. Never anything about a student. */
  readonly title: MessageDescriptor
  /** Roles that see it (any of them); without it everybody. The server decides what it may show. */
  readonly roles?: readonly string[]
  /** Takes the whole phone: no bottom bar. For capture and for reading. */
  readonly focus?: boolean
  readonly load: () => Promise<{ readonly default: ComponentType }>
}

/** What a capability gives to the web app. */
export interface WebCapability {
  readonly screens: readonly ScreenRoute[]
  /** What a record of each kind is called in a list of records: `sessions.trial` → “Trial”. */
  readonly kindNames: Readonly<Record<string, MessageDescriptor>>
}

/** True when a person with these roles sees the screen. */
export function isFor(screen: ScreenRoute, roles: readonly string[]): boolean {
  return !screen.roles || screen.roles.some((role) => roles.includes(role))
}

/** The screens of a person that have a place in the navigation, in order. The first one is their home. */
export function placesOf(screens: readonly ScreenRoute[], roles: readonly string[]): readonly Place[] {
  return screens
    .filter((screen) => screen.place !== 'none')
    .filter((place) => isFor(place, roles))
    .sort((a, b) => (a.order ?? 100) - (b.order ?? 100))
}

const TABS = 5

/**
 * Which places stand in the bar of a phone and which in the More list. The bar holds five; the last tab (More) is
 * always among them.
 */
export function tabsOf(places: readonly Place[]): {
  readonly bar: readonly Place[]
  readonly rest: readonly Place[]
} {
  const tabs = places.filter((place) => place.place === 'tab')
  const bar = tabs.length <= TABS ? tabs : [...tabs.slice(0, TABS - 1), ...tabs.slice(-1)]
  return { bar, rest: places.filter((place) => !bar.includes(place)) }
}

const GROUPS = [undefined, 'students', 'school', 'last'] as const
/** As many as are seen in one glance. */
const GLANCE = 7

/** The side column in its parts, empty ones left out. Few places need no parts. */
export function groupsOf(places: readonly Place[]): readonly (readonly Place[])[] {
  const column = places.filter((place) => place.place !== 'more')
  if (column.length <= GLANCE) return [column]
  return GROUPS.map((group) => column.filter((place) => place.group === group)).filter(
    (part) => part.length > 0,
  )
}

/** The parameters of the open screen's path: `/goals/$program` → `{ program }`. */
export function useScreenParams<Name extends string>(): Readonly<Record<Name, string>> {
  return useParams({ strict: false })
}
