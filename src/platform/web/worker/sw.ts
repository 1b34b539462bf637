/**
 * The service worker: the program itself, kept on the device so that it starts without a network. It holds what the
 * build made (listed at build time) and nothing else: no answer of /api is ever cached, so no student's data can
 * be in Cache Storage. A new version waits until a tab asks for it (worker/update.ts).
 */
import { cleanupOutdatedCaches, createHandlerBoundToURL, precacheAndRoute } from 'workbox-precaching'
import { NavigationRoute, registerRoute } from 'workbox-routing'

declare const self: ServiceWorkerGlobalScope & {
  readonly __WB_MANIFEST: readonly { readonly url: string; readonly revision: string | null }[]
}

cleanupOutdatedCaches()
precacheAndRoute([...self.__WB_MANIFEST], { cleanURLs: false })

// Every screen is the same page; only the server's own paths are not screens.
registerRoute(new NavigationRoute(createHandlerBoundToURL('/index.html'), { denylist: [/^\/api(\/|$)/] }))

self.addEventListener('message', (event) => {
  const message: unknown = event.data
  if (typeof message === 'object' && message !== null && 'type' in message && message.type === 'SKIP_WAITING')
    void self.skipWaiting()
})

// The first version takes the open page at once, so that the very next start works offline. A later version only
// becomes active when asked for or when every tab is closed; pages then keep the program they began with.
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()))
