/**
 * Pads of what has no sessions (ABC, scatterplots, care): other capabilities bring them, src/web.tsx puts them in. So no
 * capability reaches into another one's screens.
 */
import { createContext, lazy, type ComponentType } from 'react'
import type { LOGGED } from '../measures.ts'
import type { LogPadProps } from '../log-pad.ts'

export type LoggedSystem = (typeof LOGGED)[number]
export type LogPads = { readonly [S in LoggedSystem]?: ComponentType<LogPadProps> }
export type LogPadLoaders = {
  readonly [S in LoggedSystem]?: () => Promise<{ readonly default: ComponentType<LogPadProps> }>
}

export const LogPadsContext = createContext<LogPads>({})

/** Each is loaded when a card first shows it. */
export function logPadsOf(loaders: LogPadLoaders): LogPads {
  const entries = Object.entries(loaders).map(([system, load]) => [system, lazy(load)] as const)
  return Object.fromEntries(entries) as LogPads
}
