/** What is told only to who asks, below the line that opens it. Its content is always in the page: it can be searched and printed. */
import { ChevronDown } from 'lucide-react'
import type { ReactNode } from 'react'
import { cx } from './cx.ts'
import styles from './Details.module.css'

export interface DetailsProps {
  summary: ReactNode
  className?: string | undefined
  children: ReactNode
}

export function Details({ summary, className, children }: DetailsProps) {
  return (
    <details className={cx(styles.details, className)}>
      <summary>
        <ChevronDown size={18} aria-hidden />
        <span>{summary}</span>
      </summary>
      {children}
    </details>
  )
}
