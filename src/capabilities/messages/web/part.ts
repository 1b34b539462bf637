/** The part of the inbox that another capability brings, loaded. It asks the server by itself. */
import { createContext, type ReactNode } from 'react'

export interface InboxPartProps {
  /** What was looked at already, instead of what waits. */
  readonly seen: boolean
  /** Stands in the place of the part while nothing is in it. */
  readonly empty: ReactNode
}

/** Of what stands above it. */
export interface InboxTopProps {
  readonly seen: boolean
  /** What comes below; `some`: there is something above it. */
  readonly below: (some: boolean) => ReactNode
}

/** How it is drawn. */
export const InboxPartContext = createContext<(props: InboxPartProps) => ReactNode>(({ empty }) => empty)
