/** The width and the margins of a screen's content. `plain` is the middle of the window, for pages without the shell. */
import type { ReactNode } from 'react'
import { cx } from '../kit/cx.ts'
import styles from './Page.module.css'

export interface PageProps {
  /** `read`: a column to read and fill in. `wide`: all the room there is (lists beside details, charts, tables). */
  width?: 'read' | 'wide' | undefined
  children: ReactNode
}

export function Page({ width = 'read', children }: PageProps) {
  return <div className={cx(styles.page, styles[width])}>{children}</div>
}

/** A page of its own, without navigation: signed out, or something is wrong. */
export function PlainPage({ children }: { children: ReactNode }) {
  return (
    <main id="main" className={styles.plain}>
      <div className={styles.column}>{children}</div>
    </main>
  )
}
