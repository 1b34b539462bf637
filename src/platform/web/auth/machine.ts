/**
 * Who is at this device: read from the device first, so that a start without a network works; then asked of the
 * server. What must stay true: a person whose session ended at the server keeps working, and keeps their records
 * (`expired`). Their device closes when they sign out, here or from elsewhere, when somebody else signs in, and when the
 * server was not heard of for too long; what is unsent stays on it, sealed.
 */
import { Refused, Unreachable } from '../http.ts'
import { StoreError, type StoreCode } from '../store/errors.ts'
import type { Json } from '../../core/canonical.ts'
import type { LockReason } from '../store/device.ts'
import { Me, type Demo } from './identity.ts'
import type { Last } from './last.ts'

/** What the session needs of the device store. */
export interface SessionDevice {
  value(name: string): Json | undefined
  setValue(name: string, value: Json): Promise<void>
  /** Flight mode: nothing is asked of the server. */
  isInFlight(): boolean
  /** Also closes it. */
  signOut(): Promise<void>
  close(): void
}

export type SessionState<Device> =
  | { readonly status: 'starting' }
  | {
      readonly status: 'signed_out'
      /** The demo school of this server; null when it has none or does not answer. */
      readonly demo: Demo | null
      /** False when the server does not answer. */
      readonly reachable: boolean
      /** Why this page is here though nobody signed out in it; null otherwise. */
      readonly why: Exclude<LockReason, 'left'> | null
    }
  | { readonly status: 'cannot_keep'; readonly code: StoreCode }
  | {
      readonly status: 'signed_in'
      readonly me: Me
      readonly device: Device
      /** The server wants a new sign-in; the device goes on. */
      readonly expired: boolean
    }

export interface SessionPorts<Device> {
  /** Rejects with a StoreError where nothing can be kept. */
  readLast(): Promise<Last | 'leaving' | null>
  writeLast(last: Last | 'leaving' | null): Promise<void>
  /** `onLock`: the device locked itself, and is closed unless another tab was the reason (`left`). */
  open(who: Last, onLock: (reason: LockReason) => void): Promise<Device>
  whoAmI(): Promise<Me | null>
  demoSchool(): Promise<Demo>
  signOutOfServer(): Promise<void>
  /** Called after a sign-in or a sign-out, so that other tabs follow. */
  tellOthers(): void
}

export interface Session<Device> {
  state(): SessionState<Device>
  subscribe(listener: () => void): () => void
  /** Opens the device of the last person, then asks the server. Once, however often it is called. */
  start(): Promise<void>
  /** Asks the server again: on focus, when the network is back. */
  refresh(): Promise<void>
  /** Somebody just signed in: a sign-out that the server never heard of is over. */
  entered(): Promise<void>
  signOut(): Promise<void>
}

export function createSession<Device extends SessionDevice>(ports: SessionPorts<Device>): Session<Device> {
  let state: SessionState<Device> = { status: 'starting' }
  let opened: { who: Last; device: Device } | null = null
  let leaving = false
  let why: Exclude<LockReason, 'left'> | null = null
  let started: Promise<void> | undefined
  const listeners = new Set<() => void>()
  const become = (next: SessionState<Device>) => {
    state = next
    for (const listener of listeners) listener()
  }

  const open = async (who: Last): Promise<Device> => {
    if (opened && opened.who.person === who.person && opened.who.district === who.district)
      return opened.device
    opened?.device.close()
    opened = null
    let device: Device | null = null
    device = await ports.open(who, (reason) => {
      if (device && opened?.device === device) void locked(device, reason)
    })
    opened = { who, device }
    return device
  }

  /** Whoever it was now needs a sign-in; what they did not send is on the device for them. */
  const locked = async (device: Device, reason: LockReason) => {
    opened = null
    device.close()
    become({ status: 'starting' })
    if (reason !== 'left') {
      why = reason
      await ports.writeLast(null)
    }
    // another tab may be signing out, or somebody else in: what it wrote says so
    await begin()
  }

  const signedIn = async (me: Me) => {
    const who = { person: me.person.id, district: me.district.id }
    const before = opened
    const device = await open(who)
    await device.setValue('me', me as Json)
    if (opened !== before) {
      await ports.writeLast(who)
      ports.tellOthers()
    }
    why = null
    become({ status: 'signed_in', me, device, expired: false })
  }

  const refresh = async () => {
    try {
      if (leaving) {
        await ports.signOutOfServer()
        await ports.writeLast(null)
        leaving = false
      }
      const me = await ports.whoAmI()
      if (me) await signedIn(me)
      else if (state.status === 'signed_in') become({ ...state, expired: true })
      else become({ status: 'signed_out', demo: await ports.demoSchool(), reachable: true, why })
    } catch (error) {
      if (isLocked(error)) become({ status: 'signed_out', demo: null, reachable: false, why })
      else if (error instanceof StoreError) become({ status: 'cannot_keep', code: error.code })
      else if (error instanceof Unreachable || error instanceof Refused) {
        if (state.status === 'signed_in') return
        become({ status: 'signed_out', demo: null, reachable: error instanceof Refused, why })
      } else throw error
    }
  }

  const begin = async () => {
    try {
      const last = await ports.readLast()
      leaving = last === 'leaving'
      if (last && last !== 'leaving') {
        const device = await open(last)
        const me = Me.safeParse(device.value('me'))
        if (me.success) become({ status: 'signed_in', me: me.data, device, expired: false })
        if (me.success && device.isInFlight()) return
      }
    } catch (error) {
      if (!(error instanceof StoreError)) throw error
      // no keys and nobody to give them: the way in is a sign-in
      if (isLocked(error)) return refresh()
      become({ status: 'cannot_keep', code: error.code })
      return
    }
    await refresh()
  }

  return {
    state: () => state,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },

    start: () => (started ??= begin()),

    refresh,

    async entered() {
      leaving = false
      await refresh()
    },

    async signOut() {
      const device = opened?.device
      opened = null
      leaving = true
      become({ status: 'starting' })
      // the device first: whatever the network does, nothing readable stays
      await ports.writeLast('leaving')
      await device?.signOut()
      await refresh()
      ports.tellOthers()
    },
  }
}

function isLocked(error: unknown): boolean {
  return error instanceof StoreError && error.code === 'locked'
}
