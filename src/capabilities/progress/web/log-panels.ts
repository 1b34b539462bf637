/**
 * What stands on the page of a goal that has no sessions but a log of entries: another capability's part, put in by
 * src/web.tsx. Each is loaded when such a goal is first opened.
 */
import { createContext, lazy, type ComponentType } from 'react'
import type { LogPanelProps } from '../log-panel.ts'

export type LoggedSystem = 'abc' | 'scatterplot' | 'toileting' | 'feeding'
export type LogPanels = { readonly [S in LoggedSystem]?: ComponentType<LogPanelProps> }
export type LogPanelLoaders = {
  readonly [S in LoggedSystem]?: () => Promise<{ readonly default: ComponentType<LogPanelProps> }>
}

export const LogPanelsContext = createContext<LogPanels>({})

export function logPanelsOf(loaders: LogPanelLoaders): LogPanels {
  return Object.fromEntries(
    Object.entries(loaders).map(([system, load]) => [system, lazy(load)]),
  ) as LogPanels
}
