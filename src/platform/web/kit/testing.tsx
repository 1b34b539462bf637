/** For browser tests of components: puts them on a page with words, styles and a router, and asks axe about it. */
import { i18n } from '@lingui/core'
import { I18nProvider } from '@lingui/react'
import { createMemoryHistory, createRootRoute, createRouter, RouterProvider } from '@tanstack/react-router'
import axe from 'axe-core'
import type { ReactNode } from 'react'
import { createRoot } from 'react-dom/client'
import { onTestFinished } from 'vitest'
import { speak, speakAtDesk, type LanguageCode } from '../i18n/language.ts'
import '../theme/base.css'

/** Shows something on the page until the test is over. */
export async function show(
  children: ReactNode,
  { language = 'en' as LanguageCode, path = '/' } = {},
): Promise<void> {
  // a test may import a screen of a desk at once, without what makes it wait for its words
  await speakAtDesk()
  await speak(language)
  const place = document.createElement('div')
  document.body.append(place)
  const root = createRoot(place)
  const router = createRouter({
    routeTree: createRootRoute({ component: () => children, notFoundComponent: () => children }),
    history: createMemoryHistory({ initialEntries: [path] }),
  })
  root.render(
    <I18nProvider i18n={i18n}>
      <RouterProvider router={router} />
    </I18nProvider>,
  )
  onTestFinished(() => {
    root.unmount()
    place.remove()
  })
}

/** What axe finds on the whole page, in a form that a failing test prints well. */
export async function axeFindings(): Promise<string[]> {
  // what still fades in has not its colors yet
  const fading = document
    .getAnimations()
    .filter((one) => one.playState === 'running' && one.effect?.getTiming().iterations !== Infinity)
  await Promise.allSettled(fading.map((one) => one.finished))
  const { violations } = await axe.run(document, { resultTypes: ['violations'] })
  return violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.html} ${node.failureSummary}`),
  )
}
