/**
 * The frame around every screen of a signed-in person: a skip link, the places (bar below on phones, column
 * beside on wide screens), the open screen, and the toasts. Screens bring their own PageHeader.
 */
import { useLingui } from '@lingui/react/macro'
import { Outlet, useRouterState } from '@tanstack/react-router'
import { lazy, Suspense, useEffect, useState } from 'react'
import { cx } from '../kit/cx.ts'
import { Link } from '../kit/Link.tsx'
import { SideNav, TabBar } from '../kit/Navigation.tsx'
import { PageHeaderContext } from '../kit/PageHeader.tsx'
import { ToastProvider } from '../kit/Toast.tsx'
import { groupsOf, isFor, placesOf, tabsOf, type Place, type ScreenRoute } from '../router/screen.ts'
import { useSession } from '../auth/session.tsx'
import { useLost } from '../store/hooks.ts'
import { Brand } from './Brand.tsx'
import { NewVersion } from './NewVersion.tsx'
import { useLeaveGuard } from './leave-guard.ts'
import { StatusChip } from './StatusChip.tsx'
import { useWindowTitle } from './title.ts'
import styles from './AppShell.module.css'

const LostRecords = lazy(() => import('./LostRecords.tsx'))
const NotFound = lazy(() => import('./NotFound.tsx'))

export function AppShell({ screens }: { screens: readonly ScreenRoute[] }) {
  const { i18n, t } = useLingui()
  const { roles, district } = useSession()
  const screen = useRouterState({ select: (state) => state.matches.at(-1)?.staticData.screen })
  const pathname = useRouterState({ select: (state) => state.location.pathname })
  const navigation = useNavigation(pathname)
  const isTheirs = screen !== undefined && isFor(screen, roles)
  useWindowTitle(isTheirs ? i18n._(screen.title) : undefined)

  const lost = useLost()
  const places = placesOf(screens, roles)
  const { bar, rest } = tabsOf(places)
  const under = rest.find((place) => place === screen)?.place
  const more = under && (under === 'more' ? 'always' : 'phone')
  useScreensAtHand(screens, roles)
  useLeaveGuard()
  const asItem = ({ path, title, icon }: Place) => ({ to: path, label: i18n._(title), icon })
  const headings: Readonly<Record<string, string>> = { students: t`Students and goals`, school: t`School` }
  const chip = <StatusChip />

  return (
    <div className={cx(styles.shell, screen?.focus && styles.focus)}>
      <a className={styles.skip} href="#main">
        {t`Skip to the content`}
      </a>
      <ToastProvider>
        <SideNav
          label={t`Places`}
          groups={groupsOf(places).map((part) => ({
            heading: headings[part[0]?.group ?? ''],
            items: part.map(asItem),
          }))}
          brand={
            <Link to="/" className={styles.brand}>
              <Brand />
              <span className={styles.district}>{district.name}</span>
            </Link>
          }
          foot={
            <>
              <NewVersion />
              {chip}
            </>
          }
        />
        <div className={styles.stage}>
          <main id="main" tabIndex={-1} className={styles.main}>
            {lost && (
              <Suspense>
                <LostRecords lost={lost} />
              </Suspense>
            )}
            <PageHeaderContext value={{ end: chip, navigation, more }}>
              <Suspense>{screen && !isTheirs ? <NotFound /> : <Outlet />}</Suspense>
            </PageHeaderContext>
          </main>
          {!screen?.focus && (
            <div className={styles.below}>
              <NewVersion />
              <TabBar label={t`Places`} items={bar.map(asItem)} />
            </div>
          )}
        </div>
      </ToastProvider>
    </div>
  )
}

const QUIET_AFTER_MS = 3000

/**
 * Loads this person's screens in a quiet moment: opening one is then instant, and a tab that stays open over an
 * update still has all of its own program.
 */
function useScreensAtHand(screens: readonly ScreenRoute[], roles: readonly string[]): void {
  const mine = roles.join()
  useEffect(() => {
    const timer = setTimeout(() => {
      // one that does not load now says so when it is opened
      for (const screen of screens) if (isFor(screen, mine.split(','))) screen.load().catch(() => {})
    }, QUIET_AFTER_MS)
    return () => clearTimeout(timer)
  }, [screens, mine])
}

/** The path once the person has gone somewhere; null on the screen the app opened with (`/` only leads on). */
function useNavigation(pathname: string): string | null {
  const [first, setFirst] = useState<string | null>(pathname)
  if (first === '/' && pathname !== '/') setFirst(pathname)
  else if (first !== null && first !== pathname) setFirst(null)
  return first === null ? pathname : null
}
