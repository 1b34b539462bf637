/**
 * What the tabs of one person's device say to each other: changes to apply, the leader's heartbeat, how the sync
 * stands. Never leaves the browser. device.ts and leader.ts talk through it.
 */
import type { Change } from '../store/change.ts'

export type Connection = 'online' | 'offline' | 'signed_out'

/** Sealed records of other people on this browser: how many, and nothing else. */
export interface Others {
  readonly waiting: number
  /** Carried to the server since this tab, or the leading one, was opened. */
  readonly sent: number
}

export type TabMessage =
  | { readonly type: 'change'; readonly change: Change }
  | { readonly type: 'beat' }
  /** A tab that just opened asks how things stand. */
  | { readonly type: 'hello' }
  /** After each cycle of the leader (`isAnswer`: one was asked for, or just ended), and to say hello back. */
  | {
      readonly type: 'status'
      readonly connection: Connection
      readonly others: Others
      readonly isAnswer: boolean
    }
  /** A tab that does not lead asks for a cycle. */
  | { readonly type: 'want' }

export interface Tabs {
  post(message: TabMessage): void
  listen(listener: (message: TabMessage) => void): void
  close(): void
}

export function openTabs(name: string): Tabs {
  const channel = new BroadcastChannel(name)
  const listeners: ((message: TabMessage) => void)[] = []
  channel.onmessage = (event: MessageEvent<TabMessage>) => {
    for (const listener of listeners) listener(event.data)
  }
  return {
    post: (message) => channel.postMessage(message),
    listen: (listener) => listeners.push(listener),
    close: () => channel.close(),
  }
}
