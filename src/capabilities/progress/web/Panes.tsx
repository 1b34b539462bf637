/**
 * A list beside what is chosen from it, where there is room; on a phone one or the other. The list keeps its place
 * while one goes through it, though every goal is an address of its own.
 */
import { useEffect, useRef, type ReactNode } from 'react'
import styles from './Panes.module.css'

interface PanesProps {
  /** Name of the list for screen readers, and the key under which its place is kept. */
  label: string
  list: ReactNode
  children: ReactNode
}

export function Panes({ label, list, children }: PanesProps) {
  const pane = useRef<HTMLElement>(null)
  useEffect(() => {
    const element = pane.current
    if (!element) return
    element.scrollTop = places.get(label) ?? 0
    const keep = () => places.set(label, element.scrollTop)
    element.addEventListener('scroll', keep, { passive: true })
    return () => element.removeEventListener('scroll', keep)
  }, [label])
  return (
    <div className={styles.panes}>
      <nav className={styles.list} aria-label={label} ref={pane}>
        {list}
      </nav>
      <div className={styles.detail}>{children}</div>
    </div>
  )
}

const places = new Map<string, number>()
