/** An empty place says what belongs there and who puts it there; `action` is the way to begin, if there is one. */
import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import styles from './EmptyState.module.css'

export interface EmptyStateProps {
  icon: LucideIcon
  title: string
  /** What belongs here, and who puts it there. */
  children: ReactNode
  action?: ReactNode | undefined
  /** Level of the title; 2 unless the place has its own heading. */
  level?: 2 | 3 | undefined
}

export function EmptyState({ icon: Icon, title, children, action, level = 2 }: EmptyStateProps) {
  const Heading = level === 2 ? 'h2' : 'h3'
  return (
    <div className={styles.empty}>
      <span className={styles.mark}>
        <Icon size={24} aria-hidden />
      </span>
      <Heading>{title}</Heading>
      <div className={styles.words}>{children}</div>
      {action}
    </div>
  )
}
