/**
 * From who is here to what is shown: starting, signed out, nothing can be kept, or the shell with its screens. Owns
 * the session of this page and follows the other tabs of the device.
 */
import type { I18n } from '@lingui/core'
import { I18nProvider } from '@lingui/react'
import { RouterProvider } from '@tanstack/react-router'
import {
  Component,
  lazy,
  Suspense,
  useCallback,
  useEffect,
  useSyncExternalStore,
  type ReactNode,
} from 'react'
import { systemClock } from '../../core/clock.ts'
import { demoSchool, Me, signOutOfServer, whoAmI } from '../auth/identity.ts'
import { useIdleLock } from '../auth/idle-lock.ts'
import { readLast, writeLast } from '../auth/last.ts'
import { createSession, type SessionState } from '../auth/machine.ts'
import { SessionProvider } from '../auth/session.tsx'
import { buildRouter } from '../router/router.tsx'
import { placesOf, type ScreenRoute } from '../router/screen.ts'
import type { Device } from '../store/device.ts'
import { DeviceContext, useConnection, useValue } from '../store/hooks.ts'
import { atTheFinger } from '../tap.ts'
import { AppShell } from './AppShell.tsx'
import { Broken, BrokenScreen } from './Broken.tsx'
import { KindNamesContext } from './kind-names.ts'
import { platformScreens } from './screens.ts'
import { ScreensContext } from './screens-context.ts'
import type { WebApp } from './start.tsx'

const SignedOut = lazy(() => import('../auth/SignedOut.tsx'))
const CannotKeep = lazy(() => import('./CannotKeep.tsx'))
const NotFound = lazy(() => import('./NotFound.tsx'))

export function App({ made, i18n }: { made: Made; i18n: I18n }) {
  const state = useSyncExternalStore(made.session.subscribe, made.session.state)
  useEffect(() => follow(made), [made])
  return (
    <I18nProvider i18n={i18n}>
      <Boundary>
        <Suspense>
          <ScreensContext value={made.screens}>
            <KindNamesContext value={made.kindNames}>
              <View state={state} made={made} />
            </KindNamesContext>
          </ScreensContext>
        </Suspense>
      </Boundary>
    </I18nProvider>
  )
}

type Made = ReturnType<typeof make>

/**
 * Begins to open the device of whoever was here last, and to fetch the screen that was asked for. Called before the
 * words are here and anything is drawn, since most of it waits for the disk.
 */
export function prepare(app: WebApp): Made {
  const made = make(app)
  void made.session.start()
  const [matchedRoutes] = made.router.getMatchedRoutes(location.pathname)
  for (const route of matchedRoutes) void made.router.loadRouteChunk(route)
  return made
}

/** The store and the sync are not needed to paint: they are fetched beside the words, and awaited when somebody is here. */
const deviceCode = import('../store/device.ts')

/** What lives as long as the page. */
function make(app: WebApp) {
  const screens: readonly ScreenRoute[] = [
    ...app.capabilities.flatMap(({ screens: own }) => own),
    ...platformScreens,
  ]
  const tabs: { others: BroadcastChannel | null; isGone: boolean } = { others: null, isGone: false }
  const session = createSession<Device>({
    readLast,
    writeLast,
    whoAmI,
    demoSchool,
    signOutOfServer,
    tellOthers: () => tabs.others?.postMessage('changed'),
    async open({ person, district }, onLock) {
      const { openDevice } = await deviceCode
      const device: Device = await openDevice({
        person,
        district,
        registry: await app.registry,
        // a page that is gone follows nobody
        onLock: (reason) => !tabs.isGone && onLock(reason),
        clock: atTheFinger(systemClock(crypto.randomUUID())),
        tz: () => Me.parse(device.value('me')).district.tz,
      })
      return device
    },
  })
  const router = buildRouter({
    screens,
    frame: () => <AppShell screens={screens} />,
    broken: BrokenScreen,
    notFound: () => <NotFound />,
    home() {
      const state = session.state()
      return state.status === 'signed_in' ? (placesOf(screens, state.me.roles)[0]?.path ?? null) : null
    },
  })
  const kindNames = Object.assign({}, ...app.capabilities.map(({ kindNames: own }) => own))
  return { screens, session, router, kindNames, tabs }
}

/** Follows the other tabs, and asks again when a signed-out page may have its network back. */
function follow({ session, tabs }: Made): () => void {
  const others = new BroadcastChannel('handrail-session')
  tabs.others = others
  tabs.isGone = false
  // somebody signed in or out in another tab: this one starts anew, as whoever it is now
  others.onmessage = () => location.reload()
  const again = () => {
    if (session.state().status === 'signed_out' && document.visibilityState === 'visible')
      void session.refresh()
  }
  window.addEventListener('online', again)
  document.addEventListener('visibilitychange', again)
  return () => {
    others.close()
    tabs.others = null
    tabs.isGone = true
    window.removeEventListener('online', again)
    document.removeEventListener('visibilitychange', again)
  }
}

function View({ state, made }: { state: SessionState<Device>; made: Made }) {
  switch (state.status) {
    case 'starting':
      return <Boot />
    case 'cannot_keep':
      return <CannotKeep code={state.code} />
    case 'signed_out':
      return (
        <SignedOut
          demo={state.demo}
          reachable={state.reachable}
          why={state.why}
          onAgain={() => made.session.refresh()}
          onSignedIn={() => made.session.entered()}
        />
      )
    case 'signed_in':
      return (
        <DeviceContext value={state.device}>
          <SignedIn me={state.me} device={state.device} expired={state.expired} made={made} />
        </DeviceContext>
      )
  }
}

function Boot() {
  return (
    <div className="boot">
      <img src="/icon.svg" alt="Handrail" width="64" height="64" />
    </div>
  )
}

interface SignedInProps {
  me: Me
  device: Device
  expired: boolean
  made: Made
}

function SignedIn({ me: known, device, expired, made }: SignedInProps) {
  // the sync keeps the document fresh; the session only knows how it was at sign-in
  const fresh = Me.safeParse(useValue('me'))
  const me = fresh.success ? fresh.data : known
  const connection = useConnection()
  const signOut = useCallback(async () => {
    await made.session.signOut()
    await made.router.navigate({ to: '/', replace: true })
  }, [made])
  if (useIdleLock({ person: me.person.id, device, leave: signOut })) return <Boot />
  return (
    <SessionProvider
      session={{
        person: me.person,
        district: me.district,
        roles: me.roles,
        expired: expired || connection === 'signed_out',
        refresh: () => made.session.refresh(),
        signOut,
      }}
    >
      <RouterProvider router={made.router} />
    </SessionProvider>
  )
}

/** The last net: what no screen's own boundary caught. */
class Boundary extends Component<{ children: ReactNode }, { error: unknown; failed: boolean }> {
  override state = { error: null as unknown, failed: false }

  static getDerivedStateFromError(error: unknown) {
    return { error, failed: true }
  }

  override render() {
    return this.state.failed ? <Broken error={this.state.error} /> : this.props.children
  }
}
