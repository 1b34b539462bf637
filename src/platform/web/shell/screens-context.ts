/** All screens of the app, for the few places that list them. */
import { createContext, useContext } from 'react'
import type { ScreenRoute } from '../router/screen.ts'

export const ScreensContext = createContext<readonly ScreenRoute[]>([])

export function useScreens(): readonly ScreenRoute[] {
  return useContext(ScreensContext)
}
