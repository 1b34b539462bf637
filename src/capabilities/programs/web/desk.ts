/**
 * The desk on which one program is worked on: what is typed is on the screen at once and in a draft's record as soon
 * as the hand rests, on this device first, so a reload or a tunnel loses nothing. One desk an open builder.
 */
import { useEffect, useState, useSyncExternalStore } from 'react'
import type { Json } from '../../../platform/core/canonical.ts'
import type { Uuid } from '../../../platform/core/ids.ts'
import type { Device } from '../../../platform/web/store/device.ts'
import type { Draft } from '../../../platform/web/store/draft.ts'
import { CaptureRefused } from '../../../platform/web/store/errors.ts'
import { useDevice } from '../../../platform/web/store/hooks.ts'
import { draftOf, readWorking, type Working } from '../working.ts'

/** The hand rests this long, ms, before a change becomes a record; everybody with the plan holds each of them. */
const REST_MS = 1200

/** What a draft starts from. */
export interface Start {
  /** The published number; 0 = a new program. */
  readonly base: number
  /** The version itself: two may have one number. Null where it is not known. */
  readonly version: Uuid | null
}

/** What the desk is opened on. */
export interface First extends Start {
  /** The record of the draft; null: the published version. */
  readonly draft: Uuid | null
  readonly body: unknown
}

export interface DeskState {
  readonly working: Working
  readonly start: Start
  /** Drafts that are on this desk: the one it was opened on, and what was kept from it since. */
  readonly own: readonly Uuid[]
  /**
   * `clean`: nothing was changed. `typing`: not a record yet. `keeping`: on its way to the disk, and only `kept` once
   * it is there (G1). `failed`: this device could not keep it. `too_large`: it can be no record.
   */
  readonly saved: 'clean' | 'typing' | 'keeping' | 'kept' | 'failed' | 'too_large'
}

export interface Desk {
  readonly state: DeskState
  change(patch: Partial<Working>): void
  /** Starts from another version, with these words. */
  rebase(start: Start, working: Working): void
  /** Keeps what is on the desk now. */
  flush(): void
  /** Nothing is kept any more: it was published, or set aside. */
  discard(): void
}

interface Subject {
  readonly program: Uuid
  readonly student: Uuid
}

/** What is read only once, when the desk is opened: the draft's body, or the published one. */
export function useDesk(subject: Subject, first: First): Desk {
  const device = useDevice()
  const [desk] = useState(() => openDesk(device, subject, first))
  const state = useSyncExternalStore(desk.subscribe, desk.snapshot)
  useEffect(() => {
    const leave = () => {
      if (document.visibilityState === 'hidden') desk.flush()
    }
    document.addEventListener('visibilitychange', leave)
    window.addEventListener('pagehide', desk.flush)
    return () => {
      document.removeEventListener('visibilitychange', leave)
      window.removeEventListener('pagehide', desk.flush)
      desk.flush()
    }
  }, [desk])
  return { state, change: desk.change, rebase: desk.rebase, flush: desk.flush, discard: desk.discard }
}

function openDesk(device: Device, subject: Subject, first: First) {
  const { base, version, draft: opened } = first
  let state: DeskState = {
    working: readWorking(first.body),
    start: { base, version },
    own: opened === null ? [] : [opened],
    saved: 'clean',
  }
  let timer: ReturnType<typeof setTimeout> | undefined
  const listeners = new Set<() => void>()

  const put = (next: DeskState) => {
    state = next
    for (const listener of listeners) listener()
  }
  const flush = () => {
    clearTimeout(timer)
    if (state.saved !== 'typing') return
    try {
      const { record, kept } = device.capture(draftRecord(subject, state, draftOf(state.working)))
      const keeping: DeskState = { ...state, own: [...state.own, record.id], saved: 'keeping' }
      put(keeping)
      // whoever went on typing meanwhile has another state, and another record to come
      const settled = (saved: 'kept' | 'failed') => () => state === keeping && put({ ...keeping, saved })
      kept.then(settled('kept'), settled('failed'))
    } catch (error) {
      if (!(error instanceof CaptureRefused)) throw error
      put({ ...state, saved: 'too_large' })
    }
  }
  const later = (next: Partial<DeskState>) => {
    put({ ...state, ...next, saved: 'typing' })
    clearTimeout(timer)
    timer = setTimeout(flush, REST_MS)
  }

  return {
    snapshot: () => state,
    subscribe: (listener: () => void) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    change: (patch: Partial<Working>) => later({ working: { ...state.working, ...patch } }),
    rebase: (start: Start, working: Working) => later({ working, start }),
    flush,
    discard: () => {
      clearTimeout(timer)
      put({ ...state, saved: 'clean' })
    },
  }
}

/** A draft's record: it goes on from the last one of the desk. */
export function draftRecord(
  { program, student }: Subject,
  { start, own }: Pick<DeskState, 'start' | 'own'>,
  words: { readonly [key: string]: Json },
): Draft {
  const after = own.at(-1)
  return {
    kind: 'sessions.draft',
    body: { program: words, base: start.base },
    student,
    refs: {
      program,
      ...(start.version === null ? {} : { base: start.version }),
      ...(after === undefined ? {} : { after }),
    },
  }
}
