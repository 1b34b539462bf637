/**
 * What just happened, for five seconds, with Undo. Screens call `useToasts().show(…)` after the act is done;
 * `undo` must take it back by itself. Time stands still while a finger, a pointer or the focus rests on it.
 * Several acts in a row stack: the newest is shown, and what is under it comes back while its time lasts.
 */
import { Undo2 } from 'lucide-react'
import { useLingui } from '@lingui/react/macro'
import { createContext, useContext, useEffect, useMemo, useRef, useState, type ReactNode } from 'react'
import styles from './Toast.module.css'

export const TOAST_MS = 5000

export interface ToastMessage {
  /** What happened, in a few words, like “A.M. trial 7: alone”. Read aloud by screen readers. */
  text: string
  undo?: (() => void) | undefined
}

export interface Toasts {
  show(message: ToastMessage): void
}

const Context = createContext<Toasts>({ show: () => {} })

/** The way to say what happened. */
export function useToasts(): Toasts {
  return useContext(Context)
}

interface Standing extends ToastMessage {
  key: number
  /** Milliseconds on the monotonic clock. */
  until: number
}

export function ToastProvider({ children }: { children: ReactNode }) {
  const [standing, setStanding] = useState<readonly Standing[]>([])
  const nextKey = useRef(0)
  const toasts = useMemo<Toasts>(
    () => ({
      show(message) {
        const toast = { ...message, key: nextKey.current++, until: performance.now() + TOAST_MS }
        setStanding((list) => [...list, toast])
      },
    }),
    [],
  )
  return (
    <Context value={toasts}>
      {children}
      <ToastRegion standing={standing} setStanding={setStanding} />
    </Context>
  )
}

interface RegionProps {
  standing: readonly Standing[]
  setStanding: (change: (list: readonly Standing[]) => readonly Standing[]) => void
}

function ToastRegion({ standing, setStanding }: RegionProps) {
  const { t } = useLingui()
  const [restingSince, setRestingSince] = useState<number | null>(null)
  const before = useRef<HTMLElement | null>(null)
  const top = standing.at(-1)

  useEffect(() => {
    if (restingSince !== null || standing.length === 0) return
    const first = Math.min(...standing.map((toast) => toast.until))
    const timer = setTimeout(
      () => setStanding((list) => list.filter((toast) => toast.until > performance.now())),
      Math.max(0, first - performance.now()) + 1,
    )
    return () => clearTimeout(timer)
  }, [standing, restingSince, setStanding])

  const rest = () => setRestingSince((since) => since ?? performance.now())
  const goOn = () => {
    if (restingSince === null) return
    const rested = performance.now() - restingSince
    setRestingSince(null)
    setStanding((list) => list.map((toast) => ({ ...toast, until: toast.until + rested })))
  }
  const undo = () => {
    if (!top?.undo) return
    top.undo()
    setStanding((list) => list.filter((toast) => toast.key !== top.key))
    if (standing.length === 1) {
      // the button under the finger goes away: time runs again, and the focus returns to where it came from
      goOn()
      before.current?.focus({ preventScroll: true })
    }
  }

  useEffect(() => {
    if (!top?.undo) return
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'z' || !(event.ctrlKey || event.metaKey) || event.shiftKey) return
      if (event.target instanceof Element && event.target.closest('input, textarea, [contenteditable]'))
        return
      event.preventDefault()
      undo()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  })

  return (
    <div
      className={styles.region}
      onPointerEnter={rest}
      onPointerLeave={goOn}
      onPointerCancel={goOn}
      onFocus={(event) => {
        if (event.relatedTarget instanceof HTMLElement) before.current = event.relatedTarget
        rest()
      }}
      onBlur={goOn}
    >
      <div className={top ? styles.toast : undefined}>
        <div role="status" className={styles.text}>
          {top && <span key={top.key}>{top.text}</span>}
        </div>
        {top?.undo && (
          <button type="button" className={styles.undo} onClick={undo} aria-keyshortcuts="Control+Z">
            <Undo2 size={20} aria-hidden />
            {t`Undo`}
          </button>
        )}
      </div>
    </div>
  )
}
