/** The session for React: who I am, for every screen of a signed-in person. */
import { createContext, useContext, type ReactNode } from 'react'
import type { Me } from './identity.ts'

export interface CurrentSession {
  readonly person: Me['person']
  readonly district: Me['district']
  /** Role codes, like `para`. */
  readonly roles: readonly string[]
  /** The server wants a new sign-in; what is recorded meanwhile is kept on the device. */
  readonly expired: boolean
  /** Asks the server again who I am and what I need. */
  refresh(): Promise<void>
  signOut(): Promise<void>
}

const Context = createContext<CurrentSession | null>(null)

export function SessionProvider({ session, children }: { session: CurrentSession; children: ReactNode }) {
  return <Context value={session}>{children}</Context>
}

/** Who is signed in. Only inside the shell, where somebody is. */
export function useSession(): CurrentSession {
  const session = useContext(Context)
  if (!session) throw new Error('useSession outside the shell')
  return session
}
