/** Builds the route tree from lists of screens. Every screen is loaded when it is opened, or in a quiet moment before. */
import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Navigate,
  type AnyRoute,
} from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { ScreenRoute } from './screen.ts'

export interface RouterParts {
  readonly screens: readonly ScreenRoute[]
  /** What is around every screen; it draws the <Outlet />. */
  readonly frame: () => ReactNode
  /** A screen that failed. */
  readonly broken: (props: { error: unknown }) => ReactNode
  readonly notFound: () => ReactNode
  /** Path of this person's first place; null while they have none. Asked anew on every visit of `/`. */
  readonly home: () => string | null
}

export function buildRouter({ screens, frame, broken, notFound, home }: RouterParts) {
  const root = createRootRoute({ component: frame, notFoundComponent: notFound })
  const NotFound = notFound
  const index = createRoute({
    getParentRoute: () => root,
    path: '/',
    component: () => {
      const to = home()
      return to === null ? <NotFound /> : <Navigate to={to} replace />
    },
  })
  const routes: AnyRoute[] = screens.map((screen) =>
    createRoute({
      getParentRoute: () => root,
      path: screen.path,
      staticData: { screen },
      component: lazyRouteComponent(screen.load),
    }),
  )
  return createRouter({
    routeTree: root.addChildren([index, ...routes]),
    defaultErrorComponent: broken,
    defaultNotFoundComponent: notFound,
    scrollRestoration: true,
    // screens are on the device: nothing is gained by showing an old one while a new one loads
    defaultPendingMs: 0,
    defaultPreload: 'intent',
  })
}

declare module '@tanstack/react-router' {
  interface StaticDataRouteOption {
    screen?: ScreenRoute
  }
}
